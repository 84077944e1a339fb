"""The story of one order: its events by type, its rows in CSV files, its appointments.

What lives here: arranging what happened to one order so that checkers find it quickly. It must not know the rules, nor
whose order an event is (`order_owners`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.facts import (
    AGENT_EVENTS,
    BOOKED_CODES,
    ENDING_CODES,
    ENGAGEMENT,
    FIRST_CODES,
    IN_SERVICE,
    NOT_BOOKED_CODES,
    REMINDER,
    SERVICE_CODES,
    Causals,
    causals_of,
)
from reports.judging.events import Event, Slot, in_order, merged, slot_of
from reports.judging.worked_out import Remembering, worked_out
from reports.rome_time import Instant

FIXING = ("appointment.confirmed", "appointment.rescheduled")  # what fixes an appointment
FLOW_SHOWN_BY = {"sms.sent": IN_SERVICE, "order.handed_back": "rejected"}  # an order.routed names its flow


class Appointment(NamedTuple):
    """An appointment from the act that fixed it until the act that ended it, if any."""

    act: Event
    slot: Slot
    until: Event | None
    moves: int

    def in_force(self, at: Instant) -> bool:
        return self.act.at <= at and (self.until is None or self.until.at > at)


def _notices(codes: frozenset[str]) -> worked_out[OrderStory, Sequence[Event]]:
    """The notifications that carry one of these causal codes, of either family."""
    return worked_out(lambda order: merged([*map(order.by_code.__getitem__, codes.intersection(order.by_code))]))


@dataclass(slots=True)
class OrderStory(Remembering):
    """What the trace tells of one order: its events by type, and its rows in CSV files.

    `shares_its_code` where another operator has an order of the same code. `unattributed` are events that may be of
    this order or of one that shares its code. `known_until` is where a story ends that was cut (see `cut_before`).
    `name` is its code, with the operator where two operators use the same one.
    """

    code: str
    operator: str = ""
    received: Event | None = None
    by_type: dict[str, list[Event]] = field(default_factory=dict)
    rows: list[tuple[Event, Mapping[str, str]]] = field(default_factory=list)
    shares_its_code: bool = False
    unattributed: list[Event] = field(default_factory=list)
    known_until: Instant | None = None
    name: str = field(init=False)
    service: str = field(init=False)
    causals: Causals | None = field(init=False)

    def __post_init__(self) -> None:
        self.name = f"{self.code} ({self.operator or '?'})" if self.shares_its_code else self.code
        self._note_service()

    def take(self, event: Event) -> None:
        """One more event of the order, in the order of the trace."""
        kind = event.type
        if kind in self.by_type:
            self.by_type[kind].append(event)
        else:
            self.by_type[kind] = [event]
        self.forget_facts()
        if kind == "order.received" and self.received is None:
            self.received = event
            self._note_service()

    def take_row(self, deposit: Event, row: Mapping[str, str]) -> None:
        """One more row of the order, in that file."""
        self.rows.append((deposit, row))
        self.forget_facts()

    def _note_service(self) -> None:
        self.service = str(self.received.data["service"]) if self.received else ""
        self.causals = causals_of(self.service)

    def cut_before(self, event: Event) -> OrderStory:
        """The story as it was known just before that event."""
        return self._cut(lambda other: other.index < event.index, event.at)

    def began_by(self, instant: Instant) -> bool:
        """Whether anything was told of the order by then."""
        return self.began_at is not None and self.began_at <= instant

    @property
    def began_at(self) -> Instant | None:
        """When the first thing was told of the order: no event is earlier than the first of its type."""
        earliest = self.rows[0][0].at if self.rows else None
        for events in self.by_type.values():
            if events and (earliest is None or events[0].at < earliest):
                earliest = events[0].at
        return earliest

    def cut_after(self, instant: Instant) -> OrderStory:
        """The story as it was known at that instant."""
        end = instant if self.known_until is None else min(instant, self.known_until)
        return self._cut(lambda other: other.at <= instant, end)

    def _cut(self, is_known: Callable[[Event], bool], known_until: Instant) -> OrderStory:
        by_type = {kind: [event for event in events if is_known(event)] for kind, events in self.by_type.items()}
        rows = [(deposit, row) for deposit, row in self.rows if is_known(deposit)]
        received = self.received if self.received is not None and is_known(self.received) else None
        shared = self.shares_its_code
        unattributed = [event for event in self.unattributed if is_known(event)]
        return OrderStory(self.code, self.operator, received, by_type, rows, shared, unattributed, known_until)

    def of(self, kind: str) -> Sequence[Event]:
        """The events of a type, in the order of the trace."""
        return self.by_type.get(kind, ())

    def of_any(self, *types: str) -> Sequence[Event]:
        """The events of these types, in the order of the trace."""
        lists = []
        for kind in types:  # five times as fast as a comprehension where nearly all types are missing
            if kind in self.by_type:
                lists.append(self.by_type[kind])
        return merged(lists)

    @worked_out
    def acts(self) -> Sequence[Event]:
        """The acts in the Virtual Agent, accepted and rejected."""
        return self.of_any(*AGENT_EVENTS)

    @worked_out
    def deposits(self) -> Sequence[Event]:
        """The files in which its rows stand, one for each row."""
        return [deposit for deposit, _ in self.rows]

    @worked_out
    def engagements(self) -> Sequence[Event]:
        """The engagement SMS."""
        return [event for event in self.of("sms.sent") if event.data["kind"] == ENGAGEMENT]

    @worked_out
    def reminders(self) -> Sequence[Event]:
        """The reminder SMS."""
        return [event for event in self.of("sms.sent") if event.data["kind"] == REMINDER]

    @worked_out
    def engaged_at(self) -> Instant | None:
        """When the first engagement SMS left."""
        sent = self.engagements
        return sent[0].at if sent else None

    @worked_out
    def by_code(self) -> Mapping[str, Sequence[Event]]:
        """The notifications by the causal code that they carry."""
        by_code: dict[str, list[Event]] = {}
        for event in self.of("notification.sent"):
            by_code.setdefault(event.data["code"], []).append(event)
        return by_code

    def noticed(self, *codes: str) -> Sequence[Event]:
        """The notifications that carry one of these causal codes."""
        return merged([self.by_code[code] for code in codes if code in self.by_code])

    first_notices = _notices(FIRST_CODES)
    booked_notices = _notices(BOOKED_CODES)
    not_booked_notices = _notices(NOT_BOOKED_CODES)
    ending_notices = _notices(ENDING_CODES)
    service_notices = _notices(SERVICE_CODES)

    def rejected(self, *acts: str) -> list[Event]:
        """The acts of these kinds that the Virtual Agent turned down."""
        rejected = self.by_type.get("agent.rejected")
        return [event for event in rejected if event.data["act"] in acts] if rejected else []

    @worked_out
    def attempts(self) -> Sequence[Event]:
        """Confirmations, accepted and rejected."""
        confirmed, rejected = self.of("appointment.confirmed"), self.rejected("confirm")
        return merged([confirmed, rejected]) if rejected else confirmed

    def first(self, kind: str, *more_types: str) -> Event | None:
        if not more_types:
            events = self.by_type.get(kind)
            return events[0] if events else None
        return min(self.firsts(kind, *more_types), key=in_order, default=None)

    def firsts(self, *types: str) -> list[Event]:
        """The first event of each of these types, in no order."""
        return [events[0] for kind in types if (events := self.by_type.get(kind))]

    @worked_out
    def flow(self) -> str | None:
        """Where the order was seen to go: a flow, `rejected` at intake, or None while nothing tells."""
        first_sign = None
        for signs in (self.of("order.routed"), self.engagements, self.of("order.handed_back")):
            if signs and (first_sign is None or signs[0].index < first_sign.index):
                first_sign = signs[0]
        if first_sign is None:
            return None
        return FLOW_SHOWN_BY.get(first_sign.type) or str(first_sign.data["flow"])

    @worked_out
    def appointments(self) -> list[Appointment]:
        """The appointments in the order in which they were fixed; a second confirmation does not fix another."""
        acts = self.of_any(*FIXING, "order.cancelled")
        fixed: list[Appointment] = []
        for act in acts:
            if fixed and act.type == "appointment.confirmed":
                continue
            if fixed and fixed[-1].until is None:
                fixed[-1] = fixed[-1]._replace(until=act)
            if act.type != "order.cancelled" and (slot := slot_of(act)) is not None:
                fixed.append(Appointment(act, slot, None, fixed[-1].moves + 1 if fixed else 0))
        return fixed

    def appointment_before(self, event: Event) -> Appointment | None:
        """The appointment in force when that event came."""
        for appointment in reversed(self.appointments):
            if appointment.act.index < event.index:
                until = appointment.until
                return appointment if until is None or until.index >= event.index else None
        return None

    def before(self, event: Event, *types: str) -> Sequence[Event]:
        """The events of these types that stand before that event in the trace."""
        events = self.of_any(*types)
        return [event_before for event_before in events if event_before.index < event.index] if events else events
