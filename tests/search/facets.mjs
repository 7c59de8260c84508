// Reads {count, columns, regions, now, zone, ask: [[kind, ...]]} from standard input; writes the answers of the browser's code.
import { readFileSync } from "node:fs";
import { Facets, Regions } from "../../plugins/handrail/theme/scripts/search/facets.mjs";

const { count, columns, regions, now, zone, ask } = JSON.parse(readFileSync(0, "utf8"));
const facets = new Facets({ count, column: async (name) => columns[name], now: () => Date.parse(now), zone });
const tree = new Regions(regions);
const answers = [];
for (const [kind, ...rest] of ask) {
  if (kind === "answers") answers.push([...await facets.answers(...rest)]);
  else if (kind === "together") answers.push([...await facets.together(rest[0])]);
  else if (kind === "counts") {
    const { values, silent } = await facets.counts(rest[0], rest[1], rest[2]);
    answers.push({ ...Object.fromEntries(values), silent });
  } else {
    const { depth, inside } = tree.reach(rest[0], await facets.lists("region"), count);
    answers.push({ depth: [...depth], inside: [...inside] });
  }
}
process.stdout.write(JSON.stringify(answers));
