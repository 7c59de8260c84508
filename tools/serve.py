"""Show a built site on this machine only: `serve.py FOLDER PORT`. Nothing is logged, nothing is kept by the browser."""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Handler(SimpleHTTPRequestHandler):
    """Answers as a static host does: the site's own 404 page, and the types that browsers insist on."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript", ".woff2": "font/woff2"}  # noqa: RUF012

    def end_headers(self) -> None:
        """Ask the browser to keep nothing, so that a page built again is seen at once."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for an address that is not there."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the terminal free for what matters."""


def main(folder: str, port: str) -> int:
    """Serve until Ctrl+C; return 1 when the port cannot be had."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", int(port)), partial(Handler, directory=folder))
    except (OSError, OverflowError, ValueError) as error:
        sys.stderr.write(f"Port {port} cannot be used ({getattr(error, 'strerror', 'not a port')}). Another one: make serve PORT=8001\n")
        return 1
    print(f"→ The site is at http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
