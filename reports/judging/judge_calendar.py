"""Civil time of the judge: instants, Rome wall clock, holidays, and deadlines found by walking.

What lives here: everything the judge knows of clocks and days, computed by stepping over operating minutes and over
days, apart from the service. It must not know events or rules. An instant is milliseconds since the epoch, UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays as holiday_tables

ROME = ZoneInfo("Europe/Rome")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
OPENING_MS = 7 * HOUR_MS
CLOSING_MS = 20 * HOUR_MS
OPERATING_MINUTES = range(7 * 60, 20 * 60)
FIVE_HOURS_IN_MINUTES = 300
DAY_ENDS = {"midnight": None, "20:00": time(20), "18:00": time(18)}
INSTANT = re.compile(
    r"(19|2[01])\d\d-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)

Holidays = str | tuple[str, ...]


def parse_instant(text: str) -> int:
    """An RFC 3339 text with offset as milliseconds; ValueError if it is no such text or no such
    moment, or lies outside 1900-2199."""
    if not INSTANT.fullmatch(text):
        raise ValueError(text)
    return (datetime.fromisoformat(text.upper()) - EPOCH) // timedelta(milliseconds=1)


def format_instant(instant: int) -> str:
    """RFC 3339 in Rome time; milliseconds only where there are any."""
    moment = wall_clock(instant)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


@lru_cache(maxsize=65536)
def wall_clock(instant: int) -> datetime:
    return (EPOCH + timedelta(milliseconds=instant)).astimezone(ROME)


def day_of(instant: int) -> date:
    return wall_clock(instant).date()


def milliseconds_of_day(instant: int) -> int:
    """What the wall clock shows, as milliseconds after its midnight."""
    moment = wall_clock(instant)
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1000 + moment.microsecond // 1000


@lru_cache(maxsize=65536)
def instant_at(day: date, hour: int = 0, minute: int = 0) -> int:
    """The instant at which the wall clock of that day shows that time (the first of two)."""
    moment = datetime.combine(day, time(hour, minute), tzinfo=ROME)
    return (moment.astimezone(UTC) - EPOCH) // timedelta(milliseconds=1)


@cache
def _national(year: int) -> frozenset[date]:
    return frozenset(holiday_tables.country_holidays("IT", years=year))


@lru_cache(maxsize=65536)
def is_holiday(day: date, declared: Holidays) -> bool:
    """Whether that day is one of the declared holidays: `national`, `none`, and days MM-DD or YYYY-MM-DD."""
    entries = (declared,) if isinstance(declared, str) else declared
    written = day.isoformat()
    return ("national" in entries and day in _national(day.year)) or written in entries or written[5:] in entries


def is_working(day: date, working_week: str, holidays: Holidays) -> bool:
    last_weekday = 4 if working_week == "mon_fri" else 5
    return day.weekday() <= last_weekday and not is_holiday(day, holidays)


def is_sms_day(day: date, on_holidays: str, holidays: Holidays) -> bool:
    return day.weekday() < 6 and (on_holidays == "yes" or not is_holiday(day, holidays))


@lru_cache(maxsize=65536)
def term_end(first: date, working_week: str, first_day: str, day_end: str, holidays: Holidays) -> int:
    """The first instant that is too late to book, for an engagement SMS sent on `first`. Walks the days."""
    day, counted = first, 1 if first_day == "always" or is_working(first, working_week, holidays) else 0
    while counted < 3:
        day += timedelta(days=1)
        counted += is_working(day, working_week, holidays)
    closing = DAY_ENDS[day_end]
    return instant_at(day + timedelta(days=1)) if closing is None else instant_at(day, closing.hour, closing.minute)


@lru_cache(maxsize=65536)
def deposit_deadline(sms: int, rollover: str, on_holidays: str, holidays: Holidays) -> int:
    """Five operating hours after an SMS, walked minute by minute; what is left over a minute comes last."""
    day, clock = day_of(sms), milliseconds_of_day(sms)
    minute, rest = divmod(clock, MINUTE_MS)
    if minute not in OPERATING_MINUTES:
        day, minute = _next_operating(day, minute, rollover, on_holidays, holidays)
        rest = 0
    for _ in range(FIVE_HOURS_IN_MINUTES - 1):
        day, minute = _next_operating(day, minute + 1, rollover, on_holidays, holidays)
    if rest == 0:
        return instant_at(day) + _elapsed(day, minute) + MINUTE_MS
    day, minute = _next_operating(day, minute + 1, rollover, on_holidays, holidays)
    return instant_at(day) + _elapsed(day, minute) + rest


def _next_operating(day: date, minute: int, rollover: str, on_holidays: str, holidays: Holidays) -> tuple[date, int]:
    if minute in OPERATING_MINUTES:
        return day, minute
    if minute < OPERATING_MINUTES.start:
        return day, OPERATING_MINUTES.start
    day += timedelta(days=1)
    while rollover == "operating_day" and not is_sms_day(day, on_holidays, holidays):
        day += timedelta(days=1)
    return day, OPERATING_MINUTES.start


def _elapsed(day: date, minute: int) -> int:
    return instant_at(day, *divmod(minute, 60)) - instant_at(day)


def eve_limit(slot_start: int) -> int:
    """18:00 of the calendar day before the day of the slot."""
    return instant_at(day_of(slot_start) - timedelta(days=1), 18)


def last_sms_day_before(day: date, on_holidays: str, holidays: Holidays) -> date:
    day -= timedelta(days=1)
    while not is_sms_day(day, on_holidays, holidays):
        day -= timedelta(days=1)
    return day


def window_time_between(start: int, end: int, on_holidays: str, holidays: Holidays) -> int:
    """Milliseconds of open SMS window that passed between two instants, walked day by day."""
    total, day, last = 0, day_of(start), day_of(end)
    while day <= last:
        if is_sms_day(day, on_holidays, holidays):
            total += max(0, min(end, instant_at(day, 20)) - max(start, instant_at(day, 7)))
        day += timedelta(days=1)
    return total
