"""The capacity commands: `simulate`, `sweep`, `plan`, `compare-runs`. Arguments in, a run, a few lines out.

The front door hands in what lives elsewhere (profiles, the judge, the pages) as functions: nothing of it is known here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import polars as pl

    from sim.capacity.planning import Answer
    from sim.capacity.results import Run
    from sim.capacity.runs import How

DONE = 0
RULE_BROKEN = 1
NOT_MET = 2
SHOWN = (
    "orders",
    "share_booked",
    "share_timed_out",
    "share_refused",
    "share_no_slot",
    "mean_days_to_visit",
    "p95_days_to_visit",
    "share_visited_in_7_days",
    "mean_days_suspended",
    "utilisation",
    "sms_at_opening_peak",
    "sms_backlog_peak",
    "notifications_per_second_peak",
    "p95_notification_wait_seconds",
    "sessions_peak",
    "slots_over_capacity",
)
Lines = Sequence[Mapping[str, object]]


class Judge(Protocol):
    """Judges a trace under a profile, writes verdicts.json into a folder, prints a line; returns the exit status."""

    def __call__(self, trace: Lines, profile: str, folder: Path, options: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """What the commands need of the front door.

    `add` adds a parser to the commands: (commands, name, command, about, examples). `readings_of` gives the readings of
    a profile by name; `write_page` writes the page of a run's folder in a language and returns its path.
    """

    add: Callable[..., argparse.ArgumentParser]
    readings_of: Callable[[str], Mapping[str, object]]
    judge: Judge
    write_page: Callable[[Path, str], Path]


def add_commands(commands: Any, door: FrontDoor) -> None:
    """Add the four commands."""
    _add_simulate(commands, door)
    _add_sweep(commands, door)
    _add_plan(commands, door)
    _add_compare(commands, door)


def _add_simulate(commands: Any, door: FrontDoor) -> None:
    examples = (
        "  appuntamento simulate small-town\n"
        "  appuntamento simulate my-region.toml --until-precision 2% --workers 8 --out out/region\n"
        "  appuntamento simulate region --set sms.per_second=20 --set customers.books=0.4"
    )
    about = "run a capacity scenario many times and report what to expect"
    added = door.add(commands, "simulate", lambda options: simulate_command(options, door), about, examples)
    _add_scenario(added)
    _add_replications(added)
    added.add_argument("--until-precision", metavar="P%", help="go on until the intervals are this narrow, such as 2%%")
    added.add_argument(
        "--precision-of", action="append", metavar="INDICATOR", help="which interval (default: mean_days_to_visit)"
    )
    added.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="replace a value; may be repeated"
    )
    added.add_argument("--orders", action="store_true", help="keep a row for each order (memory grows with them)")
    added.add_argument("--json", action="store_true", help="the indicators on standard output, for programs")


def _add_sweep(commands: Any, door: FrontDoor) -> None:
    examples = (
        "  appuntamento sweep region --vary sms.per_second=5,10,20\n"
        "  appuntamento sweep region --vary customers.books=0.3..0.7 \\\n"
        "      --vary territories.slots_per_band=300..600 --design sobol --points 32"
    )
    about = "what if: run many variants of a scenario"
    added = door.add(commands, "sweep", lambda options: sweep_command(options, door), about, examples)
    _add_scenario(added)
    _add_replications(added)
    added.add_argument("--vary", action="append", required=True, metavar="PATH=…", help="A,B,C or LOW..HIGH[:POINTS]")
    added.add_argument("--design", default="grid", metavar="D", help="grid, lhs or sobol (default: grid)")
    added.add_argument("--points", type=int, default=16, metavar="N", help="variants of lhs and sobol (default: 16)")


def _add_plan(commands: Any, door: FrontDoor) -> None:
    examples = (
        '  appuntamento plan region --target "p95_days_to_visit[lazio]<=7" \\\n'
        "      --vary territories.lazio.slots_per_band --from 20 --to 120"
    )
    about = "how much: the smallest value of a parameter that meets a target"
    added = door.add(commands, "plan", lambda options: plan_command(options, door), about, examples)
    _add_scenario(added)
    added.add_argument("--target", required=True, metavar="T", help='such as "p95_days_to_visit<=7"')
    added.add_argument("--vary", required=True, metavar="PATH", help="the parameter, more of which helps")
    added.add_argument("--from", dest="low", type=float, default=1.0, metavar="N", help="lowest value (default: 1)")
    added.add_argument("--to", dest="high", type=float, required=True, metavar="N", help="highest value")
    added.add_argument("--step", type=float, default=1.0, metavar="N", help="between values (default: 1)")
    added.add_argument("--confidence", type=float, default=0.95, metavar="C", help="how sure (default: 0.95)")
    added.add_argument("--replications", type=int, default=32, metavar="N", help="most at each value (default: 32)")
    added.add_argument("--json", action="store_true", help="plan.json on standard output")


def _add_compare(commands: Any, door: FrontDoor) -> None:
    examples = "  appuntamento compare-runs out/before out/after"
    about = "two runs beside each other: paired differences with intervals"
    added = door.add(commands, "compare-runs", compare_command, about, examples)
    added.add_argument("a", type=Path, metavar="A", help="folder of a run")
    added.add_argument("b", type=Path, metavar="B", help="folder of another with the same seed")
    added.add_argument("--json", action="store_true", help="for programs")


def _add_scenario(added: argparse.ArgumentParser) -> None:
    added.add_argument("scenario", metavar="SCENARIO", help="a TOML file, or the name of a shipped scenario")
    added.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default: 0)")
    added.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
    added.add_argument("--cluster", metavar="ADDRESS", help="a dask scheduler, such as tcp://host:8786")
    added.add_argument("--out", type=Path, metavar="DIR", help="folder of the run; begun before, it goes on")
    added.add_argument("--quiet", action="store_true", help="no progress")


def _add_replications(added: argparse.ArgumentParser) -> None:
    added.add_argument("--replications", type=int, default=8, metavar="N", help="of each variant (default: 8)")


def simulate_command(options: argparse.Namespace, door: FrontDoor) -> int:
    """Run, judge the sampled orders, write tables and page, print the main indicators."""
    from sim.capacity.runs import PRECISION_OF, simulate
    from sim.capacity.sweep import read_changes

    run = simulate(
        options.scenario,
        options.replications,
        how=_how(options, door),
        changes=read_changes(options.set),
        precision=_percent(options.until_precision),
        precision_of=tuple(options.precision_of or PRECISION_OF),
        keeps_orders=options.orders,
    )
    folder = _folder(options, run)
    run.write(folder)
    status = door.judge(run.trace, str(run.about["scenario"].get("profile", "default")), folder, options)  # type: ignore[attr-defined]
    status = max(status, _exact_violations(run))
    page = door.write_page(folder, options.lang)
    if options.json:
        print(run.frames["kpis"].write_json())
    else:
        _print_kpis(run, options.lang)
        print(f"report: {page}")
    return status


def _exact_violations(run: Run) -> int:
    """INV-6 is counted in every order, sampled or not: exit status 1 where a slot held more than it could."""
    counted = run.frames["replications"].filter(indicator="slots_over_capacity")["value"].sum()
    if not counted:
        return DONE
    print(f"INV-6: {counted:.0f} appointments beyond the capacity of their slot", file=sys.stderr)
    return RULE_BROKEN


def sweep_command(options: argparse.Namespace, door: FrontDoor) -> int:
    """Run every variant and write the tables."""
    from sim.capacity.runs import sweep
    from sim.capacity.sweep import read_axis

    axes = [read_axis(text) for text in options.vary]
    how = _how(options, door)
    run, table = sweep(
        options.scenario, axes, kind=options.design, points=options.points, replications=options.replications, how=how
    )
    folder = _folder(options, run)
    run.write(folder)
    status = door.judge(run.trace, str(run.about["scenario"].get("profile", "default")), folder, options)  # type: ignore[attr-defined]
    _print_sweep(table)
    print(f"report: {door.write_page(folder, options.lang)}")
    return status


def plan_command(options: argparse.Namespace, door: FrontDoor) -> int:
    """Find the smallest value; exit status 2 where no value up to the highest is surely enough."""
    from sim.capacity.planning import Search
    from sim.capacity.runs import answer_members, plan_for

    search = Search(options.low, options.high, options.step, options.confidence, options.replications)
    answer = plan_for(options.scenario, options.target, options.vary, search, how=_how(options, door))
    if options.json:
        print(json.dumps(answer_members(answer), indent=1))
    else:
        _print_answer(answer)
    return DONE if answer.value is not None else NOT_MET


def compare_command(options: argparse.Namespace) -> int:
    """Compare two runs that were written."""
    from sim.capacity.runs import compare_runs

    table = compare_runs(options.a, options.b)
    if options.json:
        print(table.write_json())
    else:
        _print_comparison(table, options.lang)
    return DONE


def _how(options: argparse.Namespace, door: FrontDoor) -> How:
    from sim.capacity.runs import How

    quiet = options.quiet or getattr(options, "json", False)
    if not quiet:
        print(f"seed {options.seed}", file=sys.stderr)
    return How(options.seed, options.workers, options.cluster, options.out, door.readings_of, quiet)


def _folder(options: argparse.Namespace, run: Run) -> Path:
    return options.out or Path("out") / "simulate" / str(run.about["name"])


def _percent(text: str | None) -> float | None:
    from sim.capacity.errors import RunError

    if text is None:
        return None
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise RunError("--until-precision", text, "a share such as 2%") from error


def _titles(run: Run, lang: str) -> Mapping[str, str]:
    return {str(item["name"]): str(item[lang]) for item in run.about["indicators"]}  # type: ignore[attr-defined]


def _print_kpis(run: Run, lang: str) -> None:
    titles = _titles(run, lang)
    rows = {row["indicator"]: row for row in run.frames["kpis"].iter_rows(named=True) if row["territory"] == ""}
    for name in SHOWN:
        row = rows[name]
        if row["mean"] is not None:
            print(f"  {titles[name]:<42} {_shown(row['mean'], row['unit']):>12}  {_ends(row)}")


def _print_sweep(table: pl.DataFrame) -> None:
    paths = table.columns[1 : table.columns.index("territory")]
    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["indicator"] in ("p95_days_to_visit", "share_timed_out"):
            values = ", ".join(f"{path}={row[path]}" for path in paths)
            print(f"  {values:<50} {row['indicator']:<20} {_shown(row['mean'], row['unit']):>10}  {_ends(row)}")


def _print_answer(answer: Answer) -> None:
    for trial in answer.trials:
        word = "meets" if trial.meets else "does not"
        ends = f"{trial.found.mean:.3f} [{trial.found.low:.3f}, {trial.found.high:.3f}]"
        print(
            f"  {answer.vary} = {trial.value:g}: {ends}, {trial.found.count} replications, "
            f"{trial.sure:.1%} sure: {word}"
        )
    if answer.value is None:
        print(f"no value up to the highest meets the target with {answer.confidence:.0%} confidence")
    else:
        print(f"smallest value: {answer.vary} = {answer.value:g}, {answer.confidence:.0%} confidence")
    if answer.next_bottlenecks:
        tightest = answer.next_bottlenecks[0]
        place = f" of {tightest.territory}" if tightest.territory else ""
        print(f"next bottleneck: {tightest.resource}{place}, {tightest.load:.0%} ({tightest.measured_as})")


def _print_comparison(table: pl.DataFrame, lang: str) -> None:
    from sim.capacity.indicators import INDICATORS

    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["low"] is not None:
            item = INDICATORS[row["indicator"]]
            title = item.title_it if lang == "it" else item.title_en
            better = f"  better: {row['better']}" if row["better"] else ""
            print(f"  {title:<42} {_shown(row['difference'], row['unit']):>12}  {_ends(row)}{better}")


def _shown(value: float, unit: str) -> str:
    return f"{value:.2%}" if unit == "share" else f"{value:,.2f}"


def _ends(row: Mapping[str, Any]) -> str:
    if row["low"] is None:
        return ""
    return f"[{_shown(row['low'], row['unit'])}, {_shown(row['high'], row['unit'])}]"
