"""The orders of a day and all that chance decides about them, made a day at a time as arrays.

Nothing happens here: the engine lets the orders arrive, and asks each order's row when it needs it.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, MINUTE, day_of, instant_of, wall_clock
from reference_impl.policy import Policy
from reference_impl.services import FAMILIES, SERVICES
from reference_impl.slot_agenda import days_offered
from sim.capacity.engine.arrival_rates import ArrivalRates
from sim.capacity.engine.draws import Column, day_level, drawn_week, uniform_rows, unit_arrivals
from sim.capacity.engine.open_orders import WEEK_DAYS, OpenOrders, by_day, days_before
from sim.capacity.engine.order_codes import OrderCodes, day_text
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.scenario.demand import RecordedOrder
from sim.capacity.scenario.distributions import Floats, chances_of
from sim.capacity.scenario.open_hours import OpenTime, days_of_rest
from sim.capacity.scenario.scenario import SERVICE_NAMES, Scenario

BOOKS, REFUSES, NOTHING = 0, 1, 2  # what a customer does with the link
NEVER_REACHED = 127
LONGEST_CLOSED_DAYS = 28  # what a run asks for at its end lies ahead, however seldom somebody is there
LATENCIES = (Column.LATENCY_1, Column.LATENCY_2, Column.LATENCY_3, Column.LATENCY_4)
MOST_IN_VAIN = 9  # visits of an order
CERTAIN = 1 - 1e-12
LARGEST = {code: int(np.iinfo(code).max) for code in ("h", "i")}
FAMILY_NAMES = tuple(family.name for family in FAMILIES)
FAMILY_OF_SERVICE = np.array([FAMILY_NAMES.index(SERVICES[name].name) for name in SERVICE_NAMES])


class Weights(NamedTuple):
    """The weights that draws need, worked out once for all days: a day of few orders then takes a third of the time."""

    operators: tuple[float, ...]
    services: Sequence[tuple[float, ...]]  # of each operator
    territories: tuple[float, ...]
    with_code: Floats  # of each operator: the share of its orders


class Workload:
    """Makes the days of one scenario for one seed and replication."""

    def __init__(self, scenario: Scenario, policy: Policy, seed: int, replication: int) -> None:
        self._scenario, self._seed, self._replication = scenario, seed, replication
        self._holidays = days_of_rest(policy)
        horizon = scenario.horizon
        begins = day_of(horizon.start)
        self.days = range(begins, begins + horizon.days)
        self.first_day = begins - days_before(scenario)
        self.arrival_days = range(self.first_day, self.days[-1] + 1)
        last_day = self.days[-1] + horizon.longest_life_days + 2 * days_offered(policy) + LONGEST_CLOSED_DAYS
        self.open_days = range(self.first_day, last_day)
        last_measured = self.days[-1] - horizon.cool_down_days
        self.measured_days = range(begins + horizon.warm_up_days, last_measured + 1)
        line_days = range(self.first_day, self.days[-1] + 2 * 366)
        self._lines = [
            (line.after_hours, OpenTime(line.open_hours, line_days, self._holidays))
            for line in (scenario.line_ready[family] for family in FAMILY_NAMES)
        ]
        self._rates = ArrivalRates(scenario, self.days, self._holidays)
        self._recorded = by_day(scenario.recorded) if scenario.recorded is not None else None
        self._codes = OrderCodes(scenario)
        self._policy = policy

    @property
    def expected_orders(self) -> float:
        """How many orders the horizon is expected to bring."""
        recorded = self._scenario.recorded
        return float(len(recorded)) if recorded is not None else self._rates.expected_orders

    def day(self, day: int) -> DayOfOrders:
        """The orders of one day (days since the epoch), in order of arrival; before the horizon those still open."""
        if day < self.days[0]:
            return self._open_day(day)
        if self._recorded is not None:
            orders = self._recorded_orders(day, self._recorded)
            return self._recorded_day(day, orders, uniform_rows(self._seed, self._replication, day, len(orders)))
        level = day_level(self._seed, self._replication, day, self._scenario.arrivals.overdispersion)
        rate = self._rates.of_day[day] * level
        points = unit_arrivals(self._seed, self._replication, day, rate)
        received = self._rates.instants(day, points / rate) if len(points) else np.zeros(0, dtype=np.int64)
        rows = uniform_rows(self._seed, self._replication, day, len(points))
        operator, service = self._operators_and_services(rows)
        territory = _chosen(rows[:, Column.TERRITORY], self._weights.territories)
        names = [plan.name for plan in self._scenario.operators]
        codes = self._codes.of_drawn(day, [names[number] for number in operator]) if self._scenario.open_orders else {}
        return self._make(day, received, operator, service, territory, rows, None, codes)

    def _recorded_orders(self, day: int, recorded: dict[int, list[RecordedOrder]]) -> list[RecordedOrder]:
        """The recorded orders of a day; resampled, those of the same weekday in the week drawn for its own."""
        if not self._scenario.resamples:
            return recorded.get(day, [])
        week, place = divmod(day - self.days[0], WEEK_DAYS)
        first_day = self.days[0] + week * WEEK_DAYS
        drawn = drawn_week(self._seed, self._replication, first_day, len(self.days) // WEEK_DAYS)
        source = self.days[0] + drawn * WEEK_DAYS + place
        moved = [_moved(order, day - source) for order in recorded.get(source, [])]
        return sorted(moved, key=lambda order: order.received_at)  # an hour of October may have come twice

    @cached_property
    def _open(self) -> OpenOrders:
        awake = OpenTime(self._scenario.customers.awake.open_hours, self.open_days, self._holidays)
        lines = [self._lines[family] for family in FAMILY_OF_SERVICE.tolist()]
        return OpenOrders(self._scenario, self._policy, lines, awake)

    def _open_day(self, day: int) -> DayOfOrders:
        """The orders of a day before the horizon that are open when it begins; only what follows is drawn."""
        orders = self._open.of_day(day)
        rows = uniform_rows(self._seed, self._replication, day, len(orders))
        orders, rows, appointments = self._open.as_of_start(orders, rows)
        orders_of_day = self._recorded_day(day, orders, rows)
        for index, appointment in appointments.items():
            orders_of_day.wish_days[index], orders_of_day.wish_band[index] = (
                appointment.wish_days,
                appointment.wish_band,
            )
        return replace(
            orders_of_day, acts_at={index: appointment.acts_at for index, appointment in appointments.items()}
        )

    def _recorded_day(self, day: int, orders: list[RecordedOrder], rows: Floats) -> DayOfOrders:
        operators = [plan.name for plan in self._scenario.operators]
        territories = [place.name for place in self._scenario.territories]
        ready = np.array([-1 if o.line_ready_at is None else o.line_ready_at for o in orders], dtype=np.int64)
        return self._make(
            day,
            np.array([order.received_at for order in orders], dtype=np.int64),
            np.array([operators.index(order.operator) for order in orders], dtype=np.int64),
            np.array([SERVICE_NAMES.index(order.service) for order in orders], dtype=np.int64),
            np.array([territories.index(order.territory) for order in orders], dtype=np.int64),
            rows,
            ready,
            self._codes.of_day(day, orders),
        )

    def _make(
        self,
        day: int,
        received: NDArray[np.int64],
        operator: NDArray[np.int64],
        service: NDArray[np.int64],
        territory: NDArray[np.int64],
        rows: Floats,
        recorded_ready: NDArray[np.int64] | None,
        given_codes: Mapping[int, str],
    ) -> DayOfOrders:
        customers = self._scenario.customers
        ready = self._line_ready_at(received, service, rows[:, Column.LINE_READY])
        if recorded_ready is not None:
            ready = np.where(recorded_ready < 0, ready, recorded_ready)
        attempts, refuses = self._calls(operator, rows)
        return DayOfOrders(
            day=day,
            size=len(received),
            text=day_text(day),
            measured=day in self.measured_days,
            codes=given_codes,
            acts_at={},
            received_at=_whole(received),
            operator=_small(operator),
            service=_small(service),
            territory=_small(territory),
            has_code=_flags(rows[:, Column.HAS_CODE] < self._weights.with_code[operator]),
            line_ready_at=_whole(ready),
            behaviour=_small(_behaviour(rows[:, Column.BEHAVIOUR], customers.books, customers.refuses)),
            answer_ms=_small(customers.answers_after_hours.of(rows[:, Column.ANSWER]) * HOUR, "i"),
            wish_days=_small(np.rint(customers.wishes_days.of(rows[:, Column.WISH_DAYS]))),
            wish_band=_small(rows[:, Column.WISH_BAND] * self._bands()),
            session_ms=_small(customers.session_minutes.whole(rows[:, Column.SESSION], MINUTE), "i"),
            reached_at_attempt=_small(attempts),
            refuses_on_call=_flags(refuses),
            reschedules=_flags(rows[:, Column.RESCHEDULES] < customers.reschedules),
            reschedule_fraction=array("f", rows[:, Column.RESCHEDULE_WHEN].astype(np.float32).tobytes()),
            move_days=_small(np.rint(customers.moves_by_days.of(rows[:, Column.MOVE_BY]))),
            cancels=_flags(rows[:, Column.CANCELS] < customers.cancels),
            cancel_fraction=array("f", rows[:, Column.CANCEL_WHEN].astype(np.float32).tobytes()),
            visits_in_vain=_small(_in_vain(rows[:, Column.VISITS_IN_VAIN], self._scenario.visits_in_vain)),
            latency_ms=self._latencies(rows),
        )

    def _bands(self) -> int:
        return len(self._scenario.territories[0].capacity[0])

    @cached_property
    def _weights(self) -> Weights:
        plans = self._scenario.operators
        return Weights(
            operators=tuple(plan.orders_per_year for plan in plans),
            services=[tuple(plan.services.get(name, 0.0) for name in SERVICE_NAMES) for plan in plans],
            territories=tuple(place.share for place in self._scenario.territories),
            with_code=np.array([plan.share_with_code for plan in plans]),
        )

    def _operators_and_services(self, rows: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        operator = _chosen(rows[:, Column.OPERATOR], self._weights.operators)
        service = np.zeros(len(rows), dtype=np.int64)
        for number, weights in enumerate(self._weights.services):
            of_operator = operator == number
            service[of_operator] = _chosen(rows[of_operator, Column.SERVICE], weights)
        return operator, service

    def _line_ready_at(
        self, received: NDArray[np.int64], service: NDArray[np.int64], uniforms: Floats
    ) -> NDArray[np.int64]:
        ready, family = received.copy(), FAMILY_OF_SERVICE[service]
        for number, (after_hours, open_time) in enumerate(self._lines):
            of_family = family == number
            if of_family.any():
                delays = (after_hours.of(uniforms[of_family]) * HOUR).astype(np.int64)
                ready[of_family] = open_time.after_each(received[of_family], delays)
        return ready

    def _calls(self, operator: NDArray[np.int64], rows: Floats) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """At which attempt the operator's call centre reaches the customer, and whether the customer then refuses."""
        most, log_of_missed, refuses = self._call_centres
        needed = np.floor(np.log1p(-rows[:, Column.CALL_ATTEMPTS]) / log_of_missed[operator]) + 1
        attempts = np.where(needed <= most[operator], needed, NEVER_REACHED).astype(np.int64)
        return attempts, rows[:, Column.CALL_OUTCOME] < refuses[operator]

    @cached_property
    def _call_centres(self) -> tuple[Floats, Floats, Floats]:
        """Of each operator: the most attempts, the logarithm of the share missed at one, the share who refuse."""
        figures = np.array([[0.0, -1.0, 0.0]] * len(self._scenario.operators))
        for number, plan in enumerate(self._scenario.operators):
            centre = plan.call_centre
            if centre is not None and centre.reached_per_attempt:
                missed = max(1.0 - centre.reached_per_attempt, 1e-12)
                figures[number] = centre.attempts, np.log(missed), centre.refuses
        most, log_of_missed, refuses = figures.T.copy()
        return most, log_of_missed, refuses

    def _latencies(self, rows: Floats) -> array[int]:
        latency = self._scenario.notifications.latency_ms
        if latency.constant is not None:
            return array("i")
        return _small(np.column_stack([latency.rounded(rows[:, column]) for column in LATENCIES]), "i")


