// Words that may hurt or promise too much, as registry/wording.py finds them. The rules come with the page's data.
const PROSE = new Set(["summary", "description", "for_whom", "not_for", "note", "status_note", "limits", "before", "they_ask", "next", "no_answer", "records", "interpreters", "partner_note", "text", "answered_by", "access_note"]);
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const written = (words) => words.split(" ").map((part) => escape(part.replace(/\*$/, "")) + (part.endsWith("*") ? "[\\p{L}\\p{N}_]*" : "")).join("\\s+");

/** A warning for every such word in the texts of a file. */
export function wordingIssues(data, rules) {
  const groups = rules.map(({ words }, at) => `(?<r${at}>${[...words].sort((a, b) => b.length - a.length).map(written).join("|")})`);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${groups.join("|")})(?![\\p{L}\\p{N}_-])`, "giu");
  const found = [];
  sentences(data, [], (text, path) => {
    for (const match of text.matchAll(pattern)) {
      const rule = rules[Number(Object.entries(match.groups).find(([, hit]) => hit !== undefined)[0].slice(1))];
      found.push({ code: "W501", path, message: `"${match[0].split(/\s+/).join(" ")}": ${rule.reason.replace(/\.+$/, "")}`, help: `write instead: ${rule.instead}` });
    }
  });
  return found;
}

function sentences(value, path, visit) {
  if (Array.isArray(value)) value.forEach((item, at) => sentences(item, [...path, at], visit));
  else if (value && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) if (key !== "sources") sentences(item, [...path, key], visit);
  } else if (typeof value === "string" && path.some((part) => PROSE.has(part))) visit(value, path);
}
