"""Tables of draws give the same answers, to the last bit, as the functions that they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from sim.capacity.scenario.distributions import MANY, Distribution
from sim.capacity.scenario.lookup import FEW, CurveLookup, StepLookup

DRAWS = np.random.default_rng(5).random(40_000)
ENDS = np.array([0.0, 2.0**-60, 2.0**-12, 0.25, 0.5, 1 - 2.0**-40, np.nextafter(1.0, 0.0), 1.0])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("count", [1, 5, FEW - 1, FEW, 3_000])
def test_steps_are_found_as_by_searching(side: str, count: int) -> None:
    steps = np.sort(np.random.default_rng(count).random(count))
    draws = np.concatenate((DRAWS, ENDS, steps, np.nextafter(steps, 0.0), np.nextafter(steps, 1.0)))
    lookup = StepLookup.of_steps(steps, side)  # type: ignore[arg-type]  # one of the two
    assert np.array_equal(lookup.of(draws), np.searchsorted(steps, draws, side=side))  # type: ignore[call-overload]


@pytest.mark.parametrize("parameters", [{"a": 3.0, "scale": 1.2}, {"a": 0.4, "scale": 9.0}, {"a": 2.0, "loc": 4.0}])
def test_whole_milliseconds_of_a_gamma_distribution_are_those_of_its_quantiles(parameters: dict[str, float]) -> None:
    gamma = Distribution("scipy", name="gamma", parameters=tuple(sorted(parameters.items())), largest=527_040)
    draws = np.concatenate((DRAWS, ENDS))
    assert len(draws) > MANY
    assert np.array_equal(gamma.whole(draws, 60_000), np.floor(gamma.of(draws) * 60_000))


def test_where_a_cubic_is_no_good_the_curve_is_asked() -> None:
    def jumps(draws: np.ndarray) -> np.ndarray:
        return np.where(draws < 0.3, 1e6 * draws, 5e6 + 1e9 * draws)

    lookup = CurveLookup.of_curve(jumps)
    assert np.isnan(lookup.cubics[:-1, 0]).sum() == 1
    assert np.array_equal(lookup.of(DRAWS), np.floor(jumps(DRAWS)))
