"""The technicians' agenda: which slots exist and are offered, and that none is taken beyond its places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.civil_time import DAY, HOUR
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.slot_agenda import SlotAgenda, days_offered
from tests.judging.lives import at, slot

NOW = at("2026-03-02 10:00")  # a Monday
DAYS = days_offered(Policy())
WEDNESDAY = slot("2026-03-04 08:00")


def agenda(places: int = 2, **readings: Any) -> SlotAgenda:
    return SlotAgenda(Policy.from_readings(readings), {"LAZIO": places, "MOLISE": 1})


def test_the_first_slot_on_offer_is_that_of_the_next_day_whose_reminder_is_possible() -> None:
    assert agenda().offered("LAZIO", NOW)[0] == slot("2026-03-03 08:00")
    assert agenda().offered("LAZIO", at("2026-03-02 18:00:00.001"))[0] == WEDNESDAY


def test_slots_are_those_of_the_grid_in_order_of_time() -> None:
    offered = agenda().offered("LAZIO", NOW)
    assert offered == sorted(offered, key=lambda one: one.start)
    assert offered[:5] == [slot(f"2026-03-03 {hour:02}:00") for hour in (8, 10, 12, 14, 16)]


def test_no_slot_is_on_a_weekend_or_a_holiday() -> None:
    offered = agenda().offered("LAZIO", at("2026-04-02 10:00"))
    days = [offer for offer in offered if at("2026-04-04 00:00") <= offer.start < at("2026-04-07 00:00")]
    assert days == []
    assert slot("2026-04-06 08:00") in agenda(holidays="none").offered("LAZIO", at("2026-04-02 10:00"))


def test_the_grid_is_a_reading() -> None:
    own = agenda(slot_grid={"weekdays": ["sat"], "bands": ["09:00-13:00"]})
    assert own.offered("LAZIO", NOW)[0] == slot("2026-03-07 09:00", hours=4)


@pytest.mark.parametrize("band", ["02:00-03:00", "02:30-03:00"])
def test_a_band_of_no_length_in_the_night_in_which_the_clock_is_put_forward_is_not_on_offer(band: str) -> None:
    slots = agenda(slot_grid={"weekdays": ["sun"], "bands": [band, "05:00-06:00"]}, earliest_slot="any")
    offered = slots.offered("LAZIO", at("2026-03-26 10:00"))
    assert [offer.start for offer in offered[:2]] == [at("2026-03-29 05:00"), at(f"2026-04-12 {band[:5]}")]
    assert not slots.exists(Slot(at("2026-03-29 03:00"), at("2026-03-29 03:00")), at("2026-03-26 10:00"))
    assert all(offer.start < offer.end for offer in offered)


def test_slots_of_the_night_in_which_the_clock_changes_keep_their_wall_clock() -> None:
    own = agenda(slot_grid={"weekdays": ["sun"], "bands": ["01:00-04:00"]}, earliest_slot="any")
    offered = own.offered("LAZIO", at("2026-03-25 10:00"))
    assert offered[0] == Slot(at("2026-03-29 01:00"), at("2026-03-29 04:00"))
    assert offered[0].end - offered[0].start == 2 * HOUR


@pytest.mark.parametrize(
    "wanted",
    [
        slot("2026-03-04 09:00"),  # not on the grid
        slot("2026-03-04 08:00", hours=3),
        slot("2026-03-07 08:00"),  # a Saturday
        slot("2026-03-02 14:00"),  # today
        slot("2026-02-27 08:00"),  # past
        slot("2026-04-03 08:00"),  # beyond the days on offer
        Slot(0, 1),
        Slot(-(10**15), 10**15),
        Slot(10**15, 10**15 + HOUR),
    ],
)
def test_what_is_not_on_offer_does_not_exist(wanted: Slot) -> None:
    assert not agenda().exists(wanted, NOW)


@given(st.integers(-DAY, (DAYS + 3) * DAY), st.sampled_from(["reminder_possible", "next_day", "any"]))
def test_a_slot_exists_exactly_if_it_is_on_offer_in_an_empty_agenda(later: int, earliest: str) -> None:
    slots = agenda(earliest_slot=earliest)
    for known_slot in slots.between(NOW - 7 * DAY, NOW + 40 * DAY):
        assert slots.exists(known_slot, NOW + later % DAY) == (known_slot in slots.offered("LAZIO", NOW + later % DAY))


def test_slots_are_offered_to_the_last_day_and_to_the_last_place() -> None:
    slots = agenda()
    assert slots.offered("LAZIO", NOW)[-1] == slot("2026-04-01 16:00")
    assert slots.offered("MOLISE", NOW)[0] == slot("2026-03-03 08:00")
    assert slots.exists(slot("2026-04-01 16:00"), NOW)
    assert not slots.exists(slot("2026-04-02 08:00"), NOW)
    assert days_offered(Policy(offered_days="unlimited")) == 366


@pytest.mark.parametrize(
    ("since", "first"),
    [
        ("2026-02-01 00:00", "2026-03-03 08:00"),
        ("2026-03-04 08:00", "2026-03-04 08:00"),
        ("2026-03-04 08:00:00.001", "2026-03-04 10:00"),
        ("2026-03-06 17:00", "2026-03-09 08:00"),
        ("2026-04-01 15:00", "2026-04-01 16:00"),
        ("2026-04-01 17:00", "2026-03-03 08:00"),  # nothing more on offer: the first of all
        ("2026-05-01 00:00", "2026-03-03 08:00"),
    ],
)
def test_the_first_slot_since_an_instant_else_the_first_of_all(since: str, first: str) -> None:
    assert agenda().first("LAZIO", NOW, at(since)) == slot(first)


def test_the_first_slot_has_a_place_and_a_reminder() -> None:
    slots = agenda()
    assert slots.first("MOLISE", NOW, WEDNESDAY.start) == WEDNESDAY
    slots.take("MOLISE", WEDNESDAY)
    assert slots.first("MOLISE", NOW, WEDNESDAY.start) == slot("2026-03-04 10:00")
    assert slots.first("LAZIO", NOW, NOW) == slot("2026-03-03 08:00")
    assert slots.first("MARTE", NOW, NOW) is None


def test_a_territory_without_technicians_has_no_place() -> None:
    own = agenda()
    assert [own.capacity(territory, WEDNESDAY) for territory in ("LAZIO", "MOLISE", "MARTE")] == [2, 1, 0]
    assert [own.free(territory, WEDNESDAY) for territory in ("LAZIO", "MOLISE", "MARTE")] == [2, 1, 0]


def test_what_has_passed_is_forgotten_and_what_begins_now_is_not() -> None:
    slots = agenda()
    slots.take("LAZIO", WEDNESDAY)
    slots.forget_before(WEDNESDAY.start)
    assert slots.free("LAZIO", WEDNESDAY) == 1
    slots.forget_before(WEDNESDAY.start + 1)
    assert slots.free("LAZIO", WEDNESDAY) == 2


def test_all_slots_of_the_days_between_two_instants_are_told_free_or_not() -> None:
    slots = agenda()
    slots.take("MOLISE", WEDNESDAY)
    known_slots = slots.between(at("2026-03-03 23:00"), at("2026-03-04 01:00"))
    assert (known_slots[0], known_slots[-1], len(known_slots)) == (
        slot("2026-03-03 08:00"),
        slot("2026-03-04 16:00"),
        10,
    )


@pytest.mark.parametrize(("day", "count"), [("2019-01-01", 5), ("2060-12-31", 5)])
def test_the_first_and_the_last_day_of_all_have_slots(day: str, count: int) -> None:
    assert len(agenda(holidays="none").between(at(f"{day} 00:00"), at(f"{day} 12:00"))) == count


def test_a_slot_is_taken_as_often_as_it_has_places() -> None:  # INV-6
    slots = agenda(places=2)
    assert [slots.take("LAZIO", WEDNESDAY) for _ in range(4)] == [True, True, False, False]
    assert slots.free("LAZIO", WEDNESDAY) == 0
    assert WEDNESDAY not in slots.offered("LAZIO", NOW)


def test_territories_do_not_share_places() -> None:
    slots = agenda()
    assert slots.take("MOLISE", WEDNESDAY)
    assert not slots.take("MOLISE", WEDNESDAY)
    assert slots.free("LAZIO", WEDNESDAY) == 2
    assert slots.territories == ("LAZIO", "MOLISE")


def test_a_released_place_can_be_taken_again() -> None:  # RES-4
    slots = agenda(places=1)
    slots.take("LAZIO", WEDNESDAY)
    slots.release("LAZIO", WEDNESDAY)
    assert slots.take("LAZIO", WEDNESDAY)


def test_a_slot_can_have_a_capacity_of_its_own() -> None:
    slots = agenda(places=4)
    slots.set_capacity("LAZIO", WEDNESDAY, 0)
    assert (slots.capacity("LAZIO", WEDNESDAY), slots.take("LAZIO", WEDNESDAY)) == (0, False)
    assert slots.take("LAZIO", slot("2026-03-04 10:00"))


def test_places_that_are_withdrawn_below_what_is_taken_free_none() -> None:
    slots = agenda(places=2)
    slots.take("LAZIO", WEDNESDAY)
    slots.take("LAZIO", WEDNESDAY)
    slots.set_capacity("LAZIO", WEDNESDAY, 1)
    slots.release("LAZIO", WEDNESDAY)
    assert not slots.take("LAZIO", WEDNESDAY)


@given(st.lists(st.sampled_from(["take", "release"]), max_size=30), st.integers(0, 3))
def test_no_series_of_acts_holds_more_than_the_capacity(acts: list[str], places: int) -> None:  # INV-6
    slots, taken_places = agenda(places=places), 0
    for act in acts:
        if act == "take":
            taken_places += slots.take("LAZIO", WEDNESDAY)
        elif taken_places:
            slots.release("LAZIO", WEDNESDAY)
            taken_places -= 1
        assert 0 <= taken_places <= places
        assert slots.free("LAZIO", WEDNESDAY) == places - taken_places
