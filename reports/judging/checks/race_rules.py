"""RACE, RES, REF: two parties at one agent, moving an appointment, refusing one.

What lives here: the checkers of RACE-1..2, RES-1..4, REF-1..3. The order of lines decides within one millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.judging.checker_interface import Case, Judged, Readings, ids, order_checker, said, world_checker
from reports.judging.checks.book_rules import attempts, given_back
from reports.judging.events import NOT_BOOKED_CODES, Event, Slot, World, slot_of
from reports.judging.judge_calendar import day_of, eve_limit, format_instant, is_working, wall_clock
from reports.judging.slots import Agenda

WEEK_MS = 7 * 86_400_000


@order_checker("RACE-1")
def first_confirmation_wins(case: Case, readings: Readings) -> Iterator[Judged]:
    winner: Event | None = None
    for act in attempts(case):
        if act.type == "agent.rejected":
            if winner is not None:
                yield case.kept(act, winner)
            elif act.data["reason"] == "already_booked":
                yield case.broken("the first to confirm gets the appointment", said(act), act)
        elif winner is None:
            winner = act
        elif case.order.before(act, "order.cancelled") or _is_retry(act, winner):
            continue
        else:
            yield case.broken("only the first confirmation fixes an appointment", f"another {said(act)}", act, winner)


def _is_retry(act: Event, winner: Event) -> bool:
    return act.data["channel"] == winner.data["channel"] and slot_of(act) == slot_of(winner)


@order_checker("RACE-2")
def second_changes_nothing(case: Case, readings: Readings) -> Iterator[Judged]:
    codes, winner = case.order.causals, case.order.first("appointment.confirmed")
    if codes is None or winner is None:
        return
    for act in [act for act in attempts(case) if act.index > winner.index]:
        in_force = case.order.appointment_before(act)
        if in_force is None:
            continue
        retry = act.data["channel"] == winner.data["channel"] and slot_of(act) == in_force.slot
        wrong = _second_effect(case, act, codes.booked)
        if wrong is not None:
            yield case.broken("no second causal for the one who came second", said(wrong), act, wrong, winner)
        elif act.type == "appointment.confirmed":
            accepted = retry and readings["race_retry"] == "idempotent"
            yield case.judge(accepted, "the second to confirm is told so", f"accepted: {said(act)}", act, winner)
        else:
            refused = retry and act.data["reason"] == "already_booked" and readings["race_retry"] == "idempotent"
            yield case.judge(not refused, "the winner gets the same answer again", said(act), act, winner)


def _second_effect(case: Case, act: Event, code: str) -> Event | None:
    """A booked causal after the attempt, beyond one for each appointment fixed."""
    notices = case.order.notices({code})
    for rank, notice in enumerate(notices):
        fixed = [one for one in case.order.appointments if one.act.index < notice.index]
        if notice.index > act.index and rank >= len(fixed):
            return notice
    return None


@order_checker("RES-1")
def may_be_moved(case: Case, readings: Readings) -> Iterator[Judged]:
    limit = readings["max_reschedules"]
    for act in case.order.of("appointment.rescheduled"):
        in_force = case.order.appointment_before(act)
        if in_force is None:
            yield case.broken("only a fixed appointment is moved", said(act), act)
        elif limit != "unlimited" and in_force.moves >= int(limit):
            yield case.broken(f"at most {limit} moves", f"move {in_force.moves + 1}", act)
        else:
            yield case.kept(act)
    for act in case.order.rejected("reschedule"):
        in_force = case.order.appointment_before(act)
        if in_force is None or act.at >= eve_limit(in_force.slot.start) or case.order.before(act, "order.handed_back"):
            continue
        exhausted = act.data["reason"] == "reschedules_exhausted"
        if exhausted and limit != "unlimited" and in_force.moves >= int(limit):
            yield case.kept(act)
        elif exhausted or act.data["reason"] in {"closed", "not_booked", "term_over", "already_booked"}:
            yield case.broken("a fixed appointment can be moved", said(act), act, in_force.act)


@world_checker("RES-2")
def earlier_or_later(world: World, readings: Readings) -> Iterator[Judged]:
    agenda = Agenda(world)
    for act in world.of(*Agenda.TYPES):
        order = world.orders.get(act.subject)
        if act.type == "appointment.rescheduled" and order is not None:
            yield Judged("PASS", order.code, order.service, (act.id,))
        elif act.type == "agent.rejected" and order is not None and act.data["reason"] == "slot_not_offered":
            wanted, in_force = slot_of(act), order.appointment_before(act)
            if act.data["act"] != "reschedule" or wanted is None or in_force is None:
                continue
            free = agenda.free(agenda.place(order, wanted))
            if free and _must_be_offered(act, wanted, in_force.slot):
                observed = f"{said(act)} for {format_instant(wanted.start)}"
                evidence = ids((act, in_force.act))
                yield Judged("FAIL", order.code, order.service, evidence, "earlier and later dates", observed)
        agenda.follow(act)


def _must_be_offered(act: Event, wanted: Slot, current: Slot) -> bool:
    """A published, free band of a working day, its reminder still possible, near the present appointment."""
    same_band = wall_clock(wanted.start).time() == wall_clock(current.start).time()
    near = wanted.start <= current.start + WEEK_MS and is_working(day_of(wanted.start), "mon_fri", "national")
    in_time = act.at < eve_limit(wanted.start) and act.at < eve_limit(current.start)
    return same_band and near and in_time


@order_checker("RES-3")
def until_the_cutoff(case: Case, readings: Readings) -> Iterator[Judged]:
    moves = [*case.order.of("appointment.rescheduled"), *case.order.rejected("reschedule")]
    for act in sorted(moves, key=lambda event: event.index):
        in_force = case.order.appointment_before(act)
        if in_force is None:
            continue
        cutoff = eve_limit(in_force.slot.start)
        expected = f"moved until {format_instant(cutoff)}"
        in_time = act.at < cutoff or (act.at == cutoff and readings["cutoff_included"] == "yes")
        if act.type == "appointment.rescheduled":
            holds = in_time
        elif in_time and act.data["reason"] != "cutoff_passed":
            continue
        else:
            holds = not in_time
        yield (
            case.kept(act, in_force.act)
            if holds
            else case.broken(expected, said(act), act, in_force.act, deadline=cutoff, at=act.at)
        )


@world_checker("RES-4")
def goes_on_with_the_new_one(world: World, readings: Readings) -> Iterator[Judged]:
    for order in world.orders.values():
        moved = [one for one in order.appointments if one.moves > 0]
        for visit in order.of("visit.started")[:1]:
            before = [one for one in moved if one.act.index < visit.index]
            if before and order.flow == "service":
                holds = slot_of(visit) == before[-1].slot
                evidence = ids((before[-1].act, visit))
                expected = f"the visit follows the move, {format_instant(before[-1].slot.start)}"
                verdict = "PASS" if holds else "FAIL"
                yield Judged(verdict, order.code, order.service, evidence, expected, said(visit))
        if moved and not order.of("visit.started", "order.cancelled"):
            expected = "the visit follows the move"
            yield Judged("PENDING", order.code, order.service, (moved[-1].act.id,), expected, "no visit seen")
    yield from _freed_slots(world)


def _freed_slots(world: World) -> Iterator[Judged]:
    """RES-4: the slot that a move left can be taken by another."""
    agenda = Agenda(world)
    for act in world.of(*Agenda.TYPES):
        order, slot = world.orders.get(act.subject), slot_of(act)
        taken = act.type == "agent.rejected" and act.data["reason"] == "slot_taken"
        if taken and order is not None and slot is not None:
            place = agenda.place(order, slot)
            if place in agenda.freed and agenda.free(place):
                evidence = ids((act, agenda.freed[place]))
                expected, observed = "the old slot is free again", said(act)
                yield Judged("FAIL", order.code, order.service, evidence, expected, observed)
        agenda.follow(act)


@order_checker("REF-1")
def only_while_none_is_fixed(case: Case, readings: Readings) -> Iterator[Judged]:
    for act in case.order.of("appointment.declined"):
        fixed = case.order.appointment_before(act)
        evidence = (act, fixed.act) if fixed else (act,)
        yield case.judge(fixed is None, "refused only while nothing is fixed", said(act), *evidence)
    for act in case.order.rejected("decline"):
        if case.order.appointment_before(act) is not None:
            yield case.kept(act)
        elif act.data["reason"] in {"already_booked", "not_booked"} and not case.order.before(act, "order.cancelled"):
            yield case.broken("may be refused while nothing is fixed", said(act), act)


def refusals(case: Case) -> list[Event]:
    """Refusals that count: made while nothing was fixed."""
    return [act for act in case.order.of("appointment.declined") if case.order.appointment_before(act) is None]


def _deciding(case: Case, readings: Readings) -> tuple[Event | None, int | None]:
    """The refusal that ends the matter and the earliest instant of its causal; None while the other may book."""
    declined, end = refusals(case), readings.term_end(case.order)
    if not declined:
        return None, None
    final = declined[0]
    if readings["refusal_final"] == "no":
        other = next((act for act in declined if act.data["channel"] != final.data["channel"]), None)
        if other is None:
            return final, end
        final = other
    return final, end if readings["refusal_notice"] == "term_end" else final.at


@order_checker("REF-2")
def one_causal_for_a_refusal(case: Case, readings: Readings) -> Iterator[Judged]:
    codes, (final, due) = case.order.causals, _deciding(case, readings)
    if codes is None or final is None:
        return
    notices = [event for event in case.order.notices(NOT_BOOKED_CODES) if event.data["code"] == codes.not_booked]
    expected, threshold = f"exactly one {codes.not_booked} after the refusal", readings.number("warn_timeout_notice")
    for extra in notices[1:]:
        yield case.broken(expected, f"another {said(extra)}", extra, notices[0])
    if due is None or case.order.of("appointment.confirmed"):
        return
    if notices:
        early = notices[0].at < due or notices[0].index < refusals(case)[0].index
        yield (
            case.broken(expected, said(notices[0]), final, notices[0], deadline=due, at=notices[0].at)
            if early
            else (case.prompt(due, notices[0], expected, threshold, final, notices[0]))
        )
    elif back := case.order.of("order.handed_back"):
        yield case.broken(expected, f"none, and {said(back[0])}", final, back[0])
    elif not case.order.of("order.cancelled"):
        yield case.missing(due, expected, threshold, final)


@order_checker("REF-3")
def nobody_books_any_more(case: Case, readings: Readings) -> Iterator[Judged]:
    declined = refusals(case)
    if not declined:
        return
    for act in [act for act in attempts(case) if act.index > declined[0].index]:
        if act.type == "agent.rejected":
            yield case.kept(act, declined[0])
            continue
        by_same = any(other.data["channel"] == act.data["channel"] for other in declined if other.index < act.index)
        open_to_other = not by_same and readings["refusal_final"] == "no"
        yield case.judge(open_to_other, "nobody books after a refusal", said(act), act, declined[0])
    notices = case.order.notices(NOT_BOOKED_CODES)[:1]
    if not case.order.of("appointment.confirmed"):
        yield from given_back(case, notices, readings)
