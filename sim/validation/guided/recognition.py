"""How far a guided run is: which acts have happened, by what the trace shows and where the clock stands.

Nothing of this is stored but the marks: the same events, clock and marks give the same standing, so a run that was
interrupted goes on where it was. An act counts when the wires have seen it, whoever has done it and with what; a mark
counts only for what no wire can show. Pure reading of a live world.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from reference_impl.civil_time import parse_instant
from reference_impl.deadlines import csv_deadline, reminder_deadline
from reference_impl.errors import UnknownOrder
from reference_impl.links import CUSTOMER
from reference_impl.orders import Order
from reference_impl.services import TRIGGERS
from sim.operators.probes import PROBES
from sim.sandbox.world.clock_words import parse_span
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.world_clock import instant_of_last_term
from sim.validation.actions import EVENT_OF, NOWHERE, SATURDAY, TUESDAY, Errand, is_errand, is_of, next_morning
from sim.validation.guided.acts import MORNING, REST, Act, acts_of, plan_from
from sim.validation.plan import Plan

SEEN, CLOCK = "seen", "clock"
DONE, TOLD, LEFT_OUT, HANDED_IN = "done", "told", "left_out", "handed_in"  # what a mark says
Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passed:
    """An act that has happened: how many events there were when it was over, when, how it is known, of which order."""

    act: Act
    position: int
    at: int
    known_by: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is. `orders` are those of the story under way, `claimed` all that the run has asked for.

    `current` is None at the end; `goal` is where the clock has to go for it, where that is known; `errands` are what
    customers have asked of the operator and it has not done yet, `all_errands` all that they have asked.
    """

    plan: Plan
    acts: Sequence[Act]
    passed: Sequence[Passed]
    orders: Sequence[str]
    claimed: Sequence[str]
    errands: Mapping[str, str]
    all_errands: Sequence[Errand]
    goal: int | None = None

    @property
    def current(self) -> Act | None:
        """The next act."""
        return self.acts[len(self.passed)] if len(self.passed) < len(self.acts) else None

    @property
    def order(self) -> str:
        """The order that the steps speak of: the last one."""
        return self.orders[-1] if self.orders else ""


@dataclass(slots=True)
class Walk:
    """A walk through the acts, as far as they have happened."""

    live: LiveWorld
    record: GuidedRecord
    trace: Sequence[Event]
    now: int
    position: int
    at: int
    story_began: int
    orders: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    errands: dict[str, str] = field(default_factory=dict)
    all_errands: list[Errand] = field(default_factory=list)
    used_events: set[int] = field(default_factory=set)

    def find(self, matches: Callable[[Event], bool]) -> int | None:
        """The first event of the story that matches and has not stood for an act before."""
        indexes = range(self.story_began, len(self.trace))
        return next((index for index in indexes if index not in self.used_events and matches(self.trace[index])), None)

    def is_ours(self, event: Event) -> bool:
        """Whether an event is about the order that the steps speak of."""
        return bool(self.orders) and is_of(self.orders[-1], self.record.operator, event)

    def order_of(self, code: str) -> Order | None:
        """An order of the operator."""
        try:
            return self.live.order(code, self.record.operator)
        except UnknownOrder:
            return None

    def goal_of(self, act: Act) -> int | None:
        """Where the clock has to go for an act; None where that is not known yet, or the act is none of the clock."""
        goal = GOALS.get(act.verb)
        return goal(self, act.arguments) if goal else None

    def passes(self, act: Act) -> Passed | None:
        """The act as it has happened; None if it has not."""
        goal = self.goal_of(act)
        if goal is not None and goal <= self.now:
            reached = bisect_left(self.trace, goal, key=_instant_of)
            return Passed(act, max(reached, self.position), max(goal, self.at), CLOCK)
        recognise = RECOGNISE.get(act.verb)
        index = self.find(lambda event: recognise(self, act.arguments, event)) if recognise else None
        if index is not None:
            return self._seen(act, index)
        mark = next((mark for mark in self.record.marks if mark.act == act.number and mark.how != HANDED_IN), None)
        if mark is not None:
            return Passed(act, max(mark.position, self.position), max(mark.at, self.at), mark.how)
        if act.verb == REST and _is_idle(self.live):
            return Passed(act, len(self.trace), self.now, CLOCK)
        return None

    def _seen(self, act: Act, index: int) -> Passed:
        self.used_events.add(index)
        event = self.trace[index]
        order = str(event.get("subject", ""))
        return Passed(act, max(index + 1, self.position), max(_instant_of(event), self.at), SEEN, order)

    def take(self, passed: Passed) -> None:
        """Go on behind an act that has happened."""
        act = passed.act
        if act.verb in (MORNING, REST):
            self.story_began, self.orders = self.position, []
        if act.verb == "order" and passed.order:
            self.orders.append(passed.order)
            self.claimed.append(passed.order)
        if act.verb == "desk" and passed.known_by == TOLD and self.orders:
            self.errands[self.orders[-1]] = act.arguments[0]
        if act.verb == "desk" and self.orders:
            self.all_errands.append(Errand(act.arguments[0], self.orders[-1]))
        self.position, self.at = passed.position, passed.at

    def open_errands(self) -> dict[str, str]:
        """The errands that no wire has seen done."""
        return {
            code: act
            for code, act in self.errands.items()
            if not any(
                is_of(code, self.record.operator, event) and is_errand(act, event)
                for event in self.trace[self.record.position :]
            )
        }


