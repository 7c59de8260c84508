// Results under headings: what was looked for by name, here, wider, in parts of the region, guides, what says nothing
// about a filter, and what answers less of the query. Nothing is hidden without being counted.
import { NO, SILENT, YES } from "./facets.mjs";

const CLOSE = 0.3;
const STRONG = 0.55;
const BEST = 3;
const SUNK = 0.7;

// Results best first, those lower whose contacts nobody confirmed since a day that has passed. due: [[number, day]]; crisis lines
// are never among them. The day is the reader's: a site that is not built again still knows.
export function sunk(results, due, today) {
  const low = new Set(due.filter(([, day]) => day < today).map(([number]) => number));
  if (!low.size) return results;
  return results.map((each) => (low.has(each.number) ? { ...each, score: each.score * SUNK } : each))
    .sort((a, b) => b.score - a.score || low.has(a.number) - low.has(b.number) || a.number - b.number);
}

// results: [{number, score, whole, named}] best first. reach: {depth, inside} or null. answers: per entry.
// services: numbers below are services, then come organizations and guides. isCrisis: per entry. isWithin: whether an entry
// reaches the region; a guide reaches everybody.
export function grouped({ results, reach, answers, isCrisis, isWithin, isGuide, services, chain, filtered }) {
  const groups = new Map();
  const put = (key, number) => {
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(number);
  };
  const elsewhere = [];
  // What is close is measured by the best that was not looked for by its name: a name found must not make all else look far.
  const fits = ({ number }) => isWithin(number) && (!answers || answers[number] === YES);
  const leader = results.find(fits);
  const isServiceNamed = results.some((each) => each.named && each.number < services && fits(each));
  const top = (results.find((each) => fits(each) && !(each.named && each.number < services)) ?? leader)?.score ?? 0;


  let best = 0;
  for (const { number, score, named } of results) {
    const isService = number < services;
    if (!isWithin(number)) {
      elsewhere.push(number);
      continue;
    }
    const answer = answers ? answers[number] : YES;
    if (answer === NO || (!isService && filtered && answer !== YES)) {
      if (isCrisis[number]) put("crisis", number);
      continue;
    }
    if (answer === SILENT) {
      put("silent", number);
      continue;
    }
    const isClose = top === 0 || score >= CLOSE * top;
    if (!isClose) put("less", number);
    else if (best < BEST && score >= STRONG * top && named && (reach ? isService || (number === leader?.number && !isServiceNamed) : isGuide(number))) {
      best += 1;
      put("best", number);
    } else if (!reach) put("all", number);
    else if (!isService) put("reading", number);
    else if (reach.depth[number] >= 0) put(`at:${chain[reach.depth[number]]}`, number);
    else put("inside", number);
  }
  const order = ["best", "all", ...chain.map((id) => `at:${id}`), "inside", "reading", "silent", "crisis", "less"];
  return { groups: order.filter((key) => groups.has(key)).map((key) => ({ key, numbers: groups.get(key) })), elsewhere };
}
