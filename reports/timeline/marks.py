"""From the events of one order to the marks of its drawing: when, on whose lane, what the flag says.

What lives here: the table from event types to marks. It must not know about pixels, columns or verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from reports.facts import BOOKED_CODES, CUSTOMER, ENGAGEMENT, NOT_BOOKED_CODES, OPERATOR, SMS_KINDS, TRIGGER_CODES
from reports.rome_time import Instant, parse_instant, wall_clock
from reports.words.labels import FLAGS, Term, same
from reports.words.masking import one_line
from reports.words.trace_names import DETAILS

MIDNIGHT = time.min
NAMED = ("flow", "reason", "cause")  # members whose values are words of the trace
LANE_ORDER = (OPERATOR, "tim", CUSTOMER, "visit")


@dataclass(frozen=True, slots=True)
class Mark:
    """One instant of an order: `tone` is plain, start, good, bad or quiet."""

    instant: Instant
    lane: str
    flag: Term
    meaning: Term
    tone: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an order's time: a booked band, a given up band, or suspended SLA."""

    start: Instant
    end: Instant
    kind: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant that something was due by; `verdict` is that of the finding that names it, if one does."""

    instant: Instant
    label: Term
    verdict: str = ""

    @property
    def shown_at(self) -> Instant:
        """Where it is drawn: a midnight closes the day before it."""
        return self.instant - 1 if wall_clock(self.instant).time() == MIDNIGHT else self.instant


# Event type -> (flag, lane, tone); lane "channel" = the lane of whoever acted.
_TYPES: Mapping[str, tuple[str, str, str]] = {
    "order.received": ("received", "operator", "plain"),
    "order.cancelled": ("cancelled", "operator", "bad"),
    "order.handed_back": ("handed_back", "tim", "bad"),
    "csv.deposited": ("csv", "operator", "plain"),
    "csv.fetched": ("fetched", "operator", "quiet"),
    "agent.opened": ("opened", "channel", "quiet"),
    "appointment.confirmed": ("confirmed", "channel", "good"),
    "appointment.rescheduled": ("rescheduled", "channel", "good"),
    "appointment.declined": ("declined", "channel", "bad"),
    "agent.rejected": ("rejected", "channel", "bad"),
    "visit.started": ("visit", "visit", "good"),
    "contact_policy.started": ("contact_policy", "tim", "quiet"),
    "commercial_service.started": ("commercial", "tim", "quiet"),
}
_TONES = {TRIGGER_CODES: "start", BOOKED_CODES: "good", NOT_BOOKED_CODES: "bad"}
_TONES_OF_CODES = {code: tone for codes, tone in _TONES.items() for code in codes}
_LISTED_ONLY = {
    "order.routed": "routed",
    "sla.suspended": "sla_suspended",
    "sla.resumed": "sla_resumed",
    "notification.answered": "answered",
}


def marks_of(events: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The marks of one order's events, in order of time.

    Events that nobody draws are left out; what is quiet counts once within an instant, such as a page opened twice.
    """
    marks = [mark for event in events if (mark := _mark(event))]
    told_apart = {
        (mark.instant, mark.lane, mark.meaning) if mark.tone == "quiet" else place: mark
        for place, mark in enumerate(marks)
    }
    return sorted(told_apart.values(), key=lambda mark: mark.instant)


def _mark(event: Mapping[str, Any]) -> Mark | None:
    data = event.get("data") or {}
    kind = str(event["type"])
    if kind == "notification.sent":
        code = one_line(data.get("code", "?"))
        return _made(event, "tim", same(code), _TONES_OF_CODES.get(code, "plain"))
    if kind == "sms.sent" and data.get("kind") in SMS_KINDS:
        return _made(event, "customer", FLAGS[data["kind"]][0], "start" if data["kind"] == ENGAGEMENT else "plain")
    if kind not in _TYPES:
        return None
    flag, lane, tone = _TYPES[kind]
    if lane == "channel":
        lane = OPERATOR if data.get("channel") == OPERATOR else CUSTOMER
    return _made(event, lane, FLAGS[flag][0], tone)


def _made(event: Mapping[str, Any], lane: str, flag: Term, tone: str) -> Mark:
    return Mark(
        parse_instant(event["time"]), lane, flag, meaning_of(event, has_path=False), tone, str(event.get("id", ""))
    )


def meaning_of(event: Mapping[str, Any], has_path: bool = True) -> Term:
    """An event in words, with the one detail that tells it from its like; the path of a file only where wanted."""
    data = event.get("data") or {}
    kind = str(event["type"])
    if kind == "notification.sent":
        text = one_line(f"{data.get('code', '?')} {data.get('label', '')}")
        return same(text)
    key = data.get("kind") if kind == "sms.sent" else _LISTED_ONLY.get(kind) or _TYPES.get(kind, ("",))[0]
    words = FLAGS[str(key)][1] if key in FLAGS else same(one_line(kind))
    detail = _detail(kind, data, has_path)
    return Term(f"{words.it}{detail.it}", f"{words.en}{detail.en}")


def _detail(kind: str, data: Mapping[str, Any], has_path: bool) -> Term:
    if kind == "agent.rejected":
        return _named(str(data.get("reason", "?")))
    if isinstance(data.get("slot"), Mapping):
        text = f": {band_text(data['slot'])}"
        return same(text)
    for member in ("flow", "reason", "name", "cause", "status", "path"):
        if member in data and (has_path or member != "path"):
            text = str(data[member])
            return _named(text) if member in NAMED else same(one_line(f": {text}"))
    return Term("", "")


def _named(name: str) -> Term:
    """A name of the trace behind the words of its event; one that nobody knows as it stands."""
    words = DETAILS.get(name, same(one_line(name)))
    return Term(f": {words.it}", f": {words.en}")


def band_text(slot: Mapping[str, Any]) -> str:
    """2026-03-10 08:00–10:00 for a slot of the trace."""
    start, end = (wall_clock(parse_instant(slot[edge])) for edge in ("start", "end"))
    return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}"


def spans_of(events: Iterable[Mapping[str, Any]], now: Instant | None = None) -> list[Span]:
    """The bands an order held (the last one booked, those before given up) and the stretches of suspended SLA.

    A suspension that is still open lasts until `now`, or until the last event where the trace has ended.
    """
    events = list(events)
    return _bands(events) + _suspensions(events, now)


def _bands(events: list[Mapping[str, Any]]) -> list[Span]:
    bands: dict[tuple[Instant, Instant], None] = {}
    for event in events:
        slot = (event.get("data") or {}).get("slot")
        if event["type"] in ("appointment.confirmed", "appointment.rescheduled") and isinstance(slot, Mapping):
            band = (parse_instant(slot["start"]), parse_instant(slot["end"]))
            bands.pop(band, None)
            bands[band] = None
    kinds = ["slot_left"] * (len(bands) - 1) + ["slot"]
    return [Span(start, end, kind) for (start, end), kind in zip(bands, kinds, strict=False)]


def _suspensions(events: list[Mapping[str, Any]], now: Instant | None) -> list[Span]:
    spans: list[Span] = []
    opened: Instant | None = None
    for event in events:
        if event["type"] == "sla.suspended" and opened is None:
            opened = parse_instant(event["time"])
        elif event["type"] == "sla.resumed" and opened is not None:
            spans.append(Span(opened, parse_instant(event["time"]), "sla"))
            opened = None
    if opened is not None:
        spans.append(Span(opened, now or max(parse_instant(event["time"]) for event in events), "sla"))
    return [span for span in spans if span.end > span.start]
