"""The life of an order: one literal table of (state, event), and a small engine.

The rules of this file: a step of the table changes the order and returns effects, and does nothing else; it receives
`now` and reads no clock. An event that the table does not hold is illegal, raises, and changes nothing. A wake-up
counts only while the order still awaits it, so nothing is ever taken off an agenda. Whether an act of the Virtual Agent
is allowed is decided before it gets here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at, reminder_at
from reference_impl.errors import IllegalEvent, ServiceFault
from reference_impl.life_cycle import shared_effects
from reference_impl.life_cycle.effects import (
    Cancelled,
    Confirmed,
    Declined,
    Effects,
    HandBack,
    Moved,
    Notify,
    QueueRow,
    ReleaseSlot,
    Resume,
    WakeAt,
)
from reference_impl.life_cycle.ordinary_process import next_attempt, start_ordinary_process
from reference_impl.life_cycle.shared_effects import (
    ENGAGEMENT_SMS,
    FIRST_NOTICES,
    LINE_NOTICES,
    RESUMED_BY,
    wake_ups_of,
)
from reference_impl.orders import NO_DETAIL, Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.services import Family

Step = Callable[[Order, int, Policy, Detail], Effects]

# A wake-up counts only if the order awaits that event at that very instant.
AWAITED_IN: Mapping[Event, str] = {
    Event.ENGAGE: "engage_at",
    Event.FIRST_NOTICE: "first_notice_at",
    Event.TERM_END: "term_end_at",
    Event.REFUSAL_STANDS: "refusal_stands_at",
    Event.REMIND: "remind_at",
    Event.VISIT: "visit_at",
    Event.ATTEMPT: "attempt_at",
}


def apply(order: Order, event: Event, now: int, policy: Policy, detail: Detail = NO_DETAIL) -> Effects:
    """Let an event happen to an order: change its state and return the effects, in the order they are to be done.

    Raises IllegalEvent, and changes nothing, where the table has no entry.
    """
    try:
        next_state, step = TRANSITIONS[order.state, event]
    except KeyError:
        raise IllegalEvent(event, order.code, order.state) from None  # INV-5: no effect before its cause
    effects = step(order, now, policy, detail)
    order.state = next_state
    order.ended_at = now if next_state in ENDS else None
    return effects


def wake(order: Order, event: Event, now: int, policy: Policy) -> Effects:
    """Let a wake-up happen, if the order still awaits it."""
    field = AWAITED_IN[event]
    if getattr(order, field) != now:
        return ()
    setattr(order, field, None)
    return apply(order, event, now, policy)


def line_ready(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """AC/CO: tell the operator, and engage the customer when the window allows (SMS-2)."""
    order.engage_at = engagement_sms_at(now, policy)
    return LINE_NOTICES[detail.code], WakeAt(Event.ENGAGE, order.engage_at)


def line_ready_again(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """A repeated AC/CO: told to the operator; it engages the customer again only by reading (`reengage`)."""
    return line_ready(order, now, policy, detail) if policy.reengage == "yes" else (LINE_NOTICES[detail.code],)


def only_told(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """A repeated AC/CO when the customer needs no engaging: the operator is told, no more."""
    return (LINE_NOTICES[detail.code],)


def give_back_unreachable(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """SMS-1: a number that takes no SMS: nobody can be engaged."""
    return LINE_NOTICES[detail.code], HandBack("bad_number")


def engage(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """The engagement SMS leaves; its row, its first causal and the end of the term follow (SMS-1, CSV-4, UNR-1)."""
    order.sms_at = now  # INV-3: the table reaches everything else of the service through here only
    order.closes_at = order.term_end_at = booking_closes(now, policy)  # BOOK-1
    run_at = deposit_run_at(now, policy)
    notice: Effects = first_notice(order, now, policy, detail)
    if policy.first_notice_unconditional == "no":  # UNR-2
        order.first_notice_at = run_at
        notice = (WakeAt(Event.FIRST_NOTICE, run_at),)
    return shared_effects.engagement(notice, run_at, order.closes_at)


def engage_again(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """A second engagement SMS with its own row (CSV-2); causals and term stay as they are."""
    return ENGAGEMENT_SMS, QueueRow(deposit_run_at(now, policy))


def first_notice(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """W08/Z18, which opens the suspension (UNR-1, UNR-3)."""
    return FIRST_NOTICES[_family(order).first]


def confirm(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """The appointment is fixed: W09/PA (BOOK-2), reminder (REM-1) and visit (BOOK-3) follow."""
    slot = _slot_asked_for(detail)
    _book(order, slot, now, policy)
    order.booked_by = detail.channel
    _leave_engagement(order)  # INV-4
    return Confirmed(detail.channel, slot, detail.link), *shared_effects.booked_notice(
        _family(order).booked, slot, _resumed_by("booking", policy), order.remind_at
    )


def confirm_late(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """BOOK-4, where the reading accepts a late booking: the visit happens, no W09/PA is sent (INV-4)."""
    slot = _slot_asked_for(detail)
    _book(order, slot, now, policy)
    order.booked_by = detail.channel
    return (
        Confirmed(detail.channel, slot, detail.link),
        *_resumed_by("booking", policy),
        *wake_ups_of(slot.start, order.remind_at),
    )


def reschedule(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """RES-4: the old slot is free, the visit and the reminder follow the new one (REM-4)."""
    previous, slot = _slot_in_force(order), _slot_asked_for(detail)
    _book(order, slot, now, policy)
    order.reschedules += 1
    repeats = policy.reschedule_notice == "repeat" and order.state == State.BOOKED
    notice = (Notify(_family(order).booked, slot),) if repeats else ()
    return (
        Moved(detail.channel, slot, previous),
        ReleaseSlot(previous),
        *notice,
        *wake_ups_of(slot.start, order.remind_at),
    )


def decline_one_party(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """REF-1, where one party's refusal does not end it for the other (`refusal_final`) before the term ends."""
    if order.closes_at is None:
        raise ServiceFault(f"order {order.code} is refused without a term")
    order.declined_by += (detail.channel,)
    order.term_end_at, order.refusal_stands_at = None, order.closes_at
    return Declined(detail.channel), WakeAt(Event.REFUSAL_STANDS, order.closes_at)


