"""What findings say: every message has both languages and its parameters; checkers speak through the table."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import reports
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.words.finding_words import TEMPLATES
from reports.words.messages import placeholders, say, told
from tests.judging.traces import good_trace, rome

REPORTS = Path(reports.__file__).parent
FOLDER = REPORTS / "judging" / "checks"
CHECKS = [*sorted(FOLDER.glob("*_rules.py")), FOLDER / "endings.py"]
# The verbs of a checker, with the places of what they say; those behind a named argument count too.
VERBS = {
    "kept_if": (1, 2),
    "broken": (0, 1),
    "unknown": (0, 1),
    "unregistered": (0,),
    "pending": (0,),
    "not_after": (2,),
    "not_before": (2,),
    "prompt": (2,),
    "missing": (1,),
    "Judged": (4, 5),
    "_file_broken": (0, 1),
}
SAID = frozenset({"expected", "observed"})


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path, names: frozenset[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in names:
                yield node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else str(getattr(call.func, "id", ""))


def bare_texts(path: Path) -> list[int]:
    """The lines on which a checker says something in words of its own, as an argument or by the names of `SAID`."""
    values = [
        value
        for call in calls(path, frozenset(VERBS))
        for value in [
            *(call.args[place] for place in VERBS[name_of(call)] if place < len(call.args)),
            *(keyword.value for keyword in call.keywords if keyword.arg in SAID),
        ]
    ]
    values += [
        node.value
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") in SAID for target in node.targets)
    ]
    return sorted({value.lineno for value in values if is_text(value)})


def is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str))


@pytest.mark.parametrize("message_id", TEMPLATES)
def test_a_message_has_both_languages_with_the_same_parameters(message_id: str) -> None:
    term = TEMPLATES[message_id]
    assert term.it.strip()
    assert term.en.strip()
    assert placeholders(term.it) == placeholders(term.en)


def test_every_message_that_is_said_is_in_the_table_with_its_parameters_and_every_one_of_the_table_is_said() -> None:
    said: set[str] = set()
    for path in REPORTS.rglob("*.py"):
        for call in calls(path, frozenset({"say"})):
            if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value in TEMPLATES:
                message_id = str(call.args[0].value)
                said.add(message_id)
                given = {keyword.arg for keyword in call.keywords}
                assert given == placeholders(TEMPLATES[message_id].en), (path.name, call.lineno)
            elif path.parent.name in ("checks", "judging"):
                pytest.fail(f"{path.name}, line {call.lineno}: no message of the table")
    assert said == set(TEMPLATES)


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.name)
def test_a_checker_says_nothing_in_words_of_its_own(path: Path) -> None:
    assert bare_texts(path) == []


def test_a_finding_stands_in_both_languages_and_the_file_keeps_english_id_and_parameters() -> None:
    trace = good_trace()
    deposit = next(event for event in trace if event["type"] == "csv.deposited")
    late = rome(f"{deposit['time'][:10]} 23:30")
    trace = [event for event in trace if event is not deposit and event["time"] < late] + [{**deposit, "time": late}]
    verdicts = json.loads(judge(trace, load_profile("default")).to_json())
    finding = next(rule for rule in verdicts["rules"] if rule["rule"] == "CSV-4")["findings"][0]
    message = finding["messages"]["expected"]
    assert message["id"] == "csv.by"
    assert finding["expected"] == f"in a file by {message['parameters']['at']}"
    assert told(finding, "expected").it.startswith("in un file entro ")
    assert "T" not in told(finding, "expected").it.removeprefix("in un file entro ")
    assert told(finding, "observed").it.startswith("Deposito del file CSV, ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-03-03T17:00:00+01:00", "mar 2026-03-03 17:00:00"),
        ("2026-10-25T02:30:00+02:00", "dom 2026-10-25 02:30:00 +02:00"),
        ("2026-10-25T02:30:00+01:00", "dom 2026-10-25 02:30:00 +01:00"),
        ("2026-10-25T03:00:00+01:00", "dom 2026-10-25 03:00:00"),
    ],
)
def test_an_instant_is_a_wall_clock_with_the_offset_only_where_the_hour_comes_twice(written: str, shown: str) -> None:
    finding = {"expected": "", "messages": {"expected": say("csv.by", at=written).members()}}
    assert told(finding, "expected").it == f"in un file entro {shown}"


def test_a_message_that_we_do_not_know_is_told_by_its_english_text() -> None:
    finding = {"expected": "something new", "messages": {"expected": {"id": "new.message", "parameters": {}}}}
    assert told(finding, "expected") == ("something new", "something new")
