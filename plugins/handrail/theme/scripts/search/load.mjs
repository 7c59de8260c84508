// The files of the search. Every file carries the mark of its build; another mark means that the page is older than the files.
import { Engine } from "./engine.mjs";
import { Meaning } from "./query.mjs";
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

  async regions() {
    return this.manifest.r || (await this.get("regions.json")).r;
  }

  async card(number) {
    const { cards } = this.manifest;
    return (await this.get(`c${Math.floor(number / cards)}.json`)).c[number % cards];
  }
}

export function together(manifest, lunr, get) {
  const load = (kind, number) => get(`${kind}${number}.json`);
  const engine = new Engine({ lunr, fields: manifest.fields, count: manifest.count, first: manifest.p, load });
  if (!manifest.stem) engine.pipeline.reset();
  const vocabulary = new Vocabulary({ first: manifest.v, load });
  return new Meaning({ engine, vocabulary, lunr, phrases: manifest.phrases, regions: manifest.r, general: async () => (await get("f-general.json")).v });
}

let opened = null;

// Everything that a search needs to begin; asked for when somebody begins.
export function open(mark) {
  opened ||= Promise.all([json("manifest.json", mark), globalThis.lunr || script(new URL("lunr.js", folder))]).then(([manifest]) => {
    const files = new Files(manifest);
    return { manifest, files, meaning: together(manifest, globalThis.lunr, (name) => files.get(name)) };
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}
