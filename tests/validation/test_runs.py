"""Whole runs over real wires: right operators pass, wrong ones fail the rules they break, faults are no rule's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appuntamento import main
from reports.judging.errors import InputError
from reports.judging.exit_status import UNDECIDED
from sim.operators import model_program
from sim.validation import report
from sim.validation.actions import OBSERVED
from sim.validation.cover import OWN, cover_of, cover_rows, outcome_members
from sim.validation.guided.page_view import shown_rules
from sim.validation.operator_file import OperatorUnderTest
from sim.validation.outcome import outcome_of
from sim.validation.plan import Plan, load_plan, stories
from sim.validation.rehearsal import Place, broken_by, connect, is_as_expected, rehearse, stage_for
from sim.validation.report import broken_seals, write_report
from sim.validation.runner import Run, play, scope_of
from sim.validation.shelf import wrong_operator
from sim.validation.trials import try_all
from sim.validation.words import lines_of, narrow

NODE_PROGRAM = Path(model_program.__file__).with_suffix(".mjs")
ONE_FOR_EACH_RULE = (
    "disaggregated", "two-rows", "race-lost", "customer-declines", "operator-moves-late", "out-of-order-own",
    "forged-end", "replayed", "part-file", "site-closed",
)  # fmt: skip
# Wrong operators, each with a story in which it shows. The whole shelf: `appuntamento validate hostile --with all`.
SHOWN_BY = {
    "moves-on-duplicates": "duplicate",
    "reads-temporary-names": "part-file",
    "books-when-second": "race-lost",
    "books-after-the-end": "timed-out",
    "stale-believed": "stale",
    "first-row-only": "two-rows",
}


@pytest.fixture(scope="module")
def right_run(sandbox_url: str) -> Run:
    """The run of the right operator through the widest plan."""
    return rehearse(_hostile(), "model", lambda line: None, sandbox_url)


def _hostile() -> Plan:
    """The hostile plan with a story for every rule, but none in which real time has to pass."""
    return replace(load_plan("hostile"), stories=tuple(stories()[name] for name in ONE_FOR_EACH_RULE))


def test_the_right_operator_passes_every_rule_with_occasions(right_run: Run) -> None:
    verdicts = {ruling.rule: ruling.verdict for ruling in right_run.outcome.rules}
    assert {rule for rule, verdict in verdicts.items() if verdict != "PASS"} == {"OP-11"}
    assert verdicts["OP-11"] == "NOT_EXERCISED"
    assert not right_run.ended_early


def test_a_desk_that_says_yes_and_does_nothing_is_warned_of_by_order(sandbox_url: str, tmp_path: Path) -> None:
    class Idle(model_program.Operator):
        def asked(self, errand: dict[str, Any]) -> None:
            if errand["do"] == "order":
                super().asked(errand)

    plan = replace(load_plan("hostile"), stories=(stories()["operator-moves"],))
    place = Place(tmp_path, target=sandbox_url)
    with stage_for(plan, OperatorUnderTest(), place) as (stage, facts), model_program.Server(Idle(facts)) as server:
        connect(stage, server.url)
        run = play(stage, plan, lambda line: None)
    warnings = [(found.rule, found.verdict, found.subject) for found in run.outcome.findings if found.subject]
    assert warnings == [("OP-6", "WARNING", "S01-1")]
    assert outcome_members(run)["findings"][-1]["observed"] == OBSERVED.en
    assert outcome_members(run)["status"] == UNDECIDED


def test_an_undecided_rule_of_the_harness_is_kept_neither_in_the_terminal_nor_on_the_cover(right_run: Run) -> None:
    first_ruling, *other_rulings = right_run.outcome.harness
    harness = (replace(first_ruling, verdict="INCONCLUSIVE"), *other_rulings)
    run = replace(right_run, outcome=replace(right_run.outcome, harness=harness))
    words = f"{len(other_rulings)} of {len(harness)} rules kept"
    assert f"the harness itself: {words}" in list(lines_of(run, "en"))
    assert dict(cover_rows(cover_of(run), run))[OWN].en == words


def test_a_rule_without_occasion_is_undecided_and_says_what_to_do(right_run: Run) -> None:
    (finding,) = right_run.outcome.findings
    assert (finding.rule, finding.blame) == ("OP-11", "operator")
    assert finding.mend is not None
    assert right_run.outcome.exit_status == 2


@pytest.mark.parametrize("name", SHOWN_BY)
def test_a_wrong_operator_fails_exactly_the_rules_that_it_breaks(sandbox_url: str, name: str) -> None:
    story = stories()[SHOWN_BY[name]]
    plan = replace(load_plan("complete"), stories=(stories()["operator-books"], story))
    broken = broken_by(rehearse(plan, name, lambda line: None, sandbox_url))
    assert is_as_expected(wrong_operator(name), broken, plan), broken


def test_a_failure_is_told_as_soon_as_it_is_certain_with_what_was_wrong_and_its_mend(sandbox_url: str) -> None:
    plan = replace(load_plan("complete"), stories=(stories()["customer-books"], stories()["operator-books"]))
    lines: list[str] = []
    run = rehearse(plan, "both-codes", lines.append, sandbox_url, "it")
    assert is_as_expected(wrong_operator("both-codes"), broken_by(run), plan)
    first_story = lines[1 : lines.index("2/2  operator-books")]
    assert first_story[0].startswith("  ✗ OP-1")
    assert first_story[3].endswith("entrambi i codici, PRJ-ALFA e DEL-ALFA")
    assert "rimedio: scrivi un solo codice" in first_story[4]
    assert [line for line in lines if line.startswith("  ✓ OP-2")] == [line for line in lines if "OP-2" in line]
    assert len([line for line in lines if "OP-1 " in line]) == 1, "what was told is not told again"
    on_the_page = next(rule.findings[0] for rule in shown_rules(run, "it") if rule.rule == "OP-1")
    assert first_story[3].strip() == f"osservato: {on_the_page.observed}"


def test_operators_are_tried_in_processes_of_their_own_and_what_is_not_as_it_should_be_is_told(tmp_path: Path) -> None:
    plan, lines = tmp_path / "mine.toml", list[str]()
    plan.write_text('extends = "complete"\nrules = ["OP-1"]\nstories = ["customer-books"]\n', encoding="utf-8")
    names = ("model", "both-codes", "delivery-when-disaggregated")  # the last needs another story to show
    assert try_all(str(plan), lines.append, names, processes=2) == 1
    assert sorted(line.split()[:3] for line in lines) == [
        ["✓", "both-codes", "OP-1"], ["✓", "model", "-"], ["✗", "delivery-when-disaggregated", "-"],
    ]  # fmt: skip


def test_a_story_that_the_operator_leaves_undone_ends_early_and_is_no_fault_of_a_rule(sandbox_url: str) -> None:
    plan = replace(load_plan("complete"), stories=(stories()["customer-moves"], stories()["operator-books"]))
    run = rehearse(plan, "never-fetches", lambda line: None, sandbox_url)
    assert run.ended_early == {"customer-moves": run.ended_early["customer-moves"]}
    assert "not_booked" in run.ended_early["customer-moves"].en
    assert is_as_expected(wrong_operator("never-fetches"), broken_by(run), plan)
    assert not [finding for finding in run.outcome.findings if finding.blame == "harness"]


@pytest.mark.skipif(not (shutil.which("node") and shutil.which("sftp")), reason="node or sftp is not there")
def test_the_operator_in_node_passes_too(sandbox_url: str, tmp_path: Path) -> None:
    plan = replace(load_plan("essential"), stories=load_plan("essential").stories[:2])
    with stage_for(plan, OperatorUnderTest(), Place(tmp_path, target=sandbox_url)) as (stage, facts):
        (tmp_path / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
        with _node(tmp_path / "facts.json") as url:
            connect(stage, url)
            run = play(stage, plan, lambda line: None)
    verdicts = {ruling.rule: ruling.verdict for ruling in run.outcome.rules}
    assert verdicts.pop("OP-7") == "NOT_EXERCISED"
    assert set(verdicts.values()) == {"PASS"}


@contextmanager
def _node(facts: Path) -> Iterator[str]:
    command = ["node", str(NODE_PROGRAM), str(facts), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().removesuffix("/notifications")
        finally:
            process.terminate()


def test_a_report_is_sealed_and_a_changed_one_is_told(
    right_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    write_report(folder, right_run, "it")
    assert broken_seals(folder) == []
    outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    cover = outcome["cover"]
    assert (cover["operator"], cover["plan"], cover["out_of_scope"]) == ("ALFA", "hostile", {})
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert 'class="headline INCONCLUSIVE"' in page, "OP-11 had no occasion"
    cover_page = page.partition('class="cover"')[2].partition("</section>")[0]
    assert all(
        f"<dd>{text}</dd>" in cover_page
        for text in ("ALFA", f"appuntamento {cover['version']}", "csv_cadence = latest", "0")
    )
    assert f"{cover['from'][:10]} {cover['from'][11:16]} – {cover['until'][:10]}" in cover_page
    assert {entry["rule"] for entry in outcome["rules"]} == set(right_run.plan.rules)
    with (folder / "trace.jsonl").open("ab") as trace:
        trace.write(b" ")
    os.truncate(folder / "verdicts.json", 10)
    (folder / "junit.xml").unlink()
    (folder / "more.txt").touch()
    broken = broken_seals(folder)
    assert sorted(broken) == [
        "junit.xml: missing", "more.txt: not sealed", "trace.jsonl: changed", "verdicts.json: changed",
    ]  # fmt: skip
    assert main(["verify", str(folder)]) == 1
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "junit.xml: manca", "more.txt: non sigillato", "trace.jsonl: cambiato", "verdicts.json: cambiato",
    ]  # fmt: skip


def test_without_a_desk_the_report_says_why_op_1_is_out_of_scope(right_run: Run, tmp_path: Path) -> None:
    run = replace(right_run, outcome=outcome_of(right_run.verdicts, scope_of(right_run.plan, OperatorUnderTest())))
    page = write_report(tmp_path / "report", run, "en").read_text(encoding="utf-8")
    assert "OP-1: without a desk the harness hands the orders in" in page.partition("</section>")[0]
    outcome = json.loads((tmp_path / "report" / "outcome.json").read_text(encoding="utf-8"))
    assert list(outcome["cover"]["out_of_scope"]) == ["OP-1"]
    assert [line for line in lines_of(run, "it") if line.startswith("fuori ambito, OP-1: senza desk")]


@pytest.mark.skipif(not any(map(shutil.which, report.BROWSERS)), reason="no Chromium is there")
def test_the_page_can_be_printed() -> None:
    printed = report.pdf_of(b"<!doctype html><title>x</title><p>OP-1</p>")
    assert printed is not None
    assert printed.startswith(b"%PDF-")


def test_where_no_browser_is_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "BROWSERS", ())
    assert report.pdf_of(b"<p>OP-1</p>") is None


@pytest.mark.parametrize("named", ["", f"{'0' * 64}  ../outcome.json\n", f"{'0' * 64}  /outcome.json\n"])
def test_a_seal_over_nothing_or_over_files_elsewhere_is_none(tmp_path: Path, named: str) -> None:
    (tmp_path / "SHA256SUMS").write_text(named, encoding="ascii")
    with pytest.raises(InputError, match="no seal"):
        broken_seals(tmp_path)


def test_what_is_said_of_a_run_keeps_to_80_columns() -> None:
    title = "L'operatore risponde 2xx in tempo a ogni notifica, e la stessa notifica due volte ha un solo effetto"
    first_line, second_line = narrow(f"  ✓ OP-2  Conforme  {title}")
    assert max(len(first_line), len(second_line)) <= 80
    assert f"{first_line.strip()} {second_line.strip()}" == f"✓ OP-2  Conforme  {title}"
    assert (first_line[:4], second_line[:6].strip()) == ("  ✓ ", "")
