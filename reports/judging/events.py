"""Events and slots: the lines of a trace as the judge holds them.

What lives here: one event, the slot that it names, and the order of events. It must not know the rules, nor which order
an event is of (`order_owners`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from reports.facts import AGENT_EVENTS
from reports.rome_time import Instant, parse_instant

ORDER_TYPES = frozenset(
    {
        "order.received",
        "order.routed",
        "order.cancelled",
        "order.handed_back",
        "notification.sent",
        "notification.answered",
        "notification.probed",
        "sms.sent",
        *AGENT_EVENTS,
        "visit.started",
        "contact_policy.started",
        "sla.suspended",
        "sla.resumed",
        "commercial_service.started",
    }
)

in_order = attrgetter("index")  # the key that sorts events as they stand in the trace
instant_of = lru_cache(maxsize=65536)(parse_instant)


@dataclass(slots=True, eq=False)  # not frozen: a frozen one takes four times as long to make
class Event:
    """One line of a trace: `at` is its instant, `index` its place (which decides ties)."""

    id: str
    type: str
    source: str
    subject: str
    world: str
    at: Instant
    index: int
    data: Mapping[str, Any]


class Slot(NamedTuple):
    """A band, as instants."""

    start: Instant
    end: Instant


def slot_of(event: Event, member: str = "slot") -> Slot | None:
    """The slot that an event names in that member; None where it names none."""
    band = event.data.get(member)
    return _slot(band["start"], band["end"]) if band else None


@lru_cache(maxsize=65536)
def _slot(start: str, end: str) -> Slot:
    return Slot(parse_instant(start), parse_instant(end))


def merged(lists: Sequence[Sequence[Event]]) -> Sequence[Event]:
    """Several events in the order of the trace, from lists that are in that order."""
    if len(lists) < 2:  # nearly always
        return lists[0] if lists else ()
    return sorted(chain(*lists), key=in_order)
