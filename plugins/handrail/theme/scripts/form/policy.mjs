// The rules of this directory inside one file, as registry/policy.py has them: the same codes and the same words. A test runs both over the same cases.
const CARRIES = ["operator", "public-authority"];
const LONGEST_NIGHT = 16 * 60;
const DAY = 24 * 60;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PAST = ["added", "changed", "status_since", "as_of", "dated", "since"];
const LETTERS = /[\p{L}\p{Nl}\p{No}]{2,}/gu;
const SCRIPTS = [/\p{Script=Latin}/u, /[\p{Script=Greek}\u0374]/u, /\p{Script=Cyrillic}/u];
// small raised letters, wide letters and such: of these scripts too, but nobody takes them for plain ones, and Python's names do not count them
const APART = /[\xaa\xba\u02b0-\u02b8\u02e0-\u02e4\u1c89\u1c8a\u1d2c-\u1d61\u1d78\u1d9b-\u1dbf\u2071\u207f\u2126\u212a\u212b\u2132\u214e\u2160-\u2183\u2185-\u2188\u2c7d\ua69c\ua69d\ua770\ua7f2-\ua7f4\ua7f8\ua7f9\uab5c-\uab5f\uab69\uff21-\uff3a\uff41-\uff5a\u{10780}-\u{107ba}\u{1e030}-\u{1e06d}]/u;

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const list = (value) => (Array.isArray(value) ? value : []);

/** Minutes since midnight of a time such as "17:30". */
function minutes(time) {
  const [hours, rest] = String(time).split(":");
  return Number(hours) * 60 + Number(rest);
}

/** Issues inside an organization and its services; `today` is a day such as "2026-11-23". */
export function policyIssues(data, today, say) {
  const found = [];
  const issue = (code, path, key, values = {}, help = `${key}.help`) => found.push({ code, path, message: say(`issue.${key}`, values), help: say(`issue.${help}`, values) });
  const { services, ...own } = data;
  texts(own, [], issue);
  websites(own, [], issue);
  dates(own, [], today, issue);
  const publishers = Object.fromEntries(list(data.sources).map((source) => [source.id, source.publisher]));
  for (const [at, service] of list(services).entries()) {
    const here = ["services", at];
    texts(service, here, issue);
    websites(service, here, issue);
    channels(service, here, publishers, issue);
    walkGroups(service, here, "hours", (hours, path) => checkHours(hours, path, issue));
    dates(service, here, today, issue);
    for (const [name, ages] of [["ages", service.ages], ["mentor_ages", service.mentoring?.mentor_ages]]) {
      const way = name === "ages" ? ["ages"] : ["mentoring", "mentor_ages"];
      if (isGroup(ages) && (ages.min ?? 0) > (ages.max ?? 999)) issue("E316", [...here, ...way, "max"], "ages", { name }, "exchange");
    }
  }
  return found;
}

function channels(service, here, publishers, issue) {
  let reachable = false;
  for (const [at, channel] of list(service.channels).entries()) {
    if ((channel.status ?? "published") !== "published") continue;
    reachable = true;
    if (service.status === "draft") continue;
    if (!list(channel.seen).some((id) => CARRIES.includes(publishers[id]))) issue("E310", [...here, "channels", at, "seen"], "unseen");
  }
  if ((service.status ?? "active") === "active" && !reachable && !service.website && !list(service.places).length) issue("W318", [...here, "channels"], "unreached");
}

function websites(entry, here, issue) {
  const addresses = [[["website"], entry.website]];
  for (const [at, channel] of list(entry.channels).entries()) if (["chat", "web", "app"].includes(channel.type)) addresses.push([["channels", at, "value"], channel.value]);
  for (const [path, address] of addresses) if (typeof address === "string" && !address.startsWith("https://")) issue("W402", [...here, ...path], "http");
}

