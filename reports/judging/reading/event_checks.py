"""Checks the form of the events of a trace: the envelope, the members, the order of time, each id once.

What lives here: what turns a JSON object into an event, or into one InputError that says what is wrong. It must not
know the rules, nor where the objects come from.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from reports.judging.errors import InputError
from reports.judging.events import Event
from reports.judging.profiles import declare
from reports.judging.reading.event_forms import CHECKS_OF, INSTANT, NAME, NEEDS_NO_SUBJECT, TEXT, parsed, unknown_names
from reports.judging.reading.repeated_ids import repeated
from reports.rome_time import Instant

ENVELOPE = ("specversion", "id", "source", "type", "time")
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no text can be written with it
Raw = dict[str, Any]
NumberedRaw = tuple[int, Raw]  # with the number of its line, or its place


def checked_events(
    entries: Iterable[Event | NumberedRaw],
    read_again: Callable[[], Iterable[NumberedRaw]],
    place: str,
    ignored: Counter[str],
) -> Iterator[Event]:
    """The events as checked records. InputError for the first that is wrong; `place` and its number say where it is.

    An entry that is an `Event` already has the right form, and has no unknown members. The trace is read again only
    where two events contradict each other: one goes back in time, or an id may stand twice.
    """
    ids, latest = array("q"), None
    for index, entry in enumerate(entries):
        if isinstance(entry, tuple):
            event = _checked(*entry, index, place, ignored)
        else:
            event, entry.index = entry, index
        if latest is not None and event.at < latest:
            number, raw = next(islice(read_again(), index, None))
            raise InputError(f"{place} {number}, member time", f"{raw['time']} goes back", "events in order of time")
        latest = event.at
        ids.append(hash(event.id))
        yield event
    if suspects := repeated(ids):
        _refuse_repeated(read_again(), place, suspects)


def _checked(number: int, raw: Raw, index: int, place: str, ignored: Counter[str]) -> Event:
    """The event, if its form is right, else InputError. Unknown names in it are counted in `ignored`."""
    try:
        event = _with_envelope(raw, index)
        _check_data(event)
    except InputError as problem:
        raise InputError(f"{place} {number}, {problem.place}", problem.problem, problem.allowed) from None
    for name in unknown_names(event):
        ignored[name] += 1
    return event


def _refuse_repeated(numbered: Iterable[NumberedRaw], place: str, suspects: Collection[int]) -> None:
    """InputError for the first id that stands twice; `suspects` are the hashes that stand twice."""
    ids_read: set[str] = set()
    for number, raw in numbered:
        if hash(raw["id"]) in suspects:
            if raw["id"] in ids_read:
                problem = f"{_shortened(raw['id'])} stands twice"
                raise InputError(f"{place} {number}, member id", problem, "each id once in a trace")
            ids_read.add(raw["id"])


def parsed_line(content: bytes, place: str) -> Raw:
    """The object in a line that the fast parser refused; InputError by the standard library's words if it is none."""
    try:
        event = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise InputError(place, "is not UTF-8", "JSON Lines in UTF-8") from problem
    except (ValueError, RecursionError) as problem:
        raise InputError(place, f"broken JSON: {_reason_of(problem)}", "one JSON object a line") from problem
    if not isinstance(event, dict):
        raise InputError(place, f"{_shortened(event)} instead of an object", "one JSON object a line")
    if SURROGATE.search(json.dumps(event, ensure_ascii=False)):
        raise InputError(place, "a text with half a character, \\ud800 to \\udfff alone", "whole characters")
    return event


def _reason_of(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg}, column {problem.colno}"
    return "too deep" if isinstance(problem, RecursionError) else "a number with too many digits"


def _with_envelope(raw: Raw, index: int) -> Event:
    """The event, if its envelope is right."""
    for member in ENVELOPE:
        value = raw.get(member)
        if type(value) is not str or not value:
            raise _no_name(raw, member)
    if raw["specversion"] != "1.0":
        raise InputError("member specversion", f"impossible value {_shortened(raw['specversion'])}", "1.0")
    event = event_of(raw, index)
    if not (isinstance(event.subject, str) and isinstance(event.world, str)):
        raise _no_text(raw)
    return event


def _no_name(raw: Raw, member: str) -> InputError:
    if member not in raw:
        return InputError(f"member {member}", "is missing", f"the members {', '.join(ENVELOPE)}")
    return InputError(f"member {member}", f"impossible value {_shortened(raw[member])}", NAME[1])


def _no_text(raw: Raw) -> InputError:
    member = next(member for member in ("subject", "world") if not isinstance(raw.get(member, ""), str))
    return InputError(f"member {member}", f"impossible value {_shortened(raw[member])}", TEXT[1])


def event_of(raw: Raw, index: int) -> Event:
    """The event as it stands; InputError where its time is none."""
    at, of = _instant(raw["time"]), raw.get
    return Event(raw["id"], raw["type"], raw["source"], of("subject", ""), of("world", ""), at, index, of("data", {}))


def _instant(time: str) -> Instant:
    try:
        return parsed(time)
    except ValueError:
        raise InputError("member time", f"impossible value {_shortened(time)}", INSTANT[1]) from None


def _check_data(event: Event) -> None:
    data, checks = event.data, CHECKS_OF.get(event.type)
    if checks is None:
        return
    if not isinstance(data, dict):
        raise InputError("member data", f"impossible value {_shortened(data)}", "an object")
    if not event.subject and event.type not in NEEDS_NO_SUBJECT:
        raise InputError("member subject", "is missing", "the order code")
    for name, may_be_missing, right, holds, allowed in checks:
        value = data.get(name)
        if type(value) is right:
            continue
        if value is None:
            if may_be_missing:
                continue
            raise InputError(f"member data.{name}", "is missing", allowed)
        if not holds(value):
            raise InputError(f"member data.{name}", f"impossible value {_shortened(value)}", allowed)
    if event.type == "trace.observes" and data.get("readings"):
        declare(data["readings"], "member data.readings")


def _shortened(value: object) -> str:
    """The value as JSON on one line, not too long."""
    written = json.dumps(value, ensure_ascii=False)
    text = written if written.isprintable() else json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
