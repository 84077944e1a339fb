"""The JSON bodies that say what happened in a world: events, SMS, files, the timeline of an order."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from sim.sandbox.http.models import Body, Instant


class MarkOut(Body):
    """One thing that happened to an order, and on whose side."""

    at: Instant
    lane: Literal["Operator", "TIM", "Customer", "Visit"]
    meaning: str


class SpanOut(Body):
    """A stretch of an order's time: `slot`, `slot_left` (given up) or `sla` (suspended)."""

    start: Instant
    end: Instant
    kind: Literal["slot", "slot_left", "sla"]
    meaning: str


class DueOut(Body):
    """An instant, to come or gone by, at which something is due."""

    at: Instant
    meaning: str


class TimelineOut(Body):
    """The life of an order up to now, and what it waits for."""

    order: str
    operator: str
    now: Instant
    marks: list[MarkOut]
    spans: list[SpanOut]
    due: list[DueOut]


class EventOut(BaseModel):
    """One event of the trace, CloudEvents 1.0."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str | None = None
    time: str
    world: str | None = None
    data: dict[str, Any]


class EventsOut(Body):
    """Events after a position; `last` is the position to ask from the next time."""

    events: list[EventOut]
    last: int


class SmsOut(Body):
    """An SMS: what it says, what it costs, what became of it. `copies` = how many times it has arrived."""

    id: str
    order: str | None
    operator: str | None
    kind: str
    to: str
    alias: str
    text: str
    encoding: str
    units: int
    segments: int
    link: str | None
    local_link: str | None = Field(description="the same link, at the address of this sandbox")
    at: Instant
    copies: int
    trail: list[TrailOut]


class TrailOut(Body):
    """One step of an SMS on its way."""

    state: str
    at: Instant


class SmsListOut(Body):
    """Messages in the order in which they were sent."""

    messages: list[SmsOut]


class FileOut(Body):
    """A file on the SFTP site."""

    operator: str
    name: str
    bytes: int
    at: Instant


class FilesOut(Body):
    """All files in sight."""

    files: list[FileOut]
