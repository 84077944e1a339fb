"""A crowd in a world of the sandbox acts when the clock moves, follows from its seed, and changes no other order."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reference_impl.civil_time import DAY
from reference_impl.errors import FieldError
from reference_impl.registry import operator_from
from sim.recorder import to_json_line
from sim.sandbox.world.commands import BringCrowd
from sim.sandbox.world.crowd import crowd_order
from sim.sandbox.world.link_index import LINK
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.world_clock import WorldClock
from tests.sandbox.in_process import ALFA, START, engage, live_world

ALFA_OPERATOR = operator_from(ALFA)
CROWD = BringCrowd("ALFA", orders=40, seed=7, days=2)


def live_on(world: LiveWorld, days: int) -> None:
    """Let the clock of a world go on."""
    asyncio.run(WorldClock(world).advance(days * DAY))


def with_crowd(folder: Path, days: int, crowd: BringCrowd = CROWD) -> list[str]:
    """What happened in a new world in which a crowd lives; links without their secrets, which are the folder's own."""
    folder.mkdir()
    with live_world(folder) as world:
        world.register_operator(ALFA)
        world.bring_crowd(crowd)
        live_on(world, days)
        return [LINK.sub(r"\1", to_json_line(event)) for event in world.trace]


def data_of(world: LiveWorld, type: str) -> list[Any]:
    return [event["data"] for event in world.trace if event["type"] == type]


def test_customers_and_call_centre_book_through_the_links_of_sms_and_file(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        assert world.bring_crowd(CROWD).handed_in == 0, "orders come when the clock moves"
        live_on(world, 30)
        (progress,) = world.crowds()
        assert (progress.handed_in, progress.refused) == (40, 0)
        assert sum(progress.states.values()) == 40
        assert progress.states["visited"] > 20
        booked = Counter(data["channel"] for data in data_of(world, "appointment.confirmed"))
        assert booked["customer"] == progress.customers["booked"] + progress.customers["moved"]
        assert booked["operator"] == progress.call_centre["booked"] > 0
        links = {row["link"] for data in data_of(world, "csv.deposited") for row in data["rows"]}
        assert {
            data["link"] for data in data_of(world, "appointment.confirmed") if data["channel"] == "operator"
        } <= links
        refusals = Counter(data["reason"] for data in data_of(world, "agent.rejected"))
        assert set(refusals) == {"already_booked"}, "who comes second is told so, and content"
        assert refusals["already_booked"] == progress.customers["already_booked"]


def test_a_crowd_that_has_lived_leaves_nothing_to_come(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        world.bring_crowd(CROWD)
        asyncio.run(WorldClock(world).until("idle"))
        assert WorldClock(world).status().next_wake_at is None
        assert world.now < START + 60 * DAY


def test_the_same_seed_gives_the_same_life_and_another_seed_another(tmp_path: Path) -> None:
    life, same_life = (with_crowd(tmp_path / name, days=5) for name in ("first", "again"))
    other_life = with_crowd(tmp_path / "other", days=5, crowd=BringCrowd("ALFA", 40, 8, 2))
    assert life == same_life != other_life


def test_a_crowd_goes_on_after_a_restart_as_if_there_had_been_none(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        world.bring_crowd(CROWD)
        live_on(world, 1)
        trace = list(world.trace)
    with live_world(tmp_path) as world:
        assert world.trace == trace
        live_on(world, 9)
        state = (list(world.trace), world.crowds())
    with live_world(tmp_path) as world:
        assert (world.trace, world.crowds()) == state


def test_a_crowd_leaves_the_orders_of_others_alone(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        world.bring_crowd(BringCrowd("ALFA", 5, 7, 1))
        engage(world)
        live_on(world, 10)
        assert world.order("A-1").slot is None
        assert not [event for event in world.trace if event["type"] == "agent.opened" and event["subject"] == "A-1"]


def test_two_crowds_live_side_by_side_if_their_seeds_differ(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        world.bring_crowd(BringCrowd("ALFA", 3, 1, 1))
        world.bring_crowd(BringCrowd("ALFA", 3, 2, 1))
        with pytest.raises(FieldError, match="seed: 2 is not allowed; allowed: a seed of which no crowd lives"):
            world.bring_crowd(BringCrowd("ALFA", 3, 2, 1))
        live_on(world, 2)
        assert [progress.handed_in for progress in world.crowds()] == [3, 3]
        assert len(world.orders()) == 6


def test_an_order_belongs_to_seed_and_number_and_not_to_the_size_of_the_crowd() -> None:
    small, large = (BringCrowd("ALFA", size, 7, 2) for size in (1, 500))
    with_codes = [crowd_order(plan, 1, ALFA_OPERATOR, ["LAZIO"]) for plan in (small, large)]
    assert with_codes[0] == with_codes[1]
