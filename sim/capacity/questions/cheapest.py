"""Two parameters at once: of the pairs that surely meet a target, the one that costs least.

Every pair of a grid is judged by the sequential test of a plan. All tests together err with at most the probability
that the confidence leaves (Bonferroni over the pairs), so that no pair is called feasible that is not, whatever the
shape of the grid. Replications are spent where they can matter: on pairs that are unsure and could be cheaper than the
cheapest that surely meets the target.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, finite_or_none, interval
from sim.capacity.jobs.jobs import Finished, Variant
from sim.capacity.jobs.replications import run_jobs
from sim.capacity.questions.planning import Runner, Search
from sim.capacity.questions.sequential_test import Judgement, SequentialTest, Side, looks
from sim.capacity.questions.sweep import Axis
from sim.capacity.questions.targets import Target
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.indicators import ALL, INDICATORS

PARAMETERS = 2
MOST_PAIRS = 400
HAS_VALUE = "an indicator with a value; prices stand in [costs]"


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of values that was tried: the target's indicator and the cost over its replications."""

    variant: Variant
    estimate: Interval
    cost: Interval
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Cheapest:
    """What was found: `best` surely meets the target and costs least among those that do; None where none does.

    `doubtful` are pairs that would be cheaper, of which it is not known whether they meet the target. `dearer` is the
    next pair that surely meets it, with the difference of cost over the same luck.
    """

    target: Target
    minimise: str
    search: Search
    pairs: tuple[Pair, ...]
    best: Pair | None
    doubtful: tuple[Pair, ...]
    dearer: tuple[Pair, Interval] | None
    results: tuple[Finished, ...]


def check_pairs(axes: Sequence[Axis], minimise: str) -> None:
    """Raise RunError for parameters, or a cost, of which no question can be made."""
    if len(axes) != PARAMETERS:
        raise RunError(
            "--vary", f"{len(axes)} parameters", "one parameter, or two with their values: PATH=LOW..HIGH:POINTS"
        )
    count = math.prod(len(axis.grid()) for axis in axes)
    if count > MOST_PAIRS:
        raise RunError("--vary", f"{count} pairs", f"at most {MOST_PAIRS} pairs of values")
    if minimise not in INDICATORS:
        raise RunError("--minimise", minimise, "an indicator among " + ", ".join(INDICATORS))


def check_prices(minimise: str, scenario: Scenario) -> None:
    """Raise RunError for a cost where the scenario has no prices."""
    if INDICATORS[minimise].unit == "euro" and scenario.costs is None:
        raise RunError("--minimise", minimise, HAS_VALUE)


def find_cheapest(
    target: Target, minimise: str, search: Search, variants: Sequence[Variant], runner: Runner
) -> Cheapest:
    """Try every pair as often as matters, and find the cheapest that surely meets the target. Raises RunError."""
    grid = Grid(target, Target(minimise, ALL, "<=", 0.0), search, tuple(variants), runner)
    grid.judge()
    return grid.cheapest(minimise)


