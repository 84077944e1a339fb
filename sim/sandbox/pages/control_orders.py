"""The orders of the control room: each with its drawing, what it waits for, and the links of its two parties.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from markupsafe import Markup

from reference_impl.civil_time import day_of
from reference_impl.life_cycle.transitions import ENDS
from reference_impl.links import CHANNELS
from reference_impl.orders import Order, State
from reference_impl.services import family_of
from reference_impl.working_days import day_book
from reports.timeline.drawing import draw
from reports.words.labels import Lexicon
from sim.sandbox.order_life import OrderLife, lives_of
from sim.sandbox.pages.civil_words import short_day_of, short_instant
from sim.sandbox.world.live import LiveWorld

S, SUNDAY = State, 7
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
    holidays = day_book(live.world.policy).holidays

    def has_off(day: date) -> bool:
        return day.isoweekday() == SUNDAY or day_of(day) in holidays

    return [_card(live, order, life, has_off) for order, life in zip(orders, lives_of(live, orders), strict=True)]


def _card(live: LiveWorld, order: Order, life: OrderLife, has_off: Callable[[date], bool]) -> OrderCard:
    state, tone = STATES[order.state]
    family = family_of(order.work.service)
    drawing = draw(
        life.events,
        deadlines=life.deadlines,
        lexicon=Lexicon("en", has_switch=False),
        name=f"Timeline of order {order.code} of {order.key.operator}: {state}",
        now=life.now,
        has_off=has_off,
    )
    return OrderCard(
        order=order,
        state=state,
        tone=tone,
        drawing=Markup(drawing),
        line_code=(family.trigger if family else "CO") if order.state in WAITS_FOR_LINE else None,
        can_cancel=order.state not in ENDS,
        pages=tuple(_pages(live, order)),
    )


def _pages(live: LiveWorld, order: Order) -> Iterator[tuple[str, str]]:
    """What each party's page is called, and its address; with a shared link, by whom it is used is said in it."""
    for channel, name in zip(CHANNELS, BOTH_PARTIES, strict=True):
        link = live.link_of(order.code, channel, order.key.operator)
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
