"""What is done about orders where it takes more than one request: from what was said to an answer or CommandError."""

from __future__ import annotations

import json
from collections.abc import Callable

from reference_impl.intake import MEMBERS
from reference_impl.orders import State
from reference_impl.services import SERVICES
from sim.command_line import check_effective
from sim.sandbox.terminal.client import Answer, Client, CommandError, Document
from sim.sandbox.terminal.grammar import Inputs, values_of
from sim.sandbox.terminal.local_files import read_content
from sim.sandbox.terminal.world_acts import chosen_slot

DEFAULT_SERVICE, DEFAULT_LINE_STATE, DEFAULT_TRIGGER = "VULA_FTTH", "LNA", "CO"
SEARCHED = ("order", "operator", "state", "phone")
CODES = ("project_code", "delivery_code")
CHANNEL_HEADER = "Appuntamento-Channel"


def list_orders(client: Client, inputs: Inputs) -> Answer:
    """The orders that hold a text. The text is not sent to the sandbox, because it may be a customer's number."""
    answer = client.ask("GET /_sandbox/orders", query=values_of(inputs, ("operator",)))
    search_text = "".join((inputs["find"] or "").split()).casefold()
    return {
        "orders": [
            order
            for order in answer["orders"]
            if any(search_text in order[member].casefold() for member in SEARCHED)
            and (order["state"] == State.ENGAGED or not inputs["open"])
        ]
    }


def show_order(client: Client, inputs: Inputs) -> Answer:
    """An order with its timeline and its links."""
    parts = ("", "/timeline", "/links")
    order, timeline, links = (
        client.ask(f"GET /_sandbox/orders/{{order}}{part}", inputs, query=values_of(inputs, ("operator",)))
        for part in parts
    )
    return {**order, "timeline": timeline, "links": links["links"]}


def submit_order(client: Client, inputs: Inputs) -> Answer:
    """Hand in an order from a file or from the options; then, with --line, report its line."""
    body = _order_from_file(inputs) if inputs["file"] else _order_from_options(client, inputs)
    key = {"Idempotency-Key": inputs["key"]} if inputs["key"] else {}
    answer: Answer = client.ask("POST /_sandbox/orders", body=body, headers=key)
    if inputs["line"]:
        query = values_of(answer, ("operator",))
        order = client.ask("GET /_sandbox/orders/{order}", answer, query=query)
        family = SERVICES.get(order["service"])
        code = family.trigger if family else DEFAULT_TRIGGER
        answer = client.ask("POST /_sandbox/orders/{order}/line", answer, query=query, body={"code": code})
    return answer


def _order_from_file(inputs: Inputs) -> Document | Answer:
    """An order from a file; options override the members of a JSON file."""
    check_effective({"--no-code": inputs["no_code"]}, "without --file, which says what codes there are")
    content, members = read_content(inputs["file"]), values_of(inputs, MEMBERS)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if members:
            raise CommandError(f"--file {inputs['file']}: XML says all; allowed: no {', '.join(members)} beside it")
        return Document("application/xml", content)
    try:
        file_members = json.loads(content)
    except ValueError as error:
        raise CommandError(f"--file {inputs['file']}: neither XML nor JSON ({error})") from error
    if not isinstance(file_members, dict):
        raise CommandError(f"--file {inputs['file']}: {type(file_members).__name__}; allowed: a JSON object or XML")
    return {**file_members, **members}


def _order_from_options(client: Client, inputs: Inputs) -> Answer:
    """An order from the options. Defaults as in the control room: the first operator, its own code, a service."""
    for name in ("order", "phone"):
        if inputs[name] is None:
            raise CommandError(f"orders submit: {name} is missing; allowed: ORDER --phone NUMBER, or --file FILE")
    members = {"service": DEFAULT_SERVICE, "line_state": DEFAULT_LINE_STATE, **values_of(inputs, MEMBERS)}
    operators = client.ask("GET /_sandbox/operators")["operators"]
    if not operators:
        raise CommandError("orders submit: the world has no operator; allowed: after operators register NAME")
    members.setdefault("operator", operators[0]["operator"])
    registered: Answer = next((operator for operator in operators if operator["operator"] == members["operator"]), {})
    if not inputs["no_code"] and not any(name in members for name in CODES):
        members |= next(({name: registered[f"{name}s"][0]} for name in CODES if registered.get(f"{name}s")), {})
    return members


def crowd(client: Client, inputs: Inputs) -> Answer:
    """Bring a crowd if a number of orders is said; return how far all crowds are."""
    members = values_of(inputs, ("orders", "seed", "operator", "days"))
    if "orders" in members:
        client.ask("POST /_sandbox/crowds", body=members)
    elif members:
        raise CommandError("orders crowd: how many orders? allowed: --orders N, or nothing to see how far they are")
    return client.ask("GET /_sandbox/crowds")


# --- the Virtual Agent ---


def look(client: Client, inputs: Inputs) -> Answer:
    """Open the link of a party."""
    return client.ask("GET /agent/{token}", _token(client, inputs), headers=_party(inputs))


def book(act: str) -> Callable[[Client, Inputs], Answer]:
    """The act that confirms or reschedules: with a slot on offer, or with any slot that is written in full."""

    def do(client: Client, inputs: Inputs) -> Answer:
        token = _token(client, inputs)
        offered = (
            [] if "/" in inputs["slot"] else client.ask("GET /agent/{token}", token, headers=_party(inputs))["slots"]
        )
        body = {"slot": chosen_slot(inputs["slot"], offered, allows_first=True)}
        return client.ask(f"POST /agent/{{token}}/{act}", token, body=body, headers=_party(inputs))

    return do


def decline(client: Client, inputs: Inputs) -> Answer:
    """Refuse to fix an appointment."""
    return client.ask("POST /agent/{token}/decline", _token(client, inputs), headers=_party(inputs))


def _token(client: Client, inputs: Inputs) -> Answer:
    """The secret of a link: of the one that was written, or of the one that a party of the order has."""
    if "/" in inputs["whose"]:
        check_effective({"--operator": inputs["operator"]}, "with the code of an order; a link is of one operator")
        return {"token": inputs["whose"].partition("?")[0].rpartition("/")[2]}
    query = values_of(inputs, ("operator",))
    links = client.ask("GET /_sandbox/orders/{order}/links", {"order": inputs["whose"]}, query=query)["links"]
    url = next((link["link"] for link in links if link["channel"] == inputs["channel"]), None)
    if url is None:
        whence = "the SMS brings it" if inputs["channel"] == "customer" else "the CSV file brings it"
        raise CommandError(f"agent: the {inputs['channel']} of {inputs['whose']} has no link yet; {whence}")
    return {"token": url.rpartition("/")[2]}


def _party(inputs: Inputs) -> dict[str, str]:
    return {CHANNEL_HEADER: inputs["channel"]}
