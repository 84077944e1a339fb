"""The main job, end to end: every rule exercised and passed, the report believable, the same trace judged the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import appuntamento
from reports.judging.catalogue import catalogue
from reports.judging.exit_status import CONFORMANT, FAILED, exit_status
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.rome_time import FIXED_CLOCK
from steps.coverage import JUDGE, SYSTEM
from steps.drivers.reference import InProcessDriver
from steps.scripts import play, scripts
from steps.selftest.trial import merged
from tests.conftest import FullRun
from tests.patience import HANG_SECONDS

Check = Callable[[Path, str], tuple[int, dict[str, Any]]]
PROFILES = ("default", "literal")
# Values other than the default of the parameters that are not a choice between words, as TOML.
UNUSUAL = {
    "holidays": '"none"',
    "reminder_time": '"07:00"',
    "max_reschedules": "0",
    "csv_dialect": '{separator=",", header=true, encoding="utf-8-sig", line_end="lf", phone_format="national"}',
    "slot_grid": '{bands = ["08:00-12:00", "14:00-18:00"]}',
}
MUCH = 3_000  # events, of more than ten times as many: hundreds of worlds with a beginning, some with an end
REPORT_FILES = {"index.html", "verdicts.json", "trace.jsonl", "junit.xml"}


@pytest.fixture(scope="module", params=PROFILES)
def report(request: pytest.FixtureRequest, full_run: FullRun) -> tuple[str, Path]:
    """The profile and the report folder of one full run."""
    return request.param, full_run(request.param)


def verdicts_of(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    return content


def events_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "trace.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Exit status and verdicts of `check` on a trace."""

    def checked(trace: Path, profile: str) -> tuple[int, dict[str, Any]]:
        status = appuntamento.main(["check", str(trace), "--json", "--profile", profile])
        return status, json.loads(capsys.readouterr().out)

    return checked


def test_a_reader_knows_everything_that_our_own_trace_says(report: tuple[str, Path]) -> None:
    assert "ignored" not in verdicts_of(report[1])


def test_every_rule_passes_with_at_least_one_occasion(report: tuple[str, Path]) -> None:
    rules = verdicts_of(report[1])["rules"]
    assert [rule["rule"] for rule in rules] == list(catalogue().rules)
    assert {rule["verdict"] for rule in rules} == {"PASS"}
    assert all(rule["occasions"] >= 1 for rule in rules)


def test_the_report_holds_the_four_files_and_nothing_else(report: tuple[str, Path]) -> None:
    assert {path.name for path in report[1].iterdir()} == REPORT_FILES


def test_check_on_the_trace_of_the_run_gives_the_verdicts_of_the_run(full_run: FullRun, check: Check) -> None:
    folder = full_run("default")
    status, checked = check(folder / "trace.jsonl", "default")
    assert status == 0
    assert checked["rules"] == verdicts_of(folder)["rules"]


