"""An order as the simulated people know it: its row of draws, its links, and what they intend to do.

The service keeps its own order; this is the side of those who act on it. Both are forgotten when the order has ended.
"""

from __future__ import annotations

from reference_impl.orders import Order
from sim.capacity.engine.workload import DayOfOrders


class OrderUnderWay:
    """One order under way."""

    __slots__ = (
        "acts_at",
        "booked_at",
        "code",
        "day",
        "found_no_slot",
        "index",
        "link",
        "notices",
        "operator_link",
        "order",
        "received_at",
        "territory",
    )

    def __init__(self, code: str, day: DayOfOrders, index: int, order: Order) -> None:
        self.code, self.day, self.index, self.order = code, day, index, order
        self.territory, self.received_at = day.territory[index], day.received_at[index]
        self.link = ""
        self.operator_link = ""
        self.acts_at: int | None = None  # when the customer means to act
        self.booked_at: int | None = None
        self.notices = 0
        self.found_no_slot = False
