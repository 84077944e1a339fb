"""Distributions fitted to durations, of which some have not ended: maximum likelihood, then the best by AIC.

A duration that was not seen to end says only that it is longer (it is censored: the term was over, the call centre came
first, the records end). Where some never end at all, a share of those that would is fitted with the rest (a cure
model), so that who answers late is not taken for one who never does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.capacity.fit.findings import Curve
from sim.capacity.scenario.distributions import Distribution, Floats, constant

LEAST_RECORDS = 30  # fewer make no distribution
LEAST_VALUE = 1e-3  # hours: what takes no time took less than this
MOST_POINTS = 1_000  # of the likelihood: more records are taken together, neighbours by neighbours
SAME = 1e-3  # hours by which what is constant may differ
FAR = 0.08  # from here on no family is close enough: the quantiles themselves
QUANTILES = 41
CURVE_POINTS = 120
LARGEST_LOGIT = 12.0


@dataclass(frozen=True, slots=True)
class Durations:
    """Durations in hours: those that have `ended`, and how long each of the others has `waited` so far."""

    ended: Floats
    waited: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted distribution, the share that would ever end, and the distance from what was recorded."""

    distribution: Distribution
    share: float
    distance: float
    curve: Curve


@dataclass(frozen=True, slots=True)
class Family:
    """A distribution of scipy.stats: its shape parameters, log density, distribution function, and where to begin."""

    shapes: tuple[str, ...]
    log_density: Callable[..., Floats]
    at_most: Callable[..., Floats]
    first: Callable[[float, float], tuple[float, ...]]  # of mean and deviation of the logarithms


def _expon_log_density(x: Floats) -> Floats:
    return -x


def _expon_at_most(x: Floats) -> Floats:
    return -np.expm1(-x)


def _lognorm_log_density(x: Floats, s: float) -> Floats:
    logs = np.log(x)
    return np.asarray(-0.5 * (logs / s) ** 2 - logs - np.log(s) - 0.5 * np.log(2 * np.pi))


def _lognorm_at_most(x: Floats, s: float) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(np.log(x) / s))


def _gamma_log_density(x: Floats, a: float) -> Floats:
    from scipy.special import gammaln

    return np.asarray((a - 1) * np.log(x) - x - gammaln(a))


def _gamma_at_most(x: Floats, a: float) -> Floats:
    from scipy.special import gammainc

    return np.asarray(gammainc(a, x))


def _weibull_log_density(x: Floats, c: float) -> Floats:
    return np.asarray(np.log(c) + (c - 1) * np.log(x) - x**c)


def _weibull_at_most(x: Floats, c: float) -> Floats:
    return np.asarray(-np.expm1(-(x**c)))


# The same names as in a scenario. `scipy.stats` has them too, and costs two seconds to import.
FAMILIES: Mapping[str, Family] = {
    "expon": Family((), _expon_log_density, _expon_at_most, lambda m, s: (np.exp(m + s * s / 2),)),
    "gamma": Family(("a",), _gamma_log_density, _gamma_at_most, lambda m, s: (1 / s**2, np.exp(m + s * s / 2) * s**2)),
    "lognorm": Family(("s",), _lognorm_log_density, _lognorm_at_most, lambda m, s: (s, np.exp(m))),
    "weibull_min": Family(
        ("c",), _weibull_log_density, _weibull_at_most, lambda m, s: (1.28 / s, np.exp(m + 0.45 * s))
    ),
}


def fit_durations(durations: Durations, some_never: bool = False) -> Fit | None:
    """The best distribution of some durations; None where there are too few. `some_never`: a share may never end."""
    ended = np.maximum(np.sort(durations.ended), LEAST_VALUE)
    waited = np.sort(durations.waited)[np.searchsorted(np.sort(durations.waited), LEAST_VALUE) :]
    if len(ended) < LEAST_RECORDS:
        return None
    times, recorded = recorded_shares(ended, waited)
    ended_share = float(recorded[-1]) if some_never else 1.0
    if float(np.quantile(ended, 0.99) - np.quantile(ended, 0.01)) <= SAME:
        value = round(float(np.median(durations.ended)), 4)
        return _fit(constant(value), ended_share, times, recorded, (times >= value).astype(np.float64))
    best: tuple[float, str, Floats] | None = None
    for name, family in FAMILIES.items():
        aic, parameters = _most_likely(family, ended, waited, some_never)
        if best is None or aic < best[0]:
            best = aic, name, parameters
    assert best is not None
    return _rounded(best[1], best[2], times, recorded, some_never)


