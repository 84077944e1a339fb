"""Reads a trace strictly: JSON Lines of CloudEvents in, checked events out, or one InputError and nothing judged.

What lives here: reading a trace and checking its form. It must not know the rules: an event that is well formed but
wrong for the service is the judge's matter.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reports.judging.errors import InputError
from reports.judging.event_forms import (
    INSTANT,
    MEMBERS,
    NAME,
    NEEDS_NO_SUBJECT,
    TEXT,
    Check,
    is_instant,
    parsed,
    unknown_names,
)
from reports.judging.events import Event
from reports.judging.profiles import declare
from reports.judging.unpacking import decompressed

ENVELOPE = ("specversion", "id", "source", "type", "time")

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no text can be written with it


def read_trace(path: str) -> list[dict[str, Any]]:
    """The events of a trace file, `-` for standard input; InputError names file, line, member, what is allowed."""
    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input", "is closed", "a trace in JSON Lines")
        data = decompressed(sys.stdin.buffer.read(), "standard input")
        return parse_lines(_decoded(data, "standard input").split("\n"), "standard input")
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        raise InputError(path, f"cannot be read: {problem.strerror}", "a readable trace in JSON Lines") from problem
    return parse_lines(_decoded(decompressed(data, path), path).split("\n"), path)


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


def checked_events(
    events: Iterable[Mapping[str, Any]], places: list[str] | None = None, ignored: Counter[str] | None = None
) -> Iterator[Event]:
    """The same events as checked records; places tell where each stood ("event 3" if none are given).

    `ignored` counts the types, wires and members that no reader knows.
    """
    ids: set[str] = set()
    latest = None
    for index, raw in enumerate(events):
        place = places[index] if places else f"event {index + 1}"
        event = _checked(raw, index, place)
        if ignored is not None:
            ignored.update(unknown_names(event))
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
    if not is_instant(raw["time"]):
        raise InputError(f"{place}, member time", f"impossible value {_shortened(raw['time'])}", INSTANT[1])
    subject, world = raw.get("subject", ""), raw.get("world", "")
    for member, value in (("subject", subject), ("world", world)):
        if not isinstance(value, str):
            raise InputError(f"{place}, member {member}", f"impossible value {_shortened(value)}", TEXT[1])
    data = raw.get("data", {})
    known = MEMBERS.get(raw["type"])
    if known is not None:
        _check_data(known, raw, data, place)
    return Event(raw["id"], raw["type"], raw["source"], subject, world, parsed(raw["time"]), index, data)


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
