"""The judge's own count of places: how many appointments each slot holds and what its capacity is.

What lives here: following a world's acts through its slots. It must not know which rule asks.
"""

from __future__ import annotations

from datetime import time
from typing import ClassVar, NamedTuple

from reports.judging.events import Event, Slot, slot_of
from reports.judging.order_owners import KnownOrder
from reports.rome_time import day_of, wall_clock

Clocks = tuple[time, time]


class Place(NamedTuple):
    """One slot of one territory."""

    territory: str
    slot: Slot


def place_of(order: KnownOrder, slot: Slot) -> Place:
    return Place(order.territory, slot)


def clocks_of(slot: Slot) -> Clocks:
    """What the wall clock shows at both ends of a slot."""
    return wall_clock(slot.start).time(), wall_clock(slot.end).time()


def days_ahead(act: Event, slot: Slot) -> int:
    """How many days before a slot an act came."""
    return (day_of(slot.start) - day_of(act.at)).days


class KnownOffers:
    """What a world was seen to offer: its slots, and how many days ahead. Of its agenda a judge knows no more."""

    def __init__(self) -> None:
        self._places: set[Place] = set()
        self._days_ahead: dict[str, int] = {}  # by territory

    def follow(self, act: Event, place: Place) -> None:
        """Learns from a place that was published or taken."""
        self._places.add(place)
        if act.type.startswith("appointment."):
            known_days = self._days_ahead.get(place.territory, 0)
            self._days_ahead[place.territory] = max(known_days, days_ahead(act, place.slot))

    def known(self, act: Event, place: Place) -> bool:
        """Whether that slot was seen, and slots as far ahead."""
        return place in self._places and days_ahead(act, place.slot) <= self._days_ahead.get(place.territory, 0)


class Agenda:
    """Places held by orders, fed event by event."""

    TYPES: ClassVar[tuple[str, ...]] = (
        "slots.published",
        "appointment.confirmed",
        "appointment.rescheduled",
        "agent.rejected",
        "order.cancelled",
    )

    def __init__(self) -> None:
        self._capacity: dict[tuple[str, Slot | None], int] = {}
        self._held: dict[int, Place] = {}
        self._count: dict[Place, int] = {}
        self.offers = KnownOffers()
        self.freed: dict[Place, Event] = {}
        self.complete = True  # until an act of an order that is not known

    def capacity(self, place: Place) -> int | None:
        general = self._capacity.get((place.territory, None))
        return self._capacity.get((place.territory, place.slot), general)

    def count(self, place: Place) -> int:
        return self._count.get(place, 0)

    def count_with(self, order: KnownOrder, place: Place) -> int:
        """How many appointments a place holds when that order takes it."""
        return self.count(place) + (self._held.get(order.number) != place)

    def free(self, place: Place) -> bool:
        capacity = self.capacity(place)
        return capacity is not None and self.count(place) < capacity

    def follow(self, event: Event, order: KnownOrder | None) -> None:
        """Takes one event in, of that order if it is known."""
        slot = slot_of(event)
        if event.type == "slots.published":
            self._capacity[event.data["territory"], slot] = event.data["capacity"]
            if slot is not None:
                self.offers.follow(event, Place(event.data["territory"], slot))
        elif event.type == "agent.rejected":
            return
        elif order is None:
            self.complete = False
        else:
            self._move(event, order, None if event.type == "order.cancelled" else slot)

    def forget(self, order: KnownOrder) -> None:
        """Nothing more is said of that order: it holds its place for good."""
        self._held.pop(order.number, None)

    def _move(self, event: Event, order: KnownOrder, slot: Slot | None) -> None:
        left_place = self._held.pop(order.number, None)
        if left_place is not None:
            self._count[left_place] -= 1
            self.freed[left_place] = event
        if slot is not None:
            taken_place = self._held[order.number] = place_of(order, slot)
            self.offers.follow(event, taken_place)
            self._count[taken_place] = self.count(taken_place) + 1
