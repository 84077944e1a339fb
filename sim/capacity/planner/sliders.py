"""Which values of a scenario the planner's page lets one move, and between which ends.

What lives here: a few parameters that a planner turns, found in the values of a scenario. It must not know any page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

FACTOR = 4  # up to so many times, and down to such a part, of what the scenario says
MOST_PLACES, MOST_OPERATORS, MOST_SLIDERS = 4, 3, 14
SHARE_STEP = 0.01
SHARES, LARGEST_SHARE = ("technicians.absence", "customers.no_show", "technicians.second_visit"), 0.5


@dataclass(frozen=True, slots=True)
class Slider:
    """A value that can be moved: its dotted path, what it is now, the ends and the step."""

    path: str
    now: float
    low: float
    high: float
    step: float


def sliders_of(values: Mapping[str, Any]) -> list[Slider]:
    """The sliders of a scenario, as its values are written."""
    sliders = [*_territories(values), *_operators(values), *_wires(values), *_customers(values), *_visits(values)]
    return sliders[:MOST_SLIDERS]


def _territories(values: Mapping[str, Any]) -> Iterator[Slider]:
    """The total where the scenario spreads one; else the territories, if they are few."""
    territories = values.get("territories") or {}
    if _is_number(territories.get("slots_per_band")):
        yield _counted("territories.slots_per_band", territories["slots_per_band"])
    named = {name: place for name, place in territories.items() if isinstance(place, Mapping)}
    own = {name: place["slots_per_band"] for name, place in named.items() if _is_number(place.get("slots_per_band"))}
    for name, slots in list(own.items())[:MOST_PLACES]:
        yield _counted(f"territories.{name}.slots_per_band", slots)


def _operators(values: Mapping[str, Any]) -> Iterator[Slider]:
    operators = list(values.get("operators") or [])[:MOST_OPERATORS]
    for number, plan in enumerate(operators, 1):
        agents = (plan.get("call_centre") or {}).get("agents")
        if _is_number(agents):
            yield _counted(f"operators.{number}.call_centre.agents", agents)
    for number, plan in enumerate(operators, 1):
        if _is_number(plan.get("orders_per_year")):
            orders = float(plan["orders_per_year"])
            step = max(10.0 ** (len(str(int(orders))) - 3), 1.0)
            yield Slider(
                f"operators.{number}.orders_per_year", orders, _floor(orders / FACTOR, step), orders * FACTOR, step
            )


def _wires(values: Mapping[str, Any]) -> Iterator[Slider]:
    per_second = (values.get("sms") or {}).get("per_second")
    if _is_number(per_second):
        step = 1.0 if per_second >= 4 else 0.1
        yield Slider("sms.per_second", float(per_second), step, float(per_second) * FACTOR, step)
    concurrency = (values.get("notifications") or {}).get("concurrency")
    if _is_number(concurrency):
        yield _counted("notifications.concurrency", concurrency)


def _customers(values: Mapping[str, Any]) -> Iterator[Slider]:
    customers = values.get("customers") or {}
    refuses = float(customers.get("refuses") or 0)
    if _is_number(customers.get("books")):
        yield Slider("customers.books", float(customers["books"]), 0.0, round(1 - refuses, 2), SHARE_STEP)


def _visits(values: Mapping[str, Any]) -> Iterator[Slider]:
    """What goes wrong with visits: nothing, unless the scenario says so."""
    for path in SHARES:
        table, key = path.split(".")
        now = (values.get(table) or {}).get(key, 0)
        if _is_number(now):
            yield Slider(path, float(now), 0.0, max(LARGEST_SHARE, float(now)), SHARE_STEP)


def _counted(path: str, now: float) -> Slider:
    """Things that are counted: whole numbers from one on."""
    return Slider(path, float(now), 1.0, float(max(now * FACTOR, FACTOR)), 1.0)


def _floor(value: float, step: float) -> float:
    return max(step, value // step * step)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
