// The form for partners: asks for what the schema knows, and knows what stands in it. Nothing is sent and nothing is kept.
import { hold, isHeld, marked } from "./held.mjs";
import { load } from "./load.mjs";
import { offer, wireResult } from "./offer.mjs";
import { ORIGIN } from "./patch.mjs";
import { read, Unread, values } from "./read.mjs";
import { viewFile } from "./submit.mjs";
import { forget, tell } from "./told.mjs";

const LONG_LIST = 12;
const CHOSEN = ["checks", "picks", "seen"];

export class Form {
  constructor(root, lists) {
    this.root = root;
    this.known = lists;
    this.words = { ...lists.words };
    this.mode = root.dataset.mode;
    const fields = document.createElement("template");
    fields.innerHTML = lists.fields;  // written by our own templates, from the schema
    this.one("form").append(fields.content);
    this.entry = root.querySelector("[data-entry]");
    this.count = 0;
    this.say = (key, given = {}) => (this.words[key] ?? this.words[`${key}.${given.count === 1 ? "one" : "other"}`] ?? key).replace(/\{([a-z-]+)\}/g, (_, name) => String(given[name]));
    this.source = null;
    this.wire(this.entry);
    this.listen();
    wireResult(this);
    this.one("form").querySelector("datalist").append(...lists.zones.map((zone) => new Option(zone, zone)));
  }

  one(name) { return this.root.querySelector(`[data-${name}]`); }
  status(text) { this.one("status").textContent = text; }

  /** What is needed to check, loaded once. */
  async rules() {
    this.loaded ??= Promise.all([import("./checks.mjs"), load(this.root.dataset.rules)]).then(([{ Checks }, rules]) => {
      Object.assign(this.words, rules.words);
      return new Checks(rules, this.say);
    });
    try {
      return await this.loaded;
    } catch (error) {
      this.loaded = null;
      throw error;
    }
  }

  // Fields of a group: those that have no other group between them and it.
  fields(group) {
    return [...group.querySelectorAll("[data-name]")].filter((field) => field.parentElement.closest("[data-group]") === group);
  }

  named(group, name) { return this.fields(group).find((field) => field.dataset.name === name); }
  items(field) { return [...field.querySelector("[data-items]").children]; }
  /** The items of a list in which something stands; a service counts from the start, so that nobody forgets to fill it in. */
  filled(field) { return this.items(field).filter((item) => field.dataset.name === "services" || Object.keys(this.collect(item)).length); }
  control(field) { return field.querySelector("input,select,textarea"); }

  /** Ties label, help and control of every field below a node together, and fills its pickers. */
  wire(node) {
    for (const field of node.querySelectorAll("[data-name]")) {
      if (field.dataset.wired) continue;
      field.dataset.wired = "yes";
      this.count += 1;
      const id = `hr-ask-${this.count}`;
      field.id = id;
      const help = field.querySelector(":scope>[data-help],:scope>.hr-ask__inner>[data-help]");
      if (help) help.id = `${id}-help`;
      const label = field.querySelector(":scope>label");
      const control = label && this.control(field);
      if (control) {
        control.id = `${id}-control`;
        label.htmlFor = control.id;
      }
      this.describe(field);
      if (field.dataset.kind === "picks") this.pick(field, this.known[field.dataset.list] || []);
      if (field.dataset.kind === "region") for (const [value, name] of this.known.regions) control.append(new Option(`${name} (${value})`, value));
    }
  }

  describe(field, error = "") {
    const target = field.querySelector(":scope>input,:scope>select,:scope>textarea") || (field.matches("fieldset") ? field : null);
    const help = document.getElementById(`${field.id}-help`);
    const by = [help && help.id, error].filter(Boolean).join(" ");
    if (target && by) target.setAttribute("aria-describedby", by);
    else target?.removeAttribute("aria-describedby");
    if (target && !field.matches("fieldset")) {
      if (error) target.setAttribute("aria-invalid", "true");
      else target.removeAttribute("aria-invalid");
    }
  }

