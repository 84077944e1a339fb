"""What the commands take and give: orders from files, the bytes of a CSV file, a timeline, links, verdicts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import appuntamento
from reference_impl.civil_time import parse_instant
from reference_impl.formats.documents import order_document
from reference_impl.intake import parse_order
from sim.sandbox.terminal.wire_views import clock
from tests.patience import HANG_SECONDS
from tests.places import ROOT
from tests.sandbox.in_process import order
from tests.sandbox.process import SandboxProcess, run, sandbox
from tests.sandbox.terminal.terminal_user import CSV, Terminal


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
    for words in ("a-2", "engaged", "+39 333 123 4567"):
        assert "A-2" in terminal.shows("orders", "list", words)
    assert [order["order"] for order in terminal.gives("orders", "list", "--open")["orders"]] == ["A-2"]
    assert terminal.shows("orders", "list", "A-3") == "no orders\n"
    assert "no service beside it" in terminal.refuses("orders", "submit", "--file", str(document), "--service", "ULL")


def test_an_order_can_come_from_standard_input(box: SandboxProcess) -> None:
    process = run("orders", "submit", "--file", "-", APPUNTAMENTO_URL=box.url, stdin=json.dumps(order("STDIN-1")))
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.startswith("order     STDIN-1\n")


def test_the_same_order_with_the_same_key_counts_once(terminal: Terminal) -> None:
    words = ("orders", "submit", "A-1", "--phone", "+393331234567", "--key", "once")
    assert terminal.gives(*words) == terminal.gives(*words)
    assert len(terminal.gives("orders")["orders"]) == 1


def test_a_file_is_read_byte_for_byte(terminal: Terminal, box: SandboxProcess, world: str, tmp_path: Path) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--line")
    terminal.shows("clock", "until", "csv-deadline")
    content = box.ask("GET", f"/worlds/{world}/_sandbox/files/{CSV}").content
    terminal.shows("files", "read", CSV, "--save", str(tmp_path / "rows.csv"))
    assert (tmp_path / "rows.csv").read_bytes() == content
    assert terminal.shows("files", "read", CSV).encode() == content
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
    assert "2026-03-05 24:00  due       end of the term" in lines[now:]
    assert any(line.startswith("customer's page  http") for line in lines[now:])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"status": 0, "reason": "not reached: connection refused"}, "notification not reached"),
        ({"status": 0, "reason": "no answer within 10 s"}, "notification.answered"),
        ({"status": 204}, "notification.answered"),
    ],
)
def test_the_clock_tells_of_an_operator_that_was_not_reached(data: dict[str, object], kind: str) -> None:
    at = "2026-03-03T15:00:00.000+01:00"
    effect = {"time": at, "type": "notification.answered", "subject": "A-1", "data": data}
    effect_line, clock_line = clock({"effects": [effect], "now": at, "ready": True})
    assert effect_line == f"2026-03-03 15:00  {kind:26}  A-1"
    assert clock_line == "2026-03-03 15:00  ready"


def test_what_the_clock_brings_stands_in_columns() -> None:
    effects = [
        {"time": f"2026-03-03T15:00:{second}+01:00", "type": "x", "subject": "A-1", "data": {}}
        for second in ("00", "07")
    ]
    *lines, _ = clock({"effects": effects, "now": effects[0]["time"], "ready": True})
    assert [line.index("x") for line in lines] == [21, 21]


@pytest.mark.parametrize(("language", "head_and_count"), [("it", ("stato", "atti: 0 di")), ("en", ("state", "0 of"))])
def test_how_far_a_guided_run_is_stands_in_one_language(
    terminal: Terminal, language: str, head_and_count: tuple[str, str]
) -> None:
    world = terminal.gives("guided", "start", "call-centre")["world"]
    try:
        output = terminal.shows("guided", "show", "--lang", language, "--world", world)
    finally:
        terminal.shows("worlds", "drop", world)  # a session of another file begins one under the same name
    (line,) = [line for line in output.splitlines() if line.startswith(head_and_count[0])]
    assert head_and_count[1] in line


@pytest.mark.parametrize("address", ["link", "local_link"])
def test_a_link_opens_as_it_was_given_out_and_as_the_control_room_shows_it(terminal: Terminal, address: str) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--line")
    (customer,) = terminal.gives("orders", "show", "A-1")["links"]
    assert terminal.gives("agent", "open", customer[address] + "?channel=customer")["order"] == "A-1"


def test_a_line_that_is_ready_is_reported_with_the_code_of_its_family(terminal: Terminal) -> None:
    terminal.shows("orders", "submit", "A-1", "--phone", "+393331234567", "--service", "ULL", "--line")
    assert [notice["code"] for notice in terminal.gives("notifications")["notifications"]] == ["AC", "Z18"]


def test_whoever_follows_sees_what_happens_and_ends_it_with_ctrl_c(box: SandboxProcess, world: str) -> None:
    command = [sys.executable, "appuntamento.py", "trace", "follow", "--after", "0", "--url", box.url, "--world", world]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as follower:
        try:
            assert follower.stdout is not None
            lines = [follower.stdout.readline() for _ in range(3)]
            box.post(f"/worlds/{world}/_sandbox/orders", order("A-1"))
            lines.append(follower.stdout.readline())
            follower.send_signal(signal.SIGINT)
            _, complaints = follower.communicate(timeout=HANG_SECONDS)
        finally:
            follower.kill()
    assert [line[29:].strip() for line in lines[1:]] == [
        "LAZIO: 4 technicians",
        "operator registered",
        "Work order received",
    ]
    assert (follower.returncode, complaints) == (0, "")


def test_nothing_that_arrives_is_told_by_the_exit_status(terminal: Terminal) -> None:
    assert terminal.status("sms", "wait", "--order", "A-1", "--timeout", "0") == 2


def test_the_verdicts_weigh_as_those_of_a_check(terminal: Terminal, box: SandboxProcess, world: str) -> None:
    status, output = terminal.weighs("verdicts")
    assert (status, "occasioni" in output) == (2, True), "nothing that a rule speaks of has happened"
    assert json.loads(terminal.weighs("verdicts", "--json")[1])["target"] == "sandbox"
    box.engage(world=f"/worlds/{world}")
    assert terminal.status("verdicts") == 2, "what is still to come is not judged"


def test_the_verdicts_of_a_profile_are_those_of_a_check_on_the_saved_trace(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal.shows("trace", "save", "trace.jsonl")
    for options in (["--profile", "default", "--lang", "it"], ["--profile", "any", "--rule", "inv", "--lang", "en"]):
        capsys.readouterr()
        status = appuntamento.main(["check", "trace.jsonl", *options])
        output = capsys.readouterr().out
        assert terminal.weighs("verdicts", *options) == (status, output)
