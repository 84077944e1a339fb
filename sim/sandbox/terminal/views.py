"""What each command prints for a person: from the JSON of an answer to lines of at most 80 columns.

Nothing is asked and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat
from textwrap import wrap
from typing import Any

from reference_impl.civil_time import parse_instant
from reports.words.masking import one_line
from sim.sandbox.pages.event_words import was_reached, words_of
from sim.sandbox.terminal.columns import NOTHING, band, count, facts, fitted, limit, span, table, when

Answer = Mapping[str, Any]
DAYS_ACROSS = 8
CROWD_COUNTS = (("orders", "states"), ("customers", "customers"), ("call centre", "call_centre"))
COUNTS_WIDTH = 64
REASON_WIDTH = 80
DUE = "due"

# --- orders ---


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
        shown = limit(at) if lane == DUE else when(at)
        yield from fitted(f"  {shown}  {lane.ljust(8)}  {meaning}".rstrip())
    yield ""


# --- SMS, files, notifications ---


def sms_list(answer: Answer) -> Iterator[str]:
    """Messages, a line each."""
    rows = [
        (
            message["id"],
            message["order"],
            message["kind"],
            message["to"],
            when(message["at"]),
            message["trail"][-1]["state"],
        )
        for message in answer["messages"]
    ]
    yield from table(("id", "order", "kind", "to", "sent", "state"), rows) if rows else ["no SMS"]


def sms(answer: Answer) -> Iterator[str]:
    """One message, with what became of it."""
    names = chain(("trail",), repeat(""))
    size = f"{answer['encoding']}, {answer['units']} units, {count(answer['segments'], 'segment')}"
    yield from facts(
        (
            ("id", answer["id"]),
            ("order", answer["order"]),
            ("operator", answer["operator"]),
            ("to", answer["to"]),
            ("from", answer["alias"]),
            ("size", size),
            *(
                (name, f"{when(step['at'])}  {step['state']}")
                for name, step in zip(names, answer["trail"], strict=False)
            ),
            ("link", answer["link"]),
            ("here", answer["local_link"]),
        )
    )
    yield from ("", answer["text"])


def arrived(answer: Answer) -> Iterator[str]:
    """The messages that were waited for."""
    if not answer["messages"]:
        yield "nothing arrived"
    for number, message in enumerate(answer["messages"]):
        yield from [""] if number else []
        yield from sms(message)


def files(answer: Answer) -> Iterator[str]:
    """Files by the names that read and remove take."""
    rows = [(f"{file['operator']}/{file['name']}", file["bytes"], when(file["at"])) for file in answer["files"]]
    yield from table(("file", "bytes", "deposited"), rows) if rows else ["no files"]


def content(answer: Answer) -> Iterator[str]:
    """A file as it is, or where it was put."""
    if "saved" in answer:
        yield f"{answer['saved']}: {count(answer['bytes'], 'byte')}"
    elif answer["content"]:
        yield answer["content"].removesuffix("\n")


def notifications(answer: Answer) -> Iterator[str]:
    """Notifications with the status of each attempt; 0 is no answer."""
    rows = [
        (
            notification["id"],
            notification["order"],
            notification["operator"],
            notification["code"],
            when(notification["at"]),
            notification["state"].replace("_", " "),
            _statuses([attempt["status"] for attempt in notification["attempts"]]),
        )
        for notification in answer["notifications"]
    ]
    headers = ("id", "order", "operator", "code", "sent", "state", "attempts")
    yield from table(headers, rows) if rows else ["no notifications"]
    attempts = [attempt for notification in answer["notifications"] for attempt in notification["attempts"]]
    reasons = {attempt["reason"]: None for attempt in attempts}
    yield from (reason[:REASON_WIDTH] for reason in reasons if reason)
    answers = {one_line(attempt["answer"]): None for attempt in attempts}
    yield from (f"answered: {words}"[:REASON_WIDTH] for words in answers if words)


def _statuses(statuses: Sequence[int]) -> list[str]:
    """`0×9 204`: what was answered, and how often one after the other."""
    runs = [(status, len(list(run))) for status, run in groupby(statuses)]
    return [f"{status}×{number}" if number > 1 else str(status) for status, number in runs]


def resent(answer: Answer) -> Iterator[str]:
    """How many are on their way."""
    yield f"{count(answer['resent'], 'notification')} on the way again"


# --- operators, worlds, slots ---


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
    cells = {(slot["start"][:10], _hours(slot)): _taken(slot) for slot in of_territory}
    bands = sorted({hours for _, hours in cells})
    rows = [(hours, *(cells.get((day, hours), "") for day in days)) for hours in bands]
    yield from table(("", *(day[5:] for day in days)), rows)


def _taken(slot: Answer) -> str:
    return f"{slot['capacity'] - slot['free']}/{slot['capacity']}"


def _hours(slot: Mapping[str, str]) -> str:
    return f"{slot['start'][11:16]}–{slot['end'][11:16]}"


def capacity(answer: Answer) -> Iterator[str]:
    """What a slot has now."""
    yield from fitted(f"{answer['territory']}  {band(answer['slot'])}  {count(answer['capacity'], 'technician')}")


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


# --- the Virtual Agent ---


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
        yield from fitted(f"{day}  {'  '.join(_hours(slot) for slot in of_day)}")


# --- clock and what happened ---


def clock(answer: Answer) -> Iterator[str]:
    """Where the clock stands, after everything that happened on the way."""
    for effect in answer.get("effects", ()):
        about = effect.get("subject", "").rpartition("/")[2]
        kind = effect["type"] if was_reached(effect) else "notification not reached"
        yield from fitted(f"{when(effect['time'])}  {kind:26}  {about}".rstrip())
    going = "" if answer.get("pace", "manual") == "manual" else f"  {answer['pace']}"
    held = ", paused" if going and answer["paused"] else ""
    yield f"{when(answer['now'])}  {'ready' if answer['ready'] else 'under way'}{going}{held}"


def events(answer: Answer) -> Iterator[str]:
    """Events, a line each, in words."""
    rows = [_event(happening) for happening in answer["events"]]
    yield from table(("when", "about", "what"), rows, cut_last=True) if rows else ["nothing happened"]


def event(answer: Answer) -> Iterator[str]:
    """One event as it happens."""
    at, about, words = _event(answer)
    yield from fitted(f"{at:19}  {about:8}  {words}")


def _event(happening: Answer) -> tuple[str, str, str]:
    """When, about whom, what: a file is its operator's."""
    subject, words = happening.get("subject", NOTHING), words_of(happening)
    if "/" in subject:
        subject, words = happening["data"]["operator"], f"{words}: {subject.rpartition('/')[2]}"
    return when(happening["time"]), subject, words


def status(answer: Answer) -> Iterator[str]:
    """Where everything is."""
    wires = ((name, answer[name]) for name in ("http", "sftp", "smpp") if answer.get(name))
    yield from facts((("sandbox", "ready" if answer["ready"] == "ok" else answer["ready"]), *wires))
    yield ""
    yield from worlds(answer)


def gone(answer: Answer) -> Iterator[str]:
    """What is no longer there."""
    yield from (f"{value} {name}" for name, value in answer.items())


def disturbed(answer: Answer) -> Iterator[str]:
    """What has befallen an operator."""
    yield f"{answer['operator']}: {answer['how']}"
