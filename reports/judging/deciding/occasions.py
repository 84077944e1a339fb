"""Runs a checker under every combination of the undeclared readings that it asks for, and gathers what it yields.

What lives here: leaves and occasions. It must not know any rule, nor decide anything.

Where a checker asks for a reading that nobody declared, it runs again for every other value of that reading: the
combinations form a tree, and each run is a leaf of it. A leaf says nothing of the readings that it did not ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def occasions_of(rule: str, run: Run, frame: Frame) -> Iterator[Occasion]:
    """Every occasion that a checker yields under any combination of readings."""
    leaves = _leaves(run, frame)
    if len(leaves) == 1:  # nearly every run: all is declared, or nothing undeclared was asked for
        assignment, outcomes = leaves[0]
        for judged in outcomes.values():
            yield Occasion(rule, (Outcome(assignment, judged),))
        return
    for key in dict.fromkeys(key for _, outcomes in leaves for key in outcomes):
        yield Occasion(rule, tuple(Outcome(assignment, outcomes.get(key)) for assignment, outcomes in leaves))


def _leaves(run: Run, frame: Frame) -> Sequence[tuple[Assignment, Mapping[Key, Judged]]]:
    """Each question of the checker opens a branch for every value."""
    leaves: list[tuple[Assignment, Mapping[Key, Judged]]] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        assigned = waiting.pop()
        readings = Readings(frame.declared, frame.undeclared, assigned, frame.allowed)
        outcomes = _by_key(run(readings))
        leaves.append((readings.asked, outcomes))
        fixed = dict(assigned)
        for name, value in readings.asked.items():
            if name not in assigned:
                waiting += [{**fixed, name: other} for other in frame.undeclared[name] if other != value]
                fixed[name] = value
    return leaves


def _by_key(outcomes: Iterator[Judged]) -> Mapping[Key, Judged]:
    """The worst outcome of each occasion."""
    worst: dict[Key, Judged] = {}
    for outcome in outcomes:
        earlier = worst.get(outcome.key)
        if earlier is None or WORST_FIRST.index(outcome.verdict) < WORST_FIRST.index(earlier.verdict):
            worst[outcome.key] = outcome
    return worst
