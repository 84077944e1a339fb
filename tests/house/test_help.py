"""What a person sees who asks for help: all commands on one screen, examples that can be typed, completion."""

from __future__ import annotations

import shlex
import subprocess
import sys
from argparse import ArgumentError, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import shtab

import appuntamento
from tests.places import ROOT

ROWS, COLUMNS = 24, 80
COMMANDS = [command for words in appuntamento.GROUPS.values() for command in words]
FUNCTION = "_shtab_appuntamento"


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns, whatever the tests run in."""
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def commands() -> dict[str, ArgumentParser]:
    (action,) = (action for action in appuntamento.parser()._actions if isinstance(action, _SubParsersAction))
    return dict(action.choices)


def examples(text: str) -> Iterator[list[str]]:
    """The command lines behind `examples:`, without the program's name; of a pipe, each that is ours."""
    for line in text.partition("examples:\n")[2].partition("\n\n")[0].replace("\\\n", " ").splitlines():
        for part in line.split(" | "):
            program, *arguments = shlex.split(part)
            if program == "appuntamento":
                yield arguments


def completed(*words: str) -> list[str]:
    """What a real bash proposes for the last of these words."""
    script = appuntamento_prints("--print-completion", "bash")
    typed = " ".join(shlex.quote(word) for word in ("appuntamento", *words))
    ask = f'COMP_WORDS=({typed}); COMP_CWORD={len(words)}; {FUNCTION}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    return subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{ask}"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


@cache
def appuntamento_prints(*arguments: str) -> str:
    program = [sys.executable, "-m", "appuntamento", *arguments]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """A parser with those of its commands and verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


def test_each_option_that_reads_a_number_says_what_is_allowed() -> None:
    silent, count = [], 0
    for parser in parsers(appuntamento.parser()):
        for action in parser._actions:
            if action.type in (None, str, Path):
                continue
            count += 1
            with pytest.raises(ArgumentError) as refusal:
                parser._get_value(action, "x")
            if "'x' is not allowed; allowed: a " not in str(refusal.value):
                silent.append(f"{parser.prog} {action.dest}: {refusal.value}")
    assert count > 20
    assert not silent


def test_the_groups_hold_every_command_once() -> None:
    assert sorted(COMMANDS) == sorted(commands())


def test_all_commands_fit_one_screen() -> None:
    lines = appuntamento.parser().format_help().splitlines()
    assert len(lines) < ROWS
    assert max(map(len, lines)) <= COLUMNS
    words = " ".join(lines).split()
    assert [command for command in COMMANDS if command not in words] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_begins_with_its_siblings(command: str) -> None:
    lines = commands()[command].format_help().splitlines()
    assert max(map(len, lines)) <= COLUMNS
    first_screen = " ".join(lines[: ROWS - 1])
    assert [group for group in appuntamento.GROUPS if group not in first_screen] == []
    assert [sibling for sibling in COMMANDS if sibling not in first_screen.split()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_a_command_can_be_typed(command: str) -> None:
    shown = list(examples(commands()[command].format_help()))
    assert command in {arguments[0] for arguments in shown}
    for arguments in shown:
        assert appuntamento.parser().parse_args(arguments).command


def test_every_shell_that_can_be_completed_is_offered() -> None:
    assert sorted(shtab.SUPPORTED_SHELLS) == sorted(appuntamento.SHELLS)


@pytest.mark.parametrize("shell", appuntamento.SHELLS)
def test_a_completion_script_knows_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        appuntamento.main(["--print-completion", shell])
    assert not end.value.code
    script = capsys.readouterr().out
    assert [command for command in COMMANDS if command not in script] == []


def test_bash_reads_its_script(tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(appuntamento_prints("--print-completion", "bash"), encoding="utf-8")
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=True).stderr == ""


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        (("si",), ["simulate"]),
        (("orders", "s"), ["show", "submit"]),
        (("check", "--re"), ["--report"]),
        (("check", "CHANGE"), ["CHANGELOG.md"]),
        (("timeline", "--lang", "e"), ["en"]),
    ],
)
def test_bash_completes_commands_verbs_options_files_and_choices(typed: tuple[str, ...], proposed: list[str]) -> None:
    assert completed(*typed) == proposed


@pytest.mark.parametrize("command", appuntamento.GROUPS["capacity"])
def test_a_command_of_capacity_is_the_same_where_no_other_is_loaded(command: str) -> None:
    alone_command, among_all = (
        next(action for action in made._actions if isinstance(action, _SubParsersAction)).choices[command]
        for made in (appuntamento.parser(command), appuntamento.parser())
    )
    assert alone_command.format_help() == among_all.format_help()


@pytest.mark.parametrize(
    ("parser", "module"),
    [("parser('simulate')", "sim.sandbox.command_line"), ("parser()", "shtab")],
    ids=["a command of capacity needs no other room", "completion costs nothing until it is asked for"],
)
def test_what_a_parser_does_not_need_is_not_loaded(parser: str, module: str) -> None:
    code = f"import sys, appuntamento; appuntamento.{parser}; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
