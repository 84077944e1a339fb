"""How an operator can be disturbed on purpose: the disturbances of one world, by name.

    hold         notifications wait, as if the way to the operator were closed
    release      they go out, the last one first
    close-site   the operator's SFTP folder refuses every client
    open-site    it is open again
    part-file    a file with a temporary name lies in the folder
    race         right before the operator's next booking of an order its customer books

Deterministic and without I/O. Of limits, which go by real time, what is in force is kept here; probes are elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from reference_impl.errors import AgentRejected, FieldError
from reference_impl.links import CUSTOMER, OPERATOR
from reference_impl.ports import OrderKey
from sim.sandbox.world.link_index import LinkIndex
from sim.sandbox.world.operator_site import DropFile, Site
from sim.sandbox.world.outbox import Outbox
from sim.world import World

PART_FILE = "APPDIG_{operator}_next.csv.part"
FIRST_ROW = b"PARTIAL-1;0"


class WorldCore(Protocol):
    """What is disturbed: a world and what the sandbox keeps beside it."""

    world: World
    outbox: Outbox
    links: LinkIndex
    sites: dict[str, Site]
    disturbances: Disturbances


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that an operator is to be told, or was told at an instant of real time."""

    seconds: int
    told_at_ms: int | None = None


class Disturbances:
    """The disturbances in force."""

    def __init__(self) -> None:
        self.closed_sites: set[str] = set()
        self.races: set[OrderKey] = set()
        self.limits: dict[str, Limit] = {}

    def set_limit(self, operator: str, seconds: int) -> None:
        """Limit an operator, or with 0 no longer."""
        self.limits.pop(operator, None)
        if seconds:
            self.limits[operator] = Limit(seconds)

    def limit_was_told(self, operator: str, at_ms: int) -> None:
        """An operator has been told its limit, at an instant of real time."""
        self.limits[operator] = replace(self.limits[operator], told_at_ms=at_ms)

    def before_booking(self, core: WorldCore, digest: str) -> None:
        """Before an operator books: if it is to lose a race, let the customer book first.

        Not at the look before it: then the causal of the customer's booking would race the operator's, in real time.
        """
        booked_link = core.links.find(digest)
        if booked_link is None or booked_link.channel != OPERATOR or booked_link.order not in self.races:
            return
        self.races.discard(booked_link.order)
        customer_link = core.links.of_order(booked_link.order, CUSTOMER)
        slots = core.world.agent.offered_slots(customer_link.link) if customer_link else []
        try:
            if customer_link and slots:
                core.world.agent.confirm(customer_link.link, slots[len(slots) // 2], CUSTOMER)
        except AgentRejected:
            return  # there was nothing left to race for


def _part_file(core: WorldCore, operator: str, order: str) -> None:
    name = PART_FILE.format(operator=operator)
    core.sites[operator].files[name] = DropFile(name, FIRST_ROW, core.world.now)


DISTURB: Mapping[str, Callable[[WorldCore, str, str], None]] = {
    "hold": lambda core, operator, order: core.outbox.hold(operator),
    "release": lambda core, operator, order: core.outbox.release(operator),
    "close-site": lambda core, operator, order: core.disturbances.closed_sites.add(operator),
    "open-site": lambda core, operator, order: core.disturbances.closed_sites.discard(operator),
    "part-file": _part_file,
    "race": lambda core, operator, order: core.disturbances.races.add(core.world.service.find(order, operator).key),
}


def check_disturbance(how: str) -> str:
    """The disturbance, if there is one of that name. Raises FieldError."""
    if how not in DISTURB:
        raise FieldError("how", how, ", ".join(DISTURB))
    return how
