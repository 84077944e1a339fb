"""Fixtures for the tests of an operator's own system, in its own repository.

    def test_my_system_books(appuntamento_world):
        my_system.start(appuntamento_world.facts)
        appuntamento_world.ask("POST", "/_sandbox/orders", {...})

`appuntamento_sandbox` is the address of a sandbox for the whole session; `appuntamento_world` a fresh world in it for
one test, with the operator ALFA under test. What is not said of a world is as the default says. Nothing listens beyond
127.0.0.1, and every port is free. The sandbox is a process of its own: a test that freezes the wall clock would stop
the timers of one that lived in a thread.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from sim.sandbox.http_client import SandboxClient
from sim.validation.operator_file import OperatorUnderTest
from sim.validation.own_sandbox import HARNESS_OPERATOR, facts_for
from sim.validation.plan import Plan
from sim.validation.runner import make_world
from sim.validation.stage import Stage

ASK_SECONDS, END_SECONDS = 60.0, 30.0
OPTIONS = ("--port", "0", "--sftp-port", "0", "--operator", HARNESS_OPERATOR, "--private-addresses")
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class AppuntamentoWorld:
    """A world of a sandbox: its address, what the operator's system needs to reach it, and requests to its controls."""

    url: str
    facts: dict[str, Any]
    stage: Stage

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """The members of the answer to a request, such as POST /_sandbox/clock. Raises StageError."""
        return self.stage.ask(method, path, body).members

    def notify(self, url: str) -> None:
        """Say where the operator takes notifications."""
        self.ask("PUT", f"/_sandbox/operators/{self.facts['operator']}/endpoint", {"url": url})


@pytest.fixture(scope="session")
def appuntamento_started() -> Iterator[dict[str, Any]]:
    """What the session's sandbox says of itself; its data are gone with it."""
    with started_sandbox() as started:
        yield started


@contextmanager
def started_sandbox() -> Iterator[dict[str, Any]]:
    """A sandbox in a process of its own, and what it says of itself."""
    command = [sys.executable, "-m", "appuntamento", "sandbox", "--json", *OPTIONS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout is not None else ""
            if not line:
                pytest.fail("the sandbox of Appuntamento did not start; its standard error says why")
            yield json.loads(line)
        finally:
            process.send_signal(signal.SIGINT)
            _wait_or_kill(process)


def _wait_or_kill(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture(scope="session")
def appuntamento_sandbox(appuntamento_started: dict[str, Any]) -> str:
    """The address of a sandbox that lives as long as the session."""
    return str(appuntamento_started["http"])


@pytest.fixture
def appuntamento_world(appuntamento_started: dict[str, Any]) -> Iterator[AppuntamentoWorld]:
    """A world for one test, with the operator ALFA under test and no endpoint yet."""
    with world_in(appuntamento_started) as world:
        yield world


@contextmanager
def world_in(started: dict[str, Any]) -> Iterator[AppuntamentoWorld]:
    """A fresh world in a sandbox that said this of itself; it is dropped afterwards."""
    client, name = SandboxClient(started["http"], ASK_SECONDS), f"test-{next(NUMBERS)}"
    try:
        stage = make_world(client, Plan(name, ()), OperatorUnderTest(), name)
        account = stage.ask("GET", "/_sandbox/operators/ALFA").members
        facts = facts_for(account, started, started["sftp_known_hosts"], name)
        yield AppuntamentoWorld(facts["sandbox"], facts, stage)
        client.ask("DELETE", f"/_sandbox/worlds/{name}")
    finally:
        client.close()
