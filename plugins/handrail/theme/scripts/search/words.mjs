// The interface's words.
import texts from "../texts.mjs";

export const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

export function t(key, values = {}) {
  const name = `js.${key}`;
  const text = texts[name] ?? texts[`${name}.${plural.select(values.count ?? 0)}`] ?? texts[`${name}.other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, each) => (each in values ? String(values[each]) : place));
}

// An element with texts and elements in it; never markup from a string.
export function make(name, { class: classes, text, ...attributes } = {}, ...children) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
