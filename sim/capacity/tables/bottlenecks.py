"""Which resource is the tightest: technicians of a territory, call centres, the SMS gateway, or the connections.

Each is loaded to a share of what it can do in its own busiest time; the highest share is the next to give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reference_impl.civil_time import HOUR, MINUTE, SECOND
from sim.capacity.engine.tally import HourlyCount
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts, ratio
from sim.capacity.tables.indicators import names_of
from sim.capacity.tables.level_indicators import open_hours_of


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A resource with its load as a share of what it can do; `parameter` is what would widen it, `now` its value.

    `low` and `high` are the ends of the load's 95 % interval; a single replication has none.
    """

    resource: str
    territory: str
    load: float
    parameter: str
    measured_as: str
    now: float
    low: float | None = None
    high: float | None = None


def bottlenecks(scenario: Scenario, results: Sequence[Finished]) -> list[Bottleneck]:
    """All resources of one variant, the tightest first: means over its replications."""
    counts = [Counts(finished.arrays) for finished in results]
    resources = [_sms(scenario, counts), _notifications(scenario, counts), *_call_centres(scenario, counts)]
    for number, name in enumerate(names_of(scenario)):
        loads = [Counts(item.arrays, number).utilisation() for item in results]
        parameter = f"territories.{name}.slots_per_band"
        widest = max(map(max, scenario.territories[number].capacity))
        resources.append(_loaded("technicians", name, loads, parameter, "visits over slots", widest))
    used = [item for item in resources if not np.isnan(item.load)]
    return sorted(used, key=lambda item: (-item.load, item.resource, item.territory))


def _sms(scenario: Scenario, counts: Sequence[Counts]) -> Bottleneck:
    able = scenario.sms.per_second * HOUR / SECOND
    loads = [
        float((item.hours(HourlyCount.ENGAGEMENT_SMS) + item.hours(HourlyCount.REMINDERS)).max(initial=0)) / able
        for item in counts
    ]
    measured_as = "busiest hour handed over, of what it sends"
    return _loaded("sms_gateway", "", loads, "sms.per_second", measured_as, scenario.sms.per_second)


def _notifications(scenario: Scenario, counts: Sequence[Counts]) -> Bottleneck:
    wires = scenario.notifications
    able = wires.concurrency * HOUR / max(wires.latency_ms.mean(), 1e-9)
    loads = [item.peak(HourlyCount.NOTIFICATIONS) / able for item in counts]
    parameter = "notifications.concurrency"
    measured_as = "busiest hour, of what it delivers"
    return _loaded("notifications", "", loads, parameter, measured_as, wires.concurrency)


def _call_centres(scenario: Scenario, counts: Sequence[Counts]) -> list[Bottleneck]:
    """The calls asked for on measured days, made or not, over what the agents can make; by operator."""
    resources = []
    for number, plan in enumerate(scenario.operators):
        centre = plan.call_centre
        if centre is None or not counts:
            continue
        open_ms = open_hours_of(centre, scenario, counts[0].measured) * HOUR
        able = centre.agents * open_ms / (centre.minutes_per_call * MINUTE)
        loads = [ratio(float(item.arrays["calls"][number].sum()), able) for item in counts]
        parameter = f"operators.{number + 1}.call_centre.agents"
        measured_as = "calls asked for, of what agents can make"
        resources.append(_loaded("call_centre", plan.name, loads, parameter, measured_as, centre.agents))
    return resources


def _loaded(
    resource: str, territory: str, loads: Sequence[float], parameter: str, measured_as: str, now: float
) -> Bottleneck:
    """A resource with the mean of its loads over the replications."""
    estimate = interval(loads)
    return Bottleneck(resource, territory, estimate.mean, parameter, measured_as, now, *estimate.ends())
