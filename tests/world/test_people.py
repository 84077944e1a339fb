"""Customers and call centres: whom chance makes them, when they act, and that they accept what they are told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from reference_impl.civil_time import HOUR, format_instant, parse_instant
from reference_impl.policy import Policy
from reference_impl.ports import Notification, Slot
from reference_impl.sms_text import is_italian_mobile
from sim.doubles import OperatorDirectory
from sim.faults import NO_FAULTS, NotificationFaults, delivery_delays
from sim.people.call_centre import CallCentre, CallCentreBehaviour, next_round
from sim.people.customers import (
    CUSTOMERS,
    DAY_SECONDS,
    HOUR_SECONDS,
    CustomerBehaviour,
    Customers,
    Delay,
    Mix,
    person_of,
    plan_of,
    slot_at,
)
from sim.world import World

TUESDAY = parse_instant("2026-03-03T00:00:00")
ORDERS = [f"ALFA-{number}" for number in range(1, 41)]
SURE = CallCentreBehaviour(reached=1.0, declines=0.0, leaves_alone=Delay(0, 0))


def everybody(act: str, after_seconds: int, moves_after: Delay | None = None) -> Mix:
    """A mix in which all customers do the same, at the same distance from their SMS."""
    behaviour = CustomerBehaviour(act, Delay(after_seconds, after_seconds), moves_after)  # type: ignore[arg-type]
    return ((1.0, behaviour),)


def new_world(policy: Policy | None = None, seed: int = 7) -> World:
    world = World(start=TUESDAY, policy=policy or Policy(), seed=seed)
    world.register_operator(operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"])
    return world


def submit(world: World, order: str) -> None:
    """An order whose line is ready at once, for the customer whom chance gives it."""
    world.submit_order(
        order=order,
        operator="ALFA",
        service="VULA_FTTH",
        line_state="LNA",
        project_code="PRJ",
        disaggregated=False,
        pdc_disaggregated=False,
        phone=person_of(world.seed, order).phone,
    )
    world.report_line(order, "CO")


def customers_in(world: World, mix: Mix = CUSTOMERS) -> Customers:
    """Customers who get every SMS of a world at once."""
    customers = Customers(world, mix)
    world.sms_inbox.deliver = customers.receive
    return customers


def centre_in(world: World, behaviour: CallCentreBehaviour | None = None) -> CallCentre:
    """ALFA's call centre, which hears of every file."""
    centre = CallCentre(world, OperatorDirectory(world.drop, world.recorder, "ALFA"), behaviour)
    world.drop.deliver = lambda operator, name: centre.file_arrived()
    return centre


def world_lived(mix: Mix, orders: list[str], days: int = 10, policy: Policy | None = None) -> tuple[World, Customers]:
    world = new_world(policy)
    customers = customers_in(world, mix)
    for order in orders:
        submit(world, order)
    world.run_until(TUESDAY + days * 24 * HOUR)
    return world, customers


def times_of(world: World, type: str) -> list[str]:
    return [str(event["time"]) for event in world.trace if event["type"] == type]


def data_of(world: World, type: str) -> list[Mapping[str, Any]]:
    return [event["data"] for event in world.trace if event["type"] == type and isinstance(event["data"], Mapping)]


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
    world, customers = world_lived(everybody("book", HOUR_SECONDS), ["ALFA-1"])
    [confirmed] = data_of(world, "appointment.confirmed")
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T08:00:00.000+01:00"]
    assert (confirmed["channel"], confirmed["link"]) == ("customer", world.sms_inbox.messages[0].link)
    assert customers.outcomes == {"ALFA-1": "booked"}


def test_a_customer_who_ignores_the_sms_is_timed_out() -> None:
    world, customers = world_lived(everybody("ignore", 0), ["ALFA-1"])
    assert times_of(world, "agent.opened") == []
    assert [data["reason"] for data in data_of(world, "order.handed_back")] == ["timeout"]
    assert customers.outcomes == {"ALFA-1": "ignored"}


def test_a_customer_who_declines_ends_it() -> None:
    world, customers = world_lived(everybody("decline", 60), ["ALFA-1"])
    assert [data["reason"] for data in data_of(world, "order.handed_back")] == ["refused"]
    assert customers.outcomes == {"ALFA-1": "declined"}


def test_a_customer_moves_an_appointment_of_which_the_cut_off_has_not_passed() -> None:
    soon = Delay(HOUR_SECONDS, HOUR_SECONDS)
    world, customers = world_lived(everybody("book", 60, soon), ["ALFA-1"])
    [moved] = data_of(world, "appointment.rescheduled")
    assert moved["previous"] != moved["slot"]
    assert customers.outcomes == {"ALFA-1": "moved"}


def test_a_customer_who_comes_after_the_term_is_told_so_and_accepts_it() -> None:
    world, customers = world_lived(everybody("book", 6 * DAY_SECONDS), ["ALFA-1"])
    assert [data["reason"] for data in data_of(world, "agent.rejected")] == ["term_over"]
    assert customers.outcomes == {"ALFA-1": "term_over"}


def test_a_second_engagement_sms_changes_nothing_of_what_a_customer_does() -> None:
    world = new_world(Policy(reengage="yes"))
    customers = customers_in(world, everybody("book", 2 * HOUR_SECONDS))
    submit(world, "ALFA-1")
    world.at(TUESDAY + 8 * HOUR, lambda: world.report_line("ALFA-1", "CO"))
    world.run_until(TUESDAY + 5 * 24 * HOUR)
    assert len(world.sms_inbox.messages) > 1
    assert len(times_of(world, "agent.opened")) == 1
    assert customers.outcomes == {"ALFA-1": "booked"}


