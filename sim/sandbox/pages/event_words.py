"""An event of the trace in a few words, without anything personal: for the control room's log and for a terminal.

What lives here: what the log says of an event beyond what its mark on a timeline means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reports.timeline.marks import meaning_of

WORDS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "notification.answered": lambda data: f"copy {data['copy']}: {data['status'] or 'no answer'}",
        "order.routed": lambda data: ", ".join([data["flow"], *data["diagnostics"]]),
        "slots.published": lambda data: f"{data['territory']}: {data['capacity']} technicians",
        "sla.suspended": lambda data: f"SLA suspended by {data['code']}",
        "sla.resumed": lambda data: f"SLA resumed by {data['cause']}",
    }
)


def words_of(event: Mapping[str, Any]) -> str:
    """What an event says; the path of a file is its subject, which stands beside."""
    kind, data = str(event["type"]), event["data"]
    if kind in WORDS:
        return WORDS[kind](data)
    return meaning_of(event, has_path=False).en.replace(kind, kind.replace(".", " "))
