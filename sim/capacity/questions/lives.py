"""Compares the lives of sampled orders: which orders live differently under another reading of the text.

What lives here: a trace taken apart by order. It must not know which reading was changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.recorder import Event

Key = tuple[str, str]  # the operator and the code
Lives = Mapping[Key, Sequence[Event]]
NO_ORDERS = ("operator.registered", "slots.published", "trace.observes")

WRITTEN = frozenset({"text", "link", "path", "date", "phone"})


@dataclass(frozen=True, slots=True)
class Example:
    """One order lived twice: its events under the scenario's own reading and under the other."""

    operator: str
    order: str
    now: Sequence[Event]
    other: Sequence[Event]


def lives_of(trace: Sequence[Event]) -> Lives:
    """The events of each order, and of a file the row that is the order's own."""
    lives: dict[Key, list[Event]] = {}
    for event in trace:
        data: Mapping[str, Any] = event["data"]  # type: ignore[assignment]
        if event["type"] == "csv.deposited":
            for row in data["rows"]:
                own = {**event, "data": {**data, "rows": [row]}}
                lives.setdefault((data["operator"], row["order"]), []).append(own)
        elif event["type"] not in NO_ORDERS:
            lives.setdefault((data["operator"], str(event["subject"])), []).append(event)
    return lives


def different_lives(now: Lives, other: Lives) -> list[Key]:
    """The orders that do not live the same, to the millisecond and the byte; the shortest lives first."""
    keys = [key for key in now if _event_texts(now[key]) != _event_texts(other.get(key, ()))]
    return sorted(keys, key=lambda key: (len(now[key]) + len(other.get(key, ())), key))


def happens_otherwise(now: Sequence[Event], other: Sequence[Event]) -> bool:
    """Whether two lives differ in more than what is written: in what happens, and when, and who does it."""
    return [_happening(event) for event in now] != [_happening(event) for event in other]


def _happening(event: Event) -> tuple[object, ...]:
    subject = None if event["type"] == "csv.deposited" else event.get("subject")  # the name of a file is written too
    return event["type"], event["time"], subject, _without_writing(event["data"])


def _without_writing(value: object) -> object:
    """A value without the texts, addresses and forms in it."""
    if isinstance(value, Mapping):
        return {name: _without_writing(item) for name, item in value.items() if name not in WRITTEN}
    return [_without_writing(item) for item in value] if isinstance(value, list | tuple) else value


def example_of(now: Lives, other: Lives, different: Sequence[Key]) -> Example | None:
    """The smallest of the orders that live otherwise."""
    return Example(*different[0], now[different[0]], other.get(different[0], ())) if different else None


def _event_texts(events: Sequence[Event]) -> list[str]:
    """The events of a life as texts; the number of an event is no part of them."""
    return [json.dumps({**event, "id": ""}, sort_keys=True, default=str) for event in events]
