"""How a command joins the command line: its words, its examples, its exit status; and the error for wrong usage.

It must not know any command.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reference_impl.errors import CallerError

if TYPE_CHECKING:
    import asyncio

    Commands = argparse._SubParsersAction[Any]  # argparse's own class, which has parameters for type checkers only
EXIT_STATUS = (
    "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 bad usage or input\n(nothing ran), 4 harness fault"
)

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LAST_PORT = 65_535
MOST_WORKERS = 1_024
PORT = f"a port from 0 to {LAST_PORT} (0 = any free one)"

Number = TypeVar("Number", int, float)


class UsageError(CallerError):
    """Something the caller wrote is not allowed. Data: one line that says what, where and what is allowed."""


def whole_number_from(least: float = -math.inf, most: float = math.inf) -> Callable[[str], int]:
    """A reader of whole numbers within bounds, for argparse: it raises ArgumentTypeError with what is allowed."""
    return _reader(int, "a whole number", least, most)


def number_from(least: float = -math.inf) -> Callable[[str], float]:
    """The same for all finite numbers."""
    return _reader(float, "a number", least, math.inf)


def _reader(kind: Callable[[str], Number], noun: str, least: float, most: float) -> Callable[[str], Number]:
    bounds = (f" {word} {bound}" for word, bound in (("from", least), ("to", most)) if math.isfinite(bound))
    allowed = f"{noun}{''.join(bounds)}"

    def read(text: str) -> Number:
        with suppress(ValueError):
            number = kind(text)
            if least <= number <= most and abs(number) < math.inf:
                return number
        raise argparse.ArgumentTypeError(f"{text!r} is not allowed; allowed: {allowed}")

    return read


def check_folder(option: str, folder: Path) -> None:
    """Refuse a folder that cannot be made, before anything runs. Raises UsageError."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if os.path.lexists(place))
    if not nearest.is_dir():
        raise UsageError(f"{option}: {nearest} is not a folder; allowed: a folder, or the path of a new one")
    try:
        _try_writing(folder, nearest)
    except OSError as error:
        why = f"{folder} cannot be written in ({error.strerror})"
        raise UsageError(f"{option}: {why}; allowed: a folder that can") from error


def _try_writing(folder: Path, nearest: Path) -> None:
    """Raise OSError where the existing folder takes no file, or where a folder to be made cannot have its name.

    It writes a file without a name, because for root every folder looks writable.
    """
    from tempfile import TemporaryFile  # slow to import

    TemporaryFile(dir=nearest).close()
    missing = folder.absolute().parts[len(nearest.absolute().parts) :]
    for path in (folder, *(nearest / name for name in missing)):
        with suppress(FileNotFoundError):
            path.lstat()


def check_file(option: str, file: Path) -> None:
    """Refuse a file that cannot be written, before anything runs; its folder must be there. Raises UsageError."""
    if not os.path.isdir(file.parent) or os.path.isdir(file):
        raise UsageError(f"{option}: {file} cannot be written; allowed: a file in a folder that is there")
    if not os.path.exists(file):
        check_folder(option, file.parent)


def check_port(option: str, port: int | None) -> None:
    """Refuse a number that no port has, before anything listens; None was not given. Raises UsageError."""
    if port is not None and not 0 <= port <= LAST_PORT:
        raise UsageError(f"{option}: '{port}' is not allowed; allowed: {PORT}")


def check_effective(options: Mapping[str, object], allowed: str) -> None:
    """Refuse options that were written (not None, False, or empty) and would have no effect. Raises UsageError."""
    written = [name for name, value in options.items() if value is not None and value is not False and value != []]
    if written:
        raise UsageError(f"{', '.join(written)}: without effect here; allowed: {allowed}")


def interruption() -> asyncio.Event:
    """An event that is set when the program is asked to end. Needs a running loop."""
    import asyncio  # slow to import

    interrupted, loop = asyncio.Event(), asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, interrupted.set)
    return interrupted


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], about: str, examples: str, footer: str = ""
) -> argparse.ArgumentParser:
    """Add a command that speaks both languages. `examples` are whole lines; `footer` follows them in the help."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=f"examples:\n{examples}\n\n{footer or EXIT_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=run)
    parser.add_argument("--lang", choices=("it", "en"), default="it", help="language of titles (default: it)")
    return parser
