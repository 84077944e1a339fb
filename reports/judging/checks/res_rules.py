"""RES: moving an appointment, until 18:00 of the day before it.

What lives here: the checkers of RES-1..4.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.facts import IN_SERVICE, UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, Moment, described, event_ids
from reports.judging.checker_register import event_checker, order_checker
from reports.judging.checks.endings import after_cancellation
from reports.judging.checks.message_words import band_text
from reports.judging.checks.offers import all_bookings_seen, denied_offer
from reports.judging.events import Event, Slot, slot_of
from reports.judging.judge_calendar import eve_limit
from reports.judging.order_story import OrderStory
from reports.judging.readings import Readings
from reports.judging.slots import place_of
from reports.words.messages import say
from reports.words.reading_words import OR_MORE

OTHER_MATTERS = frozenset({"slot_taken", "slot_not_offered", "cutoff_passed", UNKNOWN_LINK})  # of other rules


@order_checker("RES-1", on=["appointment.rescheduled", "agent.rejected"])
def may_be_moved(case: Case, readings: Readings) -> Iterator[Judged]:
    limit = readings["max_reschedules"]
    for act in case.order.of("appointment.rescheduled"):
        in_force = case.order.appointment_before(act)
        if in_force is None and case.order.before(act, "order.cancelled"):
            yield from after_cancellation(case, [act])
        elif in_force is None:
            yield case.broken(say("res.only_fixed"), described(act), act)
        elif limit.isdecimal() and in_force.moves >= int(limit):
            yield case.broken(say("res.at_most", count=limit), say("res.move", count=in_force.moves + 1), act)
        else:
            yield case.kept(act)
    for act in case.order.rejected("reschedule"):
        in_force = case.order.appointment_before(act)
        if in_force is None or act.at >= eve_limit(in_force.slot.start) or case.order.before(act, "order.handed_back"):
            continue
        exhausted = act.data["reason"] == "reschedules_exhausted"
        if exhausted and limit != "unlimited" and in_force.moves >= int(limit.removesuffix(OR_MORE)):
            yield case.kept(act)
        elif exhausted or act.data["reason"] not in OTHER_MATTERS:
            yield case.broken(say("res.can_be_moved"), described(act), act, in_force.act)


@event_checker("RES-2", "appointment.rescheduled", "agent.rejected")
def earlier_or_later(moment: Moment, readings: Readings) -> Iterator[Judged]:
    """RES-2: a slot that is on offer is not denied to who may still move."""
    act, order = moment.event, moment.order
    if order is None or moment.story is None:
        return
    if act.type == "appointment.rescheduled":
        yield Judged("PASS", order.name, order.service, (act.id,))
    elif act.data["act"] == "reschedule" and (slot := denied_offer(moment, readings)):
        in_force = moment.story.appointment_before(act)
        if in_force is not None and slot != in_force.slot and act.at < eve_limit(in_force.slot.start):
            observed = say("res.for_slot", event=described(act), slot=band_text(slot))
            evidence = event_ids((act, in_force.act))
            yield Judged("FAIL", order.name, order.service, evidence, say("res.dates"), observed)


@order_checker("RES-3", on=["appointment.rescheduled", "agent.rejected"])
def until_the_cutoff(case: Case, readings: Readings) -> Iterator[Judged]:
    moves = [*case.order.of("appointment.rescheduled"), *case.order.rejected("reschedule")]
    for act in sorted(moves, key=lambda event: event.index):
        in_force = case.order.appointment_before(act)
        if in_force is None:
            continue
        cutoff = eve_limit(in_force.slot.start)
        expected = say("moved_until", at=cutoff)
        in_time = act.at < cutoff or (act.at == cutoff and readings["cutoff_included"] == "yes")
        if act.type == "appointment.rescheduled":
            is_right = in_time
        elif in_time and act.data["reason"] != "cutoff_passed":
            continue
        else:
            is_right = not in_time
        yield (
            case.kept(act, in_force.act)
            if is_right
            else case.broken(expected, described(act), act, in_force.act, deadline=cutoff, at=act.at)
        )


@order_checker("RES-4", on=["appointment.rescheduled"])
def goes_on_with_the_new_one(case: Case, readings: Readings) -> Iterator[Judged]:
    order = case.order
    yield from _said_of_the_move(case)
    moved = [appointment for appointment in order.appointments if appointment.moves > 0]
    for visit in order.of("visit.started")[:1]:
        before = [appointment for appointment in moved if appointment.act.index < visit.index]
        if before and order.flow == IN_SERVICE:
            holds = slot_of(visit) == before[-1].slot
            expected = say("res.visit_follows_to", slot=band_text(before[-1].slot))
            observed = say("res.in_slot", event=described(visit), slot=band_text(slot_of(visit)))
            yield case.kept_if(holds, expected, observed, before[-1].act, visit)
    if moved and not order.of_any("visit.started", "order.cancelled"):
        expected = say("res.visit_follows")
        yield Judged("PENDING", order.name, order.service, (moved[-1].act.id,), expected, say("res.no_visit"))


def _said_of_the_move(case: Case) -> Iterator[Judged]:
    """RES-4: a move names the slot that was held, and a causal after it never the slot that was left.

    The first causal may still be that of the booking, the second that of the first move, and so on: each names the slot
    of its own act or of a later one.
    """
    order = case.order
    for act in order.of("appointment.rescheduled"):
        appointment, previous = order.appointment_before(act), slot_of(act, "previous")
        if appointment is not None and previous != appointment.slot:
            yield case.broken(
                say("res.moved_from", slot=band_text(appointment.slot)),
                say("res.moved_from", slot=band_text(previous)),
                act,
                appointment.act,
            )
    told_by = order.causals.of_appointments if order.causals else ()
    for rank, notice in enumerate(order.noticed(*told_by)):
        slots = _slots_in_turn(order, notice)
        slot = slot_of(notice)
        if rank and slot is not None and slot in slots and slot not in slots[min(rank, len(slots) - 1) :]:
            yield case.broken(
                say("res.slot_in_force", slot=band_text(slots[-1])),
                say("res.of_slot", event=described(notice), slot=band_text(slot)),
                notice,
            )


def _slots_in_turn(order: OrderStory, event: Event) -> list[Slot]:
    """The slots that the order held one after the other until an event; one kept by a move counts once."""
    slots = [appointment.slot for appointment in order.appointments if appointment.act.index < event.index]
    return [slot for rank, slot in enumerate(slots) if rank == 0 or slot != slots[rank - 1]]


@event_checker("RES-4", "agent.rejected")
def freed_slot_is_free(moment: Moment, readings: Readings) -> Iterator[Judged]:
    """RES-4: the slot that a move left can be taken by another."""
    act, order, slot, agenda = moment.event, moment.order, slot_of(moment.event), moment.agenda
    if order is None or slot is None or act.data["reason"] != "slot_taken" or not all_bookings_seen(moment):
        return
    place = place_of(order, slot)
    if place in agenda.freed and agenda.free(place):
        evidence = event_ids((act, agenda.freed[place]))
        yield Judged("FAIL", order.name, order.service, evidence, say("res.free_again"), described(act))
