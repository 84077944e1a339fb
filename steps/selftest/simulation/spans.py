"""The stretches of time that the ordinary simulation lives through, and the line events that probe their bounds.

Four stretches hold what one month cannot: Easter Monday and the nights of both clock changes, a 4 October and an
All Saints' Day that are working days, a year's end, and the service's first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reports.rome_time import HOUR_MS, instant_at


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: its days, how many orders are left to chance, and the days whose bounds are probed."""

    name: str
    first_day: date
    days: int
    people: int
    probed: tuple[date, ...]
    special: date

    def instant(self, day: int, clock: int) -> int:
        """The instant at which the wall clock shows `clock` (milliseconds) on a day of the span."""
        return instant_on(self.first_day + timedelta(days=day), clock)


def instant_on(day: date, clock: int) -> int:
    """An instant of a day by its wall clock, to the millisecond."""
    hours, milliseconds = divmod(clock, HOUR_MS)
    return instant_at(day, hours) + milliseconds


def clock(hour: int, minute: int = 0, second: int = 0, ms: int = 0) -> int:
    """A time of day in milliseconds."""
    return ((hour * 60 + minute) * 60 + second) * 1_000 + ms


SPANS = (
    Span(
        "spring", date(2026, 3, 23), 40, 24,
        (
            date(2026, 3, 24), date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 4, 1),
            date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 6),
        ),
        date(2026, 4, 2),
    ),
    Span(
        "autumn", date(2027, 9, 29), 44, 8,
        (
            date(2027, 9, 30), date(2027, 10, 2), date(2027, 10, 3), date(2027, 10, 4), date(2027, 10, 30),
            date(2027, 10, 31), date(2027, 11, 1),
        ),
        date(2027, 10, 7),
    ),
    Span(
        "year-end", date(2026, 12, 21), 32, 8,
        (
            date(2026, 12, 22), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 5),
            date(2027, 1, 6),
        ),
        date(2026, 12, 29),
    ),
    Span(
        "first-day", date(2020, 5, 28), 26, 4,
        (date(2020, 5, 29), date(2020, 5, 31), date(2020, 6, 1), date(2020, 6, 2), date(2020, 6, 3)),
        date(2020, 6, 9),
    ),
)  # fmt: skip

# The bounds of the window, of the table and of the five hours, each with the instant before and after it.
PROBES = (
    clock(0, 30),
    clock(2, 30),
    clock(6, 59, 59, 999),
    clock(7),
    clock(7, 0, 0, 1),
    clock(8, 59, 59, 999),
    clock(9),
    clock(11),
    clock(12, 20),
    clock(13),
    clock(14, 59, 59, 999),
    clock(15),
    clock(15, 0, 0, 1),
    clock(15, 0, 1),
    clock(17),
    clock(18, 30),
    clock(19),
    clock(19, 59, 59, 999),
    clock(20),
    clock(20, 0, 0, 1),
    clock(23, 15),
)
