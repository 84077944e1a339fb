"""OUT: the time-out of an order that nobody booked within the term, and its way back to the operator.

What lives here: the checkers of OUT-1..3, and the way back after an end, which REF shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.judging.checker_interface import DAY_SECONDS, Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.endings import after_cancellation
from reports.judging.events import Event
from reports.judging.readings import Readings
from reports.words.messages import say, say_again


def booked_in_term(case: Case, readings: Readings) -> Event | None:
    """The confirmation that came while the term ran."""
    confirmed = case.order.first("appointment.confirmed")
    return None if confirmed is None or readings.term_is_over(case.order, confirmed.at) else confirmed


@order_checker("OUT-1", on=["sms.sent", "notification.sent"])
def timeout_causal(case: Case, readings: Readings) -> Iterator[Judged]:
    codes = case.order.causals
    if codes is None:
        return
    yield from after_cancellation(case, case.order.noticed(codes.not_booked))
    if not case.order.engagements:
        return
    sms, notices = case.order.engagements[0], case.order.noticed(codes.not_booked)
    sign = case.went_on_without(case.order.of("order.handed_back")[:1], notices[0] if notices else None)
    declined = [act for act in case.order.of("appointment.declined") if not readings.term_is_over(case.order, act.at)]
    if any(sign is None or act.at <= sign.at for act in declined):
        return
    expected, threshold = say_again("exactly_one", code=codes.not_booked), readings.number("warn_timeout_notice")
    for extra in notices[1:]:
        yield case.broken(expected, say("another", event=described(extra)), extra, notices[0])
    booked = booked_in_term(case, readings)
    if booked is not None and (sign is None or booked.at <= sign.at):
        return
    end = readings.term_end(case.order)
    assert end is not None  # there was an engagement SMS
    if not notices and case.excuse(case.order.of("order.cancelled"), end, sign):
        return
    if sign:
        yield case.broken(expected, say("without_it", event=described(sign)), sms, *notices[:1], sign)
    elif notices:
        yield case.prompt(end, notices[0], say_again("soon_after_term", what=expected), threshold, sms, notices[0])
    else:
        yield case.missing(end, expected, threshold, sms)


@order_checker("OUT-2", on=["notification.sent"])
def not_before_the_end(case: Case, readings: Readings) -> Iterator[Judged]:
    for notice in case.order.not_booked_notices:
        end = readings.term_end(case.order)
        if end is None or case.order.before(notice, "appointment.declined"):
            continue
        booked = booked_in_term(case, readings)
        if booked is not None and booked.index < notice.index:
            yield case.broken(say("out.never_booked"), described(notice), notice, booked)
        else:
            yield case.not_before(end, notice, say("out.not_before"), notice)


@order_checker("OUT-3", on=["notification.sent"])
def handed_back(case: Case, readings: Readings) -> Iterator[Judged]:
    for notice in case.order.not_booked_notices[:1]:
        if not case.order.before(notice, "appointment.declined"):  # REF-3
            yield from given_back(case, [notice], readings)


def given_back(case: Case, causes: Iterable[Event], readings: Readings) -> Iterator[Judged]:
    """OUT-3, REF-3: after the end the order goes back to the operator, and no causal of the service follows."""
    for cause in causes:
        expected = say("out.handed_back")
        back = [event for event in case.order.of("order.handed_back") if event.at >= cause.at]
        later = [event for event in case.order.booked_notices if event.index > cause.index]
        confirmed = case.order.of("appointment.confirmed")
        visits = [event for event in case.order.of("visit.started") if event.index > cause.index and not confirmed]
        premature = [event for event in case.order.of("order.handed_back") if event.at < cause.at]
        if wrong := [*later, *visits, *premature]:
            yield case.broken(expected, described(wrong[0]), cause, wrong[0])
        elif back:
            never = case.came_as_never(cause.at, back[0])
            yield case.kept_if(not never, expected, described(back[0]), cause, back[0])
        elif not case.excuse(case.order.of("order.cancelled"), cause.at, None):
            yield case.missing(cause.at, expected, DAY_SECONDS, cause)
