"""What the capacity commands do: arguments in, a run, its judged trace and its page, a few lines out.

The front door hands in what lives elsewhere (profiles, the judge, the pages) as functions: nothing of it is known here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.capacity.terminal_lines import print_answer, print_comparison, print_kpis, print_sweep, print_warm_up

if TYPE_CHECKING:
    from sim.capacity.questions.runs import How
    from sim.capacity.tables.results import Run

DONE = 0
RULE_BROKEN = 1
NOT_MET = 2
Lines = Sequence[Mapping[str, object]]


class Judge(Protocol):
    """Judges a trace under a profile, writes verdicts.json into a folder, prints a line; returns the exit status."""

    def __call__(self, trace: Lines, profile: str, folder: Path, options: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Outside:
    """What the commands need and this folder must not know.

    `readings_of` gives the readings of a profile by name; `write_page` writes the page of a run's folder in a language
    and returns its path.
    """

    readings_of: Callable[[str], Mapping[str, object]]
    judge: Judge
    write_page: Callable[[Path, str], Path]


def simulate_command(options: argparse.Namespace, outside: Outside) -> int:
    """Run, judge the sampled orders, write tables and page, print the main indicators."""
    from sim.capacity.questions.runs import PRECISION_OF, simulate
    from sim.capacity.questions.sweep import read_changes

    run = simulate(
        options.scenario,
        options.replications,
        how=_how(options, outside),
        changes=read_changes(options.set),
        precision=_percent(options.until_precision),
        precision_of=tuple(options.precision_of or PRECISION_OF),
        keeps_orders=options.orders,
    )
    status, page = _delivered(run, "simulate", options, outside)
    if options.json:
        print(run.frames["kpis"].write_json())
    else:
        print_kpis(run, options.lang)
        print(f"report: {page}")
    return status


def sweep_command(options: argparse.Namespace, outside: Outside) -> int:
    """Run every variant, judge, write tables and pages, print what each variant gave."""
    from sim.capacity.questions.runs import sweep
    from sim.capacity.questions.sweep import read_axis, read_changes

    axes = [read_axis(text) for text in options.vary]
    how = _how(options, outside)
    run, table = sweep(
        options.scenario,
        axes,
        kind=options.design,
        points=options.points,
        replications=options.replications,
        how=how,
        changes=read_changes(options.set),
    )
    status, page = _delivered(run, "sweep", options, outside)
    if options.json:
        print(table.write_json())
    else:
        print_sweep(table)
        print(f"report: {page}")
    return status


def plan_command(options: argparse.Namespace, outside: Outside) -> int:
    """Find the smallest value; exit status 2 where no value up to the highest is surely enough."""
    from sim.capacity.questions.planning import Search
    from sim.capacity.questions.runs import highest_value, plan_for
    from sim.capacity.questions.sweep import read_changes

    changes = read_changes(options.set)
    high = options.high if options.high is not None else highest_value(options.scenario, options.vary, changes)
    search = Search(options.low, high, options.step, options.confidence, options.replications)
    how = _how(options, outside)
    run, answer = plan_for(options.scenario, options.target, options.vary, search, how=how, changes=changes)
    status, page = _delivered(run, "plan", options, outside)
    if options.json:
        print(json.dumps(run.plan, indent=1))
    else:
        print_answer(answer)
        print(f"report: {page}")
    return status or (DONE if answer.value is not None else NOT_MET)


def compare_command(options: argparse.Namespace, outside: Outside) -> int:
    """Compare two runs that were written; with --out, a table and a page of it too."""
    from sim.capacity.questions.runs import compare_runs

    run = compare_runs(options.a, options.b, options.out)
    table = run.frames["comparison"]
    if options.json:
        print(table.write_json())
    else:
        print_comparison(table, options.lang)
    if options.out is not None:
        page = outside.write_page(options.out, options.lang)
        print(f"report: {page}", file=sys.stderr if options.json else sys.stdout)
    return DONE


def _delivered(run: Run, kind: str, options: argparse.Namespace, outside: Outside) -> tuple[int, Path]:
    """Have the run judged and its folder completed; the exit status so far, and the page."""
    folder = options.out or Path("out") / kind / str(run.about["name"])
    if options.out is None:  # with --out the tables are there already
        run.write(folder)
    print_warm_up(run, options.quiet or options.json)
    status = outside.judge(run.trace, str(run.about["scenario"].get("profile", "default")), folder, options)  # type: ignore[attr-defined]
    return max(status, _exact_violations(run)), outside.write_page(folder, options.lang)


def _exact_violations(run: Run) -> int:
    """INV-6 is counted in every order, sampled or not: exit status 1 where a slot held more than it could."""
    counted = run.frames["replications"].filter(indicator="slots_over_capacity")["value"].sum()
    if not counted:
        return DONE
    print(f"INV-6: {counted:.0f} appointments beyond the capacity of their slot", file=sys.stderr)
    return RULE_BROKEN


def _how(options: argparse.Namespace, outside: Outside) -> How:
    from sim.capacity.questions.runs import How

    quiet = options.quiet or options.json
    if not quiet:
        print(f"seed {options.seed}", file=sys.stderr)
    return How(options.seed, options.workers, options.cluster, options.out, outside.readings_of, quiet)


def _percent(text: str | None) -> float | None:
    from sim.capacity.errors import RunError

    if text is None:
        return None
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise RunError("--until-precision", text, "a share such as 2%") from error
