"""What the two parties of an order do, act by act: one table of lives, told in the words of the rules' bounds.

An act has a moment, a party, a kind and, where it needs one, a slot. Moments and bounds come from the judge's calendar,
never from the service's, so that a changed service meets the same people. Nothing here knows a rule's outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reference_impl.ports import Slot
from reports.judging.judge_calendar import eve_limit, term_end
from reports.rome_time import day_of, wall_clock

MS, SECOND, MINUTE, HOUR, DAY = 1, 1_000, 60_000, 3_600_000, 86_400_000
CUSTOMER, OPERATOR = "customer", "operator"


@dataclass(slots=True)
class PartyView:
    """What the parties of an order know: when the SMS came, the slots on offer, the booked slot, the special one."""

    sms_at: int
    offered: list[Slot]
    booked: Slot | None
    special: Slot


Moment = Callable[[PartyView], int | None]
Pick = Callable[[PartyView], Slot | None]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `open`, `confirm`, `reschedule`, `decline` through a link; `line` and `cancel` without one."""

    moment: Moment
    party: str
    kind: str
    pick: Pick | None = None


# --- moments --------------------------------------------------------------------------------------------------------


def after_sms(delay: int) -> Moment:
    """So long after the engagement SMS."""
    return lambda view: view.sms_at + delay


def at_term_end(offset: int = 0) -> Moment:
    """At the first instant that is too late to book, or so long after or before it."""
    return lambda view: term_end(day_of(view.sms_at), "mon_fri", "if_working", "midnight", "national") + offset


def at_cutoff(offset: int = 0) -> Moment:
    """At 18:00 of the eve of the booked slot, or so long after or before it."""
    return lambda view: eve_limit(view.booked.start) + offset if view.booked else None


def at_visit(offset: int) -> Moment:
    """So long after the start of the booked slot."""
    return lambda view: view.booked.start + offset if view.booked else None


def on_the_day_of(slot_offset: int) -> Moment:
    """So long before or after the special slot."""
    return lambda view: view.special.start + slot_offset


# --- slots ----------------------------------------------------------------------------------------------------------


def nth(rank: int) -> Pick:
    """The band on offer of that rank, from the first."""
    return lambda view: view.offered[rank % len(view.offered)] if view.offered else None


def later(rank: int) -> Pick:
    """A slot on offer after the booked one; rank 0 is the nearest."""
    return lambda view: _nth_of([slot for slot in view.offered if view.booked and slot.start > view.booked.start], rank)


def earlier(rank: int) -> Pick:
    """A slot on offer before the booked one; rank 0 is the nearest."""
    return lambda view: _nth_of(
        [slot for slot in reversed(view.offered) if view.booked and slot.start < view.booked.start], rank
    )


def same_band(days: int) -> Pick:
    """The slot of the same hours, so many days on offer after the booked one; before it where `days` is negative."""

    def moved(view: PartyView) -> Slot | None:
        booked = view.booked
        if booked is None:
            return None
        clock = wall_clock(booked.start).time()
        slots = [slot for slot in view.offered if wall_clock(slot.start).time() == clock]
        after = [slot for slot in slots if slot.start > booked.start]
        before = [slot for slot in reversed(slots) if slot.start < booked.start]
        return _nth_of(after if days > 0 else before, abs(days) - 1)

    return moved


def in_the_day(view: PartyView) -> Slot | None:
    """Another slot of the day of the booked one."""
    booked = view.booked
    if booked is None:
        return None
    day = day_of(booked.start)
    return _nth_of([slot for slot in view.offered if slot != booked and day_of(slot.start) == day], 1)


def on_weekday(weekday: int, band: int) -> Pick:
    """A band on the first such day on offer."""
    return lambda view: _nth_of([slot for slot in view.offered if day_of(slot.start).weekday() == weekday], band)


def same(view: PartyView) -> Slot | None:
    """The booked slot."""
    return view.booked


def special(view: PartyView) -> Slot | None:
    """The band with a single place."""
    return view.special


def shifted(pick: Pick, offset: int) -> Pick:
    """A band that is not on the grid, or not on offer: one so far from another."""

    def moved(view: PartyView) -> Slot | None:
        slot = pick(view)
        return Slot(slot.start + offset, slot.end + offset) if slot else None

    return moved


def _nth_of(slots: list[Slot], rank: int) -> Slot | None:
    return slots[min(rank, len(slots) - 1)] if slots else None


# --- lives ----------------------------------------------------------------------------------------------------------

Life = tuple[Act, ...]


def customer(moment: Moment, kind: str, pick: Pick | None = None) -> Act:
    """An act of the customer."""
    return Act(moment, CUSTOMER, kind, pick)


def operator(moment: Moment, kind: str, pick: Pick | None = None) -> Act:
    """An act of the operator, through the link of its file."""
    return Act(moment, OPERATOR, kind, pick)


