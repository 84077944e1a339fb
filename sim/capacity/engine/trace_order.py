"""The order in which the trace of a capacity run has the events of one millisecond.

Two engines, or two ways to wake the same orders, meet the events of one instant in different turns. The turn means
nothing, except where two events are about the same order, or where one takes the slot that the other frees: such events
keep their order. Of all sequences that do so, the trace has the first by rank, operator and subject (the normal
form of a partly ordered word).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import groupby
from typing import Any

from sim.recorder import Event

RANKS = {"operator.registered": 0, "slots.published": 1, "trace.observes": 3}  # all else comes before the last
ALL_ELSE = 2
MEETS_ROWS = ("/sms", "/agent")  # a row comes after its SMS and before what its link brings; causals do not care
TAKES_SLOT = ("appointment.confirmed", "appointment.rescheduled")


@dataclass(frozen=True, slots=True)
class _Touching:
    """An event with the orders that it is about, the slots in which it takes a place, and those that it makes free."""

    event: Event
    orders: frozenset[Hashable]
    takes: frozenset[Hashable]
    frees: frozenset[Hashable]


def in_order(events: Sequence[Event]) -> list[Event]:
    """The events by instant and, within one, in the order of this file; ids count up anew."""
    ordered = [event for _, moment in groupby(_touching(events), _time_of) for event in _moment_in_order(list(moment))]
    ids = [event["id"] for event in events]
    return [{**event, "id": number} for event, number in zip(ordered, ids, strict=True)]


def _time_of(item: _Touching) -> object:
    return item.event["time"]


def _touching(events: Iterable[Event]) -> Iterator[_Touching]:
    """Each event with what it touches; a cancelled order frees the slot that it held."""
    slot_of_order: dict[Hashable, Hashable] = {}
    for event in events:
        data: Mapping[str, Any] = event["data"]  # type: ignore[assignment]
        order = data.get("operator"), event.get("subject")
        orders: set[Hashable] = {order} if "subject" in event and event["source"] != "/sftp" else set()
        orders |= {(data["operator"], row["order"], "row") for row in data.get("rows", ())}
        orders |= {(*order, "row")} if "subject" in event and event["source"] in MEETS_ROWS else set()
        takes: set[Hashable] = set()
        frees: set[Hashable] = set()
        if event["type"] in TAKES_SLOT:
            takes = {data["slot"]["start"]}
            frees = {data["previous"]["start"]} if "previous" in data else set()
            slot_of_order[order] = data["slot"]["start"]
        elif event["type"] == "order.cancelled" and order in slot_of_order:
            frees = {slot_of_order[order]}
        yield _Touching(event, *map(frozenset, (orders, takes, frees)))


def _moment_in_order(moment: list[_Touching]) -> Iterator[Event]:
    """The events of one instant: always the first of those that wait for no other."""
    before = list(_waits(moment))
    after: list[list[int]] = [[] for _ in moment]
    for place, waits in enumerate(before):
        for earlier in waits:
            after[earlier].append(place)
    ready = [(_key(item.event), place) for place, item in enumerate(moment) if not before[place]]
    heapify(ready)
    while ready:
        _, place = heappop(ready)
        yield moment[place].event
        for later in after[place]:
            before[later].discard(place)
            if not before[later]:
                heappush(ready, (_key(moment[later].event), later))


def _waits(moment: list[_Touching]) -> Iterator[set[int]]:
    """For each event of an instant those that it must come after.

    They are the last event of the same order, the events that free a slot that it takes, and those that took a slot
    that it frees. Two events that take places in the same slot do not wait for each other.
    """
    last: dict[Hashable, int] = {}
    takers: dict[Hashable, set[int]] = {}
    givers: dict[Hashable, set[int]] = {}
    for place, item in enumerate(moment):
        waits = {last[order] for order in item.orders if order in last}
        yield waits.union(
            *(givers.get(slot, ()) for slot in item.takes), *(takers.get(slot, ()) for slot in item.frees)
        )
        last |= dict.fromkeys(item.orders, place)
        for slots, places in ((item.takes, takers), (item.frees, givers)):
            for slot in slots:
                places.setdefault(slot, set()).add(place)


def _key(event: Event) -> tuple[Any, ...]:
    data: Mapping[str, Any] = event["data"]  # type: ignore[assignment]
    slot = data.get("slot", {}).get("start", "")
    return RANKS.get(str(event["type"]), ALL_ELSE), data.get("operator", ""), event.get("subject", ""), slot, str(data)
