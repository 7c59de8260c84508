"""What a website allows: its robots.txt, read once a run and followed, as RFC 9309 asks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

NAME = "handrail-links"
LONGEST_DELAY = 10.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one website."""

    rules: RobotFileParser | None
    """None when everything is allowed."""
    closed: bool = False
    """True when the rules could not be read: then nothing is allowed for now."""

    def allows(self, address: str) -> bool:
        """Return whether an address may be asked for."""
        return not self.closed and (self.rules is None or self.rules.can_fetch(NAME, address))

    @property
    def delay(self) -> float:
        """Seconds that the website wants between two requests; 0 when it names none."""
        wanted = self.rules.crawl_delay(NAME) if self.rules else None
        return min(float(wanted), LONGEST_DELAY) if wanted else 0.0


def parsed(status: int, body: bytes) -> Robots:
    """Return the rules that an answer means: none where there is no file, nothing allowed while the website is unwell."""
    if status >= 500 or status == 429:
        return Robots(None, closed=True)
    if status != 200:
        return Robots(None)
    rules = RobotFileParser()
    try:
        rules.parse(body.decode("utf-8", "replace").splitlines())
    except ValueError:  # a line that Python's own reader stumbles over: what it may have allowed is not known
        return Robots(None, closed=True)
    return Robots(rules)
