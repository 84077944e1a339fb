"""*Small town* in Ciw: a network of queues, as far as it goes.

Ciw moves customers from node to node, each with servers and a distribution. So an order passes its line, the window of
the SMS, the gateway, and a node in which it is decided, whose time is the earliest of what could happen. Not expressed,
for Ciw has no words for it: a call that takes an agent only if the customer of another node has not acted, a place
taken today for a visit next week, and its return when the order is cancelled or moved. So agents are always free, a
slot is always found, and what is said of visits cannot be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import ciw

from tests.benchmark.twins import town

NODES = LINE, WINDOW, GATEWAY, DECISION = range(1, 5)
NEXT = [[float(to == node + 1) for to in NODES] for node in NODES]
SMS_HOURS = 1 / 3_600
FOREVER = (town.DAYS + town.LONGEST_LIFE) * town.DAY


class Computed(ciw.dists.Distribution):  # type: ignore[misc]
    """A time that a function computes from now and the order."""

    def __init__(self, tell: Any) -> None:
        self.tell = tell

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """The time from now on."""
        value: float = self.tell(t, ind)
        return value


def run(seed: int) -> dict[str, float]:
    """The indicators of one replication."""
    luck = random.Random(f"ciw {seed}")
    ciw.seed(seed)
    ends: dict[int, tuple[str, float]] = {}

    def decide(now: float, order: Any) -> float:
        outcome, at = decided(luck, order.customer_class, now)
        ends[order.id_number] = outcome, at
        return at - now

    line = {
        name: [Computed(lambda t, _, name=name: town.line_is_ready(luck, name, t) - t), *rest(decide)]
        for name in town.ORDERS_A_YEAR
    }
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Sequential([*gaps(luck, name), float("inf")]), None, None, None]
            for name in town.ORDERS_A_YEAR
        },
        service_distributions=line,
        number_of_servers=[float("inf"), float("inf"), 1, float("inf")],
        routing=dict.fromkeys(town.ORDERS_A_YEAR, NEXT),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(FOREVER)
    received = {row.id_number: row.arrival_date for row in simulation.get_all_records() if row.node == LINE}
    return indicators(received, ends)


def rest(decide: Any) -> Iterator[Any]:
    """The nodes behind the line."""
    yield Computed(lambda t, _: town.sms_may_leave(t) - t)
    yield ciw.dists.Deterministic(SMS_HOURS)
    yield Computed(decide)


def gaps(luck: random.Random, operator: str) -> Iterator[float]:
    """The times between orders."""
    previous = 0.0
    for instant in town.arrivals(luck, operator):
        yield instant - previous
        previous = instant


def decided(luck: random.Random, operator: str, sms_at: float) -> tuple[str, float]:
    """What ends the term of an order, and when: the earliest of what could."""
    closes = town.term_ends(sms_at)
    could = [(closes, "timed_out")]
    behaviour = luck.random()
    if behaviour < town.BOOKS + town.REFUSES:
        acts = town.AWAKE.after(sms_at, town.lognormal(luck, 1.3, 3))
        could.append((acts, "booked" if behaviour < town.BOOKS else "refused"))
    if luck.random() < town.CANCELS:
        could.append((sms_at + luck.random() * town.CANCELS_WITHIN, "cancelled"))
    if operator == "ALFA":
        call = town.CALL_CENTRE.after(town.deposited(sms_at), town.FIRST_CALL)
        for _ in range(town.ATTEMPTS):
            if luck.random() < town.REACHED:
                could.append((call, "refused" if luck.random() < town.REFUSES_ON_CALL else "booked"))
                break
            call = town.CALL_CENTRE.after(call, town.BETWEEN)
    at, outcome = min(could)
    return outcome, at


def indicators(received: dict[int, float], ends: dict[int, tuple[str, float]]) -> dict[str, float]:
    """As they are named in a capacity run."""
    measured = {number: at for number, at in received.items() if town.is_measured(at)}
    outcomes = [ends[number] + (at,) for number, at in measured.items() if number in ends]
    shares = {
        f"share_{name}": sum(outcome == name for outcome, _, _ in outcomes) / len(measured)
        for name in ("booked", "refused", "timed_out")
    }
    waits = [(at - since) / town.DAY for outcome, at, since in outcomes if outcome == "booked"]
    return {"orders": len(measured), **shares, "mean_days_to_booking": sum(waits) / len(waits)}
