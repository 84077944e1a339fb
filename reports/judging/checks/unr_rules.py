"""UNR: the first causal, "customer unreachable", and the suspension it opens.

What lives here: the checkers of UNR-1..3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.facts import FIRST_CODES
from reports.judging.checker_interface import Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.endings import after_the_end
from reports.judging.events import Event
from reports.judging.order_story import Appointment
from reports.judging.readings import Readings
from reports.rome_time import Instant
from reports.words.messages import say, say_again

ACTS = ("/agent",)
MAY_END_IT = (
    "/agent",
    "/intake",
)  # wires of a booking, a move and a cancellation: unseen, they may change a suspension's end


@order_checker("UNR-1", on=["sms.sent", "notification.sent"])
def one_first_notice(case: Case, readings: Readings) -> Iterator[Judged]:
    sent, codes = case.order.engagements, case.order.causals
    if codes is not None:
        yield from after_the_end(case, case.order.noticed(codes.first))
    if not sent or codes is None:
        return
    sms, notices = sent[0], case.order.noticed(codes.first)
    expected, threshold = say_again("exactly_one", code=codes.first), readings.number("warn_first_notice")
    for extra in notices[1:]:
        yield case.broken(expected, say("another", event=described(extra)), extra, notices[0])
    went_on = [*case.order.ending_notices[:1], *case.order.firsts("order.handed_back", "visit.started")]
    sign = case.went_on_without(went_on, notices[0] if notices else None)
    if notices and sign:
        yield case.broken(expected, say("before_it", event=described(sign)), sms, notices[0], sign)
    elif notices:
        late = notices[0].at > sms.at + threshold * 1000
        due = _row_time(case) if late and readings["first_notice_unconditional"] == "no" else sms.at
        yield case.prompt(
            max(due, sms.at), notices[0], say_again("soon_after_sms", what=expected), threshold, sms, notices[0]
        )
    elif case.excuse(case.order.of("order.cancelled"), sms.at, sign) or (
        case.excuse(case.order.of_any("appointment.confirmed", "appointment.declined"), sms.at, sign)
        and readings["first_notice_unconditional"] == "no"  # then it is for orders on which nobody has acted yet
    ):
        return
    elif sign:
        passed_over = case.broken(expected, say("none_and", event=described(sign)), sms, sign)
        yield _unless_acted_on(case, readings, sign.at, passed_over)
    else:
        never = sms.at + (case.never_after or 0)
        yield _unless_acted_on(case, readings, never, case.missing(sms.at, expected, threshold, sms))


def _unless_acted_on(case: Case, readings: Readings, at: Instant, judged: Judged) -> Judged:
    """The outcome, unless by reading an act by then makes the causal superfluous, and acts were not watched."""
    doubted = case.if_seen(ACTS, at, judged)
    return judged if doubted is judged or readings["first_notice_unconditional"] == "yes" else doubted


def _row_time(case: Case) -> Instant:
    return case.order.rows[0][0].at if case.order.rows else 0


@order_checker("UNR-2", on=["notification.sent"])
def after_sms_before_the_rest(case: Case, readings: Readings) -> Iterator[Judged]:
    sent, ends = case.order.engagements, case.order.ending_notices
    for notice in case.order.first_notices:
        if not sent or sent[0].index > notice.index:
            deadline = sent[0].at if sent else None
            yield case.broken(say("unr.after_sms"), described(notice), notice, *sent, deadline=deadline, at=notice.at)
        elif ends and ends[0].index < notice.index:
            earlier = [end for end in ends if end.index < notice.index]
            yield case.broken(say("unr.before_others"), described(notice), notice, sent[0], *earlier)
        else:
            yield case.kept(notice)


@order_checker("UNR-3", on=["notification.sent", "sla.suspended"])
def opens_the_suspension(case: Case, readings: Readings) -> Iterator[Judged]:
    codes = case.order.causals
    suspensions: list[Event] = []
    for event in case.order.of("sla.suspended"):
        if codes is None or event.data["code"] == codes.first:
            if event.data["code"] in FIRST_CODES:
                suspensions.append(event)
        elif event.data["code"] in FIRST_CODES:
            yield case.broken(say("unr.own_family"), described(event), event)
    for notice in case.order.first_notices[:1]:
        expected = say_again("unr.from", code=notice.data["code"])
        if suspensions:
            opened = suspensions[0]
            if opened.at != notice.at:
                yield case.broken(expected, described(opened), notice, opened, deadline=notice.at, at=opened.at)
            else:
                yield case.kept(notice, opened)
                yield from _closes(case, readings, opened)
        elif not case.world.observation.is_said and not case.world.has_ledger:
            yield case.unknown(expected, say("unr.silent_ledger"), notice)
        elif case.until > notice.at:
            yield case.broken(expected, say("unr.no_suspension"), notice, deadline=notice.at)
        else:
            yield case.pending(expected, notice, deadline=notice.at)
    if suspensions and not case.order.first_notices:
        yield _without_causal(case, suspensions[0])


def _without_causal(case: Case, opened: Event) -> Judged:
    expected = say("unr.not_before_first")
    if case.until > opened.at:  # its causal may stand behind it in the same instant
        return case.broken(expected, described(opened), opened)
    return case.pending(expected, opened, deadline=opened.at)


def _closes(case: Case, readings: Readings, opened: Event) -> Iterator[Judged]:
    """The end of the suspension: by reading; after a not-booked causal it stays open."""
    resumed = _first_after(opened, case.order.of("sla.resumed"))
    stops = case.order.of("order.cancelled")
    booked, lost = case.order.appointments, case.order.not_booked_notices
    booked_acts = [booked[0].act] if booked else []
    if resumed is not None and not _excused(resumed, [*booked_acts, *lost[:1], *stops[:1]]):  # the earliest of each
        expected = say("unr.while_unbooked")
        early = case.broken(expected, described(resumed), resumed, opened)
        yield case.if_seen(MAY_END_IT, resumed.at, early)
        return
    if lost and not booked:
        if resumed is not None and resumed.index > lost[0].index and not _excused(resumed, stops):
            yield case.broken(say("unr.open_after"), described(resumed), resumed, lost[0])
        return
    if not booked:
        return
    due = _resume_due(case, readings["sla_resume"])
    if due is None or ((ends := [*lost, *stops]) and _excused_by(due, resumed, ends)):
        return
    expected = say_again("unr.resumed_at", at=due)
    if resumed is not None:
        if resumed.at == due:
            yield case.kept(booked[0].act, resumed)
            return
        astray = case.broken(expected, described(resumed), booked[0].act, resumed, deadline=due, at=resumed.at)
        yield case.if_seen(MAY_END_IT, min(due, resumed.at), astray)
    elif case.until > due:
        never = case.broken(expected, say("unr.not_resumed"), booked[0].act, opened, deadline=due)
        yield case.if_seen(MAY_END_IT, due, never)


def _first_after(event: Event, later_events: Iterable[Event]) -> Event | None:
    """The first of these events, in the order of the trace, that stands after an event."""
    for candidate in later_events:
        if candidate.index > event.index:
            return candidate
    return None


def _excused(resumed: Event, causes: Iterable[Event]) -> bool:
    """Whether anything that may end a suspension came by the instant at which it ended."""
    for cause in causes:  # noqa: SIM110 - `any` of a generator takes three times as long
        if cause.at <= resumed.at:
            return True
    return False


def _excused_by(due: Instant, resumed: Event | None, ends: list[Event]) -> bool:
    """Whether the order ended before its suspension was due to end: then it may end at that end, later or never."""
    first = min((end.at for end in ends), default=None)
    return first is not None and first <= due and (resumed is None or resumed.at >= first)


def _resume_due(case: Case, reading: str) -> Instant | None:
    if reading == "booking":
        return case.order.appointments[0].act.at
    if reading == "appointment":
        for appointment in case.order.appointments:
            if _reached_its_slot(appointment):
                return appointment.slot.start
        return case.order.appointments[-1].slot.start
    visit = case.order.first("visit.started")
    return visit.at if visit else None


def _reached_its_slot(appointment: Appointment) -> bool:
    """Whether an appointment was still in force when its slot began."""
    return appointment.until is None or appointment.until.at > appointment.slot.start
