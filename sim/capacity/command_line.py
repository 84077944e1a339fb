"""The arguments of the capacity commands: `simulate`, `sweep`, `plan`, `compare-runs`, `fit`, `capacity`.

What lives here: what can be written behind each command. It must not know what a command does: see `commands`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sim.capacity.commands import compare_command, plan_command, simulate_command, sweep_command
from sim.capacity.fit.command import fit_command
from sim.capacity.planner.serving import capacity_command
from sim.command_line import add_command

if TYPE_CHECKING:
    from sim.command_line import Commands

PLAN_EXIT_STATUS = (
    "exit status: 0 a value surely meets the target, 1 a rule fails, 2 none surely\n"
    "does, 3 bad usage or input (nothing ran), 4 harness fault"
)


def add_commands(commands: Commands) -> None:
    """Add the six commands."""
    _add_simulate(commands)
    _add_sweep(commands)
    _add_plan(commands)
    _add_compare(commands)
    _add_fit(commands)
    _add_planner(commands)


def _add_simulate(commands: Commands) -> None:
    examples = (
        "  appuntamento simulate small-town\n"
        "  appuntamento simulate mine.toml --until-precision 2% --workers 2\n"
        "  appuntamento simulate region --set sms.per_second=20 --set customers.books=0.4"
    )
    about = "run a capacity scenario many times and report what to expect"
    added = add_command(commands, "simulate", simulate_command, about, examples)
    add_scenario(added)
    _add_replications(added)
    added.add_argument("--until-precision", metavar="P%", help="go on until the intervals are this narrow, such as 2%%")
    added.add_argument(
        "--precision-of", action="append", metavar="INDICATOR", help="which interval (default: mean_days_to_visit)"
    )
    added.add_argument("--orders", action="store_true", help="keep a row for each order (memory grows with them)")
    added.add_argument("--json", action="store_true", help="the indicators on standard output, for programs")
    _add_xlsx(added)


def _add_sweep(commands: Commands) -> None:
    examples = (
        "  appuntamento sweep region --vary sms.per_second=5,10,20\n"
        "  appuntamento sweep region --vary customers.books=0.3..0.7 \\\n"
        "      --vary territories.slots_per_band=300..600 --design sobol --points 32"
    )
    about = "what if: run many variants of a scenario"
    added = add_command(commands, "sweep", sweep_command, about, examples)
    add_scenario(added)
    _add_replications(added)
    added.add_argument(
        "--vary",
        action="append",
        required=True,
        metavar="PATH=…",
        help="A,B,C or LOW..HIGH, of a grid LOW..HIGH[:POINTS]",
    )
    added.add_argument("--design", default="grid", metavar="D", help="grid, lhs or sobol (default: grid)")
    added.add_argument("--points", type=int, metavar="N", help="variants, of lhs and sobol only (default: 16)")
    added.add_argument("--json", action="store_true", help="sweep.parquet as JSON on standard output")
    _add_xlsx(added)


def _add_plan(commands: Commands) -> None:
    examples = (
        '  appuntamento plan region --target "p95_days_to_visit[lazio]<=7" \\\n'
        "      --vary territories.lazio.slots_per_band --from 20 --to 120\n"
        '  appuntamento plan small-town --target "share_timed_out<=20%" \\\n'
        "      --vary operators.1.call_centre.agents --to 8\n"
        '  appuntamento plan region --target "share_no_slot<=1%" --vary customers.books \\\n'
        "      --from 0.2 --to 0.95 --step 0.05\n"
        '  appuntamento plan small-town --target "p95_days_to_visit<=14" \\\n'
        "      --vary territories.frazioni.slots_per_band=1..4:4 \\\n"
        "      --vary operators.1.call_centre.agents=1..3:3"
    )
    about = "how much: the smallest value of a parameter that meets a target"
    added = add_command(commands, "plan", plan_command, about, examples, PLAN_EXIT_STATUS)
    add_scenario(added)
    added.add_argument("--target", required=True, metavar="T", help='such as "p95_days_to_visit<=7"')
    added.add_argument(
        "--vary",
        required=True,
        action="append",
        metavar="PATH",
        help="the parameter; whether more helps is found out. Twice, with values (A,B or LOW..HIGH:POINTS): pairs",
    )
    added.add_argument("--minimise", metavar="INDICATOR", help="of two parameters, what is to be least (default: cost)")
    of_one = added.add_argument_group("of one parameter")
    of_one.add_argument("--from", dest="low", type=float, metavar="N", help="lowest value (default: 1)")
    of_one.add_argument(
        "--to", dest="high", type=float, metavar="N", help="highest value (default: four times the scenario's)"
    )
    of_one.add_argument("--step", type=float, metavar="N", help="between values (default: 1)")
    added.add_argument(
        "--confidence", type=float, default=0.95, metavar="C", help="of the whole answer (default: 0.95)"
    )
    added.add_argument(
        "--indifference",
        type=float,
        metavar="D",
        help="how far about the limit you do not care, in its unit (default: 0.5%% of the limit)",
    )
    added.add_argument("--replications", type=int, default=32, metavar="N", help="most at each value (default: 32)")
    added.add_argument("--json", action="store_true", help="plan.json on standard output")
    _add_xlsx(added)


def _add_compare(commands: Commands) -> None:
    examples = "  appuntamento compare-runs out/before out/after --out out/difference"
    about = "two runs beside each other: paired differences with intervals"
    added = add_command(commands, "compare-runs", compare_command, about, examples)
    added.add_argument("a", type=Path, metavar="A", help="folder of a run")
    added.add_argument("b", type=Path, metavar="B", help="folder of another with the same seed")
    added.add_argument("--out", type=Path, metavar="DIR", help="folder of the comparison: a table and a page")
    added.add_argument("--json", action="store_true", help="for programs")
    _add_xlsx(added)


def _add_fit(commands: Commands) -> None:
    examples = (
        "  appuntamento fit orders.csv --out out/mine\n"
        "  appuntamento fit orders.parquet --like small-town --lang en\n"
        "  appuntamento simulate out/mine/scenario.toml"
    )
    about = "a scenario from recorded orders, and how well it reproduces them"
    added = add_command(commands, "fit", fit_command, about, examples)
    added.add_argument("records", type=Path, metavar="RECORDS", help="a CSV or Parquet file of orders with outcomes")
    added.add_argument("--like", metavar="SCENARIO", help="where all comes from that is not in the records")
    added.add_argument("--name", metavar="N", help="of the scenario (default: that of the file)")
    added.add_argument("--out", type=Path, metavar="DIR", help="folder of scenario and page (default: out/fit/NAME)")
    added.add_argument("--force", action="store_true", help="replace a scenario.toml that is there")
    added.add_argument("--no-backtest", action="store_true", help="do not try it on the last quarter of the days")
    added.add_argument("--replications", type=int, metavar="N", help="of the backtest (default: 8)")
    added.add_argument("--seed", type=int, help="seed of the backtest (default: 0)")
    added.add_argument("--json", action="store_true", help="fit.json on standard output, for programs")
    added.add_argument("--quiet", action="store_true", help="no progress")


def _add_planner(commands: Commands) -> None:
    examples = "  appuntamento capacity\n  appuntamento capacity mine.toml --port 0 --json"
    about = "the planner's page in the browser: sliders, before and after"
    added = add_command(commands, "capacity", capacity_command, about, examples)
    added.add_argument("scenario", nargs="*", metavar="SCENARIO", help="TOML files to offer beside the shipped ones")
    added.add_argument("--host", default="127.0.0.1", metavar="H", help="a loopback address (default: 127.0.0.1)")
    added.add_argument("--port", type=int, default=8030, metavar="N", help="0 = any free one (default: 8030)")
    added.add_argument("--data", type=Path, metavar="DIR", help="where runs are kept (default: forgotten at the end)")
    added.add_argument("--json", action="store_true", help="the address as JSON, for programs")


def add_scenario(added: argparse.ArgumentParser, out: str = "folder of the run; begun before, it goes on") -> None:
    """Which scenario, with which values, and how it is run; `out` says what its folder holds."""
    added.add_argument("scenario", metavar="SCENARIO", help="a TOML file, or the name of a shipped scenario")
    added.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="replace a value; may be repeated"
    )
    added.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default: 0)")
    added.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
    added.add_argument(
        "--engine",
        default="auto",
        metavar="E",
        help="auto (whichever pays), service, cohort or both: equal results (default: auto)",
    )
    added.add_argument("--cluster", metavar="ADDRESS", help="a dask scheduler, such as tcp://host:8786")
    added.add_argument("--out", type=Path, metavar="DIR", help=out)
    added.add_argument("--quiet", action="store_true", help="no progress")


def _add_replications(added: argparse.ArgumentParser) -> None:
    added.add_argument("--replications", type=int, default=8, metavar="N", help="of each variant (default: 8)")


def _add_xlsx(added: argparse.ArgumentParser) -> None:
    added.add_argument("--xlsx", action="store_true", help="every table as a sheet of tables.xlsx too, in the folder")
