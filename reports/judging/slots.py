"""The judge's own count of places: how many appointments each slot holds and what its capacity is.

What lives here: following a world's acts through its slots. It must not know which rule asks.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from reports.judging.events import Event, OrderStory, Slot, slot_of
from reports.judging.worlds import World


class Place(NamedTuple):
    """One slot of one territory."""

    territory: str
    slot: Slot


class Agenda:
    """Places held by orders, fed event by event."""

    TYPES: ClassVar[tuple[str, ...]] = (
        "slots.published",
        "appointment.confirmed",
        "appointment.rescheduled",
        "agent.rejected",
        "order.cancelled",
    )

    def __init__(self, world: World) -> None:
        self._world = world
        self._capacity: dict[tuple[str, Slot | None], int] = {}
        self._held: dict[str, Place] = {}
        self._count: dict[Place, int] = {}
        self.freed: dict[Place, Event] = {}
        self.complete = True  # until an act of an order that is not known

    def place(self, order: OrderStory, slot: Slot) -> Place:
        received = order.received
        return Place(str(received.data.get("territory", "")) if received else "", slot)

    def capacity(self, place: Place) -> int | None:
        general = self._capacity.get((place.territory, None))
        return self._capacity.get((place.territory, place.slot), general)

    def count(self, place: Place) -> int:
        return self._count.get(place, 0)

    def free(self, place: Place) -> bool:
        capacity = self.capacity(place)
        return capacity is not None and self.count(place) < capacity

    def follow(self, event: Event) -> Place | None:
        """Takes one event in; the place it took, if it took one."""
        if event.type == "slots.published":
            self._capacity[event.data["territory"], slot_of(event)] = event.data["capacity"]
            return None
        order = self._world.owners.story_of(event)
        if event.type == "agent.rejected":
            return None
        if order is None:
            self.complete = False
            return None
        left, slot = self._held.pop(order.name, None), slot_of(event)
        if left is not None:
            self._count[left] -= 1
            self.freed[left] = event
        if slot is None or event.type == "order.cancelled":
            return None
        taken = self.place(order, slot)
        self._held[order.name] = taken
        self._count[taken] = self.count(taken) + 1
        return taken
