"""The same life cycle in salabim: a component for each order, resources for the gateway and the endpoints.

Generators, as in the fastest of salabim's modes. A component that waits for the deadline is activated by whoever acts
first.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import salabim

from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at, reminder_at
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.engine.workload import NOTHING, REFUSES
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.plain_counts import PlainOrder
from tests.benchmark.plain_rules import PlainWorld

Life = Generator[None, Any, None]


class Model:
    """Environment and resources of a plain model."""

    def __init__(self, world: PlainWorld) -> None:
        self.world, self.counts = world, world.counts
        self.env = salabim.Environment(trace=False, yieldless=False, do_reset=True)
        self.gateway = salabim.Resource("gateway", capacity=1, monitor=False)
        concurrency = world.scenario.notifications.concurrency
        self.endpoint = salabim.Resource("endpoint", capacity=concurrency, monitor=False)
        self.rows: dict[int, dict[int, int]] = {}

    @property
    def now(self) -> int:
        """The instant. Salabim's own clock begins at 0 and is a float: exact, for instants from the start on."""
        passed: float = self.env.now()
        return self.world.start + round(passed)

    def until(self, instant: int) -> int:
        """The time that is left."""
        return instant - self.now


class Part(salabim.Component):
    """A component of a model."""

    def setup(self, model: Model, order: Any = None, due: int = 0) -> None:
        """Keep what it is about."""
        self.model, self.order, self.due = model, order, due


class Arrivals(Part):
    """All orders, a day at a time."""

    def process(self) -> Life:
        """Let them come."""
        workload = self.model.world.workload
        for day in workload.days:
            orders = workload.day(day)
            for index in range(len(orders)):
                yield self.hold(self.model.until(orders.received_at[index]))
                OrderLife(model=self.model, order=PlainOrder(orders, index))


class OrderLife(Part):
    """One order from its reception to its end."""

    def process(self) -> Life:
        """Its life."""
        model, order = self.model, self.order
        world, counts = model.world, model.counts
        counts.received(order)
        yield self.hold(model.until(order.day.line_ready_at[order.index]))
        counts.count(HourlyCount.LINE_READY, model.now)
        Notify(model=model, order=order)
        yield self.hold(model.until(engagement_sms_at(model.now, world.policy)))
        order.state = "engaged"
        order.sms_at, order.closes_at = model.now, booking_closes(model.now, world.policy)
        EngagementSms(model=model, order=order).life = self
        Notify(model=model, order=order)
        self.queue_row()
        yield self.hold(model.until(order.closes_at))
        if order.state == "engaged":
            order.state = "timed_out"
            counts.timed_out(order, model.now)
            Notify(model=model, order=order)
        elif order.state == "booked":
            order.remind_at = reminder_at(order.slot, model.now, world.policy)
            Reminder(model=model, order=order, due=order.remind_at)
            if order.day.reschedules[order.index]:
                Move(model=model, order=order, due=world.moves_at(order, model.now))
            Visit(model=model, order=order, due=order.slot)

    def queue_row(self) -> None:
        """The row of the order goes into the file of the next run."""
        model = self.model
        run_at = deposit_run_at(model.now, model.world.policy)
        if run_at not in model.rows:
            model.rows[run_at] = {}
            Deposit(model=model, due=run_at)
        rows, operator = model.rows[run_at], self.order.day.operator[self.order.index]
        rows[operator] = rows.get(operator, 0) + 1


class EngagementSms(Part):
    """The engagement SMS leaves when the gateway gets to it; then the customer may act."""

    life: OrderLife

    def process(self) -> Life:
        """Wait and leave."""
        model, order = self.model, self.order
        handed_at = model.now
        yield self.request(model.gateway)
        sent_at = model.now
        model.counts.sms(HourlyCount.ENGAGEMENT_SMS, handed_at, sent_at)
        cancels_at = model.world.cancels_at(order, sent_at)
        if cancels_at is not None:
            Cancellation(model=model, order=order, due=cancels_at).life = self.life
        if order.day.behaviour[order.index] != NOTHING:
            at = model.world.awake.after(sent_at, order.day.answer_ms[order.index])
            Customer(model=model, order=order, due=at).life = self.life
        yield self.hold(model.world.sms_interval_ms)
        self.release(model.gateway)


