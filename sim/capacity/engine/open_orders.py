"""The orders that are open when the horizon begins: what the file says has happened, and only the rest is drawn.

They come in on the days before the horizon on which they were received, and follow the rules from then on: the
engagement SMS leaves and the term runs. Their customers have not acted before the horizon begins (or have booked, where
the file says so). The uniforms of their rows are moved to where this holds: a draw has the distribution of the
scenario, on the condition that the act has not happened yet. It must not know how a run counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reference_impl.civil_time import HOUR, civil_day, day_of, instant_of
from reference_impl.deadlines import engagement_sms_at
from reference_impl.policy import Policy
from sim.capacity.engine.appointments_made import Appointment, AppointmentsMade, answers_to
from sim.capacity.engine.draws import CANCELS_WITHIN, Column
from sim.capacity.engine.not_yet import LEAST_SHARE, Instants, later, not_yet, share_before
from sim.capacity.scenario.demand import RecordedOrder
from sim.capacity.scenario.distributions import Distribution, Floats
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import SERVICE_NAMES, Scenario

WEEK_DAYS = 7
HAS_CODE = -1.0  # below every share: an open order of the file is in the service


def by_day(orders: Sequence[RecordedOrder]) -> dict[int, list[RecordedOrder]]:
    """Orders by the day on which they were received."""
    days: dict[int, list[RecordedOrder]] = {}
    for order in orders:
        days.setdefault(civil_day(order.received_at), []).append(order)
    return days


def days_before(scenario: Scenario) -> int:
    """On how many days before the horizon open orders were received: whole weeks, so that weekdays stay."""
    if not scenario.open_orders:
        return 0
    first = min(civil_day(order.received_at) for order in scenario.open_orders)
    return -(-(day_of(scenario.horizon.start) - first) // WEEK_DAYS) * WEEK_DAYS


class OpenOrders:
    """Open orders by day of reception.

    `line_ready` has the delay and the open hours of each service's line, `awake` the open hours of customers.
    """

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy,
        line_ready: Sequence[tuple[Distribution, OpenTime]],
        awake: OpenTime,
    ) -> None:
        self._customers, self._policy = scenario.customers, policy
        self._line_ready, self._awake = line_ready, awake
        self._start = instant_of(day_of(scenario.horizon.start))
        self._by_day = by_day(scenario.open_orders)
        self._appointments = AppointmentsMade(scenario.customers, policy, awake, self._start)

    def of_day(self, day: int) -> list[RecordedOrder]:
        """The open orders that were received on a day."""
        return self._by_day.get(day, [])

    def as_of_start(
        self, orders: Sequence[RecordedOrder], rows: Floats
    ) -> tuple[list[RecordedOrder], Floats, Mapping[int, Appointment]]:
        """The orders with the instants at which their lines are ready, and their rows, given all that has not been.

        Then the appointments that they have, by place in the day.
        """
        appointments, rows = self._appointments.of(orders, rows), rows.copy()
        ready = self._ready_at(orders, rows[:, Column.LINE_READY])
        sms_at = np.array([engagement_sms_at(instant, self._policy) for instant in ready.tolist()], dtype=np.int64)
        acts_at = answers_to(sms_at, self._customers, self._awake)
        answered = np.where(sms_at < self._start, share_before(self._start, acts_at, len(sms_at)), 0.0)
        cancelled = np.clip((self._start - sms_at) / CANCELS_WITHIN + LEAST_SHARE, 0.0, 1.0)
        customers = self._customers
        rows[:, Column.HAS_CODE] = HAS_CODE
        rows[:, Column.BEHAVIOUR] = not_yet(rows[:, Column.BEHAVIOUR], customers.books + customers.refuses, answered)
        rows[:, Column.ANSWER] = later(rows[:, Column.ANSWER], answered)
        rows[:, Column.CANCELS] = not_yet(rows[:, Column.CANCELS], customers.cancels, cancelled)
        rows[:, Column.CANCEL_WHEN] = later(rows[:, Column.CANCEL_WHEN], cancelled)
        self._appointments.condition_rows(orders, appointments, rows)
        pairs = zip(orders, ready.tolist(), strict=True)
        return [replace(order, line_ready_at=instant) for order, instant in pairs], rows, appointments

    def _ready_at(self, orders: Sequence[RecordedOrder], uniforms: Floats) -> Instants:
        """When the lines are ready: as written, else drawn from the start of the horizon on."""
        received = np.array([order.received_at for order in orders], dtype=np.int64)
        ready = np.array(
            [-1 if order.line_ready_at is None else order.line_ready_at for order in orders], dtype=np.int64
        )
        service = np.array([SERVICE_NAMES.index(order.service) for order in orders], dtype=np.int64)
        for number, (delay, open_time) in enumerate(self._line_ready):
            drawn = (ready < 0) & (service == number)
            if drawn.any():
                ready[drawn] = self._from_start_on(received[drawn], uniforms[drawn], delay, open_time)
        return ready

    def _from_start_on(
        self, received: Instants, uniforms: Floats, delay: Distribution, open_time: OpenTime
    ) -> Instants:
        def ready_at(uniforms: Floats) -> Instants:
            return open_time.after_each(received, (delay.of(uniforms) * HOUR).astype(np.int64))

        happened = share_before(self._start, ready_at, len(received))
        return np.maximum(ready_at(later(uniforms, happened)), self._start)
