"""The quick way to read a trace says what the careful one says, of lines right and wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.judging.errors import InputError
from reports.judging.reading import trace_reader
from reports.judging.reading.quick_lines import read_quickly, refuse
from reports.judging.reading.trace_reader import TraceFile

pytest.importorskip("msgspec")
SENT = (
    b'{"specversion": "1.0", "id": "1", "source": "/sms", "type": "sms.sent", "time": "2026-03-03T10:00:00.250+01:00",'
    b' "data": {"kind": "engagement", "to": "+393331234567", "alias": "ALFA", "text": "x", "segments": 1},'
    b' "subject": "ORD-1", "world": "w"}\n'
)
LATER = SENT.replace(b'"1"', b'"2"')
TWISTS = {  # by what stands in the line, what stands there instead
    b'"1.0"': (b'"1.1"', b"1.0", b"null", b'""'),
    b'"2"': (b'"1"', b'""', b"2", b"null", b'"\\ud800"', b'"\xff"', b'"\\u00e9"', b'"2", "id": "3"'),
    b'"/sms"': (b'"/elsewhere"', b"[]"),
    b'"sms.sent"': (b'"sms.received"', b'"order.routed"', b'"nothing.known"', b"true"),
    b"10:00:00.250": (b"09:59:59", b"25:00:00", b"10:00:00.2505", b""),
    b'"ORD-1"': (b'""', b"null", b"7"),
    b'"w"': (b'"v"', b"null", b'"w", "extra": 1', b'"w", "extra": "\xff"', b'"w", "dataschema": "s"'),
    b'"segments": 1': (
        b'"segments": -1',
        b'"segments": true',
        b'"segments": 1e400',
        b'"segments": NaN',
        b'"segments": 01',
        b'"segments": ' + b"9" * 5000,
        b'"segments": ' + b"[" * 3000 + b"]" * 3000,
        b'"segments": 1, "never": {"heard": [null, 0.5, 123456789012345678901234567890]}',
        b'"segments": 1, "\\ud800": 1',
    ),
    b', "data": {': (b', "data": [{', b', "other": {'),
    b"}\n": (b"\n", b"}}\n", b"} x\n", b"}\r\n", b"}"),
}


def twisted() -> Iterator[bytes]:
    yield from (SENT + LATER, b"", b"\n", b"\xef\xbb\xbf" + SENT, SENT + b"  \n\n" + LATER, SENT + b"[]\n")
    for there, others in TWISTS.items():
        assert there in LATER
        yield from (SENT + LATER.replace(there, other) for other in others)


def test_the_quick_way_and_the_careful_one_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, said = tmp_path / "trace.jsonl", list[object]()
    for lines in twisted():
        path.write_bytes(lines)
        quick = told(path)
        with monkeypatch.context() as context:
            context.setattr(trace_reader, "read_quickly", refuse)
            assert quick == told(path), lines
        said.append(quick)
    assert {type(entry) for entry in said} == {str, list}


def told(path: Path) -> object:
    """The events of a file and what nobody knows of them, or what is wrong with it."""
    trace = TraceFile(str(path))
    try:
        events = [repr(event) for event in trace.checked()]
    except InputError as problem:
        return str(problem)
    assert events == [repr(event) for event in trace.again()]
    return [*events, sorted(trace.ignored.items())]


def test_a_line_with_nothing_wrong_goes_the_quick_way() -> None:
    assert read_quickly(SENT).subject == "ORD-1"