  pick(field, choices, chosen = this.checked(field)) {
    const box = this.one("picks-template").content.firstElementChild.cloneNode(true);
    const list = box.querySelector("ul");
    const extra = chosen.filter((value) => !choices.some(([id]) => id === value)).map((value) => [value, value]);
    for (const [value, name] of [...choices, ...extra]) {
      const label = document.createElement("label");
      label.className = "hr-filter__option";
      const input = Object.assign(document.createElement("input"), { type: "checkbox", value, checked: chosen.includes(value), autocomplete: "off" });
      const words = document.createElement("span");
      words.textContent = name && name !== value ? `${name} (${value})` : value;
      label.append(input, words);
      list.append(document.createElement("li"));
      list.lastChild.append(label);
    }
    if (choices.length > LONG_LIST) {
      list.classList.add("hr-ask__checks--long");
      list.tabIndex = 0;
      const find = box.querySelector("label");
      find.hidden = false;
      find.control.addEventListener("input", (event) => {
        event.stopPropagation();
        const wanted = find.control.value.trim().toLowerCase();
        for (const item of list.children) item.hidden = !item.querySelector("input").checked && !item.textContent.toLowerCase().includes(wanted);
      });
    }
    const place = field.querySelector("[data-picks]");
    if (choices.length || extra.length) place.replaceChildren(box);
    else place.textContent = this.say("form.no-sources");
  }

  checked(field) { return [...field.querySelectorAll("input:checked")].map((box) => box.value); }

  /** Shows the sources of the file under every fact, by what stands in the form now. */
  sources() {
    const choices = this.items(this.named(this.entry, "sources")).map((item) => this.collect(item)).filter((source) => source.id).map((source) => [source.id, source.title || source.url || source.id]);
    for (const seen of this.entry.querySelectorAll('[data-kind="seen"]')) this.pick(seen, choices, this.checked(seen).filter((value) => choices.some(([id]) => id === value)));
    return choices;
  }

  add(field) {
    const item = field.querySelector(":scope>template").content.firstElementChild.cloneNode(true);
    field.querySelector("[data-items]").append(item);
    this.wire(item);
    this.number(field);
    for (const open of item.querySelectorAll("details[data-open]")) open.open = true;
    for (const group of [item, ...item.querySelectorAll("[data-group]")]) this.belongs(group);
    return item;
  }

  /** Stands for a part that the copy of the file does not show; it has nothing to fill in. */
  placeholder(field, value) {
    const item = Object.assign(document.createElement("div"), { hidden: true, hrRest: value });
    item.dataset.group = item.dataset.item = "";
    field.querySelector("[data-items]").append(item);
    return item;
  }

  number(field) {
    this.items(field).filter((item) => !item.hidden).forEach((item, at) => { for (const place of item.querySelectorAll("[data-number]")) if (place.closest("[data-item]") === item) place.textContent = at + 1; });
  }

  /** Hides fields that the choice above them rules out, or that wait for it. */
  belongs(group) {
    const fields = this.fields(group);
    for (const field of fields) {
      if (!field.dataset.hidden) continue;
      const [name, ruledOut] = field.dataset.hidden.split("=");
      const chosen = this.control(fields.find((each) => each.dataset.name === name)).value;
      field.hidden = !chosen || ruledOut.split(",").includes(chosen);
    }
  }

  // ---- values into the form

  fill(group, value) {
    group.hrRest = {};
    const fields = Object.fromEntries(this.fields(group).map((field) => [field.dataset.name, field]));
    for (const [key, given] of Object.entries(value)) {
      if (fields[key]) this.put(fields[key], given);
      else group.hrRest[key] = given;
    }
    this.belongs(group);
  }

  put(field, given) {
    const { kind } = field.dataset;
    const more = field.parentElement.closest("details");
    if (more?.matches("[data-more]")) more.open = true;
    if (kind === "group") {
      if (field.matches("details")) field.open = true;
      this.fill(field, given);
    } else if (kind === "items") {
      for (const [at, value] of given.entries()) {
        const item = isHeld(value) ? this.placeholder(field, value) : this.add(field);
        item.hrOrigin = at;
        if (!item.hidden) this.fill(item, value);
      }
    } else if (CHOSEN.includes(kind)) {
      if (kind !== "checks") this.pick(field, kind === "seen" ? this.sources() : this.known[field.dataset.list] || [], given);
      for (const box of field.querySelectorAll("input[type=checkbox]")) box.checked = given.includes(box.value);
    } else if (kind === "week") this.week(field, given);
    else this.control(field).value = kind === "lines" ? given.join("\n") : String(given);
    if (!["group", "items"].includes(kind)) field.hrGiven = { shown: JSON.stringify(this.shown(field)), value: given };
  }

  week(field, spans) {
    for (const { days, opens, closes } of spans) {
      for (const day of days) {
        const rows = () => [...field.querySelectorAll(`[data-day="${day}"]`)];
        if (rows().every((row) => row.querySelector("input").value)) this.twice(field);
        const row = rows().find((each) => !each.querySelector("input").value);
        const [from, to] = row.querySelectorAll("input");
        [from.value, to.value] = [opens, closes];
      }
    }
  }

