"""An order as the simulated people know it: its row of draws, its links, and what they intend to do.

The service keeps its own order; this is the side of those who act on it. Both are forgotten when the order has ended.
"""

from __future__ import annotations

from reference_impl.orders import Order
from sim.capacity.engine.workload import DayOfOrders

CUSTOMER, OPERATOR = 0, 1


class OrderUnderWay:
    """One order under way."""

    __slots__ = (
        "acted_by",
        "acts_at",
        "added_ms",
        "booked_at",
        "calls",
        "code",
        "day",
        "found_no_slot",
        "index",
        "link",
        "looked_at",
        "notices",
        "operator_link",
        "order",
        "received_at",
        "refused_at",
        "territory",
        "wished_at",
        "wished_day",
    )

    def __init__(self, code: str, day: DayOfOrders, index: int, order: Order) -> None:
        self.code, self.day, self.index, self.order = code, day, index, order
        self.territory, self.received_at = day.territory[index], day.received_at[index]
        self.link = ""
        self.operator_link = ""
        self.acts_at: int | None = None  # when the customer means to act
        self.acted_by: int | None = None  # who came first to act: `CUSTOMER` or `OPERATOR`
        self.refused_at: int | None = None
        self.booked_at: int | None = None
        self.looked_at: int | None = None  # when somebody first looked for a slot
        self.wished_at = 0  # when the slot begins that they would have had, had nobody else booked
        self.wished_day = 0
        self.added_ms = 0  # by which the slots that they had were later than those that they wished
        self.calls = 0
        self.notices = 0
        self.found_no_slot = False
