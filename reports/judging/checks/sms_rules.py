"""SMS: the engagement SMS, when it leaves, what it says, from whom.

What lives here: the checkers of SMS-1..6, and the comparison of own texts which the reminder shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reports.facts import IN_SERVICE
from reports.judging.checker_interface import Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.elig_rules import expected_in_service, written_codes
from reports.judging.checks.endings import after_the_end
from reports.judging.checks.message_words import PLACEHOLDER, addresses, fits
from reports.judging.events import Event
from reports.judging.judge_calendar import CLOSING_MS, OPENING_MS, is_holiday, is_sms_day, window_time_between
from reports.judging.phones import is_surely_not_mobile, same_number
from reports.judging.readings import Readings
from reports.rome_time import Instant, day_of, milliseconds_of_day
from reports.words.messages import say

ALIAS_CHARACTERS = 11
IN_WINDOW = say("sms.window")
BEFORE_A_LINK = re.compile(r"(?<![\w.@%-])")
BETWEEN_ADDRESSES = re.compile(r"[\s,;<>()\"]")
AFTER_A_LINK = re.compile(r"[.,;:!?)\]}>'\"»”’…]*(?:\s|$)")


def triggers(case: Case) -> Sequence[Event]:
    codes = case.order.causals
    return case.order.noticed(codes.trigger) if codes else ()


@order_checker("SMS-1", on=["sms.sent", "notification.sent"])
def one_engagement_sms(case: Case, readings: Readings) -> Iterator[Judged]:
    received, started = case.order.received, triggers(case)
    sent = case.order.engagements
    yield from after_the_end(case, sent)
    if received is None or not started:
        return
    trigger = started[0]
    if is_surely_not_mobile(received.data["phone"]):
        if sent and readings["bad_number"] == "no_sms":
            yield case.broken(say("sms.no_sms"), described(sent[0]), trigger, sent[0])
        elif expected_in_service(case) and readings["bad_number"] == "no_sms":
            yield from _handed_back(case, readings, trigger)
    elif sent:
        yield from _as_it_should_be(case, readings, trigger, sent)
    elif case.order.flow == IN_SERVICE or expected_in_service(case):
        yield from _not_engaged(case, readings, trigger)
    elif case.order.flow is None and case.registration(received) is None and written_codes(received):
        yield case.unregistered(say("sms.one_if_own"), trigger, received)


def _as_it_should_be(case: Case, readings: Readings, trigger: Event, sent: Sequence[Event]) -> Iterator[Judged]:
    received = case.order.received
    assert received is not None
    allowed = len(triggers(case)) if readings["reengage"] == "yes" else 1
    for extra in sent[allowed:]:
        yield case.broken(say("sms.one"), say("another", event=described(extra)), extra, sent[0])
    for sms in sent:
        if not has_link(sms):
            yield case.broken(say("sms.link_in_text"), say("text", text=sms.data["text"]), sms)
        elif not same_number(sms.data["to"], received.data["phone"]):
            yield case.broken(say("sent_to_customer"), say("sent_to", phone=sms.data["to"]), sms, received)
        else:
            yield case.kept(sms)
    threshold = readings.number("warn_sms_delay") * 1000
    waited = sent[0].at - trigger.at  # what passed at all is as much as ever passed of the windows
    if waited > threshold:
        waited = _waited(trigger.at, sent[0].at, readings)
    if passed_over := case.went_on_without(_of_the_service(case), sent[0]):
        yield case.broken(say("sms.one_first"), say("before_it", event=described(passed_over)), trigger, passed_over)
    elif case.came_as_never(trigger.at, sent[0]):
        yield case.broken(say("sms.one_after"), described(sent[0]), trigger, sent[0])
    elif waited > threshold:
        observed, deadline = described(sent[0]), sent[0].at - (waited - threshold)
        yield case.broken(
            say("sms.promptly"), observed, trigger, sent[0], deadline=deadline, at=sent[0].at, verdict="WARNING"
        )


def _handed_back(case: Case, readings: Readings, trigger: Event) -> Iterator[Judged]:
    """SMS-1: an order whose customer no SMS can reach goes back to the operator."""
    expected = say("sms.handed_back")
    if back := case.order.first("order.handed_back"):
        yield case.kept(trigger, back)
    elif case.order.of("order.cancelled"):
        return
    elif went_on := case.order.first("visit.started", "appointment.confirmed"):
        yield case.broken(expected, described(went_on), trigger, went_on)
    else:
        yield case.missing(trigger.at, expected, readings.number("warn_sms_delay"), trigger)


def _not_engaged(case: Case, readings: Readings, trigger: Event) -> Iterator[Judged]:
    """SMS-1: nothing sent. Other effects of the service show that it was passed over; else only waiting counts."""
    expected, threshold = say("sms.one_after"), readings.number("warn_sms_delay")
    passed_over = case.went_on_without(_of_the_service(case), None)
    if case.excuse(case.order.of("order.cancelled"), trigger.at, passed_over):
        return
    if passed_over:
        yield case.broken(expected, say("none_and", event=described(passed_over)), trigger, passed_over)
    elif _waited(trigger.at, case.until, readings) <= threshold * 1000:
        yield case.pending(expected, trigger)
    else:
        yield case.missing(trigger.at, expected, threshold, trigger)


def _of_the_service(case: Case) -> list[Event]:
    """What shows first that the order is worked in the service: a causal, a row."""
    return [*case.order.service_notices[:1], *case.order.deposits[:1]]


def _waited(start: Instant, end: Instant, readings: Readings) -> Instant:
    holidays = readings.holidays(day_of(start), day_of(end))
    return window_time_between(start, end, readings["sms_on_holidays"], holidays)


def has_link(sms: Event) -> bool:
    """Whether the text shows a link, and shows it whole where the event tells which."""
    link, text = sms.data.get("link"), sms.data["text"]
    return stands_whole(link, text) if link else "://" in text


def stands_whole(link: str, text: str) -> bool:
    """Whether a reader of the text finds that very link: not a part of a longer one; a sentence may end after it."""
    start = text.find(link)
    while start >= 0:
        within = "://" in BETWEEN_ADDRESSES.split(text[:start])[-1]
        if not within and BEFORE_A_LINK.match(text, start) and AFTER_A_LINK.match(text, start + len(link)):
            return True
        start = text.find(link, start + 1)
    return False


@order_checker("SMS-2", on=["sms.sent"])
def after_the_trigger(case: Case, readings: Readings) -> Iterator[Judged]:
    codes = case.order.causals
    if codes is None:
        return
    ready = triggers(case)
    for sms in case.order.engagements:
        if ready and ready[0].index < sms.index:
            yield case.kept(sms)
        else:
            observed = say("sms.none_before", event=described(sms), code=codes.trigger)
            yield case.broken(say("sms.after", code=codes.trigger), observed, sms)


@order_checker("SMS-3", past=False, on=["sms.sent"])
def monday_to_saturday(case: Case, readings: Readings) -> Iterator[Judged]:
    for sms in case.order.engagements:
        day = day_of(sms.at)
        holidays = readings.holidays(day, day)
        if day.weekday() == 6:
            yield case.broken(say("sms.days"), say("sms.on", event=described(sms), weekday=f"{day:%A}"), sms)
        elif is_holiday(day, holidays) and not is_sms_day(day, readings["sms_on_holidays"], holidays):
            observed = say("sms.on_holiday", event=described(sms), weekday=f"{day:%A}")
            yield case.broken(say("sms.days_not_holidays"), observed, sms)
        else:
            yield case.kept(sms)


@order_checker("SMS-4", past=False, on=["sms.sent"])
def within_the_window(case: Case, readings: Readings) -> Iterator[Judged]:
    for sms in case.order.engagements:
        clock = milliseconds_of_day(sms.at)
        opens, closes = sms.at - clock + OPENING_MS, sms.at - clock + CLOSING_MS
        if clock < OPENING_MS:
            yield case.broken(IN_WINDOW, described(sms), sms, deadline=opens, at=sms.at)
        else:
            included = clock != CLOSING_MS or readings["window_end_included"] == "yes"
            yield case.not_after(closes, sms, IN_WINDOW, sms, included=included)


@order_checker("SMS-5", past=False, on=["sms.sent"])
def own_text(case: Case, readings: Readings) -> Iterator[Judged]:
    for sms in case.order.engagements:
        registration = case.registration(sms)
        if registration is None:
            yield case.unregistered(say("text.asked_for"), sms)
            continue
        template = registration.get("engagement_text")
        if template is None:
            if has_link(sms):
                yield case.kept(sms)
            continue
        link, text = sms.data.get("link"), sms.data["text"]
        expected = template.replace("{link}", link or "{link}")
        holds = any(_is_own(text, template, address) for address in ([link] if link else addresses(text)))
        yield case.kept_if(holds, say("text", text=expected), say("text", text=text), sms)


def _is_own(text: str, template: str, link: str) -> bool:
    """Whether a text is the operator's with that link in its place; one without a place for it ends with the link."""
    appended = not PLACEHOLDER.search(template) and text.startswith(template) and text.removeprefix(template).strip()
    return appended == link or fits(text, template, link=link)


@order_checker("SMS-6", past=False, on=["sms.sent"])
def own_alias(case: Case, readings: Readings) -> Iterator[Judged]:
    return alias_of(case, case.order.engagements, "engagement_alias")


def alias_of(case: Case, sent: Sequence[Event], member: str) -> Iterator[Judged]:
    """SMS-6, REM-3: the operator's alias where it asked; never longer than an alias may be."""
    for sms in sent:
        alias, registration = sms.data["alias"], case.registration(sms)
        if len(alias) > ALIAS_CHARACTERS or not alias:
            yield case.broken(say("sms.alias_length", count=ALIAS_CHARACTERS), say("sms.alias", alias=alias), sms)
        elif registration is None:
            yield case.unregistered(say("sms.alias_asked_for"), sms)
        elif (registered_alias := registration.get(member)) in (None, alias):
            yield case.kept(sms)
        else:
            yield case.broken(say("sms.alias", alias=registered_alias), say("sms.alias", alias=alias), sms)
