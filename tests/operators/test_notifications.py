"""The model operator answers every notification at once; late, doubled and out of order they change nothing."""

from __future__ import annotations

import json

import pytest

from sim.faults import NotificationFaults
from tests.operators.lived import acts_of_operator, at, codes_of, data_of_events, new_world, one_order, times_of


def test_it_answers_every_notification_with_2xx_at_once() -> None:
    world = new_world()
    with one_order(world):
        world.run_until(at("03-09T00:00:00"))
    statuses = {data["notification"]: data["status"] for data in data_of_events(world, "notification.answered")}
    sent = [event["id"] for event in world.trace if event["type"] == "notification.sent"]
    assert statuses == dict.fromkeys(sent, 200)  # OP-2
    assert times_of(world, "notification.answered") == times_of(world, "notification.sent")


def test_the_same_notification_twice_has_one_effect() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(duplicated=1.0)) as operator:
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].notified == ["CO", "W08", "W09"]  # OP-2
    copies = [(data["copy"], data["status"]) for data in data_of_events(world, "notification.answered")]
    assert sorted(copies) == [(1, 200)] * 3 + [(2, 200)] * 3
    assert len(data_of_events(world, "appointment.confirmed")) == 1


@pytest.mark.parametrize("number", range(8))
def test_notifications_late_doubled_and_out_of_order_change_nothing_of_what_it_does(number: int) -> None:
    world = new_world(name=f"w{number}")
    with one_order(world, faults=NotificationFaults(late=0.5, overtaken=0.5, duplicated=0.5)) as operator:
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].standing == "booked"
    assert acts_of_operator(world) == [("agent.opened", None), ("appointment.confirmed", None)]  # OP-8
    assert codes_of(world) == ["CO", "W08", "W09"]


def test_some_of_those_notifications_do_arrive_out_of_order() -> None:
    world = new_world(name="w3")
    with one_order(world, faults=NotificationFaults(overtaken=0.5)) as operator:
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].notified != ["CO", "W08", "W09"]
        assert sorted(operator.cases["ALFA-1"].notified) == ["CO", "W08", "W09"]


def test_the_same_seed_gives_the_same_trace() -> None:
    def trace() -> str:
        world = new_world()
        with one_order(world, faults=NotificationFaults(late=0.5, overtaken=0.5, duplicated=0.5)):
            world.run_until(at("03-12T00:00:00"))
        return json.dumps(world.finish())

    assert trace() == trace()
