// The finished file, what is worth a second look, and the ways to send it.
import { difference, put } from "./difference.mjs";
import { equal, patched } from "./patch.mjs";
import { read, Unread, values } from "./read.mjs";
import { editFile, mail, newFile, viewFile } from "./submit.mjs";
import { inWords } from "./told.mjs";
import { file as writeFile } from "./write.mjs";

/** Where a file of this organization stands: by its country where the others do so too. */
function placeOf({ source, known }, data) {
  if (source) return source.file;
  const region = known.regions.find(([id]) => id === (data.regions || data.services[0]?.coverage?.regions || [])[0]);
  const country = region ? region[2] : "";
  const folder = known.folders[country] || (country && Object.keys(known.folders).length ? `${known.base}/${country}` : known.base);
  return `${folder}/${data.id}.yaml`;
}

/** Writes the file and shows it; says so when nothing changed, or when the file cannot be changed for certain. */
export function offer(form, checks, data, issues) {
  const file = placeOf(form, data);
  const { source, known } = form;
  try {
    const text = source ? patched(source.text, data, checks.schema) : writeFile(data, checks.schema, `${"../".repeat(file.split("/").length - 1)}schema/organization.json`, known.licence);
    if (!source && !equal(values(read(text), checks.schema), data)) throw new Unread("the text does not read back as it was typed");
    const patch = source ? difference(source.text, text, file, source.parts?.cuts) : "";
    if (source && !patch) return say(form, "form.unchanged");
    form.made = { file, text: source?.parts ? "" : text, patch, copy: text };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return say(form, "form.unread", { why: error.message });
  }
  notes(form, checks.notes(data, issues, source));
  return show(form, data);
}

function say(form, key, given = {}) {
  form.status(form.say(key, given));
  form.one("status").scrollIntoView({ block: "center" });
}

function notes(form, told) {
  form.one("notes-list").replaceChildren(...[...new Set(told.map(inWords))].map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  form.one("notes").hidden = !told.length;
}

function show(form, data) {
  const { file, text, patch } = form.made;
  const { repository, corrections } = form.known;
  const open = !text ? null : form.source ? editFile(repository, file, text) : newFile(repository, file, text);
  const link = form.one("send");
  link.hidden = !open;
  form.made.copies = Boolean(open && !open.filled);
  if (open) {
    link.href = open.href;
    link.textContent = form.say(!open.filled ? "form.open.copy" : form.source ? "form.open.edit" : "form.open.new");
  }
  const next = !text ? "part" : !open ? "mail" : form.source ? (open.filled ? "change" : "edit") : open.filled ? "new" : "paste";
  form.one("where").textContent = form.say("form.where", { file });
  form.one("next").textContent = form.say(`form.next.${next}`, { address: corrections });
  form.one("host").textContent = open ? form.say(`form.host.${repository.kind}`) : "";
  const letter = mail(corrections, form.say("form.mail.subject", { name: data.name }), form.say("form.mail.body", { file, text: patch || text }));
  form.one("mail").href = letter.href;
  form.one("mail").classList.toggle("hr-button--main", !open);
  form.one("mail-note").hidden = letter.filled;
  document.getElementById("hr-result").textContent = form.say(text ? "form.result" : "form.result.part");
  form.one("download-patch").hidden = !patch;
  form.one("patch-box").hidden = !patch;
  form.one("patch-box").open = Boolean(patch);
  form.one("patch").textContent = patch;
  for (const name of ["copy", "download", "whole"]) form.one(name).hidden = !text;
  form.one("file").textContent = text;
  const place = viewFile(repository, file);
  form.one("rest").hidden = Boolean(text) || !place;
  if (place) form.one("rest-link").href = place;
  form.one("result").hidden = false;
  document.getElementById("hr-result").focus();
  form.one("result").scrollIntoView();
}

/** Puts the change of a copy into the whole file, which the reader brings along. */
async function complete(form, whole) {
  const { source, made } = form;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await whole.arrayBuffer());
  const changed = put(text, source.text, made.copy, source.parts.cuts);
  if (changed === null) return say(form, "form.rest.other", { file: made.file });
  form.made = { ...made, text: changed, patch: difference(text, changed, made.file) };
  form.status("");
  return show(form, form.collect(form.entry));
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Wires the buttons below the finished file. */
export function wireResult(form) {
  const copy = () => navigator.clipboard.writeText(form.made.text).then(() => form.status(form.say("form.copied")), () => form.status(form.say("form.not-copied")));
  form.one("copy").addEventListener("click", copy);
  form.one("rest-file").addEventListener("change", ({ target }) => { if (target.files.length) complete(form, target.files[0]); });
  form.one("send").addEventListener("click", () => { if (form.made.copies) copy(); });
  form.one("download").addEventListener("click", () => save(form.made.file.split("/").at(-1), form.made.text));
  form.one("download-patch").addEventListener("click", () => save(`${form.made.file.split("/").at(-1)}.patch`, form.made.patch));
}
