// The form for partners: asks for what the schema knows, checks it, and writes the file. Nothing is sent and nothing is kept.
import { linkIssues } from "./links.mjs";
import { difference, equal, ORIGIN, patched } from "./patch.mjs";
import { read, Unread, values } from "./read.mjs";
import { Judge } from "./shape.mjs";
import { editFile, mail, newFile, viewFile } from "./submit.mjs";
import { file as writeFile } from "./write.mjs";

const LONG_LIST = 12;

class Form {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.known = data;
    this.mode = root.dataset.mode;
    this.entry = root.querySelector("[data-entry]");
    this.count = 0;
    this.say = (key, given = {}) => (data.words[key] ?? data.words[`${key}.${given.count === 1 ? "one" : "other"}`] ?? key).replace(/\{([a-z-]+)\}/g, (_, name) => String(given[name]));
    this.judge = new Judge(data.schema, data.zones, this.say);
    this.source = null;
  }

  one(name) { return this.root.querySelector(`[data-${name}]`); }
  status(text) { this.one("status").textContent = text; }

  // Fields of a group: those that have no other group between them and it.
  fields(group) {
    return [...group.querySelectorAll("[data-name]")].filter((field) => field.parentElement.closest("[data-group]") === group);
  }

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
    const list = this.one("picks-template").content.firstElementChild.cloneNode(false);
    if (choices.length > LONG_LIST) {
      list.classList.add("hr-ask__checks--long");
      list.tabIndex = 0;
    }
    const extra = chosen.filter((value) => !choices.some(([id]) => id === value)).map((value) => [value, value]);
    for (const [value, name] of [...choices, ...extra]) {
      const label = document.createElement("label");
      label.className = "hr-filter__option";
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value, checked: chosen.includes(value), autocomplete: "off" });
      const words = document.createElement("span");
      words.textContent = name && name !== value ? `${name} (${value})` : value;
      label.append(box, words);
      list.append(Object.assign(document.createElement("li"), {}));
      list.lastChild.append(label);
    }
    const place = field.querySelector("[data-picks]");
    if (choices.length || extra.length) place.replaceChildren(list);
    else place.textContent = this.say("form.no-sources");
  }

  checked(field) { return [...field.querySelectorAll("input:checked")].map((box) => box.value); }

  /** Shows the sources of the file under every fact, by what stands in the form now. */
  sources() {
    const field = this.fields(this.entry).find((each) => each.dataset.name === "sources");
    const choices = this.items(field).map((item) => this.collect(item)).filter((source) => source.id).map((source) => [source.id, source.title || source.url || source.id]);
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

  number(field) {
    this.items(field).forEach((item, at) => { for (const place of item.querySelectorAll("[data-number]")) if (place.closest("[data-item]") === item) place.textContent = at + 1; });
  }

  /** Hides fields that the choice above them rules out. */
  belongs(group) {
    const fields = this.fields(group);
    for (const field of fields) {
      if (!field.dataset.hidden) continue;
      const [name, chosen] = field.dataset.hidden.split("=");
      const decides = fields.find((each) => each.dataset.name === name);
      field.hidden = chosen.split(",").includes(this.control(decides).value);
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
    if (kind === "group") {
      if (field.matches("details")) field.open = true;
      this.fill(field, given);
    } else if (kind === "items") {
      for (const [at, value] of given.entries()) {
        const item = this.add(field);
        item.hrOrigin = at;
        this.fill(item, value);
      }
    } else if (["checks", "picks", "seen"].includes(kind)) {
      if (kind !== "checks") this.pick(field, kind === "seen" ? this.sources() : this.known[field.dataset.list] || [], given);
      for (const box of field.querySelectorAll("input")) box.checked = given.includes(box.value);
    } else if (kind === "week") this.week(field, given);
    else this.control(field).value = kind === "lines" ? given.join("\n") : String(given);
    if (!["group", "items"].includes(kind)) field.hrGiven = { shown: JSON.stringify(this.shown(field)), value: given };
  }

  week(field, spans) {
    for (const { days, opens, closes } of spans) {
      for (const day of days) {
        const rows = () => [...field.querySelectorAll(`tr[data-day="${day}"]`)];
        if (rows().every((row) => row.querySelector("input").value)) this.twice(field);
        const row = rows().find((each) => !each.querySelector("input").value);
        const [from, to] = row.querySelectorAll("input");
        [from.value, to.value] = [opens, closes];
      }
    }
  }

  twice(field) {
    const body = field.querySelector("tbody").cloneNode(true);
    for (const input of body.querySelectorAll("input")) input.value = "";
    field.querySelector("table").append(body);
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
    if (["checks", "picks", "seen"].includes(kind)) return this.checked(field);
    if (kind === "week") return [...field.querySelectorAll("tr[data-day]")].map((row) => [row.dataset.day, ...[...row.querySelectorAll("input")].map((input) => input.value.trim())]);
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
    if (["checks", "picks", "seen"].includes(kind)) {
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

  // ---- what is wrong

  issues(data) {
    const shape = this.judge.issues(data);
    const known = {
      services: this.known.services, organizations: Object.keys(this.known.organizations), isNew: !this.source,
      own: this.source ? (this.source.data.services || []).map((service) => service.id) : [],
    };
    const found = [...shape, ...linkIssues(data, known, this.say)];
    const seen = new Set();
    return found.filter(({ path, message }) => !seen.has(JSON.stringify([path, message])) && seen.add(JSON.stringify([path, message])));
  }

  /** The field that a path speaks of, or the nearest around it. */
  at(path) {
    let place = this.entry;
    for (let step = 0; step < path.length;) {
      const field = this.fields(place).find((each) => each.dataset.name === path[step]);
      if (!field) break;
      step += 1;
      if (field.dataset.kind === "group") place = field;
      else if (field.dataset.kind === "items" && typeof path[step] === "number") {
        place = this.filled(field)[path[step]] || field;
        step += 1;
      } else return field;
    }
    return place;
  }

  told(issues) {
    for (const old of this.root.querySelectorAll(".hr-ask__error")) old.remove();
    for (const old of this.root.querySelectorAll(".hr-ask--wrong")) {
      old.classList.remove("hr-ask--wrong");
      this.describe(old);
    }
    const box = this.one("errors");
    box.hidden = !issues.length;
    const list = this.one("errors-list");
    list.replaceChildren();
    for (const [at, { path, message, help, missing = [] }] of issues.entries()) {
      const field = this.at([...path, ...missing]);
      const note = Object.assign(document.createElement("p"), { className: "hr-ask__error", id: `hr-error-${at}`, textContent: `${message[0].toUpperCase()}${message.slice(1)}. ${help ? `${help[0].toUpperCase()}${help.slice(1)}.` : ""}` });
      const target = field.querySelector(":scope>input,:scope>select,:scope>textarea");
      if (target) target.before(note);
      else (field.querySelector(":scope>legend,:scope>summary") || field.firstElementChild || field).after(note);
      field.classList.add("hr-ask--wrong");
      if (field.id) this.describe(field, note.id);
      const link = Object.assign(document.createElement("a"), { textContent: note.textContent, href: `#${target?.id || note.id}` });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.show(field, target || field.querySelector("input,select,textarea,button"));
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    if (issues.length) {
      this.one("errors-title").textContent = this.say("form.errors", { count: issues.length });
      box.focus();
      box.scrollIntoView({ block: "start" });
    }
  }

  show(field, target) {
    for (let around = field; around; around = around.parentElement.closest("details")) if (around.matches("details")) around.open = true;
    (target || field).focus();
    field.scrollIntoView({ block: "center" });
  }

  // ---- the file

  path(data) {
    if (this.source) return this.source.file;
    const region = this.known.regions.find(([id]) => id === (data.regions || data.services[0]?.coverage?.regions || [])[0]);
    const country = region ? region[2] : "";
    const folder = this.known.folders[country] || (country && Object.keys(this.known.folders).length ? `${this.known.base}/${country}` : this.known.base);
    return `${folder}/${data.id}.yaml`;
  }

  check() {
    this.one("result").hidden = true;
    const data = this.collect(this.entry);
    const issues = this.issues(data);
    this.told(issues);
    if (issues.length) return;
    const file = this.path(data);
    try {
      const text = this.source ? patched(this.source.text, data, this.known.schema) : writeFile(data, this.known.schema, `${"../".repeat(file.split("/").length - 1)}schema/organization.json`, this.known.licence);
      if (!this.source && !equal(values(read(text), this.known.schema), data)) throw new Unread("the text does not read back as it was typed");
      this.offer(file, text, data);
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      this.status(this.say("form.unread", { why: error.message }));
      this.one("status").scrollIntoView();
    }
  }

  offer(file, text, data) {
    const patch = this.source ? difference(this.source.text, text, file) : "";
    if (this.source && !patch) {
      this.status(this.say("form.unchanged"));
      this.one("status").scrollIntoView();
      return;
    }
    this.status("");
    this.made = { file, text, patch };
    const { repository, corrections } = this.known;
    const open = this.source ? editFile(repository, file) : newFile(repository, file, text);
    const link = this.one("send");
    link.hidden = !open;
    if (open) {
      link.href = open.href;
      link.textContent = this.say(this.source ? "form.open.edit" : "form.open.new");
    }
    const next = !open ? "mail" : this.source ? "edit" : open.filled ? "new" : "paste";
    this.one("where").textContent = this.say("form.where", { file });
    this.one("next").textContent = this.say(`form.next.${next}`, { address: corrections });
    const letter = mail(corrections, this.say("form.mail.subject", { name: data.name }), this.say("form.mail.body", { file, text: patch || text }));
    this.one("mail").href = letter.href;
    this.one("mail").title = letter.filled ? "" : this.say("form.mail.long");
    this.one("download-patch").hidden = !patch;
    this.one("patch-box").hidden = !patch;
    this.one("patch-box").open = Boolean(patch);
    this.one("patch").textContent = patch;
    this.one("file").textContent = text;
    this.one("result").hidden = false;
    document.getElementById("hr-result").focus();
    this.one("result").scrollIntoView();
  }

  save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // ---- opening

  async published(id) {
    const answer = await fetch(`${this.root.dataset.files}${encodeURIComponent(id)}.txt`);
    if (!answer.ok) throw new TypeError(String(answer.status));
    return answer;
  }

  /** Opens an organization; `file` is the reader's own copy of its file, where the site carries none. */
  async open(id, service = "", file = null) {
    this.one("result").hidden = true;
    this.told([]);
    this.clear();
    this.source = null;
    const isKept = Boolean(id) && this.known.kept.includes(id);
    this.one("own").hidden = !isKept;
    if (isKept && !file) {
      this.entry.hidden = true;
      this.status("");
      const link = this.one("own-link");
      const place = viewFile(this.known.repository, this.known.organizations[id]);
      link.hidden = !place;
      if (place) link.href = place;
      this.one("own-file").value = "";
      this.wanted = { id, service };
      return;
    }
    if (id) {
      this.status(this.say("form.loading"));
      try {
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (file || await this.published(id)).arrayBuffer());
        this.source = { text, file: this.known.organizations[id], data: values(read(text), this.known.schema) };
        if (this.source.data.id !== id) throw new Unread(this.say("form.own.other", { id }));
      } catch (error) {
        this.entry.hidden = true;
        this.source = null;
        this.status(error instanceof Unread ? this.say("form.unread", { why: error.message }) : this.say("form.failed"));
        return;
      }
      this.status("");
      this.load(this.source.data);
    }
    this.entry.hidden = !id && this.mode === "change";
    if (this.entry.hidden) return;
    const services = this.fields(this.entry).find((field) => field.dataset.name === "services");
    this.root.querySelector('[data-step="organization"]').open = !id;
    if (!id) this.add(this.fields(this.entry).find((field) => field.dataset.name === "sources"));
    const opened = this.mode === "add" && !service ? this.add(services) : this.items(services).find((item) => this.collect(item).id === service) || (this.items(services).length === 1 ? this.items(services)[0] : null);
    if (opened) {
      opened.open = true;
      opened.querySelector(".hr-step").open = true;
      if (service) opened.scrollIntoView();
    }
    this.sources();
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
    for (const item of this.items(this.fields(this.entry).find((field) => field.dataset.name === "services"))) this.title(item);
  }

  /** Proposes an id where none is written yet, from the name or title. */
  propose(group, name) {
    const id = this.fields(group).find((field) => field.dataset.name === "id");
    if (!id || this.control(id).value) return;
    const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
    this.control(id).value = plain.slice(0, group.closest('[data-name="sources"]') ? 24 : 60).replace(/^-|-$/g, "");
    this.sources();
  }

  title(item) {
    const name = this.fields(item).find((field) => field.dataset.name === "name");
    const place = item.querySelector("[data-service]");
    if (name && place && this.control(name).value) place.textContent = this.control(name).value;
  }

  start() {
    const form = this.one("form");
    const choose = document.getElementById("hr-organization");
    this.wire(this.entry);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.check(); });
    choose.addEventListener("change", () => this.open(choose.value));
    this.one("own-file").addEventListener("change", ({ target }) => {
      if (target.files.length) this.open(this.wanted.id, this.wanted.service, target.files[0]);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
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
      } else if (button.matches("[data-twice]")) this.twice(button.closest("[data-name]"));
    });
    form.addEventListener("change", (event) => {
      const group = event.target.closest("[data-group]");
      if (group) this.belongs(group);
      if (event.target.closest('[data-name="sources"]')) this.sources();
      const service = event.target.closest(".hr-form__service");
      if (service) this.title(service);
      if (group && ["name", "title"].includes(event.target.closest("[data-name]").dataset.name)) this.propose(group, event.target.value);
    });
    this.one("copy").addEventListener("click", () => navigator.clipboard.writeText(this.made.text).then(() => this.status(this.say("form.copied")), () => this.status(this.say("form.not-copied"))));
    this.one("download").addEventListener("click", () => this.save(this.made.file.split("/").at(-1), this.made.text));
    this.one("download-patch").addEventListener("click", () => this.save(`${this.made.file.split("/").at(-1)}.patch`, this.made.patch));
    const asked = new URLSearchParams(window.location.hash.slice(1));
    const id = Object.hasOwn(this.known.organizations, asked.get("org") || "") ? asked.get("org") : "";
    choose.value = id;
    this.root.hidden = false;
    document.querySelector("[data-hr-without-form]")?.remove();
    return this.open(choose.value, asked.get("service") || "");
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

async function wake(root) {
  const answer = await fetch(root.dataset.data);
  await new Form(root, await answer.json()).start();
}

const root = typeof document === "undefined" ? null : document.querySelector("[data-hr-entry]");
if (root) wake(root);
