"""An event of the trace in a few words, without anything personal: for the control room's log and for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.sandbox.pages.order_marks import FLAGS, SMS_FLAGS, detail_of

WORDS: Mapping[str, Callable[[Any], str]] = {
    "notification.sent": lambda data: f"{data['code']} {data['label']}",
    "notification.answered": lambda data: f"copy {data['copy']}: {data['status'] or 'no answer'}",
    "sms.sent": lambda data: SMS_FLAGS[data["kind"]][1],
    "order.routed": lambda data: ", ".join([data["flow"], *data["diagnostics"]]),
    "slots.published": lambda data: f"{data['territory']}: {data['capacity']} technicians",
    "sla.suspended": lambda data: f"SLA suspended by {data['code']}",
    "sla.resumed": lambda data: f"SLA resumed by {data['cause']}",
}


def words_of(kind: str, data: Any) -> str:
    """What an event says, by its type and data."""
    if kind in WORDS:
        return WORDS[kind](data)
    return FLAGS[kind][2] + detail_of(data) if kind in FLAGS else kind.replace(".", " ")
