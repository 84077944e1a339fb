"""A run that begins with the state in which another was cut goes on as that one does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import date_of, day_of, format_instant, instant_of, wall_clock
from reference_impl.orders import State
from sim.capacity.engine.engine import Engine, run_replication
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.intervals import interval
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.engines.opening_cases import (
    BANDS,
    START,
    Changes,
    with_opening,
)


class Cut(Engine):
    """A run that writes down, at the midnight of a day, what an opening state has of it."""

    def __init__(self, scenario: Scenario, replication: int, cut: date) -> None:
        super().__init__(scenario, 1, replication, None, None)
        self._cut = day_of(cut)
        self.open_orders: list[str] = []
        self.booked_orders: list[str] = []
        self.taken: Counter[tuple[str, str]] = Counter()

    def _begin_day(self, day: int) -> None:
        if day == self._cut:
            for under_way in self._under_way.values():
                if under_way.order.state is State.BOOKED:
                    self._note_slot(under_way)
                else:
                    self._note_order(under_way)
        super()._begin_day(day)

    def _note_slot(self, under_way: OrderUnderWay) -> None:
        assert under_way.order.slot is not None
        day, time = wall_clock(under_way.order.slot.start)
        slot = date_of(day).isoformat(), BANDS[[start for start, _ in self._bands].index(time)]
        self.taken[slot] += 1
        self.booked_orders.append(",".join([self._row(under_way), *slot]))

    def _note_order(self, under_way: OrderUnderWay) -> None:
        self.open_orders.append(self._row(under_way))

    def _row(self, under_way: OrderUnderWay) -> str:
        ready_at = under_way.day.line_ready_at[under_way.index]
        ready = format_instant(ready_at, True) if ready_at < instant_of(self._cut) else ""
        received = format_instant(under_way.received_at, True)
        return f"{received},ALFA,{under_way.order.work.service},lazio,{ready}"

    def rows(self) -> dict[str, list[str]]:
        """The rows of the two files."""
        slots = [f"lazio,{day},{band},{taken}" for (day, band), taken in self.taken.items()]
        return {"orders": self.open_orders, "slots": slots}

    def rows_of_orders(self) -> dict[str, list[str]]:
        """The same with every appointment as the order's own."""
        return {"orders": [*self.booked_orders, *(f"{row},," for row in self.open_orders)]}


def test_a_run_goes_on_from_the_state_in_which_another_was_cut(tmp_path: Path) -> None:
    """The second week is as if nothing had been cut; a cold start has fewer bookings and fewer visits.

    Appointments may be given as taken slots, or as orders that have booked, which may still move and cancel.
    """
    cut = START + timedelta(7)
    crowded: Changes = {"territories": {"lazio": {"share": 1, "slots_per_band": 4}}, "sample__orders": 0}
    both_weeks = with_opening(tmp_path, horizon__days=14, horizon__warm_up_days=7, **crowded)
    second_week: Changes = {"horizon__start": cut, "horizon__days": 7, **crowded}
    counted: dict[str, list[NDArray[np.int64]]] = {"uncut": [], "opened": [], "singly": [], "cold": []}
    for replication in range(5):
        uncut = Cut(both_weeks, replication, cut)
        uncut.run()
        counted["uncut"].append(booked_and_visited(uncut.arrays()))
        for name, rows in (("opened", uncut.rows()), ("singly", uncut.rows_of_orders()), ("cold", {})):
            arrays_of_second_week = run_replication(
                with_opening(tmp_path, **rows, **second_week), 1, replication
            ).arrays
            counted[name].append(booked_and_visited(arrays_of_second_week))
    for column in (0, 1):
        expected, opened, singly, cold = (interval([float(row[column]) for row in rows]) for rows in counted.values())
        assert expected.low < opened.mean < expected.high
        assert cold.mean < expected.low
        assert expected.low < singly.mean < expected.high
        assert abs(opened.mean - expected.mean) < 0.03 * expected.mean  # 0.2 % over 60 replications
        assert abs(singly.mean - expected.mean) < 0.03 * expected.mean


def booked_and_visited(arrays: Arrays) -> NDArray[np.int64]:
    """Bookings by customers in the last week of orders, and visits of its slots."""
    hours, days = arrays["hours"], int(arrays["days"][1])
    last_week = range(24 * (days - 7), 24 * days)
    return np.array([hours[last_week, HourlyCount.BOOKED_BY_CUSTOMER].sum(), arrays["visits"].sum()])
