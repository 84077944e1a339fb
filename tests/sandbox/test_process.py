"""The sandbox as a program: how it is started, what it says, how it ends, and how it comes back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.patience import HANG_SECONDS
from tests.places import ROOT
from tests.sandbox.process import SandboxProcess, run, sandbox

PORTS = ("--port", "0", "--sftp-port", "0")
FREE_PORTS = {"APPUNTAMENTO_PORT": "0", "APPUNTAMENTO_SFTP_PORT": "0"}


def test_it_says_where_everything_is_and_ends_cleanly_when_interrupted() -> None:
    command = [sys.executable, "appuntamento.py", "sandbox", "--json", *PORTS]  # the one start from nothing
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        introduction = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(HANG_SECONDS) == 0
    assert set(introduction) >= {"http", "sftp", "data", "worlds"}
    operators = introduction["worlds"]["default"]["operators"]
    assert [operator["operator"] for operator in operators] == ["ALFA", "BETA"]
    assert all(operator["api_key"] and operator["webhook_secrets"] for operator in operators)
    assert not Path(introduction["data"]).exists(), "a temporary folder goes with the sandbox"


def test_what_it_was_told_can_come_from_the_environment_and_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "options.toml").write_text('start = "2027-02-01T09:30"\noperator = ["GAMMA"]\nworld = ["two"]\n')
    with sandbox("--config", str(tmp_path / "options.toml"), "--operator", "DELTA") as box:
        worlds = box.introduction["worlds"]
        assert set(worlds) == {"default", "two"}
        assert worlds["two"]["now"] == "2027-02-01T09:30:00+01:00"
        assert [operator["operator"] for operator in worlds["default"]["operators"]] == ["DELTA"]


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--port", "99999"], {}, "--port: '99999' is not allowed; allowed: a port from 0 to 65535"),
        (["--clock", "fast"], {}, "--clock: 'fast' is not allowed; allowed: manual, real, or x"),
        ([], {"APPUNTAMENTO_START": "today"}, "APPUNTAMENTO_START: 'today' is not allowed"),
        (["--config", "no-such.toml"], {}, "a file that can be read"),
        (["--profile", "any"], {}, "any is no single behaviour"),
        (["--operator", "alfa"], FREE_PORTS, "upper-case letters"),
        (["--notify", "ALFA=ftp://x"], FREE_PORTS, "http or https"),
        (["--world", "Two"], FREE_PORTS, "lower-case letters"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line_that_says_what_is_allowed(
    arguments: list[str], environment: dict[str, str], words: str
) -> None:
    process = run("sandbox", *arguments, **environment)
    assert (process.returncode, process.stdout) == (3, "")
    assert words in process.stderr
    assert len(process.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_said_so() -> None:
    with sandbox() as box:
        process = run("sandbox", "--sftp-port", "0", "--port", box.url.rpartition(":")[2])
        assert process.returncode == 3
        address = box.url.removeprefix("http://")
        allowed = "an address and a port that are free (Address already in use)"
        assert process.stderr == f"appuntamento: --port: '{address}' is not allowed; allowed: {allowed}\n"


def test_the_clock_can_be_moved_from_the_command_line() -> None:
    with sandbox() as box:
        box.engage("A-1")
        move = run("clock", "until", "csv-deadline", "--order", "A-1", "--url", box.url)
        assert (move.returncode, move.stderr) == (0, "")
        assert "csv.deposited" in move.stdout
        assert move.stdout.splitlines()[-1] == "2026-03-03 13:00  ready"
        shown_clock = run("clock", APPUNTAMENTO_URL=box.url)
        assert shown_clock.stdout == "2026-03-03 13:00  ready\n"
        backwards = run("clock", "to", "2026-03-01T00:00", "--url", box.url)
        assert (backwards.returncode, backwards.stdout) == (3, "")
        assert "back to 2026-03-01" in backwards.stderr


def test_killed_and_started_again_it_is_where_it_was_with_the_same_credentials(tmp_path: Path) -> None:
    options = ("--data", str(tmp_path / "data"))
    killed_box = SandboxProcess(*options)
    try:
        for number in range(3):
            killed_box.engage(f"A-{number}")
        killed_box.post("/_sandbox/clock", {"advance": "5 h"})
        token = killed_box.get("/_sandbox/sms")["messages"][0]["link"].rpartition("/")[2]
        slot = killed_box.get(f"/agent/{token}")["slots"][0]
        killed_box.post(f"/agent/{token}/confirm", {"slot": slot})
        paths = ("/_sandbox/clock", "/_sandbox/orders", "/_sandbox/files", "/_sandbox/sms", "/_sandbox/notifications")
        answers_before = [killed_box.get(path) for path in paths]
        trace = killed_box.ask("GET", "/_sandbox/trace").text
        killed_box.kill()
    finally:
        killed_box.stop()
    with sandbox(*options) as restarted_box:
        answers_after = [restarted_box.get(path) for path in paths]
        strip = str.replace
        assert strip(str(answers_after), restarted_box.url, "") == strip(str(answers_before), killed_box.url, "")
        assert restarted_box.ask("GET", "/_sandbox/trace").text == trace
        assert restarted_box.introduction["worlds"] == killed_box.introduction["worlds"] | {
            "default": {**killed_box.introduction["worlds"]["default"], "now": "2026-03-03T13:00:00+01:00"}
        }
        assert restarted_box.get(f"/agent/{token}")["state"] == "booked"


def test_whoever_waits_for_something_is_answered_when_the_sandbox_ends() -> None:
    with sandbox() as box, closing(HTTPConnection(box.url.rpartition("/")[2], timeout=HANG_SECONDS)) as connection:
        connection.request("GET", "/_sandbox/sms/wait?to=%2B393331234567&timeout_seconds=60")
        headers = {"Accept": "text/event-stream"}
        with box.ask("GET", "/_sandbox/events", headers=headers, stream=True) as stream:
            assert next(stream.iter_lines(decode_unicode=True)) == "id: 1"  # asked later, so the other is heard too
            assert box.stop() == 0
            assert json.load(connection.getresponse()) == {"messages": []}
