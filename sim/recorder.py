"""The trace as it is written: every wire hands in what it saw, and it becomes one CloudEvents 1.0 event.

Nothing is judged here. Times come from the clock that the recorder is given; ids count up within a world.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from reference_impl.civil_time import format_instant
from reference_impl.ports import OrderKey, Slot, members_of

Event = dict[str, object]
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: a fifth of the time of a line


class Recorder:
    """Keeps the events of one world in the order in which they happened."""

    def __init__(self, now: Callable[[], int], world: str = "") -> None:
        self.events: list[Event] = []
        self._now = now
        self._world = world

    def record(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> str:
        """Add an event and return its id. A `Slot` among the data is written as start and end.

        The subject of an order's event is its code; `operator` in the data says whose code it is.
        """
        event_id = self._next_id()
        event: Event = {"specversion": "1.0", "id": event_id, "source": source, "type": type}
        owner: dict[str, object] = {}
        if isinstance(subject, OrderKey):
            owner, subject = {"operator": subject.operator}, subject.code
        if subject is not None:
            event["subject"] = subject
        event["time"] = _instant_text(self._now(), milliseconds=True)
        if self._world:
            event["world"] = self._world
        event["data"] = owner | {
            name: slot_members(value) if isinstance(value, Slot) else value for name, value in members_of(data).items()
        }
        self.events.append(event)
        return event_id

    def record_again(self, events: Iterable[Event]) -> None:
        """Add events that another recorder, or this one before a reset, has recorded: only their ids are new."""
        for event in events:
            self.events.append({**event, "id": self._next_id()})

    def _next_id(self) -> str:
        return f"{self._world or 'event'}-{len(self.events) + 1:05d}"


def slot_members(slot: Slot) -> dict[str, str]:
    """A slot as the trace shows it: start and end, RFC 3339."""
    return {"start": _instant_text(slot.start), "end": _instant_text(slot.end)}


@lru_cache(maxsize=4096)  # many events of one instant, the same slots again and again: a tenth of an exploration's time
def _instant_text(instant: int, milliseconds: bool = False) -> str:
    return format_instant(instant, milliseconds)


def to_json_line(event: Mapping[str, object]) -> str:
    """One event as one line, without the line end: the same event gives the same bytes."""
    return _COMPACT.encode(event)
