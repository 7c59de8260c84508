// Reads a list of cases from standard input; writes the groups of each.
import { readFileSync } from "node:fs";
import { grouped } from "../../plugins/handrail/theme/scripts/search/groups.mjs";

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(({ scores, named, depth, inside, answers, crisis, services, guides, chain, filtered }) => {
  const isGuide = (number) => guides.includes(number);
  const reach = depth && { depth, inside };
  const isWithin = (number) => !reach || depth[number] >= 0 || inside[number] || isGuide(number);
  const isCrisis = Object.fromEntries(crisis.map((number) => [number, 1]));
  const order = Object.keys(scores).map(Number).sort((a, b) => scores[b] - scores[a]);
  const isNamed = Object.fromEntries(named.map((number) => [number, 1]));
  const { groups, elsewhere } = grouped({ order, scores, named: isNamed, reach, answers, isCrisis, isWithin, isGuide, services, chain, filtered });
  return { ...Object.fromEntries(groups.map(({ key, numbers }) => [key, numbers])), order: groups.map(({ key }) => key), elsewhere };
})));
