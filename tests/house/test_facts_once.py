"""A fact of the service stands once in the reports: codes, services and weekdays in `reports/facts.py` alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import facts
from reports.judging.verdicts import MERGE_ORDER
from reports.words import labels
from tests.places import ROOT

TABLE = ROOT / "reports" / "facts.py"
CODES = sorted(facts.SERVICE_CODES - {"PA"})  # PA is too short to be looked for inside other texts
EXACT = {*facts.SERVICES, *facts.OTHER_SERVICES, *facts.SERVICE_CODES, *facts.TRIGGER_CODES}
EXACT |= {text for weekday in (*facts.WEEKDAYS, *labels.WEEKDAYS) for text in weekday}


def files() -> list[Path]:
    return sorted(path for path in (ROOT / "reports").rglob("*.py") if path != TABLE)


def texts(path: Path) -> Iterator[str]:
    """The texts of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sentences = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in sentences:
            yield node.value


def repeated(path: Path) -> list[str]:
    return [text for text in texts(path) if text in EXACT or any(code in text for code in CODES)]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_file_of_the_reports_repeats_a_code_a_service_or_a_weekday(path: Path) -> None:
    assert repeated(path) == []


def test_the_look_finds_what_the_table_itself_holds() -> None:
    assert {"W08", "VULA_FTTH", "mon", "lunedì"} <= {*repeated(TABLE)}


def test_every_code_has_one_role_and_every_service_a_family() -> None:
    codes = [code for causals in facts.CAUSALS.values() for code in causals]
    assert len(codes) == len({*codes})
    assert {service.family for service in facts.SERVICES.values()} == {*facts.CAUSALS}


def test_labels_name_every_reason_verdict_and_channel() -> None:
    assert {*labels.REASONS} == {*facts.REFUSAL_REASONS}
    assert {*labels.VERDICTS} == {*labels.SIGNS} == {*labels.HEADLINES} == {*MERGE_ORDER}
    assert {*facts.CHANNELS} <= {*labels.LANES}
