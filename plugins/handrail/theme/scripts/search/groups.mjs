// Results under headings: what was looked for by name, here, wider, in parts of the region, guides, what says nothing
// about a filter, and what answers less of the query. Nothing is hidden without being counted.
import { NO, SILENT, YES } from "./facets.mjs";

const CLOSE = 0.3;
const STRONG = 0.55;
const BEST = 3;

// order: numbers, the best first; scores and named: by number. reach: {depth, inside} or null. answers: by number, or null.
// services: numbers below are services, then come organizations and guides. isCrisis: by number. isWithin: whether an entry
// reaches the region; a guide reaches everybody.
export function grouped({ order, scores, named, reach, answers, isCrisis, isWithin, isGuide, services, chain, filtered }) {
  const best = [];
  const all = [];
  const here = chain.map(() => []);
  const inside = [];
  const reading = [];
  const silent = [];
  const crisis = [];
  const less = [];
  const elsewhere = [];
  const fits = (number) => isWithin(number) && (!answers || answers[number] === YES);
  // What is close is measured by the best that was not looked for by its name: a name found must not make all else look far. With a
  // region services and guides stand apart, and a guide, which has a word for everything, is no measure of services.
  let leader = -1;
  let other = -1;
  let service = -1;
  let isServiceNamed = false;
  for (const number of order) {
    if (!fits(number)) continue;
    if (leader < 0) leader = number;
    const isNamedService = named[number] === 1 && number < services;
    isServiceNamed ||= isNamedService;
    if (other < 0 && !isNamedService) other = number;
    if (service < 0 && number < services && !isNamedService) service = number;
    if (other >= 0 && service >= 0 && isServiceNamed) break;
  }
  const top = leader < 0 ? 0 : scores[other < 0 ? leader : other];
  const topService = reach && service >= 0 ? scores[service] : top;
  for (const number of order) {
    if (!isWithin(number)) {
      elsewhere.push(number);
      continue;
    }
    const isService = number < services;
    const answer = answers ? answers[number] : YES;
    if (answer === NO || (!isService && filtered && answer !== YES)) {
      if (isCrisis[number]) crisis.push(number);
    } else if (answer === SILENT) silent.push(number);
    else if (top > 0 && scores[number] < CLOSE * (isService ? topService : top)) less.push(number);
    else if (named[number] && best.length < BEST && scores[number] >= STRONG * top && (reach ? isService || (number === leader && !isServiceNamed) : isGuide(number))) best.push(number);
    else if (!reach) all.push(number);
    else if (!isService) reading.push(number);
    else if (reach.depth[number] >= 0) here[reach.depth[number]].push(number);
    else inside.push(number);
  }
  const made = [["best", best], ["all", all], ...chain.map((region, steps) => [`at:${region}`, here[steps]]), ["inside", inside], ["reading", reading], ["silent", silent], ["crisis", crisis], ["less", less]];
  return { groups: made.filter(([, numbers]) => numbers.length).map(([key, numbers]) => ({ key, numbers })), elsewhere };
}
