"""The life cycle without a simulation library: callbacks on a heap, arithmetic servers, common instants together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from heapq import heapify, heappop, heappush, heapreplace
from typing import Any

from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at, reminder_at
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.engine.workload import NOTHING, REFUSES
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.plain_counts import PlainOrder
from tests.benchmark.plain_rules import PlainWorld

Act = Callable[[Any], None]


class Model:
    """The acts of a plain model on a heap of instants."""

    def __init__(self, world: PlainWorld) -> None:
        self.world, self.counts = world, world.counts
        self.now = world.start
        self._heap: list[int] = []
        self._waiting: dict[int, deque[tuple[Act, Any]]] = {}
        self._gateway_free_at = 0
        self._endpoint_free_at = [0] * world.scenario.notifications.concurrency
        heapify(self._endpoint_free_at)
        self._rows: dict[int, dict[int, int]] = {}
        self._days = iter(world.workload.days)

    def at(self, instant: int, act: Act, subject: Any) -> None:
        """Do something at an instant."""
        waiting = self._waiting.get(instant)
        if waiting is None:
            waiting = self._waiting[instant] = deque()
            heappush(self._heap, instant)
        waiting.append((act, subject))

    def run(self) -> None:
        """Everything, in order of time."""
        self.next_day()
        while self._heap and self._heap[0] < self.world.latest:
            self.now = heappop(self._heap)
            waiting = self._waiting[self.now]
            while waiting:
                act, subject = waiting.popleft()
                act(subject)
            del self._waiting[self.now]

    def next_day(self) -> None:
        """The orders of the next day that has some."""
        for day in self._days:
            orders = self.world.workload.day(day)
            if len(orders):
                self.at(orders.received_at[0], self.arrive, (orders, 0))
                return

    def arrive(self, place: tuple[DayOfOrders, int]) -> None:
        """An order comes in, and promises the next."""
        orders, index = place
        order = PlainOrder(orders, index)
        self.counts.received(order)
        self.at(orders.line_ready_at[index], self.line_ready, order)
        if index + 1 < len(orders):
            self.at(orders.received_at[index + 1], self.arrive, (orders, index + 1))
        else:
            self.next_day()

    def line_ready(self, order: PlainOrder) -> None:
        """AC or CO."""
        self.counts.count(HourlyCount.LINE_READY, self.now)
        self.notify(order)
        engage_at = engagement_sms_at(self.now, self.world.policy)
        self.at(engage_at, self.engage, order)

    def engage(self, order: PlainOrder) -> None:
        """The engagement SMS, the first causal, the row, the term."""
        world, now = self.world, self.now
        order.state = "engaged"
        order.sms_at, order.closes_at = now, booking_closes(now, world.policy)
        sent_at = self.send_sms(HourlyCount.ENGAGEMENT_SMS)
        cancels_at = world.cancels_at(order, sent_at)
        if cancels_at is not None:
            self.at(cancels_at, self.cancel, order)
        if order.day.behaviour[order.index] != NOTHING:
            acts_at = world.awake.after(sent_at, order.day.answer_ms[order.index])
            if acts_at < order.closes_at:
                self.at(acts_at, self.customer, order)
            else:
                self.counts.too_late(order)
        self.notify(order)
        run_at = deposit_run_at(now, world.policy)
        if run_at not in self._rows:
            self._rows[run_at] = {}
            self.at(run_at, self.deposit, run_at)
        rows, operator = self._rows[run_at], order.day.operator[order.index]
        rows[operator] = rows.get(operator, 0) + 1
        self.at(order.closes_at, self.term_end, order)

    def customer(self, order: PlainOrder) -> None:
        """The customer books or refuses, and tries again where no slot is free."""
        if order.state != "engaged":
            return
        world, counts, now = self.world, self.counts, self.now
        counts.session(order, now)
        if order.day.behaviour[order.index] == REFUSES:
            order.state = "refused"
            counts.refused(order, now)
            self.notify(order)
            return
        start = world.first_slot(order.territory, now, world.wished(order, now))
        if start:
            counts.booked(order, now)
            order.state = "booked"
            self.book(order, start)
            if order.day.reschedules[order.index]:
                self.at(world.moves_at(order, now), self.move, order)
            return
        counts.found_no_slot(order, now)
        if now + world.retry_ms < order.closes_at:
            self.at(now + world.retry_ms, self.customer, order)

    def book(self, order: PlainOrder, start: int) -> None:
        """The booked causal, reminder and visit."""
        self.world.take(order, start)
        self.notify(order)
        order.remind_at = reminder_at(start, self.now, self.world.policy)
        self.at(order.remind_at, self.remind, order)
        self.at(start, self.visit, order)

    def move(self, order: PlainOrder) -> None:
        """The customer asks for another slot."""
        if order.state != "booked":
            return
        self.counts.session(order, self.now)
        start = self.world.first_slot(order.territory, self.now, self.world.wished_move(order))
        if start and start != order.slot:
            self.world.release(order)
            self.counts.count(HourlyCount.RESCHEDULES, self.now)
            order.reschedules += 1
            self.book(order, start)

    def remind(self, order: PlainOrder) -> None:
        """The reminder of the appointment in force."""
        if order.state == "booked" and order.remind_at == self.now:
            order.remind_at = 0
            order.reminders += 1
            self.send_sms(HourlyCount.REMINDERS)

    def visit(self, order: PlainOrder) -> None:
        """The technician comes, in the slot in force."""
        if order.state == "booked" and order.slot == self.now:
            order.state = "visited"
            self.counts.visited(order, self.now)

    def term_end(self, order: PlainOrder) -> None:
        """Nobody booked."""
        if order.state == "engaged":
            order.state = "timed_out"
            self.counts.timed_out(order, self.now)
            self.notify(order)

    def cancel(self, order: PlainOrder) -> None:
        """The operator cancels."""
        if order.state in ("engaged", "booked"):
            self.counts.cancelled(order, self.now)
            if order.state == "booked":
                self.world.release(order)
            order.state = "cancelled"

    def deposit(self, run_at: int) -> None:
        """One file for each operator that has rows."""
        self.counts.deposited(self._rows.pop(run_at), run_at)

    def send_sms(self, load: int) -> int:
        """When an SMS leaves that is handed over now."""
        sent_at = max(self.now, self._gateway_free_at)
        self._gateway_free_at = sent_at + self.world.sms_interval_ms
        self.counts.sms(load, self.now, sent_at)
        return sent_at

    def notify(self, order: PlainOrder) -> None:
        """A notification takes a connection for its latency."""
        start = max(self._endpoint_free_at[0], self.now)
        heapreplace(self._endpoint_free_at, start + self.world.latency_ms(order))
        self.counts.notified(self.now, start)


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    world = PlainWorld(scenario, seed, 0)
    Model(world).run()
    return world.counts.arrays()
