"""Reads the spans of time and the paces with which a user moves the clock."""

from __future__ import annotations

import re

from reference_impl.civil_time import DAY, HOUR, MINUTE, SECOND
from reference_impl.errors import CallerError

MANUAL, REAL = "manual", "real"
FACTOR = re.compile(r"x([1-9][0-9]{0,5})")
SPAN = re.compile(r"([0-9]{1,9}) ?(ms|s|m|min|h|d)?")
ISO_SPAN = re.compile(r"P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?")
UNITS = {"ms": 1, None: SECOND, "s": SECOND, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY}


class ClockError(CallerError):
    """A move of the clock that is not possible. Data: what was asked, what is allowed."""

    def __init__(self, asked: str, allowed: str) -> None:
        super().__init__(asked, allowed)
        self.asked, self.allowed = asked, allowed

    def __str__(self) -> str:
        return f"clock: {self.asked}; allowed: {self.allowed}"


def factor_of(pace: str) -> int:
    """How many simulated seconds go by in a real one. Raises ClockError."""
    if pace == MANUAL:
        return 0
    if pace == REAL:
        return 1
    match = FACTOR.fullmatch(pace)
    if match is None:
        raise ClockError(f"pace {pace!r}", f"{MANUAL}, {REAL}, or x and a whole number such as x60")
    return int(match[1])


def parse_span(text: str) -> int:
    """Milliseconds from `2 h`, `90 min`, `3 d`, a number of seconds, or an ISO 8601 duration. Raises ClockError."""
    if match := SPAN.fullmatch(text):
        return int(match[1]) * UNITS[match[2]]
    if (match := ISO_SPAN.fullmatch(text)) and text[-1] not in "PT":
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
    raise ClockError(f"advance {text!r}", "a span such as 2 h, 90 min, 45 s, 3 d, PT2H or a number of seconds")
