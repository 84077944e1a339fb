"""What a capacity run says of its sampled orders on the terminal, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports.judging.exit_status import CONFORMANT, FAILED
from sim.capacity.judged import tell_verdicts


def verdicts(verdict: str) -> str:
    """A verdicts file of one rule, of three occasions."""
    finding = {"verdict": verdict, "subject": "X-1", "expected": "by noon", "observed": "at one", "evidence": []}
    return json.dumps({"rules": [{"rule": "CSV-4", "verdict": verdict, "occasions": 3, "findings": [finding]}]})


def test_a_rule_that_was_broken_is_told_with_its_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_verdicts(verdicts("FAIL"), tmp_path, "it", quiet=False) == FAILED
    output = capsys.readouterr().out
    assert "giudicate: 3 occasioni, regole violate: 1" in output
    assert "CSV-4 Violata" in output
    assert "X-1: atteso: by noon; osservato: at one" in output


def test_where_no_rule_was_broken_it_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_verdicts(verdicts("PASS"), tmp_path, "it", quiet=False) == CONFORMANT
    assert capsys.readouterr().out == "giudicate: 3 occasioni, regole violate: 0\n"


def test_nothing_is_told_where_a_program_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_verdicts(verdicts("FAIL"), tmp_path, "it", quiet=True) == FAILED
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))["rules"][0]["verdict"] == "FAIL"
