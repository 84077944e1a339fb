"""The command line as a person or a program meets it: exit status, one clear line, the members of the contract."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import appuntamento
from reports.judging.exit_status import exit_status
from sim.command_line import check_file, check_folder
from tests.conftest import Refused
from tests.patience import HANG_SECONDS
from tests.places import DATA

EXAMPLES = DATA / "examples.csv"
FILE = __file__  # a file where a folder is asked for
NOT_EVEN_ROOT = "/proc/run"  # in a folder that says to root that it can be written in, and cannot
TOO_LONG = f"new/{'x' * 300}"
TIMELINE = ("timeline", "--service", "ULL", "--trigger")
GOOD_EVENT = (
    '{"specversion":"1.0","id":"1","source":"/intake","type":"order.received","subject":"A-1",'
    '"time":"2026-03-03T09:00:00.000+01:00","data":{"operator":"ALFA","service":"ULL","line_state":"LNA",'
    '"disaggregated":false,"pdc_disaggregated":false,"phone":"+393331234567"}}'
)


def writing(folder: str) -> list[tuple[str, ...]]:
    """Every command that writes a folder, with this folder."""
    goal = ("--target", "orders>=1", "--vary", "sms.per_second")
    return [
        ("simulate", "small-town", "--out", folder),
        ("sweep", "small-town", "--vary", "sms.per_second=1,2", "--out", folder),
        ("plan", "small-town", *goal, "--out", folder),
        ("compare-runs", "a", "b", "--out", folder),
        ("readings", "price", "small-town", "--out", folder),
        ("fit", "orders.csv", "--out", folder),
        ("capacity", "--data", folder),
        ("sandbox", "--port", "0", "--sftp-port", "0", "--data", folder),
        ("validate", "essential", "--with", "model", "--folder", folder),
        ("conformance", "--report", folder),
        ("check", "-", "--report", folder),
        ("selftest", "--report", folder),
    ]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "COMMAND"),
        (("timline",), "timline"),
        (("timeline",), "--trigger"),
        ((*TIMELINE, "2026-03-29T02:30:00"), "skips"),
        ((*TIMELINE, "2026-02-30T10:00:00"), "2026-02-30"),
        ((*TIMELINE, "2026-03-03T10:00:00", "--profile", "strict"), "strict"),
        ((*TIMELINE, "2026-03-03T10:00:00", "--profile", "any"), "any"),
        ((*TIMELINE, "2026-03-03T10:00:00", "--booked", "2026-03-03T11:00:00"), "--visit"),
        ((*TIMELINE, "2026-03-03T10:00:00", "--visit", "2026-03-06T08:00:00"), "--booked"),
        (("capacity", "--port", "65536"), "--port: '65536'"),
        (("sandbox", "--port", "65536"), "--port: '65536'"),
        (("validate", "essential", "--with", "model", "--port", "-1"), "--port: '-1'"),
        (("validate", "essential", "--with", "model", "--sftp-port", "65536"), "--sftp-port: '65536'"),
        (("selftest", "--workers", "0"), "--workers: '0' is not allowed; allowed: a whole number from 1 to 1024"),
        (("simulate", "small-town", "--seed", "1.5"), "--seed: '1.5' is not allowed; allowed: a whole number"),
        (("simulate", "small-town", "--replications", "0"), "--replications: 0 is not allowed"),
        (("simulate", "small-town", "--until-precision", "0%"), "--until-precision"),
        (("sweep", "small-town", "--vary", "sms.per_second=1,2", "--workers", "0"), "--workers: 0 is not allowed"),
        (("plan", "small-town", "--target", "orders>=1", "--vary", "sms.x"), "sms.x"),
        (("readings", "price", "small-town", "--rank-by", "beauty"), "beauty"),
        (("sms", "wait", "--timeout", "nan"), "--timeout: 'nan' is not allowed; allowed: a number from 0"),
        (("orders", "crowd", "--orders", "-1"), "--orders: '-1' is not allowed; allowed: a whole number from 0"),
        (("timeline", "--service", "WLR", "--trigger", "2026-03-03T10:00:00"), "WLR"),
        (("timeline", "--batch", "no-such-file.csv"), "no-such-file.csv"),
        (("check", "no-such-trace.jsonl"), "no-such-trace.jsonl"),
        (("conformance", "--rule", "CSV-9"), "CSV-9"),
        (("conformance", "--profile", "strict"), "strict"),
        (("conformance", "--target", "ftp://127.0.0.1"), "ftp://127.0.0.1"),
        (("simulate", "small-town", "--out", FILE), FILE),
        (("simulate", "small-town", "--out", f"{FILE}/run"), FILE),
        (("compare-runs", "a", "b", "--out", FILE), FILE),
        (("readings", "price", "small-town", "--out", FILE), FILE),
        (("fit", "orders.csv", "--out", FILE), FILE),
        (("capacity", "--data", FILE), FILE),
        (("sandbox", "--port", "0", "--sftp-port", "0", "--data", FILE), FILE),
        (("selftest", "--report", f"{FILE}/report"), FILE),
        *((command, NOT_EVEN_ROOT) for command in writing(NOT_EVEN_ROOT)),
        *((command, TOO_LONG) for command in writing(TOO_LONG)),
        (("check", "-", "--infer", NOT_EVEN_ROOT), "--infer: /proc "),
        (("check", "-", "--infer", "no-such-folder/mine.toml"), "--infer: no-such-folder/mine.toml"),
        (("check", "-", "--infer", str(DATA)), f"--infer: {DATA}"),
    ],
)
def test_bad_usage_is_one_line_that_names_what_is_wrong(
    refused: Refused, arguments: tuple[str, ...], named: str
) -> None:
    assert named in refused(*arguments)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"specversion":', "line 2"),
        (GOOD_EVENT.replace('"id":"1",', ""), "id"),
        (GOOD_EVENT.replace('"id":"1"', '"id":"2"').replace("2026-03-03T09", "2026-02-30T09"), "2026-02-30"),
        (GOOD_EVENT.replace('"id":"1"', '"id":"2"').replace('"ULL"', '"ADSL"'), "ADSL"),
        (GOOD_EVENT, "id"),
        (GOOD_EVENT.replace('"id":"1"', '"id":"2"').replace("T09:00", "T08:00"), "time"),
    ],
)
def test_a_bad_line_of_a_trace_is_named_with_its_file_and_number(
    refused: Refused, tmp_path: Path, line: str, named: str
) -> None:
    trace = tmp_path / "recorded.jsonl"
    trace.write_text(f"{GOOD_EVENT}\n{line}\n", encoding="utf-8")
    message = refused("check", str(trace))
    assert "recorded.jsonl" in message
    assert "line 2" in message
    assert named in message


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("ULL,2026-03-03T10:00:00,", "3 fields"),
        ("ADSL,2026-03-03T10:00:00,,", "ADSL"),
        ("ULL,2026-13-03T10:00:00,,", "trigger"),
        ("ULL,2026-03-03T10:00:00,x,2026-03-06T08:00:00", "booked"),
        ("ULL,2026-03-03T10:00:00,2026-03-03T11:00:00,x", "visit"),
    ],
)
def test_a_bad_row_of_a_batch_is_refused_with_its_line_and_nothing_is_printed(
    refused: Refused, tmp_path: Path, row: str, named: str
) -> None:
    batch = tmp_path / "orders.csv"
    batch.write_text(f"service,trigger,booked,visit\nSLU,2026-03-03T10:00:00,,\n{row}\n", encoding="utf-8")
    message = refused("timeline", "--batch", str(batch))
    assert "orders.csv, line 3" in message
    assert named in message


@pytest.mark.parametrize("content", [b"", b"service,trigger\n", b"\xff\xfe\n", b"service,trigger,booked,visit\n\xff\n"])
def test_a_batch_that_is_no_such_file_is_refused_in_one_line(refused: Refused, tmp_path: Path, content: bytes) -> None:
    batch = tmp_path / "orders.csv"
    batch.write_bytes(content)
    assert "orders.csv, line " in refused("timeline", "--batch", str(batch))


def test_a_profile_file_is_refused_with_its_line_and_what_is_allowed(refused: Refused, tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "default"\nworking_week = "mon_sun"\n', encoding="utf-8")
    message = refused(*TIMELINE, "2026-03-03T10:00:00", "--profile", str(profile))
    assert "mine.toml, line 2" in message
    assert "mon_sat" in message


def test_a_profile_file_changes_what_the_rules_give(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text('working_week = "mon_sat"\n', encoding="utf-8")
    assert appuntamento.main([*TIMELINE, "2026-03-05T10:00:00", "--profile", str(profile), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["last_booking_day"] == "2026-03-07"


@pytest.mark.parametrize("profile", ["default", "literal"])
def test_batch_gives_the_worked_examples(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        expected = [row for row in csv.DictReader(file) if row["profile"] == profile]
    rows = "".join(f"{row['service']},{row['trigger']},,\n" for row in expected)
    typed = ("service,trigger,booked,visit\n" + rows).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(typed)))
    assert appuntamento.main(["timeline", "--batch", "-", "--profile", profile]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == len(expected) > 0
    for members, row in zip(answers, expected, strict=True):
        shown = {name: value["code"] if isinstance(value, dict) else value for name, value in members.items()}
        assert {name: shown[name] for name in row if name not in ("trigger", "profile")} == {
            name: value for name, value in row.items() if name not in ("trigger", "profile")
        }


def test_a_closed_standard_input_is_refused(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "is closed" in refused("timeline", "--batch", "-")
    assert "is closed" in refused("check", "-")


def test_what_was_left_empty_is_not_taken_for_what_was_left_out(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert "unknown profile ''" in refused("check", str(tmp_path / "empty.jsonl"), "--profile", "")
    assert "cannot be read" in refused("timeline", "--batch", "")


def test_a_report_that_cannot_be_put_there_is_refused_before_anything_runs(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = refused("conformance", "--rule", "CSV-3", "--report", str(tmp_path / "file" / "report"))
    assert f"--report: {tmp_path / 'file'} is not a folder" in message


def test_a_folder_to_come_is_tried_and_nothing_is_left_of_that(tmp_path: Path) -> None:
    check_folder("--out", tmp_path / "new" / "newer")
    check_folder("--out", tmp_path)
    check_file("--infer", tmp_path / "mine.toml")
    assert not list(tmp_path.iterdir())


def test_what_no_terminal_can_show_is_said_all_the_same() -> None:
    command: list[str | bytes] = [sys.executable, "-m", "appuntamento", "check", b"\xff"]
    process = subprocess.run(command, capture_output=True, check=False, timeout=HANG_SECONDS)
    assert process.returncode == appuntamento.BAD_INPUT
    assert process.stderr.count(b"\n") == 1
    assert b"udcff" in process.stderr


def test_a_batch_may_begin_with_a_byte_order_mark(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("service,trigger,booked,visit\r\nULL,2026-03-03T10:00:00,,\r\n", encoding="utf-8-sig")
    assert appuntamento.main(["timeline", "--batch", str(rows)]) == 0
    assert json.loads(capsys.readouterr().out)["csv_deadline"] == "2026-03-03T15:00:00+01:00"


def test_the_output_is_utf_8_whatever_the_terminal_says() -> None:
    command = [sys.executable, "-m", "appuntamento", "rules"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=HANG_SECONDS)
    assert "è" in process.stdout.decode("utf-8")


def test_timeline_json_has_exactly_the_members_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    booked = ("--booked", "2026-03-04T10:00:00", "--visit", "2026-03-09T08:00:00")
    assert appuntamento.main([*TIMELINE, "2026-03-03T17:00:00", *booked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "service": "ULL",
        "trigger": "2026-03-03T17:00:00+01:00",
        "engagement_sms": "2026-03-03T17:00:00+01:00",
        "csv_deadline": "2026-03-04T09:00:00+01:00",
        "first_notice": {"code": "Z18", "not_before": "2026-03-03T17:00:00+01:00"},
        "last_booking_day": "2026-03-05",
        "booking_closes": "2026-03-06T00:00:00+01:00",
        "timeout_notice": {"code": "Z36", "not_before": "2026-03-06T00:00:00+01:00"},
        "booked_notice": {"code": "PA"},
        "reminder_deadline": "2026-03-08T18:00:00+01:00",
        "reminder_planned": "2026-03-07T10:00:00+01:00",
        "reschedule_cutoff": "2026-03-08T18:00:00+01:00",
    }


@pytest.mark.parametrize("language", ["it", "en"])
def test_timeline_for_people_fits_eighty_columns(capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert appuntamento.main([*TIMELINE, "2026-03-03T17:00:00", "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("verdicts", "planned", "status"),
    [
        ({"A": "PASS", "B": "NOT_APPLICABLE"}, None, 0),
        ({"A": "PASS", "B": "WARNING"}, None, 0),
        ({"A": "PASS", "B": "NOT_EXERCISED"}, None, 2),
        ({"A": "PASS", "B": "NOT_EXERCISED"}, (), 0),
        ({"A": "PASS", "B": "NOT_EXERCISED"}, ("A",), 0),
        ({"A": "NOT_EXERCISED", "B": "PASS"}, ("A",), 2),
        ({"A": "AMBIGUOUS", "B": "PASS"}, (), 2),
        ({"A": "INCONCLUSIVE", "B": "PASS"}, (), 2),
        ({"A": "AMBIGUOUS", "B": "FAIL"}, None, 1),
        ({"A": "ERROR", "B": "FAIL"}, None, 4),
    ],
)
def test_the_exit_status_follows_from_the_verdicts(
    verdicts: dict[str, str], planned: tuple[str, ...] | None, status: int
) -> None:
    assert exit_status(verdicts, planned) == status


def test_a_fault_of_the_harness_is_told_apart_from_a_mistake_of_the_caller(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("reference_impl.timeline.order_timeline.timeline", broken)
    assert appuntamento.main([*TIMELINE, "2026-03-03T17:00:00", "--json"]) == appuntamento.HARNESS_FAULT
    assert "planted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("has_jobs", "message"), [(False, "nothing was written"), (True, "the same command goes on from there")]
)
def test_an_interrupted_run_says_what_it_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], has_jobs: bool, message: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        if has_jobs:
            (tmp_path / "jobs").mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.capacity.questions.runs.simulate", interrupted)
    assert appuntamento.main(["simulate", "small-town", "--out", str(tmp_path), "--quiet"]) == 130
    assert message in capsys.readouterr().err
