"""`appuntamento fit` as a planner meets it: files, lines, refusals."""

from __future__ import annotations

import csv
import json
import shlex
import tomllib
from pathlib import Path

import pytest

from appuntamento import main
from reference_impl.civil_time import format_instant
from reports.capacity.fit_lines import fit_lines
from sim.capacity.fit.records import INSTANTS, OUTCOMES
from sim.capacity.scenario.scenario import SERVICE_NAMES
from tests.capacity.fit.truth import fit_members, true_records


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The true records as a CSV file, with codes; the visits are those of the simulation."""
    records = true_records()
    path = tmp_path_factory.mktemp("records") / "orders.csv"
    names = ("received_at", *INSTANTS)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(("order", *names, "operator", "service", "territory", "state"))
        for number in range(len(records)):
            instants = [int(getattr(records, name)[number]) for name in names]
            writer.writerow(
                (
                    f"SECRET-{number}",
                    *("" if instant < 0 else format_instant(instant, True) for instant in instants),
                    records.operators[records.operator[number]],
                    SERVICE_NAMES[records.service[number]],
                    records.territories[records.territory[number]],
                    OUTCOMES[records.outcome[number]],
                )
            )
    return path


def test_a_scenario_is_written_that_simulate_takes_and_no_code_is_in_it(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fit", str(file), "--out", str(tmp_path / "mine"), "--no-backtest", "--lang", "en"]) == 0
    output = capsys.readouterr().out
    assert max(map(len, output.splitlines()[:-2])) <= 80  # the last two are paths
    assert "customers.answers_after_hours" in output
    assert "No backtest: not asked for." in output
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "mine").iterdir())
    assert "SECRET" not in written + output
    scenario = str(tmp_path / "mine" / "scenario.toml")
    small = ["--set", "horizon.days=16", "--replications", "1", "--quiet", "--out", str(tmp_path / "run")]
    assert main(["simulate", scenario, *small]) == 0


@pytest.mark.parametrize("named", ["a\x1b]\n[customers]\nbooks = 1 #.csv", '\x7f\'""".csv', "b\udcff.csv", "<b>.csv"])
def test_no_name_of_a_file_spoils_the_scenario_or_the_page(tmp_path: Path, named: str) -> None:
    (tmp_path / named).write_text("received_at,operator,service,territory\n2026-03-03T10:00:00,ALFA,ULL,lazio\n")
    assert main(["fit", str(tmp_path / named), "--out", str(tmp_path / "o"), "--no-backtest", "--quiet"]) == 0
    written = (tmp_path / "o" / "scenario.toml").read_text("utf-8")
    assert tomllib.loads(written)["customers"]["books"] == 0.6
    assert "<b>.csv" not in (tmp_path / "o" / "index.html").read_text("utf-8")


def test_a_scenario_that_is_there_is_not_replaced_unasked(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scenario.toml").write_text("mine", "utf-8")
    command = ["fit", str(file), "--out", str(tmp_path), "--no-backtest", "--quiet"]
    assert main(command) == 3
    assert "a folder without scenario.toml, or --force to replace it" in capsys.readouterr().err
    assert (tmp_path / "scenario.toml").read_text("utf-8") == "mine"
    assert main([*command, "--force", "--name", "new"]) == 0
    scenario_text = (tmp_path / "scenario.toml").read_bytes()
    assert tomllib.loads(scenario_text.decode())["name"] == "new"
    (tmp_path / "scenario.toml").write_text("mine", "utf-8")
    again = shlex.split(json.loads((tmp_path / "fit.json").read_text("utf-8"))["command"])
    assert main(again[1:]) == 0  # the command that the page shows
    assert (tmp_path / "scenario.toml").read_bytes() == scenario_text


@pytest.mark.parametrize(
    ("language", "median"), [("it", "Giorni alla visita, mediana"), ("en", "Days to the visit, median")]
)
def test_lines_for_people_tell_the_backtest_within_80_columns(language: str, median: str) -> None:
    lines = fit_lines(fit_members(), language)
    assert max(map(len, lines)) <= 80
    assert any(median in line for line in lines)
    assert any("false  (" in line for line in lines)  # of on_holidays, as the scenario writes it


def test_json_is_for_programs(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", str(file), "--out", str(tmp_path), "--replications", "2", "--json"]) == 0
    output = capsys.readouterr()
    members = json.loads(output.out)
    assert output.err == ""
    assert members == json.loads((tmp_path / "fit.json").read_text("utf-8"))
    assert members["records"]["orders"] == len(true_records())
    assert {finding["origin"] for finding in members["findings"]} == {"fitted", "counted", "bound", "assumed"}
    assert members["backtest"]["possible"] is True


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", str(tmp_path / "none.csv"), "--out", str(tmp_path)]) == 3
    assert capsys.readouterr().err.startswith("appuntamento: fit: RECORDS: ")
