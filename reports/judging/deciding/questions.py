"""The readings of one world for one rule, and the answers that they may give to a question of its checker.

What lives here: which combinations of undeclared readings give which answer. It must not know any rule, nor run a
checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.judging.readings import Answer, Question, Readings

Assignment = Mapping[str, str]
MOST_REMEMBERED = 500  # questions of one rule: the orders of a few weeks ask the same


class Combination(NamedTuple):
    """Values of some undeclared readings; `key` is what tells it from others."""

    key: tuple[tuple[str, str], ...]
    assignment: Assignment


Given = tuple[Combination, Answer]
NOTHING_ASSIGNED = Combination((), {})


@dataclass(slots=True, eq=False)
class Frame:
    """Declared values, the readings left open, and those that a checker may ask for."""

    declared: Mapping[str, object]
    undeclared: Mapping[str, tuple[str, ...]]
    allowed: frozenset[str]
    _given: dict[tuple[Question, tuple[tuple[str, str], ...]], Sequence[Given]] = field(default_factory=dict)

    def readings(self, assignment: Assignment) -> Readings:
        """The readings for one call of a checker; an undeclared one that is not assigned has its first value."""
        return Readings(self.declared, self.undeclared, assignment, self.allowed)

    def answers(self, question: Question, under: Combination) -> Sequence[Given]:
        """Every combination that answers a question, and how: `under` and values of the readings that bear on it."""
        asked = question, under.key
        known = self._given.get(asked)
        if known is None:
            if len(self._given) >= MOST_REMEMBERED:
                self._given.clear()
            known = self._given[asked] = [*self._answers(question, under.assignment)]
        return known

    def _answers(self, question: Question, assigned: Assignment) -> Iterator[Given]:
        """Each reading that bears on the question opens a branch for every other value."""
        waiting = [assigned]
        while waiting:
            assigned = waiting.pop()
            readings = self.readings(assigned)
            answer = readings.answer(question)
            waiting += self._branches(assigned, readings.asked)
            assignment = {**assigned, **readings.asked}
            yield Combination(tuple(assignment.items()), assignment), answer

    def _branches(self, assigned: Assignment, asked: Assignment) -> list[Assignment]:
        """The other values of the readings that a question was the first to ask for."""
        branches: list[Assignment] = []
        fixed = dict(assigned)
        for name, value in asked.items():
            if name not in assigned:
                branches += [{**fixed, name: other} for other in self.undeclared[name] if other != value]
                fixed[name] = value
        return branches