def _moved(order: RecordedOrder, days: int) -> RecordedOrder:
    """The same order some days later, at the same time of day; it may come twice, so it bears no code."""
    ready = order.line_ready_at
    line_ready_at = None if ready is None else _later(ready, days)
    return replace(order, received_at=_later(order.received_at, days), line_ready_at=line_ready_at, code="")


def _later(instant: int, days: int) -> int:
    day, time = wall_clock(instant)
    return instant_of(day + days, time)


def _chosen(uniforms: Floats, weights: tuple[float, ...]) -> NDArray[np.int64]:
    """The index that each uniform picks among weights."""
    return np.minimum(chances_of(weights).of(uniforms), _last_of(weights)).astype(np.int64)


@lru_cache(maxsize=256)
def _last_of(weights: tuple[float, ...]) -> int:
    """The last index that can be picked."""
    return int(np.flatnonzero(np.array(weights))[-1]) if any(weights) else 0


def _behaviour(uniforms: Floats, books: float, refuses: float) -> NDArray[np.int64]:
    return np.where(uniforms < books, BOOKS, np.where(uniforms < books + refuses, REFUSES, NOTHING))


def _in_vain(uniforms: Floats, share: float) -> Floats:
    """How many visits of each order are in vain, each with the same chance; the more the share, never the fewer."""
    if not share:
        return np.zeros(len(uniforms))
    in_vain = np.floor(np.log1p(-uniforms) / np.log(min(share, CERTAIN)))
    return np.asarray(np.minimum(in_vain, MOST_IN_VAIN))


def _whole(values: NDArray[np.generic]) -> array[int]:
    return array("q", values.astype(np.int64).tobytes())


def _flags(values: NDArray[np.bool_]) -> array[int]:
    """Yes and no as 1 and 0."""
    return array("h", values.astype("h").tobytes())


def _small(values: NDArray[np.number], code: Literal["h", "i"] = "h") -> array[int]:
    """The numbers in two or four bytes each, none beyond what these hold: many days are in memory at a time."""
    bounded = np.minimum(np.maximum(values, 0), LARGEST[code])  # `clip` takes five times as long for a few orders
    return array(code, bounded.astype(code).tobytes())
