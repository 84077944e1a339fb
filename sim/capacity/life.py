"""An order as the simulated people know it: its row of draws, its links, and what they intend to do.

The service keeps its own order; this is the side of those who act on it. Both are forgotten when the order has ended.
"""

from __future__ import annotations

from reference_impl.orders import Order
from sim.capacity.workload import DayOfOrders


class Life:
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
    )

    def __init__(self, code: str, day: DayOfOrders, index: int, order: Order) -> None:
        self.code, self.day, self.index, self.order = code, day, index, order
        self.link = ""
        self.operator_link = ""
        self.acts_at: int | None = None  # when the customer means to act
        self.booked_at: int | None = None
        self.notices = 0
        self.found_no_slot = False

    @property
    def territory(self) -> int:
        """The territory, by its place in the scenario."""
        return self.day.territory[self.index]

    @property
    def received_at(self) -> int:
        """When the order was handed in."""
        return self.day.received_at[self.index]
