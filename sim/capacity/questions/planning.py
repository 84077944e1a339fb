"""How much is needed: the smallest value of one parameter that meets a target with the confidence asked for.

Bisection over values whose replications share their luck, so that the difference between two values is not noise. It
takes for granted that more of the parameter does not make the target worse. At each value replications are added until
the answer is sure either way, or there have been enough: then it counts as not met.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, interval
from sim.capacity.jobs.jobs import Finished, Plan, Variant
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import run_jobs
from sim.capacity.jobs.store import Store
from sim.capacity.questions.targets import Target
from sim.capacity.tables.bottlenecks import Bottleneck, bottlenecks

FIRST_REPLICATIONS = 4
MOST_VALUES = 1_000_000


@dataclass(frozen=True, slots=True)
class Trial:
    """One value that was tried: the indicator over its replications, and how sure it is that the target is met."""

    value: float
    found: Interval
    sure: float
    meets: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan found: the smallest value that meets the target (None if none does) and all that was tried.

    `variants` are the values tried, the one that the answer is about first (the highest, where there is no answer);
    `done` are their replications.
    """

    target: Target
    vary: str
    confidence: float
    value: float | None
    trials: tuple[Trial, ...]
    next_bottlenecks: tuple[Bottleneck, ...]
    search: Search
    variants: tuple[Variant, ...]
    done: tuple[Finished, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: from the lowest to the highest value in whole steps, and how hard."""

    low: float
    high: float
    step: float = 1.0
    confidence: float = 0.95
    most_replications: int = 32

    def check(self) -> None:
        """Raise RunError for a search that cannot be."""
        if not 0 < self.step < math.inf:
            raise RunError("--step", self.step, "a number above 0")
        if not math.isfinite(self.low):
            raise RunError("--from", self.low, "a finite number")
        if not self.low < self.high < math.inf:
            raise RunError("--to", self.high, f"a finite number above --from ({self.low:g})")
        if (self.high - self.low) / self.step > MOST_VALUES:
            raise RunError("--step", self.step, f"a step that leaves at most {MOST_VALUES:,} values")
        if not 0.5 < self.confidence < 1:
            raise RunError("--confidence", self.confidence, "above 0.5 and below 1")
        if self.most_replications < FIRST_REPLICATIONS:
            raise RunError("--replications", self.most_replications, f"at least {FIRST_REPLICATIONS}")

    def at(self, position: int) -> float:
        """The value of a step."""
        return min(self.low + position * self.step, self.high)

    def written(self, position: int) -> object:
        """The value of a step as a scenario would write it."""
        value = round(self.at(position), 9)
        return int(value) if value == int(value) else value

    @property
    def last(self) -> int:
        """The number of the last step."""
        return -int(-(self.high - self.low) // self.step)


def find_smallest(
    plan: Plan, vary: str, target: Target, search: Search, store: Store, pool: Executor, progress: Progress
) -> Answer:
    """Bisect for the smallest value that meets the target."""
    search.check()
    trier = _Trier(plan, vary, target, search, store, pool, progress)
    position = smallest_true(search.last, trier.meets)
    value = None if position is None else search.at(position)
    tried = tuple(sorted(trier.trials, key=lambda trial: trial.value))
    place = search.last if position is None else position
    variants, done = trier.tried(place)
    tightest = tuple(bottlenecks(plan.scenario(variants[0]), trier.done[place]))
    return Answer(target, vary, search.confidence, value, tried, tightest, search, variants, done)


def smallest_true(last: int, meets: Callable[[int], bool]) -> int | None:
    """The smallest position from 0 to `last` that meets, if meeting only ever begins; None where `last` does not."""
    if not meets(last):
        return None
    below, meeting = -1, last
    while meeting - below > 1:
        middle = (below + meeting) // 2
        if meets(middle):
            meeting = middle
        else:
            below = middle
    return meeting


class _Trier:
    """Tries values, each once."""

    def __init__(
        self, plan: Plan, vary: str, target: Target, search: Search, store: Store, pool: Executor, progress: Progress
    ) -> None:
        self._plan, self._vary, self._target, self._search = plan, vary, target, search
        self._store, self._pool, self._progress = store, pool, progress
        self.trials: list[Trial] = []
        self.done: dict[int, Sequence[Finished]] = {}

    def meets(self, position: int) -> bool:
        """Whether the value at a position meets the target with the confidence asked for."""
        variant = self._variant(position)
        scenario = self._plan.scenario(variant)
        count = FIRST_REPLICATIONS
        while True:
            jobs = [self._plan.job(variant, number) for number in range(count)]
            done = run_jobs(jobs, self._store, self._pool, self._progress)
            values = [self._target.value(finished, scenario) for finished in done]
            sure = self._target.sureness(values)
            decided = not 1 - self._search.confidence < sure < self._search.confidence
            if decided or count >= self._search.most_replications:
                break
            count = min(count * 2, self._search.most_replications)
        meets = sure >= self._search.confidence
        self.trials.append(Trial(self._search.at(position), interval(values), sure, meets))
        self.done[position] = done
        return meets

    def tried(self, first: int) -> tuple[tuple[Variant, ...], tuple[Finished, ...]]:
        """The values tried and their replications: the one at a position first, then the others as they rise."""
        places = [first, *(place for place in sorted(self.done) if place != first)]
        return tuple(map(self._variant, places)), tuple(finished for place in places for finished in self.done[place])

    def _variant(self, position: int) -> Variant:
        value = self._search.written(position)
        return Variant(f"value-{value}", {self._vary: value})


def with_variants(plan: Plan, variants: Sequence[Variant]) -> Plan:
    """The same plan with other variants; every one is read, so that errors come first."""
    searched = replace(plan, variants=tuple(variants))
    for variant in searched.variants:
        searched.scenario(variant)
    return searched
