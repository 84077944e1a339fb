"""`appuntamento selftest`: its arguments, its progress, its report folder and its exit status.

The shelves are loaded when the command runs: the other commands have no use for a hundred changes.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command_line import MOST_WORKERS, UsageError, add_command, check_effective, check_folder, whole_number_from

if TYPE_CHECKING:
    from sim.command_line import Commands
    from steps.selftest.trial import Outcome

HOLDS, DOES_NOT_HOLD = 0, 1
DOCUMENT, TABLE = "selftest.json", "selftest.txt"
MOST_OF_REASONS = 200  # characters, while it runs; the report has all
OF_A_REPORT = {
    DOCUMENT,
    TABLE,
    "exploration.json",
    "exploration.txt",
    "exploration.parts.jsonl",
    "exploration.parts.new",
    "exploration.lock",
}


def add_commands(commands: Commands) -> None:
    """Add the command."""
    examples = (
        "  appuntamento selftest\n"
        "  appuntamento selftest --rule CSV-4 --rule BOOK-1\n"
        "  appuntamento selftest --only easter-monday-sms --json\n"
        "  appuntamento selftest --explore --depth 5"
    )
    about = "try the suite: wrong systems must be caught, lawful strangers must not"
    added = add_command(commands, "selftest", selftest_command, about, examples)
    added.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="ID",
        help="only the wrong systems of this rule, or family",
    )
    added.add_argument("--only", action="append", default=[], metavar="NAME", help="only this system; repeatable")
    added.add_argument(
        "--workers",
        type=whole_number_from(1, MOST_WORKERS),
        metavar="N",
        help="processes at work (default: one for each processor)",
    )
    added.add_argument("--report", type=Path, metavar="DIR", help="folder of the report (default: out/selftest)")
    added.add_argument("--json", action="store_true", help="the report as JSON on standard output")
    added.add_argument(
        "--explore",
        action="store_true",
        help="instead: every sequence of acts on the reference, each trace judged",
    )
    added.add_argument("--depth", type=int, metavar="N", help="explore sequences of N steps at most (default: 7)")
    added.add_argument(
        "--reading", action="append", default=[], metavar="NAME", help="explore under this reading only; repeatable"
    )


def selftest_command(options: argparse.Namespace) -> int:
    """Put the chosen systems to trial, say and write what was found; exit status 0 only where all of it holds."""
    folder = options.report or Path("out") / "selftest"
    _check_folder(folder)
    check_folder("--report", folder)
    _check_belonging(options)
    if options.explore:
        from steps.selftest.exploration.command import explore_command

        return explore_command(options, folder)
    from reports.judging.catalogue import rules_named
    from steps.plugin import rule_ids
    from steps.selftest import matrix
    from steps.selftest.tribunal import chosen, systems, trials

    rules = rules_named(options.rule)
    _check_known(options.only, systems())
    names = chosen(rules, options.only)
    if not names:
        raise UsageError(
            f"--only: {', '.join(options.only)} is of none of {', '.join(options.rule)}; allowed: one that is"
        )
    outcomes = trials(names, options.workers or os.cpu_count() or 1, _progress(quiet=options.json))
    files = {DOCUMENT: matrix.as_json(outcomes), TABLE: matrix.as_text(outcomes, rule_ids())}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    sys.stdout.write(files[DOCUMENT if options.json else TABLE])
    return HOLDS if matrix.holds(outcomes) else DOES_NOT_HOLD


def _check_known(names: list[str], systems: Mapping[str, object]) -> None:
    for name in names:
        if name not in systems:
            nearest = get_close_matches(name, systems, 3, 0.0)
            raise UsageError(f"--only: {name!r} is no system of the self test; the nearest: {', '.join(nearest)}")


def _check_belonging(options: argparse.Namespace) -> None:
    """Refuse options of the shelves in an exploration, and the reverse."""
    if options.explore:
        check_effective({"--rule": options.rule, "--only": options.only}, "without --explore")
    else:
        check_effective({"--depth": options.depth, "--reading": options.reading}, "with --explore")


def _check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier report, before anything runs."""
    allowed = "allowed: a new folder, an empty one or an earlier report of the self test"
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--report: {folder} is not a folder; {allowed}")
    foreign = sorted({path.name for path in folder.iterdir()} - OF_A_REPORT) if folder.exists() else []
    if foreign:
        raise UsageError(f"--report: {folder} holds {foreign[0]!r}; {allowed}")


def _progress(quiet: bool) -> Callable[[int, int, Outcome], None]:
    """A line for each system on standard error; with `quiet` only for those that do not hold."""
    from steps.selftest.matrix import in_lines
    from steps.selftest.tribunal import held_against

    def tell(done_count: int, total: int, outcome: Outcome) -> None:
        reasons = held_against(outcome)
        if reasons or not quiet:
            shown = "; ".join(reasons)[:MOST_OF_REASONS] or "as it should be"
            line = f"{done_count:4d}/{total} {outcome.name:38} {outcome.seconds:5.1f} s  {shown}"
            print("\n".join(in_lines(line)), file=sys.stderr, flush=True)

    return tell
