"""Customer and operator in the Virtual Agent: who comes first, whose refusal is final, and a link for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.judging.lives import Life, refusal, slot
from tests.service.agent_lives import (
    AFTER_DEPOSIT,
    FRIDAY,
    LATER_FRIDAY,
    MONDAY,
    PARTIES,
    acts,
    booked,
    declined,
    engaged,
    late,
)


@pytest.mark.parametrize("winner", PARTIES)
def test_of_two_who_confirm_in_the_same_instant_only_the_first_gets_the_appointment(winner: str) -> None:  # RACE-1
    life = engaged()
    loser = next(party for party in PARTIES if party != winner)
    acts(life, winner, FRIDAY)["confirm"]()
    for wanted in (FRIDAY, MONDAY):
        assert refusal(acts(life, loser, wanted)["confirm"]) == "already_booked"
    assert [event["data"]["channel"] for event in life.seen("appointment.confirmed")] == [winner]
    assert life.codes.count("W09") == 1  # RACE-2
    assert life.world.slots.free("LAZIO", slot(FRIDAY)) == 3
    assert life.world.slots.free("LAZIO", slot(MONDAY)) == 4


def test_the_winner_who_confirms_again_gets_the_same_answer_and_nothing_happens() -> None:  # RACE-2
    life = booked()
    trace_before = list(life.trace)
    view = life.world.agent.confirm(life.link(), slot(FRIDAY))
    assert (view.state, view.slot) == ("booked", slot(FRIDAY))
    assert life.trace == trace_before


@pytest.mark.parametrize("make", [booked, late])
def test_by_reading_the_winner_who_confirms_again_is_refused(make: Callable[..., Life]) -> None:
    life = make(race_retry="reject")
    view = life.world.agent.open(life.link())
    assert view.slot is not None
    start = view.slot
    assert refusal(lambda: life.world.agent.confirm(life.link(), start)) == "already_booked"


def test_the_winner_of_a_late_booking_who_confirms_again_gets_the_same_answer_too() -> None:
    life = late()
    trace_before = list(life.trace)
    assert life.world.agent.confirm(life.link(), slot(MONDAY)).state == "late_booked"
    assert life.trace == trace_before


def test_the_winner_confirming_another_slot_is_no_retry() -> None:
    assert refusal(acts(booked(), "customer", MONDAY)["confirm"]) == "already_booked"


def test_two_orders_that_want_the_last_place_in_the_same_instant_do_not_both_get_it() -> None:  # INV-6
    life = Life(territories={"LAZIO": 1})
    life.another("ORDER-2")
    life.ready("2026-03-02 10:00")
    life.world.report_line("ORDER-2", "CO")
    life.until(AFTER_DEPOSIT)
    link = life.seen("sms.sent", subject="ORDER-2")[0]["data"]["link"]
    life.world.agent.confirm(link, slot(FRIDAY))
    assert refusal(acts(life, "customer", FRIDAY)["confirm"]) == "slot_taken"
    assert life.state == "engaged"
    life.confirm(AFTER_DEPOSIT, LATER_FRIDAY)


def test_by_reading_a_refusal_binds_only_who_refused_until_the_term_ends() -> None:  # REF-3
    life = declined(refusal_final="no")
    assert refusal(acts(life, "customer")["confirm"]) == "closed"
    assert refusal(acts(life, "customer")["decline"]) == "closed"
    life.confirm("2026-03-03 10:00", FRIDAY, "operator")
    assert life.codes == ["CO", "W08", "W09"]


def test_by_reading_a_refusal_by_one_party_becomes_final_with_the_term() -> None:
    life = declined(refusal_final="no", late_booking="accept").until("2026-03-05 00:00")
    assert (life.state, life.codes) == ("refused", ["CO", "W08", "W24"])
    assert life.seen("order.handed_back")[0]["data"] == {"operator": "ALFA", "reason": "refused"}
    assert refusal(acts(life, "operator", MONDAY)["confirm"]) == "closed"


@pytest.mark.parametrize(
    ("notice", "notified_at"), [("immediate", "2026-03-03 09:00"), ("term_end", "2026-03-05 00:00")]
)
def test_by_reading_a_refusal_is_final_when_both_have_refused(notice: str, notified_at: str) -> None:
    life = declined(refusal_final="no", refusal_notice=notice).decline("2026-03-03 09:00", "operator")
    assert {refusal(acts(life, party)["confirm"]) for party in PARTIES} == {"closed"}
    life.until("2026-03-06 00:00")
    assert life.notices[2:] == [("W24", notified_at)]
    assert life.when("order.handed_back") == [notified_at]


def test_customer_and_operator_have_links_of_their_own() -> None:  # LINK-4
    life = engaged()
    assert life.link("customer") != life.link("operator")
    life.world.agent.open(life.link("operator"), "customer")
    assert [event["data"]["channel"] for event in life.seen("agent.opened")] == ["operator"]


def test_by_reading_both_have_the_same_link_and_the_channel_is_what_the_caller_says() -> None:
    life = engaged(link_identity="shared")
    assert life.link("customer") == life.link("operator")
    life.world.agent.open(life.link())
    life.confirm("2026-03-02 16:00", FRIDAY, "operator")
    channels = [event["data"]["channel"] for event in life.seen("agent.opened", "appointment.confirmed")]
    assert channels == ["customer", "operator"]


def test_the_operator_s_link_is_unknown_until_its_file_is_deposited() -> None:
    life = engaged()
    early = Life().ready("2026-03-02 10:00")
    assert refusal(lambda: early.world.agent.open(life.link("operator"))) == "unknown_link"
    early.until("2026-03-02 14:00")
    assert early.world.agent.open(life.link("operator")).state == "engaged"
