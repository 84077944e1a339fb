"""What may have happened on a wire that nobody watched, or before the recording, is never held against anyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from tests.judging.traces import SOURCES, Event, Scribe, band, book, engage, good_trace, notice, operator, order, rome

ALL = sorted({*SOURCES.values(), "/intake"} - {"/trace", "/features"})
SLOT = band("2026-03-10")
ROW_LINK = "https://va.alfa.example/cO1"
Told = Callable[[Scribe], None]


def verdicts(trace: list[Event], profile: str = "default") -> dict[str, str]:
    return {rule.rule: rule.verdict for rule in judge(trace, load_profile(profile)).rules}


def engaged() -> Scribe:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    return scribe


def turned_down(scribe: Scribe, act: str, reason: str, channel: str = "customer") -> None:
    told = {"channel": channel, "act": act, "reason": reason, "link": ROW_LINK if channel == "operator" else None}
    scribe.tell("2026-03-04 12:00", "agent.rejected", "O1", **{key: value for key, value in told.items() if value})


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


def seen(scribe: Scribe, *, without: str = "", since: str = "") -> list[Event]:
    """The trace until the 20th, all wires seen but one, or that one from some moment on only."""
    end, said = rome("2026-03-20 00:00"), {"specversion": "1.0", "source": "/trace", "type": "trace.observes"}
    said["time"] = rome("2026-03-01 07:00")
    words = [{"sources": [wire for wire in ALL if wire != without], "until": end}]
    if since:
        words.append({"sources": [without], "from": rome(since), "until": end})
    observed = [{**said, "id": f"s{rank}", "data": data} for rank, data in enumerate(words)]
    return [*observed, *(event for event in scribe.trace() if event["source"] != without or since)]


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


@pytest.mark.parametrize(("rule", "profile", "told", "wire"), EXCUSED)
def test_an_excuse_may_be_on_a_wire_that_was_not_watched(rule: str, profile: str, told: Told, wire: str) -> None:
    scribe = engaged()
    told(scribe)
    assert verdicts(seen(scribe, without=wire), profile)[rule] == "INCONCLUSIVE"
    assert verdicts(seen(scribe, without=wire, since="2026-03-05 00:00"), profile)[rule] == "INCONCLUSIVE"


@pytest.mark.parametrize(("rule", "profile", "told", "wire"), EXCUSED)
def test_where_that_wire_was_watched_there_was_no_excuse(rule: str, profile: str, told: Told, wire: str) -> None:
    scribe = engaged()
    told(scribe)
    assert verdicts(seen(scribe), profile)[rule] == "FAIL"
    assert verdicts(seen(scribe, without=wire, since="2026-02-20 00:00"), profile)[rule] == "FAIL"


def test_a_row_and_a_first_causal_that_are_owed_by_reading_have_no_unseen_excuse() -> None:
    for rule, told, wire in (("CSV-4", no_row, "/intake"), ("UNR-1", no_first_causal, "/agent")):
        scribe = engaged()
        told(scribe)
        assert verdicts(seen(scribe, without=wire))[rule] == "FAIL"


def cancelled(moment: str, *told: Told) -> Scribe:
    scribe = engaged()
    for tell in told:
        tell(scribe)
    scribe.tell(moment, "order.cancelled", "O1", reason="x")
    return scribe


def without_documents(trace: list[Event]) -> list[Event]:
    """ROUTE-7 would want schemas that a test of the repository does not have."""
    return [{**event, "data": {**event["data"], "document": None}} for event in trace]


LAWFUL = {
    "nga": without_documents(good_trace()),
    "copper": without_documents(good_trace("ULL")),
    "dead-link-of-a-cancelled-order": seen(cancelled("2026-03-03 16:00", dead_link)),
    "no-refusal-of-a-cancelled-order": seen(cancelled("2026-03-03 16:00", no_refusal)),
    "suspension-of-a-cancelled-order": seen(cancelled("2026-03-04 12:00", resumed_before_the_visit)),
}


@pytest.mark.parametrize("profile", ["default", "any"])
@pytest.mark.parametrize("wire", ALL)
@pytest.mark.parametrize("life", LAWFUL)
def test_no_lawful_trace_is_a_violation_without_one_of_its_wires(life: str, wire: str, profile: str) -> None:
    first = {"id": "first", "specversion": "1.0", "source": "/trace", "type": "trace.observes"}
    told = [event for event in LAWFUL[life] if event["type"] != "trace.observes"]
    assert "FAIL" not in verdicts(LAWFUL[life], profile).values()
    data = {"sources": [known for known in ALL if known != wire], "until": told[-1]["time"]}
    trace = [{**first, "time": told[0]["time"], "data": data}, *(event for event in told if event["source"] != wire)]
    assert "FAIL" not in verdicts(trace, profile).values()


def test_a_suspension_may_be_told_before_its_causal_within_one_instant() -> None:
    trace = engaged().trace()
    (first,) = [event for event in trace if event["data"].get("code") == "W08" and event["source"] == "/notifications"]
    (opened,) = [event for event in trace if event["type"] == "sla.suspended"]
    place = trace.index(first)
    trace.remove(opened)
    trace.insert(place, opened)
    assert verdicts(trace)["UNR-3"] == "PASS"
    assert verdicts(trace[: place + 1])["UNR-3"] == "INCONCLUSIVE"
    assert verdicts([event for event in trace if event is not first])["UNR-3"] == "FAIL"


def with_a_new_domain(*, known_before: bool) -> list[Event]:
    """The operator registers another domain between the SMS and its row, whose links are on the old one."""
    scribe = engaged()
    anew = {**scribe.events[0]["data"], "agent_domain": "nuovo.alfa.example"}
    scribe.tell("2026-03-03 12:00", "operator.registered", "ALFA", **anew)
    return scribe.trace()[0 if known_before else 1 :]


def test_a_link_given_under_a_registration_that_was_not_seen_is_not_held_against_the_next_one() -> None:
    assert verdicts(with_a_new_domain(known_before=True))["LINK-1"] == "PASS"
    assert verdicts(with_a_new_domain(known_before=False))["LINK-1"] == "INCONCLUSIVE"


@pytest.mark.parametrize(("since", "verdict"), [("2026-03-03 11:00", "INCONCLUSIVE"), ("", "FAIL")])
def test_a_row_may_be_of_an_sms_that_left_before_the_recording(since: str, verdict: str) -> None:
    trace = [event for event in with_a_new_domain(known_before=False) if event["type"] != "sms.sent"]
    spans = {"sources": ALL, **({"from": rome(since)} if since else {})}
    word = {"specversion": "1.0", "id": "w", "source": "/trace", "type": "trace.observes", "data": spans}
    word["time"] = rome(since) if since else trace[0]["time"]
    kept = [event for event in trace if not since or event["time"] > word["time"]]
    assert verdicts([word, *kept])["LINK-1"] == verdict
