// Compares the engine on the cut index with lunr.js on the whole one.
// Arguments: lunr.js, a JSON file {index, fields, count, first, chunks, queries}. Writes the queries that differ.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Engine } from "../../plugins/handrail/theme/scripts/search/engine.mjs";

const lunr = createRequire(import.meta.url)(process.argv[2]);
const { index, fields, count, first, chunks, queries } = JSON.parse(readFileSync(process.argv[3], "utf8"));
const whole = lunr.Index.load(index);
const loaded = new Set();
const engine = new Engine({ lunr, fields, count, first, load: async (kind, number) => (loaded.add(number), chunks[number]) });
const different = [];
const requests = [];
let nonempty = 0;
for (const query of queries) {
  const theirs = new Map(whole.search(query).map(({ ref, score }) => [Number(ref), score]));
  if (theirs.size) nonempty += 1;
  loaded.clear();
  const { scores, found, held, size } = await engine.query(query);
  requests.push(loaded.size);
  const ours = [...held.slice(0, size)].filter((document) => found[document]);
  const same = ours.length === theirs.size && ours.every((document) => theirs.has(document) && Math.abs(theirs.get(document) - scores[document]) < 1e-9);
  if (!same) different.push({ query, ours: ours.map((d) => [d, scores[d]]).slice(0, 5), theirs: [...theirs].slice(0, 5), counts: [ours.length, theirs.size] });
}
process.stdout.write(JSON.stringify({ different, requests, results: queries.length, found: nonempty }));
