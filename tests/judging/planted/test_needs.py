"""Where a rule names the types of event that it needs, it says nothing of an order without one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest

from reports.judging.catalogue import catalogue
from reports.judging.checker_interface import Case, Judged
from reports.judging.checker_register import KEPT_TYPES, NEEDS_ONE_OF, ORDER_CHECKERS
from reports.judging.hearing.stories import Stories
from reports.judging.hearing.survey import Survey
from reports.judging.order_story import OrderStory
from reports.judging.profiles import load_profile
from reports.judging.reading.event_checks import Raw
from reports.judging.reading.trace_reader import TraceInMemory
from reports.judging.readings import Readings
from reports.judging.worlds import World
from tests.conftest import FullRun
from tests.judging.planted.planting import Events
from tests.judging.planted.test_planted_in_a_run import Worlds, planted, worlds
from tests.judging.planted.violations import PLANTS

__all__ = ["worlds"]
SELECTIVE = sorted(rule for rule, types in NEEDS_ONE_OF.items() if types)


class OrderInWorld(NamedTuple):
    """What a trace tells of one order, and its world."""

    world: World
    story: OrderStory


@pytest.fixture(scope="module")
def orders(full_run: FullRun, worlds: Worlds) -> list[OrderInWorld]:
    """The orders of a whole run, and of its worlds in which a violation was planted, each rule at least once."""
    lines = (full_run("default") / "trace.jsonl").read_text(encoding="utf-8").splitlines()
    violated = [events for rule, plant in PLANTS for events, _ in planted(worlds, rule, plant)]
    return [order for events in ([json.loads(line) for line in lines], *violated) for order in orders_of(events)]


def orders_of(events: list[Raw] | Events) -> Iterator[OrderInWorld]:
    trace = TraceInMemory(events)
    survey = Survey(trace.checked())
    worlds = {world.name: world for world in survey.worlds}
    for world in worlds.values():
        world.kept = {kind: [] for kind in KEPT_TYPES}
    stories = Stories(survey)
    for event in trace.again():
        yield from (OrderInWorld(worlds[event.world], stories.finished(order)) for order in stories.take(event))


def without(story: OrderStory, types: frozenset[str]) -> OrderStory:
    """The story as if no event of these types had come."""
    events_by_type = {kind: events for kind, events in story.by_type.items() if kind not in types}
    return replace(story, by_type=events_by_type)


def readings_of(profile: str, rule: str) -> Readings:
    return Readings(load_profile(profile).readings, {}, {}, frozenset(catalogue().bearing_on(rule)))


def outcomes(rule: str, world: World, story: OrderStory, readings: Readings) -> list[Judged]:
    return list(ORDER_CHECKERS[rule](Case(story, world), readings))


@pytest.mark.parametrize("rule", SELECTIVE)
def test_a_rule_says_nothing_of_an_order_without_the_events_that_it_needs(
    rule: str, orders: list[OrderInWorld]
) -> None:
    types = NEEDS_ONE_OF[rule]
    default, literal = (readings_of(profile, rule) for profile in ("default", "literal"))
    for world, story in orders:
        for readings in (default, literal):
            assert outcomes(rule, world, without(story, types), readings) == []
    assert any(outcomes(rule, world, story, default) for world, story in orders)
