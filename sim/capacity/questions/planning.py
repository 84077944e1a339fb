"""How much is needed: the smallest value of one parameter that surely meets a target.

`searching` says which values to try, `sequential_test` when a value has been tried often enough. What lives here joins
the two to replications of a scenario; values share their luck, so that the difference between two is not noise. All
the tests of a plan together err with at most the probability that the confidence leaves.
"""

from __future__ import annotations

import math
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field

from reports.words.number_words import exact
from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, interval
from sim.capacity.jobs.jobs import Finished, Plan, Variant
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import run_jobs
from sim.capacity.jobs.store import Store
from sim.capacity.questions.searching import Found, Outcome, most_tests, search
from sim.capacity.questions.sequential_test import (
    FIRST_REPLICATIONS,
    Judgement,
    SequentialTest,
    Side,
    looks,
)
from sim.capacity.questions.targets import Target
from sim.capacity.tables.bottlenecks import Bottleneck

MOST_VALUES = 1_000_000
INDIFFERENCE = 0.005  # of the limit, unless said otherwise


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: from the lowest to the highest value in whole steps, and how hard.

    `indifference` is the half width of the zone about the limit in which a planner does not care, in the unit of the
    target; None is half a percent of the limit.
    """

    low: float
    high: float
    step: float = 1.0
    confidence: float = 0.95
    most_replications: int = 32
    indifference: float | None = None

    def check(self) -> None:
        """Raise RunError for a search that cannot be."""
        if not 0 < self.step < math.inf:
            raise RunError("--step", self.step, "a number above 0")
        if not math.isfinite(self.low):
            raise RunError("--from", self.low, "a finite number")
        if not self.low < self.high < math.inf:
            raise RunError("--to", self.high, f"a finite number above --from ({exact(self.low)})")
        if (self.high - self.low) / self.step > MOST_VALUES:
            raise RunError("--step", self.step, f"a step that leaves at most {MOST_VALUES:,} values")
        if not 0.5 < self.confidence < 1:
            raise RunError("--confidence", self.confidence, "above 0.5 and below 1")
        if self.most_replications < FIRST_REPLICATIONS:
            raise RunError("--replications", self.most_replications, f"at least {FIRST_REPLICATIONS}")
        if self.indifference is not None and not 0 <= self.indifference < math.inf:
            raise RunError("--indifference", self.indifference, "a finite number from 0, in the unit of the target")

    def at(self, position: int) -> float:
        """The value of a step."""
        return min(self.low + position * self.step, self.high)

    def scenario_value(self, position: int) -> object:
        """The value of a step as a scenario would write it."""
        value = round(self.at(position), 9)
        return int(value) if value == int(value) else value

    def zone(self, target: Target) -> float:
        """The half width of the indifference zone, in the unit of the target."""
        return abs(target.limit) * INDIFFERENCE if self.indifference is None else self.indifference

    @property
    def last(self) -> int:
        """The number of the last step."""
        return -int(-(self.high - self.low) // self.step)


@dataclass(frozen=True, slots=True)
class Trial:
    """One value that was tried: the indicator over its replications, and what the test says of it."""

    value: float
    estimate: Interval
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Limit:
    """A resource that holds the target back: `matters_at` moves it, `meets_at` meets it, None where none tried does."""

    resource: str
    territory: str
    parameter: str
    now: float
    matters_at: float
    meets_at: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan found, and all that was tried.

    `value` surely meets the target (None where none does): the smallest, the largest where more makes it worse, or the
    end of what is undecided `between` two values. `best` comes closest to the target; `variants` are the values tried,
    that one first, and `results` their replications. `next_bottlenecks` are the resources there, the tightest first;
    `limit` is the one that holds the target back, where the parameter does not.
    """

    target: Target
    vary: str
    search: Search
    outcome: Outcome
    value: float | None
    best: float
    between: tuple[float, float] | None
    trials: tuple[Trial, ...]
    variants: tuple[Variant, ...]
    results: tuple[Finished, ...]
    next_bottlenecks: tuple[Bottleneck, ...] = ()
    limit: Limit | None = None

    @property
    def replications_wanted(self) -> int | None:
        """About how many replications would settle what is undecided; None where nothing is, or no number would."""
        if self.between is None:
            return None
        low, high = self.between
        wanted = [trial.judgement.wanted_replications for trial in self.trials if low <= trial.value <= high]
        numbers = [number for number in wanted if number is not None]
        return max(numbers, default=None)


