"""A polite and careful reader of web addresses: one request, one hop, one address that was looked at before.

Every hop resolves its host once, refuses the whole host when any of its addresses is not of the public internet, and
connects to the address that was looked at: a name that answers differently a moment later gains nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import ada_url

from handrail.review.links import addresses

AGENT = "handrail-links/1 (checks the links of a public directory of services; robots.txt is followed)"
SECONDS = 5.0
MOST_BYTES = 64 * 1024
MOST_HOPS = 3
PERMANENT = frozenset((301, 308))
REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Refused(Exception):
    """A hop that is not made: its message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request got."""

    status: int
    location: str = ""
    """Where a redirect leads, made absolute."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Client:
    """Makes single requests. What may be connected to can be loosened in tests only, by giving other functions."""

    resolve: addresses.Resolve = addresses.resolve
    refuse: Callable[[str], str] = addresses.problem
    ports: frozenset[int] = frozenset((80, 443))
    seconds: float = SECONDS
    tls: ssl.SSLContext | None = None

    def request(self, method: str, address: str) -> Answer:
        """Return the answer of one request, redirects not followed. ``Refused`` or ``OSError`` when there is none."""
        url = parsed(address)
        host = url.hostname.strip("[]")
        encrypted = url.protocol == "https:"
        port = int(url.port or (443 if encrypted else 80))
        if port not in self.ports:
            raise Refused(f"port {port} is not one of the web")
        try:
            found = self.resolve(host, port)
        except UnicodeError:  # a label that no name may have
            raise Refused(f"{host} is not a name that can be looked up") from None
        for each in found:
            if why := self.refuse(each):
                raise Refused(f"{host} is {why}")
        if not found:
            raise Refused(f"{host} has no address")
        connection = _Pinned(host, port, found[:2], self.seconds, (self.tls or ssl.create_default_context()) if encrypted else None)
        path = (url.pathname or "/") + url.search
        headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.1", "Accept-Encoding": "identity", "Connection": "close"}
        guard = threading.Timer(self.seconds, connection.cut)  # a server that sends a byte a second passes every timeout of a single read
        guard.start()
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            body = response.read(MOST_BYTES) if method == "GET" else b""
            location = response.getheader("Location") or "" if response.status in REDIRECTS else ""
        except http.client.HTTPException as error:
            if connection.was_cut:
                raise TimeoutError("no whole answer in time") from None
            raise OSError(f"the answer is not HTTP ({type(error).__name__})") from None
        except OSError as error:
            if connection.was_cut:
                raise TimeoutError("no whole answer in time") from error
            raise
        except (ValueError, AttributeError) as error:  # a socket that the guard closed under a running read
            raise TimeoutError("no whole answer in time") from error
        finally:
            guard.cancel()
            connection.close()
        if connection.was_cut:
            raise TimeoutError("no whole answer in time")
        return Answer(response.status, _joined(url.href, location) if location else "", body)


def parsed(address: str) -> ada_url.URL:
    """Return an address as browsers read it; ``Refused`` for what is not a plain web address."""
    try:
        url = ada_url.URL(address)
    except ValueError:
        raise Refused("browsers cannot read this address") from None
    if url.protocol not in ("https:", "http:"):
        raise Refused(f"{url.protocol.rstrip(':')} is not an address of the web")
    if url.username or url.password:
        raise Refused("a name or password stands in the address")
    return url


def _joined(address: str, location: str) -> str:
    """Return where a redirect leads; ``Refused`` for what is not an address at all."""
    try:
        return urljoin(address, location)
    except ValueError:
        raise Refused("it leads to something that is not an address") from None


class _Pinned(http.client.HTTPConnection):
    """A connection to addresses that were looked at before, whatever the name means by now."""

    def __init__(self, host: str, port: int, pinned: Sequence[str], seconds: float, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=seconds)
        self.pinned = pinned
        self.tls = tls
        self.was_cut = False
        self.default_port = 443 if tls else 80  # decides whether the Host header names the port

    def connect(self) -> None:
        for index, address in enumerate(self.pinned):
            try:
                plain = socket.create_connection((address, self.port), (self.timeout or SECONDS) / len(self.pinned))
                break
            except OSError:
                if index + 1 == len(self.pinned):
                    raise
        plain.settimeout(self.timeout)
        self.sock = plain
        if self.tls:  # the handshake comes after the socket is known here, so that it can be cut
            self.sock = wrapped = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
            wrapped.do_handshake()

    def cut(self) -> None:
        """End the connection from another thread."""
        self.was_cut = True
        if self.sock:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
