"""What the bearer of a link sees on the Virtual Agent's page: where the order stands, and what can be done there.

What lives here: the choice of what is shown. Whether an act is allowed the service decides, not this page; so what is
offered here may be refused, and that is said in words. It must not know HTTP, HTML or languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from reference_impl.civil_time import wall_clock, weekday
from reference_impl.deadlines import reminder_deadline, within_cutoff
from reference_impl.links import CUSTOMER, SHARED
from reference_impl.orders import Order, State
from reference_impl.ports import Slot
from sim.sandbox.world.link_session import LinkSession
from sim.sandbox.world.live import LiveWorld

TO_BOOK, BOOKED, DECLINED, REFUSED = "to_book", "booked", "declined", "refused"
TERM_OVER, VISITED, CANCELLED = "term_over", "visited", "cancelled"
# Stages in which a link that is opened anew is as one that was never given out.
EXPIRED = frozenset({DECLINED, REFUSED, TERM_OVER, VISITED, CANCELLED})
FIRST_DAYS = 4

STAGES: Mapping[State, str] = MappingProxyType(
    {
        State.ENGAGED: TO_BOOK,
        State.BOOKED: BOOKED,
        State.LATE_BOOKED: BOOKED,
        State.REFUSING: REFUSED,
        State.REFUSED: REFUSED,
        State.TIMED_OUT: TERM_OVER,
        State.VISITED: VISITED,
    }
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with slots on offer."""

    number: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Days that are shown together; the first of them are open at once."""

    first: bool
    days: tuple[Day, ...]

    @property
    def size(self) -> int:
        """How many slots they offer."""
        return sum(len(day.slots) for day in self.days)

    def has(self, slot: Slot | None) -> bool:
        """Whether a slot is among them."""
        return any(slot in day.slots for day in self.days)


@dataclass(frozen=True, slots=True)
class AgentPage:
    """One look at an order. `closes_at` and `cutoff` are the first and the last instant; see `deadlines`."""

    order: Order
    stage: str
    party: str
    now: int
    closes_at: int | None
    cutoff: int | None
    can_move: bool
    moves_left: bool

    @property
    def slot(self) -> Slot | None:
        """The appointment in force."""
        return self.order.slot

    @property
    def booked_by_bearer(self) -> bool:
        """Whether the bearer of the link fixed the appointment."""
        return self.order.booked_by == self.party

    @property
    def reminder(self) -> str:
        """Whether the reminder of the appointment in force is `to_come`, was `sent`, or neither."""
        if self.order.remind_at is not None:
            return "to_come"
        return "sent" if self.order.reminders else ""


def look(session: LinkSession) -> AgentPage | None:
    """What the bearer of a link sees; None if the link was never given out, or forgotten."""
    live = session.live
    given_link, order = live.given_link(session.digest), live.order_behind(session.digest)
    if given_link is None or order is None:
        return None
    party = given_link.channel if given_link.channel != SHARED else session.channel or CUSTOMER
    policy, booked = live.world.policy, STAGES.get(order.state) == BOOKED
    limit = policy.max_reschedules
    moves_left = limit == "unlimited" or order.reschedules < limit
    in_time = booked and order.slot is not None and within_cutoff(live.now, order.slot.start, policy)
    return AgentPage(
        order=order,
        stage=_stage(live, order, party),
        party=party,
        now=live.now,
        closes_at=None if policy.late_booking == "accept" else order.closes_at,
        cutoff=None if order.slot is None else reminder_deadline(order.slot.start),
        can_move=in_time and moves_left,
        moves_left=moves_left,
    )


def opens_nothing(session: LinkSession) -> bool:
    """Whether a link is of no use to its bearer: it was never given out, it was forgotten, or its order is over."""
    page = look(session)
    return page is None or page.stage in EXPIRED


def _stage(live: LiveWorld, order: Order, party: str) -> str:
    late_is_fine = live.world.policy.late_booking == "accept"
    stage = STAGES.get(order.state, CANCELLED)
    if stage == TERM_OVER and late_is_fine:
        return TO_BOOK
    if stage == TO_BOOK and order.closes_at is not None and live.now >= order.closes_at and not late_is_fine:
        return TERM_OVER
    if party in order.declined_by and stage in (TO_BOOK, REFUSED):
        return DECLINED
    return stage


def weeks_of(slots: Sequence[Slot]) -> list[Week]:
    """Slots by day: the first days, then week by week."""
    days = [Day(number, tuple(group)) for number, group in groupby(slots, key=lambda slot: wall_clock(slot.start)[0])]
    first, later = days[:FIRST_DAYS], days[FIRST_DAYS:]
    weeks = [tuple(group) for _, group in groupby(later, key=lambda day: day.number - weekday(day.number))]
    return [Week(True, tuple(first)), *(Week(False, days) for days in weeks)] if first else []


def was_done(page: AgentPage, act: str, slot: Slot | None) -> bool:
    """Whether what was refused is already so, and by the same party: the second click of a double click."""
    if act == "decline":
        return page.party in page.order.declined_by
    return act == "confirm" and page.stage == BOOKED and page.slot == slot and page.booked_by_bearer
