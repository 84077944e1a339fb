"""The sampled orders of a cohort run live their lives again through the service, for the judge to see.

Only they come in. What the other orders would have kept from them (a place in the gateway's queue, a slot, an agent) is
not worked out again: gateway, slots and call centres answer what they answered in the ordered loop. Everything else is
the service, as in the service engine; where its account of an order differs from the loop's, EnginesDisagree is raised.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.formats.csv_file import file_name
from reference_impl.ports import OrderKey, Slot
from reference_impl.service import Service
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.life_tables import STATES
from sim.capacity.engine.counting_ports import DAYS_APART, CountingDrop, CountingGateway
from sim.capacity.engine.engine import Engine
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.people import CallQueue, People
from sim.capacity.engine.workload import LATENCIES, DayOfOrders
from sim.capacity.scenario.scenario import Scenario

Numbers = NDArray[np.int64]
WORDS = ("the SMS leaves", "the slot", "the call", "the file", "the end")


class EnginesDisagree(Exception):
    """The two engines tell an order's life differently. Data: the order and the instant of the first difference."""


def sampled_indices(day: int, size: int, every: int) -> range:
    """The places of a day's sampled orders."""
    return range(-day * DAYS_APART % every, size, every) if every else range(0)


def sampled_part(orders: DayOfOrders, every: int) -> DayOfOrders:
    """A day of orders with nothing but the sampled ones, under the numbers that they had."""
    places = sampled_indices(orders.day, orders.size, every)
    parts: dict[str, Any] = {}
    for name in (field.name for field in fields(DayOfOrders)):
        values = getattr(orders, name)
        if name == "latency_ms":
            slots = (index * len(LATENCIES) + number for index in places for number in range(len(LATENCIES)))
            parts[name] = {slot: values[slot] for slot in slots} if values else {}
        elif not isinstance(values, int | str):
            parts[name] = {index: values[index] for index in places}
    return replace(orders, **parts)


class Told:
    """What the ordered loop told of each sampled order, to be asked for in the same order."""

    def __init__(self, told: Numbers, slots: Numbers) -> None:
        self._of_order: dict[tuple[int, int], tuple[deque[int], ...]] = {}
        self.slots = slots
        for day, index, what, value in told.tolist():
            lists = self._of_order.setdefault((day, index), tuple(deque() for _ in WORDS))
            lists[what].append(value)

    def next(self, day: int, index: int, what: int, now: int) -> int:
        """The next answer to an order. Raises EnginesDisagree where there is none."""
        answers = self._of_order.get((day, index), ((),) * len(WORDS))[what]
        if not answers:
            raise EnginesDisagree(f"order {index} of day {day}", now, WORDS[what])
        return answers.popleft()

    def check_end(self, day: int, index: int, state: int, now: int) -> None:
        """An order has ended. Raises EnginesDisagree for another end, or answers that nobody asked for."""
        if self.next(day, index, at.TOLD_END, now) != state:
            raise EnginesDisagree(f"order {index} of day {day}", now, WORDS[at.TOLD_END])
        for what in (at.TOLD_SMS, at.TOLD_SLOT, at.TOLD_CALL):
            if self._of_order[day, index][what]:
                raise EnginesDisagree(f"order {index} of day {day}", now, WORDS[what])


class _ToldGateway(CountingGateway):
    told: Told
    under_way: Mapping[OrderKey, OrderUnderWay]

    def leaves_at(self, key: OrderKey, kind: str, now: int) -> int:
        if kind != "engagement":  # nobody waits for it
            return now
        order = self.under_way[key]
        return self.told.next(order.day.day, order.index, at.TOLD_SMS, now)


class _ToldDrop(CountingDrop):
    told: Told
    places: dict[str, tuple[int, int]]  # by order code
    now: int

    def name_of(self, operator: str, name: str, data: bytes) -> str:
        """The name that the file had among those of all orders, where each row has a file of its own."""
        plain = file_name(operator, self._agenda_now())
        if name == plain:
            return name
        line = data.decode(self._dialect.encoding).split(self._line_end)[self._dialect.header]
        day, index = self.places[line.split(self._dialect.separator)[0]]
        return file_name(operator, self._agenda_now(), self.told.next(day, index, at.TOLD_FILE, self._agenda_now()))

    def _agenda_now(self) -> int:
        return self.now


class _ToldPeople(People):
    told: Told

    def calls_for(self, queue: CallQueue, under_way: OrderUnderWay, now: int) -> tuple[int, int | None]:
        reached_at = self.told.next(under_way.day.day, under_way.index, at.TOLD_CALL, now)
        return 0, None if reached_at == at.NONE else reached_at

    def first_slot(self, under_way: OrderUnderWay, link: str, now: int, since: int) -> Slot | None:
        number = self.told.next(under_way.day.day, under_way.index, at.TOLD_SLOT, now)
        if number == at.NONE:
            return None
        start = int(self.told.slots[number, at.SLOT_START])
        return next(slot for slot in self.slots.between(start, start) if slot.start == start)


class Replay(Engine):
    """The service engine with nobody but the sampled orders, among queues and slots that answer as they did."""

    def __init__(
        self, scenario: Scenario, seed: int, replication: int, told: Told, days: Iterable[DayOfOrders], stop_day: int
    ) -> None:
        self._told, self._stop_day = told, stop_day
        self._parts = {orders.day: orders for orders in days}
        super().__init__(scenario, seed, replication, None, None)
