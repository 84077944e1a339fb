"""The worlds of a trace: independent operators, orders and observation.

What lives here: what a whole trace tells of a world apart from the stories of its orders: the registrations in force
over time, what the recording saw, the files that cannot be read. It must not know the rules, nor how the order of an
event is found (`order_owners`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.facts import SERVICE_SIDE
from reports.judging.events import ORDER_TYPES, Event, in_order
from reports.judging.observation import Observation
from reports.judging.order_owners import NO_ORDER, KnownOrder, OrderOwners, Register
from reports.rome_time import Instant

LEDGER = frozenset({"sla.suspended", "sla.resumed"})


@dataclass(slots=True)
class World:
    """One world of a trace. `until` is when its recording ends.

    `has_ledger` where a suspension was seen to begin or to end. `malformed` are the files whose form is wrong, without
    their rows. `kept` are the events that the rules on an operator ask the world for: they are kept only where the
    operator is under test.
    """

    name: str
    register: Register = field(default_factory=Register)
    registrations: dict[str, list[Event]] = field(default_factory=dict)
    malformed: list[Event] = field(default_factory=list)
    kept: dict[str, list[Event]] = field(default_factory=dict)
    observation: Observation = field(default_factory=Observation)
    until: Instant = 0
    readings: dict[str, object] = field(default_factory=dict)
    under_test: str = SERVICE_SIDE
    has_ledger: bool = False
    owners: OrderOwners = field(init=False)
    _last_at: Instant | None = None

    def __post_init__(self) -> None:
        self.owners = OrderOwners(self.register)

    def of(self, kind: str) -> list[Event]:
        """The events of a type that is kept, in the order of the trace; KeyError for one that no rule declared."""
        return self.kept[kind]

    def saw(self, sources: Sequence[str]) -> bool:
        """Whether the recording ever covers these wires at once; one that does not say covers all."""
        return bool(self.observation.stretches(sources))

    def registration(self, operator: str, event: Event) -> Mapping[str, Any] | None:
        """The registration of an operator in force when that event happened; None where none was seen by then."""
        for entry in reversed(self.registrations.get(operator, ())):  # nearly always there is one
            if entry.index <= event.index:
                return entry.data
        return None

    def registrations_at(self, operator: str, events: Iterable[Event]) -> list[Mapping[str, Any]]:
        """The registrations of an operator that were in force when any of these events happened, each once."""
        known = self.registrations.get(operator, ())
        if len(known) == 1:  # nearly always
            return [known[0].data] if known[0].index <= max(map(in_order, events), default=-1) else []
        in_force: dict[int, Mapping[str, Any]] = {}
        for event in events:
            if (entry := self.registration(operator, event)) is not None:
                in_force.setdefault(id(entry), entry)
        return [*in_force.values()]

    def order_of(self, event: Event) -> KnownOrder | None:
        """The order that an event names and is of."""
        return self.register.owner(event) if event.subject else None

    def take(self, event: Event) -> int:
        """One more event of this world, in the order of the trace; the number of its order, if it is known by now."""
        kind, number = event.type, NO_ORDER
        if kind in ORDER_TYPES:
            number = self.owners.take(event)
            if kind in LEDGER:
                self.has_ledger = True
        elif kind == "operator.registered":
            self.registrations.setdefault(event.data["operator"], []).append(event)
            self.owners.take_registration(event)
        elif kind == "csv.deposited":
            self._take_file(event)
        elif kind == "trace.observes":
            self._take_observation(event)
        self._last_at = event.at
        return number

    def close(self) -> None:
        """The trace is over: until when it was observed, and whose event is whose, is known now."""
        self.until = self.observation.end(self._last_at or 0)
        self.owners.close()

    def _take_file(self, deposit: Event) -> None:
        slim = without_rows(deposit)
        if problem_of_form(deposit):
            self.malformed.append(slim)
        for row in deposit.data["rows"]:
            self.owners.take_row(slim, row)

    def _take_observation(self, event: Event) -> None:
        self.observation.take(event, self._last_at)
        self.readings |= event.data.get("readings") or {}
        self.under_test = event.data.get("under_test", self.under_test)


def problem_of_form(deposit: Event) -> Mapping[str, object] | None:
    """What the recording says is wrong with the form of a file: line, field, message."""
    problem = deposit.data.get("malformed")
    return problem if isinstance(problem, Mapping) else None


def without_rows(deposit: Event, **members: object) -> Event:
    """A file without its rows, with these members more: the rows of all orders would stay as long as one of them
    does."""
    data = {**deposit.data, **members}
    data.pop("rows", None)
    subject, world = deposit.subject, deposit.world
    return Event(deposit.id, deposit.type, deposit.source, subject, world, deposit.at, deposit.index, data)