class Grid:
    """The pairs while they are tried."""

    def __init__(
        self, target: Target, price: Target, search: Search, variants: tuple[Variant, ...], runner: Runner
    ) -> None:
        self._target, self._price, self._search = target, price, search
        self._variants, self._runner = variants, runner
        error = (1 - search.confidence) / len(variants)
        self._test = SequentialTest(looks(search.most_replications), error, search.zone(target))
        self._done: dict[str, list[Finished]] = {}
        self._pairs: dict[str, Pair] = {}

    def judge(self) -> None:
        """Look at all pairs once, then again at those that can still matter."""
        for count in self._test.looks:
            open_variants = [variant for variant in self._variants if self._matters(variant)]
            if not open_variants:
                return
            self._run(open_variants, count)
            self._pairs |= {variant.name: self._judged(variant) for variant in open_variants}

    def cheapest(self, minimise: str) -> Cheapest:
        """The end of the search."""
        pairs = [self._pairs[variant.name] for variant in self._variants]
        best = self._best()
        doubtful = [
            pair
            for pair in pairs
            if pair.judgement.side is Side.UNSURE and (best is None or pair.cost.mean < best.cost.mean)
        ]
        return Cheapest(
            target=self._target,
            minimise=minimise,
            search=self._search,
            pairs=tuple(pairs),
            best=best,
            doubtful=tuple(doubtful),
            dearer=self._dearer(best, pairs),
            results=tuple(finished for variant in self._variants for finished in self._done[variant.name]),
        )

    def _best(self) -> Pair | None:
        meeting = [pair for pair in self._pairs.values() if pair.judgement.meets]
        return min(meeting, key=lambda pair: pair.cost.mean, default=None)

    def _matters(self, variant: Variant) -> bool:
        pair, best = self._pairs.get(variant.name), self._best()
        if pair is None:
            return True
        is_open = not self._test.is_over(pair.judgement, pair.estimate.count)
        return is_open and (best is None or pair.cost.mean < best.cost.mean)

    def _run(self, variants: Sequence[Variant], count: int) -> None:
        runner = self._runner
        jobs = [runner.plan.job(variant, number) for variant in variants for number in range(count)]
        run_jobs(jobs, runner.store, runner.pool, runner.progress)
        self._done |= {variant.name: runner.run(variant, count) for variant in variants}

    def _judged(self, variant: Variant) -> Pair:
        values = self._values(variant, self._target)
        costs = self._values(variant, self._price)
        if not all(map(math.isfinite, costs)):
            raise RunError("--minimise", self._price.indicator, HAS_VALUE)
        judgement = self._test.judge([*map(self._target.margin, values)])
        return Pair(variant, interval(values), interval(costs), judgement)

    def _values(self, variant: Variant, target: Target) -> list[float]:
        scenario = self._runner.plan.scenario(variant)
        return [target.value(finished, scenario) for finished in self._done[variant.name]]

    def _dearer(self, best: Pair | None, pairs: Sequence[Pair]) -> tuple[Pair, Interval] | None:
        meeting = [pair for pair in pairs if pair.judgement.meets and pair is not best]
        if best is None or not meeting:
            return None
        after = min(meeting, key=lambda pair: pair.cost.mean)
        values = (self._values(pair.variant, self._price) for pair in (best, after))
        return after, interval([other - own for own, other in zip(*values, strict=False)])


def cheapest_members(cheapest: Cheapest) -> Mapping[str, object]:
    """The answer as plain values, as `run.json` holds it under `grid`."""
    best, search = cheapest.best, replace(cheapest.search, indifference=cheapest.search.zone(cheapest.target))
    return {
        "target": {
            "indicator": cheapest.target.indicator,
            "territory": cheapest.target.territory,
            "relation": cheapest.target.relation,
            "limit": cheapest.target.limit,
        },
        "vary": list(cheapest.pairs[0].variant.changes),
        "minimise": cheapest.minimise,
        "confidence": search.confidence,
        "indifference": search.indifference,
        "most_replications": search.most_replications,
        "answer": dict(best.variant.changes) if best else None,
        "doubtful": [dict(pair.variant.changes) for pair in cheapest.doubtful],
        "dearer": _dearer_members(cheapest.dearer),
        "pairs": [_pair_members(pair) for pair in cheapest.pairs],
    }


def _dearer_members(dearer: tuple[Pair, Interval] | None) -> Mapping[str, object] | None:
    if dearer is None:
        return None
    pair, difference = dearer
    ends = {"low": finite_or_none(difference.low), "high": finite_or_none(difference.high)}
    return {"values": dict(pair.variant.changes), "difference": difference.mean, **ends}


def _pair_members(pair: Pair) -> Mapping[str, object]:
    return {
        "variant": pair.variant.name,
        "values": list(pair.variant.changes.values()),
        "replications": pair.estimate.count,
        **pair.estimate.members(),
        "sure": pair.judgement.sure,
        "side": pair.judgement.side.name.lower(),
        "meets": pair.judgement.meets,
        "cost": pair.cost.mean,
        "cost_low": finite_or_none(pair.cost.low),
        "cost_high": finite_or_none(pair.cost.high),
    }
