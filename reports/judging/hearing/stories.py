"""The stories of the orders of a trace: each is complete at the last event of its order.

What lives here: the second reading of a trace, which keeps only the orders under way. It must not know the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.judging.events import Event
from reports.judging.hearing.survey import Survey
from reports.judging.order_owners import NO_ORDER, KnownOrder
from reports.judging.order_story import OrderStory
from reports.judging.row_forms import first_rows
from reports.judging.worlds import problem_of_form, without_rows


@dataclass(slots=True)
class Stories:
    """The orders under way while a surveyed trace is read again."""

    survey: Survey
    under_way: dict[int, OrderStory] = field(default_factory=dict)

    def take(self, event: Event) -> Sequence[KnownOrder]:
        """Takes one more event of the trace. Returns the orders of which it is the last event."""
        register = self.survey.register
        number = register.owner_of[event.index]
        if number != NO_ORDER:
            story, order = self.under_way.get(number) or self._begun(number), register.orders[number]
            story.take(event)
            return (order,) if order.last == event.index else ()
        if event.type == "csv.deposited":
            return self._take_rows(event)
        if event.index not in register.unattributed:
            return ()
        orders = [register.orders[number] for number in register.unattributed[event.index]]
        for order in orders:
            self._story(order.number).unattributed.append(event)
        return [order for order in orders if order.last == event.index]

    def finished(self, order: KnownOrder) -> OrderStory:
        """The story of an order whose last event was read; it is forgotten here."""
        return self.under_way.pop(order.number)

    def _take_rows(self, deposit: Event) -> Sequence[KnownOrder]:
        owners, operator = self.survey.world_of(deposit).owners, str(deposit.data["operator"])
        rows = deposit.data["rows"]
        firsts = first_rows(rows, empty_dates=problem_of_form(deposit) is None)
        file = without_rows(deposit, first_row=rows[:1], first_rows=firsts)
        finished_orders: dict[int, KnownOrder] = {}
        for row in rows:
            order = owners.find(operator, row["order"])
            assert order is not None  # the survey saw this row
            self._story(order.number).take_row(file, row)
            if order.last == deposit.index:
                finished_orders[order.number] = order
        return list(finished_orders.values())

    def _story(self, number: int) -> OrderStory:
        return self.under_way.get(number) or self._begun(number)

    def _begun(self, number: int) -> OrderStory:
        order = self.survey.register.orders[number]
        story = self.under_way[number] = OrderStory(order.code, order.operator, shares_its_code=order.shares_its_code)
        return story
