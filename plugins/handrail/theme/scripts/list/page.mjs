// The list page: shows what the link holds, compares, prints and hands over. Nothing is sent; nothing is kept unless asked.
import { forget, hold, keep, list, write } from "../list.mjs";
import say from "../texts.mjs";
import { chunkOf, contacts, line, meetings, message } from "./text.mjs";

const FEW = 3;

export function start(document, window) {
  const root = document.querySelector("[data-hr-mine]");
  if (!root) return;
  const one = (name, inside = root) => inside.querySelector(`[data-${name}]`);
  const tell = (key) => { one("status").textContent = say[key] || ""; };
  const checklist = JSON.parse(one("checklist").textContent);
  const site = new URL(root.dataset.root, window.location.href);
  const files = new Map();
  const side = new Set();
  const title = document.title;
  let items = [];
  let alone = null;

  const file = (name) => {
    if (!files.has(name)) files.set(name, fetch(new URL(`${root.dataset.chunks}${name}.json`, window.location.href)).then((answer) => answer.json()));
    return files.get(name);
  };
  const look = async (id) => {
    const [name, key] = id.startsWith("g.") ? ["guides", id.slice(2)] : [chunkOf(id, Number(root.dataset.count)), id];
    try { return (await file(name))[key]; } catch { files.delete(name); throw new Error(name); }
  };
  const quiet = () => one("discreet").checked;
  const withNotes = () => one("with-notes").checked;
  const address = (notes = withNotes()) => `${window.location.origin}${window.location.pathname}#${write(list.ids, notes ? list.notes : {})}`;
  const given = () => (alone ? [alone] : items);
  const text = () => message(given(), { quiet: quiet(), notes: withNotes() ? list.notes : {}, link: alone ? new URL(alone.item.u, site).href : address() });

  function fill(parent, lines) {
    parent.replaceChildren(...lines.map((words) => { const li = document.createElement("li"); li.textContent = words; return li; }));
  }

  function card({ id, item }, index) {
    const made = one("item").content.cloneNode(true);
    const link = one("name", made);
    link.textContent = item.n;
    if (item.g) link.lang = item.g;
    link.href = new URL(item.u, site).href;
    one("kind", made).textContent = [item.k, item.o].filter(Boolean).join(" · ");
    one("line", made).textContent = item.l;
    fill(one("ways", made), (item.w || []).slice(0, 3).map(line));
    const note = one("note", made);
    note.value = list.notes[id] || "";
    note.addEventListener("input", () => { if (note.value) list.notes[id] = note.value; else delete list.notes[id]; hold(window); paper(); });
    const check = one("compare", made);
    check.checked = side.has(id);
    check.disabled = !side.has(id) && side.size >= FEW;
    one("compare-label", made).hidden = !item.c;
    check.addEventListener("change", () => { if (check.checked) side.add(id); else side.delete(id); show(`[data-id="${id}"] [data-compare]`); });
    for (const of of made.querySelectorAll("[data-of]")) of.textContent = `: ${item.n}`;
    for (const button of made.querySelectorAll("[data-move]")) {
      const to = index + Number(button.dataset.move);
      button.disabled = to < 0 || to >= items.length;
      button.addEventListener("click", () => {
        const ids = items.map((each) => each.id);
        [ids[index], ids[to]] = [ids[to], ids[index]];
        list.ids = ids;
        hold(window);
        refresh(`[data-id="${id}"] [data-move="${button.dataset.move}"]`);
      });
    }
    one("remove", made).addEventListener("click", () => {
      list.ids = list.ids.filter((other) => other !== id);
      delete list.notes[id];
      side.delete(id);
      hold(window);
      tell("js.list.removed");
      refresh();
    });
    made.firstElementChild.dataset.id = id;
    return made;
  }

  function compare() {
    const chosen = items.filter(({ id }) => side.has(id));
    one("side").hidden = chosen.length < 2;
    const table = one("side").querySelector("table");
    for (const cell of table.querySelectorAll("[data-cell]")) cell.remove();
    const add = (row, tag, words) => {
      const cell = document.createElement(tag);
      cell.dataset.cell = "";
      if (tag === "th") cell.scope = "col";
      cell.textContent = words || say["js.list.not_stated"] || "";
      row.append(cell);
    };
    for (const { item } of chosen) {
      add(table.tHead.rows[0], "th", item.n);
      [...table.tBodies[0].rows].forEach((row, index) => add(row, "td", item.c[index]));
    }
  }

  function paper() {
    const hush = quiet();
    const as = root.querySelector("input[name=as]:checked").value;
    const sheet = one("paper");
    sheet.dataset.as = as;
    sheet.toggleAttribute("data-quiet", hush);
    one("discreet-help").hidden = !hush;
    for (const open of root.querySelectorAll("[data-open]")) open.hidden = hush || (open.dataset.do === "qr" && !root.dataset.qr);
    one("shown").hidden = one("shown").hidden || hush;
    one("qr-box").hidden = one("qr-box").hidden || hush;
    one("only").hidden = !alone;
    one("only-name").textContent = alone?.item.n || "";
    one("paper-items").replaceChildren(...given().map(({ id, item }) => {
      const form = hush ? item.q || { n: say["js.list.page"] || "" } : item;
      const made = one("on-paper").content.cloneNode(true);
      one("name", made).textContent = form.n;
      one("line", made).textContent = hush || as === "wallet" ? "" : item.l;
      const page = !hush && !item.w ? [new URL(item.u, site).href] : [];
      fill(one("ways", made), [...(form.w || []).slice(0, as === "wallet" ? 2 : undefined).map(line), ...(form.a || []), ...(form.m || []), ...page]);
      one("note", made).textContent = list.notes[id] || "";
      one("left", made).hidden = !(hush && form.x);
      const [before, ask, next, none] = (!hush && item.h) || checklist;
      one("general", made).hidden = hush || Boolean(item.h);
      one("hand", made).hidden = !item.w;
      fill(one("before", made), before);
      fill(one("ask", made), ask);
      fill(one("next", made), next);
      one("none", made).textContent = none;
      return made;
    }));
    const numbers = [...new Map(given().flatMap(({ item }) => item.e || []))].map(([where, number]) => `${where}: ${number}`);
    one("paper-emergency").hidden = !numbers.length;
    one("paper-emergency").textContent = `${say["js.list.emergency"] || ""} ${numbers.join(", ")}`;
    one("paper-link").textContent = hush ? "" : alone ? new URL(alone.item.u, site).href : address(false);
    if (hush) one("paper-qr").replaceChildren();
    const subject = hush ? say["js.list.plain_title"] || "" : root.dataset.title;
    document.title = hush ? subject : title;
    one("sms").href = `sms:?&body=${encodeURIComponent(text())}`;
    one("email").href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text())}`;
    root.querySelector('[data-do=ics]').hidden = !meetings(given(), hush);
  }

  function show(focus = "") {
    const some = given().length > 0;
    one("empty").hidden = some;
    one("full").hidden = !some;
    one("picked").hidden = items.length === 0;
    one("items").replaceChildren(...items.map(card));
    one("kept").hidden = !list.kept;
    one("free").hidden = list.kept;
    one("other").hidden = list.kept || !list.stored;
    compare();
    paper();
    if (focus) root.querySelector(focus)?.focus();
  }

  async function refresh(focus) {
    try {
      const found = await Promise.all(list.ids.map(async (id) => ({ id, item: await look(id) })));
      items = found.filter(({ item }) => item);
      const only = list.only && await look(list.only);
      alone = only ? { id: list.only, item: only } : null;
      if (items.length < found.length) { list.ids = items.map(({ id }) => id); hold(window); tell("js.list.gone"); }
    } catch {
      tell("js.list.failed");
    }
    show(focus);
  }

  function save(name, type, data) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    tell("js.list.saved");
  }

  async function qr() {
    const { generate } = await import(new URL(root.dataset.qr, window.location.href).href);
    const code = generate(alone ? new URL(alone.item.u, site).href : address());
    const whole = code.size + 8;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    let d = "";
    for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) d += `M${x} ${y}h1v1h-1z`;
    path.setAttribute("d", d);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const side = `${(whole * (root.querySelector("input[name=as]:checked").value === "wallet" ? 0.4 : 0.5)).toFixed(1)}mm`;
    svg.setAttribute("viewBox", `-4 -4 ${whole} ${whole}`);
    svg.setAttribute("width", side);
    svg.setAttribute("height", side);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", say["js.list.qr"] || "");
    svg.append(path);
    one("qr-box").replaceChildren(svg);
    one("qr-box").hidden = false;
    one("paper-qr").replaceChildren(svg.cloneNode(true));
  }

  const does = {
    print: () => window.print(),
    copy: async () => { await window.navigator.clipboard.writeText(text()); tell("js.list.copied"); },
    link: () => { one("shown").hidden = false; const box = document.getElementById("hr-mine-link"); box.value = address(); box.focus(); box.select(); },
    qr,
    vcf: () => save("contacts.vcf", "text/vcard", contacts(given(), quiet())),
    ics: () => save("dates.ics", "text/calendar", meetings(given(), quiet())),
    keep: () => { keep(window); tell("js.list.kept"); show("[data-kept] [data-do=forget]"); },
    forget: () => { forget(window); tell("js.list.forgotten"); show("[data-do=keep]"); },
    all: () => { list.only = ""; alone = null; show("[name=as]:checked"); },
    clear: () => { Object.assign(list, { ids: [], notes: {} }); side.clear(); hold(window); refresh(); },
  };

  root.addEventListener("click", async (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (!what) return;
    try { await does[what](); } catch { tell("js.list.failed"); }
  });
  root.addEventListener("change", (event) => {
    if (event.target.matches("[name=as], [data-discreet], [data-with-notes]")) {
      const coded = !one("qr-box").hidden;
      one("shown").hidden = true;
      paper();
      if (coded && !quiet()) does.qr();
    }
  });
  window.addEventListener("popstate", () => refresh());
  document.addEventListener("hr-list-link", () => refresh());
  const as = root.querySelector(`input[name=as][value="${list.as === "card" || list.as === "wallet" ? list.as : "sheet"}"]`);
  as.checked = true;
  root.hidden = false;
  refresh();
}

if (typeof document !== "undefined") start(document, window);
