"""A session in which every command is used once: which operations each asks for, and that its lines fit."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sim.sandbox.terminal.client import Client
from tests.places import ROOT
from tests.sandbox.process import SandboxProcess
from tests.sandbox.terminal.terminal_user import CSV, Terminal, verbs

PICTURE = (ROOT / "docs" / "images" / "customer-booked.png").read_bytes()
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
    "guided start plan.toml",
    "guided show --world guided",
    "guided wait --timeout 0 --world guided",
    "guided go-on --world guided",
    "orders submit G-1 --phone +393331234567 --world guided",
    "guided note OP-4 said --world guided",
    "guided attach OP-10 picture.png --world guided",
    f"guided picture {sha256(PICTURE).hexdigest()} kept.png --world guided",
    "guided end --anyway --world guided",
    "guided report --save sealed --world guided",
    "verdicts",
    "verdicts --profile default --rule CSV-4 --lang it --report report",
)


def test_each_command_asks_what_it_says_and_prints_lines_that_fit(
    terminal: Terminal, box: SandboxProcess, world: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "picture.png").write_bytes(PICTURE)
    (tmp_path / "plan.toml").write_text('stories = ["operator-books"]\nrules = ["OP-1"]')
    operations: list[str] = []
    for method in ("fetch", "follow"):
        monkeypatch.setattr(Client, method, noting(getattr(Client, method), operations))
    names = sorted((f"{noun.name} {verb.name}".strip() for noun, verb in verbs()), key=len, reverse=True)
    operations_of_verbs: dict[str, set[str]] = {}
    for line in SESSION:
        words = line.format(world=world, **ids_in(box, world)).split(" ")
        operations.clear()
        output = terminal.shows(*words)
        assert all(len(output_line) <= 80 for output_line in output.splitlines() if "http" not in output_line), output
        operations_of_verbs.setdefault(next(name for name in names if line.startswith(name)), set()).update(operations)
    assert operations_of_verbs == {f"{noun.name} {verb.name}".strip(): set(verb.uses) for noun, verb in verbs()}


def ids_in(box: SandboxProcess, world: str) -> dict[str, str]:
    """The ids of the first SMS and the first notification of a world."""
    ids = {}
    for name, path in (("sms", "sms"), ("notification", "notifications")):
        (rows,) = box.get(f"/worlds/{world}/_sandbox/{path}").values()
        ids[name] = rows[0]["id"] if rows else ""
    return ids


def noting(method: Callable[..., Any], operations: list[str]) -> Callable[..., Any]:
    """A method of the client that also notes the operations."""

    def ask(client: Client, operation: str, *arguments: Any, **named: Any) -> Any:
        operations.append(operation)
        return method(client, operation, *arguments, **named)

    return ask
