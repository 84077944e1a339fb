"""What the buttons and forms of the control room do: for each, the same call that the HTTP route beside it makes.

What lives here: from the fields of a form to an act on a live world. Every mistake in them is a CallerError that says
what is allowed. It must not know pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar
from urllib.parse import urlencode

from reference_impl.civil_time import DAY, parse_instant
from reference_impl.errors import FieldError
from reference_impl.ports import Slot
from reference_impl.services import SERVICES
from sim.sandbox.notifications.webhook_client import check_endpoint
from sim.sandbox.pages.control_view import without_numbers
from sim.sandbox.sandbox import Sandbox, standard_operator
from sim.sandbox.world.clock_words import parse_span
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD, LONGEST_VIEW_DAYS
from sim.sandbox.world.world_clock import WorldClock

Form = Mapping[str, str]
Choice = TypeVar("Choice")
OPERATOR_NAMES = ("ALFA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA")
OWN_TEXTS = ("agent_domain", "engagement_alias", "engagement_text", "reminder_alias", "reminder_text", "telephone")
SURE = "sure"
PATIENCE_SECONDS = 0.5  # a move that lasts longer is shown on its way
SWITCH = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form acts on: a world with its clock, and the sandbox around it."""

    sandbox: Sandbox
    live: LiveWorld
    clock: WorldClock


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before an act is done: keys of words with their values, and the form that does it."""

    act: str
    words: str
    yes: str
    values: Mapping[str, object]
    form: Form


class ConfirmationNeeded(Exception):
    """An act has to be confirmed before it is done. Data: the question."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.question = question


def _confirm_first(form: Form, act: str, **values: object) -> None:
    """Go on only where the reader is sure."""
    if form.get(SURE) != "yes":
        raise ConfirmationNeeded(Question(act, f"ask_{act}", f"yes_{act}", values, form))


async def move_clock(context: FormContext, form: Form) -> None:
    """Do one of advance, to, until, stop, pace, pause. A long move goes on by itself, and the page follows it."""
    clock = context.clock
    if "advance" in form:
        await clock.begin(clock.advance(parse_span(form["advance"])), PATIENCE_SECONDS)
    elif "until" in form:
        until = clock.until(form["until"], form.get("order") or None, form.get("operator") or None)
        await clock.begin(until, PATIENCE_SECONDS)
    elif "stop" in form:
        await clock.begin(clock.stop(), PATIENCE_SECONDS)
    elif "pace" in form:
        clock.set_pace(form["pace"])
    elif "pause" in form:
        clock.pause(_choice(form, "pause", SWITCH))
    else:
        await clock.begin(clock.to(_instant(form, "to")), PATIENCE_SECONDS)


async def register_operator(context: FormContext, form: Form) -> None:
    """Register an operator by its name and the fields that are filled in; the rest follows from the name."""
    name = form.get("operator", "").strip()
    own = {field: form[field].strip() for field in OWN_TEXTS if form.get(field, "").strip()}
    endpoint = form.get("endpoint", "").strip()
    context.live.register_operator({**standard_operator(name), **own}, check_endpoint(endpoint) if endpoint else None)
    context.sandbox.write_sftp_key(context.live.name, name)


async def submit_order(context: FormContext, form: Form) -> None:
    """Submit a work order with the operator's own code; with `line`, report AC or CO of its line at once."""
    account = context.live.account(form.get("operator", ""))
    members = {field: form.get(field, "").strip() for field in ("order", "operator", "service", "phone", "territory")}
    submitted = context.live.submit_order({**members, "line_state": "LNA", **account.operator.code_members})
    if "line" in form:
        key = submitted.order.key
        context.live.report_line(key.code, SERVICES[members["service"]].trigger, key.operator)


async def report_line(context: FormContext, form: Form) -> None:
    """Report AC or CO of an order's line."""
    context.live.report_line(form.get("order", ""), form.get("code", ""), form.get("operator") or None)


async def cancel_order(context: FormContext, form: Form) -> None:
    """Cancel an order in the name of its operator."""
    key = context.live.order(form.get("order", ""), form.get("operator") or None).key
    _confirm_first(form, "cancel", order=key.code, operator=key.operator)
    context.live.cancel_order(key.code, operator=key.operator)


