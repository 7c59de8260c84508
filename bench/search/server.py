"""A local host as the usual static hosts are: files of a folder, text compressed with gzip."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TEXT = ("text/", "application/json", "application/javascript", "application/wasm", "image/svg")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("text/javascript", ".js")


@lru_cache(maxsize=4096)
def _content(path: Path) -> tuple[bytes, str, bool]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = path.read_bytes()
    if kind.startswith(TEXT):
        return gzip.compress(data, 6), kind, True
    return data, kind, False


class Server(ThreadingHTTPServer):
    """A server that knows what it sent: path and bytes with headers, workers included."""

    sent: list[tuple[str, int]]


def serve(folder: Path) -> tuple[Server, str]:
    """Return a running server and its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.split("?")[0].split("#")[0].lstrip("/")
            path = folder / name
            if path.is_dir():
                path = path / "index.html"
            if not path.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            data, kind, is_packed = _content(path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            if is_packed:
                self.send_header("Content-Encoding", "gzip")
            size = sum(map(len, self._headers_buffer)) + 2 + len(data)  # type: ignore[attr-defined]
            self.end_headers()
            self.wfile.write(data)
            server.sent.append((self.path, size))

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.sent = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"
