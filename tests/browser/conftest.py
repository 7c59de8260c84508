"""One reference site, one server and one Chromium a session; every visit is watched, whatever its test is about.

A visit fails its test when the page asked another origin for anything, wrote a cookie, kept anything on the device, broke
its own policy or complained in the console.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NEUTRAL = "<!doctype html><title>Neutral</title><h1>Neutral</h1>"
WATCH = """
globalThis.handrailViolations = [];
addEventListener("securitypolicyviolation", (event) => globalThis.handrailViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
KEPT = """async () => {
  const quiet = async (ask) => { try { return await ask(); } catch { return []; } };
  return {
    cookies: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((each) => each.name), caches: await quiet(() => caches.keys()),
    workers: (await quiet(() => navigator.serviceWorker.getRegistrations())).length, violations: globalThis.handrailViolations || [],
  };
}"""
NOTHING = {"cookies": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0, "violations": []}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference site, built once, also when several workers ask for it."""
    if given := os.environ.get("HANDRAIL_TEST_SITE"):
        return Path(given)
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    target, lock = folder / "reference-site", folder / "reference-site.building"
    try:
        lock.mkdir()
    except FileExistsError:
        while not target.is_dir():
            if not lock.is_dir():
                pytest.fail("the reference site could not be built; another worker says why", pytrace=False)
            time.sleep(0.2)
        return target
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(folder / "reference-site.part"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        shutil.move(config.site_dir, target)
    finally:
        if not target.is_dir():
            lock.rmdir()  # whoever waits must not wait for ever
    return target


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        """Answer, and think nothing of a page that is closed while it loads."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an address that leads nowhere as hosts do: with the site's own page."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the site is served."""
    _Handler.extensions_map = {**_Handler.extensions_map, ".mjs": "text/javascript"}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no Chromium found: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """One browser context with one page, and all that it asked for."""

    context: BrowserContext
    page: Page
    address: str
    scripts: bool = True
    name: str = ""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    may_keep: bool = False
    """Set by a test in which a reader presses a button that names what is kept."""

    def goto(self, path: str) -> Visit:
        self.page.goto(self.address + path, wait_until="load")
        return self

    def elsewhere(self) -> list[str]:
        own = urlsplit(self.address).netloc
        return [url for url in self.requests if urlsplit(url).scheme not in ("data", "blob", "about") and urlsplit(url).netloc != own]

    def check(self) -> None:
        """Fail on whatever a page of ours never does."""
        assert self.elsewhere() == []
        assert self.complaints == []
        assert self.context.cookies() == []
        if self.scripts and not self.may_keep and self.page.url.startswith(self.address):
            assert self.page.evaluate(KEPT) == NOTHING


Visitor = Callable[..., Visit]


def opening(chromium: Browser, address: str, path: str, *, width: int = 1280, height: int | None = None, dark: bool = False, scripts: bool = True,
            **options: Any) -> Visit:
    """Open a page in a context of its own and watch it."""
    size = {"width": width, "height": height or (640 if width < 500 else 800)}
    context = chromium.new_context(viewport=size, color_scheme="dark" if dark else "light", java_script_enabled=scripts, **options)
    context.add_init_script(WATCH)
    context.set_default_timeout(60_000)
    made = Visit(context, context.new_page(), address, scripts)
    context.on("request", lambda request: made.requests.append(request.url))
    lost = path.startswith("no-such-page")

    def said(message: Any) -> None:
        if message.type in ("error", "warning") and not (lost and "404" in message.text):
            made.complaints.append(message.text)

    made.page.on("console", said)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    return made.goto(path)


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Open a page: ``visit("services/…/", width=360, dark=True, scripts=False)``."""
    opened: list[Visit] = []

    def open_page(path: str = "", **options: Any) -> Visit:
        opened.append(opening(chromium, address, path, **options))
        return opened[-1]

    yield open_page
    for made in opened:
        try:
            made.check()
        finally:
            made.context.close()


@pytest.fixture
def neutral(request: pytest.FixtureRequest) -> Callable[[Visit], None]:
    """Let the neutral page be answered here: leaving is the one way to another origin, and the reader asks for it."""

    def answer(made: Visit) -> None:
        def fulfil(route: Any) -> None:
            made.requests = [url for url in made.requests if url != route.request.url]
            route.fulfill(status=200, content_type="text/html", body=NEUTRAL)

        made.context.route("https://www.bbc.co.uk/**", fulfil)

    return answer
