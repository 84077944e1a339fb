"""Events and the stories they tell: one world, its operators, its orders, each order's events by type.

What lives here: arranging a trace so that checkers find things quickly. It must not know the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from reports.facts import AGENT_EVENTS, ENGAGEMENT, IN_SERVICE, SERVICE_SIDE, Causals, causals_of
from reports.rome_time import parse_instant

ORDER_TYPES = frozenset(
    {
        "order.received",
        "order.routed",
        "order.cancelled",
        "order.handed_back",
        "notification.sent",
        "notification.answered",
        "sms.sent",
        *AGENT_EVENTS,
        "visit.started",
        "contact_policy.started",
        "sla.suspended",
        "sla.resumed",
        "commercial_service.started",
    }
)

_instant = lru_cache(maxsize=65536)(parse_instant)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a trace: `at` in milliseconds, `index` its place (which decides ties)."""

    id: str
    type: str
    source: str
    subject: str
    world: str
    at: int
    index: int
    data: Mapping[str, Any]


class Slot(NamedTuple):
    """A band, as instants."""

    start: int
    end: int


def slot_of(event: Event, member: str = "slot") -> Slot | None:
    """The slot that an event names in that member; None where it names none."""
    band = event.data.get(member)
    return Slot(_instant(band["start"]), _instant(band["end"])) if band else None


class Appointment(NamedTuple):
    """An appointment from the act that fixed it until the act that ended it, if any."""

    act: Event
    slot: Slot
    until: Event | None
    moves: int

    def in_force(self, at: int) -> bool:
        return self.act.at <= at and (self.until is None or self.until.at > at)


@dataclass(slots=True)
class OrderStory:
    """What the trace tells of one order: its events by type, and its rows in CSV files."""

    code: str
    received: Event | None = None
    by_type: dict[str, list[Event]] = field(default_factory=dict)
    rows: list[tuple[Event, Mapping[str, str]]] = field(default_factory=list)
    _appointments: list[Appointment] | None = None

    def of(self, *types: str) -> list[Event]:
        """The events of these types, in the order of the trace."""
        return _of_types(self.by_type, types)

    @property
    def service(self) -> str:
        return str(self.received.data["service"]) if self.received else ""

    @property
    def operator(self) -> str:
        return str(self.received.data["operator"]) if self.received else ""

    @property
    def causals(self) -> Causals | None:
        return causals_of(self.service)

    def messages(self, kind: str) -> list[Event]:
        """The SMS of one kind: engagement or reminder."""
        return [event for event in self.of("sms.sent") if event.data["kind"] == kind]

    def notices(self, codes: Iterable[str]) -> list[Event]:
        """The notifications that carry one of these causal codes."""
        return [event for event in self.of("notification.sent") if event.data["code"] in codes]

    def rejected(self, *acts: str) -> list[Event]:
        """The acts of these kinds that the Virtual Agent turned down."""
        return [event for event in self.of("agent.rejected") if event.data["act"] in acts]

    def first(self, *types: str) -> Event | None:
        return next(iter(self.of(*types)), None)

    @property
    def flow(self) -> str | None:
        """Where the order was seen to go: a flow, `rejected` at intake, or None while nothing tells."""
        if routed := self.of("order.routed"):
            return str(routed[0].data["flow"])
        if self.messages(ENGAGEMENT):
            return IN_SERVICE
        return "rejected" if self.of("order.handed_back") else None

    @property
    def appointments(self) -> list[Appointment]:
        """The appointments in the order in which they were fixed; a second confirmation does not fix another."""
        if self._appointments is None:
            self._appointments = self._chain()
        return self._appointments

    def _chain(self) -> list[Appointment]:
        acts = self.of("appointment.confirmed", "appointment.rescheduled", "order.cancelled")
        chain: list[Appointment] = []
        for act in acts:
            if chain and act.type == "appointment.confirmed":
                continue
            if chain and chain[-1].until is None:
                chain[-1] = chain[-1]._replace(until=act)
            if (slot := slot_of(act)) is not None and act.type != "order.cancelled":
                chain.append(Appointment(act, slot, None, chain[-1].moves + 1 if chain else 0))
        return chain

    def appointment_before(self, event: Event) -> Appointment | None:
        """The appointment in force when that event came."""
        fixed = [appointment for appointment in self.appointments if appointment.act.index < event.index]
        if not fixed or (fixed[-1].until is not None and fixed[-1].until.index < event.index):
            return None
        return fixed[-1]

    def before(self, event: Event, *types: str) -> list[Event]:
        """The events of these types that stand before that event in the trace."""
        return [other for other in self.of(*types) if other.index < event.index]


def _of_types(by_type: Mapping[str, list[Event]], types: Sequence[str]) -> list[Event]:
    if len(types) == 1:  # nearly every question: no copy, no sorting
        return by_type.get(types[0], [])
    return sorted((event for name in types for event in by_type.get(name, ())), key=lambda event: event.index)


@dataclass(slots=True)
class World:
    """One world of a trace: independent operators, orders and observation."""

    name: str
    events: list[Event] = field(default_factory=list)
    operators: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    orders: dict[str, OrderStory] = field(default_factory=dict)
    rows_by_link: dict[str, list[tuple[Event, str]]] = field(default_factory=dict)
    by_type: dict[str, list[Event]] = field(default_factory=dict)
    sources: frozenset[str] | None = None
    until: int = 0
    readings: dict[str, object] = field(default_factory=dict)
    under_test: str = SERVICE_SIDE

    def of(self, *types: str) -> list[Event]:
        """The events of these types, in the order of the trace."""
        return _of_types(self.by_type, types)

    def saw(self, sources: Sequence[str]) -> bool:
        """Whether the recording covers these wires; one that does not say covers all."""
        return self.sources is None or self.sources.issuperset(sources)

    def operator_of(self, order: OrderStory) -> Mapping[str, Any] | None:
        return self.operators.get(order.operator)


def worlds_of(events: Iterable[Event]) -> list[World]:
    """The trace split into its worlds, by name."""
    worlds: dict[str, World] = {}
    for event in events:
        if event.type == "scenario.finished":
            continue
        world = worlds.setdefault(event.world, World(event.world))
        _take_in(world, event)
    return [worlds[name] for name in sorted(worlds)]


def _take_in(world: World, event: Event) -> None:
    world.events.append(event)
    world.by_type.setdefault(event.type, []).append(event)
    world.until = max(world.until, event.at)
    if event.type in ORDER_TYPES and event.subject:
        order = world.orders.setdefault(event.subject, OrderStory(event.subject))
        order.by_type.setdefault(event.type, []).append(event)
        if event.type == "order.received" and order.received is None:
            order.received = event
    elif event.type == "operator.registered":
        world.operators[event.data["operator"]] = event.data
    elif event.type == "csv.deposited":
        for row in event.data["rows"]:
            world.orders.setdefault(row["order"], OrderStory(row["order"])).rows.append((event, row))
            world.rows_by_link.setdefault(row["link"], []).append((event, row["order"]))
    elif event.type == "trace.observes":
        _take_observation(world, event)


def _take_observation(world: World, event: Event) -> None:
    world.sources = frozenset(event.data["sources"]) | {"/trace"}
    if until := event.data.get("until"):
        world.until = _instant(until)
    world.readings |= event.data.get("readings") or {}
    world.under_test = event.data.get("under_test", world.under_test)
