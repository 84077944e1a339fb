"""What findings say: every message has both languages and its parameters; checkers speak through the table."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reports
from reports.judging.catalogue import catalogue
from reports.judging.checker_interface import Judged
from reports.judging.checker_register import ORDER_CHECKERS
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.words.finding_words import TEMPLATES
from reports.words.messages import say, words_of
from tests.judging.deciding.test_inference import rows_dated
from tests.judging.mutations import TRACES
from tests.judging.traces import Event, Scribe, band, book, engage, find, good_trace, operator, order, rome

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


def placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@pytest.mark.parametrize("message_id", TEMPLATES)
def test_a_message_has_both_languages_with_the_same_parameters(message_id: str) -> None:
    term = TEMPLATES[message_id]
    assert term.it.strip()
    assert term.en.strip()
    assert placeholders(term.it) == placeholders(term.en)


def test_every_message_that_is_said_is_in_the_table_with_its_parameters_and_every_one_of_the_table_is_said() -> None:
    message_ids: set[str] = set()
    for path in REPORTS.rglob("*.py"):
        for call in calls(path, frozenset({"say", "say_again"})):
            if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value in TEMPLATES:
                message_id = str(call.args[0].value)
                message_ids.add(message_id)
                parameters = {keyword.arg for keyword in call.keywords}
                assert parameters == placeholders(TEMPLATES[message_id].en), (path.name, call.lineno)
            elif path.parent.name in ("checks", "judging"):
                pytest.fail(f"{path.name}, line {call.lineno}: no message of the table")
    assert message_ids == set(TEMPLATES)


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
    assert words_of(finding, "expected").it.startswith("in un file entro ")
    assert "T" not in words_of(finding, "expected").it.removeprefix("in un file entro ")
    assert words_of(finding, "observed").it.startswith("Deposito del file CSV, ")


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
    finding = {"expected": "", "messages": {"expected": say("csv.by", at=written).written().members()}}
    assert words_of(finding, "expected").it == f"in un file entro {shown}"


def contradictory() -> list[Event]:
    """One order whose row bears the day of the SMS, one whose row bears the day of its deposit."""
    return rows_dated("03/03/2026", "04/03/2026")


def two_of_a_code() -> list[Event]:
    scribe = Scribe()
    for name in ("ALFA", "BETA"):
        operator(scribe, name)
        order(scribe, "X-1", operator=name)
    scribe.tell("2026-03-02 09:00", "contact_policy.started", "X-1")
    return scribe.trace()


def broken_document() -> list[Event]:
    trace = good_trace()
    find(trace, "order.received", "B1")["data"]["document"] = "<order/>"
    return trace


@pytest.mark.parametrize(
    ("trace", "rule", "verdict"),
    [
        (contradictory, "CSV-3", "FAIL"),
        (two_of_a_code, "ROUTE-1", "INCONCLUSIVE"),
        (broken_document, "ROUTE-7", "FAIL"),
        (lambda: rows_dated("03/03/2026"), "OUT-1", "INCONCLUSIVE"),
    ],
    ids=["contradiction", "of-several", "schema", "pending"],
)
def test_what_the_judge_itself_finds_stands_in_both_languages(
    trace: Callable[[], list[Event]], rule: str, verdict: str
) -> None:
    verdicts = json.loads(judge(trace(), load_profile("any")).to_json())
    entry = next(entry for entry in verdicts["rules"] if entry["rule"] == rule)
    assert entry["verdict"] == verdict
    assert untranslated(entry["findings"]) == []


def test_a_fault_of_a_checker_stands_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(case: object, readings: object) -> Iterator[Judged]:
        raise RuntimeError("broken")

    monkeypatch.setitem(ORDER_CHECKERS, "SMS-4", faulty)
    verdicts = json.loads(judge(good_trace(), load_profile("default")).to_json())
    entry = next(entry for entry in verdicts["rules"] if entry["rule"] == "SMS-4")
    assert entry["verdict"] == "ERROR"
    assert untranslated(entry["findings"]) == []
    assert words_of(entry["findings"][0], "expected").it == "il controllo di SMS-4 decide"


@given(TRACES, st.sampled_from(["default", "any"]))
@settings(max_examples=40)
def test_no_finding_reaches_a_page_untranslated(trace: list[Event], profile: str) -> None:
    verdicts = json.loads(judge(trace, load_profile(profile)).to_json())
    assert untranslated([finding for entry in verdicts["rules"] for finding in entry["findings"]]) == []


def untranslated(findings: list[dict[str, Any]]) -> list[str]:
    """The words of findings that no message of ours is behind; names of readings are the same in both languages."""
    bare = [finding[name] for finding in findings for name in SAID | {"reading"} if finding.get(name)]
    known = {text for finding in findings for text in messages_of(finding)}
    return [words for words in bare if words not in known and not set(words.split(", ")) <= set(catalogue().parameters)]


def messages_of(finding: dict[str, Any]) -> set[str]:
    """The members of a finding that have a known message behind them."""
    behind = finding.get("messages", {})
    return {finding[name] for name, message in behind.items() if message["id"] in TEMPLATES}


def test_an_ambiguous_finding_tells_in_both_languages_what_decides() -> None:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-07 10:00", "2026-03-07 14:00")  # a Saturday
    book(scribe, "2026-03-11 10:00", "O1", "W09", band("2026-03-16"))
    verdicts = json.loads(judge(scribe.trace(), load_profile("any")).to_json())
    (finding,) = next(entry for entry in verdicts["rules"] if entry["rule"] == "BOOK-1")["findings"]
    assert finding["reading"] == words_of(finding, "reading").en
    assert words_of(finding, "reading").it.startswith("violata con late_booking=reject, working_week=mon_sat; ")
    assert words_of(finding, "reading").it.endswith("late_booking=accept o working_week=mon_fri")


def test_a_message_that_we_do_not_know_is_told_by_its_english_text() -> None:
    finding = {"expected": "something new", "messages": {"expected": {"id": "new.message", "parameters": {}}}}
    assert words_of(finding, "expected") == ("something new", "something new")


@pytest.mark.parametrize(("kind", "word"), [("forged", "contraffatta"), ("stale", "vecchia"), ("replayed", "ripetuta")])
def test_a_notification_that_is_not_genuine_has_its_kind_in_italian(kind: str, word: str) -> None:
    message = {"id": "op.no_effect", "parameters": {"kind": kind}}
    texts = words_of({"expected": "x", "messages": {"expected": message}}, "expected")
    assert texts == (f"nessun effetto di una notifica {word}", f"no effect of a {kind} notification")
