"""One row for each measured order that has ended, for those who ask for the orders themselves."""

from __future__ import annotations

from array import array

import numpy as np

from reference_impl.orders import State
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.tally import Arrays

NONE = -1
COLUMNS = (
    "day",
    "number",
    "operator",
    "service",
    "territory",
    "received_at",
    "line_ready_at",
    "sms_at",
    "looked_at",
    "booked_at",
    "visit_at",
    "added_ms",
    "reschedules",
    "state",
    "acted_by",
    "refused_at",
    "calls",
)
STATES = tuple(State)
PREFIX = "order_"


class OrderRows:
    """The rows, by column. Instants are milliseconds since the epoch, -1 where there is none."""

    def __init__(self) -> None:
        self._columns = {name: array("q") for name in COLUMNS}

    def add(self, under_way: OrderUnderWay) -> None:
        """Add an order that has ended."""
        day, index, order = under_way.day, under_way.index, under_way.order
        if not day.measured:
            return
        visit_at = order.slot.start if order.slot is not None and order.state is State.VISITED else None
        row = (
            day.day,
            index,
            day.operator[index],
            day.service[index],
            day.territory[index],
            day.received_at[index],
            day.line_ready_at[index],
            order.sms_at,
            under_way.looked_at,
            under_way.booked_at,
            visit_at,
            under_way.added_ms,
            order.reschedules,
            STATES.index(order.state),
            under_way.acted_by,
            under_way.refused_at,
            under_way.calls,
        )
        for column, value in zip(self._columns.values(), row, strict=True):
            column.append(NONE if value is None else value)

    def arrays(self) -> Arrays:
        """The columns as named arrays."""
        return {PREFIX + name: np.array(column, dtype=np.int64) for name, column in self._columns.items()}
