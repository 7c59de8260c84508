// Wakes the form for partners. What it is made of is loaded once somebody starts, so that a look at the page costs little.
import { load } from "./load.mjs";

async function wake(root) {
  const start = root.querySelector("[data-start]");
  const button = start.querySelector("button");
  const choose = start.querySelector("select");
  const status = root.querySelector("[data-status]");
  const asked = new URLSearchParams(window.location.hash.slice(1));
  let form = null;
  let awaited = root.dataset.choices;

  async function begin(service = "") {
    button.disabled = true;
    status.textContent = root.dataset.loading;
    try {
      if (!form) {
        const [{ Form }, lists] = await Promise.all([import("./form.mjs"), load(root.dataset.lists)]);
        form ??= new Form(root, lists);
      }
      status.textContent = "";
      await form.open(choose.value, service);
    } catch {
      status.textContent = root.dataset.failed;
    }
    button.disabled = false;
  }

  // Where organizations are too many for the page they stand in a file.
  async function offer() {
    if (!awaited) return;
    try {
      choose.append(...(await load(awaited)).map(([id, name]) => new Option(name, id)));
      awaited = "";
      status.textContent = "";
    } catch {
      status.textContent = root.dataset.failed;
    }
  }

  start.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (choose.value || root.dataset.mode === "add") {
      begin();
    } else {
      await offer();
      choose.focus();
    }
  });
  root.hidden = false;
  document.querySelector("[data-hr-without-form]")?.remove();
  await offer();
  const id = asked.get("org") || "";
  choose.value = [...choose.options].some((option) => option.value === id) ? id : "";
  if (choose.value) begin(asked.get("service") || "");
}

const root = typeof document === "undefined" ? null : document.querySelector("[data-hr-entry]");
if (root) wake(root);
