"""The quick and the careful reader of a trace give the same result, for right and wrong lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from reports.judging.errors import InputError
from reports.judging.reading import trace_reader
from reports.judging.reading.event_forms import (
    FLAG,
    INSTANT,
    MEMBERS,
    NAME,
    NUMBER,
    ROWS,
    SLOT,
    TABLE,
    TEXT,
    TEXTS,
    Form,
)
from reports.judging.reading.quick_lines import QUICK_WAY, no_way
from reports.judging.reading.trace_reader import TraceFile

pytest.importorskip("msgspec")
SENT = (
    b'{"specversion": "1.0", "id": "1", "source": "/sms", "type": "sms.sent", "time": "2026-03-03T10:00:00.250+01:00",'
    b' "data": {"kind": "engagement", "to": "+393331234567", "alias": "ALFA", "text": "x", "segments": 1},'
    b' "subject": "ORD-1", "world": "w"}\n'
)
ALL_OF_AN_EVENT = attrgetter("id", "type", "source", "subject", "world", "at", "index", "data")
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
    for piece, twists in TWISTS.items():
        assert piece in LATER
        yield from (SENT + LATER.replace(piece, twist) for twist in twists)


def test_the_quick_way_and_the_careful_one_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, outcomes = tmp_path / "trace.jsonl", list[object]()
    for lines in twisted():
        path.write_bytes(lines)
        quick = outcome_of(path)
        with monkeypatch.context() as context:
            context.setattr(trace_reader, "QUICK_WAY", no_way())
            assert quick == outcome_of(path), lines
        outcomes.append(quick)
    assert {type(entry) for entry in outcomes} == {str, list}


SAMPLES: dict[Form, Any] = {
    TEXT: "", NAME: "x", FLAG: True, NUMBER: 0, TEXTS: ["x"], TABLE: {}, INSTANT: "2026-03-03T10:00:00+01:00",
    SLOT: {"start": "2026-03-03T10:00:00+01:00", "end": "2026-03-03T12:00:00+01:00", "room": 1},
    ROWS: [{"order": "o", "date": "d", "link": "l", "phone": "p", "note": 1}],
}  # fmt: skip
ODD = [
    *SAMPLES.values(), None, -1, 1.0, 10**30, "nothing.known", [""], [1], [{"order": "o"}], {"start": "x", "end": "x"},
    {"start": "2026-03-03T10:00:00+01:00", "end": "2026-03-03T08:00:00+01:00"}, {"csv_cadence": "never"},
]  # fmt: skip


@pytest.mark.parametrize("kind", MEMBERS)
def test_both_ways_say_the_same_of_every_member(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "trace.jsonl"
    envelope = {"specversion": "1.0", "id": "1", "type": kind, "source": "/sms", "subject": "o"}
    members = {
        name.rstrip("?"): form.choices[0] if form.choices else SAMPLES[form] for name, form in MEMBERS[kind].items()
    }
    cases = [members, members | {"never": 1}, *(members | {name: value} for name in members for value in ODD)]
    cases += [{name: members[name] for name in members if name != left_out} for left_out in members]
    for data in cases:
        path.write_text(json.dumps(envelope | {"time": "2026-03-03T10:00:00+01:00", "data": data}), encoding="utf-8")
        quick = outcome_of(path)
        with monkeypatch.context() as context:
            context.setattr(trace_reader, "QUICK_WAY", no_way())
            assert quick == outcome_of(path), data
    path.write_text(json.dumps(envelope | {"time": "2026-03-03T10:00:00+01:00", "data": members}), encoding="utf-8")
    assert isinstance(outcome_of(path), list)


def outcome_of(path: Path) -> object:
    """The events of a file and what nobody knows of them, or what is wrong with it."""
    trace = TraceFile(str(path))
    try:
        events = [ALL_OF_AN_EVENT(event) for event in trace.checked()]
    except InputError as problem:
        return str(problem)
    assert events == [ALL_OF_AN_EVENT(event) for event in trace.again()]
    return [*events, sorted(trace.ignored.items())]


def test_a_line_with_nothing_wrong_goes_the_quick_way() -> None:
    assert QUICK_WAY.read(SENT).subject == "ORD-1"
