"""Nobody is accused of what may have happened on a wire that was not watched, or before the recording began."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.judging.profiles import load_profile
from tests.judging.traces import ALL_WIRES, Event, Scribe, band, book, engage, good_trace, notice, operator, order, rome
from tests.judging.verdicts import ruling, verdicts_by_rule

ALL = sorted({*ALL_WIRES} - {"/trace", "/features"})
SLOT = band("2026-03-10")
ROW_LINK = "https://va.alfa.example/cO1"
Anomaly = Callable[[Scribe], None]


def engaged() -> Scribe:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    return scribe


def turned_down(scribe: Scribe, act: str, reason: str, channel: str = "customer") -> None:
    link = {"link": ROW_LINK} if channel == "operator" else {}
    scribe.tell("2026-03-04 12:00", "agent.rejected", "O1", channel=channel, act=act, reason=reason, **link)


def dead_link(scribe: Scribe) -> None:
    turned_down(scribe, "open", "unknown_link", "operator")


def no_refusal(scribe: Scribe) -> None:
    turned_down(scribe, "decline", "closed")


def nothing_to_refuse(scribe: Scribe) -> None:
    turned_down(scribe, "decline", "not_booked")


def resumed_before_the_visit(scribe: Scribe) -> None:
    book(scribe, "2026-03-03 15:00", "O1", "W09", SLOT)
    scribe.tell("2026-03-04 12:00", "sla.resumed", "O1", cause="cancelled")


def never_resumed(scribe: Scribe) -> None:
    book(scribe, "2026-03-03 15:00", "O1", "W09", SLOT)


def resumed_after_the_visit(scribe: Scribe) -> None:
    book(scribe, "2026-03-03 15:00", "O1", "W09", SLOT)
    scribe.tell("2026-03-12 10:00", "sla.resumed", "O1", cause="appointment")


def no_row(scribe: Scribe) -> None:
    scribe.events[:] = [event for event in scribe.events if event["type"] != "csv.deposited"]


def no_first_causal(scribe: Scribe) -> None:
    scribe.events[:] = [event for event in scribe.events if event["data"].get("code") != "W08"]
    notice(scribe, "2026-03-03 11:00", "O1", "W09", slot=SLOT)["id"] = "booked"


def observation(name: str, time: str, data: dict[str, object]) -> Event:
    """What the recorder says that it sees, and from when to when."""
    return {"specversion": "1.0", "id": name, "source": "/trace", "type": "trace.observes", "time": time, "data": data}


def trace_seen(scribe: Scribe, *, without: str = "", since: str = "") -> list[Event]:
    """The trace until the 20th, all wires seen but one, or that one from some moment on only."""
    begin, end = rome("2026-03-01 07:00"), rome("2026-03-20 00:00")
    observations = [observation("s0", begin, {"sources": [wire for wire in ALL if wire != without], "until": end})]
    if since:
        observations.append(observation("s1", begin, {"sources": [without], "from": rome(since), "until": end}))
    return [*observations, *(event for event in scribe.trace() if event["source"] != without or since)]


EXCUSED = [  # the rule, the profile, what looks wrong, the wire on which the excuse may be
    ("CSV-5", "default", dead_link, "/intake"),
    ("REF-1", "default", no_refusal, "/intake"),
    ("REF-1", "default", nothing_to_refuse, "/intake"),
    ("UNR-3", "default", resumed_before_the_visit, "/intake"),
    ("UNR-3", "default", never_resumed, "/intake"),
    ("UNR-3", "default", resumed_after_the_visit, "/intake"),
    ("UNR-3", "default", resumed_after_the_visit, "/agent"),
    ("CSV-4", "any", no_row, "/intake"),
    ("UNR-1", "any", no_first_causal, "/agent"),
]


@pytest.mark.parametrize(("rule", "profile", "anomaly", "wire"), EXCUSED)
def test_an_excuse_may_be_on_a_wire_that_was_not_watched(rule: str, profile: str, anomaly: Anomaly, wire: str) -> None:
    scribe = engaged()
    anomaly(scribe)
    assert ruling(trace_seen(scribe, without=wire), rule, load_profile(profile)).verdict == "INCONCLUSIVE"
    assert (
        ruling(trace_seen(scribe, without=wire, since="2026-03-05 00:00"), rule, load_profile(profile)).verdict
        == "INCONCLUSIVE"
    )


@pytest.mark.parametrize(("rule", "profile", "anomaly", "wire"), EXCUSED)
def test_where_that_wire_was_watched_there_was_no_excuse(rule: str, profile: str, anomaly: Anomaly, wire: str) -> None:
    scribe = engaged()
    anomaly(scribe)
    for trace in (trace_seen(scribe), trace_seen(scribe, without=wire, since="2026-02-20 00:00")):
        assert ruling(trace, rule, load_profile(profile)).verdict == "FAIL"


def test_a_row_and_a_first_causal_that_are_owed_by_reading_have_no_unseen_excuse() -> None:
    for rule, anomaly, wire in (("CSV-4", no_row, "/intake"), ("UNR-1", no_first_causal, "/agent")):
        scribe = engaged()
        anomaly(scribe)
        assert ruling(trace_seen(scribe, without=wire), rule).verdict == "FAIL"


def cancelled(moment: str, *anomalies: Anomaly) -> Scribe:
    scribe = engaged()
    for anomaly in anomalies:
        anomaly(scribe)
    scribe.tell(moment, "order.cancelled", "O1", reason="x")
    return scribe


def without_documents(trace: list[Event]) -> list[Event]:
    """ROUTE-7 would want schemas that a test of the repository does not have."""
    return [{**event, "data": {**event["data"], "document": None}} for event in trace]


LAWFUL = {
    "nga": without_documents(good_trace()),
    "copper": without_documents(good_trace("ULL")),
    "dead-link-of-a-cancelled-order": trace_seen(cancelled("2026-03-03 16:00", dead_link)),
    "no-refusal-of-a-cancelled-order": trace_seen(cancelled("2026-03-03 16:00", no_refusal)),
    "suspension-of-a-cancelled-order": trace_seen(cancelled("2026-03-04 12:00", resumed_before_the_visit)),
}


@pytest.mark.parametrize("profile", ["default", "any"])
@pytest.mark.parametrize("wire", ALL)
@pytest.mark.parametrize("life", LAWFUL)
def test_no_lawful_trace_is_a_violation_without_one_of_its_wires(life: str, wire: str, profile: str) -> None:
    assert "FAIL" not in verdicts_by_rule(LAWFUL[life], load_profile(profile)).values()
    events = [event for event in LAWFUL[life] if event["type"] != "trace.observes"]
    data = {"sources": [known for known in ALL if known != wire], "until": events[-1]["time"]}
    trace = [observation("first", events[0]["time"], data), *(event for event in events if event["source"] != wire)]
    assert "FAIL" not in verdicts_by_rule(trace, load_profile(profile)).values()


def test_a_suspension_may_be_told_before_its_causal_within_one_instant() -> None:
    trace = engaged().trace()
    (causal,) = [event for event in trace if event["data"].get("code") == "W08" and event["source"] == "/notifications"]
    (opened,) = [event for event in trace if event["type"] == "sla.suspended"]
    place = trace.index(causal)
    trace.remove(opened)
    trace.insert(place, opened)
    assert ruling(trace, "UNR-3").verdict == "PASS"
    assert ruling(trace[: place + 1], "UNR-3").verdict == "INCONCLUSIVE"
    assert ruling([event for event in trace if event is not causal], "UNR-3").verdict == "FAIL"


def with_a_new_domain(*, known_before: bool) -> list[Event]:
    """The operator registers another domain between the SMS and its row, whose links are on the old one."""
    scribe = engaged()
    anew = {**scribe.events[0]["data"], "agent_domain": "nuovo.alfa.example"}
    scribe.tell("2026-03-03 12:00", "operator.registered", "ALFA", **anew)
    return scribe.trace()[0 if known_before else 1 :]


def test_a_link_given_under_a_registration_that_was_not_seen_is_not_held_against_the_next_one() -> None:
    assert ruling(with_a_new_domain(known_before=True), "LINK-1").verdict == "PASS"
    assert ruling(with_a_new_domain(known_before=False), "LINK-1").verdict == "INCONCLUSIVE"


@pytest.mark.parametrize(("since", "verdict"), [("2026-03-03 11:00", "INCONCLUSIVE"), ("", "FAIL")])
def test_a_row_may_be_of_an_sms_that_left_before_the_recording(since: str, verdict: str) -> None:
    trace = [event for event in with_a_new_domain(known_before=False) if event["type"] != "sms.sent"]
    if since:
        begin = observation("w", rome(since), {"sources": ALL, "from": rome(since)})
        trace = [begin, *(event for event in trace if event["time"] > begin["time"])]
    else:
        trace = [observation("w", trace[0]["time"], {"sources": ALL}), *trace]
    assert ruling(trace, "LINK-1").verdict == verdict


def test_an_sms_after_a_registration_has_its_link_on_it_even_if_an_earlier_registration_was_not_seen() -> None:
    scribe = engaged()
    for event in scribe.events:
        if event["type"] == "sms.sent":
            event["data"]["link"] = "https://elsewhere.example/sO1"
    assert ruling(trace_seen(scribe, without="/intake", since="2026-03-01 07:30"), "LINK-1").verdict == "FAIL"


@pytest.mark.parametrize("act", ["confirmed", "declined"])
@pytest.mark.parametrize(("moment", "verdict"), [("12:00", "NOT_EXERCISED"), ("12:01", "FAIL")])
def test_an_act_in_the_instant_of_the_hand_back_may_have_come_before_it(act: str, moment: str, verdict: str) -> None:
    scribe = engaged()
    scribe.tell("2026-03-04 12:00", "order.handed_back", "O1", reason="KO")
    slot = {"slot": SLOT} if act == "confirmed" else {}
    scribe.tell(f"2026-03-04 {moment}", f"appointment.{act}", "O1", channel="customer", **slot)
    assert ruling(trace_seen(scribe), "OUT-1").verdict == verdict


def test_a_move_is_judged_also_where_nothing_tells_the_service_of_its_order() -> None:
    scribe = Scribe()
    scribe.tell("2026-03-04 12:00", "appointment.confirmed", "O1", channel="customer", slot=SLOT)
    moved = {"slot": band("2026-03-12"), "previous": band("2026-03-11")}
    scribe.tell("2026-03-04 13:00", "appointment.rescheduled", "O1", channel="customer", **moved)
    assert ruling(scribe.trace(), "RES-4").verdict == "FAIL"
