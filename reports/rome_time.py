"""Rome's time: the one reading of an instant, Rome's wall clock, and the national holidays.

What lives here: what judge and pages both need of clocks. It must not know deadlines, nor how a page writes a time.
An instant is milliseconds since the epoch, UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
INSTANT = re.compile(
    r"(19|2[01])\d\d-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
INSTANTS_REMEMBERED = 65_536  # a trace repeats its instants: the same slot, the same deadline, the same midnight


def parse_instant(text: str) -> int:
    """An RFC 3339 text with offset as milliseconds; ValueError if it is no such text or no such
    moment, or lies outside 1900-2199."""
    if not INSTANT.fullmatch(text):
        raise ValueError(text)
    return (datetime.fromisoformat(text.upper()) - EPOCH) // MILLISECOND


def format_instant(instant: int) -> str:
    """RFC 3339 in Rome time; milliseconds only where there are any."""
    local = wall_clock(instant)
    return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def wall_clock(instant: int) -> datetime:
    """What Rome's clocks and calendars show at an instant."""
    return (EPOCH + timedelta(milliseconds=instant)).astimezone(ROME)


def day_of(instant: int) -> date:
    return wall_clock(instant).date()


def milliseconds_of_day(instant: int) -> int:
    """What the wall clock shows, as milliseconds after its midnight."""
    local = wall_clock(instant)
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.microsecond // 1000


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def instant_at(day: date, hour: int = 0, minute: int = 0) -> int:
    """The instant at which the wall clock of that day shows that time (the first of two)."""
    local = datetime.combine(day, time(hour, minute), tzinfo=ROME)
    return (local.astimezone(UTC) - EPOCH) // MILLISECOND


@cache
def national_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # slow to import: whoever asks for no holiday need not wait for it

    return frozenset(country_holidays("IT", years=year))
