"""Is a mean on the right side of a limit? A test that may look several times and still keeps its promise.

A group-sequential test by Student's t with alpha spending (Bonferroni over the looks, more to the later ones, as in
Lan and DeMets 1983), with an indifference zone about the limit as in ranking and selection (Kim and Nelson 2001): what
is surely within the zone is not worth more replications. What lives here is arithmetic on margins; it must not know
where they come from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sim.capacity.intervals import interval, student_share, student_tail

FIRST_REPLICATIONS = 4


class Side(IntEnum):
    """On which side of the limit a value surely is; `UNSURE` where that is not known, or not worth knowing."""

    FAILS = 0
    UNSURE = 1
    MEETS = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a test says of one value after a look.

    `sure` is the probability by Student's t that the mean meets the limit. `is_within` says that the mean is surely no
    farther from the limit than the zone. `wanted_replications` is about how many replications would settle what is
    unsure; None where nothing is, or where no number would.
    """

    side: Side
    sure: float
    is_within: bool = False
    wanted_replications: int | None = None

    @property
    def meets(self) -> bool:
        """Whether the value surely meets the limit."""
        return self.side is Side.MEETS


def looks(most_replications: int) -> tuple[int, ...]:
    """After how many replications a test looks: 4, then twice as many each time, up to the most."""
    counts = [FIRST_REPLICATIONS]
    while counts[-1] < most_replications:
        counts.append(min(counts[-1] * 2, most_replications))
    return tuple(counts)


@dataclass(frozen=True, slots=True)
class SequentialTest:
    """A test that errs with at most the probability `error`, however many of its looks it takes.

    `zone` is the half width of the indifference zone, in the unit of the margins.
    """

    looks: tuple[int, ...]
    error: float
    zone: float

    def judge(self, margins: Sequence[float]) -> Judgement:
        """What the margins of the replications say, positive where the limit is met; as many as one of the looks."""
        if not all(map(math.isfinite, margins)):
            return Judgement(Side.FAILS, 0.0)
        estimate = interval(margins)
        critical = student_tail(estimate.count - 1, self._error_at(estimate.count))
        error = estimate.deviation / math.sqrt(estimate.count)
        sure = _sureness(estimate.mean, error, estimate.count)
        if not error or abs(estimate.mean) > critical * error:
            return Judgement(Side.MEETS if estimate.mean >= 0 else Side.FAILS, sure)
        is_within = abs(estimate.mean) + critical * error <= self.zone
        return Judgement(Side.UNSURE, sure, is_within, self._wanted(estimate.mean, estimate.deviation))

    def makes_no_difference(self, differences: Sequence[float]) -> bool:
        """Whether pairs, by their differences, surely differ by no more than the zone on average; nan is no pair."""
        estimate = interval(differences)
        if estimate.count < 2:
            return False
        reach = student_tail(estimate.count - 1, self.error) * estimate.deviation / math.sqrt(estimate.count)
        return abs(estimate.mean) + reach <= self.zone

    def is_over(self, judgement: Judgement, count: int) -> bool:
        """Whether no further look is worth while."""
        return judgement.side is not Side.UNSURE or judgement.is_within or count >= self.looks[-1]

    def _error_at(self, count: int) -> float:
        """What a look may spend: in proportion to its number, so that the last may spend most."""
        number = self.looks.index(count) + 1
        return self.error * number / (len(self.looks) * (len(self.looks) + 1) / 2)

    def _wanted(self, mean: float, deviation: float) -> int | None:
        if not mean:
            return None
        critical = student_tail(1_000, self._error_at(self.looks[-1]))
        return max(math.ceil((critical * deviation / mean) ** 2), self.looks[-1] + 1)


def _sureness(mean: float, error: float, count: int) -> float:
    if not error:
        return 1.0 if mean >= 0 else 0.0
    return student_share(count - 1, mean / error)
