"""OP: what an operator's system must do. Judged only in worlds where the operator is under test.

What lives here: the checkers of OP-1, OP-2 and OP-4..8. They look at the operator's answers, fetches and acts, never at
its inside.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.facts import AGENT_EVENTS, EVENT_OF_ACT, OPERATOR, UNKNOWN_LINK, is_copper
from reports.judging.checker_interface import DAY_SECONDS, Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.elig_rules import standing_of, written_codes
from reports.judging.checks.link_rules import links
from reports.judging.events import Event, slot_of
from reports.judging.judge_calendar import deposit_deadline, eve_limit
from reports.judging.readings import Readings
from reports.rome_time import DAY_MS, HOUR_MS, MINUTE_MS
from reports.words.messages import say

LATE_MS = HOUR_MS
PROMPT_MS = MINUTE_MS  # what follows a delivery within a minute is taken for its effect
NOT_REACHED = "not reached"
LAST_MOMENT_MS = 1000


def acts_of_operator(case: Case) -> list[Event]:
    return [act for act in case.order.acts if act.data["channel"] == OPERATOR]


def _is_act(act: Event, kind: str) -> bool:
    """Whether an act, accepted or rejected, is of that kind."""
    return act.type == EVENT_OF_ACT[kind] or (act.type == "agent.rejected" and act.data["act"] == kind)


@order_checker("OP-1")
def own_single_code(case: Case, readings: Readings) -> Iterator[Judged]:
    received, standing = case.order.received, standing_of(case)
    if received is None or not written_codes(received):
        return
    if standing is None:
        yield case.unregistered(say("op.one_code"), received)
        return
    codes, data = standing.codes, received.data
    project, delivery = data.get("project_code"), data.get("delivery_code")
    has_both_codes = bool(project and delivery)
    relies = bool(delivery) and is_copper(data["service"]) and data["disaggregated"]
    if has_both_codes:
        problem = say("op.both_codes", project=project, delivery=delivery)
    elif codes.unknown:
        problem = say("op.foreign_code", code=project or delivery)
    else:
        problem = say("op.delivery_disaggregated", code=project or delivery)
    holds = not (has_both_codes or codes.unknown or relies)
    yield case.kept_if(holds, say("op.one_code_not_delivery"), problem, received)


@order_checker("OP-2", on=["notification.sent", "notification.answered"], keeps=["notification.answered"])
def answers_notifications(case: Case, readings: Readings) -> Iterator[Judged]:
    for answer in case.order.of("notification.answered"):
        status = answer.data["status"]
        observed = say("op.status", status=status) if status else say("op.no_answer")
        if was_not_reached(answer):
            yield from _unreachable(case, answer)
        elif not 200 <= status < 300:
            yield case.broken(say("op.answer"), observed, answer)
        elif _as_never(case, answer):
            yield case.broken(say("op.answer"), described(answer), answer)
        elif answer.data["copy"] >= 2 and (again := _repeated_after(case, answer)) is not None:
            yield case.broken(say("op.one_effect"), say("again", event=described(again)), answer, again)
        else:
            yield case.kept(answer)
    yield from _never_answered(case)


def _as_never(case: Case, answer: Event) -> bool:
    """Whether a notification was first answered so late that it counted as never answered."""
    answers = [other for other in case.order.of("notification.answered") if _same_notification(other, answer)]
    sent = [notice for notice in case.order.of("notification.sent") if notice.id == answer.data["notification"]]
    return bool(sent) and answers[0] is answer and case.came_as_never(sent[0].at, answer)


def _same_notification(answer: Event, other_answer: Event) -> bool:
    return bool(answer.data["notification"] == other_answer.data["notification"])


def _never_answered(case: Case) -> Iterator[Judged]:
    """A notification without any answer, where answers were seen; the text sets no bound."""
    answered = {event.data["notification"] for event in case.order.of("notification.answered")}
    notices = [notice for notice in case.order.of("notification.sent") if notice.id not in answered]
    reached = notices and any(
        event.data["operator"] == case.order.operator for event in case.world.of("notification.answered")
    )
    for notice in notices:
        if not reached:
            yield case.unknown(say("op.answer"), say("op.no_endpoint"), notice)
        else:
            yield case.missing(notice.at, say("op.answer"), DAY_SECONDS, notice)


def was_not_reached(answer: Event) -> bool:
    """No connection came about: nothing tells what the operator would have answered."""
    return answer.data["status"] == 0 and str(answer.data.get("reason", "")).startswith(NOT_REACHED)


def _unreachable(case: Case, answer: Event) -> Iterator[Judged]:
    """Nobody was there: undecided, unless a later delivery of the same notification reached somebody."""
    answers = [later for later in case.order.of("notification.answered") if later.index > answer.index]
    if not any(_same_notification(later, answer) and not was_not_reached(later) for later in answers):
        yield case.unknown(say("op.answer"), answer.data["reason"], answer)


def _came_after(act: Event, answer: Event) -> bool:
    """Whether an act came after that delivery had reached the operator: it may act before it answers."""
    return act.index > answer.index or act.id in answer.data.get("meanwhile", ())


def _repeated_after(case: Case, answer: Event) -> Event | None:
    """An act of the operator after a duplicate that repeats one it had done before it."""
    for kind in ("confirm", "decline", "reschedule"):
        acts = [act for act in acts_of_operator(case) if _is_act(act, kind)]
        acts_before = [act for act in acts if not _came_after(act, answer) and act.type == EVENT_OF_ACT[kind]]
        acts_after = [act for act in acts if _came_after(act, answer)]
        if kind == "reschedule":  # another move may be wanted, later or elsewhere
            places = {slot_of(act) for act in acts_before}
            acts_after = [act for act in acts_after if act.at <= answer.at + PROMPT_MS or slot_of(act) in places]
        if acts_before and acts_after:
            return acts_after[0]
    return None


@order_checker("OP-4", on=AGENT_EVENTS)
def books_through_the_links(case: Case, readings: Readings) -> Iterator[Judged]:
    end, handed_out = readings.term_end(case.order), list(links(case))
    for act in [act for act in acts_of_operator(case) if _is_act(act, "confirm")]:
        link, known_links = act.data.get("link"), {link for event, link in handed_out if event.index < act.index}
        strange = act.type == "agent.rejected" and act.data["reason"] == UNKNOWN_LINK
        if act.source != "/agent" or strange or (link and known_links and link not in known_links):
            yield case.broken(say("op.handed_out"), described(act), act)
        elif end is not None and act.at >= end:
            yield case.broken(say("op.within_term"), described(act), act, deadline=end, at=act.at)
        else:
            yield case.kept(act)


@order_checker("OP-5", on=AGENT_EVENTS)
def accepts_being_second(case: Case, readings: Readings) -> Iterator[Judged]:
    acts = acts_of_operator(case)
    refusal = next((act for act in acts if _is_act(act, "confirm") and _tells_of_the_other(case, act)), None)
    if refusal is None:
        return
    later_acts = [
        act for act in acts if act.index > refusal.index and (_is_act(act, "confirm") or _is_act(act, "decline"))
    ]
    if later_acts:
        yield case.broken(say("op.accepts"), described(later_acts[0]), refusal, later_acts[0])
    else:
        yield case.kept(refusal)


def _tells_of_the_other(case: Case, act: Event) -> bool:
    """Whether the act was refused because the other party had booked first."""
    if act.data.get("reason") != "already_booked":
        return False
    return all(booked.data["channel"] != OPERATOR for booked in case.order.before(act, "appointment.confirmed")[-1:])


@order_checker("OP-6", on=AGENT_EVENTS)
def moves_within_the_cutoff(case: Case, readings: Readings) -> Iterator[Judged]:
    denied: dict[str, Event] = {}
    for act in [act for act in acts_of_operator(case) if _is_act(act, "reschedule")]:
        in_force = case.order.appointment_before(act)
        if in_force is None:
            continue
        cutoff = eve_limit(in_force.slot.start)
        earlier = denied.get(in_force.act.id)
        if act.type == "appointment.rescheduled":
            yield case.not_after(cutoff, act, say("moved_until", at=cutoff), act)
        elif earlier is not None:
            yield case.broken(say("op.gives_up"), say("again", event=described(act)), act, earlier)
        else:
            yield case.kept(act)
        if act.type == "agent.rejected" and act.data["reason"] == "cutoff_passed":
            denied.setdefault(in_force.act.id, act)


@order_checker("OP-7", on=["notification.sent"])
def link_unused_after_the_end(case: Case, readings: Readings) -> Iterator[Judged]:
    for notice in case.order.not_booked_notices[:1]:
        expected = say("op.no_act_after", code=notice.data["code"])
        if _may_be_answered(case, notice):
            yield case.pending(expected, notice, deadline=notice.at + DAY_MS)
            return
        taken_in = _taken_in(case, notice)
        if taken_in is None:
            return
        later_acts = [act for act in acts_of_operator(case) if _came_after(act, taken_in)]
        if later_acts:
            yield case.broken(expected, described(later_acts[0]), notice, later_acts[0])
        else:
            yield case.kept(notice)


def _taken_in(case: Case, notice: Event) -> Event | None:
    """The event at which the operator took the notification in; None if it was delivered but never taken in.

    Where a recording has no answer within a day, the notification counts as taken in when it was sent.
    """
    answered = case.order.of("notification.answered")
    if not any(answer.at <= notice.at + DAY_MS for answer in answered):
        return notice
    answers = [answer for answer in answered if answer.data["notification"] == notice.id]
    return next((answer for answer in answers if 200 <= answer.data["status"] < 300), None)


def _may_be_answered(case: Case, notice: Event) -> bool:
    """Whether the first answers may still come: a recording that ends before is no proof that there are none."""
    return case.until <= notice.at + DAY_MS and not case.order.of("notification.answered")


@order_checker("OP-8", keeps=["csv.fetched"])
def survives_bad_delivery(case: Case, readings: Readings) -> Iterator[Judged]:
    sent = {notice.id: notice for notice in case.order.of("notification.sent")}
    newest = -1
    for answer in case.order.of("notification.answered"):
        notice = sent.get(answer.data["notification"])
        if notice is None:
            continue
        disturbed = answer.data["copy"] >= 2 or answer.at - notice.at > LATE_MS or notice.index < newest
        newest = max(newest, notice.index)
        if disturbed:
            wrong_act = _wrong_after(case, answer)
            is_accepted = 200 <= answer.data["status"] < 300
            shown = described(wrong_act) if wrong_act else say("op.status", status=answer.data["status"])
            evidence = (answer, wrong_act) if wrong_act else (answer,)
            yield case.kept_if(is_accepted and wrong_act is None, say("op.survives"), shown, *evidence)
    yield from _last_moment_files(case, readings)


def _wrong_after(case: Case, answer: Event) -> Event | None:
    """A senseless act after a disturbed delivery: confirming what is booked, or acting on what is over."""
    for act in [act for act in acts_of_operator(case) if _came_after(act, answer)]:
        if act.type != "agent.rejected":
            continue
        booked_by_itself = any(
            done.data["channel"] == OPERATOR and slot_of(done) != slot_of(act)
            for done in case.order.before(answer, "appointment.confirmed")
        )
        if _is_act(act, "confirm") and booked_by_itself:
            return act
        if act.data["reason"] == "closed" and case.order.before(answer, "order.handed_back", "order.cancelled"):
            return act
    return None


def _last_moment_files(case: Case, readings: Readings) -> Iterator[Judged]:
    end, sent = readings.term_end(case.order), case.order.engagements
    for deposit in case.order.deposits[:1]:
        if end is None:
            return
        deadline = deposit_deadline(sent[0].at, "calendar_day", "yes", "none")
        if not deadline - LAST_MOMENT_MS <= deposit.at <= deadline:
            return
        fetched = [event for event in case.world.of("csv.fetched") if event.data["path"] == deposit.data["path"]]
        if fetched and fetched[0].at < end:
            yield case.kept(deposit, fetched[0])
        elif case.until >= end:
            yield case.broken(say("op.last_moment"), say("op.not_in_time"), deposit, deadline=end)
        else:
            yield case.pending(say("op.last_moment"), deposit, deadline=end)
