"""Take the pictures of "How it looks" again from a built site, and one of the stock theme with the same text.

    python tools/pictures.py SITE

Each picture is the first screen of a page, as a PNG of at most 256 colours. The clock of the browser stands still, so that
"open now" says the same whenever the pictures are taken.
"""

from __future__ import annotations

import base64
import functools
import http.server
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "content/about/pictures"
ENTRY = "services/gb-samaritans/"
PAGES = {
    "home": "", "entry": ENTRY, "find": "find/", "help": "help-now/", "guide": "guides/starting-with-your-mentor/", "region": "regions/gb-sct/",
}
SIZES = {360: 640, 1280: 800}
NOW = "2026-11-23T20:00:00Z"
MOST = 120_000
"""Bytes a picture may have."""

PALETTE = """async data => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const pixels = canvas.getImageData(0, 0, image.width, image.height).data;
  const count = new Map();
  for (let i = 0; i < pixels.length; i += 4) { const key = pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]; count.set(key, (count.get(key) ?? 0) + 1); }
  const often = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(each => each[0]);
  let colours = [], place = new Map();
  for (let step = 1; ; step += 1) {
    const near = (key) => [16, 8, 0].map(by => Math.floor((key >> by & 255) / step)).join();
    const first = new Map();
    colours = [];
    for (const key of often) { if (!first.has(near(key))) { first.set(near(key), colours.length); colours.push(key); } place.set(key, first.get(near(key))); }
    if (colours.length <= 256) break;
  }
  let text = "";
  for (let i = 0; i < pixels.length; i += 4) text += String.fromCharCode(place.get(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]));
  return [image.width, image.height, colours, btoa(text)];
}"""
"""Colours close to each other become the one of them that is seen most, so that flat areas keep theirs."""


def main(site: Path) -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served(site) as address:
            for width in SIZES:
                for mode in ("light", "dark"):
                    for name, page in PAGES.items():
                        take(browser, address + page, f"{name}-{width}-{mode}", width, mode)
        with served(stock(site, Path(folder))) as address:
            for width in SIZES:
                take(browser, address + "services/entry/", f"before-{width}-light", width, "light")
        browser.close()


def take(browser: Browser, address: str, name: str, width: int, mode: str) -> None:
    """Write the first screen of a page as a picture."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme="dark" if mode == "dark" else "light")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    taken = base64.b64encode(page.screenshot(animations="disabled")).decode()
    page.goto("about:blank")
    picture = png(*page.evaluate(PALETTE, taken))
    context.close()
    if len(picture) > MOST:
        sys.exit(f"{name}.png has {len(picture)} bytes; {MOST} are allowed")
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"{name}.png {len(picture)}")


def png(width: int, height: int, colours: list[int], pixels: str) -> bytes:
    """Return a PNG with a palette."""
    data = base64.b64decode(pixels)
    rows = b"".join(b"\0" + data[row * width:(row + 1) * width] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in colours)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def stock(site: Path, folder: Path) -> Path:
    """Build the entry's text with the theme as it comes; only its font from another host is left out."""
    tree = html5lib.parse((site / ENTRY / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    article = tree.find(".//article")
    assert article is not None
    (folder / "docs/services").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Handrail\n", "utf-8")
    title = "".join(article.find(".//h1").itertext())
    (folder / "docs/services/entry.md").write_text(f'---\ntitle: "{title}"\n---\n\n' + "".join(lines(article)), "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Handrail\nplugins: [search]\ntheme: {name: material, font: false}\n", "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"


def lines(element: Element) -> Iterator[str]:
    """Yield the text of an element as Markdown, block by block."""
    marks = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "dt": "- **", "summary": "**"}
    blocks = (*marks, "p", "dd", "td", "th")
    for child in element:
        kinds = (child.get("class") or "").split()
        if not isinstance(child.tag, str) or child.get("hidden") is not None or child.tag in ("script", "template", "nav") or "hr-paper-only" in kinds:
            continue
        if child.tag in blocks and not any(each.tag in (*blocks, "div") for each in child.iter() if each is not child):
            mark, text = marks.get(child.tag, ""), " ".join(words(child).split())
            end = "\n" if mark == "- " else ":** " if child.tag == "dt" else "**\n\n" if mark else "\n" if child.tag == "dd" else "\n\n"
            yield ("\n" if mark.endswith("# ") else "") + mark + text + ("\n\n" if mark.endswith("# ") else end)
        else:
            yield from lines(child)
            if child.tag in ("ul", "ol", "dl"):
                yield "\n"


def words(element: Element) -> str:
    """Return the words of an element; links stay links, numbers of sources go."""
    inner = element.text or ""
    for child in element:
        aside = child.tag in ("svg", "button") or "hr-paper-only" in (child.get("class") or "") or (child.get("href") or "").startswith("#source-")
        inner += ("" if aside else words(child)) + (child.tail or "")
    return f"[{' '.join(inner.split())}]({element.get('href')})" if element.tag == "a" and ":" in (element.get("href") or "") else inner


if __name__ == "__main__":
    main(Path(sys.argv[1]))
