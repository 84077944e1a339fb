"""When orders come: the tables of a scenario's days and arrivals, and the orders that a file records.

How many come on a day, and which, is `workload`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from reference_impl.civil_time import FIRST_YEAR, LAST_YEAR
from sim.capacity.scenario.file_table import (
    ARRAY,
    REQUIRED,
    Day,
    FileTable,
    Text,
    not_allowed,
    number,
    weights,
    whole,
    word,
)

LONGEST_DAYS = 5 * 366
BY_WEEK = "weeks"
MOST_FACTOR = 100.0
FIRST_START, LAST_START = FIRST_YEAR + 1, LAST_YEAR - 6


def _start_in_range(start: date) -> date:
    if not FIRST_START <= start.year <= LAST_START:
        raise not_allowed(f"a date from {FIRST_START} to {LAST_START}", start.isoformat())
    return start


class Horizon(FileTable):
    """The days on which orders arrive. The first and last of them can be left out of what is measured."""

    start: Annotated[Day, AfterValidator(_start_in_range)]
    end: Day | None = None
    written_days: Annotated[int | None, whole(1, LONGEST_DAYS)] = Field(None, alias="days")
    warm_up_days: Annotated[int, whole()] = 0
    cool_down_days: Annotated[int, whole()] = 0
    longest_life_days: Annotated[int, whole(1, 366)] = 60

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.end - self.start).days + 1 if self.end else self.written_days or 0

    @property
    def measured_days(self) -> int:
        """How many days are measured."""
        return self.days - self.warm_up_days - self.cool_down_days

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        if self.end is not None and not 1 <= self.days <= LONGEST_DAYS:
            allowed = f"a day from the start ({self.start}) on, within {LONGEST_DAYS} days"
            raise not_allowed(allowed, self.end.isoformat(), "end")
        if not self.days:
            raise not_allowed(REQUIRED, None, "days")
        if self.measured_days <= 0:
            allowed = f"with cool_down_days, less than the {self.days} days of the horizon"
            raise not_allowed(allowed, self.warm_up_days, "warm_up_days")
        return self


class Surge(FileTable):
    """Days (both included) on which arrivals are multiplied."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="until")
    factor: Annotated[float, number(0, MOST_FACTOR)]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise not_allowed(f"a day from {self.first} on", self.last.isoformat(), "until")
        return self


class Recorded(FileTable):
    """A file of real orders, which takes the place of the weights.

    With `resample` each replication draws its weeks from those of the file, with replacement (a block bootstrap);
    without, all meet the very same arrivals.
    """

    file: Text
    resample: Annotated[str, word("none", BY_WEEK)] = "none"


class Arrivals(FileTable):
    """When orders come: relative weights of months, weekdays and hours, or a recorded list.

    `overdispersion` is the variance of a day's level around its mean of 1: 0 is a Poisson process, and a day that
    expects m orders has m + overdispersion · m² as the variance of their number.
    """

    recorded: Recorded | None = None
    months: Annotated[tuple[float, ...], weights(12)] = (1.0,) * 12
    weekdays: Annotated[tuple[float, ...], weights(7)] = (1.0,) * 7
    hours: Annotated[tuple[float, ...], weights(24)] = (1.0,) * 24
    holiday_factor: Annotated[float, number(0, MOST_FACTOR)] = 1.0
    surges: Annotated[tuple[Surge, ...], ARRAY] = ()
    overdispersion: Annotated[float, number(0, MOST_FACTOR)] = 0.0

    @model_validator(mode="after")
    def _recorded_days_have_their_own_levels(self) -> Self:
        if self.recorded is not None and self.overdispersion:
            raise not_allowed("0 beside [arrivals.recorded]", self.overdispersion, "overdispersion")
        return self


class BookedSlot(NamedTuple):
    """A slot by its day (from the epoch) and the number of its band."""

    day: int
    band: int


@dataclass(frozen=True, slots=True)
class RecordedOrder:
    """One order of a recorded file: when it came, whose, what and where, and its operator's code if it bears one.

    `booked` is the appointment that an open order has.
    """

    received_at: int
    operator: str
    service: str
    territory: str
    line_ready_at: int | None
    code: str = ""
    booked: BookedSlot | None = None
