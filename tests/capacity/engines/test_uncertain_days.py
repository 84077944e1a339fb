"""Days that differ and technicians who are absent, against what theory knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from reference_impl.policy import Policy
from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.engine.draws import day_level, technicians_present
from sim.capacity.engine.places import Places, SlotPlaces
from sim.capacity.engine.workload import Workload
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.cases import scenario

A_YEAR = {"start": date(2026, 1, 1), "days": 365}
OF_WEEK = (1.5, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0)


def orders_of_days(overdispersion: float, replications: int = 1) -> np.ndarray:
    """The orders of the Tuesdays to Fridays of a year, which all expect as many."""
    uneven = scenario(horizon=A_YEAR, arrivals={"weekdays": list(OF_WEEK), "overdispersion": overdispersion})
    policy = Policy.from_readings({})
    loads = [Workload(uneven, policy, 3, number) for number in range(replications)]
    return np.array([load.day(day).size for load in loads for day in load.days if (day + 3) % 7 in range(1, 5)])


@pytest.mark.parametrize("overdispersion", [0.0, 0.4])
def test_the_orders_of_a_day_vary_as_theory_says(overdispersion: float) -> None:
    counts = orders_of_days(overdispersion)
    mean = 7300 / 365 * 7 / 6
    variance = mean + overdispersion * mean**2
    assert abs(counts.mean() - mean) < 3.3 * (variance / len(counts)) ** 0.5
    kurtosis = 3 + (6 * overdispersion + 1 / variance)  # of a Poisson variable, and of a gamma mixture of them
    assert abs(counts.var() / variance - 1) < 3.3 * ((kurtosis - 1) / len(counts)) ** 0.5


def test_a_level_is_the_gamma_quantile_of_the_day_and_1_without_variance() -> None:
    from scipy.stats import gamma  # here: it costs a second to import

    levels = np.array([day_level(1, 0, day, 0.5) for day in range(2_000)])
    uniforms = gamma.cdf(levels, 2, scale=0.5)
    assert np.abs(np.sort(uniforms) - (np.arange(2_000) + 0.5) / 2_000).max() < 1.95 / 2_000**0.5  # Kolmogorov, 0.1 %
    busier = [day_level(1, 0, day, 1.0) > np.log(2) for day in range(100)]  # above the median of each
    assert busier == [level > gamma.ppf(0.5, 2, scale=0.5) for level in levels[:100]]
    assert day_level(1, 0, 0, 0.0) == 1.0


def slots_of_a_year(written: Scenario, replication: int = 0) -> Iterator[SlotPlaces]:
    """Every slot of a year with its technicians."""
    places = Places(written, Policy.from_readings(written.readings), 9, replication)
    return (slot for day in range(20_454, 20_454 + 365) for slot in places.of_day(day))


def test_a_fifth_absent_leaves_four_fifths_of_the_places() -> None:
    from scipy.stats import binom  # here: it costs a second to import

    planned = list(slots_of_a_year(scenario()))
    slots = list(slots_of_a_year(scenario(technicians__absence=0.2)))
    bands = 5
    low, high = binom.interval(0.999, sum(slot.places for slot in planned) // bands, 0.8)
    assert low <= sum(slot.places for slot in slots) / bands <= high
    of_days = np.array([slot.places for slot in slots]).reshape(-1, bands)
    assert (of_days == of_days[:, :1]).all()  # who is absent is so all day
    assert len(set(of_days[:, 0].tolist())) > 3
    assert [slot.places for slot in slots_of_a_year(scenario(technicians__absence=0.2), 1)] != [
        slot.places for slot in slots
    ]


def test_more_technicians_or_less_absence_never_leave_fewer_places() -> None:
    uneven = {"share": 1, "slots_per_band": 6, "fri": [6, 3, 1, 0, 9]}
    few_places, many_places, places_with_fewer_absent = (
        [slot.places for slot in slots_of_a_year(scenario(territories={"lazio": place}, technicians__absence=absence))]
        for place, absence in ((uneven, 0.3), (uneven | {"slots_per_band": 8}, 0.3), (uneven, 0.1))
    )
    assert all(fewer <= more for fewer, more in zip(few_places, many_places, strict=True))
    assert all(fewer <= more for fewer, more in zip(few_places, places_with_fewer_absent, strict=True))
    assert sum(few_places) < sum(places_with_fewer_absent)
    assert technicians_present(1, 0, 5, 0, 9, 0.5)[:4].tolist() == technicians_present(1, 0, 5, 0, 4, 0.5).tolist()


def test_both_engines_meet_the_same_days_and_the_same_technicians() -> None:
    plain = run_by(BOTH, scenario(sample__orders=20, horizon__days=6), 5, 0)
    uncertain = scenario(arrivals__overdispersion=0.5, technicians__absence=0.4, sample__orders=20, horizon__days=6)
    run = run_by(BOTH, uncertain, 5, 0)
    assert run.engine == plain.engine == "service and cohort, equal"
    assert run.arrays["capacity"].sum() < plain.arrays["capacity"].sum()
    assert run.arrays["scalars"][0] != plain.arrays["scalars"][0]
