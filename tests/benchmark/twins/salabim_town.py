"""*Small town* in salabim: a component for each order, agents as a resource, slots as counters.

Salabim has no places that are taken today for next week, so slots are a dictionary of counters here, and no words for
"whichever comes first of four things", so an order asks for each when its time has come. Not expressed: endpoints of
the operators (nothing waits for them), costs, and the judge's view.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import salabim

from tests.benchmark.twins import town

Life = Generator[None, Any, None]
SMS_HOURS = 1 / 3_600
NOT_YET = -1.0


@dataclass(slots=True)
class Town:
    """What orders share."""

    env: Any
    luck: random.Random
    agents: Any
    gateway: Any
    free: dict[tuple[str, int, int], int]
    orders: list[Any] = field(default_factory=list)

    def first_slot(self, place: str, wished_day: int, band: int) -> tuple[int, int] | None:
        """The first free slot on offer from a day and band on, else the first of all."""
        now = self.env.now()
        today = int(now // town.DAY)
        first_free = None
        for day in range(today + 1, today + town.OFFERED_DAYS + 1):
            for number in range(len(town.BANDS)):
                if self.free.get((place, day, number), 0) <= 0 or now > (day - 1) * town.DAY + 18:
                    continue
                if (day, number) >= (wished_day, band):
                    return day, number
                first_free = first_free or (day, number)
        return first_free


class Order(salabim.Component):  # type: ignore[misc]
    """One order from its reception to its visit."""

    def setup(self, town_now: Town, operator: str) -> None:
        """Draw what chance decides."""
        self.town, self.operator, luck = town_now, operator, town_now.luck
        self.place = "centro" if luck.random() < 0.6 else "frazioni"
        self.received = town_now.env.now()
        self.state, self.booked_at, self.slot = "waiting", NOT_YET, (0, 0)
        town_now.orders.append(self)

    def process(self) -> Life:
        """Line, window, gateway, then whoever acts first."""
        luck = self.town.luck
        yield self.hold(town.line_is_ready(luck, self.operator, self.received) - self.env.now())
        yield self.hold(town.sms_may_leave(self.env.now()) - self.env.now())
        handed_over = self.env.now()
        yield self.request(self.town.gateway)
        yield self.hold(SMS_HOURS)
        self.release()
        self.closes, self.state = town.term_ends(handed_over), "engaged"
        behaviour = luck.random()
        if behaviour < town.BOOKS + town.REFUSES:
            acts = town.AWAKE.after(self.env.now(), town.lognormal(luck, 1.3, 3))
            act = "book" if behaviour < town.BOOKS else "refuse"
            Later(order=self, due=acts, act=act, is_in_term=True)
        if luck.random() < town.CANCELS:
            Later(order=self, due=self.env.now() + luck.random() * town.CANCELS_WITHIN, act="cancel")
        if self.operator == "ALFA":
            Calls(order=self, due=town.deposited(handed_over))
        Later(order=self, due=self.closes, act="time_out")

    def book(self) -> None:
        """Take the first slot that suits; none is left only in a town that is too small."""
        if self.state != "engaged":
            return
        luck, now = self.town.luck, self.env.now()
        wished = int(now // town.DAY) + town.drawn(luck, town.WISHES)
        slot = self.town.first_slot(self.place, wished, luck.randrange(len(town.BANDS)))
        if slot is None:
            return
        self.town.free[self.place, *slot] -= 1
        self.slot, self.state, self.booked_at = slot, "booked", now
        if luck.random() < town.RESCHEDULES:
            until = (slot[0] - 1) * town.DAY + 18
            Later(order=self, due=now + max(until - now, 0) * luck.random(), act="move")

    def move(self) -> None:
        """Take another slot some days later, at the same hour."""
        day, band = self.slot
        if self.state != "booked":
            return
        later = self.town.first_slot(self.place, day + town.drawn(self.town.luck, town.MOVES), band)
        if later is not None:
            self.town.free[self.place, day, band] += 1
            self.town.free[self.place, *later] -= 1
            self.slot = later

    def refuse(self) -> None:
        """Nobody comes."""
        self.state = "refused" if self.state == "engaged" else self.state

    def time_out(self) -> None:
        """Nobody booked in the term."""
        self.state = "timed_out" if self.state == "engaged" else self.state

    def cancel(self) -> None:
        """The operator wants it no more; its slot is free again, unless the technician has come."""
        if self.state == "booked" and self.env.now() < self.visit_at:
            self.town.free[self.place, *self.slot] += 1
            self.state = "cancelled"
        elif self.state == "engaged":
            self.state = "cancelled"

    @property
    def visit_at(self) -> float:
        """When the technician comes."""
        return self.slot[0] * town.DAY + town.BANDS[self.slot[1]]


class Later(salabim.Component):  # type: ignore[misc]
    """Something that an order does at an instant."""

    def setup(self, order: Order, due: float, act: str, is_in_term: bool = False) -> None:
        """Keep what is to be done."""
        self.order, self.due, self.act, self.is_in_term = order, due, act, is_in_term

    def process(self) -> Life:
        """Wait and do it."""
        yield self.hold(max(self.due - self.env.now(), 0))
        if not self.is_in_term or self.env.now() < self.order.closes:
            getattr(self.order, self.act)()


class Calls(salabim.Component):  # type: ignore[misc]
    """The calls for an order, each of which takes an agent."""

    def setup(self, order: Order, due: float) -> None:
        """Keep whom to call."""
        self.order, self.due = order, due

    def process(self) -> Life:
        """Call until somebody answers, while there is a reason to."""
        order, luck = self.order, self.order.town.luck
        wait_hours = town.FIRST_CALL
        yield self.hold(self.due - self.env.now())
        for _ in range(town.ATTEMPTS):
            yield self.hold(town.CALL_CENTRE.after(self.env.now(), wait_hours) - self.env.now())
            yield self.request(order.town.agents)
            if order.state != "engaged" or self.env.now() >= order.closes:
                self.release()
                return
            called = self.env.now()
            if luck.random() < town.REACHED:
                order.refuse() if luck.random() < town.REFUSES_ON_CALL else order.book()
            yield self.hold(town.CALL_CENTRE.after(called, town.CALL) - called)
            self.release()
            wait_hours = town.BETWEEN - town.CALL


class Coming(salabim.Component):  # type: ignore[misc]
    """The orders of an operator."""

    def setup(self, town_now: Town, operator: str) -> None:
        """Keep whose."""
        self.town, self.operator = town_now, operator

    def process(self) -> Life:
        """Let them come."""
        for instant in town.arrivals(self.town.luck, self.operator):
            yield self.hold(instant - self.env.now())
            Order(town_now=self.town, operator=self.operator)


def run(seed: int) -> dict[str, float]:
    """The indicators of one replication."""
    env = salabim.Environment(trace=False, yieldless=False, do_reset=True)
    agents, gateway = salabim.Resource("agents", capacity=town.AGENTS), salabim.Resource("gateway", capacity=1)
    model = Town(env, random.Random(f"salabim {seed}"), agents, gateway, places())
    for operator in town.ORDERS_A_YEAR:
        Coming(town_now=model, operator=operator)
    env.run(till=(town.DAYS + town.LONGEST_LIFE) * town.DAY)
    return indicators([order for order in model.orders if town.is_measured(order.received)])


def places() -> dict[tuple[str, int, int], int]:
    """The technicians of each band."""
    return {
        (place, day, band): number
        for place, week in town.PLACES.items()
        for day in range(town.DAYS + town.LONGEST_LIFE + town.OFFERED_DAYS)
        if day % 7 < town.SATURDAY and day not in (*town.HOLIDAYS, *town.CLOSED[place])
        for band, number in enumerate(week[day % 7])
    }


def indicators(orders: list[Order]) -> dict[str, float]:
    """As they are named in a capacity run."""
    booked = [order for order in orders if order.booked_at != NOT_YET]
    visited = sorted((order.visit_at - order.received) / town.DAY for order in booked if order.state == "booked")
    ended = {name: sum(order.state == name for order in orders) for name in ("refused", "timed_out")}
    return {
        "orders": len(orders),
        "share_booked": len(booked) / len(orders),
        **{f"share_{name}": number / len(orders) for name, number in ended.items()},
        "mean_days_to_booking": sum(order.booked_at - order.received for order in booked) / town.DAY / len(booked),
        "mean_days_to_visit": sum(visited) / len(visited),
        "p95_days_to_visit": visited[int(0.95 * len(visited))],
    }
