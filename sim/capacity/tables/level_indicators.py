"""Indicators of the service level by week, and of what the measured days cost.

What lives here: one table and its functions. They need the scenario: the level that is asked for, and prices.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reference_impl.civil_time import DAY, HOUR, instant_of
from reference_impl.policy import Policy
from sim.capacity.engine.tally import DurationKind, HourlyCount, Outcome
from sim.capacity.histogram import quantile_ms
from sim.capacity.scenario.open_hours import OpenTime, days_of_rest
from sim.capacity.scenario.scenario import CallCentre, Costs, Scenario
from sim.capacity.tables.counts import Counts, ratio
from sim.capacity.tables.indicator import Indicator

Price = Callable[[Counts, Scenario, Costs], float]


def open_hours_of(centre: CallCentre, scenario: Scenario, measured: range) -> float:
    """How many hours a call centre is open on the measured days."""
    holidays = days_of_rest(Policy.from_readings(scenario.readings))
    open_time = OpenTime(centre.open_hours, range(measured[0], measured[-1] + 2), holidays)
    return (open_time.position(instant_of(measured[-1] + 1)) - open_time.position(instant_of(measured[0]))) / HOUR


def weeks_late(counts: Counts) -> float:
    """In how many whole measured weeks the visits were later than the service level allows."""
    late = [item for item in _late(counts) if item is not None]
    return float(sum(late)) if late else float("nan")


def share_of_weeks_late(counts: Counts) -> float:
    """The share of the whole measured weeks in which they were."""
    late = [item for item in _late(counts) if item is not None]
    return ratio(sum(late), len(late))


def _late(counts: Counts) -> list[bool | None]:
    """Of each whole measured week, whether it was late; None where nobody was visited."""
    if counts.scenario is None:
        return []
    level = counts.scenario.service_level
    return [
        quantile_ms(visits, level.share) > level.days * DAY if visits.any() else None
        for _, measured, visits in counts.weeks()
        if measured == 7
    ]


def _technicians(counts: Counts, scenario: Scenario, costs: Costs) -> float:
    bands = Policy.from_readings(scenario.readings).slot_grid.times()
    hours = np.tile([(end - start) / HOUR for start, end in bands], 7)
    return float((counts.technicians() * hours).sum()) * costs.technician_hour


def _agents(counts: Counts, scenario: Scenario, costs: Costs) -> float:
    centres = [plan.call_centre for plan in scenario.operators if plan.call_centre is not None]
    hours = sum(centre.agents * open_hours_of(centre, scenario, counts.measured) for centre in centres)
    return hours * costs.agent_hour


def _sms(counts: Counts, scenario: Scenario, costs: Costs) -> float:
    sent = counts.hours(HourlyCount.ENGAGEMENT_SMS).sum() + counts.hours(HourlyCount.REMINDERS).sum()
    return float(sent) * costs.sms


def _delay(counts: Counts, scenario: Scenario, costs: Costs) -> float:
    """Each day that a visit was later than the service level, to the width of one bin at the limit."""
    visits, spent = counts.durations(DurationKind.TO_VISIT), counts.lead_times()
    late = np.maximum(spent - visits * scenario.service_level.days * DAY, 0)
    return float(late.sum()) / DAY * costs.day_of_delay


PARTS: tuple[Price, ...] = (_technicians, _agents, _sms, _delay)


def priced(*prices: Price) -> Callable[[Counts], float]:
    """The sum of some prices; nan where the scenario names none."""

    def cost(counts: Counts) -> float:
        scenario = counts.scenario
        if scenario is None or scenario.costs is None:
            return float("nan")
        return sum(price(counts, scenario, scenario.costs) for price in prices)

    return cost


def _cost_per_visit(counts: Counts) -> float:
    return ratio(priced(*PARTS)(counts), counts.outcome(Outcome.VISITED))


LEVEL_INDICATORS = (
    Indicator(
        "weeks_late",
        "weeks",
        "Settimane sotto il livello di servizio",
        "Weeks below the service level",
        "less",
        weeks_late,
    ),
    Indicator(
        "share_weeks_late",
        "share",
        "Settimane sotto il livello di servizio, quota",
        "Weeks below the service level, share",
        "less",
        share_of_weeks_late,
    ),
    Indicator("cost", "euro", "Costo in tutto", "Cost in all", "less", priced(*PARTS)),
    Indicator("cost_per_visit", "euro", "Costo per visita", "Cost of a visit", "less", _cost_per_visit),
    Indicator(
        "cost_technicians", "euro", "Costo dei tecnici", "Cost of technicians", "less", priced(_technicians), True
    ),
    Indicator("cost_agents", "euro", "Costo degli addetti", "Cost of agents", "less", priced(_agents)),
    Indicator("cost_sms", "euro", "Costo degli SMS", "Cost of SMS", "less", priced(_sms)),
    Indicator("cost_delay", "euro", "Costo dei ritardi", "Cost of delay", "less", priced(_delay), True),
)
