// Worksheets: print, save as a text file on this device, clear. Nothing is sent and nothing is kept by the page.
import say from "../texts.mjs";

export function asText(sheet) {
  const out = [sheet.dataset.title || "", ""];
  const label = (node) => (node ? node.textContent.trim().replace(/\s+/g, " ") : "");
  for (const section of sheet.querySelectorAll(".hr-sheet__section")) {
    out.push(label(section.querySelector("h2")).toUpperCase(), "");
    for (const field of section.querySelectorAll("[data-field]")) {
      out.push(label(field.querySelector("legend, label, .hr-field__label")));
      const kind = field.dataset.field;
      if (kind === "choice" || kind === "checks" || kind === "scale") {
        for (const input of field.querySelectorAll("input")) out.push(`[${input.checked ? "x" : " "}] ${label(input.closest("label"))}`);
      } else if (kind === "table") {
        for (const cell of field.querySelectorAll("textarea, input")) {
          out.push(cell.type === "checkbox" ? `[${cell.checked ? "x" : " "}] ${cell.getAttribute("aria-label")}` : `${cell.getAttribute("aria-label")}: ${cell.value}`);
        }
      } else {
        out.push(field.querySelector("input, textarea")?.value || "");
      }
      out.push("");
    }
  }
  return out.join("\r\n");
}

export function start(document, window) {
  const sheet = document.querySelector("[data-hr-sheet]");
  const actions = document.querySelector("[data-hr-sheet-actions]");
  if (!sheet || !actions) return;
  const status = document.querySelector("[data-hr-sheet-status]");
  const tell = (key) => { if (status) status.textContent = say[key] || ""; };
  const empty = () => {
    for (const input of sheet.querySelectorAll("input, textarea")) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = false;
      else input.value = "";
    }
  };
  // prints the empty form and gives back what was typed
  const blank = () => {
    const inputs = [...sheet.querySelectorAll("input, textarea")];
    const kept = inputs.map((input) => [input, input.value, input.checked]);
    empty();
    const back = () => { for (const [input, value, checked] of kept) { input.value = value; input.checked = checked; } };
    window.addEventListener("afterprint", back, { once: true });
    window.print();
  };
  actions.hidden = false;
  let sure = false;
  actions.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const what = button.dataset.do;
    if (what !== "clear") sure = false;
    if (what === "print") window.print();
    if (what === "blank") blank();
    if (what === "save") {
      const address = URL.createObjectURL(new Blob([asText(sheet)], { type: "text/plain;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = sheet.dataset.fileName || "worksheet.txt";
      link.click();
      URL.revokeObjectURL(address);
      tell("js.sheet.saved");
    }
    if (what === "clear") {
      if (!sure) { sure = true; tell("js.sheet.sure"); return; }
      sure = false;
      empty();
      tell("js.sheet.cleared");
    }
  });
  // what was typed must not come back by Back on a shared device
  window.addEventListener("pagehide", empty);
}

if (typeof document !== "undefined") start(document, window);