@pytest.mark.parametrize("line_count", [0, 1, 100, MUCH])
def test_a_cut_trace_is_never_green_for_what_it_does_not_show(
    report: tuple[str, Path], tmp_path: Path, check: Check, line_count: int
) -> None:
    cut = tmp_path / "cut.jsonl"
    lines = (report[1] / "trace.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    cut.write_text("".join(lines[:line_count]), encoding="utf-8")
    _, checked = check(cut, report[0])
    for rule in checked["rules"]:
        assert rule["verdict"] != "PASS" or rule["occasions"] >= 1
        assert rule["verdict"] not in ("FAIL", "ERROR"), rule


def test_a_violation_planted_in_the_run_is_found_and_its_event_named(
    report: tuple[str, Path], tmp_path: Path, check: Check
) -> None:
    events = events_of(report[1])[:MUCH]
    sms = next(event for event in events if event["type"] == "sms.sent" and event["data"]["kind"] == "engagement")
    day = sms["time"][:10]
    events.remove(sms)
    sms["time"] = f"{day}T20:00:00.001{sms['time'][23:]}"
    position = next(index for index, event in enumerate(events) if event["time"] > sms["time"])
    events.insert(position, sms)
    trace = tmp_path / "planted.jsonl"
    trace.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    status, checked = check(trace, report[0])
    assert status == FAILED
    verdict = next(rule for rule in checked["rules"] if rule["rule"] == "SMS-4")
    assert verdict["verdict"] == "FAIL"
    assert any(sms["id"] in finding["evidence"] for finding in verdict["findings"])


def test_a_profile_that_reads_everything_otherwise_is_lived_up_to_by_reference_and_features(tmp_path: Path) -> None:
    profile = load_profile(profile_file(tmp_path, otherwise(0)))
    stories = [play(script, profile, InProcessDriver) for shelf in (SYSTEM, JUDGE) for script in scripts(shelf)]
    assert {scenario.outcome for scenario in stories} == {"passed"}
    verdicts = json.loads(judge(merged(stories), profile).to_json())["rules"]
    assert exit_status({rule["rule"]: rule["verdict"] for rule in verdicts}, planned=None) == CONFORMANT


def test_so_is_one_that_reads_otherwise_still_what_has_a_third_reading(tmp_path: Path) -> None:
    rules = [option for rule in read_otherwise_twice() for option in ("--rule", rule)]
    command = ["conformance", "--profile", profile_file(tmp_path, otherwise(-1)), "--report", str(tmp_path / "report")]
    assert appuntamento.main([*command, *rules]) == CONFORMANT


def profile_file(folder: Path, profile: str) -> str:
    """The path of a file with a profile."""
    path = folder / "otherwise.toml"
    path.write_text(profile, encoding="utf-8")
    return str(path)


def read_otherwise_twice() -> list[str]:
    """The rules of parameters with three readings or more: for these the last profile differs from the first."""
    parameters = catalogue().parameters.values()
    several = [parameter for parameter in parameters if parameter.kind == "choice" and len(parameter.readings) > 2]
    return sorted({rule for parameter in several for rule in parameter.rules})


def otherwise(choice: int) -> str:
    """A profile that gives each parameter a reading other than its default: the first such reading, or the last."""
    lines = []
    for name, parameter in catalogue().parameters.items():
        readings = [reading for reading in parameter.readings if reading != parameter.default]
        if parameter.kind == "choice" and readings:
            lines.append(f'{name} = "{readings[choice]}"')
        elif name in UNUSUAL:
            lines.append(f"{name} = {UNUSUAL[name]}")
    return "\n".join(lines) + "\n"


def test_a_run_of_one_rule_must_exercise_that_rule_only(tmp_path: Path) -> None:
    assert appuntamento.main(["conformance", "--rule", "CSV-3", "--report", str(tmp_path / "one")]) == 0
    verdicts = {rule["rule"]: rule["verdict"] for rule in verdicts_of(tmp_path / "one")["rules"]}
    assert verdicts == {"CSV-3": "PASS"}


def _without_durations(report: bytes) -> bytes:
    """A report without the seconds that its scenarios took, which JUnit tells and no seed decides."""
    return re.sub(rb' time="[0-9.]+"', b"", report)


def test_the_same_seed_gives_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    reports = []
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        command = [sys.executable, "-m", "appuntamento", "conformance", "--report", str(folder), "--seed", "7"]
        rules = ["--rule", "CSV-1", "--rule", "OP-3", "--rule", "INV-6"]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, FIXED_CLOCK: "1772526600"}
        process = subprocess.run(
            [*command, *rules], env=environment, capture_output=True, check=False, timeout=HANG_SECONDS
        )
        assert process.returncode == 0, process.stderr
        reports.append({name: _without_durations((folder / name).read_bytes()) for name in sorted(REPORT_FILES)})
    assert reports[0] == reports[1]
