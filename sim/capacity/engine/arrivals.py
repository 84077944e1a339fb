"""How the orders of a day come in: each at its own instant, some of them sampled for the judge.

What lives here: from an order of the workload to an order of the service. It must not know what becomes of it.
"""

from __future__ import annotations

from collections.abc import MutableMapping

from reference_impl.intake import WorkOrder
from reference_impl.ports import OrderKey
from reference_impl.service import Service
from sim.agenda import Agenda
from sim.capacity.engine.counting_ports import Sampled, is_sampled
from sim.capacity.engine.order_under_way import DayOfOrders, OrderUnderWay
from sim.capacity.engine.tally import HourlyCount, Tally
from sim.capacity.scenario.scenario import SERVICE_NAMES, Scenario

NUMBERS = 10_000_000  # telephone numbers +39333…
NUMBERS_A_DAY = 100_003  # a prime: days begin at different numbers, however many there are


class Arrivals:
    """Hands the orders of each day to the service, and adds them to the orders under way.

    One order in `sampled_every` is kept for the judge; none where it is 0.
    """

    def __init__(
        self,
        scenario: Scenario,
        service: Service,
        agenda: Agenda,
        tally: Tally,
        orders_under_way: MutableMapping[OrderKey, OrderUnderWay],
        sampled: Sampled,
        sampled_every: int,
    ) -> None:
        self._service, self._agenda, self._tally, self._under_way = service, agenda, tally, orders_under_way
        self._sampled, self._sampled_every = sampled, sampled_every
        self._operators = [plan.name for plan in scenario.operators]
        self._codes = [plan.codes for plan in scenario.operators]
        self._territories = [place.name for place in scenario.territories]
        self._orders: DayOfOrders | None = None  # of the day, until all of them have come
        self._index = 0  # how many of them have come
        self._ready = self._line_is_ready  # made once, not for each promise

    def begin_day(self, orders: DayOfOrders | None) -> None:
        """Expect the orders of a day; None where it has none."""
        self._orders, self._index = orders or None, 0

    def take_in(self, until: int) -> int | None:
        """Let the orders in that come before an instant, each as of its own instant. Returns when the next one comes.

        Until its line is ready an order asks nothing of anybody, so it makes no difference that they come in together.
        A sampled order comes at its own instant, because the trace is in order of time. Its line takes its turn among
        those that are ready at the same instant here, as all lines do, so that sampling changes nothing.
        """
        orders = self._orders
        if orders is None:
            return None
        instants, size, index = orders.received_at, orders.size, self._index
        while index < size and instants[index] < until:
            if is_sampled(orders.day, index, self._sampled_every):
                self._promise_sampled(orders, index)
            else:
                under_way = self._arrive(orders, index)
                self._agenda.wake_at(orders.line_ready_at[index], self._ready, under_way)
            index += 1
        self._index = index
        if index < size:
            return instants[index]
        self._orders = None
        return None

    def key_of(self, orders: DayOfOrders, index: int) -> OrderKey:
        """The operator and the code of an order of a day."""
        return OrderKey(self._operators[orders.operator[index]], orders.code(index))

    def _promise_sampled(self, orders: DayOfOrders, index: int) -> None:
        self._agenda.wake_at(orders.received_at[index], self._sampled_arrives, (orders, index))
        self._agenda.wake_at(orders.line_ready_at[index], self._sampled_is_ready, (orders, index))

    def _sampled_arrives(self, place: tuple[DayOfOrders, int], now: int) -> None:
        self._sampled.orders.add(self.key_of(*place))
        self._arrive(*place)

    def _sampled_is_ready(self, place: tuple[DayOfOrders, int], now: int) -> None:
        under_way = self._under_way.get(self.key_of(*place))
        if under_way is not None:
            self._line_is_ready(under_way, now)

    def _arrive(self, orders: DayOfOrders, index: int) -> OrderUnderWay:
        work = self._work_order(orders, index)
        order = self._service.accept(work, orders.received_at[index])
        under_way = self._under_way[order.key] = OrderUnderWay(work.code, orders, index, order)
        self._tally.received(under_way)
        return under_way

    def _work_order(self, orders: DayOfOrders, index: int) -> WorkOrder:
        operator = orders.operator[index]
        project, delivery = self._codes[operator] if orders.has_code[index] else (None, None)
        return WorkOrder(  # by position: named arguments cost more than the order itself
            orders.code(index),
            self._operators[operator],
            SERVICE_NAMES[orders.service[index]],
            "LNA",
            project,
            delivery,
            False,
            False,
            f"+39333{(orders.day * NUMBERS_A_DAY + index) % NUMBERS:07d}",
            "activation",
            self._territories[orders.territory[index]],
        )

    def _line_is_ready(self, under_way: OrderUnderWay, now: int) -> None:
        if under_way.order.ended_at is not None:  # it was handed back when it came in
            return
        self._tally.row[HourlyCount.LINE_READY] += 1
        self._service.line_event(under_way.order, under_way.order.family.trigger, now)  # type: ignore[union-attr]
