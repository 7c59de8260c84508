// What is to be mended: a list above the form with a link to each field, and the same words at the field.

/** The field that a path speaks of, or the nearest around it. */
function at(form, path) {
  let place = form.entry;
  for (let step = 0; step < path.length;) {
    const field = form.named(place, path[step]);
    if (!field) break;
    step += 1;
    if (field.dataset.kind === "group") place = field;
    else if (field.dataset.kind === "items" && typeof path[step] === "number") {
      place = form.filled(field)[path[step]] || field;
      step += 1;
    } else return field;
  }
  return place;
}

const sentence = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}` : "");

/** What is wrong, as a person reads it. */
export const inWords = ({ message, help }) => [message, help].map(sentence).filter(Boolean).join(" ");

/** Where a field stands, in the words above it: "Channel 1, Kind of channel". */
function where(form, field) {
  const named = [];
  for (let around = field; around && around !== form.entry; around = around.parentElement.closest('[data-name],[data-item],[data-step="organization"]')) {
    const title = around.querySelector(":scope>label,:scope>legend,:scope>summary");
    if (!title || (around !== field && around.matches('[data-kind="items"]'))) continue;
    const words = title.cloneNode(true);
    for (const part of words.querySelectorAll(".hr-ask__need")) part.remove();
    named.unshift(words.textContent.replace(/\s+/g, " ").trim());
  }
  return named.join(", ");
}

export function forget(form) {
  for (const old of form.root.querySelectorAll(".hr-ask__error")) old.remove();
  for (const old of form.root.querySelectorAll(".hr-ask--wrong")) {
    old.classList.remove("hr-ask--wrong");
    form.describe(old);
  }
  form.one("errors").hidden = true;
  form.one("errors-list").replaceChildren();
}

/** Shows every issue; the list gets the focus when there is one. */
export function tell(form, issues) {
  forget(form);
  const box = form.one("errors");
  const list = form.one("errors-list");
  const noted = new Map();
  const placed = issues.map((issue) => ({ issue, field: at(form, [...issue.path, ...(issue.missing || [])]) }));
  placed.sort((a, b) => (a.field.compareDocumentPosition(b.field) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : a.field === b.field ? 0 : -1));
  for (const [number, { issue, field }] of placed.entries()) {
    const note = Object.assign(document.createElement("p"), { className: "hr-ask__error", id: `hr-error-${number}`, textContent: inWords(issue) });
    const target = field.querySelector(":scope>input,:scope>select,:scope>textarea");
    if (target) target.before(note);
    else (field.querySelector(":scope>legend,:scope>summary") || field.firstElementChild || field).after(note);
    field.classList.add("hr-ask--wrong");
    noted.set(field, [...(noted.get(field) || []), note.id]);
    if (field.id) form.describe(field, noted.get(field).join(" "));
    const place = where(form, field);
    const link = Object.assign(document.createElement("a"), { textContent: place ? form.say("form.in", { where: place, message: inWords(issue) }) : inWords(issue), href: `#${target?.id || note.id}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(field, target || field.querySelector("input,select,textarea,button"));
    });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  if (issues.length) {
    form.one("errors-title").textContent = form.say("form.errors", { count: issues.length });
    box.hidden = false;
    box.focus();
    box.scrollIntoView({ block: "start" });
  }
}

function show(field, target) {
  for (let around = field; around; around = around.parentElement.closest("details")) if (around.matches("details")) around.open = true;
  (target || field).focus();
  field.scrollIntoView({ block: "center" });
}