class Customer(Part):
    """The customer books or refuses, and tries again where no slot is free."""

    life: OrderLife

    def process(self) -> Life:
        """Act until something comes of it."""
        model, order = self.model, self.order
        world, counts = model.world, model.counts
        if self.due >= order.closes_at:
            counts.too_late(order)
        while self.due < order.closes_at:
            yield self.hold(model.until(self.due))
            if order.state != "engaged":
                return
            counts.session(order, model.now)
            if order.day.behaviour[order.index] == REFUSES:
                order.state = "refused"
                counts.refused(order, model.now)
                Notify(model=model, order=order)
                self.life.activate()
                return
            start = world.first_slot(order.territory, model.now, world.wished(order, model.now))
            if start:
                world.take(order, start)
                order.state = "booked"
                counts.booked(order, model.now)
                Notify(model=model, order=order)
                self.life.activate()
                return
            counts.found_no_slot(order, model.now)
            self.due = model.now + world.retry_ms


class Move(Part):
    """The customer asks for another slot."""

    def process(self) -> Life:
        """Ask, once."""
        model, order = self.model, self.order
        yield self.hold(model.until(self.due))
        if order.state != "booked":
            return
        model.counts.session(order, model.now)
        start = model.world.first_slot(order.territory, model.now, model.world.wished_move(order))
        if start and start != order.slot:
            model.world.release(order)
            model.world.take(order, start)
            model.counts.count(HourlyCount.RESCHEDULES, model.now)
            order.reschedules += 1
            Notify(model=model, order=order)
            order.remind_at = reminder_at(start, model.now, model.world.policy)
            Reminder(model=model, order=order, due=order.remind_at)
            Visit(model=model, order=order, due=start)


class Visit(Part):
    """The technician comes, if the slot is the one in force."""

    def process(self) -> Life:
        """Come."""
        yield self.hold(self.model.until(self.due))
        if self.order.state == "booked" and self.order.slot == self.due:
            self.order.state = "visited"
            self.model.counts.visited(self.order, self.model.now)


class Reminder(Part):
    """The reminder of the appointment in force."""

    def process(self) -> Life:
        """Leave when the gateway gets to it."""
        model, order = self.model, self.order
        yield self.hold(model.until(self.due))
        if order.state == "booked" and order.remind_at == self.due:
            order.remind_at = 0
            order.reminders += 1
            handed_at = model.now
            yield self.request(model.gateway)
            model.counts.sms(HourlyCount.REMINDERS, handed_at, model.now)
            yield self.hold(model.world.sms_interval_ms)
            self.release(model.gateway)


class Cancellation(Part):
    """The operator cancels."""

    life: OrderLife

    def process(self) -> Life:
        """Cancel what has not ended."""
        model, order = self.model, self.order
        yield self.hold(model.until(self.due))
        if order.state in ("engaged", "booked"):
            model.counts.cancelled(order, model.now)
            was_booked, order.state = order.state == "booked", "cancelled"
            if was_booked:
                model.world.release(order)
            else:
                self.life.activate()


class Notify(Part):
    """A notification takes a connection for its latency."""

    def process(self) -> Life:
        """Wait and go."""
        model = self.model
        latency = model.world.latency_ms(self.order)
        handed_at = model.now
        yield self.request(model.endpoint)
        model.counts.notified(handed_at, model.now)
        yield self.hold(latency)
        self.release(model.endpoint)


class Deposit(Part):
    """One file for each operator that has rows."""

    def process(self) -> Life:
        """Deposit."""
        yield self.hold(self.model.until(self.due))
        self.model.counts.deposited(self.model.rows.pop(self.due), self.due)


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    world = PlainWorld(scenario, seed, 0)
    model = Model(world)
    Arrivals(model=model)
    model.env.run(till=world.latest - world.start)
    return world.counts.arrays()
