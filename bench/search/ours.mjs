// Answers queries from built files in a folder, as the find page does. Reads {folder, queries: [{query, region}]} from
// standard input; writes for each the addresses of the first entries, in the order in which they are shown.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Facets, Regions } from "../../plugins/handrail/theme/scripts/search/facets.mjs";
import { grouped } from "../../plugins/handrail/theme/scripts/search/groups.mjs";
import { together } from "../../plugins/handrail/theme/scripts/search/load.mjs";

const { folder, queries, lunr: path } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const get = async (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const manifest = await get("manifest.json");
const meaning = together(manifest, lunr, get);
const regions = new Regions(manifest.r || (await get("regions.json")).r);
const facets = new Facets({ count: manifest.count, column: (name) => get(`f-${name}.json`), zone: "UTC" });
const lists = await facets.lists("region");
const isCrisis = new Uint8Array(manifest.count);
for (const entry of (await facets.lists("crisis")).get("yes") || []) isCrisis[entry] = 1;
const { services, organizations, count } = manifest;
const isGuide = (number) => number >= services + organizations;
const answers = [];
for (const { query, region } of queries) {
  const place = region || meaning.region(query);
  const reach = place ? regions.reach(place, lists, count) : null;
  const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number] || isGuide(number);
  const { results } = await meaning.find(query, (number) => number < services && isWithin(number));
  const { groups } = grouped({ results, reach, answers: null, isCrisis, isWithin, isGuide, services, chain: place ? regions.chain(place) : [], filtered: false });
  const shown = groups.flatMap(({ numbers }) => numbers).slice(0, 10);
  answers.push(await Promise.all(shown.map(async (number) => (await get(`c${Math.floor(number / manifest.cards)}.json`)).c[number % manifest.cards].u)));
}
process.stdout.write(JSON.stringify(answers));
