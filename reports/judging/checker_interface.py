"""What a checker gets and what it yields.

What lives here: the vocabulary of the checkers. It must not know any rule, nor which checkers there are
(`checker_register`).

A checker is a function that is registered under one rule id. It gets the readings, and one of these: an order in its
world (`Case`), an event with the world as it was just before (`Moment`), or a whole world. It yields one `Judged` for
each occasion on which the rule was put to the test. The judge calls it again under other readings. The first event of
the evidence names the occasion, so that the judge finds the same occasion again. A checker asks for a reading only
where the reading matters: each question doubles the work.
PENDING means that the deadline lies beyond the end of the observation: nothing is judged, and it is no occasion.
INCONCLUSIVE means that the deciding event was not observed, or may still come and has no deadline.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from reports.judging.events import Event
from reports.judging.files import Files
from reports.judging.order_owners import KnownOrder
from reports.judging.order_story import OrderStory
from reports.judging.slots import Agenda
from reports.judging.worlds import World
from reports.rome_time import HOUR_MS, Instant
from reports.words.messages import Message, Text, Words, say

PENDING = "PENDING"
INCONCLUSIVE = "INCONCLUSIVE"
DAY_SECONDS = 24 * HOUR_MS // 1000
Fact = TypeVar("Fact")


@dataclass(slots=True, eq=False)  # not frozen: see `Event`
class Judged:
    """The outcome of one occasion under one combination of readings: PASS, WARNING, FAIL, INCONCLUSIVE or PENDING.

    `deadline` is an instant; `offset_ms` tells how long after it (or, negative, before it) the event came. `at` is when
    the event judged happened, the first of the evidence.
    """

    verdict: str
    subject: str
    service: str
    evidence: tuple[str, ...]
    expected: Words = ""
    observed: Words = ""
    deadline: Instant | None = None
    offset_ms: Instant | None = None
    at: Instant | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same occasion under another reading: its subject and its first event."""
        return self.subject, self.evidence[0] if self.evidence else ""


