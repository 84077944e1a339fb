"""Reads a trace strictly: JSON Lines of CloudEvents in, checked events out, or one InputError and nothing judged.

What lives here: opening a trace and reading its lines, as often as somebody reads it; `event_checks` checks their form.
It must not know the rules: an event that is well formed but wrong for the service is the judge's matter.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol, cast
from weakref import finalize

from pydantic_core import from_json  # its parser takes less than half the time of the standard library's

from reports.judging.errors import InputError
from reports.judging.events import Event
from reports.judging.reading.event_checks import NumberedRaw, Raw, checked_events, event_of, parsed_line
from reports.judging.reading.event_forms import parsed
from reports.judging.reading.quick_lines import QUICK_WAY, REFUSED
from reports.judging.reading.unpacking import unpacked_lines
from reports.rome_time import Instant

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
                yield event_of(read[1], index)
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
            yield number, parsed_line(content, f"{self._name}, line {number}")


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
