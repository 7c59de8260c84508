// Services by country: one choice for every list of the page. Kept nowhere: not in the address, not in storage.
export function choose(document, country) {
  for (const list of document.querySelectorAll("[data-hr-fit]")) {
    const select = list.querySelector("select");
    const parts = [...list.querySelectorAll("details[data-region]")];
    const here = parts.some((part) => part.dataset.region === country);
    if (select) select.value = here ? country : "";
    for (const part of parts) {
      part.hidden = here && part.dataset.region !== country;
      part.open = here && part.dataset.region === country;
    }
  }
  // Crisis help is opened and never hidden.
  for (const part of document.querySelectorAll("details[data-hr-opens]")) part.open = part.dataset.region === country;
}

export function start(document, window) {
  const selects = [...document.querySelectorAll("[data-hr-fit] select")];
  for (const select of selects) {
    select.closest(".hr-fit__choose").hidden = false;
    select.addEventListener("change", () => choose(document, select.value));
  }
  // what was chosen must not come back by Back on a shared device
  if (selects.length) window.addEventListener("pagehide", () => choose(document, ""));
}

if (typeof document !== "undefined") start(document, window);
