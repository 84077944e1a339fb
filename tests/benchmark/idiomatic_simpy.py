"""The life cycle as SimPy's own examples would write it: one process lives an order's life from end to end.

Whatever an order shares is a `Resource`; wherever two things race, and one is a deadline, it waits for either of them.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at, reminder_at
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.engine.workload import NOTHING, REFUSES
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.plain_counts import PlainOrder
from tests.benchmark.plain_rules import PlainWorld

Life = Generator[simpy.Event, Any, None]


class OrderOfEvents(PlainOrder):
    """An order and what others can tell it: the customer has acted or asks for another slot, the operator cancels."""

    __slots__ = ("acted", "cancelled", "moved")

    def __init__(self, env: simpy.Environment, day: DayOfOrders, index: int) -> None:
        super().__init__(day, index)
        self.acted, self.moved, self.cancelled = env.event(), env.event(), env.event()


class Facilities:
    """What the orders of a plain model share: gateway, endpoints, files."""

    def __init__(self, world: PlainWorld) -> None:
        self.world, self.counts = world, world.counts
        self.env = simpy.Environment(initial_time=world.start)
        self.gateway = simpy.Resource(self.env, capacity=1)
        self.endpoint = simpy.Resource(self.env, capacity=world.scenario.notifications.concurrency)
        self.rows: dict[int, dict[int, int]] = {}

    @property
    def now(self) -> int:
        """The instant."""
        return int(self.env.now)

    def until(self, instant: int) -> simpy.Timeout:
        """A wait for an instant."""
        return self.env.timeout(instant - self.now)

    def notify(self, order: PlainOrder) -> Life:
        """A notification takes a connection for its latency."""
        latency = self.world.latency_ms(order)
        handed_at = self.now
        with self.endpoint.request() as turn:
            yield turn
            self.counts.notified(handed_at, self.now)
            yield self.env.timeout(latency)

    def queue_row(self, order: PlainOrder) -> None:
        """The row of an order goes into the file of the next run."""
        run_at = deposit_run_at(self.now, self.world.policy)
        if run_at not in self.rows:
            self.rows[run_at] = {}
            self.env.process(self.deposit(run_at))
        rows, operator = self.rows[run_at], order.day.operator[order.index]
        rows[operator] = rows.get(operator, 0) + 1

    def deposit(self, run_at: int) -> Life:
        """One file for each operator that has rows."""
        yield self.until(run_at)
        self.counts.deposited(self.rows.pop(run_at), run_at)


class Model(Facilities):
    """The processes of a plain model."""

    def arrivals(self) -> Life:
        """All orders, a day at a time."""
        for day in self.world.workload.days:
            orders = self.world.workload.day(day)
            for index in range(len(orders)):
                yield self.until(orders.received_at[index])
                self.env.process(self.order(OrderOfEvents(self.env, orders, index)))

    def order(self, order: OrderOfEvents) -> Life:
        """One order from its reception to its end."""
        world, counts = self.world, self.counts
        counts.received(order)
        yield self.until(order.day.line_ready_at[order.index])
        counts.count(HourlyCount.LINE_READY, self.now)
        self.env.process(self.notify(order))
        engage_at = engagement_sms_at(self.now, world.policy)
        if engage_at > self.now:
            yield self.until(engage_at)
        yield from self.engagement(order)
        if order.state == "booked":
            yield from self.appointment(order)

    def engagement(self, order: OrderOfEvents) -> Life:
        """From the engagement SMS to what comes of it: an appointment, a refusal, a time-out, a cancellation."""
        env, counts = self.env, self.counts
        order.state = "engaged"
        order.sms_at, order.closes_at = self.now, booking_closes(self.now, self.world.policy)
        env.process(self.engagement_sms(order))
        env.process(self.notify(order))
        self.queue_row(order)
        yield order.acted | order.cancelled | self.until(order.closes_at)
        if order.state == "cancelled":
            counts.cancelled(order, self.now)
        elif order.state == "refused":
            counts.refused(order, self.now)
            env.process(self.notify(order))
        elif order.state == "engaged":
            order.state = "timed_out"
            counts.timed_out(order, self.now)
            env.process(self.notify(order))

    def appointment(self, order: OrderOfEvents) -> Life:
        """Reminder and visit; a move begins both again."""
        env, counts = self.env, self.counts
        counts.booked(order, self.now)
        env.process(self.notify(order))
        if order.day.reschedules[order.index]:
            env.process(self.change_of_mind(order))
        reminds = True
        while order.state == "booked":
            reminded_at = reminder_at(order.slot, self.now, self.world.policy) if reminds else order.slot
            yield order.moved | order.cancelled | self.until(reminded_at)
            if order.moved.triggered:
                order.moved = env.event()
                reminds = True
            elif order.state == "cancelled":
                counts.cancelled(order, self.now)
            elif reminds:
                order.reminders += 1
                env.process(self.reminder())
                reminds = False
            else:
                order.state = "visited"
                counts.visited(order, self.now)

    def engagement_sms(self, order: OrderOfEvents) -> Life:
        """The engagement SMS leaves when the gateway gets to it; then customer and operator may act."""
        handed_at = self.now
        with self.gateway.request() as turn:
            yield turn
            sent_at = self.now
            self.counts.sms(HourlyCount.ENGAGEMENT_SMS, handed_at, sent_at)
            cancels_at = self.world.cancels_at(order, sent_at)
            if cancels_at is not None:
                self.env.process(self.cancellation(order, cancels_at))
            if order.day.behaviour[order.index] != NOTHING:
                self.env.process(self.customer(order, sent_at))
            yield self.env.timeout(self.world.sms_interval_ms)

    def customer(self, order: OrderOfEvents, sent_at: int) -> Life:
        """The customer books or refuses, and tries again where no slot is free."""
        world, counts = self.world, self.counts
        acts_at = world.awake.after(sent_at, order.day.answer_ms[order.index])
        if acts_at >= order.closes_at:
            counts.too_late(order)
        while acts_at < order.closes_at:
            yield self.until(acts_at)
            if order.state != "engaged":
                return
            counts.session(order, self.now)
            if order.day.behaviour[order.index] == REFUSES:
                order.state = "refused"
                order.acted.succeed()
                return
            start = world.first_slot(order.territory, self.now, world.wished(order, self.now))
            if start:
                world.take(order, start)
                order.state = "booked"
                order.acted.succeed()
                return
            counts.found_no_slot(order, self.now)
            acts_at = self.now + world.retry_ms

    def change_of_mind(self, order: OrderOfEvents) -> Life:
        """The customer asks for another slot."""
        world, counts = self.world, self.counts
        yield self.until(world.moves_at(order, self.now))
        if order.state != "booked":
            return
        counts.session(order, self.now)
        start = world.first_slot(order.territory, self.now, world.wished_move(order))
        if start and start != order.slot:
            world.release(order)
            world.take(order, start)
            counts.count(HourlyCount.RESCHEDULES, self.now)
            order.reschedules += 1
            self.env.process(self.notify(order))
            order.moved.succeed()

    def reminder(self) -> Life:
        """A reminder leaves when the gateway gets to it."""
        handed_at = self.now
        with self.gateway.request() as turn:
            yield turn
            self.counts.sms(HourlyCount.REMINDERS, handed_at, self.now)
            yield self.env.timeout(self.world.sms_interval_ms)

    def cancellation(self, order: OrderOfEvents, at: int) -> Life:
        """The operator cancels."""
        yield self.until(at)
        if order.state in ("engaged", "booked"):
            if order.state == "booked":
                self.world.release(order)
            order.state = "cancelled"
            order.cancelled.succeed()


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    world = PlainWorld(scenario, seed, 0)
    model = Model(world)
    model.env.process(model.arrivals())
    model.env.run(until=world.latest)
    return world.counts.arrays()
