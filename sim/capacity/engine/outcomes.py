"""What becomes of orders, counted from the journal as it happens, and from the order itself once it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reference_impl.civil_time import instant_of, wall_clock, weekday
from reference_impl.life_cycle.ordinary_process import ATTEMPTS
from reference_impl.orders import Order, State
from reference_impl.ports import OrderKey, Slot, members_of
from reference_impl.slot_agenda import SlotAgenda
from sim.agenda import Agenda
from sim.capacity.engine.lead_times import LeadTimes, parts_of
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.tally import Cohort, DurationKind, HourlyCount, Outcome, Tally

ENDED_AS: Mapping[State, int] = {
    State.REFUSED: Outcome.REFUSED,
    State.TIMED_OUT: Outcome.TIMED_OUT,
    State.CANCELLED: Outcome.CANCELLED,
    State.VISITED: Outcome.VISITED,
}
COHORT_OF: Mapping[int, int] = {
    Outcome.REFUSED: Cohort.REFUSED,
    Outcome.TIMED_OUT: Cohort.TIMED_OUT,
    Outcome.CANCELLED: Cohort.CANCELLED,
    Outcome.VISITED: Cohort.VISITED,
    Outcome.ORDINARY: Cohort.ORDINARY,
    Outcome.OPEN: Cohort.OPEN,
}
HANDED_BACK: Mapping[object, int] = {"refused": HourlyCount.REFUSED, "timeout": HourlyCount.TIMED_OUT}
BOOKED_BY: Mapping[object, tuple[int, int]] = {
    "customer": (HourlyCount.BOOKED_BY_CUSTOMER, Outcome.BOOKED_BY_CUSTOMER),
    "operator": (HourlyCount.BOOKED_BY_OPERATOR, Outcome.BOOKED_BY_OPERATOR),
}


class OutcomeCounter:
    """Counts what the journal sees. `ended` holds the orders whose life is over, until they are closed."""

    def __init__(
        self,
        tally: Tally,
        orders_under_way: Mapping[OrderKey, OrderUnderWay],
        slots: SlotAgenda,
        territories: list[str],
        band_starts: list[int],
        agenda: Agenda,
    ) -> None:
        self._tally, self._under_way, self._slots, self._agenda = tally, orders_under_way, slots, agenda
        self._territories = territories
        self.lead_times = LeadTimes(len(territories), tally.days)
        self._bands = {start: number for number, start in enumerate(band_starts)}
        self._held: list[dict[int, int]] = [{} for _ in territories]  # appointments by slot start, of each territory
        self.ended: list[OrderKey] = []
        self.visited: Callable[[OrderUnderWay, int], None] | None = None  # who hears of a first visit, and when
        self.counters: Mapping[str, Callable[[OrderKey, Any], None]] = {
            "appointment.confirmed": self._confirmed,
            "appointment.rescheduled": self._rescheduled,
            "visit.started": self._visited,
            "order.handed_back": self._handed_back,
            "order.cancelled": self._cancelled,
            "contact_policy.started": self._called,
        }

    def close(self, key: OrderKey, outcome: int | None = None) -> None:
        """Count what became of an order, once it has ended; or, where the run ends before it, that it is open.

        Every measured order is counted under one outcome, so that these add up to all that were received.
        """
        under_way = self._under_way[key]
        order = under_way.order
        if not under_way.day.measured:
            return
        territory = under_way.territory
        outcome = ENDED_AS.get(order.state, Outcome.ORDINARY) if outcome is None else outcome
        counts = self._tally.outcomes[territory]
        counts[outcome] += 1
        self._close_cohort(under_way, order, outcome)
        if order.family is None or order.state not in ENDED_AS:
            return
        counts[Outcome.RESCHEDULES] += order.reschedules
        counts[Outcome.REMINDERS] += order.reminders
        suspended = 0
        for suspension in order.suspensions:
            if suspension.closed_at is None:
                break
            suspended += suspension.closed_at - suspension.opened_at
        else:
            self._tally.took(territory, DurationKind.SUSPENDED, suspended)

    def _close_cohort(self, under_way: OrderUnderWay, order: Order, outcome: int) -> None:
        cohort = self._tally.cohorts[under_way.day.day]
        cohort[Cohort.NO_SLOT] += under_way.found_no_slot
        cohort[COHORT_OF[outcome]] += 1
        if outcome == Outcome.VISITED and order.slot is not None:
            cohort[Cohort.DAYS_TO_VISIT_MS] += order.slot.start - under_way.received_at
            self._tally.took(under_way.territory, DurationKind.TO_VISIT, order.slot.start - under_way.received_at)
            self._count_lead_time(under_way, order.slot)

    def _count_lead_time(self, under_way: OrderUnderWay, slot: Slot) -> None:
        looked_at = under_way.looked_at
        if looked_at is not None:
            ready_at = under_way.day.line_ready_at[under_way.index]
            parts = parts_of(under_way.received_at, ready_at, looked_at, under_way.added_ms, slot.start)
            self.lead_times.count(under_way.territory, under_way.day.day, under_way.wished_day, parts)

    def _confirmed(self, key: OrderKey, data: Any) -> None:
        under_way = self._under_way[key]
        load, outcome = BOOKED_BY[data.channel]
        self._tally.row[load] += 1
        self.hold(under_way.territory, data.slot)
        if under_way.day.measured:
            territory = under_way.territory
            self._tally.outcomes[territory][outcome] += 1
            self._tally.took(territory, DurationKind.TO_BOOKING, self._agenda.now - under_way.received_at)
            self._tally.cohorts[under_way.day.day][Cohort.BOOKED] += 1

    def _rescheduled(self, key: OrderKey, data: Any) -> None:
        self._tally.row[HourlyCount.RESCHEDULES] += 1
        territory = self._under_way[key].territory
        self._free(territory, data.previous)
        self.hold(territory, data.slot)

    def _visited(self, key: OrderKey, data: Any) -> None:
        under_way = self._under_way[key]
        self.count_visit(under_way.territory, data.slot)
        self.ended.append(key)
        if self.visited is not None:
            self.visited(under_way, self._agenda.now)

    def count_visit(self, territory: int, slot: Slot) -> int | None:
        """Count a visit, whichever of its order; its weekday and band as one number, if the day is measured."""
        self._tally.row[HourlyCount.VISITS] += 1
        self._free(territory, slot)
        day, start = wall_clock(slot.start)
        if day not in self._tally.measured:
            return None
        band = self._bands[start] if start in self._bands else self._moved_band(day, slot)
        cell = weekday(day) * len(self._bands) + band
        self._tally.visits[territory][cell] += 1
        return cell

    def _moved_band(self, day: int, slot: Slot) -> int:
        """The band of a slot that the night of March begins an hour later on the wall clock."""
        return next(number for start, number in self._bands.items() if instant_of(day, start) == slot.start)

    def _handed_back(self, key: OrderKey, data: Any) -> None:
        load = HANDED_BACK.get(members_of(data)["reason"])
        if load is not None:
            self._tally.row[load] += 1
        self.ended.append(key)

    def _cancelled(self, key: OrderKey, data: Any) -> None:
        self._tally.row[HourlyCount.CANCELLED] += 1
        slot = self._under_way[key].order.slot
        if slot is not None:
            self._free(self._under_way[key].territory, slot)
        self.ended.append(key)

    def _called(self, key: OrderKey, data: Any) -> None:
        if data.attempt == ATTEMPTS:
            self.ended.append(key)

    def hold(self, territory: int, slot: Slot) -> None:
        """INV-6, counted apart from the agenda that keeps it."""
        of_territory = self._held[territory]
        of_territory[slot.start] = appointments = of_territory.get(slot.start, 0) + 1
        if appointments > self._slots.capacity(self._territories[territory], slot):
            self._tally.slots_over_capacity += 1

    def _free(self, territory: int, slot: Slot) -> None:
        appointments = self._held[territory]
        appointments[slot.start] -= 1
        if not appointments[slot.start]:
            del appointments[slot.start]
