"""The Virtual Agent: who may do what when, who comes first, and that a refused act changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reference_impl.errors import FieldError
from reference_impl.orders import State
from reference_impl.virtual_agent import REFUSALS
from tests.judging.lives import Life, at, refusal, slot

FRIDAY, LATER_FRIDAY, MONDAY = "2026-03-06 08:00", "2026-03-06 10:00", "2026-03-09 08:00"
PARTIES = ("customer", "operator")
AFTER_DEPOSIT = "2026-03-02 15:00"


def engaged(**readings: Any) -> Life:
    """Engaged on Monday 2 March at 10:00; the file comes at 14:00, the term ends with Wednesday."""
    return Life(**readings).ready("2026-03-02 10:00").until(AFTER_DEPOSIT)


def booked(party: str = "customer", **readings: Any) -> Life:
    return engaged(**readings).confirm(AFTER_DEPOSIT, FRIDAY, party)


def declined(**readings: Any) -> Life:
    return engaged(**readings).decline(AFTER_DEPOSIT)


def timed_out(**readings: Any) -> Life:
    return engaged(**readings).until("2026-03-05 09:00")


def late(**readings: Any) -> Life:
    return timed_out(late_booking="accept", **readings).confirm("2026-03-05 09:00", MONDAY)


def acts(life: Life, party: str, wanted_slot: str = LATER_FRIDAY) -> dict[str, Callable[[], object]]:
    agent, link = life.world.agent, life.link(party)
    return {
        "confirm": lambda: agent.confirm(link, slot(wanted_slot), party),
        "reschedule": lambda: agent.reschedule(link, slot(wanted_slot), party),
        "decline": lambda: agent.decline(link, party),
    }


# Where an order stands, and why each act is refused there; an act that is not named is allowed.
SITUATIONS: dict[str, tuple[Callable[[], Life], dict[str, str]]] = {
    "engaged": (engaged, {"reschedule": "not_booked"}),
    "booked": (booked, {"confirm": "already_booked", "decline": "already_booked"}),
    "late booked": (late, {"confirm": "already_booked", "decline": "already_booked"}),
    "refused": (declined, dict.fromkeys(("confirm", "reschedule", "decline"), "closed")),
    "refused, told at the end of the term": (
        lambda: declined(refusal_notice="term_end"),
        dict.fromkeys(("confirm", "reschedule", "decline"), "closed"),
    ),
    "timed out": (timed_out, dict.fromkeys(("confirm", "reschedule", "decline"), "term_over")),
    "timed out, late bookings accepted": (
        lambda: timed_out(late_booking="accept"),
        dict.fromkeys(("reschedule", "decline"), "term_over"),
    ),
    "cancelled": (
        lambda: booked().cancel("2026-03-02 16:00"),
        dict.fromkeys(("confirm", "reschedule", "decline"), "closed"),
    ),
    "visited": (
        lambda: booked().until("2026-03-06 08:00"),
        {"confirm": "closed", "reschedule": "cutoff_passed", "decline": "closed"},
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("act", REFUSALS)
@pytest.mark.parametrize("party", PARTIES)
def test_an_act_is_allowed_or_refused_by_where_the_order_stands(situation: str, act: str, party: str) -> None:
    make, refusals = SITUATIONS[situation]
    life = make()
    attempt = acts(life, party, "2026-03-10 10:00")[act]
    if act not in refusals:
        attempt()
        return
    trace_before = list(life.trace)
    assert refusal(attempt) == refusals[act]
    rejected = life.trace[len(trace_before) :]
    assert [event["type"] for event in rejected] == ["agent.rejected"]
    assert {**rejected[0]["data"], "slot": None} == {
        "operator": "ALFA",
        "channel": party,
        "act": act,
        "reason": refusals[act],
        "slot": None,
    }


def test_the_table_of_refusals_covers_every_state_that_a_link_can_show() -> None:
    without_link = {State.ELSEWHERE, State.WAITING, State.UNREACHABLE, State.ENGAGING, State.HANDED_BACK}
    allowed = {
        "confirm": {State.ENGAGED},
        "reschedule": {State.BOOKED, State.LATE_BOOKED},
        "decline": {State.ENGAGED},
    }
    for act, states in REFUSALS.items():
        assert set(states) | allowed[act] == set(State) - without_link


# --- two parties ---


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


# --- the term ---


@pytest.mark.parametrize(("moment", "in_time"), [("2026-03-04 23:59:59.999", True), ("2026-03-05 00:00:00", False)])
@pytest.mark.parametrize("party", PARTIES)
def test_the_midnight_that_closes_the_third_day_is_too_late(moment: str, in_time: bool, party: str) -> None:  # BOOK-4
    life = engaged().until(moment)
    if in_time:
        life.confirm(moment, MONDAY, party)
        assert life.state == "booked"
    else:
        assert refusal(acts(life, party, MONDAY)["confirm"]) == "term_over"


@pytest.mark.parametrize("act", ["confirm", "decline"])
def test_who_acts_in_the_last_instant_comes_after_the_end_of_the_term_however_served(act: str) -> None:
    life = Life()
    reasons: list[str] = []
    life.world.at(at("2026-03-05 00:00"), lambda: reasons.append(refusal(acts(life, "customer", MONDAY)[act])))
    life.ready("2026-03-02 10:00").until("2026-03-05 00:00")
    assert reasons == ["term_over"]
    assert life.codes == ["CO", "W08", "W24"]


def test_a_late_booking_in_the_very_instant_of_the_time_out_brings_no_booked_causal() -> None:  # INV-4
    life = Life(late_booking="accept")

    def book() -> None:
        life.world.agent.confirm(life.link(), slot(MONDAY))

    life.world.at(at("2026-03-05 00:00"), book)
    life.ready("2026-03-02 10:00").until("2026-03-10 00:00")
    assert life.codes == ["CO", "W08", "W24"]
    assert life.when("visit.started") == ["2026-03-09 08:00"]


# --- moving ---


@pytest.mark.parametrize("wanted", [LATER_FRIDAY, "2026-03-04 16:00", "2026-03-20 12:00"])
@pytest.mark.parametrize("mover", PARTIES)
@pytest.mark.parametrize("booker", PARTIES)
def test_whoever_booked_either_party_moves_it_earlier_or_later(wanted: str, mover: str, booker: str) -> None:
    life = booked(booker).reschedule("2026-03-02 16:00", wanted, mover)  # RES-1, RES-2
    assert life.world.agent.open(life.link()).slot == slot(wanted)
    assert life.world.slots.free("LAZIO", slot(FRIDAY)) == 4  # RES-4
    assert life.world.slots.free("LAZIO", slot(wanted)) == 3


@pytest.mark.parametrize(
    ("included", "moment", "in_time"),
    [
        ("yes", "2026-03-05 18:00:00", True),
        ("yes", "2026-03-05 18:00:00.001", False),
        ("no", "2026-03-05 17:59:59.999", True),
        ("no", "2026-03-05 18:00:00", False),
    ],
)
def test_an_appointment_is_moved_until_18_of_its_eve(included: str, moment: str, in_time: bool) -> None:  # RES-3
    life = booked(cutoff_included=included).until(moment)
    if in_time:
        life.reschedule(moment, MONDAY)
    else:
        assert refusal(acts(life, "customer", MONDAY)["reschedule"]) == "cutoff_passed"


def test_the_cut_off_is_that_of_the_appointment_in_force() -> None:
    life = booked().reschedule("2026-03-05 12:00", MONDAY)
    life.reschedule("2026-03-08 18:00", "2026-03-10 08:00")  # a Sunday counts as a day
    assert refusal(acts(life.until("2026-03-09 18:00:00.001"), "customer", FRIDAY)["reschedule"]) == "cutoff_passed"


def test_moving_to_the_same_slot_changes_nothing_and_tells_nobody() -> None:
    life = booked()
    trace_before = list(life.trace)
    assert life.world.agent.reschedule(life.link(), slot(FRIDAY)).slot == slot(FRIDAY)
    assert life.trace == trace_before


def test_a_limit_of_moves_counts_real_moves_only() -> None:
    life = booked(max_reschedules=1).reschedule("2026-03-02 16:00", FRIDAY).reschedule("2026-03-02 16:01", MONDAY)
    assert refusal(acts(life, "operator")["reschedule"]) == "reschedules_exhausted"
    life.reschedule("2026-03-02 16:02", MONDAY)


def test_a_move_to_a_slot_that_is_full_leaves_the_appointment_where_it_was() -> None:
    life = booked()
    life.world.set_capacity("LAZIO", slot(MONDAY), 0)
    assert refusal(acts(life, "customer", MONDAY)["reschedule"]) == "slot_taken"
    assert life.world.agent.open(life.link()).slot == slot(FRIDAY)
    assert life.world.slots.free("LAZIO", slot(FRIDAY)) == 3


@pytest.mark.parametrize("act", ["confirm", "reschedule"])
@pytest.mark.parametrize(
    "wanted", ["2026-03-07 08:00", "2026-03-03 09:00", "2026-02-27 08:00", "2019-01-02 08:00", "2060-12-31 08:00"]
)
def test_a_slot_that_is_not_on_offer_is_refused(act: str, wanted: str) -> None:
    life = booked() if act == "reschedule" else engaged()
    agent, link = life.world.agent, life.link()
    assert refusal(lambda: getattr(agent, act)(link, slot(wanted))) == "slot_not_offered"


# --- refusing ---


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


# --- links ---


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


@pytest.mark.parametrize("link", ["", "https://va.alfa.example/", "https://va.alfa.example/nobody", "http://[", "::"])
@pytest.mark.parametrize("act", ["open", "offered_slots", "decline"])
def test_a_link_that_was_never_given_out_is_unknown(link: str, act: str) -> None:
    life = engaged()
    assert refusal(lambda: getattr(life.world.agent, act)(link)) == "unknown_link"
    assert "subject" not in life.trace[-1]


def test_the_operator_s_link_is_unknown_until_its_file_is_deposited() -> None:
    life = engaged()
    early = Life().ready("2026-03-02 10:00")
    assert refusal(lambda: early.world.agent.open(life.link("operator"))) == "unknown_link"
    early.until("2026-03-02 14:00")
    assert early.world.agent.open(life.link("operator")).state == "engaged"


def test_a_channel_that_does_not_exist_is_refused_by_name() -> None:
    life = engaged()
    with pytest.raises(FieldError, match="channel: 'robot' is not allowed; allowed: customer or operator"):
        life.world.agent.open(life.link(), "robot")
