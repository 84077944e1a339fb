"""The one order in which a capacity run tells what happened within the same millisecond.

Two engines, or two ways of waking the same orders, meet one instant's events in different turns. Which turn it was says
nothing, save where two events touch the same order or take and give the same slot: those keep their order. Among all
orders that keep it, the trace has the first by rank, operator and subject (the normal form of a partly ordered word).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import groupby
from typing import Any

from sim.recorder import Event

RANKS = {"operator.registered": 0, "trace.observes": 2}  # all else comes between them
TAKES_SLOTS = ("slots.published", "appointment.confirmed", "appointment.rescheduled")
Touched = frozenset[Hashable]


def in_order(events: Sequence[Event]) -> list[Event]:
    """The events by instant and, within one, in the order of this file; ids count up anew."""
    ordered = [event for _, moment in groupby(_touching(events), _time_of) for event in _moment_in_order(list(moment))]
    ids = [event["id"] for event in events]
    return [{**event, "id": number} for event, number in zip(ordered, ids, strict=True)]


def _time_of(pair: tuple[Event, Touched]) -> object:
    return pair[0]["time"]


def _touching(events: Iterable[Event]) -> Iterator[tuple[Event, Touched]]:
    """Each event with the orders and slots that it touches."""
    held: dict[Hashable, Hashable] = {}
    for event in events:
        data: Mapping[str, Any] = event["data"]  # type: ignore[assignment]
        order = data.get("operator"), event.get("subject")
        touched: set[Hashable] = {order} if "subject" in event and event["source"] != "/sftp" else set()
        touched |= {(data["operator"], row["order"]) for row in data.get("rows", ())}
        if event["type"] in TAKES_SLOTS:
            touched |= {data[name]["start"] for name in ("slot", "previous") if name in data}
        if event["type"] == "order.cancelled":
            touched |= {held[order]} if order in held else set()
        elif event["type"] in TAKES_SLOTS:
            held[order] = data["slot"]["start"]
        yield event, frozenset(touched)


def _moment_in_order(moment: list[tuple[Event, Touched]]) -> Iterator[Event]:
    """The events of one instant: always the first of those that wait for no other."""
    waits_for = [0] * len(moment)
    frees: list[list[int]] = [[] for _ in moment]
    last: dict[Hashable, int] = {}
    for place, (_, touched) in enumerate(moment):
        for before in {last[thing] for thing in touched if thing in last}:
            frees[before].append(place)
            waits_for[place] += 1
        last |= dict.fromkeys(touched, place)
    ready: list[tuple[tuple[Any, ...], int]] = []
    for place, (event, _) in enumerate(moment):
        if not waits_for[place]:
            heappush(ready, (_key(event), place))
    while ready:
        _, place = heappop(ready)
        yield moment[place][0]
        for freed in frees[place]:
            waits_for[freed] -= 1
            if not waits_for[freed]:
                heappush(ready, (_key(moment[freed][0]), freed))


def _key(event: Event) -> tuple[Any, ...]:
    data: Mapping[str, Any] = event["data"]  # type: ignore[assignment]
    slot = data.get("slot", {}).get("start", "")
    return RANKS.get(str(event["type"]), 1), data.get("operator", ""), event.get("subject", ""), slot, str(data)
