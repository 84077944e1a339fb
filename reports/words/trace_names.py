"""Names as they stand in a trace (event types, services, reasons, parties, weekdays), in words for people.

What lives here: text only. It must not know what a trace looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.facts import WEEKDAYS
from reports.words.labels import FLAGS, REASONS, SERVICES, Term, same

_EVENTS = {
    "order.received": "received",
    "order.cancelled": "cancelled",
    "order.handed_back": "handed_back",
    "order.routed": "routed",
    "csv.deposited": "csv",
    "csv.fetched": "fetched",
    "agent.opened": "opened",
    "appointment.confirmed": "confirmed",
    "appointment.rescheduled": "rescheduled",
    "appointment.declined": "declined",
    "agent.rejected": "rejected",
    "visit.started": "visit",
    "contact_policy.started": "contact_policy",
    "commercial_service.started": "commercial",
    "sla.suspended": "sla_suspended",
    "sla.resumed": "sla_resumed",
    "notification.answered": "answered",
}
_FLOWS = {
    "service": Term("nel servizio", "service"),
    "ordinary": Term("processo ordinario", "ordinary"),
    "disaggregated": Term("disaggregato", "disaggregated"),
}

NAMES: Mapping[str, Term] = MappingProxyType(
    {
        **{name: same(service) for name, service in SERVICES.items()},
        **REASONS,
        **{event: FLAGS[flag][1] for event, flag in _EVENTS.items()},
        "notification.probed": Term("Notifica non autentica", "Notification that is not genuine"),
        "forged": Term("contraffatta", "forged"),
        "stale": Term("vecchia", "stale"),
        "replayed": Term("ripetuta", "replayed"),
        "request.limited": Term("Limite detto", "Limit told"),
        "csv.missed": Term("File chiesto che non c'è", "Missing file asked for"),
        "notification.sent": Term("Causale", "Causal"),
        "sms.sent": Term("SMS", "SMS"),
        "none": Term("nessuno", "none"),
        "no slot": Term("nessuna fascia", "no slot"),
        **{day.en: Term(day.it, day.en) for day in WEEKDAYS},
        "engagement": Term("di ingaggio", "of engagement"),
        "reminder": Term("di promemoria", "of reminder"),
        "customer": Term("il cliente", "customer"),
        "operator": Term("l'operatore", "operator"),
        "the operator": Term("l'operatore", "the operator"),
        **_FLOWS,
    }
)
# What an event says of itself (which flow, why it came back, what ended a suspension), behind the event's own words.
DETAILS: Mapping[str, Term] = MappingProxyType(
    {
        **REASONS,
        **_FLOWS,
        "timeout": Term("termine scaduto", "timeout"),
        "refused": Term("rifiuto", "refused"),
        "ineligible": Term("fuori dal servizio", "ineligible"),
        "bad_number": Term("numero non valido", "bad number"),
        "operator": Term("dall'operatore", "operator"),
        "appointment": Term("appuntamento", "appointment"),
        "booking": Term("prenotazione", "booking"),
        "visit": Term("visita", "visit"),
        "cancelled": Term("annullamento", "cancelled"),
    }
)