async def resend(context: FormContext, form: Form) -> None:
    """Send again one notification, or all of one operator or of every operator since an instant."""
    if "notification" in form:
        context.live.deliveries.resend([form["notification"]])
    else:
        since, operator = _instant(form, "since"), form.get("operator") or None
        number = sum(posting.notification.at >= since for posting in context.live.deliveries.postings(operator))
        if number > 1:
            _confirm_first(form, "resend", count=number)
        context.live.deliveries.resend_since(since, operator)


async def set_endpoint(context: FormContext, form: Form) -> None:
    """Set where an operator takes notifications; empty = nowhere."""
    url = form.get("url", "").strip()
    context.live.set_endpoint(form.get("operator", ""), check_endpoint(url) if url else None)


async def set_capacity(context: FormContext, form: Form) -> None:
    """Set how many technicians one slot has."""
    live = context.live
    territories = {name: name for name in live.spec.territories}
    until = live.now + LONGEST_VIEW_DAYS * DAY
    slots = {str(slot.start): slot for slot in live.world.slots.between(live.now, until)}
    places = {str(number): number for number in range(1000)}
    slot: Slot = _choice(form, "slot", slots)
    live.set_capacity(_choice(form, "territory", territories), slot, _choice(form, "capacity", places))


async def find_orders(context: FormContext, form: Form) -> str:
    """Find orders, in every panel of the room; return the address, which holds no telephone number."""
    return f"../?{urlencode({'find': without_numbers(context.live, form.get('find', ''))})}"


async def create_world(context: FormContext, form: Form) -> str:
    """Make a world that begins as the default one began, with operators known by their names; return its address."""
    spec = replace(context.sandbox.world(DEFAULT_WORLD).spec, name=form.get("name", "").strip())
    live = context.sandbox.create_world(spec, form.get("operators", "").replace(",", " ").split())
    return f"/worlds/{live.name}/"


async def drop_world(context: FormContext, form: Form) -> str:
    """Forget a world for good; back to the default one."""
    name = form.get("name", "")
    _confirm_first(form, "drop", name=name, count=len(context.sandbox.world(name).orders()))
    await context.sandbox.drop_world(name)
    return "/"


ACTS: Mapping[str, Callable[[FormContext, Form], Awaitable[str | None]]] = {
    "clock": move_clock,
    "operators": register_operator,
    "orders": submit_order,
    "line": report_line,
    "cancel": cancel_order,
    "resend": resend,
    "endpoint": set_endpoint,
    "slots": set_capacity,
    "worlds": create_world,
    "drop": drop_world,
    "find": find_orders,
}


def next_world(sandbox: Sandbox) -> str:
    """A name for a world that is not taken."""
    return next(name for number in count(2) if (name := f"world-{number}") not in sandbox.worlds)


def next_operator(live: LiveWorld) -> str:
    """A name for an operator that is not taken."""
    taken_names = live.operators()
    numbered = (f"OLO-{number}" for number in range(1, len(taken_names) + 2))
    return next(name for name in (*OPERATOR_NAMES, *numbered) if name not in taken_names)


def next_order(live: LiveWorld) -> tuple[str, str]:
    """A code for an order that is not taken, and a number that no other customer has."""
    orders = live.orders()
    taken_codes, count = {order.code for order in orders}, len(orders)
    number = next(number for number in range(count + 1, 2 * count + 2) if f"OL-{number:04d}" not in taken_codes)
    return f"OL-{number:04d}", f"+3933301{40_000 + number % 10_000}"


def _instant(form: Form, field: str) -> int:
    try:
        return parse_instant(form.get(field, "").strip().replace(" ", "T"))
    except ValueError as error:
        raise FieldError(field, form.get(field, ""), "an instant such as 2026-03-04T18:00") from error


def _choice(form: Form, field: str, choices: Mapping[str, Choice]) -> Choice:
    if form.get(field) not in choices:
        raise FieldError(field, form.get(field, ""), ", ".join(list(choices)[:8]))
    return choices[form[field]]
