// Reads {count, columns, regions, now, zone, ask: [[kind, ...]]} from standard input; writes the answers of the browser's code.
import { readFileSync } from "node:fs";
import { Facets } from "../../plugins/handrail/theme/scripts/search/facets.mjs";
import { tree as treeOf } from "../../plugins/handrail/theme/scripts/search/load.mjs";

const { count, services, columns, regions, files, now, zone, ask } = JSON.parse(readFileSync(0, "utf8"));
const facets = new Facets({ count, services, column: async (name) => columns[name], now: () => Date.parse(now), zone });
const asked = new Set();
const get = async (name) => (asked.add(name), files[name]);
const tree = regions && treeOf(files["regions.json"], regions, get);
const answers = [];
for (const [kind, ...rest] of ask) {
  if (kind === "answers") answers.push([...await facets.answers(...rest)]);
  else if (kind === "together") answers.push([...await facets.together(rest[0])]);
  else if (kind === "suggest") {
    asked.clear();
    answers.push({ found: (await tree.suggest(rest[0])).map(({ number, name, note }) => [number, name, note]), files: [...asked] });
  } else if (kind === "identified") {
    const number = await tree.identified(rest[0]);
    answers.push(number === null ? null : [number, await tree.id(number)]);
  } else if (kind === "counts") {
    const { values, silent } = await facets.counts(rest[0], rest[1], rest[2]);
    answers.push({ ...Object.fromEntries(values), silent });
  } else {
    const { depth, inside } = tree.reach(await tree.identified(rest[0]), count);
    answers.push({ depth: [...depth], inside: [...inside] });
  }
}
process.stdout.write(JSON.stringify(answers));
