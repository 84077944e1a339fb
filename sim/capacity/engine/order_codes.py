"""The codes of a run's orders: made from day and place, or as an operator wrote them in a file of orders.

A code belongs to its operator: two operators may hand in the same one. Where some orders of a file bear codes and
others bear none, no code is made that the same operator has written elsewhere in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reference_impl.civil_time import date_of
from sim.capacity.engine.open_orders import by_day
from sim.capacity.scenario.demand import RecordedOrder
from sim.capacity.scenario.scenario import Scenario


def day_text(day: int) -> str:
    """The day (from the epoch) as the codes that are made begin."""
    return date_of(day).strftime("%Y%m%d")


def made_code(day: str, index: int) -> str:
    """The code of an order that bears none: its day as text, then its place in it."""
    return f"{day}-{index:06d}"


class OrderCodes:
    """The codes that the files of a scenario give to orders."""

    def __init__(self, scenario: Scenario) -> None:
        orders = (*kept_codes(scenario), *scenario.open_orders)
        self._given = frozenset((order.operator, order.code) for order in orders if order.code)

    def of_day(self, day: int, orders: Sequence[RecordedOrder]) -> Mapping[int, str]:
        """The codes of a day's orders that are not simply made, by place in the day."""
        if not self._given:
            return {}
        text = day_text(day)
        codes = {index: order.code or self.free(order.operator, text, index) for index, order in enumerate(orders)}
        return _not_made(codes, text)

    def of_drawn(self, day: int, operators: Sequence[str]) -> Mapping[int, str]:
        """The same of a day's orders that stand in no file, of which the operators are given."""
        text = day_text(day) if self._given else ""
        if not any(code.startswith(text) for _, code in self._given):
            return {}
        return _not_made({index: self.free(operator, text, index) for index, operator in enumerate(operators)}, text)

    def free(self, operator: str, day: str, index: int) -> str:
        """The code that is made for an order, so that its operator has written it nowhere."""
        code = made_code(day, index)
        while (operator, code) in self._given:
            code += "-0"
        return code


def _not_made(codes: Mapping[int, str], day: str) -> Mapping[int, str]:
    return {index: code for index, code in codes.items() if code != made_code(day, index)}


def kept_codes(scenario: Scenario) -> Sequence[RecordedOrder]:
    """The recorded orders that come with the codes that they bear; drawn again, one would come twice under its own."""
    return () if scenario.resamples else scenario.recorded or ()


def codes_of_rows(
    scenario: Scenario, days: Sequence[int], indices: Sequence[int], operators: Sequence[int]
) -> Sequence[str]:
    """The codes of orders of the horizon, of which days, places and the numbers of their operators are given."""
    codes, recorded = OrderCodes(scenario), by_day(kept_codes(scenario))
    texts = {day: day_text(day) for day in set(days)}
    names = [plan.name for plan in scenario.operators]
    return [
        (recorded[day][index].code if day in recorded else "") or codes.free(names[operator], texts[day], index)
        for day, index, operator in zip(days, indices, operators, strict=True)
    ]
