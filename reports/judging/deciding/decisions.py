"""Decides occasions: what became of each over all undeclared readings, and which readings explain the whole trace.

What lives here: the two principles of undeclared readings. It must not know any rule, nor how checkers run.

An *open* reading is the system's own choice, but one choice: of all its values only those count that explain every
occasion of the whole trace that can be explained, across all rules; where none does, the rules of the occasions that
contradict each other fail. A *disputed* reading is judged under every value: a rule that is violated under each
combination fails, one that is violated under some is AMBIGUOUS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from reports.judging.checker_interface import INCONCLUSIVE, PENDING, Judged
from reports.judging.deciding.inference import (
    Assignment,
    Component,
    Constraint,
    components_of,
    constraint_of,
    contradiction,
    is_compatible,
)
from reports.judging.deciding.occasions import Occasion, Outcome
from reports.judging.verdicts import MOST_OF_A_KIND, Finding, Tally
from reports.words.messages import Message, Words, either, enumerated, say, together, written

BEST_FIRST = ("PASS", PENDING, "WARNING", INCONCLUSIVE, "FAIL")  # of one occasion under several values of open readings
Tallies = dict[str, Tally]  # of one rule, by service


class Side(NamedTuple):
    """An occasion under one combination of disputed readings, the best that the values left of the open ones give."""

    disputed: Assignment
    judged: Judged | None

    @property
    def is_broken(self) -> bool:
        return self.judged is not None and self.judged.verdict == "FAIL"


Signature = tuple[tuple[tuple[tuple[str, str], ...], str], ...]
Rank = tuple[int, ...]  # of an occasion in a trace: its world, its rule, its order, its place among those of the order


@dataclass(slots=True)
class Contest:
    """The occasions of one rule and service that are violated under the same combinations of readings.

    The first of them stands for all; so many are kept as findings are.
    """

    rank: Rank
    first: Occasion
    occasions: list[Occasion] = field(default_factory=list)
    count: int = 0

    def take(self, occasion: Occasion, rank: Rank) -> None:
        self.count += 1
        if rank < self.rank:
            self.rank, self.first = rank, occasion
        if len(self.occasions) < MOST_OF_A_KIND:
            self.occasions.append(occasion)


@dataclass(slots=True)
class Decisions:
    """Takes in the occasions of a whole trace and decides them; `values` are those of the undeclared readings.

    They may come in any order: their ranks tell which stands first.
    """

    values: Mapping[str, Sequence[str]]
    open_names: frozenset[str]
    tallies: dict[str, Tallies]
    asked: set[str] = field(default_factory=set)
    _contests: dict[tuple[str, str, Signature], Contest] = field(default_factory=dict)

    def take_certain(self, rule: str, judged: Judged) -> None:
        """One more occasion that depends on nothing undeclared."""
        tally = self.tallies[rule].get(judged.service) or self._tally(rule, judged.service)
        if judged.verdict == "PASS":
            tally.occasions += 1
        else:
            _add_to(tally, [Side({}, judged)])

    def count_kept(self, rule: str, services: Iterable[str]) -> None:
        """Occasions of a rule that were kept whatever is undeclared, each of an order of one of these services."""
        for service, occasions in Counter(services).items():
            self._tally(rule, service).occasions += occasions

    def take(self, occasion: Occasion, rank: Rank) -> None:
        """One more occasion: decided at once unless it depends on what others say."""
        if occasion.is_contested:
            key = (occasion.rule, occasion.example.service, _signature(occasion))
            contest = self._contests.get(key)
            if contest is None:
                contest = self._contests[key] = Contest(rank, occasion)
            contest.take(occasion, rank)
        else:
            self._settle(occasion, self._sides_of(occasion, {}))

    def _tally(self, rule: str, service: str) -> Tally:
        by_service = self.tallies[rule]
        if service not in by_service:
            by_service[service] = Tally()
        return by_service[service]

    def conclude(self) -> dict[str, list[str]]:
        """Decide what was contested; the values left of each open reading that was asked for."""
        contests = sorted(self._contests.values(), key=lambda contest: contest.rank)
        constrained = [(contest.first, self._open_constraint(contest.first)) for contest in contests]
        components = self._components(constrained, say("judge.one_value"))
        by_name = {name: component for component in components for name in component.names}
        by_rule: dict[str, list[Contest]] = {}
        for contest in contests:
            by_rule.setdefault(contest.first.rule, []).append(contest)
        for of_rule in by_rule.values():
            disputed = [
                (contest.first, _disputed_constraint(self._sides_of(contest.first, by_name))) for contest in of_rule
            ]
            self._components(disputed, say("judge.one_combination"))
            for contest in of_rule:
                self._settle_all(contest, by_name)
        return {name: self._values_left(name, by_name) for name in sorted(self.asked & self.open_names)}

    def _settle_all(self, contest: Contest, by_name: Mapping[str, Component]) -> None:
        """Each occasion that was kept, and as many times as there are others what became of the first."""
        for occasion in contest.occasions:
            self._settle(occasion, self._sides_of(occasion, by_name))
        if beyond := contest.count - len(contest.occasions):
            sample = Tally()
            _add_to(sample, self._sides_of(contest.first, by_name))
            tally = self._tally(contest.first.rule, contest.first.example.service)
            tally.occasions += sample.occasions * beyond
            for finding in sample.findings:
                tally.count_more(finding.verdict, beyond)

    def _values_left(self, name: str, by_name: Mapping[str, Component]) -> list[str]:
        left = by_name[name].values_left(name) if name in by_name else set(self.values[name])
        return [value for value in self.values[name] if value in left]

    def _open_constraint(self, occasion: Occasion) -> Constraint | None:
        kept_combinations = (outcome.assignment for outcome in occasion.outcomes if not outcome.is_broken)
        return constraint_of(kept_combinations, self.open_names)

    def _components(
        self, constrained: Sequence[tuple[Occasion, Constraint | None]], expected: Message
    ) -> list[Component]:
        """The components of some constraints; where one has no solution, its rules fail."""
        components = components_of((constraint for _, constraint in constrained if constraint), self.values)
        for component in components:
            if not component.solutions:
                self._note_contradiction(component, constrained, expected)
        return components

    def _note_contradiction(
        self, component: Component, constrained: Sequence[tuple[Occasion, Constraint | None]], expected: Message
    ) -> None:
        """A FAIL of every rule whose occasions contradict each other, naming the first occasion of each constraint."""
        needs = contradiction(component, self.values)
        occasions = [next(occasion for occasion, constraint in constrained if constraint == need) for need in needs]
        demands = [
            say("judge.needs", subject=occasion.example.subject, need=_demand_words(need))
            for occasion, need in zip(occasions, needs, strict=True)
        ]
        evidence = dict.fromkeys(occasion.example.evidence[0] for occasion in occasions if occasion.example.evidence)
        finding = Finding(
            occasions[0].example.subject, "FAIL", expected.written(), written(enumerated(demands)),
            reading=", ".join(component.names), evidence=tuple(evidence),
        )  # fmt: skip
        for rule in dict.fromkeys(occasion.rule for occasion in occasions):
            self._tally(rule, "").note(finding)

    def _sides_of(self, occasion: Occasion, by_name: Mapping[str, Component]) -> list[Side]:
        """The occasion under every combination of the disputed readings that it was asked under."""
        possible = [outcome for outcome in occasion.outcomes if _is_possible(outcome.assignment, by_name)]
        asked = {name for outcome in possible for name in outcome.assignment}
        names = sorted(asked - self.open_names)
        if not names:
            return [Side({}, _best_outcome(possible))]
        return [
            Side(disputed, _best_outcome([outcome for outcome in possible if _agree(outcome.assignment, disputed)]))
            for values in product(*(self.values[name] for name in names))
            for disputed in [dict(zip(names, values, strict=True))]
        ]

    def _settle(self, occasion: Occasion, sides: Sequence[Side]) -> None:
        """Adds a decided occasion to the tally of its service."""
        _add_to(self._tally(occasion.rule, occasion.example.service), sides)


def _add_to(tally: Tally, sides: Sequence[Side]) -> None:
    judged = [side.judged for side in sides if side.judged is not None]
    verdicts = {outcome.verdict for outcome in judged}
    broken = [outcome for outcome in judged if outcome.verdict == "FAIL"]
    unknown = [outcome for outcome in judged if outcome.verdict == INCONCLUSIVE]
    if unknown and len(broken) < len(sides):
        tally.note(finding_of(unknown[0], INCONCLUSIVE))
    elif not broken and PENDING in verdicts and "PASS" not in verdicts:
        pending = next(outcome for outcome in judged if outcome.verdict == PENDING)
        tally.note_pending(finding_of(pending, INCONCLUSIVE))
    elif judged:
        tally.occasions += 1
        if len(broken) == len(sides):
            tally.note(finding_of(broken[0], "FAIL"))
        elif broken:
            tally.note(finding_of(broken[0], "AMBIGUOUS", _deciding_readings(sides)))
        elif verdicts == {"WARNING"} and len(judged) == len(sides):  # slow under every reading
            tally.note(finding_of(judged[0], "WARNING"))


def _signature(occasion: Occasion) -> Signature:
    """Under which combinations it is violated, kept, or no occasion."""
    return tuple(
        [
            (tuple(assignment.items()), "" if judged is None else judged.verdict)
            for assignment, judged in occasion.outcomes
        ]
    )


def finding_of(judged: Judged, verdict: str, reading: Words | None = None) -> Finding:
    """What was judged, as a finding."""
    return Finding(
        judged.subject, verdict, written(judged.expected), written(judged.observed), judged.deadline, judged.offset_ms,
        None if reading is None else written(reading),
        judged.evidence, judged.service,
    )  # fmt: skip


def _is_possible(assignment: Assignment, by_name: Mapping[str, Component]) -> bool:
    """Whether a combination agrees with some solution of every component that it speaks of."""
    components = {id(by_name[name]): by_name[name] for name in assignment if name in by_name}
    return all(
        not component.solutions or any(is_compatible(assignment, solution) for solution in component.solutions)
        for component in components.values()
    )


def _agree(assignment: Assignment, disputed: Assignment) -> bool:
    return all(assignment.get(name, value) == value for name, value in disputed.items())


def _best_outcome(outcomes: Sequence[Outcome]) -> Judged | None:
    """The best of what the open readings left allow; no occasion at all is better than anything but a PASS."""
    judged = [outcome.judged for outcome in outcomes if outcome.judged is not None]
    best = min(judged, key=lambda outcome: BEST_FIRST.index(outcome.verdict), default=None)
    return None if best is not None and best.verdict != "PASS" and len(judged) < len(outcomes) else best


def _disputed_constraint(sides: Sequence[Side]) -> Constraint | None:
    kept = [side.disputed for side in sides if not side.is_broken]
    if not 0 < len(kept) < len(sides):
        return None
    return constraint_of(kept, {name for side in sides for name in side.disputed})


def _deciding_readings(sides: Sequence[Side]) -> Message:
    """One combination of disputed readings that is violated, and which single changes of it are kept."""
    kept = [side.disputed for side in sides if not side.is_broken]
    broken = [side.disputed for side in sides if side.is_broken]
    ways_out = ((violated, [near for near in kept if len(_differing(violated, near)) == 1]) for violated in broken)
    way_out = next((way_out for way_out in ways_out if way_out[1]), None)
    combination, kept_ones = way_out or (broken[0], kept[:1])
    changes: dict[str, list[str]] = {}
    for kept_one in kept_ones:
        for name in _differing(combination, kept_one):
            changes.setdefault(name, []).append(kept_one[name])
    violated = ", ".join(f"{name}={combination[name]}" for name in sorted(changes))
    values = [f"{name}={'|'.join(sorted(changes[name]))}" for name in sorted(changes)]
    return say("judge.reading", violated=violated, kept=either(values) if way_out else enumerated(values))


def _differing(combination: Assignment, other: Assignment) -> list[str]:
    return [name for name in combination if combination[name] != other[name]]


def _demand_words(constraint: Constraint) -> Words:
    """A constraint in words: `csv_date=sms_day`, or what may be instead."""
    needs = [together([f"{name}={value}" for name, value in sorted(need)]) for need in constraint]
    return either(sorted(needs, key=written))
