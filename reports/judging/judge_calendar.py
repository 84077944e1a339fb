"""The judge's calendar: working days, SMS days, and the deadlines of the service, found by walking.

What lives here: every deadline that the judge computes, by stepping over operating minutes and over days, written
apart from the service. It must not know events or rules. Times are those of `rome_time`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import lru_cache

from reports.facts import WINDOW_CLOSES_HOUR, WINDOW_OPENS_HOUR
from reports.rome_time import (
    HOUR_MS,
    INSTANTS_REMEMBERED,
    MINUTE_MS,
    Instant,
    day_of,
    instant_at,
    milliseconds_of_day,
    national_holidays,
)

OPENING_MS = WINDOW_OPENS_HOUR * HOUR_MS
CLOSING_MS = WINDOW_CLOSES_HOUR * HOUR_MS
OPERATING_MINUTES = range(WINDOW_OPENS_HOUR * 60, WINDOW_CLOSES_HOUR * 60)
FIVE_HOURS_IN_MINUTES = 300
EVE_LIMIT_HOUR = 18
TERM_DAYS = 3
LONGEST_TERM = timedelta(days=14)  # at the most, whatever days are holidays
DAY_ENDS = {"midnight": None, "20:00": time(20), "18:00": time(18)}

Holidays = str | tuple[str, ...]


def holidays_of(reading: object) -> Holidays:
    """The reading `holidays` of a profile or a trace, a word or a list of days, as `is_holiday` takes it."""
    if isinstance(reading, str):
        return reading
    return tuple(map(str, reading)) if isinstance(reading, Iterable) else "none"


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def is_holiday(day: date, declared: Holidays) -> bool:
    """Whether that day is one of the declared holidays: `national`, `none`, and days MM-DD or YYYY-MM-DD."""
    entries = (declared,) if isinstance(declared, str) else declared
    written = day.isoformat()
    is_national = "national" in entries and day in national_holidays(day.year)
    return is_national or written in entries or written[5:] in entries


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def has_national_holiday(first: date, last: date) -> bool:
    """Whether a national holiday lies between two days, both included."""
    return any(first <= day <= last for year in range(first.year, last.year + 1) for day in national_holidays(year))


def is_working(day: date, working_week: str, holidays: Holidays) -> bool:
    last_weekday = 4 if working_week == "mon_fri" else 5
    return day.weekday() <= last_weekday and not is_holiday(day, holidays)


def is_sms_day(day: date, on_holidays: str, holidays: Holidays) -> bool:
    return day.weekday() < 6 and (on_holidays == "yes" or not is_holiday(day, holidays))


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def term_end(first: date, working_week: str, first_day: str, day_end: str, holidays: Holidays) -> int:
    """The first instant that is too late to book, for an engagement SMS sent on `first`. Walks the days."""
    day, counted = first, 1 if first_day == "always" or is_working(first, working_week, holidays) else 0
    while counted < TERM_DAYS:
        day += timedelta(days=1)
        counted += is_working(day, working_week, holidays)
    closing = DAY_ENDS[day_end]
    return instant_at(day + timedelta(days=1)) if closing is None else instant_at(day, closing.hour, closing.minute)


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def shortest_term_end(first: date) -> Instant:
    """No term of an SMS that was sent on `first` ends before this, whatever the readings."""
    return term_end(first, "mon_sat", "always", "18:00", "none")


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def deposit_deadline(sms: Instant, rollover: str, on_holidays: str, holidays: Holidays) -> Instant:
    """Five operating hours after an SMS, walked minute by minute; what is left over a minute comes last."""
    day, clock = day_of(sms), milliseconds_of_day(sms)
    minute, milliseconds = divmod(clock, MINUTE_MS)
    if minute not in OPERATING_MINUTES:
        day, minute = _next_operating(day, minute, rollover, on_holidays, holidays)
        milliseconds = 0
    for _ in range(FIVE_HOURS_IN_MINUTES - 1):
        day, minute = _next_operating(day, minute + 1, rollover, on_holidays, holidays)
    if milliseconds == 0:
        return instant_at(day) + _elapsed(day, minute) + MINUTE_MS
    day, minute = _next_operating(day, minute + 1, rollover, on_holidays, holidays)
    return instant_at(day) + _elapsed(day, minute) + milliseconds


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


@lru_cache(maxsize=4096)  # of all who are visited on one day it is the same
def eve_limit(slot_start: Instant) -> int:
    """18:00 of the calendar day before the day of the slot."""
    return instant_at(day_of(slot_start) - timedelta(days=1), EVE_LIMIT_HOUR)


def last_sms_day_before(day: date, on_holidays: str, holidays: Holidays) -> date:
    day -= timedelta(days=1)
    while not is_sms_day(day, on_holidays, holidays):
        day -= timedelta(days=1)
    return day


def window_time_between(start: Instant, end: Instant, on_holidays: str, holidays: Holidays) -> Instant:
    """Milliseconds of open SMS window that passed between two instants, walked day by day."""
    total: Instant = 0
    day, last = day_of(start), day_of(end)
    while day <= last:
        opens, closes = _open_window(day, on_holidays, holidays)
        total += max(0, min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


@lru_cache(maxsize=INSTANTS_REMEMBERED)
def _open_window(day: date, on_holidays: str, holidays: Holidays) -> tuple[Instant, Instant]:
    """When the SMS window of a day opens and closes; at once where it stays shut."""
    opens = instant_at(day, WINDOW_OPENS_HOUR)
    return opens, instant_at(day, WINDOW_CLOSES_HOUR) if is_sms_day(day, on_holidays, holidays) else opens
