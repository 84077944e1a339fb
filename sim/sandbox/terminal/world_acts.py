"""What is done about operators, worlds and slots, where it takes more than one request."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from reference_impl.civil_time import parse_instant
from sim.command_line import check_effective
from sim.sandbox.terminal.client import Answer, Client, CommandError
from sim.sandbox.terminal.grammar import Inputs, values_of
from sim.sandbox.world.spec import LONGEST_VIEW_DAYS

OF_A_DISTURBANCE = ("order", "code", "seconds")
_OF_A_PROBE = (("order", "code"), "with --order and --code")
DISTURBED_WITH = {
    **dict.fromkeys(("forged", "stale", "replayed"), _OF_A_PROBE),
    "race": (("order",), "with --order"),
    "limit": (("seconds",), "with --seconds"),
}


def set_endpoint(client: Client, inputs: Inputs) -> Answer:
    """Where an operator takes notifications, or nowhere."""
    if (inputs["url"] is None) is not inputs["clear"]:
        raise CommandError("operators endpoint: where? allowed: a URL, or --clear")
    return client.ask("PUT /_sandbox/operators/{operator}/endpoint", inputs, body={"url": inputs["url"]})


def disturb(client: Client, inputs: Inputs) -> Answer:
    """Disturb an operator."""
    how, (names, allowed) = inputs["how"], DISTURBED_WITH.get(inputs["how"], ((), "with no option"))
    check_effective({f"--{name}": inputs[name] for name in OF_A_DISTURBANCE if name not in names}, f"{how} {allowed}")
    body = values_of(inputs, ("how", *OF_A_DISTURBANCE))
    return client.ask("POST /_sandbox/operators/{operator}/disturb", inputs, body=body)


def create_world(client: Client, inputs: Inputs) -> Answer:
    """Make a world."""
    body = values_of(inputs, ("name", "operators", "start", "seed", "under_test", "documents"))
    readings = {
        plural: _pairs(inputs[name], name) for name, plural in (("reading", "readings"), ("declare", "declared"))
    }
    territories = _pairs(inputs["territory"], "territory")
    body |= {name: pairs for name, pairs in {**readings, "territories": territories}.items() if pairs}
    return client.ask("POST /_sandbox/worlds", body=body)


def drop_world(client: Client, inputs: Inputs) -> Answer:
    """Forget a world."""
    client.ask("DELETE /_sandbox/worlds/{name}", inputs)
    return {"dropped": inputs["name"]}


def _pairs(texts: Sequence[str] | None, option: str) -> Answer:
    """NAME=VALUE as members; a value is JSON where it can be read so, and a word otherwise."""
    members: Answer = {}
    for text in texts or ():
        name, sign, value = text.partition("=")
        if not (name and sign):
            raise CommandError(f"--{option}: {text!r} is not allowed; allowed: NAME=VALUE")
        try:
            members[name] = json.loads(value)
        except ValueError:
            members[name] = value
    return members


def set_slot(client: Client, inputs: Inputs) -> Answer:
    """Give a slot a number of technicians."""
    query = {"days": LONGEST_VIEW_DAYS, **values_of(inputs, ("territory",))}
    slots = client.ask("GET /_sandbox/slots", query=query)["slots"]
    slot = chosen_slot(inputs["slot"], slots)
    territory = inputs["territory"] or (slots[0]["territory"] if slots else "")
    body = {"territory": territory, "slot": slot, "capacity": inputs["capacity"]}
    client.ask("PUT /_sandbox/slots", body=body)
    return body


def chosen_slot(text: str, slots: Sequence[Mapping[str, str]], allows_first: bool = False) -> dict[str, str]:
    """The slot of a text: START of one of `slots`, START/END of any, or with `allows_first` the word `first`."""
    start, sign, end = text.partition("/")
    if sign:
        return {"start": start, "end": end}
    if allows_first and not slots:
        raise CommandError(
            f"slot: none is on offer now, so {text!r} is not one; allowed: START/END of one that is free"
        )
    allowed = "START or START/END" + (", or first" if allows_first else "") + ", such as 2026-03-09T08:00"
    try:
        instant = parse_instant(slots[0]["start"] if allows_first and text == "first" and slots else text)
    except ValueError as error:
        raise CommandError(f"slot: {text!r} is not allowed; allowed: {allowed}") from error
    for slot in slots:
        if parse_instant(slot["start"]) == instant:
            return {"start": slot["start"], "end": slot["end"]}
    raise CommandError(f"slot: none of those there are starts at {text}; allowed: {allowed}")


def status(client: Client, inputs: Inputs) -> Answer:
    """Whether a sandbox is there, where its wires are, and its worlds."""
    ready, live = (client.ask(f"GET /{probe}")["status"] for probe in ("readyz", "livez"))
    worlds = client.ask("GET /_sandbox/worlds")
    return {"live": live, "ready": ready, **client.ask("GET /_sandbox/addresses"), **worlds}
