"""A person at a terminal, whose commands run in this process and ask a running sandbox; and the list of all verbs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import appuntamento
from sim.sandbox.terminal import commands
from sim.sandbox.terminal.grammar import Noun, Verb
from tests.sandbox.process import SandboxProcess

CSV = "ALFA/APPDIG_ALFA_20260303120000.csv"  # the first file of a world


class Terminal:
    """A person at a terminal; sandbox and world are added to each command."""

    def __init__(self, box: SandboxProcess, world: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._there, self._capsys = ("--url", box.url, "--world", world), capsys

    def status(self, *words: str) -> int:
        """The exit status of a command."""
        try:
            return appuntamento.main([*words, *(self._there[:2] if "--world" in words else self._there)])
        except SystemExit as end:
            return int(end.code or 0)

    def shows(self, *words: str) -> str:
        """What a command prints that must succeed."""
        status, printed = self.status(*words), self._capsys.readouterr()
        assert (status, printed.err) == (0, ""), printed.err
        return printed.out

    def weighs(self, *words: str) -> tuple[int, str]:
        """The exit status of a command that judges, and what it prints."""
        return self.status(*words), self._capsys.readouterr().out

    def gives(self, *words: str) -> Any:
        """The JSON of a command that must succeed."""
        return json.loads(self.shows(*words, "--json"))

    def refuses(self, *words: str) -> str:
        """The one line that says why a command is not possible."""
        status, printed = self.status(*words), self._capsys.readouterr()
        assert (status, printed.out, printed.err.count("\n")) == (3, "", 1)
        return printed.err


def verbs() -> Iterator[tuple[Noun, Verb]]:
    yield from ((noun, verb) for noun in commands.NOUNS for verb in noun.verbs)
