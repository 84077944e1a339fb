"""A sandbox for all tests of the terminal in a worker, and for each of them a world of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.process import SandboxProcess, sandbox
from tests.sandbox.terminal.terminal_user import Terminal


@pytest.fixture(scope="session")
def box() -> Iterator[SandboxProcess]:
    with sandbox("--private-addresses") as running:
        yield running


@pytest.fixture
def world(box: SandboxProcess) -> str:
    """A world of its own with ALFA in it."""
    return box.new_world()


@pytest.fixture
def terminal(box: SandboxProcess, world: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(box, world, capsys)
