"""Running parts of the features: by rule, by name, only those that failed, one's own; and hints for misspelt words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_bdd.feature import features as parsed_features

import appuntamento
from reports.judging.catalogue import catalogue, rules_named
from reports.judging.errors import InputError
from steps import step_catalogue
from tests.conftest import Refused
from tests.places import ROOT

OWN_FEATURE = """# language: it
@mio
Funzionalità: Scritta da un operatore
  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E un ordine ULL di Alfa

  Scenario: Due SMS, che non è vero
    Quando la rete notifica AC mar 2026-03-03 09:00:00
    Allora in tutto partono 2 SMS di ingaggio

  @CSV-4
  Scenario: Il file arriva
    Quando la rete notifica AC mar 2026-03-03 09:00:00
    Allora il file CSV con l'ordine arriva entro mar 2026-03-03 14:00:00, se l'SMS è partito mar 2026-03-03 09:00:00
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a feature of somebody's own: one scenario fails, the other carries the tag of a rule."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mio.feature").write_text(OWN_FEATURE, encoding="utf-8")
    return folder


def conformance(report: Path, *options: str) -> int:
    return appuntamento.main(["conformance", "--report", str(report), *options])


def ended(report: Path) -> dict[str, str]:
    """How each scenario of a run ended."""
    lines = (report / "trace.jsonl").read_text(encoding="utf-8").splitlines()
    finished = [event["data"] for event in map(json.loads, lines) if event["type"] == "scenario.finished"]
    return {data["scenario"]: data["outcome"] for data in finished}


def judged(report: Path) -> list[str]:
    content = json.loads((report / "verdicts.json").read_text(encoding="utf-8"))
    return [rule["rule"] for rule in content["rules"]]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (["csv-4"], ["CSV-4"]),
        (["Race"], ["RACE-1", "RACE-2"]),
        (["race-2", "RACE", "sms-1"], ["SMS-1", "RACE-1", "RACE-2"]),
        ([], []),
    ],
)
def test_rules_are_named_by_id_or_family_in_any_case(words: list[str], rules: list[str]) -> None:
    assert rules_named(words) == rules


@pytest.mark.parametrize(("word", "near"), [("csvv", "CSV"), ("RSE-4", "RES-4"), ("boook-1", "BOOK-1")])
def test_a_typing_error_is_answered_with_the_nearest_name(word: str, near: str) -> None:
    with pytest.raises(InputError, match=rf"^--rule: '{word}' is no rule and no family \(allowed: {near}, "):
        rules_named([word])


def test_only_the_rules_asked_for_are_run_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, checked = tmp_path / "run", tmp_path / "checked"
    assert conformance(run, "--rule", "race", "--rule", "INV-6") == appuntamento.CONFORMANT
    assert judged(run) == ["RACE-1", "RACE-2", "INV-6"]
    trace = str(run / "trace.jsonl")
    command = ["check", trace, "--profile", "default", "--rule", "Race-1", "--report", str(checked)]
    assert appuntamento.main(command) == appuntamento.CONFORMANT
    assert judged(checked) == ["RACE-1"]
    assert "RES" not in capsys.readouterr().out


def test_scenarios_are_found_by_words_of_their_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conformance(tmp_path / "run", "--scenario", "DOMENICA DELL'ORA LEGALE")
    names = list(ended(tmp_path / "run"))
    assert names
    assert all("domenica dell'ora legale" in name.lower() for name in names)
    assert conformance(tmp_path / "none", "--scenario", "Domenica dellora legale") == appuntamento.BAD_INPUT
    assert "domenica dell'ora legale" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_own_features_run_with_our_steps_and_those_that_failed_run_again(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report"
    options = ("--features", str(own))
    assert conformance(report, *options) == 1
    assert ended(report) == {"Due SMS, che non è vero": "failed", "Il file arriva": "passed"}
    assert "mio.feature: Due SMS, che non è vero: SMS di ingaggio attesi: 2" in capsys.readouterr().out
    assert conformance(report, *options, "--failed") == 1
    assert ended(report) == {"Due SMS, che non è vero": "failed"}
    (own / "mio.feature").write_text(OWN_FEATURE.replace("partono 2", "parte 1"), encoding="utf-8")
    parsed_features.clear()  # pytest-bdd reads a file once in a process
    assert conformance(report, *options, "--failed") == appuntamento.CONFORMANT
    assert conformance(report, *options, "--failed") == appuntamento.BAD_INPUT
    assert "no scenario failed there" in capsys.readouterr().err


@pytest.mark.parametrize("options", [("--failed",), ("--features", "no-such-folder")])
def test_nothing_to_run_is_said_in_one_line(options: tuple[str, ...], tmp_path: Path, refused: Refused) -> None:
    assert options[0] in refused("conformance", "--report", str(tmp_path / "none"), *options)


def test_an_unknown_step_is_named_with_its_line_and_the_nearest_ones(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feature = own / "mio.feature"
    feature.write_text(OWN_FEATURE.replace("in tutto partono 2 SMS", "in tutto arrivano 2 SMS"), encoding="utf-8")
    assert conformance(tmp_path / "none", "--features", str(own)) == appuntamento.BAD_INPUT
    error = capsys.readouterr().err
    assert f"{feature}, line 10" in error
    assert "in tutto parte 1 SMS di ingaggio" in error


def test_pytest_runs_the_features_as_they_stand() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "features", "--rule", "race-1"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert process.returncode == 0, process.stdout
    assert " passed" in process.stdout


def test_the_page_of_the_steps_is_what_the_code_makes_of_it() -> None:
    assert (ROOT / "docs" / "steps.md").read_text(encoding="utf-8") == step_catalogue.page()
    documented = [step for module in step_catalogue.STEP_MODULES for step in step_catalogue.steps_of(module)]
    assert len(documented) == len(step_catalogue.definitions())
    assert all(step.example and step.does for step in documented)


def test_every_rule_is_known_by_its_family_too() -> None:
    families = dict.fromkeys(rule.family for rule in catalogue().rules.values())
    assert rules_named(list(families)) == list(catalogue().rules)
