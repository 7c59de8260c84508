"""Questions to a page, asked inside the browser; each answers with what is wrong."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  scrollTo({ top: 0, behavior: "instant" });  // a field that is half scrolled under the bar that stays is no small target
  const { violations } = await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map((node) => node.target.join(" ")).slice(0, 4).join(" | ")}`);
}"""

WIDE = """() => {
  const limit = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= limit) return [];
  const scrolls = (each) => !!each && (/auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  const guilty = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > limit && !scrolls(each) && getComputedStyle(each).position !== "absolute";
  });
  return ["wider than the screen", ...guilty.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
}"""
"""What makes a page wider than its screen."""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
"""Set the text spacing of WCAG 1.4.12."""

CUT = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const style = getComputedStyle(each);
  if (!each.textContent.trim() || !each.getClientRects().length || style.clipPath !== "none" || each.closest(".hr-vh")) return false;
  return (/hidden|clip/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
    || (/hidden|clip/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1);
}).map((each) => each.outerHTML.slice(0, 120))"""
"""Text that does not fit into its box."""

SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")].filter((each) => {
  if (!each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || each.matches(".hr-skip")) return false;
  const target = each.labels?.length && each.type?.match(/checkbox|radio/) ? each.labels[0] : each;
  const { width, height } = target.getBoundingClientRect();
  if (width >= 24 && height >= 24) return false;
  // A link inside a sentence may be as small as its line (WCAG 2.5.8, exception "inline").
  const block = (node) => getComputedStyle(node).display.startsWith("inline") || node.matches("sup") ? block(node.parentElement) : node;
  const sentence = block(each.parentElement).textContent.trim().length - each.textContent.trim().length;
  return !(getComputedStyle(each).display.startsWith("inline") && sentence > 3);
}).map((each) => `${Math.round(each.getBoundingClientRect().width)}x${Math.round(each.getBoundingClientRect().height)} ${each.outerHTML.slice(0, 100)}`)"""
"""Targets under 24 pixels."""

PLAIN = """() => [...document.querySelectorAll("main p a, main li a, main dd a, aside p a, footer a")].filter((each) =>
  each.checkVisibility() && !each.matches(".hr-button, .hr-tile, .headerlink, [class*=card]")
  && !getComputedStyle(each).textDecorationLine.includes("underline")
).map((each) => each.outerHTML.slice(0, 100))"""
"""Links that only their colour tells from text."""

UNDER = """() => {
  const bar = document.querySelector(".hr-leave").getBoundingClientRect();
  return [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    const over = box.width && box.top < bar.bottom - 1 && box.bottom > bar.top + 1;
    return over && each.children.length === 0 && !each.closest(".hr-leave, .hr-skip, [popover]");
  }).map((each) => each.outerHTML.slice(0, 80));
}"""
"""What lies under the bar that stays, while the page stands at its top."""

GROUND = """const ground = (each) => {
  for (; each; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};"""

FAINT = "() => {" + GROUND + """
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("body *")].filter((each) => {
    if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !each.checkVisibility() || each.closest("svg")) return false;
    const [low, high] = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) < 4.5;
  }).map((each) => each.outerHTML.slice(0, 100));
}"""
"""Text too close in colour to what is behind it (WCAG 1.4.3); axe-core looks at the screen only."""

HIDDEN_ICONS = "() => {" + GROUND + """
  return [...document.querySelectorAll(".hr-icon")].filter((each) => {
    if (!each.checkVisibility() || !each.getClientRects().length) return false;
    const { backgroundColor, maskImage } = getComputedStyle(each);
    return maskImage === "none" || /^rgba\\(.*, 0\\)$/.test(backgroundColor) || backgroundColor === ground(each.parentElement);
  }).map((each) => each.outerHTML.slice(0, 100));
}"""
"""Icons (masks over a colour) without a drawing, or in the colour of what is behind them."""

ALONE = """() => [...document.querySelectorAll(".hr-icon")].filter((each) =>
  each.checkVisibility() && !(each.closest("a, button") || each.parentElement).innerText.trim()
).map((each) => each.parentElement.outerHTML.slice(0, 100))"""
"""Icons without a word beside them."""


def axe(page: Page) -> list[str]:
    """Return what axe-core finds, rule by rule, at the top of the page."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RUN)
    return found
