"""The court: every rule on every order of which nothing more is said, on every event that rules look at, on each world.

What lives here: who judges what when, and what may be judged of a story that was not seen whole. It must not know any
rule. Where all readings are declared, a checker runs once; where it asks for one that nobody declared, it runs under
every value (`occasions`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Rule, catalogue
from reports.judging.checker_interface import (
    EVENT_CHECKERS,
    INCONCLUSIVE,
    NEEDS_ONE_OF,
    NEEDS_THE_PAST,
    ORDER_CHECKERS,
    PENDING,
    TAKES_ALL,
    TYPES_CHECKED,
    WORLD_CHECKERS,
    Case,
    Judged,
    Moment,
    OrderChecker,
    Readings,
)
from reports.judging.deciding.decisions import Decisions, Rank
from reports.judging.deciding.occasions import Frame, Run, occasions_of, worst_of_each
from reports.judging.events import Event, OrderStory
from reports.judging.files import Files
from reports.judging.observation import Stretch
from reports.judging.order_owners import KnownOrder
from reports.judging.profiles import Profile, declare
from reports.judging.slots import Agenda
from reports.judging.stories import Stories
from reports.judging.survey import Survey
from reports.judging.verdicts import Finding, Tally
from reports.judging.worlds import World
from reports.rome_time import Instant
from reports.words.messages import say

NOTHING = Stretch(0, 0)


ACTS = frozenset(Agenda.TYPES)


class RuleInForce(NamedTuple):
    """A rule under the readings of a world; `rank` is its place in the catalogue.

    `settled` are the readings where all that it may ask for are declared: then one call of a checker is enough.
    """

    rule: Rule
    rank: int
    frame: Frame
    settled: Readings | None
    needs_one_of: frozenset[str]


class Settled(NamedTuple):
    """A rule on orders where all that it may ask for is declared, with the tallies of the rule by service."""

    checker: OrderChecker
    readings: Readings
    tallies: dict[str, Tally]
    rule: Rule


Concerned = tuple[Sequence[Settled], Sequence[RuleInForce]]  # the rules of an order: settled ones, and the others


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
            declared = {**self._profile.readings, **own}
            left_open = self._decisions.values.keys() - own.keys()
            self._codes[key] = [
                self._in_force(rule, rank, declared, left_open) for rank, rule in enumerate(self._wanted)
            ]
        return self._codes[key]

    def _in_force(
        self, rule: Rule, rank: int, declared: Mapping[str, object], left_open: Collection[str]
    ) -> RuleInForce:
        bearing, values = _bearing_on(rule.id), self._decisions.values
        undeclared = {name: tuple(values[name]) for name in sorted(bearing.intersection(left_open))}
        frame = Frame(declared, undeclared, bearing)
        settled = None if undeclared else Readings(declared, undeclared, {}, bearing)
        return RuleInForce(rule, rank, frame, settled, NEEDS_ONE_OF.get(rule.id, frozenset()))


@cache
def _bearing_on(rule: str) -> frozenset[str]:
    """The readings that bear on a rule, by our own catalogue."""
    return frozenset(catalogue().bearing_on(rule))


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
    _concerned: dict[frozenset[str], Concerned] = field(default_factory=dict)  # by the types of event in an order
    _on_events: dict[str, list[RuleInForce]] = field(default_factory=dict)
    _on_worlds: list[RuleInForce] = field(default_factory=list)
    _stretches: dict[str, Sequence[Stretch]] = field(default_factory=dict)  # by rule
    _common: Stretch | None = None  # of all rules, once it is known
    _never_after: int | None = None

    def admit(self, entry: RuleInForce) -> None:
        """One more rule to be judged, unless the recording did not see the wires that it needs."""
        rule, world = entry.rule, self.world
        if not world.saw(rule.observes):
            unseen = ", ".join(source for source in rule.observes if not world.saw([source]))
            needed = say("judge.wires", wires=", ".join(rule.observes))
            self._note(
                rule, Finding(world.name, INCONCLUSIVE, needed.written(), say("judge.unseen", wires=unseen).written())
            )
            return
        self._never_after = _never_after(entry.frame)
        self._stretches[rule.id] = world.observation.stretches(rule.observes)
        if rule.id in ORDER_CHECKERS:
            self._on_orders.append(entry)
        if rule.id in WORLD_CHECKERS:
            self._on_worlds.append(entry)
        for kind in TYPES_CHECKED.get(rule.id, ()):
            self._on_events.setdefault(kind, []).append(entry)

    def hear_event(self, event: Event, stories: Stories) -> None:
        """The rules on events of that type; then places and files go on."""
        entries = self._on_events.get(event.type, ())
        is_file, is_act = event.type == "csv.deposited", event.type in ACTS
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
        case = Case(story, self.world, self._never_after)
        if not story.unattributed and self._was_seen_whole(order.received_at):
            settled, undeclared = self._with_something_to_say(frozenset(story.by_type))
            self._judge_whole(settled, case)
            for entry in undeclared:
                self._judge(entry, partial(ORDER_CHECKERS[entry.rule.id], case), order.rank)
        else:
            for entry in self._on_orders:
                self._judge(entry, self._run_on(entry.rule, case), order.rank)
        self.agenda.forget(order)

    def _with_something_to_say(self, kinds: frozenset[str]) -> Concerned:
        """The rules on orders that can have an occasion or a finding in an order with events of these types only."""
        known = self._concerned.get(kinds)
        if known is None:
            rules = [rule for rule in self._on_orders if not rule.needs_one_of or rule.needs_one_of & kinds]
            settled = [
                Settled(ORDER_CHECKERS[entry.rule.id], entry.settled, self.decisions.tallies[entry.rule.id], entry.rule)
                for entry in rules
                if entry.settled is not None
            ]
            known = self._concerned[kinds] = (settled, [entry for entry in rules if entry.settled is None])
        return known

    def hear_world(self) -> None:
        """The rules on whole worlds; the trace is over."""
        for entry in self._on_worlds:
            self._judge(entry, partial(WORLD_CHECKERS[entry.rule.id], self.world), 0)

    def _judge_whole(self, settled: Sequence[Settled], case: Case) -> None:
        """Rules on an order that was seen whole: the way that nearly every occasion goes, kept short."""
        for checker, readings, tallies, rule in settled:
            try:
                outcomes = worst_of_each(checker(case, readings))
            except Exception as fault:
                self._note_fault(rule, fault)
                continue
            for judged in outcomes:
                if judged.verdict == "PASS" and judged.service in tallies:
                    tallies[judged.service].occasions += 1
                else:
                    self.decisions.take_certain(rule.id, judged)

    def _judge(self, entry: RuleInForce, run: Run, place: int) -> None:
        try:
            if entry.settled is None:
                certain, occasions = occasions_of(entry.rule.id, run, entry.frame)
            else:
                certain, occasions = worst_of_each(run(entry.settled)), ()
        except Exception as fault:
            self._note_fault(entry.rule, fault)
            return
        for judged in certain:
            self.decisions.take_certain(entry.rule.id, judged)
        for number, occasion in enumerate(occasions):
            rank: Rank = (self.rank, entry.rank, place, number)
            self.decisions.take(occasion, rank)

    def _was_seen_whole(self, received_at: Instant | None) -> bool:
        """Whether every rule saw all of an order that was received then: one stretch to the end, begun before it."""
        if self._common is None:
            stretches = {tuple(spans) for spans in self._stretches.values()}
            single = len(stretches) == 1 and len(spans := next(iter(stretches))) == 1
            self._common = spans[0] if single and spans[0].until in (None, self.world.until) else NOTHING
        since, several = self._common.since, len(self.world.operators) > 1
        begun_since = since is None or (received_at is not None and received_at > since and not several)
        return self._common is not NOTHING and begun_since

    def _run_on(self, rule: Rule, case: Case) -> Run:
        """The checker of a rule on one order, in every stretch of time in which the wires of the rule were seen."""
        story = case.order
        if rule.id in TAKES_ALL:
            return partial(ORDER_CHECKERS[rule.id], case)
        *earlier, last = self._stretches[rule.id]
        last_run = self._run_in(last, rule, story)
        runs = [
            _found_in(self._run_in(stretch, rule, story.cut_after(stretch.until)))
            for stretch in earlier
            if stretch.until is not None and story.began_by(stretch.until)
        ]
        return last_run if not runs else lambda readings: chain(*(run(readings) for run in [*runs, last_run]))

    def _run_in(self, stretch: Stretch, rule: Rule, story: OrderStory) -> Run:
        """The checker of a rule on one order, as far as its story was seen and can be told from another's."""
        checker = ORDER_CHECKERS[rule.id]
        strange = [event for event in story.unattributed if event.source in rule.observes]
        known = story.cut_before(strange[0]) if strange else story
        case = Case(known, self.world, self._never_after, stretch.until)
        since, received = stretch.since, story.received
        if since is not None and (received is None or received.at <= since):
            doubtful = rule.id in NEEDS_THE_PAST or self._may_be_anothers(story)
            return lambda readings: _seen_only(checker(case, readings), since, doubtful)
        if since is not None and self._may_be_anothers(story):
            return lambda readings: _seen_only(checker(case, readings), since, needs_past=True)
        if not strange:
            return partial(checker, case)
        told, observed = say("judge.tells_operator"), say("judge.of_several", count=len(strange))
        several = case.unknown(told, observed, *strange)
        return lambda readings: chain(checker(case, readings), [several])

    def _note_fault(self, rule: Rule, fault: Exception) -> None:
        """A fault of the harness is a verdict, never a crash."""
        problem = f"{type(fault).__name__}: {fault}"
        decides, observed = say("judge.decides", rule=rule.id), say("judge.fault", problem=problem)
        self._note(rule, Finding(self.world.name, "ERROR", decides.written(), observed.written()))

    def _may_be_anothers(self, story: OrderStory) -> bool:
        """Whether an event may be of another operator's order of the same code, handed in before all was seen."""
        events = (event for events in story.by_type.values() for event in events)
        return len(self.world.operators) > 1 and not all(event.data.get("operator") for event in events)

    def _note(self, rule: Rule, finding: Finding) -> None:
        self.decisions.tallies[rule.id].setdefault("", Tally()).note(finding)


def _never_after(frame: Frame) -> int | None:
    """After how many milliseconds an obligation without a bound counts as never met; None where it never does."""
    seconds = frame.declared["never_after"]
    return seconds * 1000 if isinstance(seconds, int) and "never_after" not in frame.undeclared else None


def _seen_only(outcomes: Iterator[Judged], since: Instant, needs_past: bool) -> Iterator[Judged]:
    """Of an order that began before it was seen: what was seen, and nothing held against what was not."""
    for judged in outcomes:
        if judged.at is not None and judged.at < since:
            continue
        if needs_past and judged.verdict in {"FAIL", "WARNING"}:
            observed = say("maybe_begun_before", observed=judged.observed)
            yield judged._replace(verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged


def _found_in(run: Run) -> Run:
    """What is certain at the end of a stretch of time after which nothing was seen for a while."""
    return lambda readings: (judged for judged in run(readings) if judged.verdict not in {PENDING, INCONCLUSIVE})