def answer_members(answer: Answer) -> dict[str, object]:
    """An answer as plain values, as `plan.json` holds it."""
    tightest = answer.next_bottlenecks[0] if answer.next_bottlenecks else None
    search = answer.search
    return {
        "target": asdict(answer.target),
        "vary": answer.vary,
        "confidence": search.confidence,
        "indifference": search.zone(answer.target),
        "outcome": answer.outcome.value,
        "answer": answer.value,
        "between": answer.between,
        "replications_wanted": answer.replications_wanted,
        "best": answer.best,
        "limit": asdict(answer.limit) if answer.limit else None,
        "tried": [
            {
                "value": trial.value,
                "replications": trial.estimate.count,
                **trial.estimate.members(),
                "sure": trial.judgement.sure,
                "meets": trial.judgement.meets,
                "side": trial.judgement.side.name.lower(),
            }
            for trial in answer.trials
        ],
        "bottleneck": asdict(tightest) if tightest else None,
        "search": {**asdict(search), "indifference": search.zone(answer.target)},
    }


def find_smallest(vary: str, target: Target, search_space: Search, runner: Runner) -> Answer:
    """Find the smallest value that meets the target, or say why there is none. Raises RunError."""
    search_space.check()
    line = Trials(vary, target, search_space, runner)
    return line.answer(search(line))


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs replications of variants; those that were done before are not done again."""

    plan: Plan
    store: Store
    pool: Executor
    progress: Progress

    def run(self, variant: Variant, count: int) -> list[Finished]:
        """The first so many replications of a variant."""
        jobs = [self.plan.job(variant, number) for number in range(count)]
        return run_jobs(jobs, self.store, self.pool, self.progress)

    def values(self, variant: Variant, count: int, target: Target) -> list[float]:
        """The indicator of a target in each of the first so many replications of a variant."""
        scenario = self.plan.scenario(variant)
        return [target.value(finished, scenario) for finished in self.run(variant, count)]


@dataclass
class Trials:
    """The values of a plan as a line of positions: each is tried once, as often as its test asks for."""

    vary: str
    target: Target
    search: Search
    runner: Runner
    judged: dict[int, tuple[Judgement, list[float]]] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last position."""
        return self.search.last

    @property
    def test(self) -> SequentialTest:
        """The test of every value: its share of what all may err."""
        error = (1 - self.search.confidence) / most_tests(self.last)
        return SequentialTest(looks(self.search.most_replications), error, self.search.zone(self.target))

    def side(self, position: int) -> Side:
        """On which side of the target a position surely is."""
        return self._tried(position)[0].side

    def gain(self, position: int, other: int) -> float:
        """How much nearer to the target the second is than the first, over the same luck."""
        return interval(self._differences(position, other)).mean

    def makes_no_difference(self, position: int, other: int) -> bool:
        """Whether two positions surely differ by no more than the indifference zone."""
        return self.test.makes_no_difference(self._differences(position, other))

    def variant(self, position: int) -> Variant:
        """The scenario with the value of a position."""
        value = self.search.scenario_value(position)
        return Variant(f"value-{value}", {self.vary: value})

    def answer(self, ending: Found) -> Answer:
        """The end of the search in values, with all that was tried: what the answer is about comes first."""
        at = self.search.at
        places = [ending.best, *(place for place in sorted(self.judged) if place != ending.best)]
        trials = tuple(self._trial(place) for place in sorted(self.judged))
        results = [self.runner.run(self.variant(place), len(self.judged[place][1])) for place in places]
        return Answer(
            target=self.target,
            vary=self.vary,
            search=self.search,
            outcome=ending.outcome,
            value=None if ending.position is None else at(ending.position),
            best=at(ending.best),
            between=None if ending.between is None else (at(ending.between[0]), at(ending.between[1])),
            trials=trials,
            variants=tuple(map(self.variant, places)),
            results=tuple(finished for of_place in results for finished in of_place),
        )

    def _trial(self, position: int) -> Trial:
        judgement, values = self.judged[position]
        return Trial(self.search.at(position), interval(values), judgement)

    def _tried(self, position: int) -> tuple[Judgement, list[float]]:
        if position not in self.judged:
            test = self.test
            for count in test.looks:
                values = self.runner.values(self.variant(position), count, self.target)
                judgement = test.judge([*map(self.target.margin, values)])
                if test.is_over(judgement, count):
                    break
            self.judged[position] = judgement, values
        return self.judged[position]

    def _differences(self, position: int, other: int) -> list[float]:
        """By how much the second is nearer to the target, pair by pair; nan where one of a pair is not known."""
        pairs = zip(self._tried(position)[1], self._tried(other)[1], strict=False)
        return [nearer(self.target, value, second) for value, second in pairs]


def nearer(target: Target, value: float, other_value: float) -> float:
    """By how much the second value is nearer to the target; nan where only one of them is known."""
    if value == other_value:
        return 0.0
    gain = target.margin(other_value) - target.margin(value)
    return gain if math.isfinite(gain) else math.nan
