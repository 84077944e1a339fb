"""What the commands of orders and of the Virtual Agent print for a person: lines of at most 80 columns.

Nothing is asked and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby, repeat
from textwrap import wrap

from reference_impl.civil_time import parse_instant
from sim.sandbox.terminal.columns import Answer, band, count, facts, fitted, hours, limit, span, table, when

CROWD_COUNTS = (("orders", "states"), ("customers", "customers"), ("call centre", "call_centre"))
COUNTS_WIDTH = 64
DUE = "due"


def orders(answer: Answer) -> Iterator[str]:
    """Orders, a line each."""
    rows = [
        (order["order"], order["operator"], order["service"], order["state"], band(order["slot"]))
        for order in answer["orders"]
    ]
    yield from table(("order", "operator", "service", "state", "appointment"), rows) if rows else ["no orders"]


def order(answer: Answer) -> Iterator[str]:
    """How an order stands; with its timeline and links where they were asked for."""
    ledger = answer.get("ledger")
    flow = [answer["flow"] or "handed back", *answer["diagnostics"]]
    yield from facts(
        (
            ("order", answer["order"]),
            ("operator", answer["operator"]),
            ("service", answer.get("service")),
            ("state", answer.get("state")),
            ("flow", ", ".join(flow)),
            ("received", when(answer["received_at"])),
            ("appointment", band(answer["slot"]) if answer.get("slot") else None),
            ("fixed by", answer.get("booked_by")),
            ("SLA", f"{span(ledger['net_ms'])} net, {span(ledger['suspended_ms'])} suspended" if ledger else None),
        )
    )
    yield from timeline(answer["timeline"]) if "timeline" in answer else ()
    yield from facts((f"{link['channel']}'s page", link["local_link"]) for link in answer.get("links", ()))


def timeline(answer: Answer) -> Iterator[str]:
    """What happened, what is due, and between them now."""
    happened = [(mark["at"], mark["lane"], mark["meaning"]) for mark in answer["marks"]]
    happened += [
        (span[edge], "TIM", f"{span['meaning']}{ending}")
        for span in answer["spans"]
        if span["kind"] == "sla"
        for edge, ending in (("start", ""), ("end", ", until here"))
        if span[edge] != answer["now"]
    ]
    due = [(deadline["at"], DUE, deadline["meaning"]) for deadline in answer["due"]]
    lines = sorted([*happened, *due, (answer["now"], "now", "")], key=lambda line: parse_instant(line[0]))
    yield ""
    for at, lane, meaning in lines:
        instant_text = limit(at) if lane == DUE else when(at)
        yield from fitted(f"  {instant_text}  {lane.ljust(8)}  {meaning}".rstrip())
    yield ""


def crowds(answer: Answer) -> Iterator[str]:
    """How far each crowd is."""
    if not answer["crowds"]:
        yield "no crowd; orders crowd --orders 200 --seed 7 brings one"
    for number, crowd in enumerate(answer["crowds"]):
        yield from [""] if number else []
        refused = f", {crowd['refused']} refused" if crowd["refused"] else ""
        pairs = (
            ("crowd", f"of {crowd['operator']}, seed {crowd['seed']}, over {count(crowd['days'], 'day')}"),
            ("handed in", f"{crowd['handed_in']} of {count(crowd['orders'], 'order')}{refused}"),
            *chain.from_iterable(_counts(title, crowd[name]) for title, name in CROWD_COUNTS),
        )
        yield from facts(pairs)


def _counts(title: str, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """`12 booked, 3 ignored`, in as many lines as it takes."""
    text = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    yield from zip(chain((title,), repeat("")), wrap(text, COUNTS_WIDTH), strict=False)


def agent(answer: Answer) -> Iterator[str]:
    """What the bearer of a link sees."""
    state = answer["state"].replace("_", " ")
    offered = count(len(answer["slots"]), "slot") if answer["slots"] else None
    pairs = (("order", answer["order"]), ("state", state), ("appointment", answer["slot"]), ("on offer", offered))
    yield from facts((name, band(value) if isinstance(value, dict) else value) for name, value in pairs)


def offered(answer: Answer) -> Iterator[str]:
    """The slots on offer, a day a line; each is named by its start. Without any, how the order stands."""
    if not answer["slots"]:
        fixed = f" for {band(answer['slot'])}" if answer["slot"] else ""
        yield f"no slot on offer; the order is {answer['state'].replace('_', ' ')}{fixed}"
    for day, of_day in groupby(answer["slots"], lambda slot: slot["start"][:10]):
        yield from fitted(f"{day}  {'  '.join(hours(slot) for slot in of_day)}")
