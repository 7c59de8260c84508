// Answers queries from built files in a folder, as the find page does. Reads {folder, queries: [{query, region}]} from
// standard input; writes for each the addresses of the first entries, in the order in which they are shown.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Facets } from "../../plugins/handrail/theme/scripts/search/facets.mjs";
import { grouped } from "../../plugins/handrail/theme/scripts/search/groups.mjs";
import { together, tree } from "../../plugins/handrail/theme/scripts/search/load.mjs";

const { folder, queries, lunr: path } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const get = async (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const manifest = await get("manifest.json");
const facets = new Facets({ count: manifest.count, column: (name) => get(`f-${name}.json`), zone: "UTC" });
const meaning = together(manifest, lunr, get, facets);
const regions = tree(await get("regions.json"), manifest, get);
const isCrisis = new Uint8Array(manifest.count);
for (const entry of (await facets.lists("crisis")).get("yes") || []) isCrisis[entry] = 1;
const { services, organizations, count } = manifest;
const isGuide = (number) => number >= services + organizations;
const answers = [];
for (const { query, region } of queries) {
  const place = region ? await regions.identified(region) : await meaning.region(query);
  const reach = place === null ? null : regions.reach(place, count);
  const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number] === 1 || isGuide(number);
  const found = await meaning.find(query, { isHelp: (number) => number < services && isWithin(number) });
  const chain = place === null ? [] : regions.chain(place);
  const { groups } = grouped({ ...found, reach, answers: null, isCrisis, isWithin, isGuide, services, chain, filtered: false });
  const shown = groups.flatMap(({ numbers }) => numbers).slice(0, 10);
  answers.push(await Promise.all(shown.map(async (number) => (await get(`c${Math.floor(number / manifest.cards)}.json`)).c[number % manifest.cards].u)));
}
process.stdout.write(JSON.stringify(answers));
