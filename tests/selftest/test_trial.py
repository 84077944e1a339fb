"""A few systems on trial: caught twice, excused from the judge, accused of nothing, crashed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import appuntamento
from reference_impl.policy import Policy
from reference_impl.routing import route
from reports.judging.judge import judge
from reports.judging.profiles import named_profile
from steps.plugin import rule_ids
from steps.selftest import matrix
from steps.selftest.changes import NOTHING, function
from steps.selftest.command_line import _progress
from steps.selftest.simulation.operator_time import operator_trace
from steps.selftest.simulation.ordinary_time import ordinary_trace
from steps.selftest.systems import WrongSystem, wrong
from steps.selftest.trial import Catches, Outcome, try_wrong
from steps.selftest.tribunal import chosen, held_against, systems, trial


def verdicts(trace: Sequence[dict[str, object]]) -> dict[str, tuple[str, int]]:
    """Verdict and occasions of each rule."""
    rulings = json.loads(judge(trace, named_profile("default")).to_json())["rules"]
    return {rule["rule"]: (rule["verdict"], rule["occasions"]) for rule in rulings}


def test_the_ordinary_simulation_gives_every_rule_occasions_and_breaks_none() -> None:
    with NOTHING.in_force():
        lived = ordinary_trace(Policy(), {}, NOTHING.rewire)
        of_operator = operator_trace(Policy(), {}, NOTHING)
    assert (lived.crash, of_operator.crash) == ("", "")
    ruling_of = {
        **verdicts(lived.trace),
        **{rule: ruling for rule, ruling in verdicts(of_operator.trace).items() if rule.startswith("OP-")},
    }
    assert {rule: verdict for rule, (verdict, _) in ruling_of.items() if verdict not in ("PASS", "NOT_EXERCISED")} == {}
    assert [
        rule for rule, (_, occasions) in ruling_of.items() if not occasions and rule not in ("OP-9", "OP-10", "OP-11")
    ] == []


@pytest.mark.parametrize("name", ["easter-monday-sms", "pa-for-fibre", "foreign-code-written"])
def test_a_wrong_system_is_caught_twice(name: str) -> None:
    outcome = trial(name)
    assert held_against(outcome) == []
    assert all(caught.scenarios and caught.findings for caught in outcome.catches.values())


def test_what_no_trace_shows_is_caught_by_its_scenario_alone() -> None:
    outcome = trial("the-second-is-told-yes")
    assert held_against(outcome) == []
    assert [bool(caught.findings) for caught in outcome.catches.values()] == [False]


def test_a_system_that_crashes_is_neither_caught_nor_passed() -> None:
    crashing = function(route, lambda original: lambda order, *rest: 1 // 0)
    outcome = try_wrong(wrong("ROUTE-8", "crashing", "it divides by zero", crashing))
    assert "ZeroDivisionError" in outcome.crash
    assert held_against(outcome)[0].startswith("crashed")


def test_a_right_system_among_the_wrong_is_told() -> None:
    outcome = try_wrong(wrong("REF-1", "right", "nothing", NOTHING))
    assert outcome.catches == {"REF-1": Catches()}


def test_one_system_runs_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "report"
    status = appuntamento.main(["selftest", "--only", "no-pa", "--report", str(folder), "--json", "--workers", "1"])
    answer = json.loads(capsys.readouterr().out)
    assert status == 0
    assert answer["holds"]
    assert [system["name"] for system in answer["systems"]] == ["no-pa"]
    assert json.loads((folder / "selftest.json").read_text(encoding="utf-8")) == answer
    assert "BOOK-2    no-pa" in (folder / "selftest.txt").read_text(encoding="utf-8")


def test_what_is_not_known_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for option, word, nearest in (("--rule", "CSV-9", "CSV-"), ("--only", "no-pam", "no-pa")):
        assert appuntamento.main(["selftest", option, word]) == appuntamento.BAD_INPUT
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"appuntamento: {option}: {word!r} is no ")
        assert nearest in line


def test_systems_are_chosen_by_rule_and_by_name() -> None:
    assert set(chosen(["CSV-3"])) == {name for name in chosen() if "CSV-3" in getattr(systems()[name], "rules", ())}
    assert chosen(["CSV-3"], ["iso-dates", "no-pa"]) == ["iso-dates"]
    assert len(chosen()) == len(systems())


def test_the_table_says_who_missed_what() -> None:
    outcome = Outcome("no-pa", "wrong", {"BOOK-2": Catches((), ("a finding",))})
    text = matrix.as_text([outcome], rule_ids())
    assert not matrix.holds([outcome])
    assert "no-pa" in text
    assert "MISSED" in text
    assert "BOOK-2: no scenario catches it" in text


def test_the_whole_table_keeps_to_80_columns_whatever_goes_wrong() -> None:
    rules = rule_ids()
    caught, accused = (
        {rule: Catches(("a scenario",), ("a finding",)) for rule in rules},
        "ValueError: " + "why not " * 20,
    )
    outcomes = [
        Outcome(name, "wrong" if isinstance(system, WrongSystem) else "stranger", caught, crash)
        for name, system in systems().items()
        for crash in ("", accused)
    ]
    lines = matrix.as_text(outcomes, rules).splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines[-2:]).split()) == matrix.summary(outcomes)


def test_the_progress_of_a_trial_keeps_to_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    tell = _progress(quiet=False)
    for name in systems():
        tell(1, 200, Outcome(name, "stranger", {rule: Catches(("a scenario of it",)) for rule in rule_ids()}))
    output = capsys.readouterr().err
    assert max(map(len, output.splitlines())) <= 80
    assert output.count("/200 ") == len(systems())
