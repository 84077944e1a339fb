"""Rome's time: the one reading of an instant, Rome's wall clock, and the national holidays.

What lives here: what judge and pages both need of clocks. It must not know deadlines, nor how a page writes a time.
An instant is milliseconds since the epoch, UTC: a whole number, or an exact fraction where a text is finer than that.
"""

from __future__ import annotations

import os
import re
import time as real_time
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from math import floor
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
INSTANT = re.compile(
    r"(19|2[01])\d\d-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(?P<digits>\d{1,18}))?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
Instant = int | Fraction
FIXED_CLOCK = "SOURCE_DATE_EPOCH"  # the usual name of a variable that lets a page be made again to the byte
INSTANTS_REMEMBERED = 65_536  # a trace repeats its instants: the same slot, the same deadline, the same midnight


def parse_instant(text: str) -> Instant:
    """An RFC 3339 text with offset as an instant; ValueError if it is no such text or no such moment, or lies
    outside 1900-2199."""
    match = INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    milliseconds = (datetime.fromisoformat(text.upper()) - EPOCH) // MILLISECOND
    finer = (match["digits"] or "")[3:].rstrip("0")
    return milliseconds + Fraction(int(finer), 10 ** len(finer)) if finer else milliseconds


def format_instant(instant: Instant) -> str:
    """RFC 3339 in Rome time; digits after the seconds only where there are any, and then all of them."""
    local = wall_clock(instant)
    written = local.isoformat(timespec="milliseconds" if local.microsecond or instant % 1 else "seconds")
    return f"{written[:-6]}{finer_digits(instant)}{written[-6:]}"


def finer_digits(instant: Instant) -> str:
    """The digits of an instant beyond its milliseconds; empty where there are none."""
    rest, digits = Fraction(instant) % 1, ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return digits


def made_now() -> int:
    """The instant of the real clock, or the one of SOURCE_DATE_EPOCH: only the writers of reports ask for it."""
    fixed = os.environ.get(FIXED_CLOCK, "")
    return int(fixed) * 1000 if fixed.isdecimal() and len(fixed) <= 10 else int(real_time.time() * 1000)


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def wall_clock(instant: Instant) -> datetime:
    """What Rome's clocks and calendars show at an instant, to the microsecond."""
    return (EPOCH + timedelta(microseconds=floor(instant * 1000))).astimezone(ROME)


@lru_cache(maxsize=INSTANTS_REMEMBERED)  # the judge asks it twice of each event
def day_of(instant: Instant) -> date:
    """The day that Rome's calendars show at an instant."""
    return wall_clock(instant).date()


def milliseconds_of_day(instant: Instant) -> Instant:
    """What the wall clock shows, as milliseconds after its midnight; finer where the instant is."""
    local = wall_clock(instant)
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.microsecond // 1000 + instant % 1


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def instant_at(day: date, hour: int = 0, minute: int = 0) -> int:
    """The instant at which the wall clock of that day shows that time (the first of two)."""
    local = datetime.combine(day, time(hour, minute), tzinfo=ROME)
    return (local.astimezone(UTC) - EPOCH) // MILLISECOND


@cache
def national_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # slow to import: whoever asks for no holiday need not wait for it

    return frozenset(country_holidays("IT", years=year))
