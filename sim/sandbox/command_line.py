"""The command `sandbox`; and those that speak to a running one, which are in `terminal`."""

from __future__ import annotations

import argparse
import gc
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.command_line import interruption
from sim.sandbox.options import PREFIX, TABLE, Option, Options, options_from
from sim.sandbox.terminal.commands import NOUNS
from sim.sandbox.terminal.grammar import DONE, add_noun

if TYPE_CHECKING:
    from sim.sandbox.pages.more_rooms import MoreRoom

SHORT_SEARCHES = (700, 10, 10)  # for circles of objects, as Python itself does: none that a request would notice
EXAMPLES = (
    "examples:\n  appuntamento sandbox\n"
    "  appuntamento sandbox --data out/sandbox --operator ALFA \\\n"
    "      --notify ALFA=http://127.0.0.1:9000/notifications\n"
    "  appuntamento sandbox --port 0 --sftp-port 0 --json\n\n"
    "each option is also a variable APPUNTAMENTO_…\nand a member of the TOML file that --config names"
)


def add_commands(
    commands: argparse._SubParsersAction[Any], rooms: Callable[[], Sequence[MoreRoom]] = lambda: ()
) -> None:
    """Add `sandbox` and the commands that speak to one to a command line; `rooms` are those beside its control room."""
    formatter = argparse.RawDescriptionHelpFormatter
    about = "Start a living world over real sockets, under a clock that you move."
    parser = commands.add_parser("sandbox", help=about, description=about, epilog=EXAMPLES, formatter_class=formatter)
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file with options")
    for option in TABLE:
        _add_option(parser, option)
    parser.set_defaults(command=lambda arguments: sandbox_command(arguments, rooms))
    for noun in NOUNS:
        add_noun(commands, noun)


def sandbox_command(arguments: argparse.Namespace, rooms: Callable[[], Sequence[MoreRoom]]) -> int:
    """Start everything, say where it is, and run until it is interrupted."""
    config = arguments.config or os.environ.get(PREFIX + "CONFIG")
    options = options_from(vars(arguments), os.environ, Path(config) if config else None)
    import uvloop  # the other commands need none of this

    from reference_impl.policy import Policy
    from reports.judging.profiles import single_behaviour

    readings = single_behaviour(options.profile)
    Policy.from_readings(readings)  # raises what is wrong before anything is opened
    uvloop.run(_serve(options, readings, rooms()))
    return DONE


async def _serve(options: Options, readings: Mapping[str, Any], rooms: Sequence[MoreRoom]) -> None:
    import asyncio

    from sim.sandbox.introduction import introduction, print_introduction  # slow to import
    from sim.sandbox.sandbox import opened
    from sim.sandbox.wiring import wires_of

    interruption_event = interruption()
    async with opened(options, readings, wires_of(options, rooms)) as sandbox:
        facts = introduction(sandbox)
        if options.json:
            print(json.dumps(facts), flush=True)
        else:
            print_introduction(facts)
        gc.collect()
        gc.freeze()  # what is there now stays: no request waits for a collection that walks through all of it
        gc.set_threshold(*SHORT_SEARCHES)
        interrupted = asyncio.create_task(interruption_event.wait())
        ends: set[asyncio.Future[Any]] = {interrupted, sandbox.fault}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        interrupted.cancel()
        if sandbox.fault.done():
            sandbox.fault.result()


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    default = getattr(Options(), option.name)
    if isinstance(default, bool):
        parser.add_argument(option.flag, dest=option.name, action=argparse.BooleanOptionalAction, help=option.about)
        return
    default_note = "" if default in (None, ()) or "default:" in option.about else f" (default: {default})"
    parser.add_argument(
        option.flag,
        dest=option.name,
        action="append" if option.many else "store",
        metavar=option.metavar,
        help=option.about + default_note,
    )
