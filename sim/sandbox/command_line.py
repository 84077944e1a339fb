"""The command `sandbox`; and those that speak to a running one, which are in `terminal`.

The front door hands in what this folder must not know: the judge, its catalogue and profiles.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.sandbox.options import PREFIX, TABLE, Option, Options, options_from
from sim.sandbox.terminal.commands import NOUNS, verdicts
from sim.sandbox.terminal.grammar import DONE, add_noun

EXAMPLES = (
    "examples:\n  appuntamento sandbox\n"
    "  appuntamento sandbox --data out/sandbox --operator ALFA \\\n"
    "      --notify ALFA=http://127.0.0.1:9000/notifications\n"
    "  appuntamento sandbox --port 0 --sftp-port 0 --json\n\n"
    "each option is also a variable APPUNTAMENTO_…\nand a member of the TOML file that --config names"
)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the sandbox needs and this folder must not know."""

    load_readings: Callable[[str], Mapping[str, Any]]
    judge: Callable[..., Mapping[str, Any]]
    rule_titles: Callable[[], Mapping[str, str]]
    show_verdicts: Callable[[Mapping[str, Any]], Iterable[str]]
    weigh_verdicts: Callable[[Mapping[str, Any]], int]


def add_commands(commands: argparse._SubParsersAction[Any], outside: Outside) -> None:
    """Add `sandbox` and the commands that speak to one to a command line."""
    form = argparse.RawDescriptionHelpFormatter
    about = "a living world over real sockets, under a clock that you move"
    added = commands.add_parser("sandbox", help=about, description=about, epilog=EXAMPLES, formatter_class=form)
    added.add_argument("--config", type=Path, metavar="FILE", help="TOML file with options")
    for option in TABLE:
        _add_option(added, option)
    added.set_defaults(command=lambda options: sandbox_command(options, outside))
    for noun in (*NOUNS, verdicts(outside.show_verdicts, outside.weigh_verdicts)):
        add_noun(commands, noun)


def sandbox_command(said: argparse.Namespace, outside: Outside) -> int:
    """Start everything, say where it is, and run until it is interrupted."""
    config = said.config or os.environ.get(PREFIX + "CONFIG")
    options = options_from(vars(said), os.environ, Path(config) if config else None)
    readings = outside.load_readings(options.profile)
    import uvloop  # the other commands need none of this

    uvloop.run(_serve(options, readings, outside))
    return DONE


async def _serve(options: Options, readings: Mapping[str, Any], outside: Outside) -> None:
    import asyncio

    from sim.sandbox.introduction import introduction, print_introduction  # slow to import
    from sim.sandbox.sandbox import opened
    from sim.sandbox.wiring import wires_of

    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    async with opened(options, readings, outside.judge, wires_of(options), outside.rule_titles) as sandbox:
        said = introduction(sandbox)
        if options.json:
            print(json.dumps(said), flush=True)
        else:
            print_introduction(said)
        gc.collect()
        gc.freeze()  # what is there now stays: no request waits for a collection that walks through all of it
        interrupted = asyncio.create_task(over.wait())
        ends: set[asyncio.Future[Any]] = {interrupted, sandbox.fault}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        interrupted.cancel()
        if sandbox.fault.done():
            sandbox.fault.result()


def _add_option(added: argparse.ArgumentParser, option: Option) -> None:
    default = getattr(Options(), option.name)
    if isinstance(default, bool):
        added.add_argument(option.flag, dest=option.name, action=argparse.BooleanOptionalAction, help=option.about)
        return
    shown = "" if default in (None, ()) or "default:" in option.about else f" (default: {default})"
    added.add_argument(
        option.flag,
        dest=option.name,
        action="append" if option.many else "store",
        metavar=option.metavar,
        help=option.about + shown,
    )
