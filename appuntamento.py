"""The front door: one command line, each command a thin call into the folders below.

It parses, groups and dispatches, and prints what went wrong. What a command does lives in its own folder.

Exit status of every command: 0 conformant, 1 a rule fails, 2 undecided, 3 bad usage, input or configuration (nothing
ran, one line on standard error), 4 fault of the harness.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import os
import sys
import textwrap
import traceback
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from reports.judging.exit_status import BAD_INPUT, CONFORMANT, HARNESS_FAULT
from sim.command_line import number_from, whole_number_from

__all__ = ["BAD_INPUT", "CONFORMANT", "HARNESS_FAULT", "INTERRUPTED", "main", "parser"]

INTERRUPTED = 130
DEBUG_VARIABLE = "APPUNTAMENTO_DEBUG"
COLUMNS = 79
SEARCHES = (200_000, 20, 10)  # new objects between two searches for circles, then of every how many one goes further
SHELLS = ("bash", "fish", "powershell", "tcsh", "zsh")
# What shtab completes an argument with, by its metavar.
PATHS = {**dict.fromkeys(("FILE", "TRACE", "SCENARIO", "RECORDS"), "FILE"), "DIR": "DIRECTORY"}

# What can be asked, on one screen: for each group its commands, with few enough words for two columns.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "judge": {
        "conformance": "every rule, by features",
        "check": "a recorded trace",
        "selftest": "is the suite itself right",
        "validate": "an operator's system",
    },
    "live world": {
        "sandbox": "start a living world",
        "status": "its wires and worlds",
        "orders": "hand in, look, move on",
        "sms": "the customers' phones",
        "agent": "act at the Virtual Agent",
        "files": "CSV files, by SFTP",
        "notifications": "what operators are told",
        "clock": "show it, move it",
        "trace": "what the wires saw",
        "operators": "keys, endpoints, secrets",
        "slots": "the technicians' slots",
        "worlds": "each with its own clock",
        "verdicts": "the judge's, at once",
        "guided": "a plan by hand, judged",
    },
    "capacity": {
        "simulate": "what to expect at a load",
        "sweep": "what if: many variants",
        "plan": "how much is enough",
        "compare-runs": "two runs, in pairs",
        "fit": "a scenario from orders",
        "capacity": "the planner's page",
    },
    "reference": {
        "timeline": "an order's instants",
        "rules": "the rules, how covered",
        "readings": "where the text is open",
        "verify": "the seal of a report",
    },
}


# By default Python searches for circles after 700 new objects. What is imported stays to the end; to search it again
# after each import took an eighth of the time of a short command.
gc.set_threshold(*SEARCHES)
# What is left at the end of the process need not be searched: that took 0.3 s of a capacity run.
atexit.register(gc.freeze)


class Parser(argparse.ArgumentParser):
    """argparse with this project's exit status and one-line errors; of a wrong number they say which are allowed."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.register("type", int, whole_number_from())
        self.register("type", float, number_from())

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")


class FrontDoor(Parser):
    """The whole command line; its help shows all commands on one screen of 80 by 24."""

    def format_help(self) -> str:
        from sim.command_line import EXIT_STATUS

        groups = "\n".join(line for group, words in GROUPS.items() for line in (group, *_two_columns(words)))
        more = f"options: --help, --print-completion {{{','.join(SHELLS)}}}"
        usage = "usage: appuntamento COMMAND …   (COMMAND --help says more, with examples)"
        return f"{usage}\n\n{groups}\n{more}\n{EXIT_STATUS}\n"


