"""One order of a recorded trace in the terminal: found by code, drawn with what was due, or given to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import appuntamento
from reports.conformance.traced_order import order_named
from reports.judging.errors import InputError
from tests.judging.traces import good_trace
from tests.pages.sample_report import sample_events


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    path = tmp_path / "trace.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in good_trace()), encoding="utf-8")
    return path


def timeline(trace: Path, *options: str) -> int:
    return appuntamento.main(["timeline", "--trace", str(trace), *options])


def first_order(trace: Path) -> str:
    events = map(json.loads, trace.read_text(encoding="utf-8").splitlines())
    return str(next(event["subject"] for event in events if event["type"] == "sms.sent"))


def test_an_order_is_drawn_with_what_happened_and_what_was_due(trace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = first_order(trace)
    assert timeline(trace, "--order", code, "--lang", "en") == 0
    output = capsys.readouterr().out
    assert output.startswith(code)
    assert "Engagement SMS" in output
    assert "due: CSV file by" in output
    assert max(map(len, output.splitlines())) <= 80


def test_programs_get_its_events_as_they_stand_in_the_trace(trace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = first_order(trace)
    assert timeline(trace, "--order", code, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    assert answer["order"] == code
    assert all(event in lines for event in answer["events"])
    assert {event["id"] for event in lines if event.get("subject") == code} <= {
        event["id"] for event in answer["events"]
    }
    assert {deadline["what"] for deadline in answer["deadlines"]} >= {"CSV file by", "end of the term"}


def test_a_code_that_several_worlds_use_asks_for_the_world() -> None:
    with pytest.raises(InputError, match=r"'ORD-1' is 32 orders.*--world w0-booked-ull.*28 more"):
        order_named(sample_events(), "ORD-1", None, None)
    story, _ = order_named(sample_events(), "ORD-1", None, "w0-moved-slu")
    assert story.world == "w0-moved-slu"


@pytest.mark.parametrize("options", [("--order", "NO-SUCH"), ()])
def test_what_cannot_be_found_is_said_in_one_line(
    trace: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert timeline(trace, *options) == appuntamento.BAD_INPUT
    assert "--order" in capsys.readouterr().err
