// The files of the search. Every file carries the mark of its build; another mark means that the page is older than the files.
import { Engine } from "./engine.mjs";
import { Facets } from "./facets.mjs";
import { Meaning } from "./query.mjs";
import { Regions } from "./regions.mjs";
import { Vocabulary } from "./vocabulary.mjs";

export class OlderPage extends Error {}

// The site's root, from the place of this script: assets/handrail/scripts/search/.
export const root = new URL("../../../../", import.meta.url);
const folder = new URL("assets/handrail/search/", root);

async function json(name, mark) {
  const response = await fetch(new URL(mark ? `${name}?${mark}` : name, folder), { credentials: "omit", referrerPolicy: "no-referrer", cache: mark ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${response.status}`);
  const content = await response.json();
  if (mark && content.h !== mark) throw new OlderPage();
  return content;
}

function script(url) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = url;
    element.onload = resolve;
    element.onerror = () => reject(new Error("script"));
    document.head.append(element);
  });
}

export class Files {
  constructor(manifest) {
    this.manifest = manifest;
    this.waiting = new Map();
  }

  // A file, asked for once; after a failure it may be asked for again.
  get(name) {
    if (!this.waiting.has(name)) {
      this.waiting.set(name, json(name, this.manifest.h).catch((error) => {
        this.waiting.delete(name);
        throw error;
      }));
    }
    return this.waiting.get(name);
  }

  column(name) {
    return this.get(`f-${name}.json`);
  }

  // The tree, made once.
  async regions() {
    const shape = await this.get("regions.json");
    this.tree ||= tree(shape, this.manifest, (name) => this.get(name));
    return this.tree;
  }

  // A card. Texts that many cards have in common are numbers in it.
  async card(number) {
    const { cards, shared } = this.manifest;
    return written((await this.get(`c${Math.floor(number / cards)}.json`)).c[number % cards], shared);
  }
}

// Numbers that are no place of a shared text.
const NUMBERS = new Set(["t", "e"]);

export function written(card, shared) {
  const whole = (value) => (typeof value === "number" ? shared[value] : value);
  return Object.fromEntries(Object.entries(card).map(([key, value]) => [key, NUMBERS.has(key) ? value : Array.isArray(value) ? value.map(whole) : whole(value)]));
}

const numbered = (get) => (kind, number) => get(`${kind}${number}.json`);

export const tree = (shape, { r: rows, f: first, names }, get) => new Regions(shape, { rows, first, names, load: numbered(get) });

export function together(manifest, lunr, get, facets) {
  const load = numbered(get);
  const engine = new Engine({ lunr, fields: manifest.fields, count: manifest.count, first: manifest.p, load });
  const vocabulary = new Vocabulary({ first: manifest.v, load });
  return new Meaning({ engine, vocabulary, lunr, phrases: manifest.phrases, regions: manifest.r, accents: manifest.accents, apart: manifest.apart, general: () => facets.lists("general") });
}

let opened = null;

// Everything that a search needs to begin; asked for when somebody begins.
export function open(mark) {
  opened ||= Promise.all([json("manifest.json", mark), globalThis.lunr || script(new URL("lunr.js", folder))]).then(([manifest]) => {
    const files = new Files(manifest);
    const facets = new Facets({ count: manifest.count, services: manifest.services, column: (name) => files.column(name), zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    return { manifest, files, facets, meaning: together(manifest, globalThis.lunr, (name) => files.get(name), facets) };
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}
