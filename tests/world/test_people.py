"""Customers: whom chance makes them, when they act, and that they accept what they are told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from reference_impl.civil_time import DAY, HOUR
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.sms_text import is_italian_mobile
from sim.people.customers import (
    CUSTOMERS,
    DAY_SECONDS,
    HOUR_SECONDS,
    Customers,
    Delay,
    Mix,
    person_of,
    plan_of,
    slot_at,
)
from sim.world import World
from tests.world.populations import ORDERS, TUESDAY, customers_in, data_of, everybody, new_world, submit, times_of


def world_with_customers(
    mix: Mix, orders: list[str], days: int = 10, policy: Policy | None = None
) -> tuple[World, Customers]:
    world = new_world(policy)
    customers = customers_in(world, mix)
    for order in orders:
        submit(world, order)
    world.run_until(TUESDAY + days * DAY)
    return world, customers


def test_the_same_seed_and_order_give_the_same_person_whoever_was_asked_for_before() -> None:
    person = person_of(7, "ALFA-1")
    other_people = {person_of(7, "ALFA-2"), person_of(8, "ALFA-1")}
    assert person_of(7, "ALFA-1") == person
    assert person not in other_people


def test_every_person_has_a_name_a_place_and_an_italian_mobile_number() -> None:
    people = [person_of(7, order) for order in ORDERS]
    assert all(is_italian_mobile(person.phone) and person.name and person.city for person in people)
    assert len({person.phone for person in people}) == len(people)


def test_a_plan_belongs_to_the_order_and_not_to_the_mix_of_others() -> None:
    plans = [plan_of(7, order) for order in ORDERS]
    assert plans == [plan_of(7, order) for order in reversed(ORDERS)][::-1]
    slower = plan_of(7, "ALFA-1", everybody("book", 5))
    assert (slower.slot_share, slower.moved_slot_share) == (plans[0].slot_share, plans[0].moved_slot_share)


def test_customers_behave_in_the_proportions_of_the_mix() -> None:
    acts = Counter(plan_of(7, f"ALFA-{number}").behaviour.act for number in range(2000))
    expected = Counter[str]()
    for weight, behaviour in CUSTOMERS:
        expected[behaviour.act] += round(weight * 2000)
    assert all(abs(acts[act] - expected[act]) < 80 for act in ("book", "decline", "ignore"))


def test_a_customer_books_through_the_link_of_the_sms_after_the_time_drawn() -> None:
    world, customers = world_with_customers(everybody("book", HOUR_SECONDS), ["ALFA-1"])
    [confirmed] = data_of(world, "appointment.confirmed")
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T08:00:00.000+01:00"]
    assert (confirmed["channel"], confirmed["link"]) == ("customer", world.sms_inbox.messages[0].link)
    assert customers.outcomes == {"ALFA-1": "booked"}


def test_a_customer_who_ignores_the_sms_is_timed_out() -> None:
    world, customers = world_with_customers(everybody("ignore", 0), ["ALFA-1"])
    assert times_of(world, "agent.opened") == []
    assert [data["reason"] for data in data_of(world, "order.handed_back")] == ["timeout"]
    assert customers.outcomes == {"ALFA-1": "ignored"}


def test_a_customer_who_declines_ends_it() -> None:
    world, customers = world_with_customers(everybody("decline", 60), ["ALFA-1"])
    assert [data["reason"] for data in data_of(world, "order.handed_back")] == ["refused"]
    assert customers.outcomes == {"ALFA-1": "declined"}


def test_a_customer_moves_an_appointment_of_which_the_cut_off_has_not_passed() -> None:
    soon = Delay(HOUR_SECONDS, HOUR_SECONDS)
    world, customers = world_with_customers(everybody("book", 60, soon), ["ALFA-1"])
    [moved] = data_of(world, "appointment.rescheduled")
    assert moved["previous"] != moved["slot"]
    assert customers.outcomes == {"ALFA-1": "moved"}


def test_a_customer_who_comes_after_the_term_is_told_so_and_accepts_it() -> None:
    world, customers = world_with_customers(everybody("book", 6 * DAY_SECONDS), ["ALFA-1"])
    assert [data["reason"] for data in data_of(world, "agent.rejected")] == ["term_over"]
    assert customers.outcomes == {"ALFA-1": "term_over"}


def test_a_second_engagement_sms_changes_nothing_of_what_a_customer_does() -> None:
    world = new_world(Policy(reengage="yes"))
    customers = customers_in(world, everybody("book", 2 * HOUR_SECONDS))
    submit(world, "ALFA-1")
    world.at(TUESDAY + 8 * HOUR, lambda: world.report_line("ALFA-1", "CO"))
    world.run_until(TUESDAY + 5 * DAY)
    assert len(world.sms_inbox.messages) > 1
    assert len(times_of(world, "agent.opened")) == 1
    assert customers.outcomes == {"ALFA-1": "booked"}


def test_what_one_customer_does_depends_on_no_other_customer() -> None:
    world_alone, _ = world_with_customers(CUSTOMERS, ["ALFA-7"])
    world_with_others, _ = world_with_customers(CUSTOMERS, ORDERS[:10])

    def story(world: World) -> list[object]:
        kinds = ("agent.opened", "appointment.confirmed", "appointment.rescheduled", "appointment.declined")
        return [
            (event["time"], event["type"])
            for event in world.trace
            if event.get("subject") == "ALFA-7" and event["type"] in kinds
        ]

    assert story(world_alone) == story(world_with_others)


def test_a_few_slots_for_many_customers_never_hold_more_than_they_can() -> None:
    world = World(start=TUESDAY, seed=7, territories={"LAZIO": 1})
    world.register_operator(operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"])
    customers_in(world, everybody("book", 60))
    for order in ORDERS:
        submit(world, order)
    world.run_until(TUESDAY + 10 * DAY)
    taken = Counter(json.dumps(data["slot"]) for data in data_of(world, "appointment.confirmed"))
    assert set(taken.values()) == {1}
    assert taken.total() == len(ORDERS)


def test_no_slot_is_picked_where_none_is_offered() -> None:
    slots = [Slot(number, number + 1) for number in range(100)]
    assert slot_at([], 0.5) is None
    assert (slot_at(slots, 0.0), slot_at(slots, 0.999)) == (slots[0], slots[24])


@pytest.mark.parametrize("bounds", [(-1, 5), (6, 5)])
def test_a_delay_that_cannot_be_is_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="shortest_seconds <= longest_seconds"):
        Delay(*bounds)


LIFE = """
import hashlib, json
from tests.world.populations import ORDERS, TUESDAY, centre_in, customers_in, new_world, submit
world = new_world()
customers_in(world), centre_in(world)
for order in ORDERS[:10]:
    submit(world, order)
world.run_until(TUESDAY + 864_000_000)
print(hashlib.sha256(json.dumps(world.finish()).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_bytes_in_other_processes_with_other_hash_seeds() -> None:
    def trace_in_process(hash_seed: str) -> str:
        process = subprocess.run(
            [sys.executable, "-c", LIFE],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(filter(None, sys.path)) or "."},
            capture_output=True,
            text=True,
            check=True,
        )
        return process.stdout

    assert len({trace_in_process("1"), trace_in_process("2")}) == 1
