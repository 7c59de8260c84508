// A result as a card, built from texts; the words that were looked for are marked.
import { fold } from "./fold.mjs";
import { state } from "./hours.mjs";
import { root } from "./load.mjs";
import { language, make, t } from "./words.mjs";

const DAY = 86_400_000;

// The text with its matching words in marks, as nodes.
function marked(text, isMatch) {
  const nodes = [];
  let plain = "";
  for (const [piece] of text.matchAll(/[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\p{M}'’]+/gu)) {
    if (/[\p{L}\p{N}]/u.test(piece) && isMatch(piece)) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(make("mark", { text: piece }));
    } else plain += piece;
  }
  if (plain) nodes.push(plain);
  return nodes;
}

// A test for words of a text: one of the words looked for, or of the same stem.
export function matcher(words, { split, term }) {
  const wanted = words.filter((word) => word.length > 1);
  const folded = new Set(wanted.map(fold));
  const terms = new Set(wanted.map(term));
  return (piece) => split(piece).some((word) => folded.has(fold(word)) || terms.has(term(word)));
}

// "Open now, until 22:00 your time", in the reader's own time.
export function openWords(hours, now = Date.now()) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { kind, until } = state(hours, now, zone);
  if (kind === "unknown") return null;
  const time = until && new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(until);
  if (kind === "open") {
    if (!until) return [kind, t("hours.open")];
    const minutes = Math.round((until - now) / 60_000);
    return [kind, minutes <= 60 ? t("hours.minutes", { count: minutes }) : t("hours.until", { time })];
  }
  if (!until) return [kind, t("hours.closed_now")];
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  if (until < midnight) return [kind, t("hours.today", { time })];
  if (until < midnight + DAY) return [kind, t("hours.tomorrow", { time })];
  return [kind, t("hours.day", { day: new Intl.DateTimeFormat(language, { weekday: "long" }).format(until), time })];
}

export const address = (card) => new URL(card.u, root).href;

export function element(card, isMatch, level = 3) {
  const name = make("bdi", card.l ? { lang: card.l } : {}, ...marked(card.n, isMatch));
  const box = make("div", { class: `hr-card${card.s ? " hr-card--off" : ""}` },
    make(`h${level}`, { class: "hr-card__name" }, make("a", { href: address(card) }, name)),
    make("p", { class: "hr-card__kind" }, card.k, ...(card.o ? [" · ", make("bdi", { text: card.o })] : [])));
  if (card.s) box.append(make("p", { class: "hr-card__status", text: card.s }));
  if (card.f) box.append(make("p", { class: "hr-card__for" }, ...marked(card.f, isMatch)));
  if (card.c) box.append(reach(card));
  if (card.w || card.p) box.append(make("ul", { class: "hr-plain hr-card__facts" }, ...[card.w, card.p].filter(Boolean).map((text) => make("li", { text }))));
  if (card.v) box.append(make("p", { class: "hr-small", text: card.v }));
  return box;
}

function reach({ c: [action, href, then], e: isExternal, h, d, m }) {
  const box = make("div", { class: "hr-card__reach" });
  const isSafe = /^(tel:|sms:|mailto:|https:\/\/)/.test(href);
  if (isSafe) box.append(make("a", { class: "hr-button", href, rel: isExternal ? "noopener noreferrer" : null }, action, ...(isExternal ? [" ", make("span", { class: "hr-button__out", text: t("find.external") })] : [])));
  else box.append(make("p", { class: "hr-card__value", text: action }));
  if (then) box.append(make("p", { text: then }));
  const open = d && openWords(JSON.parse(d));
  const hours = make("div", { class: "hr-hours hr-hours--short" });
  if (open) hours.append(make("p", { class: "hr-hours__now", "data-state": open[0], text: open[1] }));
  if (h) hours.append(make("p", { class: "hr-hours__summary", text: h }));
  box.append(hours);
  if (m) box.append(make("p", { class: "hr-quiet", text: m }));
  return box;
}
