"""Reads a trace strictly: JSON Lines of CloudEvents in, checked events out, or one InputError and nothing judged.

What lives here: reading a trace and checking its form, as often as somebody reads it. It must not know the rules: an
event that is well formed but wrong for the service is the judge's matter.
"""

from __future__ import annotations

import json
import os
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol, cast
from weakref import finalize

from pydantic_core import from_json  # its parser takes less than half the time of the standard library's

from reports.judging.errors import InputError
from reports.judging.events import Event
from reports.judging.profiles import declare
from reports.judging.reading.event_forms import (
    CHECKS_OF,
    INSTANT,
    NAME,
    NEEDS_NO_SUBJECT,
    TEXT,
    parsed,
    unknown_names,
)
from reports.judging.reading.quick_lines import QUICK_WAY, REFUSED
from reports.judging.reading.repeated_ids import repeated
from reports.judging.reading.unpacking import unpacked_lines
from reports.rome_time import Instant

ENVELOPE = ("specversion", "id", "source", "type", "time")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no text can be written with it
Raw = dict[str, Any]
NumberedRaw = tuple[int, Raw]  # with the number of its line, or its place


class Trace(Protocol):
    """The events of a trace, as often as they are read. `ignored` counts the types, wires and members that no reader
    knows."""

    ignored: Counter[str]

    def checked(self) -> Iterator[Event]:
        """The first reading: every event once its form is right, else InputError."""

    def again(self) -> Iterator[Event]:
        """One more reading of what was checked."""


class TraceInMemory:
    """A trace that is there already."""

    def __init__(self, events: Iterable[Mapping[str, Any]]) -> None:
        self.ignored: Counter[str] = Counter()
        self._raw = events if isinstance(events, Sequence) else list(events)
        self._events: list[Event] = []

    def checked(self) -> Iterator[Event]:
        for event in checked_events(self._numbered(), self._numbered, "event", self.ignored):
            self._events.append(event)
            yield event

    def again(self) -> Iterator[Event]:
        return iter(self._events)

    def _numbered(self) -> Iterator[NumberedRaw]:
        return enumerate((raw if isinstance(raw, dict) else dict(raw) for raw in self._raw), 1)


class TraceFile:
    """A trace in a file, of which no more than a line is kept; iterated it gives the events as dicts, unchecked."""

    def __init__(self, path: str) -> None:
        """`-` is standard input. InputError where there is nothing to read."""
        self.ignored: Counter[str] = Counter()
        self._name = "standard input" if path == "-" else path
        self._file = _opened(path)
        finalize(self, self._file.close)

    def __iter__(self) -> Iterator[Raw]:
        for _, raw in self._numbered():  # holds on to the file, which is closed when nobody does
            yield raw

    def bytes_read(self) -> tuple[int, int]:
        """How far the file has been read since its beginning, and how long it is; whoever asks does not move it."""
        descriptor = self._file.fileno()
        return os.lseek(descriptor, 0, os.SEEK_CUR), os.fstat(descriptor).st_size

    def check(self) -> None:
        """InputError unless the form of every event is right."""
        for _ in self.checked():
            pass

    def checked(self) -> Iterator[Event]:
        return checked_events(self._read(is_new=True), self._numbered, f"{self._name}, line", self.ignored)

    def again(self) -> Iterator[Event]:
        for index, read in enumerate(self._read(is_new=False)):
            if isinstance(read, tuple):
                yield _event(read[1], index)
            else:
                read.index = index
                yield read

    def _read(self, *, is_new: bool) -> Iterator[Event | NumberedRaw]:
        """The events; those that have to be looked at closely as dicts, with the line where they stand."""
        read_quickly, look_at = QUICK_WAY
        time, at = "", cast(Instant, 0)
        for number, line in enumerate(unpacked_lines(self._file, self._name), 1):
            try:
                event = read_quickly(line)
                if event.time != time:  # many happen at one instant
                    time, at = event.time, parsed(event.time)
                event.at = at
                if is_new:
                    look_at(event)
            except REFUSED:
                yield from self._raw(number, line)
            else:
                yield event

    def _numbered(self) -> Iterator[NumberedRaw]:
        """The events as dicts, each with the line where it stands."""
        for number, line in enumerate(unpacked_lines(self._file, self._name), 1):
            yield from self._raw(number, line)

    def _raw(self, number: int, line: bytes) -> Iterator[NumberedRaw]:
        """What stands in a line: an event or nothing."""
        try:
            raw = from_json(line)
        except ValueError:
            raw = None
        content = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if type(raw) is dict:
            yield number, raw
        elif content and not content.isspace():
            yield number, _parsed(content, f"{self._name}, line {number}")


def checked_events(
    read: Iterable[Event | NumberedRaw],
    again: Callable[[], Iterable[NumberedRaw]],
    where: str,
    ignored: Counter[str],
) -> Iterator[Event]:
    """The same events as checked records; `where` and the number of each tell its place, for the errors.

    An event that comes as a record has the right form, and nothing of it is unknown. They are read `again` only where
    something is wrong among several: one goes back in time, or an id may stand twice.
    """
    ids, latest = array("q"), None
    for index, said in enumerate(read):
        if isinstance(said, tuple):
            event = _checked(*said, index, where, ignored)
        else:
            event, said.index = said, index
        if latest is not None and event.at < latest:
            number, raw = next(islice(again(), index, None))
            raise InputError(f"{where} {number}, member time", f"{raw['time']} goes back", "events in order of time")
        latest = event.at
        ids.append(hash(event.id))
        yield event
    if suspects := repeated(ids):
        _refuse_repeated(again(), where, suspects)


def _checked(number: int, raw: Raw, index: int, where: str, ignored: Counter[str]) -> Event:
    """The event, if its form is right; what it says that nobody knows is counted."""
    try:
        event = _with_envelope(raw, index)
        _check_data(event)
    except InputError as problem:
        raise InputError(f"{where} {number}, {problem.place}", problem.problem, problem.allowed) from None
    for name in unknown_names(event):
        ignored[name] += 1
    return event


def _refuse_repeated(numbered: Iterable[NumberedRaw], where: str, suspects: Collection[int]) -> None:
    """InputError for the first id that stands twice, among those with a hash that does."""
    seen: set[str] = set()
    for number, raw in numbered:
        if hash(raw["id"]) in suspects:
            if raw["id"] in seen:
                problem = f"{_shortened(raw['id'])} stands twice"
                raise InputError(f"{where} {number}, member id", problem, "each id once in a trace")
            seen.add(raw["id"])


def _opened(path: str) -> BinaryIO:
    """A file that can be read from its beginning again: what is no such file is copied to one of our own."""
    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input", "is closed", "a trace in JSON Lines")
        return _copied(sys.stdin.buffer)
    try:
        file = open(path, "rb")  # noqa: SIM115 - it is read more than once
    except OSError as problem:
        raise InputError(path, f"cannot be read: {problem.strerror}", "a readable trace in JSON Lines") from problem
    if file.seekable():
        return file
    with file:
        return _copied(file)


def _copied(file: BinaryIO) -> BinaryIO:
    copy = TemporaryFile()  # noqa: SIM115 - it is read later
    copyfileobj(file, copy)
    return cast(BinaryIO, copy)


def _parsed(content: bytes, place: str) -> Raw:
    """What the standard library makes of a line that the fast parser refused: it says what is wrong."""
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
    event = _event(raw, index)
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


def _event(raw: Raw, index: int) -> Event:
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