  twice(field) {
    const week = [...field.querySelectorAll("[data-week]")].at(-1);
    const again = week.cloneNode(true);
    for (const input of again.querySelectorAll("input")) input.value = "";
    week.after(again);
    return again;
  }

  // ---- values out of the form

  collect(group) {
    const made = {};
    for (const field of this.fields(group)) {
      const value = field.hidden ? undefined : this.value(field);
      if (value !== undefined) made[field.dataset.name] = value;
    }
    Object.assign(made, group.hrRest);
    if (group.hrOrigin !== undefined) made[ORIGIN] = group.hrOrigin;
    return made;
  }

  shown(field) {
    const { kind } = field.dataset;
    if (CHOSEN.includes(kind)) return this.checked(field);
    if (kind === "week") return [...field.querySelectorAll("[data-day]")].map((row) => [row.dataset.day, ...[...row.querySelectorAll("input")].map((input) => input.value.trim())]);
    return this.control(field).value;
  }

  value(field) {
    const { kind, name } = field.dataset;
    if (kind === "group") {
      const inner = this.collect(field);
      return Object.keys(inner).length ? inner : undefined;
    }
    if (kind === "items") {
      const all = this.filled(field).map((item) => this.collect(item));
      return all.length || name === "services" ? all : undefined;
    }
    const shown = this.shown(field);
    if (field.hrGiven && field.hrGiven.shown === JSON.stringify(shown)) return field.hrGiven.value;
    if (CHOSEN.includes(kind)) {
      const before = field.hrGiven?.value.filter((value) => shown.includes(value)) || [];
      const all = [...before, ...shown.filter((value) => !before.includes(value))];
      return all.length ? all : undefined;
    }
    if (kind === "week") return spans(shown);
    if (kind === "lines") {
      const all = shown.split("\n").map((line) => line.trim()).filter(Boolean);
      return all.length ? all : undefined;
    }
    const text = shown.trim();
    if (!text) return undefined;
    return kind === "number" && /^-?(0|[1-9]\d{0,8})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  }

  // ---- the check

  async check() {
    this.one("result").hidden = true;
    this.status(this.say("form.checking"));
    let checks;
    try {
      checks = await this.rules();
      checks.known ??= await load(this.root.dataset.known);
    } catch {
      this.status(this.say("form.failed"));
      this.one("status").scrollIntoView({ block: "center" });
      return;
    }
    this.status("");
    const data = this.collect(this.entry);
    const issues = checks.issues(data, this.source);
    const errors = issues.filter(({ code }) => code.startsWith("E"));
    tell(this, errors);
    if (!errors.length) offer(this, checks, data, issues);
  }

  // ---- opening

  /** Opens an organization; `file` is the reader's own copy of its file, where that of the site does not show what is asked for. */
  async open(id, service = "", file = null) {
    this.one("result").hidden = true;
    forget(this);
    this.clear();
    this.source = null;
    this.status("");
    const isPart = !file && id in this.known.parts;
    const parts = isPart ? this.known.parts[id] : null;
    this.one("own").hidden = true;
    this.one("part").hidden = !parts;
    if (isPart && !parts) {
      this.ask(id, service);
      return;
    }
    if (id) {
      const [checks, answer] = await Promise.all([this.rules(), file || this.published(id)]);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
      try {
        this.source = { text: parts ? marked(text, parts.cuts) : text, parts, file: this.known.organizations[id], data: values(read(text), checks.schema) };
        if (this.source.data.id !== id) throw new Unread(this.say("form.own.other", { id }));
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        this.source = null;
        this.entry.hidden = true;
        this.status(this.say("form.unread", { why: error.message }));
        return;
      }
      if (parts) hold(this.source.data, parts.held);
      if (service && this.source.data.services.some((each) => each.id === service && isHeld(each))) {
        this.source = null;
        this.ask(id, service);
        return;
      }
      this.load(this.source.data);
    }
    this.one("start").hidden = true;
    this.entry.hidden = false;
    for (const step of ["sources", "organization"]) this.root.querySelector(`[data-step="${step}"]`).open = !id;
    if (!id) this.add(this.named(this.entry, "sources"));
    const opened = this.begin(service);
    this.sources();
    if (id && opened) {
      opened.querySelector("summary").focus();
      opened.scrollIntoView();
    } else document.getElementById("hr-first").focus();
  }

  async published(id) {
    const answer = await fetch(`${this.root.dataset.files}${encodeURIComponent(id)}.txt`);
    if (!answer.ok) throw new TypeError(String(answer.status));
    return answer;
  }

