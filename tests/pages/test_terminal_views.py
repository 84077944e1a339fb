"""Every view of the terminal with the longest values there can be: its tables keep to 80 columns and hide nothing."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from reports.conformance.terminal import print_verdicts
from reports.judging.catalogue import catalogue
from sim.sandbox.http import control_models as control
from sim.sandbox.http import models
from sim.sandbox.http import watch_models as watch
from sim.sandbox.terminal import commands, order_views, wire_views, world_views
from sim.sandbox.terminal.columns import WIDTH
from tests.pages.sample_report import sample_verdicts

INSTANT = "2026-03-03T13:00:07+01:00"
LONGEST = 120  # characters, where a model says no bound
WORD = "PAROLA-LUNGA-"
VIEWS = {module.__name__ for module in (order_views, wire_views, world_views)}
View = Callable[[Mapping[str, Any]], Iterator[str]]
# What each view is given. A view of single facts may show what cannot be broken: links, keys, secrets.
TABLES: Mapping[View, type[BaseModel]] = {
    order_views.orders: models.OrdersOut,
    wire_views.sms_list: watch.SmsListOut,
    wire_views.files: watch.FilesOut,
    wire_views.notifications: models.NotificationsOut,
    world_views.operators: control.OperatorsOut,
    world_views.worlds: control.WorldsOut,
    world_views.world: control.WorldOut,
    world_views.slots: control.SlotsOut,
    world_views.capacity: control.SlotOut,
    wire_views.events: watch.EventsOut,
    wire_views.event: watch.EventOut,
    order_views.timeline: watch.TimelineOut,
    order_views.offered: models.AgentOut,
    wire_views.resent: models.ResentOut,
}
FACTS: Mapping[View, type[BaseModel]] = {
    order_views.order: models.OrderOut,
    world_views.operator: control.OperatorOut,
    world_views.endpoint: models.EndpointOut,
    wire_views.sms: watch.SmsOut,
    wire_views.arrived: watch.SmsListOut,
    order_views.agent: models.AgentOut,
    order_views.crowds: control.CrowdsOut,
    world_views.disturbed: control.DisturbedOut,
}
BAND = {"start": INSTANT, "end": INSTANT}
EVENT = {
    "time": INSTANT,
    "type": "notification.answered",
    "subject": f"/{WORD * 4}",
    "data": {"copy": 1, "status": 500, "operator": WORD * 2},
}
ALSO: Mapping[View, Mapping[str, Any]] = {  # what a model leaves to others, or its view gets in another form
    world_views.capacity: {"slot": BAND},
    wire_views.event: EVENT,
    wire_views.events: {"events": [EVENT] * 3},
}
OTHERS = {
    wire_views.content,
    wire_views.gone,
    wire_views.clock,
    world_views.status,
}  # a file as it is; made of the views above
COLOUR = "\x1b[3"  # how a terminal is told a colour: 30 to 38


def longest(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    """The longest value that a JSON schema lets through; `named` are the schemas that it refers to."""
    if "$ref" in schema:
        return longest(named[schema["$ref"].rpartition("/")[2]], named)
    if "anyOf" in schema:
        return longest(schema["anyOf"][0], named)
    if "enum" in schema or "const" in schema:
        return max(schema.get("enum") or [schema["const"]], key=len)
    return OF_TYPE[schema["type"]](schema, named)


def _text(schema: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    length = min(schema.get("maxLength", LONGEST), LONGEST)
    return INSTANT if schema.get("format") == "date-time" else (WORD * length)[:length]


def _object(schema: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("additionalProperties"), dict):
        return {f"{WORD}{number}": longest(schema["additionalProperties"], named) for number in range(6)}
    return {name: longest(member, named) for name, member in schema.get("properties", {}).items()}


OF_TYPE: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Any]] = {
    "string": _text,
    "object": _object,
    "array": lambda schema, named: [longest(schema["items"], named)] * 12,
    "integer": lambda schema, named: 999_999_999,
    "boolean": lambda schema, named: True,
}


def lines_of(view: View, model: type[BaseModel]) -> list[str]:
    schema = model.model_json_schema(by_alias=True)
    return list(view({**longest(schema, schema.get("$defs", {})), **ALSO.get(view, {})}))


def test_no_view_is_overlooked() -> None:
    views = {verb.show for noun in commands.NOUNS for verb in noun.verbs}
    known = {*TABLES, *FACTS, *OTHERS}
    assert {view for view in views if view.__module__ in VIEWS} <= known


@pytest.mark.parametrize("view", TABLES, ids=lambda view: view.__name__)
def test_tables_keep_to_80_columns(view: View) -> None:
    lines = lines_of(view, TABLES[view])
    assert lines
    assert [line for line in lines if len(line) > WIDTH] == []


@pytest.mark.parametrize("view", FACTS, ids=lambda view: view.__name__)
def test_facts_are_wider_only_where_a_value_cannot_be_broken(view: View) -> None:
    for line in lines_of(view, FACTS[view]):
        words = line.split()
        assert len(line) <= WIDTH or any(len(word) > WIDTH // 4 for word in words)


def test_what_is_broken_is_whole_when_put_together() -> None:
    endpoint = "https://notifiche.operatore.example/" + "percorso/" * 20
    operator = {"operator": "ALFA", "project_codes": ["PRJ-ALFA"], "delivery_codes": [], "agent_domain": "a.example"}
    lines = list(world_views.operators({"operators": [{**operator, "endpoint": endpoint}]}))
    assert max(map(len, lines)) <= WIDTH
    assert endpoint in "".join("".join(lines).split())


class Screen(io.StringIO):
    """Standard output as a terminal, or as a pipe."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def verdicts_on(screen: Screen, monkeypatch: pytest.MonkeyPatch, language: str = "it", **variables: str) -> str:
    """What the verdicts look like there."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "80", **variables}.items():
        monkeypatch.setenv(name, value)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", screen)
        print_verdicts(sample_verdicts(), catalogue(), language)
    return screen.getvalue()


def test_a_terminal_gets_colours_and_a_pipe_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert COLOUR in verdicts_on(Screen(is_terminal=True), monkeypatch)
    assert "\x1b" not in verdicts_on(Screen(is_terminal=False), monkeypatch)


def test_whoever_wants_no_colours_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert COLOUR not in verdicts_on(Screen(is_terminal=True), monkeypatch, NO_COLOR="1")


def test_the_same_is_said_with_colours_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = verdicts_on(Screen(is_terminal=False), monkeypatch)
    plain = verdicts_on(Screen(is_terminal=True), monkeypatch, TERM="dumb", NO_COLOR="1")
    assert piped.split() == plain.split()
