"""What the commands of operators, worlds and slots print for a person: lines of at most 80 columns.

Nothing is asked and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.sandbox.options import PORT_OPTIONS
from sim.sandbox.terminal.columns import NOTHING, Answer, band, count, facts, fitted, hours, table, when

DAYS_ACROSS = 8


def operators(answer: Answer) -> Iterator[str]:
    """Operators, a line each."""
    rows = [
        (
            operator["operator"],
            [*operator["project_codes"], *operator["delivery_codes"]],
            operator["agent_domain"],
            operator["endpoint"],
        )
        for operator in answer["operators"]
    ]
    yield from table(("operator", "codes", "links at", "notifications to"), rows) if rows else ["no operators"]


def operator(answer: Answer) -> Iterator[str]:
    """An operator with its credentials."""
    yield from facts(
        (
            ("operator", answer["operator"]),
            ("codes", [*answer["project_codes"], *answer["delivery_codes"]]),
            ("links at", answer["agent_domain"]),
            ("API key", answer["api_key"]),
            ("SFTP user", answer["sftp_user"]),
            ("SFTP key", answer["sftp_key_file"]),
            ("notifications to", answer["endpoint"] or NOTHING),
            *(("signed with", secret) for secret in answer["webhook_secrets"]),
        )
    )


def endpoint(answer: Answer) -> Iterator[str]:
    """Where notifications go and what signs them, the newest secret first."""
    secrets = (("signed with", secret) for secret in answer["secrets"])
    yield from facts((("operator", answer["operator"]), ("notifications to", answer["url"] or NOTHING), *secrets))


def disturbed(answer: Answer) -> Iterator[str]:
    """How an operator was disturbed."""
    yield f"{answer['operator']}: {answer['how']}"


def worlds(answer: Answer) -> Iterator[str]:
    """Worlds, a line each."""
    rows = [
        (
            world["name"],
            when(world["now"]),
            world["orders"],
            world["events"],
            world["seed"],
            _places(world["territories"]),
        )
        for world in answer["worlds"]
    ]
    yield from table(("world", "now", "orders", "events", "seed", "technicians"), rows)


def world(answer: Answer) -> Iterator[str]:
    """One world."""
    yield from worlds({"worlds": [answer]})


def _places(territories: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in territories.items())


def slots(answer: Answer) -> Iterator[str]:
    """The map: for each territory days across and bands down, places taken of those there are."""
    if not answer["slots"]:
        yield "no slots"
    by_territory: dict[str, list[dict[str, Any]]] = {}
    for slot in answer["slots"]:
        by_territory.setdefault(slot["territory"], []).append(slot)
    for territory, of_territory in by_territory.items():
        days = sorted({slot["start"][:10] for slot in of_territory})
        yield from fitted(f"{territory}: places taken of those there are")
        for first in range(0, len(days), DAYS_ACROSS):
            yield from _grid(of_territory, days[first : first + DAYS_ACROSS])
            yield ""


def _grid(of_territory: list[dict[str, Any]], days: list[str]) -> Iterator[str]:
    cells = {(slot["start"][:10], hours(slot)): _places_taken(slot) for slot in of_territory}
    bands = sorted({hours for _, hours in cells})
    rows = [(hours, *(cells.get((day, hours), "") for day in days)) for hours in bands]
    yield from table(("", *(day[5:] for day in days)), rows)


def _places_taken(slot: Answer) -> str:
    return f"{slot['capacity'] - slot['free']}/{slot['capacity']}"


def capacity(answer: Answer) -> Iterator[str]:
    """What a slot has now."""
    yield from fitted(f"{answer['territory']}  {band(answer['slot'])}  {count(answer['capacity'], 'technician')}")


def status(answer: Answer) -> Iterator[str]:
    """Where everything is."""
    wires = ((name, answer[name]) for name in PORT_OPTIONS if answer.get(name))
    yield from facts((("sandbox", "ready" if answer["ready"] == "ok" else answer["ready"]), *wires))
    yield ""
    yield from worlds(answer)
