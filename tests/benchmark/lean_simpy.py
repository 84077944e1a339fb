"""The life cycle in SimPy with fewer races than `idiomatic_simpy`: one `AnyOf` an order, for the end of the term.

Reminders, moves and visits wait in processes of their own and look, when their time has come, whether they still hold.
"""

from __future__ import annotations

import simpy

from reference_impl.deadlines import booking_closes, engagement_sms_at, reminder_at
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.engine.workload import NOTHING, REFUSES
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.idiomatic_simpy import Facilities, Life
from tests.benchmark.plain_counts import PlainOrder
from tests.benchmark.plain_rules import PlainWorld


class Model(Facilities):
    """The processes of a plain model that race less."""

    def arrivals(self) -> Life:
        """All orders, a day at a time."""
        for day in self.world.workload.days:
            orders = self.world.workload.day(day)
            for index in range(len(orders)):
                yield self.env.timeout(orders.received_at[index] - self.now)
                self.env.process(self.order(PlainOrder(orders, index)))

    def order(self, order: PlainOrder) -> Life:
        """One order from its reception to its end."""
        env, world, counts = self.env, self.world, self.counts
        counts.received(order)
        yield env.timeout(order.day.line_ready_at[order.index] - self.now)
        counts.count(HourlyCount.LINE_READY, self.now)
        env.process(self.notify(order))
        engage_at = engagement_sms_at(self.now, world.policy)
        if engage_at > self.now:
            yield env.timeout(engage_at - self.now)
        order.state = "engaged"
        order.sms_at, order.closes_at = self.now, booking_closes(self.now, world.policy)
        acted = env.event()
        env.process(self.engagement_sms(order, acted))
        env.process(self.notify(order))
        self.queue_row(order)
        yield acted | env.timeout(order.closes_at - self.now)
        if order.state == "engaged":
            order.state = "timed_out"
            counts.timed_out(order, self.now)
            env.process(self.notify(order))
        elif order.state == "booked":
            yield from self.appointment(order)

    def engagement_sms(self, order: PlainOrder, acted: simpy.Event) -> Life:
        """The engagement SMS leaves when the gateway gets to it; then the customer may act."""
        env, world = self.env, self.world
        handed_at = self.now
        with self.gateway.request() as turn:
            yield turn
            sent_at = self.now
            self.counts.sms(HourlyCount.ENGAGEMENT_SMS, handed_at, sent_at)
            cancels_at = world.cancels_at(order, sent_at)
            if cancels_at is not None:
                env.process(self.cancellation(order, cancels_at, acted))
            if order.day.behaviour[order.index] != NOTHING:
                env.process(self.customer(order, sent_at, acted))
            yield env.timeout(world.sms_interval_ms)

    def customer(self, order: PlainOrder, sent_at: int, acted: simpy.Event) -> Life:
        """The customer books or refuses, and tries again where no slot is free."""
        env, world, counts = self.env, self.world, self.counts
        at = world.awake.after(sent_at, order.day.answer_ms[order.index])
        if at >= order.closes_at:
            counts.too_late(order)
        while at < order.closes_at:
            yield env.timeout(at - self.now)
            if order.state != "engaged":
                return
            counts.session(order, self.now)
            if order.day.behaviour[order.index] == REFUSES:
                order.state = "refused"
                counts.refused(order, self.now)
                env.process(self.notify(order))
                acted.succeed()
                return
            start = world.first_slot(order.territory, self.now, world.wished(order, self.now))
            if start:
                world.take(order, start)
                order.state = "booked"
                counts.booked(order, self.now)
                env.process(self.notify(order))
                acted.succeed()
                return
            counts.found_no_slot(order, self.now)
            at = self.now + world.retry_ms

    def appointment(self, order: PlainOrder) -> Life:
        """Reminder, perhaps a move, and the visit."""
        env, world = self.env, self.world
        order.remind_at = reminder_at(order.slot, self.now, world.policy)
        env.process(self.reminder(order, order.remind_at))
        if order.day.reschedules[order.index]:
            env.process(self.move(order, world.moves_at(order, self.now)))
        while order.state == "booked" and self.now < order.slot:
            yield env.timeout(order.slot - self.now)
        if order.state == "booked":
            order.state = "visited"
            self.counts.visited(order, self.now)

    def move(self, order: PlainOrder, at: int) -> Life:
        """The customer asks for another slot."""
        env, world = self.env, self.world
        yield env.timeout(at - self.now)
        if order.state != "booked":
            return
        self.counts.session(order, self.now)
        start = world.first_slot(order.territory, self.now, world.wished_move(order))
        if start and start != order.slot:
            world.release(order)
            world.take(order, start)
            self.counts.count(HourlyCount.RESCHEDULES, self.now)
            order.reschedules += 1
            env.process(self.notify(order))
            order.remind_at = reminder_at(start, self.now, world.policy)
            env.process(self.reminder(order, order.remind_at))
            if self.now < start:
                env.process(self.later_visit(order, start))

    def later_visit(self, order: PlainOrder, start: int) -> Life:
        """The visit in a slot that was moved to an earlier one."""
        yield self.env.timeout(start - self.now)
        if order.state == "booked" and order.slot == start:
            order.state = "visited"
            self.counts.visited(order, self.now)

    def reminder(self, order: PlainOrder, at: int) -> Life:
        """The reminder of the appointment in force."""
        env = self.env
        yield env.timeout(at - self.now)
        if order.state == "booked" and order.remind_at == at:
            order.remind_at = 0
            order.reminders += 1
            handed_at = self.now
            with self.gateway.request() as turn:
                yield turn
                self.counts.sms(HourlyCount.REMINDERS, handed_at, self.now)
                yield env.timeout(self.world.sms_interval_ms)

    def cancellation(self, order: PlainOrder, at: int, acted: simpy.Event) -> Life:
        """The operator cancels."""
        yield self.env.timeout(at - self.now)
        if order.state in ("engaged", "booked"):
            self.counts.cancelled(order, self.now)
            if order.state == "booked":
                self.world.release(order)
            else:
                acted.succeed()
            order.state = "cancelled"


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    world = PlainWorld(scenario, seed, 0)
    model = Model(world)
    model.env.process(model.arrivals())
    model.env.run(until=world.latest)
    return world.counts.arrays()