@dataclass(slots=True, eq=False)  # not frozen: see `Event`
class Case:
    """One order in its world, and the verbs by which a checker judges it. Evidence begins with the event judged.

    `remembered` serves several rules: the PASS of an event, by event, and what is worked out `once`, by function.
    """

    order: OrderStory
    world: World
    never_after: int | None = None  # milliseconds after which an obligation without a bound counts as never met
    seen_until: Instant | None = None  # until when the wires of the rule were seen; None: to the end of the recording
    remembered: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def until(self) -> Instant:
        """Until when the order was observed."""
        if self.order.known_until is not None:
            return self.order.known_until
        return self.world.until if self.seen_until is None else self.seen_until

    def registration(self, event: Event) -> Mapping[str, Any] | None:
        """The registration of the order's operator in force at that event; None where none was seen."""
        return self.world.registration(self.order.operator, event)

    def registrations(self, events: Sequence[Event]) -> list[Mapping[str, Any]]:
        """The registrations of the order's operator that were in force at any of these events, each once."""
        return self.world.registrations_at(self.order.operator, events)

    def kept(self, event: Event, *others: Event) -> Judged:
        """PASS. Its evidence is only the event judged: no report shows more of a PASS.

        Checkers of orders make a PASS only here. A second PASS of the same event is the same object, and counts once.
        """
        passed: Judged | None = self.remembered.get(event)  # most events pass several rules
        return passed or self._kept_first(event)

    def _kept_first(self, event: Event) -> Judged:
        order = self.order
        passed = Judged("PASS", order.name, order.service, (event.id,), "", "", None, None, event.at)
        self.remembered[event] = passed
        return passed

    def pending(self, expected: Words, *evidence: Event, deadline: Instant | None = None) -> Judged:
        """PENDING: the observation ends before the deadline."""
        observed = say("observation_ends", at=self.until)
        return self._judged(PENDING, evidence, expected, observed, deadline)

    def unknown(self, expected: Words, observed: Words, *evidence: Event) -> Judged:
        """INCONCLUSIVE: what would decide was not observed."""
        return self._judged(INCONCLUSIVE, evidence, expected, observed)

    def if_seen(self, wires: Sequence[str], at: Instant, judged: Judged) -> Judged:
        """The outcome. A FAIL becomes INCONCLUSIVE if these wires were not watched from the beginning of the order to
        that instant: an event on them may excuse it."""
        if judged.verdict != "FAIL" or self.watched(wires, at):
            return judged
        observed = say("maybe_unseen", observed=judged.observed, wires=", ".join(wires))
        return replace(judged, verdict=INCONCLUSIVE, observed=observed)

    def watched(self, wires: Sequence[str], at: Instant) -> bool:
        """Whether these wires were seen without a gap from the beginning of the order until then."""
        began = self.order.began_at
        return self.world.observation.seen_throughout(wires, at if began is None else min(began, at), at)

    def unregistered(self, expected: Words, *evidence: Event) -> Judged:
        """INCONCLUSIVE: the rule needs a registration of the operator, and none was seen."""
        operator = self.order.operator or "the operator"
        return self.unknown(expected, say("unregistered", operator=operator), *evidence)

    def broken(
        self,
        expected: Words,
        observed: Words,
        *evidence: Event,
        deadline: Instant | None = None,
        at: Instant | None = None,
        verdict: str = "FAIL",
    ) -> Judged:
        """FAIL, or the verdict given; `at` is when the event came that should have kept the deadline."""
        offset = at - deadline if at is not None and deadline is not None else None
        return self._judged(verdict, evidence, expected, observed, deadline, offset)

    def _judged(
        self,
        verdict: str,
        evidence: Sequence[Event],
        expected: Words = "",
        observed: Words = "",
        deadline: Instant | None = None,
        offset: Instant | None = None,
    ) -> Judged:
        order, at = self.order, evidence[0].at if evidence else None
        return Judged(verdict, order.name, order.service, event_ids(evidence), expected, observed, deadline, offset, at)

    def kept_if(self, holds: bool, expected: Words, observed: Words, *evidence: Event) -> Judged:
        """PASS if it holds, else FAIL."""
        return self.kept(*evidence) if holds else self.broken(expected, observed, *evidence)

    def not_after(
        self, deadline: Instant, event: Event, expected: Words, *evidence: Event, included: bool = True
    ) -> Judged:
        """PASS if the event came by the deadline: at the deadline counts as by it if `included`."""
        if event.at < deadline or (included and event.at == deadline):
            return self.kept(*evidence)
        return self.broken(expected, described(event), *evidence, deadline=deadline, at=event.at)

    def not_before(self, earliest: Instant, event: Event, expected: Words, *evidence: Event) -> Judged:
        """PASS if the event came at `earliest` or later."""
        if event.at >= earliest:
            return self.kept(*evidence)
        return self.broken(expected, described(event), *evidence, deadline=earliest, at=event.at)

    def prompt(self, due: Instant, event: Event, expected: Words, threshold_seconds: int, *evidence: Event) -> Judged:
        """PASS; WARNING if the event came later than the threshold after it was due; FAIL if so late that it counted
        as never. The text sets no bound."""
        deadline = due + threshold_seconds * 1000
        if event.at <= deadline:
            return self.kept(*evidence)
        verdict = "FAIL" if self.came_as_never(due, event) else "WARNING"
        return self.broken(expected, described(event), *evidence, deadline=deadline, at=event.at, verdict=verdict)

    def came_as_never(self, due: Instant, event: Event) -> bool:
        """Whether it came so long after it was due that it counted as never met."""
        return self.never_after is not None and event.at > due + self.never_after

    def went_on_without(self, signs: Iterable[Event], awaited: Event | None) -> Event | None:
        """The first of these signs that the order went on, if it came before what was awaited.

        A trace may list the events of one instant in any order: a sign counts only from the next instant on.
        """
        reached, earliest_sign = self.until if awaited is None else awaited.at, None
        for sign in signs:
            if sign.at < reached and (earliest_sign is None or sign.index < earliest_sign.index):
                earliest_sign = sign
        return earliest_sign

    def excuse(self, excuses: Iterable[Event], due: Instant, sign: Event | None) -> Event | None:
        """What made an obligation fall away before the order went on without it, or it counted as never met."""
        for event in excuses:
            if (sign is None or event.at <= sign.at) and not self.came_as_never(due, event):
                return event
        return None

    def missing(self, due: Instant, expected: Words, threshold_seconds: int, *evidence: Event) -> Judged:
        """Nothing came, and the text sets no bound: PENDING, INCONCLUSIVE once overdue, in the end FAIL."""
        deadline = due + threshold_seconds * 1000
        if self.until <= deadline:
            return self.pending(expected, *evidence, deadline=deadline)
        never = self.never_after is not None and self.until > due + self.never_after
        observed = say("nothing_until", at=self.until)
        return self.broken(expected, observed, *evidence, deadline=deadline, verdict="FAIL" if never else INCONCLUSIVE)


def once(work: Callable[[Case], Fact]) -> Callable[[Case], Fact]:
    """A fact of a case that several rules ask for: it is worked out for the first of them, and remembered."""

    @wraps(work)
    def fact(case: Case) -> Fact:
        known = case.remembered
        if work not in known:
            known[work] = work(case)
        worked_out: Fact = known[work]
        return worked_out

    return fact


class Moment(NamedTuple):
    """One event of a world, with the order that it names, and places and files as they were just before it."""

    event: Event
    order: KnownOrder | None
    story: OrderStory | None
    world: World
    agenda: Agenda
    files: Files


def event_ids(events: Iterable[Event]) -> tuple[str, ...]:
    """The ids of events, as evidence."""
    return tuple([event.id for event in events])


class _Described(Message):
    """An event in a few words, which are written only when somebody reads them."""

    __slots__ = ("_event",)

    def __init__(self, event: Event) -> None:
        self._event = event

    def written(self) -> Text:
        event = self._event
        detail = next((str(event.data[key]) for key in ("code", "kind", "reason", "flow") if key in event.data), "")
        if not detail:
            return say("event", event=event.type, at=event.at).written()
        return say("event_detail", event=event.type, detail=detail, at=event.at).written()


def described(event: Event) -> Words:
    """An event in a few words, with its instant: what a finding shows as observed."""
    return _Described(event)
