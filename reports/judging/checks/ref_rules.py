"""REF: a party declines to fix an appointment.

What lives here: the checkers of REF-1..3, and the refusals that count, which INV shares.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.facts import UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.book_rules import barred_by
from reports.judging.checks.endings import CANCELLATIONS, after_the_end, refused_in_time
from reports.judging.checks.out_rules import given_back
from reports.judging.events import Event
from reports.judging.readings import Readings
from reports.rome_time import Instant
from reports.words.messages import say


@order_checker("REF-1", on=["appointment.declined", "agent.rejected"])
def only_while_none_is_fixed(case: Case, readings: Readings) -> Iterator[Judged]:
    for act in case.order.of("appointment.declined"):
        fixed = case.order.appointment_before(act)
        evidence = (act, fixed.act) if fixed else (act,)
        yield case.kept_if(fixed is None, say("ref.only_unfixed"), described(act), *evidence)
        yield from after_the_end(case, [act])
    for act in case.order.rejected("decline"):
        if case.order.appointment_before(act) is not None:
            yield case.kept(act)
        elif act.data["reason"] in {"already_booked", "not_booked"} and not case.order.before(act, "order.cancelled"):
            yield case.if_seen(CANCELLATIONS, act.at, case.broken(say("ref.may_unfixed"), described(act), act))
        elif act.data["reason"] != UNKNOWN_LINK and _is_open(case, act, readings):
            yield case.if_seen(CANCELLATIONS, act.at, case.broken(say("ref.may_within"), described(act), act))


def _is_open(case: Case, act: Event, readings: Readings) -> bool:
    """Whether an act came within the term, and nothing before it had closed the matter for that party."""
    sent, end = case.order.engagements, readings.term_end(case.order)
    within = bool(sent) and end is not None and sent[0].index < act.index and act.at < end
    return within and not barred_by(case, act, readings)


def refusals(case: Case) -> list[Event]:
    """Refusals that count: made while nothing was fixed and the cycle had not ended."""
    refused = refused_in_time(case)
    return [act for act in refused if case.order.appointment_before(act) is None] if refused else []


def _deciding(case: Case, readings: Readings) -> tuple[Event | None, Instant | None]:
    """The refusal that ends the matter and the earliest instant of its causal; None while the other may book."""
    declined, end = refusals(case), readings.term_end(case.order)
    if not declined:
        return None, None
    refusal = declined[0]
    if readings["refusal_final"] == "no":
        of_other_party = next((act for act in declined if act.data["channel"] != refusal.data["channel"]), None)
        if of_other_party is None:
            return refusal, end
        refusal = of_other_party
    return refusal, end if readings["refusal_notice"] == "term_end" else refusal.at


@order_checker("REF-2", on=["appointment.declined"])
def one_causal_for_a_refusal(case: Case, readings: Readings) -> Iterator[Judged]:
    codes, (final, due) = case.order.causals, _deciding(case, readings)
    if codes is None or final is None:
        return
    notices = case.order.noticed(codes.not_booked)
    expected, threshold = say("ref.one_causal", code=codes.not_booked), readings.number("warn_timeout_notice")
    for extra in notices[1:]:
        yield case.broken(expected, say("another", event=described(extra)), extra, notices[0])
    if due is None:
        return
    sign = case.went_on_without(case.order.of("order.handed_back"), notices[0] if notices else None)
    stops = case.order.of("order.cancelled") if not notices else []
    if case.excuse([*case.order.of("appointment.confirmed"), *stops], due, sign):
        return
    if sign:
        yield case.broken(expected, say("without_it", event=described(sign)), final, *notices[:1], sign)
    elif notices:
        early = notices[0].at < due or notices[0].index < refusals(case)[0].index
        yield (
            case.broken(expected, described(notices[0]), final, notices[0], deadline=due, at=notices[0].at)
            if early
            else (case.prompt(due, notices[0], expected, threshold, final, notices[0]))
        )
    else:
        yield case.missing(due, expected, threshold, final)


@order_checker("REF-3", on=["appointment.declined"])
def nobody_books_any_more(case: Case, readings: Readings) -> Iterator[Judged]:
    declined = refusals(case)
    if not declined:
        return
    for act in [act for act in case.order.attempts if act.index > declined[0].index]:
        if act.type == "agent.rejected":
            yield case.kept(act, declined[0])
            continue
        is_final = readings["refusal_final"] == "yes"
        yield case.kept_if(not is_final, say("ref.nobody_books"), described(act), act, declined[0])
    notices = case.order.not_booked_notices[:1]
    if not case.order.of("appointment.confirmed"):
        yield from given_back(case, notices, readings)
