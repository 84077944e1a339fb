"""The operators' call centres: whom they reach at each attempt, who refuses, and when they call.

How many agents there are is not in the records: only that they made these calls.
"""

from __future__ import annotations

import math

import numpy as np

from reference_impl.civil_time import DAY, MINUTE
from sim.capacity.fit.delays import Acts
from sim.capacity.fit.findings import Finding, Origin
from sim.capacity.fit.records import OPEN, OPERATOR, Records
from sim.capacity.fit.working_hours import hours_members, hours_seen
from sim.capacity.scenario.open_hours import Hours
from sim.capacity.scenario.scenario import MOST_ATTEMPTS, OFFICE_DAYS, OFFICE_HOURS, CallCentre

LEAST_ACTS = 20
USUAL_LOAD = 0.6  # of the agents that are assumed
OFFICE = Hours(OFFICE_DAYS, *OFFICE_HOURS, False)
MINUTES_PER_CALL = float(CallCentre.model_fields["minutes_per_call"].default)
ATTEMPTS = int(CallCentre.model_fields["attempts"].default)


def centre_findings(records: Records, acts: Acts, holidays: frozenset[int]) -> list[Finding]:
    """The call centre of each operator that has booked or refused for its customers."""
    findings = []
    for number in range(len(records.operators)):
        of_operator = records.operator == number
        if int((of_operator & acts.engaged & (acts.by == OPERATOR)).sum()) >= LEAST_ACTS:
            path = f"operators.{number + 1}.call_centre"
            findings += _centre(path, records, acts, of_operator & acts.engaged, holidays)
    return findings


def _centre(
    path: str,
    records: Records,
    acts: Acts,
    chosen: np.ndarray[tuple[int], np.dtype[np.bool_]],
    holidays: frozenset[int],
) -> list[Finding]:
    by_operator = chosen & (acts.by == OPERATOR)
    number = int(by_operator.sum())
    hours = hours_seen(acts.acted_at[by_operator], records.days, holidays)
    findings = []
    if hours is not None:
        findings = [
            Finding(f"{path}.{key}", value, Origin.BOUND, number) for key, value in hours_members(hours).items()
        ]
    calls = int(np.maximum(records.calls[chosen], 0).sum())
    if "calls" in records.present and calls >= number:
        attempts = min(int(records.calls[chosen].max()), MOST_ATTEMPTS)
        findings += [
            Finding(f"{path}.attempts", attempts, Origin.BOUND, calls),
            Finding(f"{path}.reached_per_attempt", round(number / calls, 3), Origin.FITTED, calls),
        ]
    else:
        to_call = chosen & (by_operator | ((acts.acted_at < 0) & (records.outcome != OPEN)))
        reached = number / int(to_call.sum())
        per_attempt = 1 - (1 - min(reached, 0.999)) ** (1 / ATTEMPTS)
        value = round(per_attempt, 3)
        findings += [
            Finding(
                f"{path}.reached_per_attempt", value, Origin.FITTED, int(to_call.sum()), notes=("attempts_assumed",)
            )
        ]
        calls = round(number / max(per_attempt, 0.01))
    refused = float((by_operator & acts.refused).sum()) / number
    return [
        *findings,
        Finding(f"{path}.refuses", round(refused, 3), Origin.COUNTED, number),
        Finding(f"{path}.agents", _agents(calls, records, hours or OFFICE), Origin.ASSUMED, notes=("agents",)),
    ]


def _agents(calls: int, records: Records, hours: Hours) -> int:
    """Agents enough for the calls that were made, at a usual load and the assumed length of a call."""
    open_days = len(records.days) * len(hours.weekdays) / 7
    minutes = open_days * (hours.end - hours.start) / MINUTE if hours.end < DAY else open_days * 24 * 60
    return max(math.ceil(calls * MINUTES_PER_CALL / (minutes * USUAL_LOAD)), 1)
