"""*Small town* rebuilt in Ciw and in salabim, as far as they can express it: the indicators agree.

A few replications; `python -m tests.benchmark.twins` runs many.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module

import pytest

from tests.benchmark.twins import town
from tests.benchmark.twins.side_by_side import Values, beside, small_town

REPLICATIONS = 6
COMPARED = {"ciw": 5, "salabim": 7}  # indicators
CHECK = "_check_overlapping_parameters"  # of salabim


@cache
def here() -> list[Values]:
    return small_town(REPLICATIONS)


@pytest.fixture(autouse=True)
def _named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Salabim looks up the parameters of a class for each of its objects: two thirds of its time. Here it does so once.

    `make bench` takes it as it is.
    """
    with suppress(ImportError):
        module = import_module("salabim.salabim")
        monkeypatch.setattr(module, CHECK, once_for_each_class(getattr(module, CHECK)))


def once_for_each_class(check: Callable[..., None]) -> Callable[..., None]:
    """A check of two methods of an object that is made for its class only."""
    checked = set[tuple[object, str, str]]()

    def check_once(component: object, first: str, second: str, process: object = None) -> None:
        if (key := (type(component), first, second)) not in checked:
            check(component, first, second, process)
            checked.add(key)

    return check_once


@pytest.mark.parametrize("simulator", COMPARED)
def test_each_mean_lies_in_the_interval_of_the_other(simulator: str) -> None:
    pytest.importorskip(simulator)
    twin = import_module(f"tests.benchmark.twins.{simulator}_town")
    compared = beside(here(), twin.run, REPLICATIONS)
    assert len(compared) == COMPARED[simulator]
    assert {item.name: (item.here.mean, item.twin.mean) for item in compared if not item.agrees} == {}


def test_a_twin_whose_calls_reach_hardly_anybody_does_not_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ciw")
    monkeypatch.setattr(town, "REACHED", 0.05)
    twin = import_module("tests.benchmark.twins.ciw_town")
    compared = {item.name: item for item in beside(here(), twin.run, REPLICATIONS)}
    assert compared["orders"].agrees
    assert not compared["share_timed_out"].agrees


def test_the_town_counts_a_year_as_the_scenario_does() -> None:
    orders = [len(town.arrivals(random.Random(seed), "ALFA")) for seed in range(30)]
    weeks = town.DAYS / 365
    assert sum(orders) / len(orders) / town.ORDERS_A_YEAR["ALFA"] == pytest.approx(weeks, rel=0.05)
