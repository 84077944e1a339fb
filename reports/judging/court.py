"""The court: every rule on every order of which nothing more is said, on every event that rules look at, on each world.

What lives here: who judges what when, and what may be judged of a story that was not seen whole. It must not know any
rule. Where all readings are declared, a checker runs once; where it asks for one that nobody declared, it runs under
every value (`occasions`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Rule, catalogue
from reports.judging.checker_interface import (
    EVENT_CHECKERS,
    INCONCLUSIVE,
    NEEDS_THE_PAST,
    ORDER_CHECKERS,
    TAKES_ALL,
    TYPES_CHECKED,
    WORLD_CHECKERS,
    Case,
    Judged,
    Moment,
)
from reports.judging.deciding.decisions import Decisions, Rank
from reports.judging.deciding.occasions import Frame, Run, occasions_of
from reports.judging.events import Event, OrderStory
from reports.judging.files import Files
from reports.judging.order_owners import KnownOrder
from reports.judging.profiles import Profile, declare
from reports.judging.slots import Agenda
from reports.judging.stories import Stories
from reports.judging.survey import Survey
from reports.judging.verdicts import Finding, Tally
from reports.judging.worlds import World
from reports.words.messages import say


class RuleInForce(NamedTuple):
    """A rule under the readings of a world; `rank` is its place in the catalogue."""

    rule: Rule
    rank: int
    frame: Frame


class Court:
    """Judges a surveyed trace while it is read again; `wanted` are the rules that are judged."""

    def __init__(self, survey: Survey, profile: Profile, decisions: Decisions, wanted: Collection[str]) -> None:
        self._survey, self._profile, self._decisions = survey, profile, decisions
        self._wanted = [rule for rule in catalogue().rules.values() if rule.id in wanted]
        self._codes: dict[str, list[RuleInForce]] = {}
        self._sessions = {world.name: self._session(rank, world) for rank, world in enumerate(survey.worlds)}

    def hear(self, events: Iterable[Event]) -> None:
        """Judges every event, every order and every world of the trace."""
        stories = Stories(self._survey)
        for event in events:
            if event.type == "scenario.finished":
                continue
            session, over = self._sessions[event.world], stories.take(event)
            session.hear_event(event, stories)
            for order in over:
                session.hear_order(order, stories.finished(order))
        for session in self._sessions.values():
            session.hear_world()

    def _session(self, rank: int, world: World) -> Session:
        rules = [entry for entry in self._rules_in(world) if _applies(entry.rule, world)]
        session = Session(world, rank, self._decisions)
        for entry in rules:
            session.admit(entry)
        return session

    def _rules_in(self, world: World) -> list[RuleInForce]:
        """The rules under the readings that a world declares; worlds that declare the same share them."""
        key = json.dumps(world.readings, sort_keys=True, default=str)
        if key not in self._codes:
            own = declare(world.readings, f"world {world.name}")
            self._codes[key] = [self._in_force(rule, rank, own) for rank, rule in enumerate(self._wanted)]
        return self._codes[key]

    def _in_force(self, rule: Rule, rank: int, own: Mapping[str, object]) -> RuleInForce:
        bearing, values = frozenset(catalogue().bearing_on(rule.id)), self._decisions.values
        undeclared = {name: tuple(values[name]) for name in sorted(bearing & (values.keys() - own.keys()))}
        return RuleInForce(rule, rank, Frame({**self._profile.readings, **own}, undeclared, bearing))


def _applies(rule: Rule, world: World) -> bool:
    return rule.family != "OP" or world.under_test == OPERATOR_SIDE


@dataclass(slots=True)
class Session:
    """The judging of one world: its rules, and its places and files as far as the trace has been read."""

    world: World
    rank: int
    decisions: Decisions
    agenda: Agenda = field(default_factory=Agenda)
    files: Files = field(default_factory=Files)
    _on_orders: list[RuleInForce] = field(default_factory=list)
    _on_events: dict[str, list[RuleInForce]] = field(default_factory=dict)
    _on_worlds: list[RuleInForce] = field(default_factory=list)
    _never_after: int | None = None

    def admit(self, entry: RuleInForce) -> None:
        """One more rule to be judged, unless the recording did not see the wires that it needs."""
        rule, world = entry.rule, self.world
        if not world.saw(rule.observes):
            unseen = ", ".join(source for source in rule.observes if not world.saw([source]))
            needed = say("judge.wires", wires=", ".join(rule.observes))
            self._note(rule, Finding(world.name, INCONCLUSIVE, needed, say("judge.unseen", wires=unseen)))
            return
        self._never_after = _never_after(entry.frame)
        if rule.id in ORDER_CHECKERS:
            self._on_orders.append(entry)
        if rule.id in WORLD_CHECKERS:
            self._on_worlds.append(entry)
        for kind in TYPES_CHECKED.get(rule.id, ()):
            self._on_events.setdefault(kind, []).append(entry)

    def hear_event(self, event: Event, stories: Stories) -> None:
        """The rules on events of that type; then places and files go on."""
        entries = self._on_events.get(event.type, ())
        is_file, is_act = event.type == "csv.deposited", event.type in Agenda.TYPES
        if not (entries or is_file or is_act):
            return
        order = None if is_file else self.world.order_of(event)
        story = None if order is None else stories.under_way[order.number]
        moment = Moment(event, order, story, self.world, self.agenda, self.files)
        for entry in entries:
            self._judge(entry, partial(EVENT_CHECKERS[entry.rule.id], moment), event.index)
        if is_file:
            self.files.follow(event)
        elif is_act:
            self.agenda.follow(event, order)

    def hear_order(self, order: KnownOrder, story: OrderStory) -> None:
        """The rules on orders, and one order of which nothing more is said."""
        for entry in self._on_orders:
            self._judge(entry, self._run_on(entry.rule, order, story), order.rank)
        self.agenda.forget(order)

    def hear_world(self) -> None:
        """The rules on whole worlds; the trace is over."""
        for entry in self._on_worlds:
            self._judge(entry, partial(WORLD_CHECKERS[entry.rule.id], self.world), 0)

    def _judge(self, entry: RuleInForce, run: Run, place: int) -> None:
        rule = entry.rule
        try:
            occasions = list(occasions_of(rule.id, run, entry.frame))
        except Exception as fault:  # a fault of the harness is a verdict, never a crash
            problem = f"{type(fault).__name__}: {fault}"
            decides, observed = say("judge.decides", rule=rule.id), say("judge.fault", problem=problem)
            self._note(rule, Finding(self.world.name, "ERROR", decides, observed))
            return
        for number, occasion in enumerate(occasions):
            rank: Rank = (self.rank, entry.rank, place, number)
            self.decisions.take(occasion, rank)

    def _run_on(self, rule: Rule, order: KnownOrder, story: OrderStory) -> Run:
        """The checker of a rule on one order, as far as its story was seen and can be told from another's."""
        checker = ORDER_CHECKERS[rule.id]
        strange = (
            [] if rule.id in TAKES_ALL else [event for event in story.unattributed if event.source in rule.observes]
        )
        case = Case(story.cut_before(strange[0]) if strange else story, self.world, self._never_after)
        if self.world.began_unseen(order.received_at) and rule.id not in TAKES_ALL:
            return lambda readings: _seen_only(checker(case, readings), self.world, rule.id in NEEDS_THE_PAST)
        if not strange:
            return lambda readings: checker(case, readings)
        told, observed = say("judge.tells_operator"), say("judge.of_several", count=len(strange))
        several = case.unknown(told, observed, *strange)
        return lambda readings: chain(checker(case, readings), [several])

    def _note(self, rule: Rule, finding: Finding) -> None:
        self.decisions.tallies[rule.id].setdefault("", Tally()).note(finding)


def _never_after(frame: Frame) -> int | None:
    """After how many milliseconds an obligation without a bound counts as never met; None where it never does."""
    seconds = frame.declared["never_after"]
    return seconds * 1000 if isinstance(seconds, int) and "never_after" not in frame.undeclared else None


def _seen_only(outcomes: Iterator[Judged], world: World, needs_past: bool) -> Iterator[Judged]:
    """Of an order that began before the recording: what was seen, and nothing held against what was not."""
    for judged in outcomes:
        if judged.at is not None and world.since is not None and judged.at < world.since:
            continue
        if needs_past and judged.verdict in {"FAIL", "WARNING"}:
            observed = say("maybe_begun_before", observed=judged.observed)
            yield replace(judged, verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged
