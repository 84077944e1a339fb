"""An event of the trace in a few words, without anything personal: for the control room's log and for a terminal.

What lives here: what the log says of an event beyond what its mark on a timeline means, and why no answer came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reports.timeline.marks import meaning_of
from reports.words.labels import Term
from sim.sandbox.world.outbox import NOT_REACHED, TOO_SLOW

FLOW = ("flusso", "flow")
# The parts of the reasons for which no answer came, which the trace gives in English, and their Italian.
REASONS = tuple(
    (re.compile(english), italian)
    for english, italian in (
        (rf"^{NOT_REACHED}: ", "non raggiunto: "),
        (r"^no answer: ", "nessuna risposta: "),
        (rf"^{TOO_SLOW} (\S+ s)$", r"nessuna risposta entro \1"),
        (r"\bconnection refused$", "connessione rifiutata"),
        (r"\bno endpoint$", "senza indirizzo"),
        (r"\bno TLS at this port$", "niente TLS a questa porta"),
        (r"\bcertificate: ", "certificato: "),
        (r"\bhost (.+) is not known$", r"l'host \1 non è conosciuto"),
        (
            r"\baddress (\S+) is not allowed \(private addresses only with (\S+)\)$",
            r"l'indirizzo \1 non è ammesso (indirizzi privati solo con \2)",
        ),
    )
)


def reason_words(reason: str) -> Term:
    """Why no answer came to a notification."""
    italian = reason
    for part, replacement in REASONS:
        italian = part.sub(replacement, italian)
    return Term(italian, reason)


def was_reached(event: Mapping[str, Any]) -> bool:
    """Whether an event is anything but a notification for which no connection came about."""
    reason = str(event["data"].get("reason", ""))
    return event["type"] != "notification.answered" or not reason.startswith(NOT_REACHED)


def _answer(data: Mapping[str, Any]) -> Term:
    """What an endpoint answered, else why it did not."""
    if data["status"]:
        return Term(str(data["status"]), str(data["status"]))
    return reason_words(data["reason"]) if data.get("reason") else Term("nessuna risposta", "no answer")


WORDS: Mapping[str, Callable[[Any], Term]] = MappingProxyType(
    {
        "notification.answered": lambda data: Term(
            f"copia {data['copy']}: {_answer(data).it}", f"copy {data['copy']}: {_answer(data).en}"
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
