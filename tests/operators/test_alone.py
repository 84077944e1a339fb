"""The model operator without a world: its orders, its files, notifications that are none, an agent that refuses."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import responses

from reference_impl.civil_time import parse_instant
from sim.operators.model_operator import ModelOperator, Practice, safe_end_of_term
from sim.operators.notification_reading import read_notification
from tests.operators.lived import PHONE, Data

LINK = "https://va.alfa.example/key"
FILE = "APPDIG_ALFA_20260303140000.csv"
ROW = f"ALFA-1;03/03/2026;{LINK};{PHONE}\r\n".encode()


@dataclass
class Folder:
    """An operator's directory in memory; `broken` names cannot be read for now."""

    files: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    reads: list[str] = field(default_factory=list)

    def listdir(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        self.reads.append(name)
        if name in self.broken:
            raise OSError("connection lost")
        return self.files[name]


@pytest.mark.parametrize(
    ("project", "delivery", "disaggregated", "codes"),
    [
        ("PRJ", "DLV", False, {"project_code": "PRJ"}),
        ("PRJ", "DLV", True, {"project_code": "PRJ"}),
        (None, "DLV", False, {"delivery_code": "DLV"}),
        (None, "DLV", True, {}),
        (None, None, False, {}),
    ],
)
def test_its_orders_carry_one_code_and_never_a_delivery_code_where_it_is_ignored(
    project: str | None, delivery: str | None, disaggregated: bool, codes: Data
) -> None:
    operator = ModelOperator("ALFA", Folder(), Practice(project_code=project, delivery_code=delivery))
    order = operator.new_order("ALFA-1", "ULL", PHONE, disaggregated=disaggregated)
    assert {name: value for name, value in order.items() if name.endswith("_code")} == codes  # OP-1


def test_it_reads_each_file_once_and_no_temporary_name() -> None:
    folder = Folder({FILE: ROW, f".{FILE}.part": ROW, f"{FILE}.tmp": ROW, "notes.csv": ROW})
    operator = ModelOperator("ALFA", folder)
    operator.poll()
    operator.poll()
    assert folder.reads == [FILE]  # OP-3


def test_a_file_that_cannot_be_read_now_is_read_at_the_next_poll_and_holds_up_no_other() -> None:
    next_file = FILE.replace("1400", "1600")
    folder = Folder({FILE: ROW, next_file: ROW.replace(b"ALFA-1", b"ALFA-2")}, broken={FILE})
    operator = ModelOperator("ALFA", folder)
    operator.poll()
    assert list(operator.cases) == ["ALFA-2"]
    folder.broken.clear()
    operator.poll()
    assert operator.cases["ALFA-1"].link == LINK
    assert folder.reads == [FILE, next_file, FILE]


def test_rows_that_it_cannot_use_are_put_aside_and_the_others_used() -> None:
    rows = b"ALFA-0;31/02/2026;x;y\r\nALFA-0;short\r\n" + ROW
    operator = ModelOperator("ALFA", Folder({FILE: rows}))
    operator.poll()
    assert [row for _, row in operator.unreadable] == [["ALFA-0", "31/02/2026", "x", "y"], ["ALFA-0", "short"]]
    assert list(operator.cases) == ["ALFA-1"]


def test_a_header_is_skipped_where_its_files_have_one() -> None:
    operator = ModelOperator("ALFA", Folder({FILE: b"codice;data;link;telefono\r\n" + ROW}), Practice(csv_header=True))
    operator.poll()
    assert (list(operator.cases), operator.unreadable) == (["ALFA-1"], [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"order": "A"}',
        b'{"notification": [], "order": 2, "code": 3, "at": "2026-03-03T09:00:00+01:00"}',
        b'{"notification": "k", "order": "A", "code": "W09", "at": "2026-03-03T09:00:00"}',
    ],
)
def test_what_is_no_notification_is_told_so(body: bytes) -> None:
    operator = ModelOperator("ALFA", Folder())
    assert operator.handle(body, {})[0] == 400
    assert operator.cases == {}


class ScriptedAgent:
    """A Virtual Agent that offers one slot and answers each act with the next status and body of its script."""

    def __init__(self, wire: responses.RequestsMock, script: list[tuple[int, Data]]) -> None:
        slot = {"start": "2099-03-05T08:00:00+01:00", "end": "2099-03-05T10:00:00+01:00"}
        self.acts: list[str] = []
        self._script = script
        view = {"order": "ALFA-1", "state": "to_book", "slot": None, "slots": [slot]}
        wire.add("GET", LINK, json=view)
        wire.add_callback("POST", f"{LINK}/confirm", self._answer)

    def _answer(self, request: Any) -> tuple[int, dict[str, str], str]:
        self.acts.append(request.url)
        status, body = self._script.pop(0)
        return status, {}, json.dumps(body)


@pytest.fixture
def wire() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as wire:
        yield wire


def eager_operator() -> ModelOperator:
    """An operator with one row whose term never ends, and which waits for nothing."""
    row = ROW.replace(b"2026", b"2099")
    operator = ModelOperator("ALFA", Folder({FILE: row}), Practice(waits_hours=0, retry_minutes=0))
    operator.poll()
    return operator


@pytest.mark.parametrize(
    ("script", "acts", "standing"),
    [
        ([(409, {"reason": "already_booked"})], 1, "booked"),
        ([(410, {"reason": "term_over"})], 1, "over"),
        ([(410, {"reason": "closed"})], 1, "over"),
        ([(404, {"reason": "unknown_link"})], 1, "over"),
        ([(409, {"reason": "slot_taken"})] * 9, 3, "waiting"),
        ([(503, {}), (200, {"order": "ALFA-1", "state": "booked", "slot": None})], 2, "booked"),
    ],
    ids=["the other was first", "too late", "closed", "no such link", "slots always taken", "agent down for a while"],
)
def test_it_takes_a_refusal_for_what_it_says_and_does_not_hammer(
    wire: responses.RequestsMock, script: list[tuple[int, Data]], acts: int, standing: str
) -> None:
    agent, operator = ScriptedAgent(wire, list(script)), eager_operator()
    for _ in range(6):
        operator.act()
    assert (len(agent.acts), operator.cases["ALFA-1"].standing) == (acts, standing)  # OP-5


def test_an_agent_that_cannot_be_reached_is_tried_again_later(wire: responses.RequestsMock) -> None:
    operator = eager_operator()
    operator.act()  # nothing is on the wire: a connection error
    agent = ScriptedAgent(wire, [(200, {"order": "ALFA-1", "state": "booked", "slot": None})])
    operator.act()
    assert (len(agent.acts), operator.cases["ALFA-1"].standing) == (1, "booked")


@pytest.mark.parametrize(
    ("sms_day", "end"),
    [
        ("2026-03-03", "2026-03-05T18:00"),  # from a Tuesday
        ("2026-03-06", "2026-03-09T18:00"),  # from a Friday, over the Sunday
        ("2026-03-07", "2026-03-10T18:00"),  # from a Saturday
    ],
)
def test_its_own_idea_of_the_term_is_the_shortest_one(sms_day: str, end: str) -> None:
    expected = parse_instant(f"{end}:00") / 1000
    assert safe_end_of_term(date.fromisoformat(sms_day)).timestamp() == expected


@pytest.mark.parametrize(
    ("module", "others_imported"),
    [(ModelOperator.__module__, {"requests", read_notification.__module__}), (read_notification.__module__, set())],
)
def test_its_code_knows_nothing_of_this_project(module: str, others_imported: set[str]) -> None:
    source = Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    imported = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names} == others_imported
