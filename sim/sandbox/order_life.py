"""The life of an order of a living world: what happened so far, and what is due. Its drawing and its timeline show it.

What lives here: reading of a live world. It must not change it, and it must not know pages or HTTP.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reference_impl.deadlines import csv_deadline, reminder_deadline
from reference_impl.orders import Order
from reference_impl.ports import OrderKey
from reports.timeline.marks import Deadline
from reports.words.labels import DEADLINES
from sim.recorder import Event
from sim.sandbox.world.live import LiveWorld


@dataclass(frozen=True, slots=True)
class OrderLife:
    """An order's events up to now, and the instants, to come or gone by, at which something was due."""

    events: Sequence[Mapping[str, Any]]
    deadlines: Sequence[Deadline]
    now: int


def life_of(live: LiveWorld, order: Order) -> OrderLife:
    """The life of one order."""
    (life,) = lives_of(live, [order])
    return life


def lives_of(live: LiveWorld, orders: Sequence[Order]) -> list[OrderLife]:
    """The lives of some orders of a world, in their order."""
    events = _events_of(live.trace, {order.key for order in orders})
    return [
        OrderLife(events[order.key], [Deadline(at, DEADLINES[name]) for name, at in _due(live, order)], live.now)
        for order in orders
    ]


def _events_of(trace: Iterable[Event], orders: set[OrderKey]) -> Mapping[OrderKey, list[Mapping[str, Any]]]:
    """The events of each order; a file belongs to every order that has a row in it."""
    events_of: dict[OrderKey, list[Mapping[str, Any]]] = defaultdict(list)
    holders: dict[str, set[OrderKey]] = {}
    for event in trace:
        kind, subject = event["type"], str(event.get("subject", ""))
        data: Any = event["data"]
        if kind == "csv.deposited":
            holders[subject] = {OrderKey(data["operator"], row["order"]) for row in data["rows"]} & orders
        about = {OrderKey(data.get("operator", ""), subject)} & orders
        for order in holders.get(subject, ()) if kind in ("csv.deposited", "csv.fetched") else about:
            events_of[order].append(event)
    return events_of


def _due(live: LiveWorld, order: Order) -> Iterator[tuple[str, int]]:
    """What is due, or was, at instants of its own."""
    if order.engage_at is not None:
        yield "sms_window", order.engage_at
    if order.sms_at is not None and order.closes_at is not None:
        yield "csv", csv_deadline(order.sms_at, live.world.policy)  # CSV-4
        yield "term_end", order.closes_at  # BOOK-4
    if order.slot is not None:
        yield "eve", reminder_deadline(order.slot.start)  # RES-3
    if order.remind_at is not None:
        yield "reminder", order.remind_at
