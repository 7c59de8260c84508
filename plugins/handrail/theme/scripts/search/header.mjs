// The search in the header: the same search as on the find page, its best results as a list to walk.
import { Combobox } from "./combobox.mjs";
import { crisis } from "./crisis.mjs";
import { make, t } from "./words.mjs";

const MOST = 7;
const PAUSE = 120;

function wake(box) {
  const link = box.querySelector("a");
  const input = make("input", { class: "hr-input", type: "text", inputmode: "search", id: "hr-header-q", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", "aria-label": t("find.header_label"), placeholder: t("find.header_label") });
  const status = make("span", { class: "hr-vh", role: "status", "aria-live": "polite" });
  box.prepend(make("div", { class: "hr-combo hr-combo--header", role: "search" }, input, status));
  const list = new Combobox(input, { label: t("find.results"), choose: ({ href }) => location.assign(href) });
  let turn = 0;
  let timer = 0;

  async function search() {
    const mine = ++turn;
    const text = input.value;
    if (text.trim().length < 2) return list.show([]);
    try {
      const [{ open }, { address }] = await Promise.all([import("./load.mjs"), import("./card.mjs")]);
      const { manifest, files, meaning } = await open();
      const options = [];
      const { crisis: words } = await files.get("crisis.json");
      if (crisis(text, words)) options.push({ text: t("find.help"), href: new URL(manifest.help, new URL("../../../../", import.meta.url)).href, isHelp: true });
      if (text.trim().length > 2) {
        const { order } = await meaning.find(text);
        const numbers = [...order.slice(0, MOST)];
        const cards = await Promise.allSettled(numbers.map((number) => files.card(number)));
        for (const { value } of cards) if (value) options.push({ text: value.n, note: [value.k, value.w].filter(Boolean).join(", "), href: address(value), language: value.l });
      }
      if (mine !== turn) return undefined;
      options.push({ text: t("find.header_more"), href: link.href });
      list.show(options);
      status.textContent = t("find.options", { count: options.length });
    } catch {
      if (mine === turn) list.show([{ text: t("find.failed"), href: link.href }]);
    }
    return undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  addEventListener("pagehide", () => {
    input.value = "";
    list.show([]);
  });
}

const box = document.querySelector("[data-hr-search]");
if (box && !document.querySelector("[data-hr-find]")) wake(box);
