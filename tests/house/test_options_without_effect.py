"""An option that would have no effect beside the others is refused by name, before anything runs."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import appuntamento
from sim.command_line import UsageError, check_effective
from sim.validation.command_line import ports_of
from sim.validation.own_sandbox import Ports
from tests.conftest import Refused

PLAN = ("plan", "small-town", "--target", "p95_days_to_visit<=7")
ONE = (*PLAN, "--vary", "sms.per_second")
PAIRS = (*PLAN, "--vary", "sms.per_second=1,2", "--vary", "customers.books=0.5,0.6")
SWEEP = ("sweep", "small-town", "--vary", "sms.per_second=1,2")
TRACED = ("timeline", "--trace", "no.jsonl", "--order", "A-1")
ONE_ORDER = ("timeline", "--service", "ULL", "--trigger", "2026-03-03T09:00")
ALL = ("validate", "essential", "--with", "all")
RUNNING = ("validate", "essential", "--with", "model", "--target", "http://127.0.0.1:9")
DISTURB = ("operators", "disturb", "ALFA")
FIT = ("fit", "no.csv", "--no-backtest")

WITHOUT_EFFECT: list[tuple[tuple[str, ...], str, str]] = [
    ((*PAIRS, "--from", "0"), "--from", "with one --vary; of two each has its values"),
    ((*PAIRS, "--to", "9"), "--to", "with one --vary; of two each has its values"),
    ((*PAIRS, "--step", "1"), "--step", "with one --vary; of two each has its values"),
    ((*PAIRS, "--from", "1", "--to", "9", "--step", "2"), "--from, --to, --step", "with one --vary"),
    ((*ONE, "--minimise", "cost"), "--minimise", "with two --vary, each with its values"),
    ((*SWEEP, "--points", "16"), "--points", "with --design lhs or sobol"),
    ((*SWEEP, "--design", "grid", "--points", "4"), "--points", "with --design lhs or sobol"),
    (("simulate", "small-town", "--precision-of", "cost"), "--precision-of", "with --until-precision"),
    (("compare-runs", "a", "b", "--xlsx"), "--xlsx", "with --out"),
    ((*FIT, "--seed", "0"), "--seed", "without --no-backtest"),
    ((*FIT, "--replications", "8"), "--replications", "without --no-backtest"),
    (("selftest", "--depth", "3"), "--depth", "with --explore"),
    (("selftest", "--explore", "--rule", "CSV-4"), "--rule", "without --explore"),
    ((*TRACED, "--service", "ULL"), "--service", "without --trace and --order"),
    ((*TRACED, "--batch", "no.csv"), "--batch", "without --trace and --order"),
    (("timeline", "--batch", "no.csv", "--visit", "2026-03-06T08:00"), "--visit", "without --batch"),
    ((*ONE_ORDER, "--operator", "ALFA", "--world", "w"), "--operator, --world", "with --trace and --order"),
    ((*ALL, "--port", "0"), "--port", "with one system; of all nothing is kept"),
    ((*ALL, "--target", "http://127.0.0.1:9", "--folder", "x"), "--target, --folder", "with one system"),
    ((*ALL, "--sftp-port", "1", "--pdf", "--json"), "--sftp-port, --pdf, --json", "with one system"),
    ((*RUNNING, "--port", "8020"), "--port", "without --target, whose ports are its own"),
    ((*RUNNING, "--sftp-port", "0"), "--sftp-port", "without --target, whose ports are its own"),
    (("sandbox", "--smpp-port", "0"), "--smpp-port", "with --smpp"),
    (("sandbox", "--no-smpp", "--smpp-port", "0"), "--smpp-port", "with --smpp"),
    ((*DISTURB, "hold", "--order", "A-1"), "--order", "hold with no option"),
    ((*DISTURB, "race", "--order", "A-1", "--code", "W09"), "--code", "race with --order"),
    ((*DISTURB, "limit", "--order", "A-1", "--seconds", "0"), "--order", "limit with --seconds"),
    ((*DISTURB, "stale", "--seconds", "0"), "--seconds", "stale with --order and --code"),
    (("notifications", "resend", "w-1", "--operator", "ALFA"), "--operator", "with --since"),
    (("trace", "show", "--after", "0", "--last", "0"), "--last", "without --after"),
    (("clock", "until", "idle", "--order", "A-1"), "--order", "with another goal than idle"),
    (("clock", "until", "next-effect", "--operator", "ALFA"), "--operator", "with another goal than next-effect"),
    (("orders", "submit", "--file", "no.json", "--no-code"), "--no-code", "without --file"),
    (("agent", "open", "http://x.example/A", "--operator", "ALFA"), "--operator", "with the code of an order"),
]


@pytest.mark.parametrize(("command", "named", "allowed"), WITHOUT_EFFECT)
def test_an_option_without_effect_is_refused_by_name(
    command: tuple[str, ...], named: str, allowed: str, refused: Refused
) -> None:
    assert refused(*command).startswith(f"appuntamento: {named}: without effect here; allowed: {allowed}")


@pytest.mark.parametrize(
    ("words", "ports"),
    [
        (("--with", "model"), Ports(0, 0)),
        (("--with", "model", "--sftp-port", "22"), Ports(0, 22)),
        (("--operator", "alfa.toml"), Ports(8020, 8022)),
        (("--operator", "alfa.toml", "--port", "0"), Ports(0, 8022)),
    ],
)
def test_ports_are_those_said_and_else_those_that_an_operator_must_find(words: tuple[str, ...], ports: Ports) -> None:
    assert ports_of(appuntamento.parser().parse_args(["validate", "essential", *words])) == ports


def test_a_port_is_that_of_the_own_sandbox_with_a_model_too(tmp_path: Path, refused: Refused) -> None:
    words = ("validate", "essential", "--with", "model", "--folder", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        message = refused(*words, "--port", port)
    assert message.startswith(f"appuntamento: --port: '127.0.0.1:{port}' is not allowed; allowed: ")
    assert message.endswith(" that are free (Address already in use)\n")


def test_nought_is_written_and_nothing_is_not() -> None:
    check_effective({"--from": None, "--xlsx": False, "--rule": []}, "elsewhere")
    for written in (0, 0.0, "", True, ["CSV-4"]):
        with pytest.raises(UsageError, match=r"^--it: without effect"):
            check_effective({"--it": written, "--to": None}, "elsewhere")


@pytest.mark.parametrize(
    "words", [("--json", "--lang", "en", "price", "small-town"), ("price", "small-town", "--json", "--lang", "en")]
)
def test_what_is_said_before_a_verb_holds_as_what_is_said_behind_it(words: tuple[str, ...]) -> None:
    options = appuntamento.parser().parse_args(["readings", *words])
    assert (options.json, options.lang) == (True, "en")
