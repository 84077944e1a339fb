"""The orders of a trace as the page tells them: one story per order, operator and world, with its findings.

What lives here: gathering. It must not know about markup, and judges nothing: outcomes are read off the events.
Of a whole trace only a few facts of each order are kept. A second reading keeps the events of those orders that a page
shows (`load_events`).
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.judging.verdicts import FindingRecord, merged

TraceLine = Mapping[str, Any]

# Types whose subject is something else than an order.
_NOT_OF_AN_ORDER = frozenset(
    {"operator.registered", "scenario.finished", "trace.observes", "slots.published", "csv.fetched"}
)
_REMARKS = frozenset({"scenario.finished", "trace.observes"})
# The outcome an event leaves an order in; a later event overrides an earlier one.
_OUTCOMES = {
    "order.handed_back": "handed_back",
    "order.cancelled": "cancelled",
    "appointment.declined": "refused",
    "visit.started": "visited",
    "appointment.confirmed": "booked",
    "appointment.rescheduled": "booked",
}


@dataclass(slots=True)
class PageOrder:
    """One order of one world; `number` is its place on the page, `events` pairs each with its place in the trace.

    Its events are there once they were loaded (`Stories.load_events`).
    """

    world: str
    operator: str
    code: str
    number: int
    service: str = ""
    flow: str = ""
    outcome: str = "open"
    events: list[tuple[int, TraceLine]] = field(default_factory=list)
    findings: list[tuple[str, FindingRecord]] = field(default_factory=list)

    def verdict(self) -> str:
        """The heaviest of its findings; only for an order that has some."""
        return merged(str(finding["verdict"]) for _, finding in self.findings)

    def plain_events(self) -> list[TraceLine]:
        return [event for _, event in self.events]


class Stories:
    """All orders of a trace, found again by order code or by the id of an event; `events` can be read anew.

    `named` are the ids of the events that somebody will ask for. `remarks` are the events of no order: the scenarios
    that ended and what was observed. `spans` are the first and the last instant of each world, as written.
    """

    def __init__(self, events: Iterable[TraceLine], named: Collection[str] = ()) -> None:
        self.orders: list[PageOrder] = []
        self.place_of_event: dict[str, int] = {}
        self.remarks: list[TraceLine] = []
        self.spans: dict[str, tuple[str, str]] = {}
        self.event_count = 0
        self._events = events
        self._named: dict[str, TraceLine] = {}
        self._by_key: dict[tuple[str, str], dict[str, PageOrder]] = {}
        self._by_place: dict[int, list[PageOrder]] = {}
        self._by_code: dict[str, list[PageOrder]] = {}
        self._owner_of = array("i")  # by place the number of the order of an event; 0 of none, or of several
        wanted = frozenset(named)
        for place, event in enumerate(events):
            self._take(place, event, wanted)

    def _take(self, place: int, event: TraceLine, wanted_ids: frozenset[str]) -> None:
        world, event_id = str(event.get("world", "")), str(event.get("id", ""))
        if event["type"] in _REMARKS:
            self.remarks.append(event)
        if event["type"] != "scenario.finished":
            self.event_count += 1
            self.spans[world] = (self.spans.get(world, (event["time"],))[0], event["time"])
        orders = [self._story(world, code, _operator_of(event)) for code in _order_codes(event)]
        for story in orders:
            _take_note(story, event)
        self._owner_of.append(orders[0].number if len(orders) == 1 else 0)
        if event_id in wanted_ids:
            self.place_of_event[event_id] = place
            self._by_place[place] = orders
            self._named[event_id] = {key: value for key, value in event.items() if key != "data"}

    def load_events(self, orders: Iterable[PageOrder], ids: Collection[str] = ()) -> None:
        """Reads the trace once more: keeps the events of these orders, and the named events with these ids."""
        numbers, wanted_ids = {story.number: story for story in orders}, frozenset(ids)
        for story in numbers.values():
            story.events.clear()
        for place, event in enumerate(self._events):
            for story in self._orders_of(place, event, numbers):
                story.events.append((place, event))
            if str(event.get("id", "")) in wanted_ids:
                self._named[str(event["id"])] = event

    def _orders_of(self, place: int, event: TraceLine, wanted: Mapping[int, PageOrder]) -> Iterable[PageOrder]:
        number = self._owner_of[place]
        if number:
            return [wanted[number]] if number in wanted else []
        world, operator = str(event.get("world", "")), _operator_of(event)
        orders = [self._story(world, code, operator) for code in _order_codes(event)]
        return [story for story in orders if story.number in wanted]

    def _story(self, world: str, code: str, operator: str) -> PageOrder:
        """The story of an order; an event that names no operator belongs to the only one with that code."""
        same_code = self._by_key.setdefault((world, code), {})
        if not operator and len(same_code) == 1:
            return next(iter(same_code.values()))
        if "" in same_code and operator:  # its operator was not known before
            same_code[operator] = same_code.pop("")
            same_code[operator].operator = operator
        if operator not in same_code:
            same_code[operator] = PageOrder(world, operator, code, len(self.orders) + 1)
            self._by_code.setdefault(code, []).append(same_code[operator])
            self.orders.append(same_code[operator])
        return same_code[operator]

    def event(self, event_id: str) -> TraceLine | None:
        """The named event with that id, if the trace holds one; its data is there once it was loaded."""
        return self._named.get(event_id)

    def of_finding(self, finding: FindingRecord) -> PageOrder | None:
        """The order a finding is about: that of its evidence, else the only one with its subject as code."""
        subject = str(finding.get("subject", ""))
        about = [story for place in self.places(finding) for story in self._by_place.get(place, ())]
        named = [story for story in about if subject in (story.code, f"{story.code} ({story.operator})")]
        if named or about:
            return (named or about)[0]
        of_code = self._by_code.get(subject, [])
        return of_code[0] if len(of_code) == 1 else None

    def places(self, finding: FindingRecord) -> list[int]:
        """Where in the trace the evidence of a finding stands; ids the trace does not hold are left out."""
        ids = (str(event_id) for event_id in finding.get("evidence", ()))
        return [self.place_of_event[event_id] for event_id in ids if event_id in self.place_of_event]

    def orders_at(self, place: int) -> Sequence[PageOrder]:
        """The orders that the event at this place of the trace belongs to."""
        return self._by_place.get(place, ())


def _operator_of(event: TraceLine) -> str:
    return str((event.get("data") or {}).get("operator", ""))


def _order_codes(event: TraceLine) -> Iterable[str]:
    if event["type"] == "csv.deposited":
        rows = (event.get("data") or {}).get("rows") or ()
        return dict.fromkeys(str(row["order"]) for row in rows if "order" in row)
    if event["type"] in _NOT_OF_AN_ORDER or not event.get("subject"):
        return ()
    return (str(event["subject"]),)


def _take_note(story: PageOrder, event: TraceLine) -> None:
    data = event.get("data") or {}
    event_type = event["type"]
    if event_type == "order.received":
        story.service = str(data.get("service", ""))
    elif event_type == "order.routed":
        story.flow = str(data.get("flow", ""))
        if story.flow in ("ordinary", "disaggregated"):
            story.outcome = story.flow
    elif event_type == "order.handed_back" and story.outcome != "refused":
        story.outcome = "timed_out" if data.get("reason") == "timeout" else "handed_back"
    elif event_type != "order.handed_back":
        story.outcome = _OUTCOMES.get(event_type, story.outcome)