def standing_of(live: LiveWorld, record: GuidedRecord) -> Standing:
    """How far the run of a world is; of one that has ended, how far it came."""
    plan, ending = plan_from(record.plan), record.ending
    acts = acts_of(plan)
    trace, now = (live.trace, live.now) if ending is None else (live.trace[: ending.position], ending.at)
    walk = Walk(live, record, trace, now, record.position, record.at, record.position)
    passed: list[Passed] = []
    for act in acts:
        happened = walk.passes(act)
        if happened is None:
            break
        walk.take(happened)
        passed.append(happened)
    goal = walk.goal_of(acts[len(passed)]) if len(passed) < len(acts) else None
    return Standing(
        plan,
        acts,
        tuple(passed),
        tuple(walk.orders),
        tuple(walk.claimed),
        walk.open_errands(),
        tuple(walk.all_errands),
        goal,
    )


# --- where the clock has to go ---


def _weekday_goal(walk: Walk, weekday: int) -> int:
    morning = next_morning(datetime.fromtimestamp(walk.at / 1000, UTC), weekday)
    return round(morning.timestamp() * 1000)


def _clock_goal(walk: Walk, arguments: Sequence[str]) -> int | None:
    order = walk.order_of(walk.orders[-1]) if walk.orders else None
    if order is None or order.sms_at is None:
        return None
    if arguments[0] == "csv-deadline":
        return csv_deadline(order.sms_at, walk.live.world.policy)
    return order.closes_at if arguments[0] == "term-end" else _eve(walk)


def _eve(walk: Walk) -> int | None:
    """18:00 of the eve of the visit, as the slot was that was in force by then: a later move does not change it."""
    goal = None
    for event in walk.trace[walk.story_began :]:
        if walk.is_ours(event) and event["type"] in (EVENT_OF["confirm"], EVENT_OF["reschedule"]):
            if goal is not None and goal < _instant_of(event):
                break
            goal = reminder_deadline(parse_instant(event["data"]["slot"]["start"]))
    return goal


GOALS: Mapping[str, Callable[[Walk, Sequence[str]], int | None]] = {
    MORNING: lambda walk, arguments: _weekday_goal(walk, TUESDAY),
    "saturday": lambda walk, arguments: _weekday_goal(walk, SATURDAY),
    "advance": lambda walk, arguments: walk.at + parse_span(" ".join(arguments)),
    "clock": _clock_goal,
}


# --- what the wires see ---


def _is_order(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    service, *options = arguments
    data, code = event["data"], str(event.get("subject", ""))
    if event["type"] != "order.received" or code in walk.claimed:
        return False
    if (data["operator"], data["service"]) != (walk.record.operator, service):
        return False
    order = walk.order_of(code)
    is_nowhere = order is not None and order.work.territory == NOWHERE
    return is_nowhere is ("nowhere" in options) and bool(data["disaggregated"]) is ("disaggregated" in options)


def _is_line(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    return walk.is_ours(event) and event["type"] == "notification.sent" and event["data"]["code"] in TRIGGERS


def _is_customer(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    is_act = walk.is_ours(event) and event["type"] == EVENT_OF[arguments[0]]
    return is_act and event["data"]["channel"] == CUSTOMER


def _is_desk(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    return walk.is_ours(event) and is_errand(arguments[0], event)


def _is_cancel(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    return walk.is_ours(event) and event["type"] == "order.cancelled"


def _is_probe(walk: Walk, arguments: Sequence[str], event: Event) -> bool:
    is_probe = walk.is_ours(event) and event["type"] == "notification.probed" and arguments[0] in PROBES
    return is_probe and event["data"]["kind"] == arguments[0]


RECOGNISE: Mapping[str, Callable[[Walk, Sequence[str], Event], bool]] = {
    "order": _is_order,
    "line": _is_line,
    "customer": _is_customer,
    "desk": _is_desk,
    "cancel": _is_cancel,
    "disturb": _is_probe,
}


def _instant_of(event: Event) -> int:
    return parse_instant(str(event["time"]))


def _is_idle(live: LiveWorld) -> bool:
    """Whether nothing more is to come, and no term runs."""
    return live.at_rest and live.world.env.peek() == float("inf") and instant_of_last_term(live) <= live.now
