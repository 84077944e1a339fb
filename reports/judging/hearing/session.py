"""The judging of one world: every rule on its events while they are read, on its orders, and on the world.

What lives here: which rule judges what, and when. It must not know any rule, nor what is judged of an order that was
not seen whole (`rule_stretches`). Where all readings are declared, a checker runs once; where it asks for one that
nobody declared, it runs under every value (`occasions`).

Orders are judged many at a time, rule by rule. One checker on two hundred orders, then the next checker, takes a fifth
less time than all checkers on one order, then on the next: what a checker works with is still in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from reports.judging.catalogue import Rule
from reports.judging.checker_interface import INCONCLUSIVE, Case, Judged, Moment
from reports.judging.checker_register import EVENT_CHECKERS, NEEDS_ONE_OF, ORDER_CHECKERS, TYPES_CHECKED, WORLD_CHECKERS
from reports.judging.deciding.decisions import Decisions, Rank
from reports.judging.deciding.occasions import Hearing, Run, all_pass, hearing_of, hearing_under_all, worst_of_each
from reports.judging.deciding.questions import Frame
from reports.judging.events import Event
from reports.judging.files import Files
from reports.judging.hearing.rule_stretches import RuleStretches
from reports.judging.hearing.stories import Stories
from reports.judging.order_owners import KnownOrder
from reports.judging.order_story import OrderStory
from reports.judging.readings import Readings
from reports.judging.slots import Agenda
from reports.judging.verdicts import Finding, Tally
from reports.judging.worlds import World
from reports.words.messages import say

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
class FinishedOrder:
    """An order that the trace names no more: its place in its world, and whether every rule saw all of it."""

    rank: int
    case: Case
    seen_whole: bool
    kinds: Collection[str]  # the types of its events


@dataclass(slots=True)
class Session:
    """The judging of one world: its rules, and its places and files as far as the trace has been read."""

    world: World
    rank: int
    decisions: Decisions
    agenda: Agenda = field(default_factory=Agenda)
    files: Files = field(default_factory=Files)
    types_heard: set[str] = field(default_factory=lambda: {"csv.deposited", *Agenda.TYPES})
    _on_orders: list[RuleInForce] = field(default_factory=list)
    _finished: list[FinishedOrder] = field(default_factory=list)
    _on_events: dict[str, list[RuleInForce]] = field(default_factory=dict)
    _on_worlds: list[RuleInForce] = field(default_factory=list)
    _asking: set[str] = field(default_factory=set)  # rules that asked for a reading that nobody declared
    _never_after: int | None = None
    _stretches: RuleStretches = field(init=False)

    def __post_init__(self) -> None:
        self._stretches = RuleStretches(self.world)

    def admit(self, in_force: RuleInForce) -> None:
        """Takes one more rule; INCONCLUSIVE at once where the recording did not see the wires that it needs."""
        rule, world = in_force.rule, self.world
        if not world.saw(rule.observes):
            unseen = ", ".join(source for source in rule.observes if not world.saw([source]))
            needed = say("judge.wires", wires=", ".join(rule.observes))
            observed = say("judge.unseen", wires=unseen)
            self._note(rule, Finding(world.name, INCONCLUSIVE, needed.written(), observed.written()))
            return
        self._never_after = _never_after(in_force.frame)
        self._stretches.add(rule)
        if rule.id in ORDER_CHECKERS:
            self._on_orders.append(in_force)
        if rule.id in WORLD_CHECKERS:
            self._on_worlds.append(in_force)
        for kind in TYPES_CHECKED.get(rule.id, ()):
            self._on_events.setdefault(kind, []).append(in_force)
            self.types_heard.add(kind)

    def hear_event(self, event: Event, stories: Stories) -> None:
        """Judges one event, of one of `types_heard`, by the rules on its type; then places and files follow it."""
        rules = self._on_events.get(event.type, ())
        is_file, is_act = event.type == "csv.deposited", event.type in ACTS
        order = None if is_file else self.world.order_of(event)
        story = None if order is None else stories.under_way[order.number]
        moment = Moment(event, order, story, self.world, self.agenda, self.files)
        for in_force in rules:
            self._judge(in_force, partial(EVENT_CHECKERS[in_force.rule.id], moment), event.index)
        if is_file:
            self.files.follow(event)
        elif is_act:
            self.agenda.follow(event, order)

    def hear_order(self, order: KnownOrder, story: OrderStory) -> None:
        """Takes an order that the trace names no more: it waits to be judged with others."""
        whole = not story.unattributed and self._stretches.hold_whole_order(order.received_at)
        case = Case(story, self.world, self._never_after)
        self._finished.append(FinishedOrder(order.rank, case, whole, story.by_type))
        self.agenda.forget(order)

    def judge_orders(self) -> None:
        """Judges all orders that wait, rule by rule; a rule sees only orders with an event of a type that it needs."""
        concerned: dict[frozenset[str], list[FinishedOrder]] = {frozenset(): self._finished}  # by the types needed
        seen_whole = all(order.seen_whole for order in self._finished)
        for in_force in self._on_orders if self._finished else ():
            types = NEEDS_ONE_OF[in_force.rule.id]
            if types not in concerned:
                concerned[types] = [  # an order that was not seen whole may have had what the rule needs
                    order for order in self._finished if not (order.seen_whole and types.isdisjoint(order.kinds))
                ]
            if not seen_whole:
                self._judge_apart(in_force, concerned[types])
            elif in_force.rule.id in self._asking:
                self._judge_under_all(in_force, concerned[types])
            else:
                self._judge_together(in_force, in_force.settled or in_force.frame.readings({}), concerned[types])
        self._finished.clear()

    def _judge_together(self, in_force: RuleInForce, readings: Readings, orders: Sequence[FinishedOrder]) -> None:
        """One rule on orders that were seen whole.

        This is the way of nearly all orders, and the shortest. Where the checker fails, or asks for a reading that
        nobody declared, the orders take one of the two ways below.
        """
        checker = ORDER_CHECKERS[in_force.rule.id]
        try:
            outcomes = [judged for order in orders for judged in checker(order.case, readings)]
        except Exception:  # the run order by order meets it again, and notes it with its order
            self._judge_apart(in_force, orders)
            return
        if in_force.settled is None and readings.told:
            self._asking.add(in_force.rule.id)
            self._judge_under_all(in_force, orders)
            return
        passed = {*outcomes}  # an event that passes twice counts once
        if not_passed := {judged.subject for judged in outcomes if judged.verdict != "PASS"}:
            for judged in worst_of_each([judged for judged in outcomes if judged.subject in not_passed]):
                self.decisions.take_certain(in_force.rule.id, judged)
            passed = {judged for judged in passed if judged.subject not in not_passed}
        self.decisions.count_kept(in_force.rule.id, map(SERVICE_OF, passed))

    def _judge_under_all(self, in_force: RuleInForce, orders: Sequence[FinishedOrder]) -> None:
        """One rule, which may ask for readings that nobody declared, on orders that were seen whole.

        Readings of which the checker asked nothing serve for the next order.
        """
        rule, checker, frame = in_force.rule.id, ORDER_CHECKERS[in_force.rule.id], in_force.frame
        readings, passed = frame.readings({}), set[Judged]()
        for order in orders:
            try:
                yielded = [*checker(order.case, readings)]
                if readings.told:
                    run = partial(checker, order.case)
                    hearing = hearing_under_all(rule, run, frame, readings, yielded)
                    self._take(in_force, hearing, order.rank)
                elif all_pass(yielded):
                    passed.update(yielded)
                else:
                    self._take(in_force, Hearing(worst_of_each(yielded)), order.rank)
            except Exception as fault:
                self._note_fault(in_force.rule, fault)
            if readings.told:
                readings = frame.readings({})
        self.decisions.count_kept(rule, map(SERVICE_OF, passed))

    def _judge_apart(self, in_force: RuleInForce, orders: Sequence[FinishedOrder]) -> None:
        """One rule, order by order, each as far as it was seen."""
        for order in orders:
            whole = partial(ORDER_CHECKERS[in_force.rule.id], order.case)
            run = whole if order.seen_whole else self._stretches.run_on(in_force.rule, order.case)
            self._judge(in_force, run, order.rank)

    def hear_world(self) -> None:
        """Judges the world by the rules on whole worlds; the trace is over."""
        for in_force in self._on_worlds:
            self._judge(in_force, partial(WORLD_CHECKERS[in_force.rule.id], self.world), 0)

    def _judge(self, in_force: RuleInForce, run: Run, place: int) -> None:
        try:
            if in_force.settled is None:
                hearing = hearing_of(in_force.rule.id, run, in_force.frame)
            else:
                hearing = Hearing(worst_of_each(run(in_force.settled)))
        except Exception as fault:
            self._note_fault(in_force.rule, fault)
            return
        self._take(in_force, hearing, place)

    def _take(self, in_force: RuleInForce, hearing: Hearing, place: int) -> None:
        """What a checker yielded on one order or event."""
        for judged in hearing.certain:
            self.decisions.take_certain(in_force.rule.id, judged)
        self.decisions.asked.update(hearing.asked)
        for number, occasion in enumerate(hearing.occasions):
            rank: Rank = (self.rank, in_force.rank, place, number)
            self.decisions.take(occasion, rank)

    def _note_fault(self, rule: Rule, fault: Exception) -> None:
        """A fault of the harness is a verdict, never a crash."""
        problem = f"{type(fault).__name__}: {fault}"
        decides, observed = say("judge.decides", rule=rule.id), say("judge.fault", problem=problem)
        self._note(rule, Finding(self.world.name, "ERROR", decides.written(), observed.written()))

    def _note(self, rule: Rule, finding: Finding) -> None:
        self.decisions.tallies[rule.id].setdefault("", Tally()).note(finding)


def _never_after(frame: Frame) -> int | None:
    """After how many milliseconds an obligation without a bound counts as never met; None where it never does."""
    seconds = frame.declared["never_after"]
    return seconds * 1000 if isinstance(seconds, int) and "never_after" not in frame.undeclared else None
