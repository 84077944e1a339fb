"""From the events of one order to the marks of its drawing: when, on whose lane, what the flag says.

What lives here: the table from event types to marks. It must not know pixels, pages or rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reference_impl.civil_time import parse_instant
from reference_impl.ports import Slot
from sim.sandbox.pages.civil_words import band_words, short_day_of

LANES = ("Operator", "TIM", "Customer", "Visit")
ENDING_CODES = {"AC": "start", "CO": "start", "W09": "good", "PA": "good", "W24": "bad", "Z36": "bad"}
SMS_FLAGS = {"engagement": ("SMS", "Engagement SMS", "start"), "reminder": ("Reminder", "Reminder SMS", "plain")}
BY_CHANNEL = "channel"
# Event type -> lane, flag, meaning, tone.
FLAGS: Mapping[str, tuple[str, str, str, str]] = {
    "order.received": ("Operator", "OL", "Work order received", "plain"),
    "order.cancelled": ("Operator", "Cancels", "Order cancelled", "bad"),
    "order.handed_back": ("TIM", "Back", "Order handed back", "bad"),
    "csv.deposited": ("Operator", "CSV", "CSV file deposited", "plain"),
    "csv.fetched": ("Operator", "Fetches", "CSV file fetched", "quiet"),
    "agent.opened": (BY_CHANNEL, "Opens", "Opens the Virtual Agent", "quiet"),
    "appointment.confirmed": (BY_CHANNEL, "Books", "Fixes the appointment", "good"),
    "appointment.rescheduled": (BY_CHANNEL, "Moves", "Moves the appointment", "good"),
    "appointment.declined": (BY_CHANNEL, "Declines", "Declines to book", "bad"),
    "agent.rejected": (BY_CHANNEL, "Rejected", "Act rejected", "bad"),
    "visit.started": ("Visit", "Visit", "Technician's visit", "good"),
    "contact_policy.started": ("TIM", "PdC", "Telephone contact policy", "quiet"),
    "commercial_service.started": ("TIM", "Comm.", "Commercial service started", "quiet"),
    "sms.undeliverable": ("Customer", "Lost", "The SMS could not be delivered", "bad"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One instant of an order; `tone` is plain, start, good, bad or quiet."""

    instant: int
    lane: str
    flag: str
    meaning: str
    tone: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an order's time; `kind` is slot, slot_left (given up) or sla (suspended)."""

    start: int
    end: int
    kind: str
    meaning: str


def marks_of(events: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The marks of one order's events; the same flag on one lane within an instant counts once."""
    found = {(mark.instant, mark.lane, mark.flag): mark for event in events if (mark := _mark(event))}
    return list(found.values())


def _mark(event: Mapping[str, Any]) -> Mark | None:
    data, kind, at = event["data"], event["type"], parse_instant(event["time"])
    if kind == "notification.sent":
        tone = ENDING_CODES.get(data["code"], "plain")
        return Mark(at, "TIM", data["code"], f"{data['code']} {data['label']}", tone)
    if kind == "sms.sent" and data["kind"] in SMS_FLAGS:
        flag, meaning, tone = SMS_FLAGS[data["kind"]]
        return Mark(at, "Customer", flag, meaning, tone)
    if kind not in FLAGS:
        return None
    lane, flag, meaning, tone = FLAGS[kind]
    if lane == BY_CHANNEL:
        lane = "Operator" if data["channel"] == "operator" else "Customer"
    return Mark(at, lane, flag, meaning + detail_of(data), tone)


def detail_of(data: Mapping[str, Any]) -> str:
    """The one thing that tells an event from its like."""
    if "reason" in data:
        return f": {str(data['reason']).replace('_', ' ')}"
    if "slot" in data:
        slot = slot_of(data)
        return f": {short_day_of(slot.start)} {band_words(slot)}"
    return ""


def slot_of(data: Mapping[str, Any]) -> Slot:
    """The slot of an event's data."""
    return Slot(parse_instant(data["slot"]["start"]), parse_instant(data["slot"]["end"]))


def spans_of(events: Sequence[Mapping[str, Any]], now: int) -> list[Span]:
    """The bands that an order holds and held, and the stretches in which its SLA was suspended."""
    return [*_bands(events), *_suspensions(events, now)]


def _bands(events: Sequence[Mapping[str, Any]]) -> list[Span]:
    held: dict[Slot, None] = {}
    for event in events:
        if event["type"] in ("appointment.confirmed", "appointment.rescheduled"):
            slot = slot_of(event["data"])
            held.pop(slot, None)
            held[slot] = None
    kinds = [("slot_left", "Band given up")] * (len(held) - 1) + [("slot", "Booked band")]
    return [Span(slot.start, slot.end, *kind) for slot, kind in zip(held, kinds, strict=False)]


def _suspensions(events: Sequence[Mapping[str, Any]], now: int) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None
    for event in events:
        if event["type"] == "sla.suspended" and opened is None:
            opened = parse_instant(event["time"])
        elif event["type"] == "sla.resumed" and opened is not None:
            spans.append(Span(opened, parse_instant(event["time"]), "sla", "SLA suspended"))
            opened = None
    if opened is not None:
        spans.append(Span(opened, now, "sla", "SLA suspended"))
    return [span for span in spans if span.end > span.start]
