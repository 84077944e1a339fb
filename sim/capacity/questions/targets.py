"""What a plan aims at: an indicator, of all territories or of one, that is to stay on one side of a limit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.indicators import ALL, INDICATORS, names_of

WRITTEN = re.compile(r"\s*([a-z0-9_]+)\s*(?:\[([a-z0-9-]+)\])?\s*(<=|>=)\s*([0-9.]+)\s*(%?)\s*")
FORM = 'INDICATOR<=NUMBER or INDICATOR[territory]>=NUMBER, such as "p95_days_to_visit<=7"'


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator that is to be at most (`<=`) or at least (`>=`) a limit, on the mean over replications."""

    indicator: str
    territory: str
    relation: str
    limit: float

    def value(self, finished: Finished, scenario: Scenario) -> float:
        """The indicator in one replication; one that is not known there counts as infinitely bad."""
        place = names_of(scenario).index(self.territory) if self.territory != ALL else None
        value = float(INDICATORS[self.indicator].of(Counts(finished.arrays, place, scenario)))
        return value if not math.isnan(value) else math.inf if self.relation == "<=" else -math.inf

    def margin(self, value: float) -> float:
        """By how much a value is on the right side of the limit; below 0 where it is on the wrong one."""
        return self.limit - value if self.relation == "<=" else value - self.limit


def read_target(text: str, scenario: Scenario) -> Target:
    """A target as written on the command line. Raises RunError."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        raise RunError("--target", text, FORM)
    name, territory, relation, number, percent = match.groups()
    if name not in INDICATORS:
        raise RunError("--target", name, "an indicator among " + ", ".join(INDICATORS))
    if territory is not None and (territory not in names_of(scenario) or not INDICATORS[name].by_territory):
        names = names_of(scenario) if INDICATORS[name].by_territory else ["no territory: it has one value for all"]
        raise RunError("--target", territory, ", ".join(names))
    try:
        limit = float(number) / (100 if percent else 1)
    except ValueError as error:
        raise RunError("--target", text, FORM) from error
    return Target(name, territory or ALL, relation, limit)
