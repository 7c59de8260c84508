// Parts of a file that the site does not publish. The copy that a form opens from has their first line only, which stays as it is.

const HELD = Symbol("held");

/** Marks them in the values of a copy: `held` gives the place of a service, or of a service and of one of its channels. */
export function hold(data, held) {
  for (const [service, channel] of held) (channel === undefined ? data.services[service] : data.services[service].channels[channel])[HELD] = true;
  return data;
}

export const isHeld = (value) => Boolean(value?.[HELD]);

/** Whether a path leads into such a part. */
export function leadsInto(data, path) {
  let value = data;
  return path.some((step) => isHeld(value = value?.[step]));
}

// In the text each of those lines gets a mark, so that no line like it is taken for it. No file of a registry may hold this character.
const MARK = " #\u2063";
const MARKED = / #\u2063(?=\r?\n)/g;

/** The text of a copy with its cuts marked: after so many lines of it, so many lines of the file are left out. */
export function marked(text, cuts) {
  const lines = text.split(/(?<=\n)/);
  for (const [at] of cuts) lines[at - 1] = lines[at - 1].replace(/(?=\r?\n)/, MARK);
  return lines.join("");
}

/** The parts of such a text, one up to each cut and one behind the last, as they stand in the file. */
export const sections = (text) => text.split(/(?<=\u2063\r?\n)/).concat(/\u2063\r?\n$/.test(text) ? [""] : []).map((section) => section.replace(MARKED, ""));
