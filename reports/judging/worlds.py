"""The worlds of a trace: independent operators, orders and observation.

What lives here: splitting a trace into its worlds, the registrations in force over time, and what the recording saw.
It must not know the rules, nor how the order of an event is found (`order_owners`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.facts import SERVICE_SIDE, UNKNOWN_LINK
from reports.judging.events import ORDER_TYPES, Event, OrderStory, instant_of, of_types
from reports.judging.order_owners import OrderKey, OrderOwners
from reports.rome_time import Instant

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
    """One world of a trace. `since` and `until` bound what its recording saw; `sources` are the wires it saw."""

    name: str
    registrations: dict[str, list[Event]] = field(default_factory=dict)
    rows_by_link: dict[str, list[tuple[Event, str]]] = field(default_factory=dict)
    by_type: dict[str, list[Event]] = field(default_factory=dict)
    sources: frozenset[str] | None = None
    since: Instant | None = None
    until: Instant = 0
    readings: dict[str, object] = field(default_factory=dict)
    under_test: str = SERVICE_SIDE
    owners: OrderOwners = field(default_factory=OrderOwners)
    _last_at: Instant = 0
    _said_until: Instant | None = None
    _spans: dict[str, list[Span]] = field(default_factory=dict)
    _open_ended: bool = False

    @property
    def orders(self) -> Mapping[OrderKey, OrderStory]:
        """The orders by operator and code."""
        return self.owners.orders

    def of(self, *types: str) -> list[Event]:
        """The events of these types, in the order of the trace."""
        return of_types(self.by_type, types)

    def saw(self, sources: Sequence[str]) -> bool:
        """Whether the recording covers these wires; one that does not say covers all."""
        return self.sources is None or self.sources.issuperset(sources)

    def registration(self, operator: str, event: Event) -> Mapping[str, Any] | None:
        """The registration of an operator in force when that event happened; None where none was seen by then."""
        known = [entry for entry in self.registrations.get(operator, ()) if entry.index <= event.index]
        return known[-1].data if known else None

    def began_unseen(self, order: OrderStory) -> bool:
        """Whether something of the order may have happened before the recording began."""
        return self.since is not None and (order.received is None or order.received.at <= self.since)

    def take(self, event: Event) -> None:
        """One more event of this world, in the order of the trace."""
        self.by_type.setdefault(event.type, []).append(event)
        self._last_at = max(self._last_at, event.at)
        if event.type in ORDER_TYPES:
            self._take_order_event(event)
        elif event.type == "operator.registered":
            self.registrations.setdefault(event.data["operator"], []).append(event)
            self.owners.take_registration(event)
        elif event.type == "csv.deposited":
            for row in event.data["rows"]:
                self.owners.take_row(event, row)
                self.rows_by_link.setdefault(row["link"], []).append((event, row["order"]))
        elif event.type == "trace.observes":
            self._take_observation(event)
        said = self._said_until
        self.until = self._last_at if said is None else max(self._last_at, said) if self._open_ended else said

    def _take_order_event(self, event: Event) -> None:
        if event.subject:
            self.owners.take(event)
        elif story := self.owners.by_link(str(event.data.get("link"))):  # a link that the agent does not know
            story.take(event)
        elif event.data.get("reason") == UNKNOWN_LINK:
            self.owners.take(event)  # of a link that nobody was given: the story of no order (OP-4)

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


def worlds_of(events: Iterable[Event]) -> list[World]:
    """The trace split into its worlds, by name."""
    worlds: dict[str, World] = {}
    for event in events:
        if event.type != "scenario.finished":
            worlds.setdefault(event.world, World(event.world)).take(event)
    for world in worlds.values():
        world.owners.settle()
    return [worlds[name] for name in sorted(worlds)]
