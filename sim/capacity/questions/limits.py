"""What else holds a target back: other resources are widened, tightest first, to see which of them matters.

What lives here: the question after a plan whose parameter is not enough. Each resource is tried at multiples of what it
is now, at the best value of the plan, over the same luck.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.words.number_words import exact
from sim.capacity.errors import ScenarioError
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import Variant
from sim.capacity.questions.planning import Answer, Limit, Runner, nearer
from sim.capacity.questions.searching import Outcome
from sim.capacity.questions.sequential_test import FIRST_REPLICATIONS
from sim.capacity.tables.bottlenecks import Bottleneck

MOST_RESOURCES = 3
FACTORS = (1.25, 1.5, 2.0, 4.0)
ASKED_AFTER = {Outcome.NONE, Outcome.OTHER_LIMIT}


def binding_limit(answer: Answer, tightest: Sequence[Bottleneck], runner: Runner) -> Limit | None:
    """The first of the tightest resources that matters to the target; None where none of them does, or nobody asks."""
    if answer.outcome not in ASKED_AFTER:
        return None
    others = [item for item in tightest if item.parameter != answer.vary and item.now > 0]
    for bottleneck in others[:MOST_RESOURCES]:
        if limit := _Widening(answer, bottleneck, runner).limit():
            return limit
    return None


@dataclass(frozen=True, slots=True)
class _Widening:
    """One resource, wider and wider."""

    answer: Answer
    bottleneck: Bottleneck
    runner: Runner

    def limit(self) -> Limit | None:
        """The limit that the resource is; None where even the widest makes no difference."""
        if not self._matters(FACTORS[-1]):
            return None
        matters_at = next(factor for factor in FACTORS if self._matters(factor))
        meets_at = next((factor for factor in FACTORS if self._meets(factor)), None)
        item = self.bottleneck
        return Limit(
            item.resource,
            item.territory,
            item.parameter,
            item.now,
            self._value(matters_at),
            None if meets_at is None else self._value(meets_at),
        )

    def _value(self, factor: float) -> float:
        """The parameter at a multiple; whole where it is whole now."""
        now = self.bottleneck.now
        return math.ceil(now * factor) if now == int(now) else now * factor

    def _values(self, factor: float | None) -> list[float]:
        best = self.answer.variants[0]
        if factor is None:
            return self.runner.values(best, FIRST_REPLICATIONS, self.answer.target)
        value = self._value(factor)
        parameter = self.bottleneck.parameter
        wider = Variant(f"{best.name}-{parameter}-{exact(value)}", {**best.changes, parameter: value})
        try:
            return self.runner.values(wider, FIRST_REPLICATIONS, self.answer.target)
        except ScenarioError:  # a resource cannot grow without end
            return self._values(None)

    def _matters(self, factor: float) -> bool:
        target = self.answer.target
        pairs = zip(self._values(None), self._values(factor), strict=True)
        gain = interval([nearer(target, value, wider) for value, wider in pairs])
        return gain.low > 0 and gain.mean > self.answer.search.zone(target)

    def _meets(self, factor: float) -> bool:
        margins = [*map(self.answer.target.margin, self._values(factor))]
        return all(map(math.isfinite, margins)) and interval(margins).low >= 0
