"""How a command joins the command line: its words, its examples, its exit status; and the error of who misuses it.

It must not know any command.
"""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference_impl.errors import CallerError

if TYPE_CHECKING:
    import asyncio

    Commands = argparse._SubParsersAction[Any]  # argparse's own class, which has parameters for type checkers only
EXIT_STATUS = (
    "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 bad usage or input\n(nothing ran), 4 harness fault"
)

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class UsageError(CallerError):
    """Something the caller wrote is not allowed. Data: one line that says what, where and what is allowed."""


def check_folder(option: str, folder: Path) -> None:
    """Refuse a folder that cannot be made, before anything runs. Raises UsageError."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if os.path.lexists(place))
    if not nearest.is_dir():
        raise UsageError(f"{option}: {nearest} is not a folder; allowed: a folder, or the path of a new one")
    if not os.access(nearest, os.W_OK):
        raise UsageError(f"{option}: {nearest} cannot be written in; allowed: a folder that can")


def interruption() -> asyncio.Event:
    """What is set when the program is asked to end; within a running loop."""
    import asyncio  # slow to import

    over, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    return over


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], about: str, examples: str, more: str = ""
) -> argparse.ArgumentParser:
    """Add a command that speaks both languages. `examples` are whole lines; `more` stands behind them."""
    added: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=f"examples:\n{examples}\n\n{more or EXIT_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.set_defaults(command=run)
    added.add_argument("--lang", choices=("it", "en"), default="it", help="language of titles (default: it)")
    return added
