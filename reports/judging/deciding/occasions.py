"""Runs a checker under every combination of the undeclared readings that it asks for, and gathers what it yields.

What lives here: leaves and occasions. It must not know any rule, nor decide anything.

Where a checker asks for a reading that nobody declared, it runs again for every other answer. The combinations of
values form a tree. Each leaf holds what the checker yields when it gets the answers of its combinations; it says
nothing of readings that the checker did not ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from reports.judging.checker_interface import INCONCLUSIVE, PENDING, Judged
from reports.judging.deciding.questions import Assignment, Branch, Frame
from reports.judging.readings import Readings

WORST_FIRST = ("FAIL", INCONCLUSIVE, "WARNING", "PASS", PENDING)  # of one occasion under one combination
Run = Callable[[Readings], Iterator[Judged]]
Key = tuple[str, str]


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


class Hearing(NamedTuple):
    """What a checker yielded on one order or event.

    `certain` are the outcomes that do not depend on readings, `occasions` those that depend on readings that nobody
    declared, `asked` the names of these readings that the checker asked for.
    """

    certain: Sequence[Judged]
    occasions: Sequence[Occasion] = ()
    asked: Collection[str] = ()


Leaf = tuple[Branch, Sequence[Judged]]  # what a checker yields when it gets the answers of some combinations


def hearing_of(rule: str, run: Run, frame: Frame) -> Hearing:
    """What a checker yields under every combination of the undeclared readings that it asks for."""
    readings = frame.readings({})
    return hearing_under_all(rule, run, frame, readings, [*run(readings)])


def hearing_under_all(rule: str, run: Run, frame: Frame, readings: Readings, yielded: Sequence[Judged]) -> Hearing:
    """What a checker yields under every combination; it has run once, under these readings, and `yielded` this."""
    outcomes = worst_of_each(yielded)
    if not readings.told:
        return Hearing(outcomes)
    leaves = _leaves(run, frame, readings, outcomes)
    outcomes_by_leaf = [leaf_outcomes for _, leaf_outcomes in leaves]
    asked_names = frozenset[str]().union(*[branch.names for branch, _ in leaves]) if any(outcomes_by_leaf) else ()
    if outcomes_by_leaf.count(outcomes) == len(outcomes_by_leaf) and all_pass(outcomes):  # nearly always
        return Hearing(outcomes, (), asked_names)
    return Hearing(*_told_apart(rule, outcomes, leaves), asked_names)


def _leaves(run: Run, frame: Frame, readings: Readings, outcomes: Sequence[Judged]) -> list[Leaf]:
    """Every leaf of a checker that has run under these readings: it runs again for each other answer.

    Most combinations give the same answers: of twelve that bear on the end of a term, one of three or four instants. To
    run for each combination, as a leaf of its own, took two thirds more time under `any`.
    """
    leaves: list[Leaf] = []
    waiting = [(frame.trunk, 0, readings, outcomes)]
    while waiting:
        branch, first_rank, readings, yielded = waiting.pop()
        answers = [*readings.told.items()]
        for rank in range(first_rank, len(answers)):
            question, answer = answers[rank]
            branches = frame.branches(branch, question)
            for other, sibling in branches.items():
                if other != answer:
                    assignment, known_answers = sibling.combinations[0].assignment, dict(answers[:rank])
                    beside = frame.readings(assignment, {**known_answers, question: other})
                    waiting.append((sibling, rank + 1, beside, worst_of_each(run(beside))))
            branch = branches[answer]
        leaves.append((branch, yielded))
    return leaves


def _told_apart(
    rule: str, first_outcomes: Sequence[Judged], leaves: Sequence[Leaf]
) -> tuple[Sequence[Judged], Sequence[Occasion]]:
    """What is certain, and the occasions that depend on readings that nobody declared."""
    by_leaf = [{judged.key: judged for judged in yielded} for _, yielded in leaves]
    ranked = [
        (combination, outcomes)
        for (branch, _), outcomes in zip(leaves, by_leaf, strict=True)
        for combination in branch.combinations
    ]
    ranked.sort(key=lambda pair: pair[0].place)
    keys = dict.fromkeys(key for _, outcomes in ranked for key in outcomes)
    passed = {key for key in keys if all(_passes(outcomes.get(key)) for outcomes in by_leaf)}
    occasions = [
        Occasion(rule, tuple(Outcome(combination.assignment, outcomes.get(key)) for combination, outcomes in ranked))
        for key in keys
        if key not in passed
    ]
    return [judged for judged in first_outcomes if judged.key in passed], occasions


def all_pass(outcomes: Iterable[Judged]) -> bool:
    """Whether the rule was kept on all of these occasions."""
    for judged in outcomes:  # noqa: SIM110 - takes half the time of `all`
        if judged.verdict != "PASS":
            return False
    return True


def _passes(judged: Judged | None) -> bool:
    return judged is not None and judged.verdict == "PASS"


def worst_of_each(outcomes: Iterable[Judged]) -> Sequence[Judged]:
    """The worst outcome of each occasion."""
    yielded = list(outcomes)
    if len(yielded) < 2:  # nearly every run
        return yielded
    worst: dict[Key, Judged] = {}
    for outcome in yielded:
        key = outcome.key
        earlier = worst.get(key)
        if earlier is None or WORST_FIRST.index(outcome.verdict) < WORST_FIRST.index(earlier.verdict):
            worst[key] = outcome
    return [*worst.values()]
