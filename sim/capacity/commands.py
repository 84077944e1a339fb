"""What the capacity commands do: arguments in, a run, its judged trace and its page, a few lines out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.capacity.explained import explained
from sim.capacity.jobs.workers import begin_early
from sim.capacity.judged import tell_verdicts
from sim.capacity.memory import give_back_what_is_free
from sim.capacity.sample_judge import SampleJudge
from sim.capacity.terminal_lines import (
    print_answer,
    print_comparison,
    print_engines,
    print_kpis,
    print_pairs,
    print_sweep,
    print_warm_up,
)
from sim.capacity.terminal_rows import print_sentences
from sim.capacity.terminal_words import phrase
from sim.command_line import check_effective, check_folder

if TYPE_CHECKING:
    from sim.capacity.questions.runs import How
    from sim.capacity.tables.results import Run

DONE = 0
RULE_BROKEN = 1
NOT_MET = 2


def simulate_command(options: argparse.Namespace) -> int:
    """Run, judge the sampled orders, write tables and page, print the main indicators."""
    begin_early(options.workers, options.cluster)
    from sim.capacity.questions.blame import blaming_set
    from sim.capacity.questions.runs import PRECISION_OF, simulate
    from sim.capacity.questions.sweep import read_changes

    if options.until_precision is None:
        check_effective({"--precision-of": options.precision_of}, "with --until-precision")
    changes = read_changes(options.set)
    judge = SampleJudge(options.workers, options.seed)
    with blaming_set(options.scenario, changes):
        run = simulate(
            options.scenario,
            options.replications,
            how=how_of(options, judge),
            changes=changes,
            precision=_percent(options.until_precision),
            precision_of=tuple(options.precision_of or PRECISION_OF),
            keeps_orders=options.orders,
        )
    status, page = _delivered(run, judge, "simulate", options)
    if options.json:
        print(run.frames["kpis"].write_json())
    else:
        print_kpis(run, options.lang)
        print_sentences(explained(run, options.lang))
        print(f"report: {page}")
    return status


def sweep_command(options: argparse.Namespace) -> int:
    """Run every variant, judge, write tables and pages, print what each variant gave."""
    begin_early(options.workers, options.cluster)
    from sim.capacity.questions.blame import blaming_set
    from sim.capacity.questions.runs import sweep
    from sim.capacity.questions.sweep import DEFAULT_POINTS, GRID, read_axis, read_changes

    if options.design == GRID:
        check_effective(
            {"--points": options.points}, "with --design lhs or sobol; of a grid --vary PATH=LOW..HIGH:POINTS"
        )
    axes, changes = [read_axis(text) for text in options.vary], read_changes(options.set)
    judge = SampleJudge(options.workers, options.seed)
    how = how_of(options, judge)
    with blaming_set(options.scenario, changes):
        run, table = sweep(
            options.scenario,
            axes,
            kind=options.design,
            points=DEFAULT_POINTS if options.points is None else options.points,
            replications=options.replications,
            how=how,
            changes=changes,
        )
    status, page = _delivered(run, judge, "sweep", options)
    if options.json:
        print(table.write_json())
    else:
        print_sweep(run, table, options.lang)
        print(f"report: {page}")
    return status


def plan_command(options: argparse.Namespace) -> int:
    """Find the smallest value that meets a target; exit status 2 where none surely does."""
    begin_early(options.workers, options.cluster)
    from reports.words.number_words import exact
    from sim.capacity.errors import RunError
    from sim.capacity.questions.blame import blaming_set
    from sim.capacity.questions.planning import Search
    from sim.capacity.questions.runs import highest_value, plan_for
    from sim.capacity.questions.sweep import read_changes

    if len(options.vary) > 1:
        return _pairs_command(options)
    check_effective({"--minimise": options.minimise}, "with two --vary, each with its values")
    changes, vary = read_changes(options.set), options.vary[0]
    low = 1.0 if options.low is None else options.low
    judge = SampleJudge(options.workers, options.seed)
    how = how_of(options, judge)
    with blaming_set(options.scenario, changes):
        high = options.high if options.high is not None else highest_value(options.scenario, vary, changes)
        if options.high is None and high <= low:
            raise RunError("--from", low, f"a number below {exact(high)}, four times the scenario's, or with --to")
        step = 1.0 if options.step is None else options.step
        search = Search(low, high, step, options.confidence, options.replications, options.indifference)
        run, answer = plan_for(options.scenario, options.target, vary, search, how=how, changes=changes)
    status, page = _delivered(run, judge, "plan", options)
    if options.json:
        print(json.dumps(run.plan, indent=1))
    else:
        print_answer(answer, options.lang)
        print(f"report: {page}")
    return status or (DONE if answer.value is not None else NOT_MET)


def _pairs_command(options: argparse.Namespace) -> int:
    """Find the cheapest pair of two parameters that meets a target; exit status 2 where none surely does."""
    from sim.capacity.questions.blame import blaming_set
    from sim.capacity.questions.planning import Search
    from sim.capacity.questions.runs import cheapest_for
    from sim.capacity.questions.sweep import read_axis, read_changes

    of_one = {"--from": options.low, "--to": options.high, "--step": options.step}
    check_effective(of_one, "with one --vary; of two each has its values, --vary PATH=LOW..HIGH:POINTS")
    axes = [read_axis(text) for text in options.vary]
    search = Search(0, 1, 1, options.confidence, options.replications, options.indifference)
    minimise, changes = options.minimise or "cost", read_changes(options.set)
    judge = SampleJudge(options.workers, options.seed)
    how = how_of(options, judge)
    with blaming_set(options.scenario, changes):
        run, cheapest = cheapest_for(options.scenario, options.target, axes, minimise, search, how=how, changes=changes)
    status, page = _delivered(run, judge, "plan", options)
    if options.json:
        print(json.dumps(run.about["grid"], indent=1))
    else:
        print_pairs(run, options.lang)
        print(f"report: {page}")
    return status or (DONE if cheapest.best is not None else NOT_MET)


def compare_command(options: argparse.Namespace) -> int:
    """Compare two runs that were written; with --out, a table and a page of it too."""
    from reports.capacity.pages import write_capacity_report
    from reports.rome_time import made_now
    from sim.capacity.questions.runs import compare_runs

    if options.out is None:
        check_effective({"--xlsx": options.xlsx}, "with --out, the folder that it is to lie in")
    else:
        check_folder("--out", options.out)
    run = compare_runs(options.a, options.b, options.out)
    table = run.frames["comparison"]
    if run.about["comparison"]["unrelated"]:  # type: ignore[index]
        print(phrase(options.lang, "unrelated"), file=sys.stderr)
    if options.json:
        print(table.write_json())
    else:
        print_comparison(table, (options.a.resolve().name, options.b.resolve().name), options.lang)
    if options.out is not None:
        if options.xlsx:
            run.write_spreadsheet(options.out)
        page = write_capacity_report(options.out, options.lang, made_now())
        print(f"report: {page}", file=sys.stderr if options.json else sys.stdout)
    return DONE


def _delivered(run: Run, judge: SampleJudge, kind: str, options: argparse.Namespace) -> tuple[int, Path]:
    """Complete the folder of a run, with the verdicts of its judge; the exit status so far, and the page."""
    from reports.capacity.pages import write_capacity_report
    from reports.rome_time import made_now

    folder = options.out or Path("out") / kind / str(run.about["name"])
    if options.out is None:  # with --out the tables are there already
        run.write(folder)
    if options.xlsx:
        run.write_spreadsheet(folder)
    give_back_what_is_free()  # of jobs and tables, before the judge and the page need as much
    print_engines(run, options.engine, options.lang)
    print_warm_up(run, options.quiet or options.json, options.lang)
    status = tell_verdicts(judge.verdicts(), folder, options.lang, quiet=options.json)
    return max(status, _exact_violations(run)), write_capacity_report(folder, options.lang, made_now())


def _exact_violations(run: Run) -> int:
    """INV-6 is counted in every order, sampled or not: exit status 1 where a slot held more than it could."""
    violations = run.frames["replications"].filter(indicator="slots_over_capacity")["value"].sum()
    if not violations:
        return DONE
    print(f"INV-6: {violations:.0f} appointments beyond the capacity of their slot", file=sys.stderr)
    return RULE_BROKEN


def how_of(options: argparse.Namespace, judge: SampleJudge | None = None) -> How:
    """How the runs of a command are made, and who judges them."""
    from sim.capacity.questions.runs import How

    quiet = options.quiet or options.json
    check_folder("--out", options.out or Path("out"))
    hears_trace = None if judge is None else judge.hear
    return How(
        options.seed, options.workers, options.cluster, options.out, quiet, options.engine, hears_trace=hears_trace
    )


def _percent(text: str | None) -> float | None:
    from sim.capacity.errors import RunError

    if text is None:
        return None
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise RunError("--until-precision", text, "a share such as 2%") from error
