"""An order as the simulated people know it: its row in the orders of its day, its links, and what they intend to do.

The service keeps its own order; this is the side of those who act on it. Both are forgotten when the order has ended.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from reference_impl.orders import Order
from sim.capacity.engine.order_codes import made_code

CUSTOMER, OPERATOR = 0, 1


@dataclass(frozen=True, slots=True)
class DayOfOrders:
    """The orders of one day in order of arrival; each member but the first six has one item for each order.

    Instants and durations are milliseconds; `fraction`s are 0 to 1.
    """

    day: int
    size: int
    text: str
    measured: bool
    codes: Mapping[int, str]  # those that a file gives, by place in the day
    acts_at: Mapping[int, int]  # when customers booked who had done so before the run, by place in the day
    received_at: array[int]
    operator: array[int]
    service: array[int]
    territory: array[int]
    has_code: array[int]
    line_ready_at: array[int]
    behaviour: array[int]
    answer_ms: array[int]
    wish_days: array[int]
    wish_band: array[int]
    session_ms: array[int]
    reached_at_attempt: array[int]
    refuses_on_call: array[int]
    reschedules: array[int]
    reschedule_fraction: array[float]
    move_days: array[int]
    cancels: array[int]
    cancel_fraction: array[float]
    visits_in_vain: array[int]  # before the one that does the work
    latency_ms: array[int]  # `LATENCIES` of each order, one order's after another's

    def __len__(self) -> int:
        return self.size

    def code(self, index: int) -> str:
        """The order code: as its operator wrote it, else the day and the order's place in it."""
        codes = self.codes
        return codes[index] if index in codes else made_code(self.text, index)


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
