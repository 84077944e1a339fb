"""Where instants meet the wall clock of Europe/Rome: the only place of the service that knows time zones.

An instant is an `int`, milliseconds since the epoch (UTC). A day is an `int`, civil days since 1970-01-01. A time of
day is an `int`, milliseconds on the wall clock since 00:00. Midnights are tabulated once, so a conversion is a look-up:
daylight saving moves the clock between 01:00 and 03:00 only, hence times from 03:00 on are counted back from the next
midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 2019, 2060
FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal() - EPOCH_ORDINAL
LAST_DAY = date(LAST_YEAR, 12, 31).toordinal() - EPOCH_ORDINAL
TABLED_DAY = LAST_DAY + 60  # tables go on, so that what the last day brings about has its instant too
TWO_WEEKS = 14  # days, in which the clock changes once at most
CLOCK_CHANGE_IS_OVER = 3 * HOUR

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as readings and scenarios write them

RFC_3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)


def day_of(civil: date) -> int:
    """The day number of a date."""
    return civil.toordinal() - EPOCH_ORDINAL


def date_of(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + EPOCH_ORDINAL)


def weekday(day: int) -> int:
    """0 = Monday … 6 = Sunday."""
    return (day + THURSDAY) % 7  # 1970-01-01 was a Thursday


def _midnight(day: int) -> int:
    civil = datetime.combine(date_of(day), datetime.min.time(), tzinfo=ROME)
    return int(civil.timestamp()) * SECOND


def _midnights() -> Iterator[int]:
    """The midnights of all days of the tables. Where two weeks have no change of clock, each is a day after the other.

    Whatever is started imports this: to ask the time zone for each day took 25 ms.
    """
    for day in range(FIRST_DAY, TABLED_DAY + 2, TWO_WEEKS):
        midnight, following = _midnight(day), _midnight(day + TWO_WEEKS)
        if following - midnight == TWO_WEEKS * DAY:
            yield from range(midnight, following, DAY)
        else:
            yield from map(_midnight, range(day, day + TWO_WEEKS))


_MIDNIGHTS = list(_midnights())
FIRST_INSTANT, END_OF_TIME = _MIDNIGHTS[0], _MIDNIGHTS[LAST_DAY + 1 - FIRST_DAY]


def instant_of(day: int, time_of_day: int = 0) -> int:
    """The instant at which the wall clock shows `time_of_day` on `day`; in the repeated hour of October, the first.

    In the hour that is skipped in March the result is the instant one hour later on the wall clock.
    """
    index = day - FIRST_DAY
    if time_of_day >= CLOCK_CHANGE_IS_OVER:
        return _MIDNIGHTS[index + 1] - DAY + time_of_day
    return _MIDNIGHTS[index] + time_of_day


def civil_day(instant: int) -> int:
    """The day that the calendar on the wall shows at an instant."""
    day = (instant + HOUR) // DAY  # Rome is one or two hours ahead of UTC, so this is right or one too small
    return day + 1 if instant >= _MIDNIGHTS[day + 1 - FIRST_DAY] else day


def wall_clock(instant: int) -> tuple[int, int]:
    """The day and the time of day that the wall clock shows at an instant."""
    day = (instant + HOUR) // DAY  # as in `civil_day`, which is asked too often to be called
    index = day - FIRST_DAY
    if instant >= _MIDNIGHTS[index + 1]:
        day, index = day + 1, index + 1
    elapsed = instant - _MIDNIGHTS[index]
    length = _MIDNIGHTS[index + 1] - _MIDNIGHTS[index]
    if length == DAY:
        return day, elapsed
    change = 2 * HOUR if length < DAY else 3 * HOUR
    return day, elapsed if elapsed < change else elapsed + DAY - length


TWO_DIGITS = tuple(f"{number:02d}" for number in range(60))  # looked up, an instant is written in half the time


@lru_cache(maxsize=4096)
def _minute_text(minute: int) -> tuple[str, str]:
    """What is written before and after the seconds of a minute, counted since the epoch.

    Instants that are written after each other mostly lie in a few minutes, so half of the work is done once for all.
    """
    day, time_of_day = wall_clock(minute * MINUTE)
    hour, minute_of_hour = divmod(time_of_day // MINUTE, 60)
    offset = (day * DAY + time_of_day - minute * MINUTE) // HOUR
    return f"{date_of(day).isoformat()}T{TWO_DIGITS[hour]}:{TWO_DIGITS[minute_of_hour]}:", f"+{TWO_DIGITS[offset]}:00"


def format_instant(instant: int, milliseconds: bool = False) -> str:
    """RFC 3339 with offset, Europe/Rome: to the second, or to the millisecond.

    Without `milliseconds` a fraction is shown only where there is one.
    """
    minute, remainder = divmod(instant, MINUTE)
    second, fraction = divmod(remainder, SECOND)
    prefix, suffix = _minute_text(minute)
    if milliseconds or fraction:
        return f"{prefix}{TWO_DIGITS[second]}.{fraction:03d}{suffix}"
    return f"{prefix}{TWO_DIGITS[second]}{suffix}"


def format_time_of_day(time_of_day: int) -> str:
    """A time of day as HH:MM."""
    return f"{time_of_day // HOUR:02d}:{time_of_day % HOUR // MINUTE:02d}"


@lru_cache(maxsize=256)
def parse_time_of_day(text: str) -> int:
    """A time of day from HH:MM, 00:00 to 24:00. Raises ValueError."""
    match = re.fullmatch(r"(\d{2}):(\d{2})", text, re.ASCII)
    if not match or int(match[2]) > 59 or int(match[1]) * 60 + int(match[2]) > 24 * 60:
        raise ValueError(f"{text!r} is not a time of day HH:MM")
    return int(match[1]) * HOUR + int(match[2]) * MINUTE


def parse_instant(text: str) -> int:
    """An instant from RFC 3339, with or without offset; without, it is Europe/Rome and the first of a repeated hour.

    Raises ValueError, with what is wrong, for a date that does not exist, a year out of range, finer than a
    millisecond, or an hour that daylight saving skips.
    """
    match = RFC_3339.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not an instant such as 2026-03-03T07:00:00 or 2026-03-03T07:00:00+01:00")
    day = _parse_date(match[1])
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"{text!r} has a time of day that does not exist")
    time_of_day = hour * HOUR + minute * MINUTE + second * SECOND + _milliseconds(text, match[5])
    if match[6] is None:
        return _in_rome(text, day, time_of_day)
    return _in_range(text, day * DAY + time_of_day - _offset(text, match[6]))


@lru_cache(maxsize=1024)  # a trace has few dates
def _parse_date(text: str) -> int:
    try:
        return day_of(date.fromisoformat(text))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date that exists") from error


def _milliseconds(text: str, digits: str | None) -> int:
    if digits is None:
        return 0
    if digits[3:].strip("0"):
        raise ValueError(f"{text!r} is finer than a millisecond")
    return int(digits[:3].ljust(3, "0"))


def _offset(text: str, offset: str) -> int:
    if offset == "Z":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 14 or minutes > 59:
        raise ValueError(f"{text!r} has an offset that does not exist")
    return (hours * HOUR + minutes * MINUTE) * (-1 if offset[0] == "-" else 1)


def _in_rome(text: str, day: int, time_of_day: int) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{text!r} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    instant = instant_of(day, time_of_day)
    if wall_clock(instant) != (day, time_of_day):
        raise ValueError(f"{text!r} is in the hour that daylight saving skips in Europe/Rome")
    return instant


def _in_range(text: str, instant: int) -> int:
    if not FIRST_INSTANT <= instant < END_OF_TIME:
        raise ValueError(f"{text!r} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return instant
