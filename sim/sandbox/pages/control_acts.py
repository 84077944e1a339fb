"""What the buttons and forms of the control room do: for each, the same call that the HTTP route beside it makes.

What lives here: from the fields of a form to an act on a live world. Every mistake in them is a CallerError that says
what is allowed. It must not know pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from reference_impl.civil_time import DAY, parse_instant
from reference_impl.errors import FieldError
from reference_impl.ports import Slot
from reference_impl.services import SERVICES
from sim.sandbox.notifications.webhook_client import check_endpoint
from sim.sandbox.sandbox import Sandbox, standard_operator
from sim.sandbox.world.clock_words import parse_span
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.world_clock import WorldClock

Form = Mapping[str, str]
Thing = TypeVar("Thing")
OPERATOR_NAMES = ("ALFA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA")
OWN_TEXTS = ("agent_domain", "engagement_alias", "engagement_text", "reminder_alias", "reminder_text")
SWITCH = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form acts on: a world with its clock, and the sandbox around it."""

    sandbox: Sandbox
    live: LiveWorld
    clock: WorldClock


async def move_clock(context: FormContext, form: Form) -> None:
    """One of advance, to, until, pace, pause."""
    if "advance" in form:
        await context.clock.advance(parse_span(form["advance"]))
    elif "until" in form:
        await context.clock.until(form["until"], form.get("order") or None, form.get("operator") or None)
    elif "pace" in form:
        context.clock.set_pace(form["pace"])
    elif "pause" in form:
        context.clock.pause(_choice(form, "pause", SWITCH))
    else:
        await context.clock.to(_instant(form, "to"))


async def register_operator(context: FormContext, form: Form) -> None:
    """A name, and what is said beside it; the rest is as for every operator that is known by its name only."""
    name = form.get("operator", "").strip()
    own = {field: form[field].strip() for field in OWN_TEXTS if form.get(field, "").strip()}
    endpoint = form.get("endpoint", "").strip()
    context.live.register_operator({**standard_operator(name), **own}, check_endpoint(endpoint) if endpoint else None)
    context.sandbox.write_sftp_key(context.live.name, name)


async def submit_order(context: FormContext, form: Form) -> None:
    """A work order with the operator's own code; with `line`, the line is ready at once and AC/CO follows."""
    account = context.live.account(form.get("operator", ""))
    members = {field: form.get(field, "").strip() for field in ("order", "operator", "service", "phone", "territory")}
    submitted = context.live.submit_order({**members, "line_state": "LNA", **account.operator.code_members})
    if "line" in form:
        key = submitted.order.key
        context.live.report_line(key.code, SERVICES[members["service"]].trigger, key.operator)


async def report_line(context: FormContext, form: Form) -> None:
    """AC or CO of an order."""
    context.live.report_line(form.get("order", ""), form.get("code", ""), form.get("operator") or None)


async def cancel_order(context: FormContext, form: Form) -> None:
    """Cancel an order in the name of its operator."""
    context.live.cancel_order(form.get("order", ""), operator=form.get("operator") or None)


async def resend(context: FormContext, form: Form) -> None:
    """One notification, or all of an operator (or of everybody) since an instant."""
    if "notification" in form:
        context.live.resend([form["notification"]])
    else:
        context.live.resend_since(_instant(form, "since"), form.get("operator") or None)


async def set_endpoint(context: FormContext, form: Form) -> None:
    """Where an operator takes notifications; empty = nowhere."""
    url = form.get("url", "").strip()
    context.live.set_endpoint(form.get("operator", ""), check_endpoint(url) if url else None)


async def set_capacity(context: FormContext, form: Form) -> None:
    """How many technicians one slot has."""
    territories = {name: name for name in context.live.spec.territories}
    slots = {str(slot.start): slot for slot in context.live.world.slots_between(context.live.now, _far(context.live))}
    places = {str(number): number for number in range(1000)}
    slot: Slot = _choice(form, "slot", slots)
    context.live.set_capacity(_choice(form, "territory", territories), slot, _choice(form, "capacity", places))


ACTS: Mapping[str, Callable[[FormContext, Form], Awaitable[None]]] = {
    "clock": move_clock,
    "operators": register_operator,
    "orders": submit_order,
    "line": report_line,
    "cancel": cancel_order,
    "resend": resend,
    "endpoint": set_endpoint,
    "slots": set_capacity,
}


def next_operator(live: LiveWorld) -> str:
    """A name for an operator that nobody has."""
    taken = {account.operator.operator for account in live.operators()}
    numbered = (f"OLO-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in (*OPERATOR_NAMES, *numbered) if name not in taken)


def next_order(live: LiveWorld) -> tuple[str, str]:
    """A code for an order that none has, and a number that no other customer has."""
    orders = live.orders()
    taken, count = {order.code for order in orders}, len(orders)
    number = next(number for number in range(count + 1, 2 * count + 2) if f"OL-{number:04d}" not in taken)
    return f"OL-{number:04d}", f"+3933301{40_000 + number % 10_000}"


def _instant(form: Form, field: str) -> int:
    try:
        return parse_instant(form.get(field, ""))
    except ValueError as error:
        raise FieldError(field, form.get(field, ""), "an instant such as 2026-03-04T18:00") from error


def _choice(form: Form, field: str, things: Mapping[str, Thing]) -> Thing:
    if form.get(field) not in things:
        raise FieldError(field, form.get(field, ""), ", ".join(list(things)[:8]))
    return things[form[field]]


def _far(live: LiveWorld) -> int:
    return live.now + 31 * DAY
