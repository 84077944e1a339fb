"""The indicators of *small town* beside those of a twin: each mean is to lie in the other's interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.capacity.engine.engine import run_replication
from sim.capacity.intervals import Interval, interval
from sim.capacity.judged import readings_of
from sim.capacity.scenario.reader import load_values, read_scenario, with_values
from sim.capacity.tables.indicators import indicators_of

CONFIDENCE = 0.99  # so that eight indicators agree by chance in some 95 cases of a hundred
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator here and in a twin."""

    name: str
    here: Interval
    twin: Interval

    @property
    def agrees(self) -> bool:
        """Whether each mean lies in the interval of the other."""
        apart = abs(self.here.mean - self.twin.mean)
        return apart <= min(self.here.half_width, self.twin.half_width)


def small_town(replications: int) -> list[Values]:
    """The indicators of each replication of the shipped scenario."""
    file, values = load_values("small-town")
    scenario = read_scenario(file, with_values(values, {"sample.orders": 0}, file), readings_of)
    places = [place.name for place in scenario.territories]
    return [
        {
            name: value
            for (territory, name), value in indicators_of(run_replication(scenario, 0, number).arrays, places).items()
            if not territory
        }
        for number in range(replications)
    ]


def beside(here: Sequence[Values], run: Callable[[int], Values], replications: int) -> list[Beside]:
    """Every indicator that a twin has, here and there."""
    twin = [run(seed) for seed in range(replications)]
    return [
        Beside(
            name,
            interval([values[name] for values in here], CONFIDENCE),
            interval([values[name] for values in twin], CONFIDENCE),
        )
        for name in twin[0]
    ]
