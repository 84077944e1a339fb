"""The judging of one world: every rule on its events while they are read, on its orders, and on the world.

What lives here: who judges what when, and what may be judged of a story that was not seen whole. It must not know any
rule. Where all readings are declared, a checker runs once; where it asks for one that nobody declared, it runs under
every value (`occasions`).

Orders are judged many at a time, rule by rule. One checker on two hundred orders, then the next one, takes a fifth
less time than all checkers on one order, then on the next: what a checker works with is still at hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from reports.judging.catalogue import Rule
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
)
from reports.judging.deciding.decisions import Decisions, Rank
from reports.judging.deciding.occasions import Heard, Run, all_pass, heard_under_all, occasions_of, worst_of_each
from reports.judging.deciding.questions import Frame
from reports.judging.events import Event, OrderStory
from reports.judging.files import Files
from reports.judging.observation import Stretch
from reports.judging.order_owners import KnownOrder
from reports.judging.readings import Readings
from reports.judging.slots import Agenda
from reports.judging.stories import Stories
from reports.judging.verdicts import Finding, Tally
from reports.judging.worlds import World
from reports.rome_time import Instant
from reports.words.messages import say

NOTHING = Stretch(0, 0)
ACTS = frozenset(Agenda.TYPES)
SERVICE_OF = attrgetter("service")


class RuleInForce(NamedTuple):
    """A rule under the readings of a world; `rank` is its place in the catalogue.

    `settled` are the readings where all that it may ask for are declared: then one call of a checker is enough.
    """

    rule: Rule
    rank: int
    frame: Frame
    settled: Readings | None


@dataclass(slots=True, eq=False)  # not a tuple: fifty rules look at it, and a slot is found faster
class Finished:
    """An order of which nothing more is said: its place in its world, and whether every rule saw all of it."""

    rank: int
    case: Case
    seen_whole: bool
    kinds: Collection[str]  # the types of event that are told of it


@dataclass(slots=True)
class Session:
    """The judging of one world: its rules, and its places and files as far as the trace has been read."""

    world: World
    rank: int
    decisions: Decisions
    agenda: Agenda = field(default_factory=Agenda)
    files: Files = field(default_factory=Files)
    heard: set[str] = field(default_factory=lambda: {"csv.deposited", *Agenda.TYPES})
    _on_orders: list[RuleInForce] = field(default_factory=list)
    _finished: list[Finished] = field(default_factory=list)
    _on_events: dict[str, list[RuleInForce]] = field(default_factory=dict)
    _on_worlds: list[RuleInForce] = field(default_factory=list)
    _stretches: dict[str, Sequence[Stretch]] = field(default_factory=dict)  # by rule
    _asking: set[str] = field(default_factory=set)  # rules that asked for a reading that nobody declared
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
            self.heard.add(kind)

    def hear_event(self, event: Event, stories: Stories) -> None:
        """The rules on events of that type, one of those `heard`; then places and files go on."""
        entries = self._on_events.get(event.type, ())
        is_file, is_act = event.type == "csv.deposited", event.type in ACTS
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
        """One order of which nothing more is said: it waits to be judged with others."""
        whole = not story.unattributed and self._was_seen_whole(order.received_at)
        self._finished.append(Finished(order.rank, Case(story, self.world, self._never_after), whole, story.by_type))
        self.agenda.forget(order)

    def judge_orders(self) -> None:
        """The rules on orders, each on all orders that wait and of which it may have something to say."""
        concerned: dict[frozenset[str], list[Finished]] = {frozenset(): self._finished}  # by what a rule needs
        seen_whole = all(order.seen_whole for order in self._finished)
        for entry in self._on_orders if self._finished else ():
            needs = NEEDS_ONE_OF[entry.rule.id]
            if needs not in concerned:
                concerned[needs] = [  # what was not seen whole may have had what it needs
                    order for order in self._finished if not (order.seen_whole and needs.isdisjoint(order.kinds))
                ]
            if not seen_whole:
                self._judge_apart(entry, concerned[needs])
            elif entry.rule.id in self._asking:
                self._judge_under_all(entry, concerned[needs])
            else:
                self._judge_together(entry, entry.settled or entry.frame.readings({}), concerned[needs])
        self._finished.clear()

    def _judge_together(self, entry: RuleInForce, readings: Readings, orders: Sequence[Finished]) -> None:
        """One rule on orders that were seen whole, unless it asks for what is undeclared: nearly always, and short."""
        checker = ORDER_CHECKERS[entry.rule.id]
        try:
            outcomes = [judged for order in orders for judged in checker(order.case, readings)]
        except Exception:  # it comes again, and is noted of its order
            self._judge_apart(entry, orders)
            return
        if entry.settled is None and readings.told:
            self._asking.add(entry.rule.id)
            self._judge_under_all(entry, orders)
            return
        kept = {*outcomes}  # an event that is kept counts once
        if others := {judged.subject for judged in outcomes if judged.verdict != "PASS"}:
            for judged in worst_of_each([judged for judged in outcomes if judged.subject in others]):
                self.decisions.take_certain(entry.rule.id, judged)
            kept = {judged for judged in kept if judged.subject not in others}
        self.decisions.count_kept(entry.rule.id, map(SERVICE_OF, kept))

    def _judge_under_all(self, entry: RuleInForce, orders: Sequence[Finished]) -> None:
        """The same of a rule that may ask for them. Readings of which it asked nothing serve for the next order."""
        rule, checker, frame = entry.rule.id, ORDER_CHECKERS[entry.rule.id], entry.frame
        readings, kept = frame.readings({}), set[Judged]()
        for order in orders:
            try:
                yielded = [*checker(order.case, readings)]
                if readings.told:
                    self._take(
                        entry, heard_under_all(rule, partial(checker, order.case), frame, readings, yielded), order.rank
                    )
                elif all_pass(yielded):
                    kept.update(yielded)
                else:
                    self._take(entry, Heard(worst_of_each(yielded)), order.rank)
            except Exception as fault:
                self._note_fault(entry.rule, fault)
            if readings.told:
                readings = frame.readings({})
        self.decisions.count_kept(rule, map(SERVICE_OF, kept))

    def _judge_apart(self, entry: RuleInForce, orders: Sequence[Finished]) -> None:
        """One rule, order by order."""
        for order in orders:
            whole = partial(ORDER_CHECKERS[entry.rule.id], order.case)
            self._judge(entry, whole if order.seen_whole else self._run_on(entry.rule, order.case), order.rank)

    def hear_world(self) -> None:
        """The rules on whole worlds; the trace is over."""
        for entry in self._on_worlds:
            self._judge(entry, partial(WORLD_CHECKERS[entry.rule.id], self.world), 0)

    def _judge(self, entry: RuleInForce, run: Run, place: int) -> None:
        try:
            if entry.settled is None:
                heard = occasions_of(entry.rule.id, run, entry.frame)
            else:
                heard = Heard(worst_of_each(run(entry.settled)))
        except Exception as fault:
            self._note_fault(entry.rule, fault)
            return
        self._take(entry, heard, place)

    def _take(self, entry: RuleInForce, heard: Heard, place: int) -> None:
        """What was heard on one order or event."""
        for judged in heard.certain:
            self.decisions.take_certain(entry.rule.id, judged)
        self.decisions.asked.update(heard.asked)
        for number, occasion in enumerate(heard.occasions):
            rank: Rank = (self.rank, entry.rank, place, number)
            self.decisions.take(occasion, rank)

    def _was_seen_whole(self, received_at: Instant | None) -> bool:
        """Whether every rule saw all of an order that was received then: one stretch to the end, begun before it."""
        if self._common is None:
            stretches = {tuple(spans) for spans in self._stretches.values()}
            single = len(stretches) == 1 and len(spans := next(iter(stretches))) == 1
            self._common = spans[0] if single and spans[0].until in (None, self.world.until) else NOTHING
        since, several = self._common.since, len(self.world.owners.operators) > 1
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
        return len(self.world.owners.operators) > 1 and not all(event.data.get("operator") for event in events)

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
            yield replace(judged, verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged


def _found_in(run: Run) -> Run:
    """What is certain at the end of a stretch of time after which nothing was seen for a while."""
    return lambda readings: (judged for judged in run(readings) if judged.verdict not in {PENDING, INCONCLUSIVE})
