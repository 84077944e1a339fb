"""One replication by the cohort engine: days as arrays, one ordered loop, one event of SimPy for each day.

It counts what the service engine counts, to the last bit. What it has no form for raises CannotTabulate.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, instant_of
from reference_impl.deadlines import WINDOW_CLOSES
from reference_impl.policy import Policy
from reference_impl.registry import operator_from
from reference_impl.slot_agenda import days_offered
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at
from sim.capacity.cohort import loop
from sim.capacity.cohort.day_rows import DayRows
from sim.capacity.cohort.life_tables import HAPPENINGS, CannotTabulate, life_tables
from sim.capacity.cohort.replay import Replay, Replies, sampled_part
from sim.capacity.cohort.slot_tables import slot_tables
from sim.capacity.cohort.world import make_room, make_room_for_orders, new_world, stop_day
from sim.capacity.engine.counting_ports import sampled_every
from sim.capacity.engine.engine import Progress
from sim.capacity.engine.order_rows import COLUMNS, PREFIX
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.engine.places import Places
from sim.capacity.engine.tally import SCALARS, Arrays, from_horizon
from sim.capacity.engine.workload import Workload
from sim.capacity.scenario.scenario import Scenario
from sim.recorder import Event

Numbers = NDArray[np.int64]
FURTHER = ("visits_again", "orders_again", "done")
SCALAR_REGISTERS: Mapping[str, int] = {
    "orders": at.ORDERS,
    "sms_after_window": at.SMS_AFTER_WINDOW,
    "largest_sms_delay_ms": at.LARGEST_SMS_DELAY,
    "slots_over_capacity": at.SLOTS_OVER_CAPACITY,
    "sms_delay_ms": at.SMS_DELAY,
    "notification_wait_ms": at.NOTIFICATION_WAIT,
}


class CohortEngine:
    """One replication. `run` is the loop, as it stands or compiled."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        progress: Progress | None = None,
        keeps_orders: bool = False,
        run: Any = loop.run,
    ) -> None:
        self._scenario, self._progress, self._run, self._keeps_orders = scenario, progress, run, keeps_orders
        policy = Policy.from_readings(scenario.readings)
        self._workload = workload = Workload(scenario, policy, seed, replication)
        registered = [operator_from(plan.registration) for plan in scenario.operators]
        codes = [plan.codes for plan in scenario.operators]
        self._stop_day = stop_day(workload, scenario)
        days = range(workload.first_day, self._stop_day + days_offered(policy) + 1)
        places = Places(scenario, policy, seed, replication)
        slots = slot_tables(policy, places, len(scenario.territories), days, workload.measured_days)
        self._capacity = slots.capacity
        self._world = new_world(scenario, policy, workload, life_tables(policy, registered[0]), slots)
        self._world.reg[at.KEEPS_ORDERS] = keeps_orders
        self._rows = DayRows(
            policy,
            list(zip(registered, codes, strict=True)),
            workload.days[0],
            instant_of(self._stop_day),
            sampled_every(scenario, workload.expected_orders),
        )
        self._seed, self._replication, self._slots = seed, replication, slots.slots
        self._sampled_every = sampled_every(scenario, workload.expected_orders)
        self._sampled_days: dict[int, DayOfOrders] = {}
        self._replies: list[Numbers] = []
        self._order_rows: list[Numbers] = []
        self._visit_rows: list[Numbers] = []

    def run(self) -> None:
        """Let the days pass on SimPy's clock. Raises CannotTabulate where something has no form here."""
        env = simpy.Environment(initial_time=instant_of(self._workload.first_day))
        env.process(self._days(env))
        env.run()

    def trace(self) -> Sequence[Event]:
        """The trace of the sampled orders, which the service runs once more. Raises EnginesDisagree."""
        replies = Replies(self.replies(), self._slots)
        stopped_on = self._workload.first_day + int(self._world.reg[at.TODAY])
        replay = Replay(self._scenario, self._seed, self._replication, replies, self._sampled_days, stopped_on)
        replay.run()
        return replay.finish_trace()

    def replies(self) -> Numbers:
        """What queues answered the sampled orders, in the order of the answers: day, index, kind, value."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._replies]).reshape(-1, at.REPLY_FIELDS)

    def arrays(self) -> Arrays:
        """Everything that was counted, named and shaped as the service engine's."""
        world, days, measured = self._world, self._workload.days, self._workload.measured_days
        start, today = int(world.reg[at.START]), int(world.reg[at.TODAY]) + self._workload.first_day
        hours = world.hours[: (instant_of(today) - start) // HOUR + 1]
        return {
            **from_horizon(days[0], start, hours, world.handed, world.sent),
            "outcomes": world.outcomes,
            "measures": world.measures,
            "waits": world.waits,
            "cohorts": world.cohorts,
            "visits": world.visits,
            "capacity": self._capacity,
            "calls": world.calls,
            "lead": world.lead,
            "lead_weekdays": world.lead_weekdays,
            "weeks": world.weeks,
            "scalars": np.array([world.reg[SCALAR_REGISTERS[name]] for name in SCALARS], dtype=np.int64),
            "days": np.array([days[0], len(days), measured[0], len(measured)], dtype=np.int64),
            **(self._further(hours) if self._scenario.tells_further_visits else {}),
            **({"opening": world.opening} if self._scenario.open_orders else {}),
            **(self._kept_orders() if self._keeps_orders else {}),
        }

    def _further(self, hours: Numbers) -> Arrays:
        """What is counted of visits after the first."""
        world = self._world
        before = (int(world.reg[at.HORIZON]) - int(world.reg[at.START])) // HOUR
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *self._visit_rows]).reshape(-1, at.VISIT_FIELDS)
        return {
            **{name: getattr(world, name) for name in FURTHER},
            "hours_again": world.hours_again[before : len(hours)],
            **({"visit_rows": rows} if self._keeps_orders else {}),
        }

    def _kept_orders(self) -> Arrays:
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *self._order_rows]).reshape(-1, at.ORDER_ROW_FIELDS)
        return {PREFIX + name: rows[:, column].copy() for column, name in enumerate(COLUMNS)}

    def _days(self, env: simpy.Environment) -> Generator[simpy.Event, None, None]:
        for day in range(self._workload.first_day, self._stop_day + 1):
            self._begin(day)
            coming, fractions = self._rows_of(day)
            self._make_room(len(fractions))
            self._world = self._world._replace(coming=coming, coming_fractions=fractions)
            while self._go_on(instant_of(day + 1)) == at.TABLE_FULL:
                make_room(self._world)
            if self._world.reg[at.STOPPED]:
                return
            yield env.timeout(instant_of(day + 1) - instant_of(day))

    def _begin(self, day: int) -> None:
        world, first = self._world, self._workload.first_day
        world.reg[at.TODAY] = day - first
        world.reg[at.MEASURING] = day in self._workload.measured_days
        world.reg[at.WINDOW_END] = instant_of(day, WINDOW_CLOSES) + 1
        world.reg[at.FIRST_SPAN] = (instant_of(day) - instant_of(first)) // SPAN
        world.reg[at.TAKEN_IN] = 0

    def _rows_of(self, day: int) -> tuple[Numbers, NDArray[np.float64]]:
        days = self._workload.days
        if day not in self._workload.arrival_days:
            return np.zeros((len(at.COMING), 0), dtype=np.int64), np.zeros(0)
        orders = self._workload.day(day)
        self._sampled_days[day] = sampled_part(orders, self._sampled_every)
        rows = self._rows.of(orders)
        if self._progress is not None:
            self._progress(int(self._world.reg[at.ORDERS]), max(day - days[0], 0) / len(days))
        return rows

    def _make_room(self, orders: int) -> None:
        free = int(self._world.reg[at.FREE_ORDERS])
        if free < orders:
            self._world = make_room_for_orders(self._world, max(orders - free, len(self._world.orders) // 8))

    def _go_on(self, until: int) -> int:
        world = self._world
        ending = self._run(world, until)
        for numbers, register, parts in (
            (world.replies, at.REPLIES, self._replies),
            (world.order_rows, at.ORDER_ROWS, self._order_rows),
            (world.visit_rows, at.VISIT_ROWS, self._visit_rows),
        ):
            if world.reg[register]:
                parts.append(numbers[: world.reg[register]].copy())
                world.reg[register] = 0
        problem = int(self._world.reg[at.PROBLEM])
        if problem:
            happening = HAPPENINGS[problem - 1] if problem <= len(HAPPENINGS) else "a deposit run out of turn"
            raise CannotTabulate(f"{happening} of an order in a state that is not tabulated")
        return int(ending)
