"""What a trace shows and what it leaves open: whose order, which registration, from when, how precisely."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.errors import InputError
from reports.judging.events import OrderStory
from reports.judging.judge import judge
from reports.judging.reading.trace_reader import TraceInMemory
from reports.judging.survey import Survey
from reports.judging.worlds import World
from reports.rome_time import format_instant, parse_instant
from tests.judging.changes import put
from tests.judging.stream.read_back import finished_orders, read_trace
from tests.judging.traces import (
    PHONE,
    SOURCES,
    Event,
    Scribe,
    band,
    book,
    edited,
    engage,
    find,
    good_trace,
    notice,
    operator,
    order,
    rome,
)
from tests.judging.verdicts import DEFAULT, ruling, verdicts_by_rule

HALF_PAST = rome("2026-03-03 15:30")
OTHER_PHONE = "+393479999999"


def only_world(trace: list[Event]) -> World:
    (world,) = Survey(TraceInMemory(trace).checked()).worlds
    return world


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


def test_an_event_that_names_its_operator_is_of_that_operators_order() -> None:
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "visit.started", "X-1", operator="BETA", slot=band("2026-03-02", 8))
    told = stories(scribe.trace())
    assert {name: len(story.of("visit.started")) for name, story in told.items()} == {"ALFA": 0, "BETA": 1}


def test_an_sms_is_of_the_order_whose_phone_it_went_to_and_a_link_of_the_order_that_it_was_given_to() -> None:
    scribe = two_orders_of_one_code()
    link = "https://va.beta.example/x"
    said = {"kind": "engagement", "to": OTHER_PHONE, "alias": "B", "text": link, "link": link}
    scribe.tell("2026-03-02 09:00", "sms.sent", "X-1", **said)
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


def with_a_file_of_beta() -> Scribe:
    scribe = two_orders_of_one_code()
    row = {"order": "X-1", "date": "02/03/2026", "link": "https://va.beta.example/c", "phone": OTHER_PHONE}
    scribe.tell("2026-03-02 12:00", "csv.deposited", "/B/1.csv", operator="BETA", path="/B/1.csv", rows=[row])
    return scribe


def seen_from_its_start(trace: list[Event]) -> list[Event]:
    """The trace of a recording that saw all wires, and nothing before its first event."""
    seen = {"sources": sorted({*SOURCES.values(), "/intake"}), "from": trace[0]["time"]}
    since = {**trace[0], "id": "since", "type": "trace.observes", "source": "/trace", "data": seen}
    return [since, *trace]


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


@given(st.integers(0, len(good_trace()) - 1))
def test_what_came_before_the_recording_is_never_held_against_anyone(first: int) -> None:
    trace = [{**event, "data": {**event["data"], "document": None}} for event in good_trace()]
    since = {**trace[-1], "data": {**trace[-1]["data"], "from": trace[first]["time"], "until": trace[-1]["time"]}}
    assert "FAIL" not in verdicts_by_rule([{**since, "time": trace[first]["time"]}, *trace[first:-1]]).values()
    assert "FAIL" not in verdicts_by_rule([{**since, "time": trace[0]["time"]}, *trace[:-1]]).values()


def say_first(events: list[Event]) -> list[str]:
    """The trace says what it observes before anything else; the wires that it names."""
    observes = find(events, "trace.observes", "")
    observes["data"] = {**observes["data"], "sources": [*observes["data"]["sources"]], "until": observes["time"]}
    observes["time"] = rome("2026-03-01 00:00")
    sources: list[str] = observes["data"]["sources"]
    return sources


@pytest.mark.parametrize("unseen", ["/agent", "/intake"])
def test_what_may_have_ended_a_suspension_unseen_is_not_held_against_anyone(unseen: str) -> None:
    def hide(events: list[Event]) -> None:
        events[:] = [event for event in events if event["source"] != unseen or event["type"] == "order.received"]
        say_first(events).remove(unseen)

    def resume_early(events: list[Event]) -> None:
        find(events, "sla.resumed", "B2")["time"] = rome("2026-03-03 12:00")

    early = edited(good_trace(), resume_early)
    assert ruling(early, "UNR-3").verdict == "FAIL"
    assert ruling(edited(early, hide), "UNR-3").verdict == "INCONCLUSIVE"


def test_observations_add_up() -> None:
    scribe = Scribe()
    scribe.tell("2026-03-02 08:00", "trace.observes", sources=["/sms"], until="2026-03-03T10:00:00Z")
    scribe.tell(
        "2026-03-02 08:00", "trace.observes", sources=["/sftp"], until="2026-03-02T10:00:00Z",
        **{"from": "2026-03-01T10:00:00Z"},
    )  # fmt: skip
    world = only_world(scribe.trace())
    assert not world.saw(["/agent"])
    first, second, third = (parse_instant(f"2026-03-0{day}T10:00:00Z") for day in (1, 2, 3))
    assert world.observation.stretches(["/sms", "/sftp"]) == [(first, second)]
    assert world.observation.stretches(["/sms"]) == [(None, third)]
    assert world.until == third


@pytest.mark.parametrize("said_at", ["2026-03-02 07:00", "2026-03-03 16:00"])
@pytest.mark.parametrize(("until", "verdict"), [("2026-03-03 15:00", "INCONCLUSIVE"), ("2026-03-03 16:00", "FAIL")])
def test_a_recording_is_believed_as_to_until_when_it_saw(said_at: str, until: str, verdict: str) -> None:
    """Said beforehand or afterwards, and whether or not anything happened until then."""
    scribe = Scribe()
    operator(scribe)
    order(scribe, "A")
    engage(scribe, "A", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:45")
    sources = sorted({*SOURCES.values(), "/intake"})

    def apply(events: list[Event]) -> None:
        events.remove(find(events, "csv.deposited", "/ALFA/A.csv"))
        put(events, said_at, "trace.observes", "", sources=sources, until=rome(until))

    trace = edited(scribe.trace(), apply)
    assert ruling(trace, "CSV-4").verdict == verdict


def test_what_came_before_the_first_word_was_seen_and_no_later_word_takes_it_back() -> None:
    scribe = Scribe()
    operator(scribe)
    scribe.tell("2026-03-04 08:00", "trace.observes", sources=["/sms"], **{"from": rome("2026-03-03 08:00")})
    world = only_world(scribe.trace())
    assert world.observation.stretches(["/agent"]) == [(None, parse_instant(rome("2026-03-01 08:00")))]
    assert world.saw(["/sms", "/agent"])


def test_an_order_that_is_received_after_the_first_word_is_judged_for_what_was_seen_before_it() -> None:
    scribe = Scribe()
    operator(scribe)
    notice(scribe, "2026-03-01 09:00", "O1", "CO")  # of an order that nobody has handed in yet
    scribe.tell("2026-03-01 10:00", "trace.observes", sources=["/sms"])
    order(scribe, "O1")
    assert ruling(scribe.trace()[:2], "INV-5").verdict == "FAIL"
    assert ruling(scribe.trace(), "INV-5").verdict == "FAIL"


@pytest.mark.parametrize(
    ("resumed", "stretches"), [("2026-03-02", 1), ("2026-03-03", 1), ("2026-03-04", 2)],
    ids=["overlapping", "contiguous", "with-a-gap"],
)  # fmt: skip
def test_a_second_observation_does_not_wipe_out_the_first(resumed: str, stretches: int) -> None:
    scribe = Scribe()
    seen = sorted({*SOURCES.values(), "/intake"})
    scribe.tell("2026-03-01 07:00", "trace.observes", sources=seen, until=rome("2026-03-03 00:00"))
    operator(scribe)
    order(scribe, "O1")
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "O1", attempt=1)
    resumed = rome(f"{resumed} 00:00")
    scribe.tell("2026-03-04 00:00", "trace.observes", sources=seen, **{"from": resumed}, until=rome("2026-03-20 00:00"))
    assert len(only_world(scribe.trace()).observation.stretches(seen)) == stretches
    assert ruling(scribe.trace(), "ROUTE-1").verdict == "FAIL"


def test_of_what_happened_in_a_gap_nothing_is_held_against_anyone() -> None:
    """O1 is handed in, engaged and never heard of again but in the gap; O2 begins after it and ends as it should."""
    scribe = Scribe()
    seen = sorted({*SOURCES.values(), "/intake"})
    scribe.tell("2026-03-01 07:00", "trace.observes", sources=seen, until=rome("2026-03-03 12:00"))
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 11:00")
    scribe.tell("2026-03-04 08:00", "contact_policy.started", "O1", attempt=1)  # nobody was to see it
    scribe.tell("2026-03-09 00:00", "trace.observes", sources=seen, **{"from": rome("2026-03-09 00:00")})
    order(scribe, "O2", "2026-03-09 09:00")
    engage(scribe, "O2", "VULA_FTTH", "2026-03-10 10:00", "2026-03-10 11:00")
    notice(scribe, "2026-03-13 00:00", "O2", "W24")
    scribe.tell("2026-03-13 00:00", "order.handed_back", "O2", reason="timeout")
    assert "FAIL" not in verdicts_by_rule(scribe.trace()).values()
    late = edited(scribe.trace(), lambda events: find(events, "csv.deposited", "/ALFA/O1.csv").update(time=HALF_PAST))
    assert ruling(late, "CSV-4").verdict == "PASS"  # from 11:00 to 15:30 nobody looked
    early = edited(scribe.trace(), lambda events: find(events, "sms.sent", "O1").update(time=rome("2026-03-03 06:59")))
    assert ruling(early, "SMS-4").verdict == "FAIL"  # seen before the gap


def over_a_gap(resumed: str, *events: tuple[str, str, str, dict[str, object]]) -> dict[str, str]:
    """Seen until the 5th and again from some day on: O1 has booked and moved once, on the 4th."""
    scribe, seen = Scribe(), sorted({*SOURCES.values(), "/intake"})
    scribe.tell("2026-03-01 07:00", "trace.observes", sources=seen, until=rome("2026-03-05 00:00"))
    operator(scribe)
    scribe.tell("2026-03-01 08:00", "slots.published", territory="LAZIO", capacity=1)
    order(scribe, "O1")
    order(scribe, "O2")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 11:00")
    book(scribe, "2026-03-03 12:00", "O1", "W09", band("2026-03-12"))
    told = {"channel": "customer", "slot": band("2026-03-13"), "previous": band("2026-03-12")}
    scribe.tell("2026-03-04 12:00", "appointment.rescheduled", "O1", **told)
    scribe.tell("2026-03-09 00:00", "trace.observes", sources=seen, **{"from": rome(f"{resumed} 00:00")})
    for moment, kind, code, data in events:
        scribe.tell(moment, kind, code, **data)
    return verdicts_by_rule(scribe.trace())


VISITED_ELSEWHERE = ("2026-03-16 10:00", "visit.started", "O1", {"slot": band("2026-03-16")})
SAME_PLACE = ("2026-03-09 12:00", "appointment.confirmed", "O2", {"channel": "customer", "slot": band("2026-03-13")})
DENIED = {"channel": "customer", "act": "confirm", "reason": "slot_taken", "slot": band("2026-03-12")}
LEFT_PLACE = ("2026-03-09 12:00", "agent.rejected", "O2", DENIED)


@pytest.mark.parametrize(
    ("rule", "event"),
    [("RES-4", VISITED_ELSEWHERE), ("INV-6", SAME_PLACE), ("RES-4", LEFT_PLACE), ("INV-6", LEFT_PLACE)],
    ids=["moved-on", "given-up", "taken", "full"],
)
def test_what_may_have_been_booked_moved_or_given_up_in_a_gap_is_not_held_against_anyone(
    rule: str, event: tuple[str, str, str, dict[str, object]]
) -> None:
    assert over_a_gap("2026-03-05", event)[rule] == "FAIL"
    assert over_a_gap("2026-03-09", event)[rule] != "FAIL"


def test_a_file_may_hold_orders_that_were_handed_in_before_the_recording_began() -> None:
    scribe = with_a_file_of_beta()
    trace = [event for event in scribe.trace() if event["data"].get("phone") != OTHER_PHONE]  # of BETA nothing was seen
    assert ruling(trace, "CSV-1").verdict == "FAIL"
    assert ruling(seen_from_its_start(trace), "CSV-1").verdict == "PASS"


@pytest.mark.parametrize(("told", "verdict"), [({}, "INCONCLUSIVE"), ({"operator": "BETA"}, "FAIL")])
def test_an_event_may_be_of_an_order_of_the_same_code_that_was_handed_in_unseen(
    told: dict[str, str], verdict: str
) -> None:
    """The X-1 of ALFA was handed in before the recording began, that of BETA after it; whose is the call?"""
    scribe = two_orders_of_one_code()
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1", **told)
    trace = [event for event in scribe.trace() if event["data"].get("phone") != PHONE]
    trace = [event for event in trace if event["type"] != "order.routed"]
    assert ruling(seen_from_its_start(trace), "ROUTE-1").verdict == verdict
    assert ruling(trace, "ROUTE-1").verdict == "FAIL"


@pytest.mark.parametrize("digits", ["", ".001", ".0009", ".123456789", ".000000000000000001"])
def test_an_instant_is_kept_as_precisely_as_it_is_given(digits: str) -> None:
    text = f"2026-03-03T18:00:00{digits}+01:00"
    instant = parse_instant(text)
    assert format_instant(instant) == text
    assert (instant > parse_instant("2026-03-03T18:00:00+01:00")) is bool(digits)


@pytest.mark.parametrize(("name", "pack"), [("t.jsonl.gz", gzip.compress), ("t.jsonl.zst", zstd.compress)])
def test_a_compressed_trace_is_read_and_a_broken_one_is_named(name: str, pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    packed = pack("\n".join(map(json.dumps, good_trace())).encode())
    (tmp_path / name).write_bytes(packed)
    assert read_trace(str(tmp_path / name)) == good_trace()
    (tmp_path / name).write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_trace(str(tmp_path / name))


def test_what_no_reader_knows_is_counted() -> None:
    def misspelt(events: list[Event]) -> None:
        find(events, "notification.sent", "B1")["type"] = "notification.send"
        find(events, "sms.sent", "B1")["source"] = "/smss"
        find(events, "sms.sent", "B1")["data"]["textt"] = "x"

    ignored = judge(edited(good_trace(), misspelt), DEFAULT).ignored
    assert ignored == {"/smss": 1, "notification.send": 1, "sms.sent.textt": 1}


def test_a_booking_by_code_alone_is_of_the_only_order_of_that_code() -> None:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    book(scribe, "2026-03-03 15:00", "O1", "W09", band("2026-03-10"))
    assert [(name, len(story.appointments)) for name, story in stories(scribe.trace()).items()] == [("ALFA", 1)]
