"""What an event of each type may say: its members, the wires, and the names that nobody knows.

What lives here: the vocabulary of a trace. It must not know the rules, nor how a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from reports.facts import (
    ACTIVITIES,
    CHANNELS,
    COMMERCIAL_SERVICES,
    EVENT_OF_ACT,
    FLOWS,
    LINE_STATES,
    OTHER_SERVICES,
    PROBES,
    SERVICES,
    SIDES_UNDER_TEST,
    SMS_KINDS,
)
from reports.judging.events import ORDER_TYPES, Event
from reports.rome_time import parse_instant

parsed = lru_cache(maxsize=4096)(parse_instant)
Check = Callable[[object], bool]


class Nothing:
    """The type of no value: each value has to be looked at."""


class Form(NamedTuple):
    """What a value must be, in words too; the type of which any value is right; the texts of which it is one."""

    holds: Check
    allowed: str
    right: type = Nothing
    choices: tuple[str, ...] = ()


MemberCheck = tuple[str, bool, type, Check, str]  # name, whether it may be missing, and its form


def _one_of(*choices: str) -> Form:
    known = frozenset(choices)
    return Form(lambda value: isinstance(value, str) and value in known, ", ".join(choices), choices=choices)


def is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and parsed(value) is not None
    except ValueError:
        return False


def _is_slot(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    start, end = value.get("start"), value.get("end")
    return isinstance(start, str) and isinstance(end, str) and _is_band(start, end)


@lru_cache(maxsize=4096)  # a trace repeats its slots
def _is_band(start: str, end: str) -> bool:
    if not (is_instant(start) and is_instant(end)):
        return False
    return parsed(start) <= parsed(end)  # a band can lie in the hour that March skips


def _is_row(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ROW)


ROW = ("order", "date", "link", "phone")
BAND = ("start", "end")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


INSTANT = Form(is_instant, "an existing moment, RFC 3339 with offset, such as 2026-03-03T07:00:00.000+01:00")
TEXT = Form(lambda value: isinstance(value, str), "a text", str)
NAME = Form(lambda value: isinstance(value, str) and value != "", "a text that is not empty")
FLAG = Form(lambda value: isinstance(value, bool), "true or false", bool)
NUMBER = Form(_is_number, "a whole number from 0")
TEXTS = Form(
    lambda value: isinstance(value, list) and all(isinstance(entry, str) for entry in value), "a list of texts"
)
SLOT = Form(_is_slot, "{start, end}: two existing moments, RFC 3339 with offset, the second not before the first")
ROWS = Form(
    lambda value: isinstance(value, list) and all(_is_row(entry) for entry in value),
    "a list of rows {order, date, link, phone}, all texts",
)
TABLE = Form(lambda value: isinstance(value, dict), "an object", dict)
CHANNEL = _one_of(*CHANNELS)

# Members by type: a trailing "?" marks one that may be missing.
MEMBERS: Mapping[str, Mapping[str, Form]] = {
    "operator.registered": {
        "operator": NAME, "project_codes": TEXTS, "delivery_codes": TEXTS, "agent_domain": NAME,
        "rendez_vous_domain?": NAME, "uses_4th_referent": FLAG, "regulated_access": FLAG,
        "engagement_text?": TEXT, "engagement_alias?": TEXT, "reminder_text?": TEXT, "reminder_alias?": TEXT,
        "commercial_services?": TEXTS, "telephone?": TEXT,
    },
    "order.received": {
        "operator": NAME, "service": _one_of(*SERVICES, *OTHER_SERVICES), "line_state": _one_of(*LINE_STATES),
        "project_code?": TEXT, "delivery_code?": TEXT, "disaggregated": FLAG, "pdc_disaggregated": FLAG,
        "phone": TEXT, "document?": TEXT, "activity?": _one_of(*ACTIVITIES), "territory?": TEXT,
    },
    "order.routed": {"flow": _one_of(*FLOWS), "diagnostics?": TEXTS},
    "order.cancelled": {"reason": TEXT},
    "order.handed_back": {"reason": TEXT},
    "notification.sent": {"operator": NAME, "code": NAME, "label?": TEXT, "slot?": SLOT, "document?": TEXT},
    "notification.answered": {
        "operator": NAME, "notification": NAME, "copy": NUMBER, "status": NUMBER, "reason?": TEXT,
        "meanwhile?": TEXTS,
    },
    "sms.sent": {
        "kind": _one_of(*SMS_KINDS), "to": TEXT, "alias": TEXT, "text": TEXT, "link?": TEXT,
        "slot?": SLOT, "encoding?": TEXT, "segments?": NUMBER,
    },
    "csv.deposited": {"operator": NAME, "path": NAME, "rows": ROWS, "malformed?": TABLE},
    "csv.fetched": {"operator": NAME, "path": NAME},
    "csv.missed": {"operator": NAME, "path": NAME},
    "notification.probed": {
        "operator": NAME, "kind": _one_of(*PROBES), "code": NAME, "status": NUMBER, "reason?": TEXT,
        "meanwhile?": TEXTS,
    },
    "request.limited": {"operator": NAME, "retry_after_seconds": NUMBER, "since_told_ms?": NUMBER},
    "appointment.confirmed": {"channel": CHANNEL, "slot": SLOT, "link?": TEXT},
    "appointment.rescheduled": {"channel": CHANNEL, "slot": SLOT, "previous": SLOT, "link?": TEXT},
    "appointment.declined": {"channel": CHANNEL, "link?": TEXT},
    "agent.opened": {"channel": CHANNEL, "link?": TEXT},
    "agent.rejected": {
        "channel": CHANNEL, "act": _one_of(*EVENT_OF_ACT), "reason": NAME, "slot?": SLOT,
        "link?": TEXT,
    },
    "visit.started": {"slot": SLOT},
    "contact_policy.started": {"attempt?": NUMBER},
    "sla.suspended": {"code": NAME},
    "sla.resumed": {"cause": NAME},
    "commercial_service.started": {"name": _one_of(*COMMERCIAL_SERVICES)},
    "slots.published": {"territory": NAME, "capacity": NUMBER, "slot?": SLOT},
    "scenario.finished": {
        "rule": NAME, "scenario": NAME, "outcome": _one_of("passed", "failed", "skipped"), "feature?": TEXT,
        "tests?": TEXT, "message?": TEXT, "file?": TEXT, "line?": NUMBER,
    },
    "trace.observes": {
        "sources": TEXTS, "from?": INSTANT, "until?": INSTANT, "readings?": TABLE,
        "under_test?": _one_of(*SIDES_UNDER_TEST),
    },
}  # fmt: skip
SAY_WHOSE = {"order.received", "notification.sent", "notification.answered", "notification.probed"}
OF_ORDERS = ORDER_TYPES - SAY_WHOSE
MEMBERS = {kind: {**members, "operator?": NAME} if kind in OF_ORDERS else members for kind, members in MEMBERS.items()}
CHECKS_OF: Mapping[str, Sequence[MemberCheck]] = {
    kind: [
        (member.rstrip("?"), member.endswith("?"), right, holds, allowed)
        for member, (holds, allowed, right, _) in members.items()
    ]
    for kind, members in MEMBERS.items()
}
KNOWN_MEMBERS = {kind: frozenset(member.rstrip("?") for member in members) for kind, members in MEMBERS.items()}
RECORDED_ONLY = frozenset({"csv.removed", "sms.delivered", "sms.undeliverable", "sms.received"})  # no rule reads them
WIRES = frozenset(
    {
        "/intake", "/notifications", "/sms", "/sftp", "/agent", "/field", "/telephone", "/commercial", "/sla", "/trace",
        "/features",
    }
)  # fmt: skip
NEEDS_NO_SUBJECT = frozenset({"slots.published", "scenario.finished", "trace.observes", "operator.registered"})
NEEDS_NO_SUBJECT |= {"csv.deposited", "csv.fetched", "csv.missed", "agent.rejected", "request.limited"}


def unknown_names(event: Event) -> Iterator[str]:
    """What an event says that no reader knows: its type, its wire, `type.member`."""
    known = KNOWN_MEMBERS.get(event.type)
    if known is None:
        if event.type not in RECORDED_ONLY:
            yield event.type
        return
    if event.source not in WIRES:
        yield event.source
    if not known.issuperset(event.data):
        yield from (f"{event.type}.{member}" for member in event.data.keys() - known)


def nearest_known(name: str) -> str | None:
    """The known type, wire or member that an unknown name resembles most."""
    kind = name.rpartition(".")[0]
    known = [f"{kind}.{other}" for other in KNOWN_MEMBERS.get(kind, ())] if kind in KNOWN_MEMBERS else []
    return next(iter(get_close_matches(name, known or [*KNOWN_MEMBERS, *RECORDED_ONLY, *WIRES], n=1)), None)
