"""Open orders that booked a slot before the horizon began: when they booked, and which draws are left.

A file says which slot was booked, but not when. The instant is drawn from the customers' answers, among the instants at
which the order can have booked that slot. Nobody has moved the appointment since: a move is drawn on that condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from reference_impl.civil_time import HOUR, civil_day
from reference_impl.deadlines import engagement_sms_at, reminder_deadline
from reference_impl.policy import Policy
from sim.capacity.engine.draws import Column
from sim.capacity.engine.not_yet import LEAST_SHARE, LONGEST_MS, Instants, later, not_yet, share_before
from sim.capacity.scenario.booked_slots import booking_instants, slot_start
from sim.capacity.scenario.demand import RecordedOrder
from sim.capacity.scenario.distributions import Floats
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import Customers

BOOKS_SURELY = -1.0  # below every share


def answers_to(sms_at: Instants, customers: Customers, awake: OpenTime) -> Callable[[Floats], Instants]:
    """When customers act who get their engagement SMS at these instants, as a function of their uniforms."""

    def acts_at(uniforms: Floats) -> Instants:
        after_ms = np.minimum(customers.answers_after_hours.of(uniforms) * HOUR, LONGEST_MS).astype(np.int64)
        return awake.after_each(sms_at, after_ms)

    return acts_at


class Appointment(NamedTuple):
    """When a customer booked, and the wish that leads to the slot: in how many days, and in which band."""

    acts_at: int
    wish_days: int
    wish_band: int


class AppointmentsMade:
    """Appointments of open orders. `awake` are the open hours of customers, `begins_at` is when the horizon begins."""

    def __init__(self, customers: Customers, policy: Policy, awake: OpenTime, begins_at: int) -> None:
        self._customers, self._policy, self._awake, self._begins_at = customers, policy, awake, begins_at

    def of(self, orders: Sequence[RecordedOrder], rows: Floats) -> Mapping[int, Appointment]:
        """The appointments of a day's orders that have one, by place in the day; `rows` are their draws."""
        appointments = {}
        for index, order in enumerate(orders):
            if order.booked is not None and order.line_ready_at is not None:
                instants = booking_instants(order.line_ready_at, order.booked, self._begins_at, self._policy)
                acts_at = self._acts_at(order.line_ready_at, instants, rows[index : index + 1, Column.ANSWER])
                appointments[index] = Appointment(acts_at, order.booked.day - civil_day(acts_at), order.booked.band)
        return appointments

    def condition_rows(
        self, orders: Sequence[RecordedOrder], appointments: Mapping[int, Appointment], rows: Floats
    ) -> None:
        """Move the uniforms of those orders to where they have booked, and not moved the appointment yet."""
        for index, appointment in appointments.items():
            booked = orders[index].booked
            if booked is None:
                continue
            open_ms = reminder_deadline(slot_start(booked, self._policy)) - appointment.acts_at
            passed = (self._begins_at - appointment.acts_at) / open_ms + LEAST_SHARE if open_ms > 0 else 1.0
            happened, row = np.clip(np.array([passed]), 0.0, 1.0), rows[index : index + 1]
            row[:, Column.BEHAVIOUR] = BOOKS_SURELY
            row[:, Column.RESCHEDULES] = not_yet(row[:, Column.RESCHEDULES], self._customers.reschedules, happened)
            row[:, Column.RESCHEDULE_WHEN] = later(row[:, Column.RESCHEDULE_WHEN], happened)

    def _acts_at(self, line_ready_at: int, instants: range, uniform: Floats) -> int:
        """An answer among those instants; the nearest of them, where by the scenario nobody answers then."""
        sms_at = np.array([engagement_sms_at(line_ready_at, self._policy)], dtype=np.int64)
        acts_at = answers_to(sms_at, self._customers, self._awake)
        first, behind = (share_before(instant, acts_at, 1) for instant in (instants.start, instants.stop))
        drawn = int(acts_at(first + uniform * (behind - first))[0])
        return max(min(drawn, instants.stop - 1), instants.start)
