"""An event of the trace in a few words, without anything personal: for the control room's log and for a terminal.

What lives here: what the log says of an event beyond what its mark on a timeline means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reports.timeline.marks import meaning_of
from reports.words.labels import Term

FLOW = ("flusso", "flow")
WORDS: Mapping[str, Callable[[Any], Term]] = MappingProxyType(
    {
        "notification.answered": lambda data: Term(
            f"copia {data['copy']}: {data['status'] or 'nessuna risposta'}",
            f"copy {data['copy']}: {data['status'] or 'no answer'}",
        ),
        "order.routed": lambda data: Term(
            *[f"{flow} {', '.join([data['flow'], *data['diagnostics']])}" for flow in FLOW]
        ),
        "sms.delivered": lambda data: Term("SMS consegnato", "SMS delivered"),
        "sms.undeliverable": lambda data: Term("SMS non consegnabile", "SMS undeliverable"),
        "slots.published": lambda data: Term(
            f"{data['territory']}: {data['capacity']} tecnici", f"{data['territory']}: {data['capacity']} technicians"
        ),
        "sla.suspended": lambda data: Term(f"SLA sospeso da {data['code']}", f"SLA suspended by {data['code']}"),
        "sla.resumed": lambda data: Term(f"SLA ripreso per {data['cause']}", f"SLA resumed by {data['cause']}"),
    }
)


def words_of(event: Mapping[str, Any], language: str = "en") -> str:
    """What an event says; the path of a file is its subject, which stands beside."""
    kind, data = str(event["type"]), event["data"]
    term = WORDS[kind](data) if kind in WORDS else meaning_of(event, has_path=False)
    return term.in_language(language).replace(kind, kind.replace(".", " "))
