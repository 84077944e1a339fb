"""The Virtual Agent: which acts are allowed when, and that a refused act changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_impl.errors import FieldError
from reference_impl.orders import State
from reference_impl.virtual_agent import REFUSALS
from tests.judging.lives import Life, at, refusal, slot
from tests.service.agent_lives import (
    FRIDAY,
    LATER_FRIDAY,
    MONDAY,
    PARTIES,
    acts,
    booked,
    declined,
    engaged,
    late,
    timed_out,
)

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


# --- links ---


@pytest.mark.parametrize("link", ["", "https://va.alfa.example/", "https://va.alfa.example/nobody", "http://[", "::"])
@pytest.mark.parametrize("act", ["open", "offered_slots", "decline"])
def test_a_link_that_was_never_given_out_is_unknown(link: str, act: str) -> None:
    life = engaged()
    assert refusal(lambda: getattr(life.world.agent, act)(link)) == "unknown_link"
    assert "subject" not in life.trace[-1]


def test_a_channel_that_does_not_exist_is_refused_by_name() -> None:
    life = engaged()
    with pytest.raises(FieldError, match="channel: 'robot' is not allowed; allowed: customer or operator"):
        life.world.agent.open(life.link(), "robot")
