"""The worlds of a trace: independent operators, orders and observation.

What lives here: what a whole trace tells of a world apart from the stories of its orders: the registrations in force
over time, what the recording saw, the files that cannot be read. It must not know the rules, nor how the order of an
event is found (`order_owners`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.facts import SERVICE_SIDE
from reports.judging.events import ORDER_TYPES, Event, instant_of
from reports.judging.order_owners import KnownOrder, OrderOwners, Register
from reports.rome_time import Instant

LEDGER = frozenset({"sla.suspended", "sla.resumed"})
Span = tuple[Instant | None, Instant | None]  # of an observation; None where it is open


def last_start(spans: Iterable[Span]) -> Instant | None:
    """Where the last stretch without a gap begins in the union of some spans; None where it never began."""
    earliest, *later = sorted(spans, key=lambda span: (span[0] is not None, span[0] or 0))
    start, end = earliest
    for opened, closed in later:
        if opened is not None and end is not None and opened > end:
            start, end = opened, closed
        elif end is not None:
            end = None if closed is None else max(end, closed)
    return start


@dataclass(slots=True)
class World:
    """One world of a trace. `since` and `until` bound what its recording saw; `sources` are the wires it saw.

    `has_ledger` where a suspension was seen to begin or to end. `malformed` are the files whose form is wrong, without
    their rows. `kept` are the events that the rules on an operator ask the world for: they are kept only where the
    operator is under test.
    """

    name: str
    register: Register = field(default_factory=Register)
    registrations: dict[str, list[Event]] = field(default_factory=dict)
    malformed: list[Event] = field(default_factory=list)
    kept: dict[str, list[Event]] = field(default_factory=dict)
    sources: frozenset[str] | None = None
    since: Instant | None = None
    until: Instant = 0
    readings: dict[str, object] = field(default_factory=dict)
    under_test: str = SERVICE_SIDE
    has_ledger: bool = False
    owners: OrderOwners = field(init=False)
    _last_at: Instant = 0
    _said_until: Instant | None = None
    _spans: dict[str, list[Span]] = field(default_factory=dict)
    _open_ended: bool = False

    def __post_init__(self) -> None:
        self.owners = OrderOwners(self.register)

    def of(self, kind: str) -> list[Event]:
        """The events of a type that is kept, in the order of the trace; KeyError for one that no rule declared."""
        return self.kept[kind]

    def saw(self, sources: Sequence[str]) -> bool:
        """Whether the recording covers these wires; one that does not say covers all."""
        return self.sources is None or self.sources.issuperset(sources)

    def registration(self, operator: str, event: Event) -> Mapping[str, Any] | None:
        """The registration of an operator in force when that event happened; None where none was seen by then."""
        in_force = None
        for entry in self.registrations.get(operator, ()):
            if entry.index > event.index:
                break
            in_force = entry
        return None if in_force is None else in_force.data

    def order_of(self, event: Event) -> KnownOrder | None:
        """The order that an event names and is of."""
        return self.register.owner(event) if event.subject else None

    def began_unseen(self, received_at: Instant | None) -> bool:
        """Whether something of an order received then, if ever, may have happened before the recording began."""
        return self.since is not None and (received_at is None or received_at <= self.since)

    def take(self, event: Event) -> None:
        """One more event of this world, in the order of the trace."""
        self._last_at = max(self._last_at, event.at)
        if event.type in ORDER_TYPES:
            self.owners.take(event)
            self.has_ledger |= event.type in LEDGER
        elif event.type == "operator.registered":
            self.registrations.setdefault(event.data["operator"], []).append(event)
            self.owners.take_registration(event)
        elif event.type == "csv.deposited":
            self._take_file(event)
        elif event.type == "trace.observes":
            self._take_observation(event)

    def close(self) -> None:
        """The trace is over: until when it was observed, and whose event is whose, is known now."""
        said = self._said_until
        self.until = self._last_at if said is None else max(self._last_at, said) if self._open_ended else said
        self.owners.close()

    def _take_file(self, deposit: Event) -> None:
        slim = without_rows(deposit)
        if problem_of_form(deposit):
            self.malformed.append(slim)
        for row in deposit.data["rows"]:
            self.owners.take_row(slim, row)

    def _take_observation(self, event: Event) -> None:
        """Several observations add up: all their wires, to the latest end, from when on all of them were seen."""
        self.sources = (self.sources or frozenset()) | frozenset(event.data["sources"]) | {"/trace"}
        since, until = event.data.get("from"), event.data.get("until")
        start, end = instant_of(since) if since else None, instant_of(until) if until else None
        for source in event.data["sources"]:
            self._spans.setdefault(source, []).append((start, end))
        starts = [start for spans in self._spans.values() if (start := last_start(spans)) is not None]
        self.since = max(starts, default=None)
        if end is not None:
            self._said_until = end if self._said_until is None else max(self._said_until, end)
        else:
            self._open_ended = True
        self.readings |= event.data.get("readings") or {}
        self.under_test = event.data.get("under_test", self.under_test)


def problem_of_form(deposit: Event) -> Mapping[str, object] | None:
    """What the recording says is wrong with the form of a file: line, field, message."""
    problem = deposit.data.get("malformed")
    return problem if isinstance(problem, Mapping) else None


def without_rows(deposit: Event) -> Event:
    """A file without its rows: those of all orders would stay as long as one of them does."""
    data = {member: value for member, value in deposit.data.items() if member != "rows"}
    return replace(deposit, data=data)
