"""A fact of the service stands once on each side: codes, services and weekdays in `reports/facts.py`, and in
`reference_impl/services.py` and `civil_time.py`. What uses both sides repeats no table of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import facts
from reports.judging.verdicts import MERGE_ORDER
from reports.words import labels
from sim.sandbox.pages.agent_words import SERVICES as SERVICE_NAMES
from steps.words import SERVICES as SERVICES_IN_FEATURES
from tests.places import ROOT

TABLE = ROOT / "reports" / "facts.py"
CODES = sorted(facts.SERVICE_CODES - {"PA"})  # PA is too short to be looked for inside other texts
EXACT = {*facts.SERVICES, *facts.OTHER_SERVICES, *facts.SERVICE_CODES, *facts.TRIGGER_CODES}
EXACT |= {text for weekday in (*facts.WEEKDAYS, *labels.WEEKDAYS) for text in weekday}
TABLES_OF_THE_SERVICE = {ROOT / "reference_impl" / name for name in ("services.py", "civil_time.py")}
# Who knows no table on purpose: operators that are not ours, and systems that are wrong or read the text otherwise.
STRANGERS = ("sim/operators/", "sim/validation/shelf.py", "steps/selftest/")
TRANSLATORS = ("steps/words.py", "sim/sandbox/pages/agent_words.py")  # each service by a name of their own
KINDS = (
    facts.TRIGGER_CODES,
    facts.SERVICE_CODES,
    frozenset(weekday.key for weekday in facts.WEEKDAYS),
    frozenset(weekday.it[:3] for weekday in facts.WEEKDAYS),
    frozenset(facts.SERVICES),  # the last: translators write it down
)


def files_of(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tables_in(path: Path) -> list[list[str]]:
    """The members of each kind of facts of which a module has more than one."""
    written = {*texts(path)}
    name = path.relative_to(ROOT).as_posix()
    kinds = KINDS[:-1] if name in TRANSLATORS else KINDS
    return [sorted(kind & written) for kind in kinds if len(kind & written) > 1]


def texts(path: Path) -> Iterator[str]:
    """The texts of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sentences = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in sentences:
            yield node.value


def repeated(path: Path) -> list[str]:
    return [text for text in texts(path) if text in EXACT or any(code in text for code in CODES)]


@pytest.mark.parametrize("path", files_of("reports"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_file_of_the_reports_repeats_a_code_a_service_or_a_weekday(path: Path) -> None:
    assert path == TABLE or repeated(path) == []


@pytest.mark.parametrize("path", files_of("reference_impl"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_file_of_the_service_repeats_one(path: Path) -> None:
    assert path in TABLES_OF_THE_SERVICE or repeated(path) == []


def test_what_uses_both_sides_has_no_table_of_its_own() -> None:
    using = [path for path in files_of("sim", "steps") if not path.relative_to(ROOT).as_posix().startswith(STRANGERS)]
    assert {path.relative_to(ROOT).as_posix(): tables_in(path) for path in using if tables_in(path)} == {}


def test_who_calls_services_by_names_of_their_own_knows_all_of_them() -> None:
    assert {*facts.SERVICES} == {*SERVICE_NAMES}
    assert {*facts.SERVICES} <= {*SERVICES_IN_FEATURES.values()}


def test_the_look_finds_what_the_table_itself_holds() -> None:
    assert {"W08", "VULA_FTTH", "mon", "lunedì"} <= {*repeated(TABLE)}
    assert len(tables_in(TABLE)) == len(KINDS) - 1  # all but the short names of the days, which are made


def test_every_code_has_one_role_and_every_service_a_family() -> None:
    codes = [code for causals in facts.CAUSALS.values() for code in causals]
    assert len(codes) == len({*codes})
    assert {service.family for service in facts.SERVICES.values()} == {*facts.CAUSALS}


def test_labels_name_every_reason_verdict_and_channel() -> None:
    assert {*labels.REASONS} == {*facts.REFUSAL_REASONS}
    assert {*labels.VERDICTS} == {*labels.SIGNS} == {*labels.HEADLINES} == {*MERGE_ORDER}
    assert {*facts.CHANNELS} <= {*labels.LANES}
