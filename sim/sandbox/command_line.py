"""The commands `sandbox` and `clock`. The front door hands in what this folder must not know: judge and profiles."""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference_impl.errors import CallerError
from sim.sandbox.options import PREFIX, TABLE, Option, Options, options_from

DONE, BAD_INPUT = 0, 3
MOVE_SECONDS = 600.0
EXAMPLES = (
    "examples:\n  appuntamento sandbox\n"
    "  appuntamento sandbox --data out/sandbox --operator ALFA --notify ALFA=http://127.0.0.1:9000/notifications\n"
    "  appuntamento sandbox --port 0 --sftp-port 0 --json\n\n"
    "each option is also a variable APPUNTAMENTO_… and a member of the TOML file that --config names"
)
CLOCK_EXAMPLES = (
    "examples:\n  appuntamento clock\n  appuntamento clock advance '2 h'\n  appuntamento clock to 2026-03-04T18:00\n"
    "  appuntamento clock until csv-deadline --order ALFA-1\n  appuntamento clock pace x60"
)


class CommandError(CallerError):
    """A command that could not be done. Data: one line that says why."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the sandbox needs and this folder must not know."""

    load_readings: Callable[[str], Mapping[str, Any]]
    judge: Callable[..., Mapping[str, Any]]
    rule_titles: Callable[[], Mapping[str, str]]


def add_commands(commands: argparse._SubParsersAction[Any], outside: Outside) -> None:
    """Add `sandbox` and `clock` to a command line."""
    form = argparse.RawDescriptionHelpFormatter
    about = "a living world over real sockets, under a clock that you move"
    added = commands.add_parser("sandbox", help=about, description=about, epilog=EXAMPLES, formatter_class=form)
    added.add_argument("--config", type=Path, metavar="FILE", help="TOML file with options")
    for option in TABLE:
        _add_option(added, option)
    added.set_defaults(command=lambda options: sandbox_command(options, outside))
    about = "show or move the clock of a running sandbox"
    moved = commands.add_parser("clock", help=about, description=about, epilog=CLOCK_EXAMPLES, formatter_class=form)
    moved.add_argument(
        "verb", nargs="?", choices=("show", "advance", "to", "until", "pace", "pause", "resume"), default="show"
    )
    moved.add_argument("value", nargs="?", help="a span, an instant, a goal or a pace")
    moved.add_argument("--order", metavar="CODE", help="of which order, with until")
    moved.add_argument("--url", default=None, help=f"the sandbox (default: {PREFIX}URL or http://127.0.0.1:8020)")
    moved.add_argument("--world", default=None, metavar="NAME", help="which world (default: default)")
    moved.add_argument("--json", action="store_true", help="the answer as it came")
    moved.set_defaults(command=clock_command)


def sandbox_command(said: argparse.Namespace, outside: Outside) -> int:
    """Start everything, say where it is, and run until it is interrupted."""
    config = said.config or os.environ.get(PREFIX + "CONFIG")
    options = options_from(vars(said), os.environ, Path(config) if config else None)
    readings = outside.load_readings(options.profile)
    import asyncio  # the other commands need none of this

    asyncio.run(_serve(options, readings, outside))
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


def clock_command(options: argparse.Namespace) -> int:
    """Ask a running sandbox for its clock, or to move it."""
    url = (options.url or os.environ.get(PREFIX + "URL") or "http://127.0.0.1:8020").rstrip("/")
    if options.world:
        url += f"/worlds/{urllib.parse.quote(options.world, safe='')}"
    answer = _ask(f"{url}/_sandbox/clock", _clock_body(options))
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
        return DONE
    for effect in answer.get("effects", ()):
        print(f"{effect['time']}  {effect['type']:26} {effect.get('subject', '')}")
    print(f"{answer['now']}  {'ready' if answer['ready'] else 'under way'}")
    return DONE


def _clock_body(options: argparse.Namespace) -> dict[str, object] | None:
    if options.verb == "show":
        return None
    if options.verb in ("pause", "resume"):
        return {"pause": options.verb == "pause"}
    if options.value is None:
        raise CommandError(f"clock {options.verb}: a value is missing (see appuntamento clock --help)")
    body: dict[str, object] = {options.verb: options.value}
    return body | ({"order": options.order} if options.order else {})


def _ask(url: str, body: Mapping[str, object] | None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    if token := os.environ.get(PREFIX + "CONTROL_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=MOVE_SECONDS) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        raise CommandError(f"clock: {json.load(error).get('detail', error)}") from error
    except OSError as error:
        raise CommandError(f"no sandbox answers at {url}: {error}; start one with: appuntamento sandbox") from error


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
