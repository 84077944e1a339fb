"""The commands for a running sandbox can do all that its control room and its HTTP interface can do."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import appuntamento
from sim.operators.probes import PROBES
from sim.sandbox.notifications.dispatcher import LIMIT
from sim.sandbox.pages.control_acts import ACTS
from sim.sandbox.terminal import commands
from sim.sandbox.terminal.grammar import Noun
from sim.sandbox.world.commands import Disturbance
from sim.sandbox.world.disturbances import DISTURB
from sim.validation.guided.forms import GUIDED_ACTS
from tests.places import ROOT
from tests.sandbox.process import sandbox
from tests.sandbox.terminal.terminal_user import verbs

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
    assert {act for act, _ in fields - DOORS} == {*ACTS, *GUIDED_ACTS}, "no form of the templates is overlooked"
    assert fields - able == DOORS


def test_every_panel_of_the_control_room_names_a_route_that_a_command_asks() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2")))
    named = {" ".join(route) for route in ROUTE.findall(text)}
    assert len(named) == text.count("panel_head(") - 1, "one of them defines it"
    assert named <= {operation for _, verb in verbs() for operation in verb.uses}


def test_terminal_and_http_offer_every_disturbance_that_there_is() -> None:
    assert sorted(get_args(Disturbance)) == sorted((*PROBES, LIMIT, *DISTURB))


def test_every_operation_of_the_openapi_has_a_command() -> None:
    with sandbox() as box:
        paths = box.get("/openapi.json")["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    operations_used = {operation for _, verb in verbs() for operation in verb.uses}
    assert operations_used <= operations, "commands ask for nothing that is not there"
    assert operations - operations_used == set(SAME_AS)
    assert set(SAME_AS.values()) <= operations_used


@pytest.mark.parametrize("words", [f"{noun.name} {verb.name}".strip() for noun, verb in verbs()])
def test_help_says_the_route_and_fits(
    words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        appuntamento.main([*words.split(), "--help"])
    output = capsys.readouterr().out
    assert "by HTTP:" in output
    assert max(len(line) for line in output.splitlines()) <= 80


@pytest.mark.parametrize("noun", [noun for noun in commands.NOUNS if noun.verbs[0].name], ids=lambda noun: noun.name)
def test_help_of_a_noun_has_examples(noun: Noun, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        appuntamento.main([noun.name, "--help"])
    output = capsys.readouterr().out
    assert all(f"  {example}\n" in output for example in noun.examples)
