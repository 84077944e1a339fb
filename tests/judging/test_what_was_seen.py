"""What a recording saw and what it may have missed: wires, stretches of time and gaps between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.hearing.survey import Survey
from reports.judging.reading.trace_reader import TraceInMemory
from reports.judging.worlds import World
from reports.rome_time import parse_instant
from tests.judging.changes import put, watched_but_for
from tests.judging.traces import (
    ALL_WIRES,
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
from tests.judging.verdicts import ruling, verdicts_by_rule

HALF_PAST = rome("2026-03-03 15:30")


def only_world(trace: list[Event]) -> World:
    (world,) = Survey(TraceInMemory(trace).checked()).worlds
    return world


@given(st.integers(0, len(good_trace()) - 1))
def test_what_came_before_the_recording_is_never_held_against_anyone(first_place: int) -> None:
    trace = [{**event, "data": {**event["data"], "document": None}} for event in good_trace()]
    since = {**trace[-1], "data": {**trace[-1]["data"], "from": trace[first_place]["time"], "until": trace[-1]["time"]}}
    assert (
        "FAIL" not in verdicts_by_rule([{**since, "time": trace[first_place]["time"]}, *trace[first_place:-1]]).values()
    )
    assert "FAIL" not in verdicts_by_rule([{**since, "time": trace[0]["time"]}, *trace[:-1]]).values()


@pytest.mark.parametrize("unseen", ["/agent", "/intake"])
def test_what_may_have_ended_a_suspension_unseen_is_not_held_against_anyone(unseen: str) -> None:
    def hide(events: list[Event]) -> None:
        events[:] = [event for event in events if event["source"] != unseen or event["type"] == "order.received"]
        watched_but_for(unseen, events)

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

    def apply(events: list[Event]) -> None:
        events.remove(find(events, "csv.deposited", "/ALFA/A.csv"))
        put(events, said_at, "trace.observes", "", sources=[*ALL_WIRES], until=rome(until))

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
    scribe.observe("2026-03-01 07:00", until="2026-03-03 00:00")
    operator(scribe)
    order(scribe, "O1")
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "O1", attempt=1)
    scribe.observe("2026-03-04 00:00", since=f"{resumed} 00:00", until="2026-03-20 00:00")
    assert len(only_world(scribe.trace()).observation.stretches(ALL_WIRES)) == stretches
    assert ruling(scribe.trace(), "ROUTE-1").verdict == "FAIL"


def test_of_what_happened_in_a_gap_nothing_is_held_against_anyone() -> None:
    """O1 is handed in, engaged and never heard of again but in the gap; O2 begins after it and ends as it should."""
    scribe = Scribe()
    scribe.observe("2026-03-01 07:00", until="2026-03-03 12:00")
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 11:00")
    scribe.tell("2026-03-04 08:00", "contact_policy.started", "O1", attempt=1)  # nobody was to see it
    scribe.observe("2026-03-09 00:00", since="2026-03-09 00:00")
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
    scribe = Scribe()
    scribe.observe("2026-03-01 07:00", until="2026-03-05 00:00")
    operator(scribe)
    scribe.tell("2026-03-01 08:00", "slots.published", territory="LAZIO", capacity=1)
    order(scribe, "O1")
    order(scribe, "O2")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 11:00")
    book(scribe, "2026-03-03 12:00", "O1", "W09", band("2026-03-12"))
    move = {"channel": "customer", "slot": band("2026-03-13"), "previous": band("2026-03-12")}
    scribe.tell("2026-03-04 12:00", "appointment.rescheduled", "O1", **move)
    scribe.observe("2026-03-09 00:00", since=f"{resumed} 00:00")
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
