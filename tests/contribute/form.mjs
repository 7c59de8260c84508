// Runs the modules of the form on JSON from standard input and writes JSON: the tests compare it with what Python says.
import { readFileSync } from "node:fs";

const scripts = `${process.argv[2]}/`;
const task = process.argv[3];
const input = JSON.parse(readFileSync(0, "utf8"));
const { formats, hidden } = await import(`${scripts}formats.mjs`);
const { read, values } = await import(`${scripts}read.mjs`);
const say = (key, given = {}) => input.words[key].replace(/\{([a-z]+)\}/g, (_, name) => String(given[name]));
const tried = (make) => { try { return make(); } catch (error) { return { unread: `${error.constructor.name}: ${error.message}` }; } };

const tasks = {
  async judge() {
    const { Judge } = await import(`${scripts}shape.mjs`);
    const judges = Object.fromEntries(Object.entries(input.schemas).map(([kind, schema]) => [kind, new Judge(schema, input.zones, say)]));
    return input.cases.map(({ kind, data }) => judges[kind].issues(data));
  },
  formats() {
    const all = formats(input.zones);
    return input.cases.map(({ format, text }) => { const key = all[format](text); return key && input.words[`format.${key}`]; });
  },
  hidden() { return input.map((text) => Boolean(hidden(text))); },
  read() { return input.texts.map((text) => tried(() => ({ values: values(read(text), input.schema) }))); },
  async write() {
    const { file } = await import(`${scripts}write.mjs`);
    return input.entries.map((entry) => file(entry, input.schema, "../../../schema/organization.json", "CC0 1.0"));
  },
  async patch() {
    const { ORIGIN, patched } = await import(`${scripts}patch.mjs`);
    const { difference, put } = await import(`${scripts}difference.mjs`);
    const { marked } = await import(`${scripts}held.mjs`);
    const placed = (value) => {
      if (Array.isArray(value)) for (const item of value) if (item && typeof item === "object" && "$origin" in item) { item[ORIGIN] = item.$origin; delete item.$origin; }
      if (value && typeof value === "object") Object.values(value).forEach(placed);
      return value;
    };
    return input.cases.map(({ source, now, cuts = [], file = source }) => tried(() => {
      const before = marked(source, cuts);
      const text = patched(before, placed(now), input.schema);
      return { text, patch: difference(before, text, "entry.yaml", cuts), whole: put(file, before, text, cuts) };
    }));
  },
  async check() {
    const [{ linkIssues }, { policyIssues }, { wordingIssues }] = await Promise.all(["links", "policy", "wording"].map((name) => import(`${scripts}${name}.mjs`)));
    return input.cases.map(({ data, source, known, wording }) => [...linkIssues(data, known, source, say), ...policyIssues(data, input.today, say), ...wordingIssues(data, wording)]);
  },
  async clashes() {
    const { clashes, facts, known: known_ } = await import(`${scripts}alike.mjs`);
    return input.cases.map(({ service, organization, known }) => {
      const others = known.services.map((each) => known_(each));
      return clashes(facts(service, organization, known.places), others);
    });
  },
  async notes() {
    const { Checks } = await import(`${scripts}checks.mjs`);
    const checks = new Checks({ schema: input.schema, zones: input.zones, wording: input.wording }, say);
    return input.cases.map(({ data, source, known }) => {
      checks.known = known;
      return checks.notes(data, checks.issues(data, source), source).map(({ message }) => message);
    });
  },
  async scripts() {
    const { mixedScripts } = await import(`${scripts}policy.mjs`);
    return input.texts.map(mixedScripts);
  },
  async folds() {
    const { fold } = await import(`${scripts}alike.mjs`);
    return input.texts.map(fold);
  },
  async submit() {
    const { editFile, newFile } = await import(`${scripts}submit.mjs`);
    const { repository } = input;
    const [file, text, much] = ["x/new.yaml", "a: b&c\n", "é".repeat(3000)];
    return [newFile(repository, file, text), newFile(repository, file, much), editFile(repository, file, text), editFile(repository, file, much)];
  },
  async lengths() {
    const { newFile } = await import(`${scripts}submit.mjs`);
    return Array.from({ length: 200 }, (_, at) => newFile(input.repository, "x/new.yaml", "a".repeat(7830 + at)));
  },
  async letters() {
    const { mail } = await import(`${scripts}submit.mjs`);
    return [mail("role@example.org", "s", "b&?c"), mail("role@example.org", "s", "x".repeat(5000))];
  },
  async likeness() {
    const { likeness } = await import(`${scripts}shape.mjs`);
    return input.map(([a, b]) => likeness([...a], [...b]));
  },
};
process.stdout.write(JSON.stringify(await tasks[task]()));