def test_what_one_customer_does_depends_on_no_other_customer() -> None:
    alone, _ = world_lived(CUSTOMERS, ["ALFA-7"])
    among_others, _ = world_lived(CUSTOMERS, ORDERS[:10])

    def story(world: World) -> list[object]:
        kinds = ("agent.opened", "appointment.confirmed", "appointment.rescheduled", "appointment.declined")
        return [
            (event["time"], event["type"])
            for event in world.trace
            if event.get("subject") == "ALFA-7" and event["type"] in kinds
        ]

    assert story(alone) == story(among_others)


def test_a_few_slots_for_many_customers_never_hold_more_than_they_can() -> None:
    world = World(start=TUESDAY, seed=7, territories={"LAZIO": 1})
    world.register_operator(operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"])
    customers_in(world, everybody("book", 60))
    for order in ORDERS:
        submit(world, order)
    world.run_until(TUESDAY + 10 * 24 * HOUR)
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


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-03-03T08:59:59", "2026-03-03T09:00:00"),
        ("2026-03-03T09:00:00", "2026-03-03T09:30:00"),
        ("2026-03-03T17:29:59", "2026-03-03T17:30:00"),
        ("2026-03-03T17:30:00", "2026-03-04T09:00:00"),  # nobody starts a round at closing time
        ("2026-03-06T17:45:00", "2026-03-09T09:00:00"),  # Friday evening: Monday morning
        ("2026-03-07T10:00:00", "2026-03-09T09:00:00"),
        ("2026-03-27T20:00:00", "2026-03-30T09:00:00"),  # the clock goes forward in between
    ],
)
def test_a_call_centre_works_in_rounds_within_its_hours(now: str, following: str) -> None:
    assert format_instant(next_round(parse_instant(now), CallCentreBehaviour()))[:19] == following


@pytest.mark.parametrize("wrong", [{"opens_hour": 18, "closes_hour": 9}, {"weekdays": ()}, {"weekdays": (7,)}])
def test_hours_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="allowed:"):
        CallCentreBehaviour(**wrong)


def test_a_call_centre_reads_the_file_and_books_through_its_link() -> None:
    world = new_world()
    centre = centre_in(world, SURE)
    submit(world, "ALFA-1")
    world.run_until(TUESDAY + 5 * 24 * HOUR)
    [confirmed], [deposited] = data_of(world, "appointment.confirmed"), data_of(world, "csv.deposited")
    assert times_of(world, "csv.fetched") == ["2026-03-03T12:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T12:00:00.000+01:00"]
    assert (confirmed["channel"], confirmed["link"]) == ("operator", deposited["rows"][0]["link"])
    assert centre.outcomes == {"ALFA-1": "booked"}


def test_a_call_centre_leaves_alone_who_has_booked() -> None:
    world = new_world()
    customers_in(world, everybody("book", 60))
    centre = centre_in(world, SURE)
    submit(world, "ALFA-1")
    world.run_until(TUESDAY + 5 * 24 * HOUR)
    assert [data["channel"] for data in data_of(world, "appointment.confirmed")] == ["customer"]
    assert data_of(world, "agent.rejected") == []
    assert centre.outcomes == {"ALFA-1": "too_late"}


def test_a_call_centre_gives_up_a_customer_who_never_answers() -> None:
    world = new_world()
    nobody = CallCentreBehaviour(reached=0.0, leaves_alone=Delay(0, 0), calls=2)
    centre = centre_in(world, nobody)
    submit(world, "ALFA-1")
    world.run_until(TUESDAY + 5 * 24 * HOUR)
    assert times_of(world, "agent.opened") == []
    assert centre.outcomes == {"ALFA-1": "not_reached"}


def test_a_customer_who_is_reached_may_decline() -> None:
    world = new_world()
    centre = centre_in(world, CallCentreBehaviour(reached=1.0, declines=1.0, leaves_alone=Delay(0, 0)))
    submit(world, "ALFA-1")
    world.run_until(TUESDAY + 5 * 24 * HOUR)
    assert [data["channel"] for data in data_of(world, "appointment.declined")] == ["operator"]
    assert centre.outcomes == {"ALFA-1": "declined"}


LIFE = """
import hashlib, json
from tests.world.test_people import ORDERS, TUESDAY, centre_in, customers_in, new_world, submit
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


BOOKED = Notification("ALFA-1", "ALFA", "W09", "label", TUESDAY)


def test_without_faults_a_notification_arrives_once_and_at_once() -> None:
    assert delivery_delays(NO_FAULTS, "7", BOOKED) == (0,)


def test_a_fault_is_drawn_for_the_notification_and_stays_within_its_bounds() -> None:
    faults = NotificationFaults(late=1.0, late_seconds=10, duplicated=1.0, duplicated_seconds=5)
    arrival, copy = delivery_delays(faults, "7", BOOKED)
    assert delivery_delays(faults, "7", BOOKED) == (arrival, copy)
    assert 0 < arrival <= 10_000
    assert arrival < copy <= arrival + 5_000


def test_one_fault_does_not_move_the_draws_of_another() -> None:
    late = NotificationFaults(late=1.0)
    assert (
        delivery_delays(NotificationFaults(late=1.0, duplicated=1.0), "7", BOOKED)[0]
        == delivery_delays(late, "7", BOOKED)[0]
    )


def test_an_overtaken_notification_is_held_back_for_at_least_half_of_its_time() -> None:
    [delay] = delivery_delays(NotificationFaults(overtaken=1.0, overtaken_seconds=100), "7", BOOKED)
    assert 50_000 <= delay <= 100_000


@pytest.mark.parametrize("wrong", [{"late": 1.5}, {"duplicated": -0.1}, {"late_seconds": -1}])
def test_a_chance_or_duration_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="allowed: 0 to"):
        NotificationFaults(**wrong)
