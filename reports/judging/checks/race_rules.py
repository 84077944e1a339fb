"""RACE: two parties at one agent at the same time.

What lives here: the checkers of RACE-1..2. The order of lines decides within one millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.judging.checker_interface import Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.book_rules import ATTEMPTS
from reports.judging.events import Event, slot_of
from reports.judging.readings import Readings
from reports.words.messages import say


@order_checker("RACE-1", on=ATTEMPTS)
def first_confirmation_wins(case: Case, readings: Readings) -> Iterator[Judged]:
    winner: Event | None = None
    for act in case.order.attempts:
        if act.type == "agent.rejected":
            if winner is not None:
                yield case.kept(act, winner)
            elif act.data["reason"] == "already_booked":
                yield case.broken(say("race.first_wins"), described(act), act)
        elif winner is None:
            winner = act
        elif case.order.before(act, "order.cancelled") or _is_retry(act, winner):
            continue
        else:
            yield case.broken(say("race.only_first"), say("another", event=described(act)), act, winner)


def _is_retry(act: Event, winner: Event) -> bool:
    return act.data["channel"] == winner.data["channel"] and slot_of(act) == slot_of(winner)


@order_checker("RACE-2", on=["appointment.confirmed"])
def second_changes_nothing(case: Case, readings: Readings) -> Iterator[Judged]:
    codes, winner = case.order.causals, case.order.first("appointment.confirmed")
    if codes is None or winner is None:
        return
    for act in case.order.attempts:
        in_force = case.order.appointment_before(act) if act.index > winner.index else None
        if in_force is None:
            continue
        retry = act.data["channel"] == winner.data["channel"] and slot_of(act) == in_force.slot
        wrong = _second_effect(case, act, codes.of_appointments)
        if wrong is not None:
            yield case.broken(say("race.no_second_causal"), described(wrong), act, wrong, winner)
        elif act.type == "appointment.confirmed":
            accepted = retry and readings["race_retry"] == "idempotent"
            yield case.kept_if(accepted, say("race.second_told"), say("accepted", event=described(act)), act, winner)
        else:
            refused = retry and act.data["reason"] == "already_booked" and readings["race_retry"] == "idempotent"
            yield case.kept_if(not refused, say("race.same_answer"), described(act), act, winner)


def _second_effect(case: Case, act: Event, codes: Sequence[str]) -> Event | None:
    """A booked causal after the attempt, beyond one for each appointment fixed."""
    notices = case.order.noticed(*codes)
    for rank, notice in enumerate(notices):
        fixed = [appointment for appointment in case.order.appointments if appointment.act.index < notice.index]
        if notice.index > act.index and rank >= len(fixed):
            return notice
    return None
