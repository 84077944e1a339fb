"""What a command cannot do, and a sandbox that cannot be asked, are said in one line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.sandbox.process import SandboxProcess, run, sandbox
from tests.sandbox.terminal.terminal_user import Terminal


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("orders show A-9", "orders show: order 'A-9' is not known"),
        ("orders submit A-1", "phone is missing"),
        ("orders submit --file /nowhere.json", "/nowhere.json: cannot be read"),
        ("orders submit A-1 --phone x", "6 to 15 digits"),
        ("orders line A-1 XX", "invalid choice: 'XX'"),
        ("orders remove", "invalid choice: 'remove'"),
        ("sms show w-1", "an id that sms list shows"),
        ("sms wait --since yesterday", "an instant such as"),
        ("files read APPDIG.csv", "OPERATOR/NAME"),
        ("files read ALFA/no.csv", "file 'no.csv' is not known; allowed: a name that files list shows"),
        ("notifications resend", "ids, or --since T"),
        ("notifications resend w-1", "notification 'w-1' is not known"),
        ("operators show ZETA", "operator 'ZETA' is not known; allowed: a name that operators list shows"),
        ("operators disturb ALFA hammer", "choose from 'forged', 'stale', 'replayed', 'limit'"),
        ("guided show", "allowed: a world in which guided start began one"),
        ("worlds drop nowhere", "world 'nowhere' is not known; allowed: a name that worlds list shows"),
        ("operators endpoint ALFA", "a URL, or --clear"),
        ("operators endpoint ALFA ftp://x", "http or https"),
        ("worlds drop default", "any world but the default one"),
        ("worlds create x --territory LAZIO", "NAME=VALUE"),
        ("slots set tomorrow 3", "START or START/END"),
        ("slots set 2026-03-08T08:00 3", "none of those there are starts at"),
        ("slots set 2026-03-09T10:00+01:00/2026-03-09T08:00+01:00 3", "an end after the start"),
        ("agent open A-9", "order 'A-9' is not known"),
        ("agent open https://x.example/AAAAAAAAAAAAAAAAAAAAAA", "open refused: unknown_link"),
        ("orders show \udcff", "orders show: cannot be asked"),
        ("orders submit A-1 --phone 333 --key caffè\u2615", "orders submit: cannot be asked"),
        ("orders submit A-1 --phone 333 --key a\nb", "orders submit: cannot be asked"),
        ("trace follow --count -1", "--count: '-1' is not allowed; allowed: a whole number from 0 (see"),
        ("clock advance", "the following arguments are required: SPAN"),
        ("clock to 2020-01-01T00:00", "clock: back to 2020-01-01"),
        ("clock until tomorrow", "invalid choice: 'tomorrow' (choose from 'csv-deadline', 'term-end', 'eve-18:00'"),
        ("trace save /nowhere/trace.jsonl", "cannot be written"),
    ],
)
def test_what_is_not_possible_is_one_line(terminal: Terminal, words: str, reason: str) -> None:
    assert reason in terminal.refuses(*words.split(" "))


def test_an_order_in_a_world_without_operators_asks_for_one(
    box: SandboxProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    box.post("/_sandbox/worlds", {"name": "empty"})
    reason = Terminal(box, "empty", capsys).refuses("orders", "submit", "A-1", "--phone", "+393331234567")
    assert "the world has no operator; allowed: after operators register NAME" in reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:9", "no sandbox answers at http://127.0.0.1:9: [Errno 111] Connection refused; start one"),
        ("ftp://127.0.0.1", "allowed: an http address"),
        ("127.0.0.1:8020", "allowed: an http address"),
        ("http://[", "allowed: an http address"),
    ],
)
def test_a_sandbox_that_is_not_there_is_one_line(url: str, reason: str) -> None:
    ended = run("orders", APPUNTAMENTO_URL=url)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (3, "", 1)
    assert reason in ended.stderr


@contextmanager
def stranger(status: int, body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A web server that is no sandbox, and the paths that it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on stderr."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", paths
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"<html>", "is no sandbox"),
        (302, b"", "answered 302"),
        (500, b"[]", "answered 500"),
        (404, b'{"detail": "not\\nhere"}', "orders list: not here"),
    ],
)
def test_whoever_answers_and_is_no_sandbox_is_one_line(status: int, body: bytes, reason: str) -> None:
    with stranger(status, body) as (url, paths):
        ended = run("orders", APPUNTAMENTO_URL=url, APPUNTAMENTO_CONTROL_TOKEN="ct_secret")
    assert (ended.returncode, ended.stderr.count("\n")) == (3, 1)
    assert reason in ended.stderr
    assert paths == ["/_sandbox/orders"], "no redirect is followed, so that the token goes nowhere else"


def test_beyond_loopback_the_control_token_is_needed_and_enough() -> None:
    with sandbox("--host", "0.0.0.0") as box:
        url = box.url.replace("0.0.0.0", "127.0.0.1")
        refused = run("orders", APPUNTAMENTO_URL=url)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert "the control token is needed, in the variable APPUNTAMENTO_CONTROL_TOKEN" in refused.stderr
        allowed = run("orders", APPUNTAMENTO_URL=url, APPUNTAMENTO_CONTROL_TOKEN=box.introduction["control_token"])
        assert (allowed.returncode, allowed.stdout) == (0, "no orders\n")
