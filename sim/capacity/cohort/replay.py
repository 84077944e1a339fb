"""The sampled orders of a cohort run, sent through the service once more: the judge needs their traces.

No other order comes in. What the others took (a place in the gateway's queue, a slot, an agent) is not worked out
again: gateway, slots and call centres give the answers of the ordered loop. The service does everything else, as in the
service engine. Where an order then lives differently than in the loop, EnginesDisagree is raised.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import format_instant, instant_of
from reference_impl.formats.csv_file import file_name
from reference_impl.ports import OrderKey, Slot
from reference_impl.service import Service
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.life_tables import STATES
from sim.capacity.engine.arrivals import Arrivals
from sim.capacity.engine.call_centre import CallQueue
from sim.capacity.engine.counting_ports import DAYS_APART, CountingDrop, CountingGateway
from sim.capacity.engine.engine import Engine
from sim.capacity.engine.order_under_way import DayOfOrders, OrderUnderWay
from sim.capacity.engine.people import People
from sim.capacity.engine.workload import LATENCIES
from sim.capacity.scenario.scenario import Scenario

Numbers = NDArray[np.int64]
WORDS = ("the SMS leaves", "the slot", "the call", "the file", "the end")


class EnginesDisagree(Exception):
    """The two engines do not agree. Data: what differs, then the order and the instant of the first difference."""

    def __init__(self, what: str, order: str, instant: str) -> None:
        super().__init__(what, order, instant)
        self.what, self.order, self.instant = what, order, instant

    def __str__(self) -> str:
        return f"service and cohort engine differ in {self.what}, first at {self.instant}: {self.order}"


def _disagree(day: int, index: int, kind: int, now: int) -> EnginesDisagree:
    return EnginesDisagree(WORDS[kind], f"order {index} of day {day}", format_instant(now, True))


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
        elif name in ("codes", "acts_at"):
            parts[name] = {index: values[index] for index in places if index in values}
        elif not isinstance(values, int | str):
            parts[name] = {index: values[index] for index in places}
    return replace(orders, **parts)


class Replies:
    """The answers of the ordered loop to each sampled order, to be taken in the same order."""

    def __init__(self, replies: Numbers, slots: Numbers) -> None:
        self._of_order: dict[tuple[int, int], tuple[deque[int], ...]] = {}
        self._slots = slots
        for day, index, kind, value in replies.tolist():
            lists = self._of_order.setdefault((day, index), tuple(deque() for _ in WORDS))
            lists[kind].append(value)

    def next(self, day: int, index: int, kind: int, now: int) -> int:
        """The next answer to an order. Raises EnginesDisagree where there is none."""
        answers = self._of_order.get((day, index), ((),) * len(WORDS))[kind]
        if not answers:
            raise _disagree(day, index, kind, now)
        return answers.popleft()

    def call(self, day: int, index: int) -> int | None:
        """When a call reaches the customer of an order, if one ever does."""
        calls = self._of_order[day, index][at.REPLY_CALL]
        return calls.popleft() if calls else None

    def slot_start(self, number: int) -> int:
        """When a slot begins."""
        return int(self._slots[number, at.SLOT_START])

    def check_empty(self, now: int) -> None:
        """Raise EnginesDisagree for an order that ended in the loop and did not end here."""
        for (day, index), answers in self._of_order.items():
            if answers[at.REPLY_END]:
                raise _disagree(day, index, at.REPLY_END, now)

    def check_end(self, day: int, index: int, state: int, now: int) -> None:
        """Raise EnginesDisagree for an order that ends otherwise than in the loop, or leaves answers of the loop."""
        if self.next(day, index, at.REPLY_END, now) != state:
            raise _disagree(day, index, at.REPLY_END, now)
        for kind in (at.REPLY_SMS, at.REPLY_SLOT, at.REPLY_CALL):
            if self._of_order[day, index][kind]:
                raise _disagree(day, index, kind, now)


class _ReplayedGateway(CountingGateway):
    def __init__(self, engine: Replay, *parts: Any) -> None:
        super().__init__(*parts)
        self._engine = engine

    def leaves_at(self, key: OrderKey, kind: str, now: int) -> int:
        """The instant that the loop answered; a reminder leaves at once."""
        return self._engine.answer(key, at.REPLY_SMS, now) if kind == "engagement" else now


class _ReplayedDrop(CountingDrop):
    def __init__(self, engine: Replay, *parts: Any) -> None:
        super().__init__(*parts)
        self._engine = engine

    def name_of(self, operator: str, name: str, data: bytes) -> str:
        """The name that the file had among those of all orders, where each row has a file of its own."""
        now = self._engine.now()
        if name == file_name(operator, now):
            return name
        line = data.decode(self._dialect.encoding).split(self._line_end)[self._dialect.header]
        key = OrderKey(operator, line.split(self._dialect.separator)[0])
        return file_name(operator, now, self._engine.answer(key, at.REPLY_FILE, now))


class _ReplayedPeople(People):
    def __init__(self, engine: Replay, *parts: Any) -> None:
        super().__init__(*parts)
        self._engine = engine

    def ask_call(self, queue: CallQueue, under_way: OrderUnderWay, now: int) -> None:
        """The customer is reached when the loop answered so, if ever."""
        reached_at = self._engine.replies.call(under_way.day.day, under_way.index)
        if reached_at is not None:
            self._agenda.wake_at(reached_at, self._customer_reached, under_way)

    def first_slot(self, under_way: OrderUnderWay, link: str, now: int, since: int) -> Slot | None:
        """The slot that the loop answered."""
        number = self._engine.replies.next(under_way.day.day, under_way.index, at.REPLY_SLOT, now)
        return None if number == at.NONE else self._engine.slot(number)


class _SampledArrivals(Arrivals):
    """Lets only the sampled orders come in; `indices` gets the day and the place in it of each."""

    def __init__(self, indices: dict[OrderKey, tuple[int, int]], *parts: Any) -> None:
        super().__init__(*parts)
        self._indices = indices

    def take_in(self, until: int) -> int | None:
        """Promise the sampled orders that come before an instant. Returns when the next one comes."""
        orders = self._orders
        if orders is None:
            return None
        received_at = orders.received_at
        for index in list(received_at)[self._index :]:
            if received_at[index] >= until:
                return received_at[index]
            self._indices[self.key_of(orders, index)] = orders.day, index
            self._promise_sampled(orders, index)
            self._index += 1
        self._orders = None
        return None


class Replay(Engine):
    """The service engine with nobody but the sampled orders, among queues and slots that answer as they did."""

    arranges_further_visits = False  # they are outside the service, and no part of a trace

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        replies: Replies,
        days: Mapping[int, DayOfOrders],
        stop_day: int,
    ) -> None:
        self.replies, self._stop_day, self._parts = replies, stop_day, days
        self._indices: dict[OrderKey, tuple[int, int]] = {}
        super().__init__(scenario, seed, replication, None, None)

    def run(self) -> None:
        """Run the sampled orders. Raises EnginesDisagree where they live differently than in the loop."""
        super().run()
        self.replies.check_empty(self.now())

    def answer(self, key: OrderKey, kind: int, now: int) -> int:
        """The next answer to an order."""
        return self.replies.next(*self._indices[key], kind, now)

    def slot(self, number: int) -> Slot:
        """A slot by its number."""
        start = self.replies.slot_start(number)
        return next(slot for slot in self._slots.between(start, start) if slot.start == start)

    def _make_gateway(self) -> CountingGateway:
        return _ReplayedGateway(self, self.tally, self._scenario.sms.per_second, self._agenda, self._sampled)

    def _make_drop(self) -> CountingDrop:
        return _ReplayedDrop(self, self.tally, self._policy.csv_dialect, self._sampled)

    def _make_arrivals(self) -> Arrivals:
        wires = self._scenario, self._service, self._agenda, self.tally, self._under_way, self._sampled
        return _SampledArrivals(self._indices, *wires, 1)

    def _make_people(self, service: Service, open_days: range, holidays: frozenset[int]) -> People:
        wires = self._scenario, self._policy, service, self._slots, self._agenda, self.tally
        return _ReplayedPeople(self, *wires, self._under_way, open_days, holidays, instant_of(self._days[0]))

    def _orders_of(self, day: int) -> DayOfOrders | None:
        return self._parts.get(day)

    def _is_over(self, day: int) -> bool:
        return day >= self._stop_day

    def _close(self, under_way: OrderUnderWay) -> None:
        state = STATES.index(under_way.order.state)
        self.replies.check_end(under_way.day.day, under_way.index, state, self.now())
