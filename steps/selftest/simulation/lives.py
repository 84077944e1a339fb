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
class Seen:
    """What the parties of an order know by now: when the SMS came, the bands on offer, the appointment."""

    sms_at: int
    offered: list[Slot]
    held: Slot | None
    special: Slot


Moment = Callable[[Seen], int | None]
Pick = Callable[[Seen], Slot | None]


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
    return lambda seen: seen.sms_at + delay


def at_term_end(offset: int = 0) -> Moment:
    """At the first instant that is too late to book, or so long after or before it."""
    return lambda seen: term_end(day_of(seen.sms_at), "mon_fri", "if_working", "midnight", "national") + offset


def at_cutoff(offset: int = 0) -> Moment:
    """At 18:00 of the eve of the appointment that is held."""
    return lambda seen: eve_limit(seen.held.start) + offset if seen.held else None


def at_visit(offset: int) -> Moment:
    """So long after the start of the band that is held."""
    return lambda seen: seen.held.start + offset if seen.held else None


def on_the_day_of(slot_offset: int) -> Moment:
    """So long before or after the special slot."""
    return lambda seen: seen.special.start + slot_offset


# --- slots ----------------------------------------------------------------------------------------------------------


def nth(rank: int) -> Pick:
    """The band on offer of that rank, from the first."""
    return lambda seen: seen.offered[rank % len(seen.offered)] if seen.offered else None


def later(rank: int) -> Pick:
    """A band after the one that is held."""
    return lambda seen: _nth_of([slot for slot in seen.offered if seen.held and slot.start > seen.held.start], rank)


def earlier(rank: int) -> Pick:
    """A band before the one that is held; the nearest first."""
    return lambda seen: _nth_of(
        [slot for slot in reversed(seen.offered) if seen.held and slot.start < seen.held.start], rank
    )


def same_band(days: int) -> Pick:
    """The band of the same hours some days after the one that is held, or before it; the next such day on offer."""

    def moved(seen: Seen) -> Slot | None:
        held = seen.held
        if held is None:
            return None
        clock = wall_clock(held.start).time()
        same = [slot for slot in seen.offered if wall_clock(slot.start).time() == clock]
        later_ones = [slot for slot in same if slot.start > held.start]
        earlier_ones = [slot for slot in reversed(same) if slot.start < held.start]
        return _nth_of(later_ones if days > 0 else earlier_ones, abs(days) - 1)

    return moved


def in_the_day(seen: Seen) -> Slot | None:
    """Another band of the day that is held."""
    return _nth_of(
        [
            slot
            for slot in seen.offered
            if seen.held and slot != seen.held and day_of(slot.start) == day_of(seen.held.start)
        ],
        1,
    )


def on_weekday(weekday: int, band: int) -> Pick:
    """A band on the first such day on offer."""
    return lambda seen: _nth_of([slot for slot in seen.offered if day_of(slot.start).weekday() == weekday], band)


def same(seen: Seen) -> Slot | None:
    """The band that is held."""
    return seen.held


def special(seen: Seen) -> Slot | None:
    """The band with a single place."""
    return seen.special


def shifted(pick: Pick, offset: int) -> Pick:
    """A band that is not on the grid, or not on offer: one so far from another."""

    def moved(seen: Seen) -> Slot | None:
        slot = pick(seen)
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
