"""The orders of the control room: each with its drawing, what it waits for, and the links of its two parties.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from reference_impl.life_cycle.transitions import ENDS
from reference_impl.links import CHANNELS
from reference_impl.orders import Order, State
from reference_impl.services import family_of
from reports.timeline.days_off import DaysOff
from reports.timeline.drawing import draw
from reports.words.labels import Lexicon
from sim.sandbox.order_life import OrderLife, lives_of
from sim.sandbox.pages.civil_words import short_day_of, short_instant
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.page_languages import Words, words_in
from sim.sandbox.world.live import LiveWorld

S = State
TONES: Mapping[State, str] = MappingProxyType(
    {
        S.ELSEWHERE: "idle",
        S.WAITING: "inc",
        S.UNREACHABLE: "warn",
        S.ENGAGING: "inc",
        S.ENGAGED: "inc",
        S.REFUSING: "warn",
        S.BOOKED: "ok",
        S.LATE_BOOKED: "warn",
        S.VISITED: "ok",
        S.REFUSED: "bad",
        S.TIMED_OUT: "bad",
        S.HANDED_BACK: "bad",
        S.CANCELLED: "idle",
    }
)
WAITS_FOR_LINE = frozenset({S.ELSEWHERE, S.WAITING, S.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order as the control room shows it. `line_code` is the event that it waits for, if it does."""

    order: Order
    state: str
    tone: str
    facts: str
    drawing: Markup
    line_code: str | None
    can_cancel: bool
    pages: tuple[tuple[str, str], ...]


def order_cards(live: LiveWorld, orders: Sequence[Order], language: str) -> list[OrderCard]:
    """The cards of some orders of a world, in their order."""
    policy = live.world.policy
    calendar = DaysOff(policy.working_week, policy.sms_on_holidays, policy.holidays)
    return [
        _card(live, order, life, calendar, language) for order, life in zip(orders, lives_of(live, orders), strict=True)
    ]


def _card(live: LiveWorld, order: Order, life: OrderLife, calendar: DaysOff, language: str) -> OrderCard:
    say = words_in(language, ROOM_WORDS)
    state = state_words(order, say)
    family = family_of(order.work.service)
    drawing = draw(
        life.events,
        deadlines=life.deadlines,
        lexicon=Lexicon(language, has_switch=False),
        name=f"{say('timeline_of', order=order.code)}, {order.key.operator}: {state}",
        now=life.now,
        calendar=calendar,
    )
    return OrderCard(
        order=order,
        state=state,
        tone=TONES[order.state],
        facts=_facts(order, say, language),
        drawing=Markup(drawing),
        line_code=(family.trigger if family else "CO") if order.state in WAITS_FOR_LINE else None,
        can_cancel=order.state not in ENDS,
        pages=tuple(_pages(live, order)),
    )


def state_words(order: Order, say: Words) -> str:
    """What the state of an order is called."""
    return say(f"state_{order.state}")


def _pages(live: LiveWorld, order: Order) -> Iterator[tuple[str, str]]:
    """Each party and the address of its page, which also names the party, for both may share the link."""
    for channel in CHANNELS:
        link = live.link_of(order.code, channel, order.key.operator)
        if link is not None:
            yield channel, f"/va/{link.rpartition('/')[2]}?channel={channel}"


def _facts(order: Order, say: Words, language: str) -> str:
    """An order in one line: service, operator, territory, flow, visit, diagnostics."""
    parts = [order.work.service.replace("_", " "), order.operator.operator, order.work.territory]
    parts.append(say("received", at=short_instant(order.received_at, language)))
    if order.flow != "service":
        parts.append(say("flow", flow=order.flow))
    if order.slot is not None:
        parts.append(say("visit_on", day=short_day_of(order.slot.start, language)))
    return " · ".join([*parts, *order.diagnostics])
