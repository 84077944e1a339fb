"""`docs/validate.md` is true: its commands are run as they stand there, with free ports, and do what the page says."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from appuntamento import main
from reference_impl.formats.documents import (
    NOTIFICATION_NAMESPACE,
    ORDER_NAMESPACE,
    load_schemas,
    parse_order_document,
)
from sim.operators.model_program import FACTS, Operator, Server
from sim.sandbox.sandbox import STAND_IN_SCHEMAS
from sim.validation.operator_file import load_operator
from sim.validation.plan import load_plan
from tests.places import ROOT

PAGE = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.M | re.S)
COMMANDS = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
FILES = [block for kind, block in BLOCKS if kind == "toml"]


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


def test_the_commands_of_the_page_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rehearsal, first_run, model, second_run, verification = COMMANDS
    monkeypatch.chdir(tmp_path)
    http, sftp, own = free_ports(3)
    (tmp_path / "alfa.toml").write_text(FILES[0].replace("9000", str(own)), encoding="utf-8")
    ports = ["--port", str(http), "--sftp-port", str(sftp)]

    assert rehearsal.split()[-2:] == ["--with", "model"]
    assert main([*first_run.split()[1:], *ports]) == 3
    assert "avvia il tuo sistema" in capsys.readouterr().err
    assert model == f"python -m {Operator.__module__}"
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    with Server(Operator(facts), own):
        assert second_run == first_run
        assert main([*second_run.split()[1:], *ports]) == 0
    assert "report: out/validate/report/index.html" in capsys.readouterr().out
    assert main(verification.split()[1:]) == 0


def test_the_order_of_the_page_is_one_of_the_schema_in_force() -> None:
    (document,) = (block for kind, block in BLOCKS if kind == "xml")
    order = parse_order_document(document, load_schemas(STAND_IN_SCHEMAS))
    assert (order.code, order.operator, order.project_code) == ("A-1", "ALFA", "PRJ-ALFA")
    assert f"`{ORDER_NAMESPACE}`" in PAGE
    assert f"`{NOTIFICATION_NAMESPACE}`" in PAGE


def test_the_plan_of_the_page_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(FILES[1], encoding="utf-8")
    plan = load_plan(str(tmp_path / "mine.toml"))
    assert plan.rules == ("OP-2", "OP-3", "OP-4")


def test_the_operator_file_of_the_page_names_every_key(tmp_path: Path) -> None:
    (tmp_path / "alfa.toml").write_text(FILES[0], encoding="utf-8")
    operator = load_operator(tmp_path / "alfa.toml")
    assert all((operator.endpoint, operator.desk, operator.round, operator.project_codes, operator.delivery_codes))
