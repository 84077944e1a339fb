"""The orders of the control room: each with its drawing, what it waits for, and the links of its two parties.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML beyond the drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from reference_impl.deadlines import csv_deadline, reminder_deadline
from reference_impl.life_cycle import ENDS
from reference_impl.links import CHANNELS
from reference_impl.orders import Order, State
from reference_impl.services import family_of
from reference_impl.working_days import day_book
from sim.recorder import Event
from sim.sandbox.pages.civil_words import short_day_of, short_instant
from sim.sandbox.pages.order_drawing import Due, Life, draw
from sim.sandbox.pages.order_marks import marks_of, spans_of
from sim.sandbox.world.live import LiveWorld

S = State
# State -> what it is called, and its tone.
STATES: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        S.ELSEWHERE: ("worked elsewhere", "idle"),
        S.WAITING: ("waits for the line", "inc"),
        S.UNREACHABLE: ("waits for the line, no mobile number", "warn"),
        S.ENGAGING: ("SMS waits for its window", "inc"),
        S.ENGAGED: ("customer engaged", "inc"),
        S.REFUSING: ("declined, told at the end of the term", "warn"),
        S.BOOKED: ("booked", "ok"),
        S.LATE_BOOKED: ("booked after the time-out", "warn"),
        S.VISITED: ("visited", "ok"),
        S.REFUSED: ("declined", "bad"),
        S.TIMED_OUT: ("timed out", "bad"),
        S.HANDED_BACK: ("handed back", "bad"),
        S.CANCELLED: ("cancelled", "idle"),
    }
)
WAITS_FOR_LINE = frozenset({S.ELSEWHERE, S.WAITING, S.UNREACHABLE})
BOTH_PARTIES = ("customer's page", "operator's page")


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order as the control room shows it. `line_code` is the event that it waits for, if it does."""

    order: Order
    state: str
    tone: str
    drawing: Markup
    line_code: str | None
    can_cancel: bool
    pages: tuple[tuple[str, str], ...]


def order_cards(live: LiveWorld, orders: Sequence[Order]) -> list[OrderCard]:
    """The cards of some orders of a world, in their order."""
    stories = _stories(live.trace, {order.code for order in orders})
    return [_card(live, order, _life(live, order, stories[order.code])) for order in orders]


def life_of(live: LiveWorld, order: Order) -> Life:
    """What happened to an order so far, and what is due."""
    return _life(live, order, _stories(live.trace, {order.code})[order.code])


def _life(live: LiveWorld, order: Order, story: Sequence[Mapping[str, Any]]) -> Life:
    return Life(marks_of(story), spans_of(story, live.now), list(_dues(live, order)))


def _stories(trace: Iterable[Event], codes: set[str]) -> Mapping[str, list[Mapping[str, Any]]]:
    """The events of each order; a file belongs to every order that has a row in it."""
    stories: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    holders: dict[str, set[str]] = {}
    for event in trace:
        kind, subject = event["type"], str(event.get("subject", ""))
        data: Any = event["data"]
        if kind == "csv.deposited":
            holders[subject] = {row["order"] for row in data["rows"]} & codes
        for code in holders.get(subject, ()) if kind in ("csv.deposited", "csv.fetched") else {subject} & codes:
            stories[code].append(event)
    return stories


def _card(live: LiveWorld, order: Order, life: Life) -> OrderCard:
    state, tone = STATES[order.state]
    family = family_of(order.work.service)
    holidays = day_book(live.world.policy).holidays
    return OrderCard(
        order=order,
        state=state,
        tone=tone,
        drawing=draw(life, live.now, holidays, f"Timeline of order {order.code}: {state}"),
        line_code=(family.trigger if family else "CO") if order.state in WAITS_FOR_LINE else None,
        can_cancel=order.state not in ENDS,
        pages=tuple(_pages(live, order)),
    )


def _dues(live: LiveWorld, order: Order) -> Iterator[Due]:
    """What is due, or was, at instants of its own."""
    if order.engage_at is not None:
        yield Due(order.engage_at, "SMS window opens")
    if order.sms_at is not None and order.closes_at is not None:
        yield Due(csv_deadline(order.sms_at, live.world.policy), "CSV due")  # CSV-4
        yield Due(order.closes_at, "term ends")  # BOOK-4
    if order.slot is not None:
        yield Due(reminder_deadline(order.slot.start), "cut-off")  # RES-3
    if order.remind_at is not None:
        yield Due(order.remind_at, "reminder planned")


def _pages(live: LiveWorld, order: Order) -> Iterator[tuple[str, str]]:
    """What each party's page is called, and its address; with a shared link, by whom it is used is said in it."""
    for channel, name in zip(CHANNELS, BOTH_PARTIES, strict=True):
        link = live.link_of(order.code, channel)
        if link is not None:
            yield name, f"/va/{link.rpartition('/')[2]}?channel={channel}"


def facts(order: Order) -> str:
    """What there is to say of an order in a line."""
    parts = [order.work.service.replace("_", " "), order.operator.operator, order.work.territory]
    parts.append(f"received {short_instant(order.received_at)}")
    if order.flow != "service":
        parts.append(f"flow {order.flow}")
    if order.slot is not None:
        parts.append(f"visit {short_day_of(order.slot.start)}")
    return " · ".join([*parts, *order.diagnostics])
