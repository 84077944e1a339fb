"""The commands that speak to a running sandbox: what its control room and its HTTP interface can do, they can."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import appuntamento
from reference_impl.civil_time import parse_instant
from reference_impl.formats.documents import order_document
from reference_impl.intake import parse_order
from sim.sandbox.pages.control_acts import ACTS
from sim.sandbox.terminal import commands
from sim.sandbox.terminal.client import Client
from sim.sandbox.terminal.grammar import Noun, Verb
from tests.patience import HANG_SECONDS
from tests.places import ROOT
from tests.sandbox.in_process import order
from tests.sandbox.process import SandboxProcess, sandbox
from tests.sandbox.test_process import run

TEMPLATES = ROOT / "sim" / "sandbox" / "pages" / "templates" / "control"
FORM = re.compile(r'<form method="post" action="\{\{ base \}\}/(?:control|operator)/(\w+)"(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'(?<![-\w])name="(\w+)"|hidden\(\'(\w+)\'')
ROUTE = re.compile(r"panel_head\('\w+', t\('\w+'\), '([A-Z]+) ' ~ base ~ '(/[^']+)'\)")
DOORS = {("enter", "token"), ("enter", "key")}  # the control token goes with every request of a command
TMF = "/tmf-api/appointment/v4"
# What a party may do with its key or link, and the test control, or the same act in other words, that a command asks.
SAME_AS = {
    "POST /v1/orders": "POST /_sandbox/orders",
    "GET /v1/orders": "GET /_sandbox/orders",
    "GET /v1/orders/{order}": "GET /_sandbox/orders/{order}",
    "POST /v1/orders/{order}/cancel": "POST /_sandbox/orders/{order}/cancel",
    "GET /v1/notifications": "GET /_sandbox/notifications",
    "POST /v1/notifications/resend": "POST /_sandbox/notifications/resend",
    "POST /v1/notifications/{notification}/resend": "POST /_sandbox/notifications/{notification}/resend",
    "GET /v1/endpoint": "GET /_sandbox/operators/{operator}",
    "PUT /v1/endpoint": "PUT /_sandbox/operators/{operator}/endpoint",
    "POST /v1/endpoint/rotate-secret": "POST /_sandbox/operators/{operator}/rotate-secret",
    "POST /v1/endpoint/retire-secret": "POST /_sandbox/operators/{operator}/retire-secret",
    f"POST {TMF}/searchTimeSlot": "GET /agent/{token}",
    f"POST {TMF}/appointment": "POST /agent/{token}/confirm",
    f"GET {TMF}/appointment": "GET /agent/{token}",
    f"GET {TMF}/appointment/{{id}}": "GET /agent/{token}",
    f"PATCH {TMF}/appointment/{{id}}": "POST /agent/{token}/reschedule",
}


@pytest.fixture(scope="module")
def box() -> Iterator[SandboxProcess]:
    with sandbox("--private-addresses") as running:
        yield running


@pytest.fixture
def world(box: SandboxProcess) -> str:
    """A world of its own with ALFA in it."""
    name = f"w{len(box.get('/_sandbox/worlds')['worlds'])}"
    box.post("/_sandbox/worlds", {"name": name})
    box.post(f"/worlds/{name}/_sandbox/operators", {"operator": "ALFA"})
    return name


class Terminal:
    """A person at a terminal, who says which sandbox and which world only once."""

    def __init__(self, box: SandboxProcess, world: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._there, self._capsys = ("--url", box.url, "--world", world), capsys

    def status(self, *words: str) -> int:
        """The exit status of a command."""
        try:
            return appuntamento.main([*words, *self._there])
        except SystemExit as end:
            return int(end.code or 0)

    def shows(self, *words: str) -> str:
        """What a command prints, which must be done."""
        status, shown = self.status(*words), self._capsys.readouterr()
        assert (status, shown.err) == (0, ""), shown.err
        return shown.out

    def weighs(self, *words: str) -> tuple[int, str]:
        """The exit status of a command that judges, and what it prints."""
        return self.status(*words), self._capsys.readouterr().out

    def gives(self, *words: str) -> Any:
        """The JSON of a command, which must be done."""
        return json.loads(self.shows(*words, "--json"))

    def refuses(self, *words: str) -> str:
        """The one line that says why a command is not possible."""
        status, shown = self.status(*words), self._capsys.readouterr()
        assert (status, shown.out, shown.err.count("\n")) == (3, "", 1)
        return shown.err


@pytest.fixture
def terminal(box: SandboxProcess, world: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(box, world, capsys)


def verbs() -> Iterator[tuple[Noun, Verb]]:
    yield from ((noun, verb) for noun in commands.NOUNS for verb in noun.verbs)


def test_every_field_and_button_of_the_control_room_has_a_command() -> None:
    fields = {
        (act, field or hidden)
        for path in TEMPLATES.glob("*.j2")
        for act, body in FORM.findall(path.read_text(encoding="utf-8"))
        for field, hidden in FIELD.findall(body)
    }
    able = {
        (form, name)
        for _, verb in verbs()
        for form in verb.forms
        for name in (verb.name, *(argument.name for argument in verb.arguments))
    }
    assert {act for act, _ in fields - DOORS} == set(ACTS), "no form of the templates is overlooked"
    assert fields - able == DOORS


def test_every_panel_of_the_control_room_names_a_route_that_a_command_asks() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2")))
    named = {" ".join(route) for route in ROUTE.findall(text)}
    assert len(named) == text.count("panel_head(") - 1, "one of them defines it"
    assert named <= {operation for _, verb in verbs() for operation in verb.uses}


def test_every_operation_of_the_openapi_has_a_command(box: SandboxProcess) -> None:
    paths = box.get("/openapi.json")["paths"]
    there = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    asked = {operation for _, verb in verbs() for operation in verb.uses}
    assert asked <= there, "commands ask for nothing that is not there"
    assert there - asked == set(SAME_AS)
    assert set(SAME_AS.values()) <= asked


def test_each_command_asks_what_it_says_and_prints_lines_that_fit(
    terminal: Terminal, box: SandboxProcess, world: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []
    for way in ("fetch", "follow"):
        monkeypatch.setattr(Client, way, noting(getattr(Client, way), asked))
    names = sorted((f"{noun.name} {verb.name}".strip() for noun, verb in verbs()), key=len, reverse=True)
    seen: dict[str, set[str]] = {}
    for line in SESSION:
        words = line.format(world=world, **ids_in(box, world)).split(" ")
        asked.clear()
        shown = terminal.shows(*words)
        assert all(len(each) <= 80 for each in shown.splitlines() if "http" not in each), shown
        seen.setdefault(next(name for name in names if line.startswith(name)), set()).update(asked)
    assert seen == {f"{noun.name} {verb.name}".strip(): set(verb.uses) for noun, verb in verbs()}


def ids_in(box: SandboxProcess, world: str) -> dict[str, str]:
    """The ids of the first SMS and the first notification of a world."""
    ids = {}
    for name, path in (("sms", "sms"), ("notification", "notifications")):
        (things,) = box.get(f"/worlds/{world}/_sandbox/{path}").values()
        ids[name] = things[0]["id"] if things else ""
    return ids


def noting(way: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    """The same way of the client, noting the operations."""

    def ask(client: Client, operation: str, *more: Any, **named: Any) -> Any:
        asked.append(operation)
        return way(client, operation, *more, **named)

    return ask


CSV = "ALFA/APPDIG_ALFA_20260303120000.csv"
# One life of a world, in which every command is used.
SESSION = (
    "status",
    "worlds list",
    "worlds create {world}-b --operator ALFA --start 2026-12-23T08:00 --territory A=2 --reading working_week=mon_sat",
    "worlds drop {world}-b",
    "operators register BETA --endpoint http://127.0.0.1:9/ --no-uses-4th-referent --project-code PRJ-B2",
    "operators change BETA --engagement-alias Beta",
    "operators disturb BETA part-file",
    "operators list",
    "operators endpoint BETA --clear",
    "operators rotate-secret ALFA",
    "operators retire-secret ALFA",
    "operators show ALFA",
    "orders submit A-1 --phone +393331234567 --line",
    "orders submit A-2 --phone +393331200001 --operator BETA --no-code",
    "orders line A-2 CO",
    "orders list",
    "orders cancel A-2 --reason test",
    "sms list --order A-1",
    "sms wait --order A-1",
    "sms show {sms}",
    "agent open A-1",
    "agent slots A-1",
    "agent confirm A-1 first",
    "clock show",
    "clock advance 1",
    "clock until csv-deadline --order A-1",
    "agent reschedule A-1 2026-03-09T08:00 --channel operator",
    "files list",
    f"files read {CSV}",
    f"files read {CSV} --save rows.csv",
    f"files remove {CSV}",
    "slots list --days 14",
    "slots set 2026-03-10T08:00 0",
    "notifications list --order A-1",
    "notifications resend --since 2026-03-03T08:00",
    "notifications resend {notification}",
    "clock to 2026-03-04T08:00",
    "clock pace x60",
    "clock pause",
    "clock resume",
    "clock stop",
    "clock pace manual",
    "orders submit A-3 --phone +393331234568 --line",
    "agent decline A-3",
    "orders show A-1",
    "trace show --last 50",
    "trace follow --after 0 --count 3",
    "clock until idle",
    "orders crowd --orders 3 --seed 7",
    "orders crowd",
    "trace save trace.jsonl",
    "verdicts",
    "verdicts --profile default --rule CSV-4 --lang it --report report",
)


def test_the_first_appointment_from_a_shell() -> None:
    with sandbox() as box:
        shell: Callable[..., Any] = partial(run, APPUNTAMENTO_URL=box.url)
        assert "engaged" in shell("orders", "submit", "A-1", "--phone", "+393331234567", "--line").stdout
        sms = json.loads(shell("sms", "wait", "--order", "A-1", "--json").stdout)["messages"][0]
        booked = shell("agent", "confirm", sms["local_link"], "2026-03-09T10:00")
        assert "2026-03-09 10:00–12:00" in booked.stdout
        assert "A-1    ALFA      VULA_FTTH  booked  2026-03-09 10:00–12:00" in shell("orders").stdout
        checked = shell("check", "-", "--profile", "default", stdin=shell("trace", "save", "-").stdout)
        assert checked.returncode == 2, "what is still to come is not judged"


def test_an_order_can_come_from_a_file(terminal: Terminal, tmp_path: Path) -> None:
    plain, document = tmp_path / "order.json", tmp_path / "order.xml"
    plain.write_text(json.dumps({name: value for name, value in order("A-1").items() if name != "operator"}))
    document.write_text(order_document(parse_order(order("A-2")), parse_instant("2026-03-03T08:00")), encoding="utf-8")
    assert terminal.gives("orders", "submit", "--file", str(plain), "--operator", "ALFA")["order"] == "A-1"
    assert terminal.gives("orders", "submit", "--file", str(document), "--line")["state"] == "engaged"
    for found in ("a-2", "engaged", "+39 333 123 4567"):
        assert "A-2" in terminal.shows("orders", "list", found)
    assert [order["order"] for order in terminal.gives("orders", "list", "--open")["orders"]] == ["A-2"]
    assert terminal.shows("orders", "list", "A-3") == "no orders\n"
    assert "no service beside it" in terminal.refuses("orders", "submit", "--file", str(document), "--service", "ULL")


def test_an_order_can_come_from_standard_input(box: SandboxProcess) -> None:
    taken = run("orders", "submit", "--file", "-", APPUNTAMENTO_URL=box.url, stdin=json.dumps(order("STDIN-1")))
    assert (taken.returncode, taken.stderr) == (0, "")
    assert taken.stdout.startswith("order     STDIN-1\n")


def test_the_same_order_with_the_same_key_counts_once(terminal: Terminal) -> None:
    words = ("orders", "submit", "A-1", "--phone", "+393331234567", "--key", "once")
    assert terminal.gives(*words) == terminal.gives(*words)
    assert len(terminal.gives("orders")["orders"]) == 1


def test_a_file_is_read_byte_for_byte(terminal: Terminal, box: SandboxProcess, world: str, tmp_path: Path) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--line")
    terminal.shows("clock", "until", "csv-deadline")
    there = box.http.get(f"{box.url}/worlds/{world}/_sandbox/files/{CSV}", timeout=HANG_SECONDS).content
    terminal.shows("files", "read", CSV, "--save", str(tmp_path / "rows.csv"))
    assert (tmp_path / "rows.csv").read_bytes() == there
    assert terminal.shows("files", "read", CSV).encode() == there
    terminal.shows("files", "remove", CSV)
    assert terminal.shows("files") == "no files\n"
    assert "csv removed: APPDIG_ALFA" in terminal.shows("trace", "show", "--last", "1")


def test_a_timeline_has_what_happened_before_now_and_what_is_due_after(terminal: Terminal) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--line")
    terminal.shows("clock", "advance", "1 h")
    lines = [line.strip() for line in terminal.shows("orders", "show", "A-1").splitlines()]
    now = lines.index("2026-03-03 09:00  now")
    assert "2026-03-03 08:00  Customer  Engagement SMS" in lines[:now]
    assert "2026-03-03 13:00  due       CSV file by" in lines[now:]
    assert any(line.startswith("customer's page  http") for line in lines[now:])


@pytest.mark.parametrize("address", ["link", "local_link"])
def test_a_link_opens_as_it_was_given_out_and_as_the_control_room_shows_it(terminal: Terminal, address: str) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--line")
    (customer,) = terminal.gives("orders", "show", "A-1")["links"]
    assert terminal.gives("agent", "open", customer[address] + "?channel=customer")["order"] == "A-1"


def test_a_line_that_is_ready_is_reported_with_the_code_of_its_family(terminal: Terminal) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--service", "ULL", "--line")
    assert [each["code"] for each in terminal.gives("notifications")["notifications"]] == ["AC", "Z18"]


def test_whoever_follows_sees_what_happens_and_ends_it_with_ctrl_c(box: SandboxProcess, world: str) -> None:
    command = [sys.executable, "appuntamento.py", "trace", "follow", "--after", "0", "--url", box.url, "--world", world]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as follower:
        try:
            assert follower.stdout is not None
            seen = [follower.stdout.readline() for _ in range(3)]
            box.post(f"/worlds/{world}/_sandbox/orders", order("A-1"))
            seen.append(follower.stdout.readline())
            follower.send_signal(signal.SIGINT)
            _, complaints = follower.communicate(timeout=HANG_SECONDS)
        finally:
            follower.kill()
    assert [line[29:].strip() for line in seen[1:]] == [
        "LAZIO: 4 technicians",
        "operator registered",
        "Work order received",
    ]
    assert (follower.returncode, complaints) == (0, "")


def test_nothing_that_arrives_is_told_by_the_exit_status(terminal: Terminal) -> None:
    assert terminal.status("sms", "wait", "--order", "A-1", "--timeout", "0") == 2


def test_the_verdicts_weigh_as_those_of_a_check(terminal: Terminal, box: SandboxProcess, world: str) -> None:
    status, shown = terminal.weighs("verdicts")
    assert (status, "occasions" in shown) == (2, True), "nothing that a rule speaks of has happened"
    assert json.loads(terminal.weighs("verdicts", "--json")[1])["target"] == "sandbox"
    box.post(f"/worlds/{world}/_sandbox/orders", order("A-1"))
    box.post(f"/worlds/{world}/_sandbox/orders/A-1/line", {"code": "CO"})
    assert terminal.status("verdicts") == 2, "what is still to come is not judged"


def test_the_verdicts_of_a_profile_are_those_of_a_check_on_the_saved_trace(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal.shows("trace", "save", "trace.jsonl")
    for options in (["--profile", "default", "--lang", "it"], ["--profile", "any", "--rule", "inv", "--lang", "en"]):
        capsys.readouterr()
        status = appuntamento.main(["check", "trace.jsonl", *options])
        told = capsys.readouterr().out
        assert terminal.weighs("verdicts", *options) == (status, told)


@pytest.mark.parametrize(
    ("words", "why"),
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
        ("files read ALFA/no.csv", "file 'no.csv' is not known"),
        ("notifications resend", "ids, or --since T"),
        ("notifications resend w-1", "notification 'w-1' is not known"),
        ("operators show ZETA", "operator 'ZETA' is not known"),
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
        ("trace follow --count -1", "invalid whole_number value: '-1'"),
        ("clock advance", "the following arguments are required: SPAN"),
        ("clock to 2020-01-01T00:00", "clock: back to 2020-01-01"),
        ("trace save /nowhere/trace.jsonl", "cannot be written"),
    ],
)
def test_what_is_not_possible_is_one_line(terminal: Terminal, words: str, why: str) -> None:
    assert why in terminal.refuses(*words.split(" "))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:9", "no sandbox answers at http://127.0.0.1:9: [Errno 111] Connection refused; start one"),
        ("ftp://127.0.0.1", "allowed: an http address"),
        ("127.0.0.1:8020", "allowed: an http address"),
        ("http://[", "allowed: an http address"),
    ],
)
def test_a_sandbox_that_is_not_there_is_one_line(url: str, why: str) -> None:
    ended = run("orders", APPUNTAMENTO_URL=url)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (3, "", 1)
    assert why in ended.stderr


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
    ("status", "body", "why"),
    [
        (200, b"<html>", "is no sandbox"),
        (302, b"", "answered 302"),
        (500, b"[]", "answered 500"),
        (404, b'{"detail": "not\\nhere"}', "orders list: not here"),
    ],
)
def test_whoever_answers_and_is_no_sandbox_is_one_line(status: int, body: bytes, why: str) -> None:
    with stranger(status, body) as (url, paths):
        ended = run("orders", APPUNTAMENTO_URL=url, APPUNTAMENTO_CONTROL_TOKEN="ct_secret")
    assert (ended.returncode, ended.stderr.count("\n")) == (3, 1)
    assert why in ended.stderr
    assert paths == ["/_sandbox/orders"], "no redirect is followed, so that the token goes nowhere else"


def test_beyond_loopback_the_control_token_is_needed_and_enough() -> None:
    with sandbox("--host", "0.0.0.0") as box:
        url = box.url.replace("0.0.0.0", "127.0.0.1")
        refused = run("orders", APPUNTAMENTO_URL=url)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert "the control token is needed, in the variable APPUNTAMENTO_CONTROL_TOKEN" in refused.stderr
        allowed = run("orders", APPUNTAMENTO_URL=url, APPUNTAMENTO_CONTROL_TOKEN=box.said["control_token"])
        assert (allowed.returncode, allowed.stdout) == (0, "no orders\n")


@pytest.mark.parametrize("words", [f"{noun.name} {verb.name}".strip() for noun, verb in verbs()])
def test_help_says_the_route_and_fits(
    words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        appuntamento.main([*words.split(), "--help"])
    shown = capsys.readouterr().out
    assert "by HTTP:" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("noun", [noun for noun in commands.NOUNS if noun.verbs[0].name], ids=lambda noun: noun.name)
def test_help_of_a_noun_has_examples(noun: Noun, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        appuntamento.main([noun.name, "--help"])
    shown = capsys.readouterr().out
    assert all(f"  {example}\n" in shown for example in noun.examples)
