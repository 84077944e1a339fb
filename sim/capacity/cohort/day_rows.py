"""A day's orders as rows for the ordered loop: everything about them that no queue and no slot decides.

Routing, the instant of the engagement SMS, the deposit run, the end of the term and the telephone attempts of the
ordinary process are worked out for the whole day at once, from tables made by calling `reference_impl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import instant_of
from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at
from reference_impl.intake import WorkOrder
from reference_impl.life_cycle.ordinary_process import start_ordinary_process
from reference_impl.orders import Detail, Order, State
from reference_impl.policy import Policy
from reference_impl.registry import Operator
from reference_impl.routing import SERVICE, route
from reference_impl.services import family_of
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.life_tables import STATES, CannotTabulate
from sim.capacity.cohort.steps import StepTable
from sim.capacity.engine.counting_ports import DAYS_APART
from sim.capacity.engine.draws import CANCELS_WITHIN
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.engine.workload import LATENCIES
from sim.capacity.scenario.scenario import SERVICE_NAMES

Numbers = NDArray[np.int64]
ANY_NUMBER = "+393330000000"
HANDED_BACK = -1  # of IN_SERVICE: it never was, and is over


class DayRows:
    """Makes the rows of each day."""

    def __init__(
        self,
        policy: Policy,
        operators: Sequence[tuple[Operator, tuple[str | None, str | None]]],
        first_of_horizon: int,
        latest: int,
        sampled_every: int,
    ) -> None:
        self._policy, self._operators = policy, operators
        self._first_of_horizon, self._latest, self._sampled_every = first_of_horizon, latest, sampled_every
        self._engage_at = StepTable(partial(engagement_sms_at, policy=policy))
        self._run_at = StepTable(partial(deposit_run_at, policy=policy))
        self._term_at = StepTable(partial(booking_closes, policy=policy))
        self._attempt_at = StepTable(self._next_attempt)

    def of(self, orders: DayOfOrders) -> tuple[Numbers, NDArray[np.float64]]:
        """The orders of a day, a row for each field, and the fractions that stand apart."""
        rows = np.full((len(at.COMING), orders.size), at.NONE, dtype=np.int64)
        fractions = np.zeros(orders.size)
        if orders.size:
            self._forget(orders.day)
            self._fill_draws(rows, orders)
            self._fill_state(rows, orders)
            self._fill_instants(rows)
            fractions[:] = np.frombuffer(orders.reschedule_fraction, dtype=np.float32)
        return rows, fractions

    def _fill_draws(self, rows: Numbers, orders: DayOfOrders) -> None:
        columns = {
            at.OPERATOR: orders.operator,
            at.SERVICE: orders.service,
            at.TERRITORY: orders.territory,
            at.RECEIVED: orders.received_at,
            at.LINE_READY: orders.line_ready_at,
            at.BEHAVIOUR: orders.behaviour,
            at.ANSWER: orders.answer_ms,
            at.WISH_DAYS: orders.wish_days,
            at.WISH_BAND: orders.wish_band,
            at.SESSION: orders.session_ms,
            at.REACHED_AT_ATTEMPT: orders.reached_at_attempt,
            at.REFUSES_ON_CALL: orders.refuses_on_call,
            at.RESCHEDULES_ONCE: orders.reschedules,
            at.MOVE_DAYS: orders.move_days,
            at.VISITS_IN_VAIN: orders.visits_in_vain,
        }
        for column, values in columns.items():
            rows[at.PLACES[column]] = values
        for index, acts_at in orders.acts_at.items():
            rows[at.PLACES[at.ANSWER], index] = -acts_at
        fraction = np.frombuffer(orders.cancel_fraction, dtype=np.float32).astype(np.float64)
        cancels = np.array(orders.cancels) != 0
        rows[at.PLACES[at.CANCELS_AFTER]] = np.where(cancels, (fraction * CANCELS_WITHIN).astype(np.int64), at.NONE)
        if orders.latency_ms:
            latencies = np.array(orders.latency_ms).reshape(orders.size, len(LATENCIES))
            rows[at.PLACES[at.LATENCY] : at.PLACES[at.LATENCY] + len(LATENCIES)] = latencies.T

    def _fill_state(self, rows: Numbers, orders: DayOfOrders) -> None:
        rows[at.PLACES[at.DAY]], rows[at.PLACES[at.INDEX]] = orders.day, np.arange(orders.size)
        rows[at.PLACES[at.COHORT]] = orders.day - self._first_of_horizon if orders.measured else at.NONE
        every = self._sampled_every
        sampled = (orders.day * DAYS_APART + rows[at.PLACES[at.INDEX]]) % every == 0 if every else np.zeros(orders.size)
        rows[at.PLACES[at.SAMPLED]] = sampled
        has_code = np.array(orders.has_code)
        kinds = (rows[at.PLACES[at.OPERATOR]] * len(SERVICE_NAMES) + rows[at.PLACES[at.SERVICE]]) * 2 + has_code
        routings = np.zeros((2, len(self._operators) * len(SERVICE_NAMES) * 2), dtype=np.int64)
        for kind in np.flatnonzero(np.bincount(kinds)).tolist():
            operator, service = divmod(kind // 2, len(SERVICE_NAMES))
            in_service, state = self._routed(orders.day, operator, SERVICE_NAMES[service], bool(kind % 2))
            routings[:, kind] = in_service, STATES.index(state)
        rows[at.PLACES[at.IN_SERVICE]], rows[at.PLACES[at.STATE]] = routings[0, kinds], routings[1, kinds]

    def _routed(self, day: int, number: int, service: str, has_code: bool) -> tuple[int, State]:
        """Which way the orders of a kind go on a day, and the state that they begin in."""
        operator, codes = self._operators[number]
        project, delivery = codes if has_code else (None, None)
        work = WorkOrder("ANY", operator.operator, service, "LNA", project, delivery, False, False, ANY_NUMBER)
        routings = {route(work, operator, at_, self._policy) for at_ in (instant_of(day), instant_of(day + 1) - 1)}
        if len(routings) != 1:
            raise CannotTabulate("orders whose way changes within a day")
        routing = routings.pop()
        if routing.rejected is not None:
            return HANDED_BACK, State.HANDED_BACK
        return (1, State.WAITING) if routing.flow == SERVICE else (0, State.ELSEWHERE)

    def _fill_instants(self, rows: Numbers) -> None:
        ready = np.minimum(rows[at.PLACES[at.LINE_READY]], self._latest)
        ours = np.flatnonzero(rows[at.PLACES[at.IN_SERVICE]] == 1)
        engage_at = self._engage_at.of(ready[ours])
        rows[at.PLACES[at.ENGAGE_AT], ours] = engage_at
        rows[at.PLACES[at.RUN_AT], ours] = self._run_at.of(engage_at)
        rows[at.PLACES[at.TERM_AT], ours] = self._term_at.of(engage_at)
        elsewhere = np.flatnonzero(rows[at.PLACES[at.IN_SERVICE]] == 0)
        if len(elsewhere):
            rows[at.PLACES[at.ATTEMPT_2], elsewhere] = second = self._attempt_at.of(ready[elsewhere])
            rows[at.PLACES[at.ATTEMPT_3], elsewhere] = self._attempt_at.of(second)

    def _next_attempt(self, now: int) -> int:
        """When the telephone attempt after one at an instant is due."""
        operator = self._operators[0][0]
        work = WorkOrder("ANY", operator.operator, "ULL", "LNA", None, None, False, False, ANY_NUMBER)
        order = Order(work, operator, family_of(work.service), "ordinary", (), now, State.ELSEWHERE)
        start_ordinary_process(order, now, self._policy, Detail(code="AC"))
        if order.attempt_at is None:
            raise CannotTabulate("an ordinary process without a second attempt")
        return order.attempt_at

    def _forget(self, day: int) -> None:
        for table in (self._engage_at, self._run_at, self._term_at, self._attempt_at):
            table.forget_before(instant_of(day - 1))
