"""Checks web addresses without being a burden: one request at a time to a host, robots.txt followed, no body beyond 64 kB.

What is found is a suggestion for a person. Nothing is changed, and nothing fails by it.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from handrail.review.links import robots
from handrail.review.links.client import MOST_HOPS, PERMANENT, Answer, Client, Refused, parsed
from handrail.review.links.memory import Result
from handrail.review.links.robots import Robots

PAUSE = 2.0
"""Seconds between two requests to one host."""
HOSTS_AT_ONCE = 6
FAILURES = 2
"""Runs in a row without an answer after which an address is called dead; one that says so itself (404, 410) is at once."""
GONE = frozenset((404, 410))
NO_HEAD = frozenset((403, 404, 405, 406, 409, 410, 501, 503))
"""Answers to HEAD after which GET is tried: many servers answer only that rightly."""


@dataclass(slots=True)
class Checker:
    """Checks addresses host by host."""

    client: Client = field(default_factory=Client)
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, Robots] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def check(self, links: Iterable[str], before: Mapping[str, Result], today: date) -> Iterator[tuple[str, Result]]:
        """Yield the result of every address as it comes; ``before`` holds what earlier runs found."""
        hosts: dict[str, list[str]] = {}
        for link in sorted(set(links)):
            hosts.setdefault(urlsplit(link).netloc.lower(), []).append(link)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            waiting = [pool.submit(self._host, group, before, today) for group in hosts.values()]
            for done in as_completed(waiting):
                yield from done.result()

    def _host(self, links: list[str], before: Mapping[str, Result], today: date) -> list[tuple[str, Result]]:
        return [(link, remembered(self.one(link), before.get(link), today)) for link in links]

    def one(self, link: str) -> Result:
        """Return how an address answers now."""
        address, permanent = link, True
        try:
            for _ in range(MOST_HOPS + 1):
                if not self._rules(address).allows(address):
                    return Result("not-checked", "its robots.txt asks not to")
                answer = self._polite("HEAD", address)
                if answer.status in NO_HEAD:
                    answer = self._polite("GET", address)
                if not answer.location:
                    return _judged(link, address, answer.status, permanent)
                permanent = permanent and answer.status in PERMANENT
                if address.startswith("https:") and not answer.location.startswith("https:"):
                    return Result("unsure", f"it leads to an address without encryption: {answer.location}")
                address = answer.location
        except Refused as error:
            return Result("unsure", str(error))
        except ssl.SSLCertVerificationError as error:
            return Result("unsure", f"its certificate is not valid: {error.verify_message}")
        except OSError as error:
            return Result("unsure", _said(error))
        return Result("unsure", f"more than {MOST_HOPS} redirects")

    def _rules(self, address: str) -> Robots:
        url = parsed(address)
        if url.origin not in self._robots:
            try:
                where = f"{url.origin}/robots.txt"
                for _ in range(MOST_HOPS + 1):
                    answer = self._polite("GET", where)
                    if not answer.location:
                        break
                    where = answer.location
                self._robots[url.origin] = robots.parsed(answer.status, answer.body)
            except (OSError, Refused):
                # No connection: the address itself is asked for next and fails by the same cause, which is then what is reported.
                self._robots[url.origin] = Robots(None)
        return self._robots[url.origin]

    def _polite(self, method: str, address: str) -> Answer:
        url = parsed(address)
        known = self._robots.get(url.origin)
        pause = max(self.pause, known.delay if known else 0.0)
        with self._locks.setdefault(url.host, threading.Lock()):  # a redirect from elsewhere may lead to a host that is being asked
            wait = self._last.get(url.host, -pause) + pause - self.clock()
            if wait > 0:
                self.sleep(wait)
            try:
                return self.client.request(method, address)
            finally:
                self._last[url.host] = self.clock()


def _judged(link: str, address: str, status: int, permanent: bool) -> Result:
    if status in GONE:
        return Result("dead", f"it answers {status}")
    if status >= 400:
        return Result("unsure", f"it answers {status}")
    if address != link and permanent and _without_slash(address) != _without_slash(link):
        return Result("moved", "it leads elsewhere for good", address)
    return Result("ok")


def _without_slash(address: str) -> str:
    return address.rstrip("/")


def _said(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return f"no connection ({error.strerror or error or type(error).__name__})"


def remembered(now: Result, before: Result | None, today: date) -> Result:
    """Return a result together with what earlier runs found: what fails again and again is dead."""
    day = today.isoformat()
    if now.state in ("ok", "moved"):
        return Result(now.state, now.why, now.to, 0, day, day)
    good = before.good if before else ""
    if now.state == "not-checked":
        return Result(now.state, now.why, "", 0, good, day)
    again = before is not None and before.checked == day  # a second run on one day is no second failure
    failures = (before.failures if before else 0) + (0 if again and before and before.failures else 1)
    state = "dead" if now.state == "unsure" and failures >= FAILURES and now.why.startswith("no ") else now.state
    return Result(state, now.why, "", failures, good, day)


def suggestion(address: str, result: Result, results: Mapping[str, Result]) -> str:
    """Return what a person could do about an address."""
    if result.state == "moved":
        return f"read the new page, and write {result.to}"
    if result.state == "dead":
        host = urlsplit(address).netloc
        alive = next((other for other, each in sorted(results.items()) if each.state == "ok" and urlsplit(other).netloc == host), "")
        if alive:
            return f"the website still answers, for example {alive}: look for the new page there"
        return "look for the service by its name; when it has ended: handrail suspend"
    if address.startswith("http:"):
        return "try the address with https"
    return "look at it in a browser" if result.state == "unsure" else ""
