"""The link check against a local server that tries tricks. Nothing here leaves this machine."""

from __future__ import annotations

import ssl
import subprocess
import threading
import time
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from handrail.review.links import addresses, memory, robots
from handrail.review.links.checker import Checker, remembered, suggestion
from handrail.review.links.client import AGENT, Client, Refused
from handrail.review.links.memory import Result

DAY = date(2026, 11, 23)

REFUSED = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.5.4", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254",
    "0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.2.7", "192.88.99.1", "198.18.0.1", "198.51.100.3", "203.0.113.9", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1",
    "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "2600::5efe:a00:1",
    "2600::200:5efe:a00:1", "2606:4700::1%lo", "not-an-address", "127.1", "0x7f000001", "2130706433",
]
ALLOWED = ["8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
           "2606:4700::1111", "2a00:1450:4001::1", "2001:4860::8888"]


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_of_the_public_internet_are_refused(address):
    assert addresses.problem(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_public_addresses_are_not(address):
    assert not addresses.problem(address)


class Tricks(BaseHTTPRequestHandler):
    """A server that does what servers should not."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        server = self.server
        server.seen.append((self.command, self.path, self.headers.get("User-Agent"), self.headers.get("Host"), time.monotonic()))
        server.headers.append({key.casefold() for key in self.headers})
        own = f"http://trick.example:{server.server_port}"
        plan = {
            "/ok": (200, {}), "/gone": (410, {}), "/missing": (404, {}), "/broken": (500, {}), "/forbidden": (403, {}),
            "/moved": (301, {"Location": "/ok"}), "/moved-slash": (308, {"Location": "/moved-slash/"}), "/moved-slash/": (200, {}),
            "/for-now": (302, {"Location": "/ok"}), "/mixed": (301, {"Location": "/for-now"}), "/loop": (302, {"Location": "/loop"}),
            "/1": (301, {"Location": "/2"}), "/2": (301, {"Location": "/3"}), "/3": (301, {"Location": "/ok"}), "/0": (301, {"Location": "/1"}),
            "/to-private": (302, {"Location": f"http://inside.example:{server.server_port}/secret"}),
            "/to-nat64": (302, {"Location": f"http://nat64.example:{server.server_port}/secret"}),
            "/to-literal": (302, {"Location": f"http://10.0.0.1:{server.server_port}/secret"}),
            "/to-number": (302, {"Location": f"http://0x7f.1:{server.server_port}/secret"}),
            "/to-file": (302, {"Location": "file:///etc/passwd"}), "/to-port": (302, {"Location": "http://trick.example:22/"}),
            "/to-user": (302, {"Location": f"http://user:word@trick.example:{server.server_port}/ok"}),
            "/to-rebinding": (302, {"Location": f"http://rebinding.example:{server.server_port}/ok"}),
            "/robots.txt": (200, {}), "/private/page": (200, {}), "/own": (301, {"Location": f"{own}/ok"}),
            "/to-bracket": (302, {"Location": "http://[::1"}), "/to-long": (302, {"Location": f"http://{'a' * 64}.example:{server.server_port}/ok"}),
        }
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(60):
                try:
                    self.wfile.write(b"a")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05)
            return
        if self.path == "/nonsense":
            self.wfile.write(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
            self.close_connection = True
            return
        if self.path == "/head-lies":
            plan["/head-lies"] = (405, {}) if self.command == "HEAD" else (200, {})
        if self.path == "/endless":
            self.send_response(200 if self.command == "GET" else 405)
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                while self.command == "GET" and server.sent < 64_000_000:
                    self.wfile.write(b"a" * 65536)
                    server.sent += 65536
            except OSError:
                pass
            self.close_connection = True
            return
        status, headers = plan.get(self.path, (404, {}))
        body = server.robots if self.path == "/robots.txt" else b"hello"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Tricks)
    made.seen, made.headers, made.sent, made.robots, made.daemon_threads = [], [], 0, b"User-agent: *\nDisallow: /private/\n", True
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


NAMES = {"inside.example": ["10.1.2.3"], "nat64.example": ["64:ff9b::7f00:1"], "both.example": ["8.8.8.8", "192.168.0.1"],
         "metadata.example": ["169.254.169.254"]}


def loose(server, **changes) -> Client:
    """Return a client that may connect to this one server on loopback, and to nothing else that is refused otherwise."""
    asked = Counter()

    def resolve(host, port):
        asked[host] += 1
        if host == "rebinding.example":  # public when it is looked at, private when it is looked at again
            return ["127.0.0.1"] if asked[host] == 1 else ["10.0.0.1"]
        if len(host) > 63:
            return addresses.resolve(host, port)
        if host == "nobody.example":
            raise OSError(-2, "Name or service not known")
        return NAMES.get(host, ["127.0.0.1"] if host == "trick.example" else [host])

    def refuse(address):
        return "" if address == "127.0.0.1" else addresses.problem(address)

    return Client(**{"resolve": resolve, "refuse": refuse, "ports": frozenset((server.server_port,)), "seconds": 1.0, **changes})


def checker(server, **changes) -> Checker:
    return Checker(loose(server, **changes), pause=0, sleep=lambda _: None)


CASES = {
    "/ok": ("ok", ""), "/gone": ("dead", "410"), "/missing": ("dead", "404"), "/broken": ("unsure", "500"), "/forbidden": ("unsure", "403"),
    "/moved": ("moved", "for good"), "/moved-slash": ("ok", ""), "/for-now": ("ok", ""), "/mixed": ("ok", ""), "/loop": ("unsure", "more than 3 redirects"),
    "/1": ("moved", ""), "/0": ("unsure", "more than 3"), "/to-private": ("unsure", "inside.example is not an address of the public internet"),
    "/to-nat64": ("unsure", "not an address of the public"), "/to-literal": ("unsure", "not an address of the public"),
    "/to-file": ("unsure", "file is not an address of the web"), "/to-port": ("unsure", "port 22 is not one of the web"),
    "/to-user": ("unsure", "a name or password"), "/to-bracket": ("unsure", "not an address"), "/to-long": ("unsure", "looked up"),
    "/to-rebinding": ("unsure", "rebinding.example is not"), "/private/page": ("not-checked", "robots.txt"), "/drip": ("unsure", "no answer in time"),
    "/nonsense": ("unsure", "no connection"),
    "/head-lies": ("ok", ""), "/endless": ("ok", ""),
}


@pytest.mark.parametrize("path", CASES)
def test_each_trick_gets_its_answer(server, path):
    state, why = CASES[path]
    result = checker(server).one(f"http://trick.example:{server.server_port}{path}")
    assert (result.state, why in result.why) == (state, True), result
    assert "/secret" not in [seen[1] for seen in server.seen]


def test_no_hop_reaches_an_address_of_a_private_network(server):
    client = Client(resolve=lambda host, port: NAMES.get(host, ["127.0.0.1"]), ports=frozenset((server.server_port,)))
    for host in (*NAMES, "trick.example", "localhost"):
        with pytest.raises(Refused, match="not an address of the public internet"):
            client.request("GET", f"http://{host}:{server.server_port}/ok")
    for literal in ("127.0.0.1", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"):
        with pytest.raises(Refused):
            Client(ports=frozenset((server.server_port,)), resolve=lambda host, port: [host]).request("GET", f"http://{literal}:{server.server_port}/ok")
    assert server.seen == []


def test_the_address_that_was_looked_at_is_the_one_that_is_used(server):
    calls = []

    def resolve(host, port):
        calls.append(host)
        return ["127.0.0.1"] if len(calls) == 1 else ["10.0.0.1"]

    assert loose(server, resolve=resolve).request("GET", f"http://rebinding.example:{server.server_port}/ok").status == 200
    assert calls == ["rebinding.example"]
    assert server.seen[0][3] == f"rebinding.example:{server.server_port}"


def test_no_more_than_64_kilobytes_are_read(server):
    answer = loose(server).request("GET", f"http://trick.example:{server.server_port}/endless")
    assert len(answer.body) == 64 * 1024
    assert server.sent < 16_000_000


def test_it_says_who_it_is_and_sends_nothing_else(server):
    checker(server).one(f"http://trick.example:{server.server_port}/ok")
    assert {seen[2] for seen in server.seen} == {AGENT}
    assert set.union(*server.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_requests_to_one_host_are_apart_and_robots_can_ask_for_more(server):
    now, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    server.robots = b"User-agent: handrail-links\nCrawl-delay: 7\n"
    polite = Checker(loose(server), pause=2.0, sleep=sleep, clock=lambda: now[0])
    base = f"http://trick.example:{server.server_port}"
    results = dict(polite.check([f"{base}/ok", f"{base}/gone", f"{base}/ok"], {}, DAY))
    assert [results[f"{base}/{name}"].state for name in ("ok", "gone")] == ["ok", "dead"]
    assert slept == [7.0] * len(slept)
    assert len(slept) == len(server.seen) - 1


@pytest.mark.parametrize("line", ["Disallow: //[", "Crawl-delay: \u00b2", "Request-rate: \u00b2/1", f"Crawl-delay: {'9' * 5000}"])
def test_rules_that_can_not_be_read_close_the_website_and_end_no_run(server, line):
    server.robots = f"User-agent: *\n{line}\n".encode()
    assert checker(server).one(f"http://trick.example:{server.server_port}/ok").state == "not-checked"


def test_a_website_that_is_unwell_is_left_alone():
    assert not robots.parsed(503, b"").allows("https://a.example/")
    assert robots.parsed(404, b"").allows("https://a.example/")
    assert not robots.parsed(200, b"User-agent: *\nDisallow: /\n").allows("https://a.example/")


def test_a_certificate_that_nobody_vouches_for_is_said_and_not_followed(tmp_path, server):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=trick.example",
                    "-addext", "subjectAltName=DNS:trick.example"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    address = f"https://trick.example:{server.server_port}/ok"
    result = checker(server).one(address)
    assert result.state == "unsure"
    assert "certificate is not valid" in result.why
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert checker(server, tls=trusting).one(address).state == "ok"
    wrong_name = loose(server, tls=trusting, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(ssl.SSLCertVerificationError):
        wrong_name.request("GET", f"https://other.example:{server.server_port}/ok")


def test_what_does_not_answer_is_dead_only_the_second_time():
    down = Result("unsure", "no connection (refused)")
    first = remembered(down, Result("ok", good="2026-10-01", checked="2026-10-01"), DAY)
    assert (first.state, first.failures, first.good) == ("unsure", 1, "2026-10-01")
    assert remembered(down, first, DAY).failures == 1, "a second run on one day is no second failure"
    second = remembered(down, first, date(2026, 11, 30))
    assert (second.state, second.failures, second.good) == ("dead", 2, "2026-10-01")
    assert remembered(Result("ok"), second, date(2026, 12, 7)) == Result("ok", "", "", 0, "2026-12-07", "2026-12-07")
    assert remembered(Result("unsure", "it answers 403"), second, DAY).state == "unsure"


def test_a_host_without_an_address_is_no_connection(server):
    result = checker(server).one(f"http://nobody.example:{server.server_port}/")
    assert (result.state, "no connection" in result.why) == ("unsure", True)


def test_results_are_remembered_between_runs(tmp_path):
    path = tmp_path / memory.NAME
    moved = Result("moved", "it leads elsewhere for good", "https://c.example/", 0, "2026-11-23", "2026-11-23")
    results = {"https://b.example/": moved, "https://a.example/": Result("ok")}
    memory.save(path, results, DAY)
    assert memory.load(path) == results
    assert path.read_text().index("a.example") < path.read_text().index("b.example")
    assert memory.summary(path).counts == {"ok": 1, "moved": 1}


def test_a_suggestion_follows_every_finding():
    results = {"https://a.example/": Result("ok"), "https://a.example/old": Result("dead", "it answers 404"), "https://b.example/": Result("dead")}
    assert "https://a.example/" in suggestion("https://a.example/old", results["https://a.example/old"], results)
    assert "handrail suspend" in suggestion("https://b.example/", results["https://b.example/"], results)
    assert "https://c.example/" in suggestion("https://b.example/", Result("moved", to="https://c.example/"), results)
