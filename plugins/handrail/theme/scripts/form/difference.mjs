// The lines in which two texts differ: as a patch, or put into the file that both are copies of.
// `cuts` tells what the copies lack: behind each of their marked lines (held.mjs), so many lines of the file are left out.
import { sections } from "./held.mjs";
import { Unread } from "./read.mjs";

const lined = (text) => text.split(/(?<=\n)/).filter(Boolean);

/** The lines of both, each with its mark: " " stays, "-" goes, "+" comes. */
function marked(before, after) {
  const [a, b] = [lined(before), lined(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const best = Array.from({ length: x.length + 1 }, () => new Uint32Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i -= 1) for (let j = y.length - 1; j >= 0; j -= 1) best[i][j] = x[i] === y[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const lines = a.slice(0, head).map((line) => [" ", line]);
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { lines.push([" ", x[i]]); i += 1; j += 1; }
    else if (i < x.length && (j >= y.length || best[i + 1][j] >= best[i][j + 1])) { lines.push(["-", x[i]]); i += 1; }
    else { lines.push(["+", y[j]]); j += 1; }
  }
  return [...lines, ...a.slice(a.length - tail).map((line) => [" ", line])];
}

/** The same in parts, one up to each cut and one behind the last: `[lines, lines left out after them]`. */
function parted(before, after, cuts) {
  const [a, b] = [sections(before), sections(after)];
  if (a.length !== b.length || a.length !== cuts.length + 1) throw new Unread("the parts that are not shown moved");
  return a.map((section, at) => [marked(section, b[at]), cuts[at]?.[1] ?? 0]);
}

/** The difference of two texts as a patch that `git apply` takes. */
export function difference(before, after, path, cuts = []) {
  let written = "";
  let [from, to] = [1, 1];
  for (const [lines, left] of parted(before, after, cuts)) {
    written += hunks(lines, from, to);
    from += lines.filter(([mark]) => mark !== "+").length + left;
    to += lines.filter(([mark]) => mark !== "-").length + left;
  }
  return written && `--- a/${path}\n+++ b/${path}\n${written}`;
}

function hunks(lines, from, to, around = 3) {
  let written = "";
  for (let at = 0; at < lines.length;) {
    const first = lines.findIndex(([mark], k) => k >= at && mark !== " ");
    if (first < 0) break;
    let last = first;
    for (let k = first; k < lines.length && k - last <= around * 2; k += 1) if (lines[k][0] !== " ") last = k;
    const start = Math.max(at, first - around);
    const stop = Math.min(lines.length, last + around + 1);
    for (const [mark] of lines.slice(at, start)) { from += mark !== "+" ? 1 : 0; to += mark !== "-" ? 1 : 0; }
    const hunk = lines.slice(start, stop);
    const [size, sizeTo] = ["+", "-"].map((other) => hunk.filter(([mark]) => mark !== other).length);
    written += `@@ -${size ? from : from - 1},${size} +${sizeTo ? to : to - 1},${sizeTo} @@\n${hunk.map(([mark, line]) => `${mark}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`).join("")}`;
    from += size;
    to += sizeTo;
    at = stop;
  }
  return written;
}

/** A file with the change from `before` to `after` in it; null when it is not the file of that copy. */
export function put(file, before, after, cuts) {
  const lines = lined(file);
  let [made, copied, at] = ["", "", 0];
  for (const [part, left] of parted(before, after, cuts)) {
    const size = part.filter(([mark]) => mark !== "+").length;
    const hidden = lines.slice(at + size, at + size + left).join("");
    copied += lines.slice(at, at + size).join("");
    made += part.filter(([mark]) => mark !== "-").map(([, line]) => line).join("") + hidden;
    at += size + left;
  }
  return copied === sections(before).join("") && at === lines.length ? made : null;
}
