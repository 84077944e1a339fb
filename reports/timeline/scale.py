"""The time axis of a drawing: a column per day, closed hours narrow, idle days narrower, long gaps folded into one.

What lives here: where an instant falls. It must not know what is drawn there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reports.facts import WINDOW_CLOSES_HOUR, WINDOW_OPENS_HOUR
from reports.rome_time import Instant, wall_clock
from reports.words.time_words import days_between

HOUR_WIDTH = 10
NIGHT_WIDTH = 16
ACTIVE_WIDTH = 2 * NIGHT_WIDTH + (WINDOW_CLOSES_HOUR - WINDOW_OPENS_HOUR) * HOUR_WIDTH
IDLE_WIDTH = 46
GAP_WIDTH = 58
LONGEST_RUN_OF_IDLE_DAYS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One day (first == last) or a fold of many; kind is active, idle or gap."""

    first: date
    last: date
    left: int
    width: int
    kind: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def columns_of(instants: Iterable[Instant], left: int = 0) -> list[Column]:
    """The columns from the first to the last day on which something happens."""
    busy = {wall_clock(instant).date() for instant in instants}
    if not busy:
        return []
    columns: list[Column] = []
    for is_busy, run in groupby(days_between(min(busy), max(busy)), key=busy.__contains__):
        for first, last, kind in _pieces(list(run), is_busy):
            width = {"active": ACTIVE_WIDTH, "idle": IDLE_WIDTH, "gap": GAP_WIDTH}[kind]
            columns.append(Column(first, last, left, width, kind))
            left += width
    return columns


def _pieces(days: Sequence[date], is_busy: bool) -> list[tuple[date, date, str]]:
    if not is_busy and len(days) > LONGEST_RUN_OF_IDLE_DAYS:
        return [(days[0], days[-1], "gap")]
    return [(day, day, "active" if is_busy else "idle") for day in days]


def place(columns: Sequence[Column], instant: Instant) -> float:
    """The x of an instant; inside idle days and folds it is only roughly right."""
    local = wall_clock(instant)
    column = next(column for column in columns if column.first <= local.date() <= column.last)
    hours = local.hour + local.minute / 60 + local.second / 3600
    if column.kind != "active":
        share = ((local.date() - column.first).days + hours / 24) / column.days
        return round(column.left + column.width * share, 1)
    return round(column.left + _within_day(hours), 1)


def _within_day(hours: float) -> float:
    if hours < WINDOW_OPENS_HOUR:
        return NIGHT_WIDTH * hours / WINDOW_OPENS_HOUR
    window = min(hours, WINDOW_CLOSES_HOUR) - WINDOW_OPENS_HOUR
    evening = max(hours - WINDOW_CLOSES_HOUR, 0) / (24 - WINDOW_CLOSES_HOUR)
    return NIGHT_WIDTH * (1 + evening) + window * HOUR_WIDTH