class PrintCompletion(argparse.Action):
    """Print what a shell needs to complete this command line; nothing of it is loaded before that."""

    def __call__(self, parser: argparse.ArgumentParser, *values: Any) -> NoReturn:
        import shtab

        for action in _actions(parser):
            if isinstance(action.metavar, str) and action.metavar in PATHS:
                action.complete = getattr(shtab, PATHS[action.metavar])  # type: ignore[attr-defined]
        print(shtab.complete(parser, values[1]))
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _write_utf8()
    options = parser(*(sys.argv[1:] if arguments is None else arguments)[:1]).parse_args(arguments)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        print(f"appuntamento: interrupted; {_left(options)}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CONFORMANT
    except Exception as error:
        return _say(error)


def _left(options: argparse.Namespace) -> str:
    """What an interrupted command leaves: a capacity run with a folder keeps its jobs that are done."""
    folder = getattr(options, "out", None)
    if isinstance(folder, Path) and (folder / "jobs").is_dir():
        return f"what was done is kept in {folder}: the same command goes on from there"
    return "nothing was written"


def _write_utf8() -> None:
    """What is printed is the same bytes everywhere, whatever the terminal or the pipe says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(error: Exception) -> int:
    """One line for the caller's mistakes; for the harness's own fault, also how to see more."""
    from reference_impl.errors import CallerError
    from reports.judging.errors import InputError

    if isinstance(error, CallerError | InputError):
        print(f"appuntamento: {error}", file=sys.stderr)
        return BAD_INPUT
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    print(
        f"appuntamento: fault of the harness: {type(error).__name__}: {error} (set {DEBUG_VARIABLE}=1 to see where)",
        file=sys.stderr,
    )
    return HARNESS_FAULT


# --- the command line -----------------------------------------------------------------------------------------------


def parser(command_name: str = "") -> Parser:
    """The whole command line; for a command of capacity, the commands of capacity alone: a tenth of a second less.

    It is made once in a process, which takes 35 ms.
    """
    return _parser(command_name in GROUPS["capacity"])


@cache
def _parser(of_capacity_alone: bool) -> Parser:
    """Each room adds its commands; all of them say which others there are."""
    from sim.capacity.command_line import add_commands as add_capacity_commands

    top = FrontDoor(prog="appuntamento")
    top.add_argument("--print-completion", action=PrintCompletion, choices=SHELLS, help="print a completion script")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)
    if not of_capacity_alone:
        _add_other_commands(commands)
    add_capacity_commands(commands)
    for command in commands.choices.values():
        command.usage = _usage(command)
        command.description = f"{command.description}\n\n{_siblings()}"
    return top


def _add_other_commands(commands: Any) -> None:
    """The commands of all rooms but capacity's."""
    from sim.sandbox.command_line import add_commands as add_sandbox_commands
    from sim.validation.command_line import add_commands as add_validation_commands
    from steps.commands.arguments import add_commands
    from steps.selftest.command_line import add_commands as add_selftest_command

    add_commands(commands)
    add_selftest_command(commands)
    add_validation_commands(commands)
    add_sandbox_commands(commands, _rooms)


def _rooms() -> tuple[Any, ...]:
    """What a sandbox has beside its control room: guided runs."""
    from sim.validation.guided.room import GUIDED_ROOM

    return (GUIDED_ROOM,)


def _usage(command: argparse.ArgumentParser) -> str:
    """What must be said behind a command, in one line; its options are listed below it."""
    required = [action for action in command._actions if action.required and action.option_strings]
    places = [action for action in command._actions if not action.option_strings]
    parts = [
        *(f"{action.option_strings[0]} {action.metavar}" for action in required),
        *(
            f"[{action.metavar}]" if not action.required or action.nargs == "*" else f"{action.metavar}"
            for action in places
        ),
    ]
    return " ".join([command.prog, *parts, "[options]"])


def _siblings() -> str:
    """All commands by group, in a few lines."""
    lines = (
        "\n".join(textwrap.wrap(f"  {group:<12}{' '.join(words)}", COLUMNS, subsequent_indent=" " * 14))
        for group, words in GROUPS.items()
    )
    return "\n".join(["all commands:", *lines])


def _two_columns(words: Mapping[str, str]) -> Iterator[str]:
    cells = [f"  {command:<14}{about:<24}" for command, about in words.items()]
    for left, right in zip(cells[::2], [*cells[1::2], ""], strict=False):
        yield (left + right).rstrip()


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Everything that can be written behind a command, and behind the commands below it."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


if __name__ == "__main__":
    sys.exit(main())
