"""Whose order an event is of where two operators use one code, and which registration of an operator holds."""

from __future__ import annotations

import pytest

from reports.judging.hearing.survey import Survey
from reports.judging.judge import judge
from reports.judging.order_story import OrderStory
from reports.judging.reading.trace_reader import TraceInMemory
from tests.judging.stream.read_back import finished_orders
from tests.judging.traces import (
    ALL_WIRES,
    PHONE,
    Event,
    Scribe,
    band,
    book,
    engage,
    good_trace,
    operator,
    order,
)
from tests.judging.verdicts import DEFAULT, ruling, verdicts_by_rule

OTHER_PHONE = "+393479999999"


def stories(trace: list[Event]) -> dict[str, OrderStory]:
    """The orders of a trace of one world, by operator."""
    known = TraceInMemory(trace)
    survey = Survey(known.checked())
    return {story.operator: story for story in finished_orders(survey, known.again())}


def two_orders_of_one_code() -> Scribe:
    scribe = Scribe()
    for name, phone in (("ALFA", PHONE), ("BETA", OTHER_PHONE)):
        operator(scribe, name)
        order(scribe, "X-1", operator=name, phone=phone)
    return scribe


def with_a_file_of_beta() -> Scribe:
    scribe = two_orders_of_one_code()
    row = {"order": "X-1", "date": "02/03/2026", "link": "https://va.beta.example/c", "phone": OTHER_PHONE}
    scribe.tell("2026-03-02 12:00", "csv.deposited", "/B/1.csv", operator="BETA", path="/B/1.csv", rows=[row])
    return scribe


def seen_from_its_start(trace: list[Event]) -> list[Event]:
    """The trace of a recording that saw all wires, and nothing before its first event."""
    observed = {"sources": [*ALL_WIRES], "from": trace[0]["time"]}
    since = {**trace[0], "id": "since", "type": "trace.observes", "source": "/trace", "data": observed}
    return [since, *trace]


def test_an_event_that_names_its_operator_is_of_that_operators_order() -> None:
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "visit.started", "X-1", operator="BETA", slot=band("2026-03-02", 8))
    stories_by_operator = stories(scribe.trace())
    assert {name: len(story.of("visit.started")) for name, story in stories_by_operator.items()} == {
        "ALFA": 0,
        "BETA": 1,
    }


def test_an_sms_is_of_the_order_whose_phone_it_went_to_and_a_link_of_the_order_that_it_was_given_to() -> None:
    scribe = two_orders_of_one_code()
    link = "https://va.beta.example/x"
    sms = {"kind": "engagement", "to": OTHER_PHONE, "alias": "B", "text": link, "link": link}
    scribe.tell("2026-03-02 09:00", "sms.sent", "X-1", **sms)
    scribe.tell("2026-03-02 10:00", "agent.opened", "X-1", channel="customer", link=link)
    assert len(stories(scribe.trace())["BETA"].of_any("sms.sent", "agent.opened")) == 2


def test_an_event_that_may_be_of_either_order_makes_its_rules_inconclusive_from_then_on() -> None:
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1")
    judged = verdicts_by_rule(scribe.trace())
    assert judged["ROUTE-1"] == "INCONCLUSIVE"
    assert judged["ROUTE-2"] == "PASS"
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1")  # one for each
    assert ruling(scribe.trace(), "ROUTE-1").verdict == "FAIL"


def test_a_file_holds_orders_of_its_operator() -> None:
    scribe = with_a_file_of_beta()
    assert [name for name, story in stories(scribe.trace()).items() if story.rows] == ["BETA"]


def test_findings_name_the_operator_only_where_a_code_is_of_two() -> None:
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1", operator="BETA")
    (finding,) = judge(scribe.trace(), DEFAULT).verdict_of("ROUTE-1").findings
    assert finding.subject == "X-1 (BETA)"


def test_a_registration_holds_from_its_instant_on() -> None:
    scribe = Scribe()
    operator(scribe, engagement_alias="ALFA")
    order(scribe, "O1")
    order(scribe, "O2")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    engage(scribe, "O2", "VULA_FTTH", "2026-03-04 10:00", "2026-03-04 14:00")
    anew = dict(scribe.events[0]["data"], engagement_alias="NUOVO")
    scribe.tell("2026-03-03 12:00", "operator.registered", "ALFA", **anew)
    (finding,) = judge(scribe.trace(), DEFAULT).verdict_of("SMS-6").findings
    assert (finding.subject, finding.verdict) == ("O2", "FAIL")


def test_without_a_registration_only_what_needs_one_is_inconclusive() -> None:
    nameless = [event for event in good_trace() if event["type"] != "operator.registered"]
    unknown = {rule for rule, verdict in verdicts_by_rule(nameless).items() if verdict == "INCONCLUSIVE"}
    assert unknown == {
        "ELIG-1", "ELIG-2", "ELIG-3", "ELIG-4", "ELIG-5", "ELIG-6", "ELIG-7",
        "SMS-5", "SMS-6", "LINK-1", "LINK-2", "REM-2", "REM-3",
    }  # fmt: skip


def test_a_file_may_hold_orders_that_were_handed_in_before_the_recording_began() -> None:
    scribe = with_a_file_of_beta()
    trace = [event for event in scribe.trace() if event["data"].get("phone") != OTHER_PHONE]  # of BETA nothing was seen
    assert ruling(trace, "CSV-1").verdict == "FAIL"
    assert ruling(seen_from_its_start(trace), "CSV-1").verdict == "PASS"


@pytest.mark.parametrize(("members", "verdict"), [({}, "INCONCLUSIVE"), ({"operator": "BETA"}, "FAIL")])
def test_an_event_may_be_of_an_order_of_the_same_code_that_was_handed_in_unseen(
    members: dict[str, str], verdict: str
) -> None:
    """The X-1 of ALFA was handed in before the recording began, that of BETA after it; whose is the call?"""
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1", **members)
    trace = [event for event in scribe.trace() if event["data"].get("phone") != PHONE]
    trace = [event for event in trace if event["type"] != "order.routed"]
    assert ruling(seen_from_its_start(trace), "ROUTE-1").verdict == verdict
    assert ruling(trace, "ROUTE-1").verdict == "FAIL"


def test_a_booking_by_code_alone_is_of_the_only_order_of_that_code() -> None:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    book(scribe, "2026-03-03 15:00", "O1", "W09", band("2026-03-10"))
    assert [(name, len(story.appointments)) for name, story in stories(scribe.trace()).items()] == [("ALFA", 1)]
