"""Traces of other systems with their right outcome (`tests/data/cases/expected.csv`), each for a kind of mistake."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from appuntamento import main

CASES = Path(__file__).parents[1] / "data" / "cases"
NAMED = re.compile(r"(?P<rules>(?:[A-Z]+-\d+ )+)(?P<verdict>FAIL|WARNING|INCONCLUSIVE)")
NEED_A_REGISTRATION = ("ELIG-5", "SMS-5", "SMS-6", "LINK-1", "LINK-2", "REM-2", "REM-3")
Verdicts = Mapping[str, str]
IN_WORDS: Mapping[str, Callable[[Verdicts, str], bool]] = {
    "no FAIL": lambda verdicts, _: "FAIL" not in verdicts.values(),
    "nothing PASS": lambda verdicts, _: "PASS" not in verdicts.values(),
    "what needs the registration INCONCLUSIVE": lambda verdicts, _: (
        {verdicts[rule] for rule in NEED_A_REGISTRATION} == {"INCONCLUSIVE"}
    ),
    "and the output names the unknown type with the nearest known one": lambda _, shown: (
        "notification.send ×1 (perhaps notification.sent)" in " ".join(shown.split())
    ),
}


def cases() -> list[object]:
    with (CASES / "expected.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    return [pytest.param(row, id=row["trace"]) for row in rows]


@pytest.mark.parametrize("row", cases())
def test_a_trace_of_another_system_is_judged_rightly(row: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check", str(CASES / row["trace"]), "--profile", row["profile"]]
    status = main([*command, "--json"])
    verdicts = {rule["rule"]: rule["verdict"] for rule in json.loads(capsys.readouterr().out)["rules"]}
    main([*command, "--lang", "en"])
    output = capsys.readouterr().out
    for part in row["verdicts"].split("; "):
        if (named := NAMED.fullmatch(part)) is not None:
            assert {rule: verdicts[rule] for rule in named["rules"].split()} == dict.fromkeys(
                named["rules"].split(), named["verdict"]
            )
        else:
            assert IN_WORDS[part](verdicts, output), part
    assert str(status) in row["exit"].split(" or ")
