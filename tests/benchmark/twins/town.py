"""*Small town* as both twins read it: its numbers, and its calendar in hours since Monday 2 March 2026, 00:00.

Written from the scenario and the rules, apart from `reference_impl` and `sim`, so that it cannot share their mistakes.
Clocks are not changed on 29 March: an hour in six weeks.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DAY = 24.0
DAYS, WARM_UP, COOL_DOWN, LONGEST_LIFE = 45, 10, 7, 60
HOLIDAYS = (35,)  # Easter Monday, 6 April
SATURDAY, SUNDAY = 5, 6
ORDERS_A_YEAR = {"ALFA": 3_400, "BETA": 1_400}
COPPER = {"ALFA": 0.20, "BETA": 0.0}
WEEKDAYS = (1.1, 1.05, 1.0, 1.0, 0.95, 0.35, 0.1)
HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 8, 11, 12, 11, 8, 8, 10, 11, 10, 8, 5, 4, 3, 2, 1, 1)
HOLIDAY_FACTOR = 0.15
HOLIDAYS_OF_2026 = ("thu", "tue", "mon", "sat", "fri", "tue", "sat", "sun", "sun", "tue", "fri", "sat", "sun")
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BOOKS, REFUSES, CANCELS, CANCELS_WITHIN = 0.62, 0.03, 0.01, 120.0
ATTEMPTS, REACHED, REFUSES_ON_CALL, CALL, BETWEEN, FIRST_CALL = 3, 0.45, 0.06, 4 / 60, 4.0, 1.0
AGENTS = 2
BANDS = (8.0, 10.0, 12.0, 14.0, 16.0)
PLACES = {"centro": ((3,) * 5,) * 5, "frazioni": (*((2,) * 5,) * 4, (2, 2, 1, 1, 0))}
CLOSED = {"centro": (17,), "frazioni": ()}  # 19 March
OFFERED_DAYS = 30
WISHES = (1, 2, 3, 4, 5, 6, 7, 10), (20, 20, 16, 12, 10, 8, 8, 6)
RESCHEDULES, MOVES = 0.09, ((1, 2, 3, 5, 7), (5, 4, 3, 2, 2))
DEPOSITS = ((9, 12), (11, 14), (13, 16), (15, 18), (17, 20), (19, 33), (21, 35))  # SMS before this hour, file at that


@dataclass(frozen=True, slots=True)
class Hours:
    """When something is open."""

    opens: float = 0.0
    closes: float = DAY
    weekdays: Collection[int] = range(7)
    on_holidays: bool = True

    def is_open(self, day: int) -> bool:
        """Whether it opens on a day."""
        return day % 7 in self.weekdays and (self.on_holidays or day not in HOLIDAYS)

    def after(self, instant: float, hours: float) -> float:
        """The instant so many open hours after another."""
        day = int(instant // DAY)
        since = max(instant - day * DAY, self.opens)
        while True:
            left_today = self.closes - since if self.is_open(day) else 0.0
            if hours < left_today:
                return day * DAY + since + hours
            hours -= max(left_today, 0.0)
            day, since = day + 1, self.opens


CENTRAL_OFFICE = Hours(8, 18, range(5), False)
AWAKE = Hours(7.5, 22.5)
CALL_CENTRE = Hours(9, 19, range(5), False)


def arrivals(luck: random.Random, operator: str) -> list[float]:
    """When the orders of an operator come: Poisson, by weekday and hour."""
    of_year = sum(365 / 7 * weight for weight in WEEKDAYS) + WEEKDAYS[3] / 7  # 2026 begins on a Thursday
    of_year += (HOLIDAY_FACTOR - 1) * sum(WEEKDAYS[NAMES.index(name)] for name in HOLIDAYS_OF_2026)
    instants = []
    for day in range(DAYS):
        expected = ORDERS_A_YEAR[operator] * WEEKDAYS[day % 7] / of_year
        expected *= HOLIDAY_FACTOR if day in HOLIDAYS else 1
        passed = luck.expovariate(1.0)
        while passed < expected:
            hour = luck.choices(range(24), HOURS)[0]
            instants.append(day * DAY + hour + luck.random())
            passed += luck.expovariate(1.0)
    return sorted(instants)


def lognormal(luck: random.Random, s: float, scale: float) -> float:
    """A value whose logarithm is normal."""
    return luck.lognormvariate(math.log(scale), s)


def line_is_ready(luck: random.Random, operator: str, received: float) -> float:
    """When the line of an order is ready."""
    if luck.random() < COPPER[operator]:
        return CENTRAL_OFFICE.after(received, lognormal(luck, 0.7, 24))
    return received + lognormal(luck, 0.8, 20)


def sms_may_leave(instant: float) -> float:
    """Monday to Saturday, no holiday, from 07:00 to 20:00."""
    day, hour = int(instant // DAY), instant % DAY
    if hour > 20:
        day, hour = day + 1, 0.0
    while day % 7 == SUNDAY or day in HOLIDAYS:
        day, hour = day + 1, 0.0
    return day * DAY + max(hour, 7.0)


def term_ends(sms_at: float) -> float:
    """The midnight that closes the third working day, the day of the SMS included if it is one."""
    day, working = int(sms_at // DAY), 0
    while True:
        working += day % 7 < SATURDAY and day not in HOLIDAYS
        day += 1
        if working == 3:
            return day * DAY


def deposited(sms_at: float) -> float:
    """When the file with the row of an SMS is deposited."""
    day, hour = int(sms_at // DAY), sms_at % DAY
    return day * DAY + next(at for before, at in DEPOSITS if hour < before)


def drawn(luck: random.Random, table: tuple[Sequence[int], Sequence[int]]) -> int:
    """One of some values, by weight."""
    return luck.choices(*table)[0]


def is_measured(received: float) -> bool:
    """Whether an order counts."""
    return WARM_UP <= received // DAY < DAYS - COOL_DOWN