def _rounded(name: str, parameters: Floats, times: Floats, recorded: Floats, some_never: bool) -> Fit:
    """The fit with numbers as a scenario writes them, or the quantiles where no family comes near."""
    share = float(parameters[-1]) if some_never else 1.0
    family = FAMILIES[name]
    *shapes, scale = (float(f"{value:.4g}") for value in parameters[: len(family.shapes) + 1])
    named = tuple(sorted({**dict(zip(family.shapes, shapes, strict=True)), "scale": scale}.items()))
    fit = _fit(
        Distribution("scipy", name=name, parameters=named),
        share,
        times,
        recorded,
        family.at_most(np.maximum(times, LEAST_VALUE) / scale, *shapes),
    )
    if fit.distance <= FAR:
        return fit
    ended_share = float(recorded[-1])
    spaced = np.interp(np.linspace(0, 1, QUANTILES), recorded / ended_share, times).round(4)
    return _fit(
        Distribution("quantiles", values=tuple(map(float, spaced))),
        ended_share if some_never else 1.0,
        times,
        recorded,
        np.interp(times, spaced, np.linspace(0, 1, QUANTILES)),
    )


def _fit(distribution: Distribution, share: float, times: Floats, recorded: Floats, at_most: Floats) -> Fit:
    fitted = share * at_most
    before = np.concatenate(([0.0], recorded[:-1]))
    distance = float(max(np.abs(recorded - fitted).max(), np.abs(before - fitted).max()))
    if distribution.constant is not None:
        distance = float(np.abs(recorded[-1] - share))
    shown = np.unique(np.linspace(0, len(times) - 1, CURVE_POINTS).astype(int))
    return Fit(distribution, share, distance, Curve("hours", times[shown], recorded[shown], fitted[shown]))


def recorded_shares(ended: Floats, waited: Floats) -> tuple[Floats, Floats]:
    """When durations ended, rising, and which share of all had ended by then (the estimator of Kaplan and Meier)."""
    times, ended_counts = np.unique(ended, return_counts=True)
    at_risk = len(ended) - np.searchsorted(ended, times) + len(waited) - np.searchsorted(waited, times)
    return times, np.asarray(1.0 - np.cumprod(1.0 - ended_counts / at_risk), dtype=np.float64)


def _taken_together(values: Floats) -> tuple[Floats, Floats]:
    """Sorted values as at most MOST_POINTS means of neighbours, with how many each stands for."""
    parts = np.array_split(values, min(MOST_POINTS, len(values)) or 1)
    return np.array([part.mean() for part in parts if len(part)]), np.array([len(part) for part in parts if len(part)])


def _most_likely(family: Family, ended: Floats, waited: Floats, some_never: bool) -> tuple[float, Floats]:
    """The AIC and the parameters (shapes, scale, and the share where some never end) of greatest likelihood."""
    from scipy.optimize import minimize

    ended_means, ended_count = _taken_together(ended)
    waits, wait_count = _taken_together(waited)

    def parameters(free: Floats) -> Floats:
        number = len(family.shapes) + 1
        share = 1 / (1 + np.exp(-np.clip(free[-1], -LARGEST_LOGIT, LARGEST_LOGIT))) if some_never else 1.0
        return np.array([*np.exp(np.clip(free[:number], -30, 30)), share])

    def against(free: Floats) -> float:
        *shapes, scale, share = parameters(free)
        with np.errstate(all="ignore"):
            likely = family.log_density(ended_means / scale, *shapes) - np.log(scale) + np.log(share)
            later = 1.0 - share * family.at_most(waits / scale, *shapes) if len(waits) else np.ones(0)
            total = (likely * ended_count).sum() + (np.log(np.maximum(later, 1e-300)) * wait_count).sum()
        return float(-total) if np.isfinite(total) else 1e300

    logs = np.log(ended_means)
    first = [np.log(value) for value in family.first(float(logs.mean()), max(float(logs.std()), 0.05))]
    share = len(ended) / (len(ended) + len(waited))
    start = [*first, np.log(min(share + 0.02, 0.99) / max(0.98 - share, 0.01))] if some_never else first
    options = {"xatol": 1e-4, "fatol": 1e-3, "maxiter": 600}
    found = minimize(against, np.array(start), method="Nelder-Mead", options=options)
    values = parameters(found.x)
    return 2.0 * (len(found.x) + float(found.fun)), values if some_never else values[:-1]