function checkHours(hours, path, issue) {
  const stated = [...["always", "unknown"].filter((name) => hours[name] === "yes"), ...("weekly" in hours ? ["weekly"] : [])];
  if (stated.length > 1) issue("E312", [...path, stated[1]], "hours.both", { one: stated[0], other: stated[1] });
  const week = [];
  for (const [at, span] of list(hours.weekly).entries()) {
    const here = [...path, "weekly", at];
    const [opens, closes] = [minutes(span.opens), minutes(span.closes)];
    length(here, opens, closes, issue);
    if (opens === DAY) issue("E312", [...here, "opens"], "hours.day-end");
    const size = closes > opens ? closes - opens : closes + DAY - opens;
    for (const day of list(span.days)) week.push([DAYS.indexOf(day) * DAY + opens, DAYS.indexOf(day) * DAY + opens + size, at]);
  }
  week.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (week.length > 1) week.push([week[0][0] + 7 * DAY, week[0][1] + 7 * DAY, week[0][2]]);
  for (let at = 1; at < week.length; at += 1) {
    if (week[at][0] < week[at - 1][1]) issue("E312", [...path, "weekly", Math.max(week[at][2], week[at - 1][2])], "hours.overlap");
  }
  apart(list(hours.exceptions), path, issue);
  for (const [at, exception] of list(hours.exceptions).entries()) {
    const here = [...path, "exceptions", at];
    const [opens, closes] = ["opens" in exception, "closes" in exception];
    if ((exception.until ?? exception.date) < exception.date) issue("E316", [...here, "until"], "exception.backwards", {}, "exchange");
    if (opens !== closes) issue("E312", here, "exception.half");
    else if (opens && exception.closed === "yes") issue("E312", [...here, "closed"], "exception.closed");
    else if (opens) length(here, minutes(exception.opens), minutes(exception.closes), issue);
    else if (exception.closed !== "yes") issue("E312", here, "exception.nothing");
  }
}

function apart(exceptions, path, issue) {
  const spans = exceptions.map((each, at) => [each.date, each.until ?? each.date, at]);
  spans.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]));
  for (let at = 1; at < spans.length; at += 1) {
    const [[first, last, before], [start, end, after]] = [spans[at - 1], spans[at]];
    const twoOpenings = first === start && last === end && "opens" in exceptions[before] && "opens" in exceptions[after];
    if (start <= last && !twoOpenings) issue("E312", [...path, "exceptions", Math.max(before, after), "date"], "exception.twice", { day: start });
  }
}

function length(path, opens, closes, issue) {
  if (closes === opens) issue("E312", [...path, "closes"], "hours.same");
  else if (closes > 0 && closes < opens && closes + DAY - opens > LONGEST_NIGHT) issue("E312", [...path, "closes"], "hours.backwards");
}

function dates(entry, here, today, issue) {
  walk(entry, here, (value, path) => {
    const last = path.at(-1);
    const past = PAST.includes(last) || (last === "date" && path.includes("verified"));
    if (past && typeof value === "string" && value !== "undated" && value > today.slice(0, value.length)) issue("E313", path, "future", { date: value });
  });
}

function texts(entry, here, issue) {
  walk(entry, here, (value, path) => {
    if (typeof value === "string") for (const word of mixedScripts(value)) issue("W406", path, "scripts", { word });
  });
}

/** The words of a text that hold letters of more than one of the Latin, Greek and Cyrillic scripts. */
export function mixedScripts(text) {
  // eslint-disable-next-line no-control-regex
  if (/^[\0-\x7f]*$/.test(text)) return [];
  return (text.match(LETTERS) || []).filter((word) => SCRIPTS.filter((script) => [...word].some((letter) => script.test(letter) && !APART.test(letter))).length > 1);
}

function walkGroups(value, path, name, visit) {
  if (isGroup(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === name && isGroup(item)) visit(item, [...path, key]);
      else walkGroups(item, [...path, key], name, visit);
    }
  } else if (Array.isArray(value)) value.forEach((item, at) => walkGroups(item, [...path, at], name, visit));
}

/** Calls `visit(value, path)` for every single value. */
export function walk(value, path, visit) {
  if (value && typeof value === "object") for (const [key, item] of Object.entries(value)) walk(item, [...path, Array.isArray(value) ? Number(key) : key], visit);
  else visit(value, path);
}
