"""The clock of a live world goes forward only, waits while anything is under way, and reports when a move is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reference_impl.civil_time import HOUR, MINUTE, parse_instant
from sim.recorder import Event
from sim.sandbox.world.clock_words import ClockError, factor_of, parse_span
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import Attempt
from sim.sandbox.world.world_clock import WorldClock
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import START, engage, live_world
from tests.sandbox.stories import told_by


def play(folder: Path, story: Callable[[LiveWorld, WorldClock], Awaitable[None]]) -> None:
    """Let a story happen in a world with an order that is engaged."""

    async def stage() -> None:
        with live_world(folder) as world:
            engage(world)
            await story(world, WorldClock(world))

    asyncio.run(stage())


story = told_by(play, actors=2)


def types(effects: list[Event]) -> list[object]:
    return [event["type"] for event in effects]


def book(world: LiveWorld, number: int = 20) -> None:
    digest = digest_of(str(world.link_of("A-1", "customer")))
    world.act("confirm", digest, world.offered_slots(digest)[number])


@story
async def test_at_rest_the_clock_stands_still(world: LiveWorld, clock: WorldClock) -> None:
    await asyncio.sleep(0)
    assert clock.status().now == START
    assert clock.status().ready


@story
async def test_advance_moves_by_a_span_and_lists_the_effects_in_order(world: LiveWorld, clock: WorldClock) -> None:
    report = await clock.advance(5 * HOUR)
    assert (report.started, report.now) == (START, START + 5 * HOUR)
    assert types(report.effects) == ["csv.deposited"]


@story
async def test_the_clock_never_goes_back(world: LiveWorld, clock: WorldClock) -> None:
    with pytest.raises(ClockError, match="back to 2026-03-03T07:59:00"):
        await clock.to(START - MINUTE)
    assert world.now == START


@pytest.mark.parametrize(
    ("goal", "instant"),
    [
        ("csv-deadline", "2026-03-03T13:00"),
        ("term-end", "2026-03-06T00:00"),
        ("eve-18:00", "2026-03-09T18:00"),
        ("next-effect", "2026-03-03T12:00"),
    ],
)
@story
async def test_until_finds_the_instant_of_the_order(
    world: LiveWorld, clock: WorldClock, goal: str, instant: str
) -> None:
    if goal == "eve-18:00":
        book(world)
    assert (await clock.until(goal)).now == parse_instant(instant)


@story
async def test_until_idle_goes_on_until_nothing_is_to_come(world: LiveWorld, clock: WorldClock) -> None:
    book(world)
    report = await clock.until("idle")
    assert "visit.started" in types(report.effects)
    assert clock.status().next_wake_at is None


@story
async def test_until_idle_waits_for_the_end_of_a_term_though_the_order_is_over(
    world: LiveWorld, clock: WorldClock
) -> None:
    closes_at = world.order("A-1").closes_at
    world.cancel_order("A-1")
    assert closes_at is not None
    assert (await clock.until("idle")).now == closes_at


@pytest.mark.parametrize("goal", ["eve-18:00", "soon"])
@story
async def test_until_something_that_will_not_come_is_refused(world: LiveWorld, clock: WorldClock, goal: str) -> None:
    with pytest.raises(ClockError):
        await clock.until(goal, "A-1")
    assert world.now == START


@story
async def test_the_clock_stops_at_every_delivery_and_waits_until_it_has_ended(
    world: LiveWorld, clock: WorldClock
) -> None:
    """The endpoint of this test answers by hand, and looks at the clock whenever it does."""
    deliveries: list[tuple[int, object]] = []

    async def answer_by_hand() -> None:
        while True:
            for due in world.deliveries.due():
                await asyncio.sleep(0)
                deliveries.append((world.now, due.notification.code))
                assert world.now == due.notification.at
                world.deliveries.record_outcomes([(due.event, Attempt(due.copy, world.now, 204))])
            await world.activity.change()

    world.set_endpoint("ALFA", "http://127.0.0.1:9/")
    endpoint = asyncio.create_task(answer_by_hand())
    report = await clock.to(parse_instant("2026-03-10T08:00"))
    endpoint.cancel()
    assert deliveries == [(parse_instant("2026-03-06T00:00"), "W24")]
    assert types(report.effects)[-3:] == ["notification.sent", "order.handed_back", "notification.answered"]
    assert clock.status().ready


@story
async def test_the_clock_waits_for_a_wire_that_is_busy(world: LiveWorld, clock: WorldClock) -> None:
    with world.activity.in_flight():
        move = asyncio.create_task(clock.advance(HOUR))
        for _ in range(5):
            await asyncio.sleep(0)
        assert world.now == START
        assert not clock.status().ready
    assert (await move).now == START + HOUR


@story
async def test_a_clock_with_a_pace_goes_by_itself_and_can_be_held(world: LiveWorld, clock: WorldClock) -> None:
    async def an_hour() -> None:
        while world.now < START + HOUR:
            await world.activity.change()

    clock_task = asyncio.create_task(clock.run())
    clock.set_pace("x3600")
    await asyncio.wait_for(an_hour(), HANG_SECONDS)
    clock.pause()
    clock.set_pace("manual")
    now = world.now
    await asyncio.sleep(0)
    assert world.now == now
    clock_task.cancel()


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("2 h", 2 * HOUR), ("90 min", 90 * MINUTE), ("45", 45_000), ("PT2H30M", 150 * MINUTE), ("P1D", 24 * HOUR)],
)
def test_a_span_can_be_said_in_several_ways(text: str, milliseconds: int) -> None:
    assert parse_span(text) == milliseconds


@pytest.mark.parametrize("text", ["", "soon", "-1 h", "P", "PT", "1.5 h"])
def test_what_is_no_span_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ClockError, match="2 h, 90 min"):
        parse_span(text)


def test_a_pace_is_manual_real_or_a_factor() -> None:
    assert [factor_of(pace) for pace in ("manual", "real", "x60")] == [0, 1, 60]
    with pytest.raises(ClockError, match="x and a whole number"):
        factor_of("fast")
