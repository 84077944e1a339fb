"""BOOK: fixing the appointment within the term, its causal and its visit.

What lives here: the checkers of BOOK-1..4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.facts import IN_SERVICE, UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, Moment, described
from reports.judging.checker_register import event_checker, order_checker
from reports.judging.checks.endings import after_cancellation, cancellation_before
from reports.judging.checks.message_words import band_text
from reports.judging.checks.offers import denied_offer
from reports.judging.events import Event, slot_of
from reports.judging.order_story import FIXING
from reports.judging.readings import Readings
from reports.rome_time import format_instant
from reports.words.messages import say, say_again

TERM_REASONS = frozenset({"term_over", "closed"})
OTHER_MATTERS = frozenset({"already_booked", "slot_taken", "slot_not_offered", UNKNOWN_LINK})  # of other rules
ATTEMPTS = ("appointment.confirmed", "agent.rejected")  # accepted and rejected
IN_BAND = say("book.in_band")
TIMED_OUT = "timeout"  # why an order is handed back


def barred_by(case: Case, act: Event, readings: Readings) -> bool:
    """Whether an earlier event rightly keeps this act out: cancelled, handed back otherwise than as timed out, refused.

    A time-out bars nobody before the end of the term, nor does the word that the term is over.
    """
    if case.order.before(act, "order.cancelled"):
        return True
    back = [event for event in case.order.before(act, "order.handed_back") if event.data["reason"] != TIMED_OUT]
    if back and act.data.get("reason") != "term_over":
        return True
    declined = case.order.before(act, "appointment.declined")
    if not declined:
        return False
    by_same = any(other.data["channel"] == act.data["channel"] for other in declined)
    return by_same or readings["refusal_final"] == "yes"


@order_checker("BOOK-1", on=ATTEMPTS)
def three_working_days(case: Case, readings: Readings) -> Iterator[Judged]:
    sent = case.order.engagements
    confirmed = case.order.of("appointment.confirmed")
    yield from after_cancellation(case, confirmed)
    if case.order.flow == IN_SERVICE:
        for act in confirmed:
            if not sent or act.index < sent[0].index:
                yield case.broken(say("book.after_sms"), described(act), act, *sent[:1])
    if not sent:
        return
    for act in case.order.attempts:
        if act.index < sent[0].index or _already_fixed(case, act) or cancellation_before(case, act):
            continue
        if act.type == "appointment.confirmed":
            late = readings.term_is_over(case.order, act.at) and readings["late_booking"] == "reject"
            yield _outside_the_term(case, readings, act) if late else case.kept(act)
        elif (
            act.data["reason"] not in OTHER_MATTERS
            and not readings.term_is_over(case.order, act.at)
            and not barred_by(case, act, readings)
        ):
            yield _outside_the_term(case, readings, act)


def _outside_the_term(case: Case, readings: Readings, act: Event) -> Judged:
    """An act that was taken after the term, or turned down within it."""
    end = readings.term_end(case.order)
    expected = say_again("book.until", at=end)
    return case.broken(expected, described(act), act, case.order.engagements[0], deadline=end, at=act.at)


@event_checker("BOOK-1", "agent.rejected")
def slot_on_offer_is_not_denied(moment: Moment, readings: Readings) -> Iterator[Judged]:
    """BOOK-1: who may still fix an appointment may fix it in any slot that is on offer."""
    act, story = moment.event, moment.story
    if story is None or act.data["act"] != "confirm" or (slot := denied_offer(moment, readings)) is None:
        return
    case = Case(story, moment.world)
    end = readings.term_end(story)
    if end is None or act.at >= end or _already_fixed(case, act) or barred_by(case, act, readings):
        return
    observed = say("res.for_slot", event=described(act), slot=band_text(slot))
    yield case.broken(say("book.on_offer"), observed, act, *story.engagements[:1])


def _already_fixed(case: Case, act: Event) -> bool:
    confirmed = case.order.first("appointment.confirmed")
    return confirmed is not None and confirmed.index < act.index


@order_checker("BOOK-2", on=["notification.sent", *FIXING])
def booked_causal(case: Case, readings: Readings) -> Iterator[Judged]:
    codes, appointments = case.order.causals, case.order.appointments
    if codes is None or (case.order.flow != IN_SERVICE and not case.order.engagements):
        return
    notices = case.order.noticed(*codes.of_appointments)
    yield from after_cancellation(case, notices)
    expected = say_again("book.one_causal", code=codes.booked)
    for rank, notice in enumerate(notices):
        fixed = [entry for entry in appointments if entry.act.index < notice.index]
        slot, repeated = slot_of(notice), 0
        if rank >= 1 and readings.declared("reschedule_notice") != "none":
            repeated = len([later for later in fixed[1:] if later.slot != slot_of(later.act, "previous")])
        if not fixed:
            yield case.broken(expected, say("book.without", event=described(notice)), notice)
        elif rank > repeated:
            yield case.broken(expected, say("another", event=described(notice)), notice, notices[rank - 1])
        elif slot is not None and slot not in [appointment.slot for appointment in fixed]:
            yield case.broken(
                say("book.slot_booked"), say("book.slot", at=notice.data["slot"]["start"]), notice, fixed[-1].act
            )
        else:
            act = fixed[rank].act
            if sign := case.went_on_without(_signs_after(case, act), notice):
                yield case.broken(expected, say("before_it", event=described(sign)), notice, sign)
                continue
            yield case.prompt(act.at, notice, expected, readings.number("warn_booked_notice"), notice, fixed[-1].act)
    yield from _booked_causal_missing(case, readings, codes.booked, notices)


def _signs_after(case: Case, act: Event) -> list[Event]:
    """What shows that the order went on after an act: a visit, or the way back to the operator."""
    visits, back = case.order.of("visit.started"), case.order.of("order.handed_back")
    return [sign for sign in [*visits, *back] if sign.index > act.index]


def _booked_causal_missing(case: Case, readings: Readings, code: str, notices: Sequence[Event]) -> Iterator[Judged]:
    appointments = case.order.appointments
    if len(notices) >= len(appointments) or readings.term_is_over(case.order, appointments[0].act.at):
        return
    for rank, appointment in enumerate(appointments):
        if rank < len(notices) or appointment.slot == slot_of(appointment.act, "previous"):
            continue
        if rank > 0 and readings.declared("reschedule_notice") != "repeat":
            return
        sign = case.went_on_without(_signs_after(case, appointment.act), None)
        if case.excuse(case.order.of("order.cancelled"), appointment.act.at, sign):
            return
        expected = say("book.causal_of", code=code)
        if sign:
            yield case.broken(expected, say("none_and", event=described(sign)), appointment.act, sign)
        else:
            yield case.missing(appointment.act.at, expected, readings.number("warn_booked_notice"), appointment.act)


@order_checker("BOOK-3", on=["visit.started", *FIXING])
def visit_as_booked(case: Case, readings: Readings) -> Iterator[Judged]:
    if case.order.flow != IN_SERVICE:
        return
    visits = case.order.of("visit.started")
    yield from after_cancellation(case, visits)
    for another in visits[1:]:
        yield case.broken(say("book.one_visit"), say("another", event=described(another)), another, visits[0])
    if not case.order.appointments:
        return
    last_appointment = case.order.appointments[-1]
    for visit in visits[:1]:
        fixed = [appointment for appointment in case.order.appointments if appointment.act.index < visit.index]
        slot = slot_of(visit)
        if not fixed or slot != fixed[-1].slot:
            shown = format_instant(slot.start) if slot else ""
            yield case.broken(say("book.last_slot"), say("book.visit_in", at=shown), visit, last_appointment.act)
        elif visit.at < slot.start:
            yield case.not_before(slot.start, visit, IN_BAND, visit, last_appointment.act)
        else:
            yield case.not_after(slot.end, visit, IN_BAND, visit, last_appointment.act)
    yield from _visits_missing(case, visits)


def _visits_missing(case: Case, visits: Sequence[Event]) -> Iterator[Judged]:
    """BOOK-3: an appointment still in force when its band ends, and no visit; what comes later mends nothing."""
    ends = [*visits[:1], *case.order.of("order.handed_back")[:1], *case.order.not_booked_notices[:1]]
    visited = case.order.appointment_before(visits[0]) if visits else None
    for appointment in case.order.appointments:
        end = appointment.slot.end
        given_up = appointment.until is not None and appointment.until.at <= end
        if given_up or appointment is visited or any(event.at <= end for event in ends):
            continue
        if case.until > end:
            yield case.broken(say("book.visit_in_band"), say("book.no_visit"), appointment.act, deadline=end)
        else:
            yield case.pending(say("book.visit_in_band"), appointment.act, deadline=end)


@order_checker("BOOK-4", on=ATTEMPTS)
def not_after_the_term(case: Case, readings: Readings) -> Iterator[Judged]:
    for act in case.order.attempts:
        if not readings.term_is_over(case.order, act.at) or _already_fixed(case, act):
            continue
        end = readings.term_end(case.order)
        expected = say_again("book.none_from", at=end)
        accepted = act.type == "appointment.confirmed"
        if readings["late_booking"] == "reject":
            yield case.broken(expected, described(act), act, deadline=end, at=act.at) if accepted else case.kept(act)
        elif (
            accepted
            or act.data["reason"] not in TERM_REASONS
            or case.order.before(act, "order.cancelled", "appointment.declined")
        ):
            yield case.kept(act)
        else:
            yield case.broken(say("book.late_accepted"), described(act), act, deadline=end, at=act.at)
