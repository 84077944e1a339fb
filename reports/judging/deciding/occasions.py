"""Runs a checker under every combination of the undeclared readings that it asks for, and gathers what it yields.

What lives here: leaves and occasions. It must not know any rule, nor decide anything.

Where a checker asks for a reading that nobody declared, it runs again for every other value of that reading: the
combinations form a tree, and each run is a leaf of it. A leaf says nothing of the readings that it did not ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reports.judging.checker_interface import INCONCLUSIVE, PENDING, Judged, Readings

WORST_FIRST = (
    "FAIL",
    INCONCLUSIVE,
    "WARNING",
    "PASS",
    PENDING,
)  # of one occasion under one combination
Assignment = Mapping[str, str]
Run = Callable[[Readings], Iterator[Judged]]
Key = tuple[str, str]


class Frame(NamedTuple):
    """The readings of one world for one rule: declared values, the readings left open, and those it may ask for."""

    declared: Mapping[str, object]
    undeclared: Mapping[str, tuple[str, ...]]
    allowed: frozenset[str]


class Outcome(NamedTuple):
    """What became of an occasion under one combination of readings; None where it is no occasion at all."""

    assignment: Assignment
    judged: Judged | None

    @property
    def is_broken(self) -> bool:
        return self.judged is not None and self.judged.verdict == "FAIL"


class Occasion(NamedTuple):
    """One occasion of one rule, under every combination of the readings that it was asked under."""

    rule: str
    outcomes: tuple[Outcome, ...]

    @property
    def example(self) -> Judged:
        """What tells its subject and its first event."""
        return next(outcome.judged for outcome in self.outcomes if outcome.judged is not None)

    @property
    def is_contested(self) -> bool:
        """Whether it is violated under some combinations and kept under others."""
        return 0 < sum(outcome.is_broken for outcome in self.outcomes) < len(self.outcomes)


def occasions_of(rule: str, run: Run, frame: Frame) -> tuple[Sequence[Judged], Sequence[Occasion]]:
    """What a checker yields whatever the readings, and every occasion that depends on some that nobody declared."""
    readings = Readings(frame.declared, frame.undeclared, {}, frame.allowed)
    first = worst_of_each(run(readings))
    if not readings.asked:
        return first, ()
    leaves = [(readings.asked, {judged.key: judged for judged in first}), *_others(run, frame, readings.asked)]
    keys = dict.fromkeys(key for _, outcomes in leaves for key in outcomes)
    return (), [
        Occasion(rule, tuple(Outcome(assignment, outcomes.get(key)) for assignment, outcomes in leaves)) for key in keys
    ]


def _others(run: Run, frame: Frame, asked: Assignment) -> Iterator[tuple[Assignment, Mapping[Key, Judged]]]:
    """The leaves beside the first: each question of the checker opens a branch for every other value."""
    waiting = _branches(frame, {}, asked)
    while waiting:
        assigned = waiting.pop()
        readings = Readings(frame.declared, frame.undeclared, assigned, frame.allowed)
        yield readings.asked, {judged.key: judged for judged in worst_of_each(run(readings))}
        waiting += _branches(frame, assigned, readings.asked)


def _branches(frame: Frame, assigned: Assignment, asked: Assignment) -> list[dict[str, str]]:
    """The other values of the readings that a run was the first to ask for."""
    branches: list[dict[str, str]] = []
    fixed = dict(assigned)
    for name, value in asked.items():
        if name not in assigned:
            branches += [{**fixed, name: other} for other in frame.undeclared[name] if other != value]
            fixed[name] = value
    return branches


def worst_of_each(outcomes: Iterable[Judged]) -> Sequence[Judged]:
    """The worst outcome of each occasion."""
    yielded = list(outcomes)
    if len(yielded) < 2:  # nearly every run
        return yielded
    worst: dict[Key, Judged] = {}
    for outcome in yielded:
        earlier = worst.setdefault(outcome.key, outcome)
        if earlier is not outcome and WORST_FIRST.index(outcome.verdict) < WORST_FIRST.index(earlier.verdict):
            worst[outcome.key] = outcome
    return [*worst.values()]
