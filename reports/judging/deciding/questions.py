"""The readings of one world for one rule, and the answers that they may give to a question of its checker.

What lives here: which combinations of undeclared readings give which answer. It must not know any rule, nor run a
checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.judging.readings import Answer, Question, Readings

Assignment = Mapping[str, str]
MOST_REMEMBERED = 500  # questions of one rule: the orders of a few weeks ask the same


@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """Values of some undeclared readings; `place` is where it stands among all that a checker may meet."""

    place: tuple[int, ...]
    assignment: Assignment


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """The combinations that gave a checker the same answers to the same questions, and the readings they speak of.

    `parted` are the branches that further questions made of it, by question and answer.
    """

    combinations: Sequence[Combination]
    names: frozenset[str]
    parted: dict[Question, Mapping[Answer, Branch]] = field(default_factory=dict)


def trunk() -> Branch:
    """Nothing was asked yet."""
    return Branch([Combination((), {})], frozenset())


@dataclass(slots=True, eq=False)
class Frame:
    """Declared values, the readings left open, and those that a checker may ask for."""

    declared: Mapping[str, object]
    undeclared: Mapping[str, tuple[str, ...]]
    allowed: frozenset[str]
    trunk: Branch = field(default_factory=trunk)
    _remembered: int = 0

    def readings(self, assignment: Assignment, answers: Mapping[Question, Answer] | None = None) -> Readings:
        """The readings for one call of a checker; an undeclared one that is not assigned has its first value.

        `answers` are those that it gets first, where they are known.
        """
        return Readings(self.declared, self.undeclared, assignment, self.allowed, answers)

    def branches(self, branch: Branch, question: Question) -> Mapping[Answer, Branch]:
        """What becomes of a branch when a question is asked: a branch for each answer that its combinations give."""
        parted = branch.parted.get(question)
        if parted is None:
            if self._remembered >= MOST_REMEMBERED:
                self.trunk, self._remembered = trunk(), 0
            self._remembered += 1
            parted = branch.parted[question] = self._parted(branch, question)
        return parted

    def _parted(self, branch: Branch, question: Question) -> Mapping[Answer, Branch]:
        by_answer: dict[Answer, list[Combination]] = {}
        for combination in branch.combinations:
            for rank, (assignment, answer) in enumerate(self._answers(question, combination.assignment)):
                by_answer.setdefault(answer, []).append(Combination((*combination.place, rank), assignment))
        return {
            answer: Branch(combinations, frozenset(name for entry in combinations for name in entry.assignment))
            for answer, combinations in by_answer.items()
        }

    def _answers(self, question: Question, assigned: Assignment) -> Iterator[tuple[Assignment, Answer]]:
        """Each reading that bears on the question opens a branch for every other value."""
        waiting = [assigned]
        while waiting:
            assigned = waiting.pop()
            readings = self.readings(assigned)
            answer = readings.answer(question)
            waiting += self._others(assigned, readings.asked)
            yield {**assigned, **readings.asked}, answer

    def _others(self, assigned: Assignment, asked_values: Assignment) -> list[Assignment]:
        """The other values of the readings that a question was the first to ask for."""
        assignments: list[Assignment] = []
        assigned_so_far = dict(assigned)
        for name, value in asked_values.items():
            if name not in assigned:
                others = [other for other in self.undeclared[name] if other != value]
                assignments += [{**assigned_so_far, name: other} for other in others]
                assigned_so_far[name] = value
        return assignments
