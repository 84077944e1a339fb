"""Distributions fitted to durations: the right one, whole or cut short, and the quantiles where none is right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.capacity.fit.families import FAMILIES, Durations, fit_durations, recorded_shares

NONE = np.zeros(0)
TRUE = {
    "expon": {"scale": 8.0},
    "gamma": {"a": 2.0, "scale": 5.0},
    "lognorm": {"s": 1.3, "scale": 3.0},
    "weibull_min": {"c": 0.6, "scale": 9.0},
}


def of_scipy(name: str, *shapes: float, **parameters: float) -> Any:
    """A distribution of `scipy.stats`, which costs a second to import: only the worker that asks pays it."""
    from scipy import stats

    return getattr(stats, name)(*shapes, **parameters)


def drawn(name: str, number: int, seed: int = 7) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = of_scipy(name, **TRUE[name]).rvs(number, random_state=np.random.default_rng(seed))
    return np.asarray(values, dtype=np.float64)


@pytest.mark.parametrize("name", TRUE)
def test_the_family_that_was_drawn_from_is_found_again(name: str) -> None:
    fit = fit_durations(Durations(drawn(name, 1500), NONE))
    assert fit is not None
    assert fit.distribution.name == name
    for key, truth in TRUE[name].items():
        assert dict(fit.distribution.parameters)[key] == pytest.approx(truth, rel=0.1)
    assert fit.distance < 0.04


@pytest.mark.parametrize("name", TRUE)
def test_densities_and_distribution_functions_are_those_of_scipy(name: str) -> None:
    shapes = [value for key, value in TRUE[name].items() if key != "scale"]
    x = np.linspace(0.1, 9, 20)
    family, standard = FAMILIES[name], of_scipy(name, *shapes)
    assert family.log_density(x, *shapes) == pytest.approx(standard.logpdf(x))
    assert family.at_most(x, *shapes) == pytest.approx(standard.cdf(x))


def test_waits_that_were_cut_short_do_not_shorten_the_fit_and_some_never_end() -> None:
    delays = drawn("expon", 3000)
    rng = np.random.default_rng(1)
    ends = (rng.random(3000) < 0.7) & (delays < (limit := rng.uniform(2, 30, 3000)))
    fit = fit_durations(Durations(delays[ends], limit[~ends]), some_never=True)
    assert fit is not None
    assert ends.mean() < 0.6  # so many were seen to end, of 0.7 that would
    assert fit.share == pytest.approx(0.7, abs=0.04)
    assert dict(fit.distribution.parameters)["scale"] == pytest.approx(8, rel=0.12)


def test_where_all_end_the_share_is_one_however_far_the_search_went() -> None:
    fit = fit_durations(Durations(np.random.default_rng(18).uniform(0.1, 50, 250), NONE), some_never=True)
    assert fit is not None
    assert 0.99 < fit.share <= 1


def test_what_is_always_the_same_is_a_constant() -> None:
    fit = fit_durations(Durations(np.full(50, 10.0), NONE))
    assert fit is not None
    assert fit.distribution.constant == 10.0
    assert fit.distance == 0


def test_two_heaps_are_no_family_and_keep_their_quantiles() -> None:
    heaps = np.concatenate([drawn("gamma", 500) * 0.01 + 1, drawn("gamma", 500) * 0.01 + 40])
    fit = fit_durations(Durations(heaps, NONE))
    assert fit is not None
    assert fit.distribution.kind == "quantiles"
    assert fit.distance < 0.05


def test_a_few_durations_make_no_distribution() -> None:
    assert fit_durations(Durations(drawn("expon", 29), NONE)) is None


def test_shares_of_waits_cut_short_are_those_of_kaplan_and_meier() -> None:
    times, shares = recorded_shares(np.array([1.0, 2.0, 4.0]), np.array([1.5, 3.0]))
    assert list(times) == [1.0, 2.0, 4.0]
    assert shares == pytest.approx([1 / 5, 1 - 4 / 5 * 2 / 3, 1.0])
