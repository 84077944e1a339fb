"""Reads a trace strictly: JSON Lines of CloudEvents in, checked events out, or one InputError and nothing judged.

What lives here: the form of a trace. It must not know the rules: an event that is well formed but wrong for the
service is the judge's matter.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from reports.facts import (
    ACTIVITIES,
    CHANNELS,
    COMMERCIAL_SERVICES,
    EVENT_OF_ACT,
    FLOWS,
    LINE_STATES,
    OTHER_SERVICES,
    SERVICES,
    SIDES_UNDER_TEST,
    SMS_KINDS,
)
from reports.judging.errors import InputError
from reports.judging.events import Event
from reports.judging.profiles import declare
from reports.rome_time import parse_instant

ENVELOPE = ("specversion", "id", "source", "type", "time")

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no text can be written with it

_instant = lru_cache(maxsize=4096)(parse_instant)
Check = Callable[[object], bool]


def _one_of(*allowed: str) -> tuple[Check, str]:
    return (lambda value: isinstance(value, str) and value in allowed), ", ".join(allowed)


def _is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and _instant(value) is not None
    except ValueError:
        return False


def _is_slot(value: object) -> bool:
    if not isinstance(value, dict) or not (_is_instant(value.get("start")) and _is_instant(value.get("end"))):
        return False
    return _instant(value["start"]) < _instant(value["end"])


def _is_row(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) for key in ("order", "date", "link", "phone")
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


INSTANT = (_is_instant, "an existing moment, RFC 3339 with offset, such as 2026-03-03T07:00:00.000+01:00")
TEXT = ((lambda value: isinstance(value, str)), "a text")
NAME = ((lambda value: isinstance(value, str) and value != ""), "a text that is not empty")
FLAG = ((lambda value: isinstance(value, bool)), "true or false")
NUMBER = (_is_number, "a whole number from 0")
TEXTS = (
    (lambda value: isinstance(value, list) and all(isinstance(entry, str) for entry in value)),
    "a list of texts",
)
SLOT = (_is_slot, "{start, end}: two existing moments, RFC 3339 with offset, the first before the second")
ROWS = (
    (lambda value: isinstance(value, list) and all(_is_row(entry) for entry in value)),
    "a list of rows {order, date, link, phone}, all texts",
)
TABLE = ((lambda value: isinstance(value, dict)), "an object")
CHANNEL = _one_of(*CHANNELS)

# Members by type: a trailing "?" marks one that may be missing.
MEMBERS: Mapping[str, Mapping[str, tuple[Check, str]]] = {
    "operator.registered": {
        "operator": NAME, "project_codes": TEXTS, "delivery_codes": TEXTS, "agent_domain": NAME,
        "rendez_vous_domain?": NAME, "uses_4th_referent": FLAG, "regulated_access": FLAG,
        "engagement_text?": TEXT, "engagement_alias?": TEXT, "reminder_text?": TEXT, "reminder_alias?": TEXT,
        "commercial_services?": TEXTS,
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
    "notification.answered": {"operator": NAME, "notification": NAME, "copy": NUMBER, "status": NUMBER},
    "sms.sent": {
        "kind": _one_of(*SMS_KINDS), "to": TEXT, "alias": TEXT, "text": TEXT, "link?": TEXT,
        "slot?": SLOT,
    },
    "csv.deposited": {"operator": NAME, "path": NAME, "rows": ROWS},
    "csv.fetched": {"operator": NAME, "path": NAME},
    "appointment.confirmed": {"channel": CHANNEL, "slot": SLOT, "link?": TEXT},
    "appointment.rescheduled": {"channel": CHANNEL, "slot": SLOT, "previous": SLOT, "link?": TEXT},
    "appointment.declined": {"channel": CHANNEL},
    "agent.opened": {"channel": CHANNEL},
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
        "tests?": TEXT, "message?": TEXT,
    },
    "trace.observes": {
        "sources": TEXTS, "from?": INSTANT, "until?": INSTANT, "readings?": TABLE,
        "under_test?": _one_of(*SIDES_UNDER_TEST),
    },
}  # fmt: skip
NEEDS_NO_SUBJECT = frozenset({"slots.published", "scenario.finished", "trace.observes", "operator.registered"})
NEEDS_NO_SUBJECT |= {"csv.deposited", "csv.fetched", "agent.rejected"}


def read_trace(path: str) -> list[dict[str, Any]]:
    """The events of a trace file, `-` for standard input; InputError names file, line, member, what is allowed."""
    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input", "is closed", "a trace in JSON Lines")
        return parse_lines(_decoded(sys.stdin.buffer.read(), "standard input").split("\n"), "standard input")
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        raise InputError(path, f"cannot be read: {problem.strerror}", "a readable trace in JSON Lines") from problem
    return parse_lines(_decoded(data, path).split("\n"), path)


def parse_lines(lines: Iterable[str], name: str) -> list[dict[str, Any]]:
    """The events of some lines, checked as a whole trace."""
    events: list[dict[str, Any]] = []
    places: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            events.append(_parsed(line, f"{name}, line {number}"))
            places.append(f"{name}, line {number}")
    for _ in checked_events(events, places):
        pass
    return events


def checked_events(events: Iterable[Mapping[str, Any]], places: list[str] | None = None) -> Iterator[Event]:
    """The same events as checked records; places tell where each stood ("event 3" if none are given)."""
    ids: set[str] = set()
    latest = None
    for index, raw in enumerate(events):
        place = places[index] if places else f"event {index + 1}"
        event = _checked(raw, index, place)
        if event.id in ids:
            raise InputError(f"{place}, member id", f"{_shortened(event.id)} stands twice", "each id once in a trace")
        if latest is not None and event.at < latest:
            raise InputError(f"{place}, member time", f"{raw['time']} goes back", "events in order of time")
        ids.add(event.id)
        latest = event.at
        yield event


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(f"{name}, line {line}", "is not UTF-8", "JSON Lines in UTF-8") from problem


def _parsed(line: str, place: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise InputError(place, f"broken JSON: {_reason_of(problem)}", "one JSON object a line") from problem
    if not isinstance(event, dict):
        raise InputError(place, f"{_shortened(event)} instead of an object", "one JSON object a line")
    if "\\u" in line and SURROGATE.search(json.dumps(event, ensure_ascii=False)):
        raise InputError(place, "a text with half a character, \\ud800 to \\udfff alone", "whole characters")
    return event


def _reason_of(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg}, column {problem.colno}"
    return "too deep" if isinstance(problem, RecursionError) else "a number with too many digits"


def _checked(raw: Mapping[str, Any], index: int, place: str) -> Event:
    for member in ENVELOPE:
        if member not in raw:
            raise InputError(f"{place}, member {member}", "is missing", f"the members {', '.join(ENVELOPE)}")
        if not isinstance(raw[member], str) or not raw[member]:
            raise InputError(f"{place}, member {member}", f"impossible value {_shortened(raw[member])}", NAME[1])
    if raw["specversion"] != "1.0":
        raise InputError(f"{place}, member specversion", f"impossible value {_shortened(raw['specversion'])}", "1.0")
    if not _is_instant(raw["time"]):
        raise InputError(f"{place}, member time", f"impossible value {_shortened(raw['time'])}", INSTANT[1])
    subject, world = raw.get("subject", ""), raw.get("world", "")
    for member, value in (("subject", subject), ("world", world)):
        if not isinstance(value, str):
            raise InputError(f"{place}, member {member}", f"impossible value {_shortened(value)}", TEXT[1])
    data = raw.get("data", {})
    known = MEMBERS.get(raw["type"])
    if known is not None:
        _check_data(known, raw, data, place)
    return Event(raw["id"], raw["type"], raw["source"], subject, world, _instant(raw["time"]), index, data)


def _check_data(known: Mapping[str, tuple[Check, str]], raw: Mapping[str, Any], data: object, place: str) -> None:
    if not isinstance(data, dict):
        raise InputError(f"{place}, member data", f"impossible value {_shortened(data)}", "an object")
    if not raw.get("subject") and raw["type"] not in NEEDS_NO_SUBJECT:
        raise InputError(f"{place}, member subject", "is missing", "the order code")
    for member, (holds, allowed) in known.items():
        name = member.rstrip("?")
        value = data.get(name)
        if value is None:
            if member != name:
                continue
            raise InputError(f"{place}, member data.{name}", "is missing", allowed)
        if not holds(value):
            raise InputError(f"{place}, member data.{name}", f"impossible value {_shortened(value)}", allowed)
    if raw["type"] == "trace.observes" and data.get("readings"):
        declare(data["readings"], f"{place}, member data.readings")


def _shortened(value: object) -> str:
    """The value as JSON on one line, not too long."""
    written = json.dumps(value, ensure_ascii=False)
    text = written if written.isprintable() else json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