def decline_until_term(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """REF-2, REF-3, where the refusal is final at once and told at the end of the term (`refusal_notice`)."""
    order.engage_at = None
    return decline_one_party(order, now, policy, detail)


def decline(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """REF-2: the refusal is final and told at once, and the end of the term brings no second causal."""
    order.declined_by += (detail.channel,)
    owed = first_notice(order, now, policy, detail) if order.first_notice_at is not None else ()  # UNR-2
    _leave_engagement(order)
    return Declined(detail.channel), *owed, Notify(_family(order).not_booked), HandBack("refused")  # REF-3


def end_refused(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """REF-2: the term ends; one party refused, or the refusal is told only now (`refusal_final`, `refusal_notice`)."""
    _leave_engagement(order)
    return Notify(_family(order).not_booked), HandBack("refused")


def time_out(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """OUT-1, OUT-3: nobody booked in the term."""
    _leave_engagement(order)
    return Notify(_family(order).not_booked), HandBack("timeout")


def remind(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """REM-1: the reminder of the appointment in force."""
    order.reminders += 1
    return shared_effects.reminder(_slot_in_force(order))


def visit(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """BOOK-3: the technician comes in the slot in force, and the suspension ends by reading (UNR-3)."""
    return shared_effects.visit(_slot_in_force(order), _resumed_by("appointment", policy), _resumed_by("visit", policy))


def cancel(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """The operator cancels: every timer stops, the slot is free again, the suspension ends."""
    for field in AWAITED_IN.values():
        setattr(order, field, None)
    freed = (ReleaseSlot(order.slot),) if order.slot else ()
    return Cancelled(detail.reason), *freed, Resume("cancelled")


def _leave_engagement(order: Order) -> None:
    """Await nothing more of what belongs to the engagement and its term."""
    order.engage_at = order.first_notice_at = order.term_end_at = order.refusal_stands_at = None


def _book(order: Order, slot: Slot, now: int, policy: Policy) -> None:
    order.slot = slot
    order.visit_at = slot.start
    reminds = policy.reminder_on_reschedule == "resend" or order.reminders == 0  # REM-4
    order.remind_at = reminder_at(slot.start, now, policy) if reminds else None


def _resumed_by(cause: str, policy: Policy) -> Effects:
    return RESUMED_BY[cause] if policy.sla_resume == cause else ()


def _family(order: Order) -> Family:
    if order.family is None:
        raise ServiceFault(f"order {order.code} is in the service and has no family of causals")
    return order.family


def _slot_in_force(order: Order) -> Slot:
    if order.slot is None:
        raise ServiceFault(f"order {order.code} is {order.state} without a slot")
    return order.slot


def _slot_asked_for(detail: Detail) -> Slot:
    if detail.slot is None:
        raise ServiceFault("a booking without a slot reached the life cycle")
    return detail.slot


S, E = State, Event
TRANSITIONS: Mapping[tuple[State, Event], tuple[State, Step]] = {
    (S.ELSEWHERE, E.LINE_READY): (S.ELSEWHERE, start_ordinary_process),
    (S.ELSEWHERE, E.ATTEMPT): (S.ELSEWHERE, next_attempt),
    (S.ELSEWHERE, E.CANCEL): (S.CANCELLED, cancel),
    (S.WAITING, E.LINE_READY): (S.ENGAGING, line_ready),
    (S.WAITING, E.CANCEL): (S.CANCELLED, cancel),
    (S.UNREACHABLE, E.LINE_READY): (S.HANDED_BACK, give_back_unreachable),
    (S.UNREACHABLE, E.CANCEL): (S.CANCELLED, cancel),
    (S.ENGAGING, E.LINE_READY): (S.ENGAGING, only_told),
    (S.ENGAGING, E.ENGAGE): (S.ENGAGED, engage),
    (S.ENGAGING, E.CANCEL): (S.CANCELLED, cancel),
    (S.ENGAGED, E.LINE_READY): (S.ENGAGED, line_ready_again),
    (S.ENGAGED, E.ENGAGE): (S.ENGAGED, engage_again),
    (S.ENGAGED, E.FIRST_NOTICE): (S.ENGAGED, first_notice),
    (S.ENGAGED, E.CONFIRM): (S.BOOKED, confirm),
    (S.ENGAGED, E.DECLINE_ONE_PARTY): (S.ENGAGED, decline_one_party),
    (S.ENGAGED, E.DECLINE): (S.REFUSED, decline),
    (S.ENGAGED, E.DECLINE_UNTIL_TERM): (S.REFUSING, decline_until_term),
    (S.ENGAGED, E.TERM_END): (S.TIMED_OUT, time_out),
    (S.ENGAGED, E.REFUSAL_STANDS): (S.REFUSED, end_refused),
    (S.ENGAGED, E.CANCEL): (S.CANCELLED, cancel),
    (S.REFUSING, E.LINE_READY): (S.REFUSING, only_told),
    (S.REFUSING, E.FIRST_NOTICE): (S.REFUSING, first_notice),
    (S.REFUSING, E.REFUSAL_STANDS): (S.REFUSED, end_refused),
    (S.REFUSING, E.CANCEL): (S.CANCELLED, cancel),
    (S.BOOKED, E.LINE_READY): (S.BOOKED, only_told),
    (S.BOOKED, E.RESCHEDULE): (S.BOOKED, reschedule),
    (S.BOOKED, E.REMIND): (S.BOOKED, remind),
    (S.BOOKED, E.VISIT): (S.VISITED, visit),
    (S.BOOKED, E.CANCEL): (S.CANCELLED, cancel),
    (S.TIMED_OUT, E.CONFIRM): (S.LATE_BOOKED, confirm_late),
    (S.LATE_BOOKED, E.LINE_READY): (S.LATE_BOOKED, only_told),
    (S.LATE_BOOKED, E.RESCHEDULE): (S.LATE_BOOKED, reschedule),
    (S.LATE_BOOKED, E.REMIND): (S.LATE_BOOKED, remind),
    (S.LATE_BOOKED, E.VISIT): (S.VISITED, visit),
    (S.LATE_BOOKED, E.CANCEL): (S.CANCELLED, cancel),
}

# The term is over at its very instant: whoever acts then comes after these (BOOK-4).
TERM_EVENTS = (E.TERM_END, E.REFUSAL_STANDS)

# INV-2: the cycle of an order ends in one of these; only a late booking, by reading, opens it again.
ENDS = frozenset({S.VISITED, S.REFUSED, S.TIMED_OUT, S.HANDED_BACK, S.CANCELLED})
