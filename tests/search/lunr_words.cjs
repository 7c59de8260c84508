// Reads words from standard input, one a line; writes what lunr.js makes of each: trimmed, then stemmed.
const lunr = require(process.argv[2]);
const words = require("fs").readFileSync(0, "utf8").split("\n");
const pipeline = new lunr.Pipeline();
pipeline.add(lunr.trimmer, lunr.stemmer);
process.stdout.write(JSON.stringify({
  terms: words.map((word) => pipeline.runString(word)[0]),
  stops: words.map((word) => lunr.stopWordFilter(word) === undefined),
}));
