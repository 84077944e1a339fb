"""What one replication counted, as the questions that indicators, tables and bottlenecks ask of it.

What lives here: sums, means, peaks and quantiles of a replication's arrays. It must not know any indicator by name.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, HOUR, MINUTE, instant_of, weekday
from reference_impl.deadlines import WINDOW_OPENS
from sim.capacity.engine.tally import SCALARS, Arrays, DurationKind, Outcome
from sim.capacity.histogram import edges_ms, quantile_ms
from sim.capacity.scenario.scenario import Scenario


def ratio(part: float, whole: float) -> float:
    """A part of a whole; nan where there is no whole."""
    return part / whole if whole else float("nan")


def mean_of(values: NDArray[np.int64]) -> float:
    """The mean; nan where there is nothing."""
    return float(values.mean()) if len(values) else float("nan")


def mean_days_of(bins: NDArray[np.int64]) -> float:
    """The mean of a histogram of durations, in days, to the width of its bins; nan where it is empty."""
    edges = edges_ms()
    return ratio(float((bins * (edges[:-1] + edges[1:]) / 2).sum()), int(bins.sum())) / DAY


class Counts:
    """The arrays of one replication, with the questions that indicators ask; of one territory by its number, or all.

    `scenario` is what it was run from, where prices and the level asked for are to be known.
    """

    def __init__(self, arrays: Arrays, place: int | None = None, scenario: Scenario | None = None) -> None:
        self.arrays, self.scenario = arrays, scenario
        self._places = slice(None) if place is None else slice(place, place + 1)
        first, days, first_measured, measured_days = (int(value) for value in arrays["days"])
        self.days, self.measured = range(first, first + days), range(first_measured, first_measured + measured_days)

    def outcome(self, *outcomes: int) -> int:
        """How many measured orders met one of these outcomes."""
        by_territory = self.arrays["outcomes"][self._places]
        return int(sum(by_territory[:, outcome].sum() for outcome in outcomes))

    def share(self, *outcomes: int) -> float:
        """The share of the orders in the service that met one of these outcomes."""
        return ratio(self.outcome(*outcomes), self.outcome(Outcome.IN_SERVICE))

    def days_at(self, measure: int, share: float) -> float:
        """A quantile of a duration (`DurationKind`), in days; nan where none was measured."""
        return quantile_ms(self.durations(measure), share) / DAY

    def durations(self, measure: int) -> NDArray[np.int64]:
        """The histogram of a duration (`DurationKind`): a count for each bin of `histogram`."""
        counts: NDArray[np.int64] = self.arrays["measures"][self._places, measure].sum(axis=0)
        return counts

    def mean_days(self, measure: int) -> float:
        """The mean of a duration, in days, to the width of the bins; nan where none was measured."""
        return mean_days_of(self.durations(measure))

    def durations_to_done(self) -> NDArray[np.int64]:
        """The histogram of the durations until the work was done: with the only visit, where no others are told of."""
        if "done" not in self.arrays:
            return self.durations(DurationKind.TO_VISIT)
        counts: NDArray[np.int64] = self.arrays["done"][self._places].sum(axis=0)
        return counts

    def again(self, name: str) -> int:
        """How many visits after the first (`visits_again`), or orders that needed one (`orders_again`)."""
        return int(self.arrays[name][self._places].sum()) if name in self.arrays else 0

    def visits(self) -> int:
        """All visits, on measured days."""
        return int(self.arrays["visits"][self._places].sum())

    def lead_times(self) -> NDArray[np.int64]:
        """The whole lead time of all visits of each bin of `durations`, in milliseconds."""
        spent: NDArray[np.int64] = self.arrays["lead"][self._places].sum(axis=(0, 1))
        return spent

    def technicians(self) -> NDArray[np.int64]:
        """The slots offered on measured days, by weekday and band."""
        slots: NDArray[np.int64] = self.arrays["capacity"][self._places].sum(axis=0)
        return slots

    def weeks(self) -> list[tuple[int, int, NDArray[np.int64]]]:
        """Each week's Monday, how many of its days are measured, and its visits by bin of their lead time."""
        monday = self.days[0] - weekday(self.days[0])
        return [
            (first, sum(day in self.measured for day in range(first, first + 7)), visits.astype(np.int64))
            for first, visits in zip(range(monday, self.days[-1] + 1, 7), self.arrays["weeks"], strict=True)
        ]

    def hours(self, load: int) -> NDArray[np.int64]:
        """A load (`HourlyCount`), one number for each hour of the measured days."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // HOUR
        last = (instant_of(self.measured[-1] + 1) - start) // HOUR
        counts: NDArray[np.int64] = self.arrays["hours"][first:last, load].astype(np.int64)
        return counts

    def peak(self, load: int) -> float:
        """The largest value of a load by hour."""
        return float(self.hours(load).max(initial=0))

    def minutes(self, name: str) -> NDArray[np.int64]:
        """A count by its array's name, one number for each minute of the measured days."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // MINUTE
        last = (instant_of(self.measured[-1] + 1) - start) // MINUTE
        counts: NDArray[np.int64] = self.arrays[name][first:last].astype(np.int64)
        return counts

    def backlog(self) -> NDArray[np.int64]:
        """How many SMS wait in the gateway at the end of each measured minute."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // MINUTE
        handed, sent = self.arrays["minutes_handed"].astype(np.int64), self.arrays["minutes_sent"].astype(np.int64)
        waiting: NDArray[np.int64] = np.cumsum(handed - sent)
        return waiting[first : first + len(self.minutes("minutes_handed"))]

    def at_opening(self) -> NDArray[np.int64]:
        """How many SMS are handed to the gateway in the first minute of the window, one number a measured day."""
        start = instant_of(self.days[0])
        openings = [(instant_of(day, WINDOW_OPENS) - start) // MINUTE for day in self.measured]
        handed: NDArray[np.int64] = self.arrays["minutes_handed"][openings].astype(np.int64)
        return handed

    def wait_seconds(self, wait: int, share: float) -> float:
        """A quantile of a wait (`Wait`), in seconds; nan where nobody waited."""
        return quantile_ms(self.arrays["waits"][wait], share) / 1_000

    def calls(self, kind: int) -> int:
        """How many calls of all call centres came to an end, on measured days."""
        return int(self.arrays["calls"][:, kind].sum())

    def scalar(self, name: str) -> float:
        """One of the plain numbers, by its array's name."""
        return float(self.arrays["scalars"][SCALARS.index(name)])

    def utilisation(self) -> float:
        """Visits over technician slots, on measured days."""
        return ratio(self.visits(), int(self.technicians().sum()))
