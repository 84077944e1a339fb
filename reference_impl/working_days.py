"""Days as the readings see them: holidays, working days, days on which an SMS may leave.

A `DayBook` holds a table for each question, indexed by day number, so that a deadline is a look-up. It is made once for
all policies that read the calendar alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

from reference_impl.civil_time import (
    FIRST_DAY,
    FIRST_YEAR,
    LAST_YEAR,
    SATURDAY,
    SUNDAY,
    TABLED_DAY,
    day_of,
    weekday,
)
from reference_impl.errors import PolicyError
from reference_impl.policy import Policy

YEARS = range(FIRST_YEAR, LAST_YEAR + 2)
BOOKS_KEPT = 64  # a book takes some milliseconds to make
DAYS_OF_A_WEEK = 7
MARGIN_DAYS = 30  # the last days of the table have no third working day after them


@lru_cache(maxsize=1)
def national_holidays() -> frozenset[int]:
    """The Italian public holidays of all years, as day numbers: by the law of each year, Easter Monday included."""
    return frozenset(map(day_of, holidays.country_holidays("IT", years=YEARS)))


def holidays_of(words: tuple[str, ...]) -> frozenset[int]:
    """Day numbers for `national`, `none` and any extra days MM-DD or YYYY-MM-DD. Raises PolicyError."""
    days: set[int] = set()
    for word in words:
        if word == "national":
            days |= national_holidays()
        elif word != "none":
            days |= _extra_days(word)
    return frozenset(days)


def _extra_days(word: str) -> set[int]:
    years = YEARS if len(word) == len("MM-DD") else [int(word[:4])] if word[:4].isdecimal() else []
    days = {day_of(date.fromisoformat(f"{year}-{word[-5:]}")) for year in years if _exists(year, word[-5:])}
    if not days:
        raise PolicyError("holidays", word, "national, none, or a day MM-DD or YYYY-MM-DD")
    return days


def _exists(year: int, month_day: str) -> bool:
    try:
        date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return False
    return True


class DayBook:
    """What each civil day is, under the readings of the calendar; the arguments are named as in `Policy`.

    Lists are indexed by day number less FIRST_DAY; use the methods.
    """

    def __init__(self, holidays: tuple[str, ...], working_week: str, first_day: str, sms_on_holidays: str) -> None:
        self.holidays = holidays_of(holidays)
        rest_days = (SATURDAY, SUNDAY) if working_week == "mon_fri" else (SUNDAY,)
        self._working = _all_but(rest_days, self.holidays)
        self._sms = _all_but((SUNDAY,), self.holidays if sms_on_holidays == "no" else ())  # SMS-3
        self._next_sms = _next_true(self._sms)
        self._last_booking = self._third_days(first_day)

    def _third_days(self, first_day: str) -> list[int]:
        """BOOK-1: for an SMS on each day, the last of its three working days, the day of the SMS included."""
        following = _next_true(self._working)
        third = []
        for index, is_working in enumerate(self._working[:-MARGIN_DAYS]):
            first = index if is_working or first_day == "always" else following[index] - FIRST_DAY
            third.append(following[following[first] - FIRST_DAY])
        return third

    def is_working(self, day: int) -> bool:
        """Whether the day counts for the term of three working days (BOOK-1)."""
        return self._working[day - FIRST_DAY]

    def is_sms_day(self, day: int) -> bool:
        """Whether an engagement SMS may leave on that day (SMS-3)."""
        return self._sms[day - FIRST_DAY]

    def next_sms_day(self, day: int) -> int:
        """The first day after `day` on which an SMS may leave."""
        return self._next_sms[day - FIRST_DAY]

    def previous_sms_day(self, day: int) -> int:
        """The last day before `day` on which an SMS may leave."""
        day -= 1
        while not self._sms[day - FIRST_DAY]:
            day -= 1
        return day

    def last_booking_day(self, sms_day: int) -> int:
        """BOOK-1: the third working day for an engagement SMS sent on `sms_day`."""
        return self._last_booking[sms_day - FIRST_DAY]


def _all_but(rest_days: Iterable[int], holidays: Iterable[int]) -> list[bool]:
    """For each day of the table, whether it is none of these: days of the week, and days."""
    first, length = weekday(FIRST_DAY), TABLED_DAY + 1 - FIRST_DAY
    week = [(first + number) % DAYS_OF_A_WEEK not in rest_days for number in range(DAYS_OF_A_WEEK)]
    flags = (week * (length // DAYS_OF_A_WEEK + 1))[:length]
    for day in holidays:
        if 0 <= day - FIRST_DAY < length:
            flags[day - FIRST_DAY] = False
    return flags


def _next_true(flags: list[bool]) -> list[int]:
    """For each day, the first later day whose flag is set; the end of the table counts as set."""
    following = TABLED_DAY + 1
    result = [0] * len(flags)
    for index in range(len(flags) - 1, -1, -1):
        result[index] = following
        if flags[index]:
            following = FIRST_DAY + index
    return result


def day_book(policy: Policy) -> DayBook:
    """The day book of a policy. Policies that read the calendar alike share one.

    Every deadline asks for it, so it is found by the four readings it is made from: to hash a whole policy takes
    five times as long.
    """
    return _day_book(policy.holidays, policy.working_week, policy.first_day, policy.sms_on_holidays)


@lru_cache(maxsize=BOOKS_KEPT)
def _day_book(holidays: tuple[str, ...], working_week: str, first_day: str, sms_on_holidays: str) -> DayBook:
    return DayBook(holidays, working_week, first_day, sms_on_holidays)
