"""Endings: what came of the service after an order had ended, which several rules share.

What lives here: telling whether an event came after the cancellation or after the end of the cycle, and how long a link
has to serve. It must not know which rule an event belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.judging.checker_interface import Case, Judged, described
from reports.judging.events import Event, in_order
from reports.judging.judge_calendar import eve_limit
from reports.judging.readings import Readings
from reports.rome_time import MINUTE_MS
from reports.words.messages import say

CANCELLATIONS = ("/intake",)  # the wire of a cancellation and of a way back: unseen, one may have been
CANCELLATION_GRACE = MINUTE_MS  # what was under way when the operator cancelled may still arrive


def cancellation_before(case: Case, event: Event) -> Event | None:
    """The cancellation that forbids an event: it came more than the grace before it."""
    cancelled = case.order.first("order.cancelled")
    return cancelled if cancelled is not None and event.at > cancelled.at + CANCELLATION_GRACE else None


def after_cancellation(case: Case, events: Iterable[Event]) -> Iterable[Judged]:
    """A FAIL for each of these events of the service that came though the order had been cancelled."""
    return _after_cancellation(case, events) if "order.cancelled" in case.order.by_type else ()


def _after_cancellation(case: Case, events: Iterable[Event]) -> Iterator[Judged]:
    for event in events:
        if cancelled := cancellation_before(case, event):
            expected = say("after_cancellation")
            yield case.broken(expected, described(event), event, cancelled, deadline=cancelled.at, at=event.at)


def _ends(case: Case) -> list[Event]:
    """What ends a cycle: the not-booked causals and the hand-back."""
    return [*case.order.not_booked_notices, *case.order.of("order.handed_back")]


def end_before(case: Case, event: Event) -> Event | None:
    """The end of the cycle that came before an event, not in its instant."""
    return min((end for end in _ends(case) if end.at < event.at), key=in_order, default=None)


def after_the_end(case: Case, events: Iterable[Event]) -> Iterable[Judged]:
    """A FAIL for each of these events that came though the order had been cancelled, or its cycle had ended."""
    by_type = case.order.by_type
    ended = "order.cancelled" in by_type or "order.handed_back" in by_type or case.order.not_booked_notices
    return _after_the_end(case, events) if ended else ()


def _after_the_end(case: Case, events: Iterable[Event]) -> Iterator[Judged]:
    for event in events:
        if judged := next(iter(after_cancellation(case, [event])), None):
            yield judged
        elif end := end_before(case, event):
            yield case.broken(
                say("not_after_event", event=described(end)), described(event), event, end, deadline=end.at, at=event.at
            )


def refused_in_time(case: Case) -> list[Event]:
    """The refusals that came before the cycle had ended otherwise."""
    declined = case.order.of("appointment.declined")
    return [act for act in declined if end_before(case, act) is None] if declined else []


def still_serves(case: Case, act: Event, readings: Readings) -> bool:
    """Whether the links of the order must work at an act: something can still be fixed, refused or moved."""
    if case.order.before(act, "order.cancelled", "order.handed_back", "appointment.declined", "visit.started"):
        return False
    if fixed := case.order.appointment_before(act):
        return act.at < eve_limit(fixed.slot.start)
    end = readings.term_end(case.order)
    return end is not None and act.at < end
