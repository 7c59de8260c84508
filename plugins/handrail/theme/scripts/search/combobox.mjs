// A text field with a list of suggestions, as WAI-ARIA describes it: focus stays in the field, the list is walked with the arrows.
import { make } from "./words.mjs";

let made = 0;

// choose(option) when one is taken. Options: {text, note, href}; with an address they are links.
export class Combobox {
  constructor(input, { label, choose }) {
    this.input = input;
    this.choose = choose;
    this.options = [];
    this.active = -1;
    this.list = make("ul", { class: "hr-combo__list hr-plain", role: "listbox", id: `hr-options-${made++}`, "aria-label": label, hidden: true });
    input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // A press must not take the focus away before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.take(Number(item.dataset.at));
    });
  }

  show(options) {
    this.options = options;
    this.active = -1;
    this.list.replaceChildren(...options.map(({ text, note, language, isHelp }, at) => make("li", { role: "option", id: `${this.list.id}-${at}`, "data-at": at, "aria-selected": "false", class: `hr-combo__option${isHelp ? " hr-combo__option--help" : ""}` },
      make("bdi", { text, lang: language }), ...(note ? [" ", make("span", { class: "hr-note", text: note })] : []))));
    const isOpen = options.length > 0 && document.activeElement === this.input;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(to) {
    const items = this.list.children;
    items[this.active]?.setAttribute("aria-selected", "false");
    this.active = (to + items.length) % items.length;
    const item = items[this.active];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  take(at) {
    const option = this.options[at];
    this.close();
    this.choose(option);
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.options.length) return;
      event.preventDefault();
      if (!isOpen) this.show(this.options);
      if (!this.list.hidden) this.move(event.key === "ArrowDown" ? this.active + 1 : this.active < 0 ? -1 : this.active - 1);
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.take(this.active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}
