"""What `fit` does: records in, a scenario out, with what it is worth, as lines, JSON and a page."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path

from sim.capacity.errors import RunError
from sim.command_line import check_effective, check_folder

DONE = 0
SCENARIO, TOLD = "scenario.toml", "fit.json"
LEAST_REPLICATIONS, MOST_REPLICATIONS, DEFAULT_REPLICATIONS = 2, 100, 8


def fit_command(options: argparse.Namespace) -> int:
    """Propose a scenario from recorded orders, try it on their last quarter, write both, print what was found."""
    from reports.capacity.fit_lines import fit_lines
    from reports.capacity.fit_page import write_fit_page
    from reports.rome_time import made_now
    from reports.words.masking import printable
    from sim.capacity.fit.backtest import Backtest, backtest, members_of
    from sim.capacity.fit.proposal import propose
    from sim.capacity.fit.record_rows import read_records
    from sim.capacity.jobs.store import write_whole

    _complete(options)
    folder = _folder(options)
    records = read_records(options.records)
    proposal = propose(
        records, printable(options.name or options.records.stem), printable(options.records.name), options.like
    )
    proposal.scenario()  # what is proposed can be read
    tested = Backtest(impossible="not_asked")
    if not options.no_backtest:
        if not (options.quiet or options.json):
            print(f"seed {options.seed}", file=sys.stderr)
        tested = backtest(records, options.like, options.replications, options.seed)
    members = (
        proposal.members()
        | {"command": printable(_again(options, folder))}
        | {"seed": options.seed, "backtest": members_of(tested)}
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / SCENARIO, proposal.text().encode())
    write_whole(folder / TOLD, (json.dumps(members, ensure_ascii=False, indent=1, default=str) + "\n").encode())
    page = write_fit_page(folder, members, options.lang, made_now())
    if options.json:
        print((folder / TOLD).read_text("utf-8"), end="")
    else:
        print("\n".join(fit_lines(members, options.lang)))
        print(f"scenario: {folder / SCENARIO}")
        print(f"report: {page}")
    return DONE


def _again(options: argparse.Namespace, folder: Path) -> str:
    """The command that does the same again."""
    named = {"--like": options.like, "--name": options.name, "--out": str(folder)}
    words = [word for option, value in named.items() if value is not None for word in (option, value)]
    if options.no_backtest:
        words.append("--no-backtest")
    else:
        words += ["--replications", str(options.replications), "--seed", str(options.seed)]
    return shlex.join(["appuntamento", "fit", str(options.records), *words, "--force"])


def _complete(options: argparse.Namespace) -> None:
    """Say how the backtest is made where nothing was said of it. Raises UsageError, RunError."""
    of_the_backtest = {"--replications": options.replications, "--seed": options.seed}
    if options.no_backtest:
        check_effective(of_the_backtest, "without --no-backtest")
    options.replications = DEFAULT_REPLICATIONS if options.replications is None else options.replications
    options.seed = options.seed or 0
    if not LEAST_REPLICATIONS <= options.replications <= MOST_REPLICATIONS:
        allowed = f"a whole number from {LEAST_REPLICATIONS} to {MOST_REPLICATIONS}"
        raise RunError("--replications", options.replications, allowed)
    if options.seed < 0:
        raise RunError("--seed", options.seed, "a whole number from 0")


def _folder(options: argparse.Namespace) -> Path:
    """The folder that is written, which has no scenario yet unless it may be replaced. Raises RunError."""
    folder: Path = options.out or Path("out") / "fit" / options.records.stem
    check_folder("--out", folder)
    if (folder / SCENARIO).exists() and not options.force:
        raise RunError("--out", str(folder), f"a folder without {SCENARIO}, or --force to replace it")
    return folder
