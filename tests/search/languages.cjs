// Reads [scripts, words] by language from standard input; writes the stems of the words as lunr.js with each script makes them.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.argv[2];
const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const [language, [script, words]] of Object.entries(asked)) {
  const path = join(folder, `${language}.js`);
  writeFileSync(path, script);
  const lunr = require(path);
  const pipeline = new lunr.Pipeline();
  pipeline.add(lunr.stemmer);
  answers[language] = words.map((word) => pipeline.runString(word)[0] ?? "");
}
process.stdout.write(JSON.stringify(answers));