NOBODY: Life = ()
LIVES: tuple[Life, ...] = (
    # books soon, looks again, is visited, and then finds everything closed
    (
        customer(after_sms(20 * SECOND), "open"),
        customer(after_sms(MINUTE), "confirm", nth(6)),
        customer(after_sms(2 * MINUTE), "decline"),
        operator(at_cutoff(MS), "reschedule", later(2)),
        customer(at_visit(DAY), "reschedule", later(3)),
    ),
    NOBODY,
    # the last instant of the term, and the cut-off to the millisecond
    (
        customer(at_term_end(-MS), "confirm", nth(7)),
        customer(at_cutoff(), "reschedule", later(6)),
        customer(at_cutoff(MS), "reschedule", later(9)),
    ),
    # the first instant after the term
    (customer(at_term_end(), "confirm", nth(3)), operator(at_term_end(9 * HOUR), "confirm", nth(4))),
    # the last hours of the term, by either party
    (operator(at_term_end(-HOUR), "confirm", nth(4)), customer(at_cutoff(-HOUR), "reschedule", same_band(1))),
    (customer(at_term_end(-30 * MINUTE), "confirm", nth(2)), operator(at_visit(-HOUR), "open")),
    # refused by the customer; the operator finds it closed, the customer too
    (
        customer(after_sms(3 * HOUR), "decline"),
        operator(at_term_end(-8 * HOUR), "confirm", nth(5)),
        customer(at_term_end(-7 * HOUR), "confirm", nth(5)),
        customer(at_term_end(-7 * HOUR), "decline"),
    ),
    # both at once, the customer first; the winner repeats itself, the loser refuses and insists
    (
        customer(after_sms(27 * HOUR), "confirm", nth(8)),
        operator(after_sms(27 * HOUR), "confirm", nth(9)),
        customer(after_sms(27 * HOUR + SECOND), "confirm", same),
        operator(after_sms(27 * HOUR + MINUTE), "decline"),
        operator(after_sms(27 * HOUR + 2 * MINUTE), "confirm", same),
    ),
    # both at once, the operator first, on the same band; then the customer moves it, earlier
    (
        operator(after_sms(28 * HOUR), "confirm", nth(17)),
        customer(after_sms(28 * HOUR), "confirm", nth(17)),
        customer(after_sms(30 * HOUR), "reschedule", earlier(3)),
        operator(after_sms(31 * HOUR), "reschedule", same_band(2)),
        customer(after_sms(31 * HOUR), "reschedule", same_band(-1)),
        customer(after_sms(32 * HOUR), "reschedule", in_the_day),
    ),
    # booked by the customer, moved by the operator, later, then back by the customer, then at the cut-off once more
    (
        customer(after_sms(HOUR), "confirm", nth(10)),
        operator(after_sms(26 * HOUR), "reschedule", later(4)),
        customer(after_sms(27 * HOUR), "reschedule", earlier(2)),
        operator(at_cutoff(-MS), "reschedule", later(5)),
        customer(at_cutoff(), "reschedule", same),
    ),
    # the operator refuses
    (operator(after_sms(26 * HOUR), "decline"), customer(after_sms(26 * HOUR + MINUTE), "confirm", nth(4))),
    # a Monday is booked before the week-end, another day after it
    (customer(after_sms(2 * HOUR), "confirm", on_weekday(0, 0)), operator(at_cutoff(HOUR), "reschedule", later(0))),
    (customer(after_sms(5 * HOUR), "confirm", on_weekday(1, 2)), operator(at_visit(-2 * HOUR), "open")),
    # tomorrow's first band, booked after the reminder's hour; then moved after the reminder has left
    (
        customer(after_sms(4 * HOUR), "confirm", nth(0)),
        customer(at_cutoff(-30 * MINUTE), "reschedule", later(7)),
    ),
    # bands that are not on offer
    (
        customer(after_sms(HOUR), "confirm", shifted(nth(0), -3 * DAY)),
        customer(after_sms(HOUR), "confirm", shifted(nth(4), 60 * DAY)),
        customer(after_sms(2 * HOUR), "confirm", nth(12)),
        customer(after_sms(3 * HOUR), "reschedule", shifted(nth(4), HOUR)),
        customer(after_sms(4 * HOUR), "reschedule", later(1)),
    ),
    # the network repeats itself, in three states
    (
        customer(after_sms(10 * MINUTE), "line"),
        operator(after_sms(25 * HOUR), "confirm", nth(5)),
        customer(after_sms(26 * HOUR), "line"),
    ),
    # cancelled at once, after a booking, after the causal of the end
    (customer(after_sms(MINUTE), "cancel"), customer(after_sms(5 * MINUTE), "confirm", nth(3))),
    (
        customer(after_sms(HOUR), "confirm", nth(9)),
        customer(after_sms(2 * HOUR), "cancel"),
        operator(after_sms(27 * HOUR), "reschedule", later(1)),
    ),
    # refusing after the end, moving what nobody fixed
    (customer(after_sms(HOUR), "reschedule", nth(3)), customer(at_term_end(HOUR), "decline")),
    # the single place: taken, denied to the other, left, and taken by the other
    (
        customer(on_the_day_of(-2 * DAY), "confirm", special),
        customer(on_the_day_of(-2 * DAY + 2 * HOUR), "reschedule", later(2)),
    ),
    (
        customer(on_the_day_of(-2 * DAY), "confirm", special),
        customer(on_the_day_of(-2 * DAY + HOUR), "confirm", special),
        customer(on_the_day_of(-2 * DAY + 3 * HOUR), "confirm", special),
    ),
    # booked by the operator, cut-off by the customer
    (
        operator(after_sms(29 * HOUR), "confirm", nth(14)),
        customer(at_cutoff(), "reschedule", later(8)),
        operator(at_cutoff(MS), "reschedule", earlier(0)),
    ),
)