  /** Asks for the reader's own copy of a file that the site does not carry. */
  ask(id, service) {
    this.entry.hidden = true;
    this.one("own").hidden = false;
    this.one("part").hidden = true;
    this.wanted = { id, service };
    const link = this.one("own-link");
    const place = viewFile(this.known.repository, this.known.organizations[id]);
    link.hidden = !place;
    if (place) link.href = place;
    const choice = this.one("own-file");
    choice.value = "";
    choice.focus();
  }

  /** Opens the service that was asked for: a new one on the page for new ones. */
  begin(service) {
    const services = this.named(this.entry, "services");
    const all = this.items(services).filter((item) => !item.hidden);
    const opened = this.mode === "add" && !service ? this.add(services) : all.find((item) => this.collect(item).id === service) || (all.length === 1 ? all[0] : null);
    if (!opened) return null;
    opened.open = true;
    opened.querySelector(".hr-step").open = true;
    return opened;
  }

  clear() {
    this.entry.hrRest = {};
    for (const place of this.entry.querySelectorAll("[data-items]")) place.replaceChildren();
    for (const control of this.entry.querySelectorAll("input,select,textarea")) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
    for (const field of this.entry.querySelectorAll("[data-name]")) { field.hrGiven = undefined; field.hrRest = {}; }
  }

  load(data) {
    const { sources, ...rest } = data;
    this.fill(this.entry, { sources: sources || [], ...rest });
    for (const item of this.items(this.named(this.entry, "services"))) this.title(item);
  }

  /** Proposes an id where none is written yet: from the name, or from the website of a source. */
  propose(group, name) {
    const id = this.named(group, "id");
    if (!id || this.control(id).value) return;
    const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’]/g, "").toLowerCase().replace(/^https?:\/\/(www\.)?([^/?#]*).*$/, "$2").replace(/[^a-z0-9]+/g, "-");
    const made = plain.slice(0, group.closest('[data-name="sources"]') ? 24 : 60).replace(/^-|-$/g, "");
    const taken = group.matches("[data-item]") ? [...group.parentElement.children].map((item) => this.collect(item).id) : [];
    this.control(id).value = taken.includes(made) ? `${made}-${taken.length}` : made;
    this.sources();
  }

  title(item) {
    const name = this.named(item, "name");
    const place = item.querySelector("[data-service]");
    if (name && place && this.control(name).value) place.textContent = this.control(name).value;
  }

  listen() {
    const form = this.one("form");
    form.addEventListener("submit", (event) => { event.preventDefault(); this.check(); });
    this.one("own-file").addEventListener("change", ({ target }) => {
      if (target.files.length) this.open(this.wanted.id, this.wanted.service, target.files[0]).catch(() => this.status(this.root.dataset.failed));
    });
    form.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
    form.addEventListener("change", ({ target }) => {
      const group = target.closest("[data-group]");
      const field = target.closest("[data-name]");
      if (!group || !field) return;
      this.belongs(group);
      if (target.closest('[data-name="sources"]')) this.sources();
      const service = target.closest(".hr-form__service");
      if (service) this.title(service);
      if (["name", "title"].includes(field.dataset.name) || (field.dataset.name === "url" && target.closest('[data-name="sources"]'))) this.propose(group, target.value);
    });
  }

  pressed(button) {
    if (!button) return;
    if (button.matches("[data-add]")) {
      const item = this.add(button.closest('[data-kind="items"]'));
      if (item.matches("details")) { item.open = true; item.querySelector(".hr-step").open = true; }
      this.sources();
      item.querySelector("input,select,textarea").focus();
    } else if (button.matches("[data-remove]")) {
      const field = button.closest('[data-kind="items"]');
      button.closest("[data-item]").remove();
      this.number(field);
      this.sources();
      field.querySelector(":scope>p>[data-add]").focus();
    } else if (button.matches("[data-twice]")) this.twice(button.closest("[data-name]")).querySelector("input").focus();
    else if (button.matches("[data-again]")) this.again();
  }

  /** Goes back to the first question; what was typed is gone. */
  again() {
    this.one("again").closest("details").open = false;
    this.clear();
    forget(this);
    this.entry.hidden = true;
    this.one("result").hidden = true;
    this.one("start").hidden = false;
    this.one("start").querySelector("select").focus();
  }
}

/** Spans of the week from rows of a day, a time it opens and a time it closes: days with the same times share a span. */
export function spans(rows) {
  const found = [];
  for (const [day, opens, closes] of rows) {
    if (!opens && !closes) continue;
    const same = found.find((span) => span.opens === (opens || undefined) && span.closes === (closes || undefined) && !span.days.includes(day));
    if (same) same.days.push(day);
    else found.push({ days: [day], ...(opens && { opens }), ...(closes && { closes }) });
  }
  return found.length ? found : undefined;
}
