"""Runs a checker under every combination of the undeclared readings that it asks for, and gathers what it yields.

What lives here: leaves and occasions. It must not know any rule, nor decide anything.

Where a checker asks for a reading that nobody declared, it runs again for every other answer: the combinations of
values form a tree, and each leaf of it has what the checker yields when it gets the answers of that combination. A leaf
says nothing of the readings that were not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.judging.checker_interface import INCONCLUSIVE, PENDING, Judged
from reports.judging.deciding.questions import NOTHING_ASSIGNED, Assignment, Combination, Frame
from reports.judging.readings import Answer, Question, Readings

WORST_FIRST = (
    "FAIL",
    INCONCLUSIVE,
    "WARNING",
    "PASS",
    PENDING,
)  # of one occasion under one combination
Run = Callable[[Readings], Iterator[Judged]]
Key = tuple[str, str]
Answers = tuple[Answer, ...]


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


class Heard(NamedTuple):
    """What a checker yielded: what it says whatever the readings, the occasions that depend on some that nobody
    declared, and which of these it asked for."""

    certain: Sequence[Judged]
    occasions: Sequence[Occasion] = ()
    asked: Collection[str] = ()


Outcomes = Mapping[Key, Judged]
Leaf = tuple[Assignment, Outcomes]


def occasions_of(rule: str, run: Run, frame: Frame) -> Heard:
    """What a checker yields under every combination of the undeclared readings that it asks for."""
    readings = frame.readings({})
    first = worst_of_each(run(readings))
    if not readings.told:
        return Heard(first)
    runs = Runs(run, frame)
    runs.note(readings, first)
    leaves = [*runs.leaves((), NOTHING_ASSIGNED)]
    yielded = [*runs.outcomes.values()]
    keys = dict.fromkeys(key for _, outcomes in leaves for key in outcomes)
    passed = {key for key in keys if all(_passes(outcomes.get(key)) for outcomes in yielded)}
    occasions = [
        Occasion(rule, tuple(Outcome(assignment, outcomes.get(key)) for assignment, outcomes in leaves))
        for key in keys
        if key not in passed
    ]
    asked = {name for assignment, _ in leaves for name in assignment} if keys else ()
    return Heard([judged for judged in first if judged.key in passed], occasions, asked)


@dataclass(slots=True)
class Runs:
    """The runs of a checker on one order or event: what it asks and what it yields, by the answers that it got.

    Most combinations give a checker the same answers: of twelve that bear on the end of a term, one of three or four
    instants. It runs once for each answer, not for each combination: a long trace takes 0.6 of the time under `any`.
    """

    run: Run
    frame: Frame
    outcomes: dict[Answers, Outcomes] = field(default_factory=dict)
    _questions: dict[Answers, Question] = field(default_factory=dict)

    def note(self, readings: Readings, yielded: Iterable[Judged]) -> None:
        """One run under these readings, and what it yielded."""
        answers: Answers = ()
        for question, answer in readings.told.items():
            self._questions[answers] = question
            answers = (*answers, answer)
        self.outcomes[answers] = {judged.key: judged for judged in yielded}

    def leaves(self, answers: Answers, under: Combination) -> Iterator[Leaf]:
        """Every combination that gives these answers and then one to each further question, and what comes of it."""
        for combination, answer in self.frame.answers(self._questions[answers], under):
            given = (*answers, answer)
            if given not in self.outcomes and given not in self._questions:
                readings = self.frame.readings(combination.assignment)
                self.note(readings, worst_of_each(self.run(readings)))
            if given in self.outcomes:
                yield combination.assignment, self.outcomes[given]
            else:
                yield from self.leaves(given, combination)


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
