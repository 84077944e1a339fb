"""Technicians from visits: the most of any slot, less where a weekday and band meets its own limit week after week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reference_impl.civil_time import HOUR, day_of, instant_of
from reference_impl.policy import Policy, SlotGrid
from sim.capacity.fit.places import place_findings
from sim.capacity.fit.records import OPEN, VISITED, Records
from tests.capacity.fit.truth import true_records, true_scenario

MONDAY = day_of(true_scenario().horizon.start)
WEEKS = 12


def visited(*visits: tuple[int, int, int]) -> Records:
    """The true orders with other visits: so many in each of the weeks, on a weekday, at an hour."""
    starts = [
        instant_of(MONDAY + 7 * week + day, hour * HOUR)
        for day, hour, count in visits
        for week in range(WEEKS)
        for _ in range(count)
    ]
    records = true_records()
    number = len(starts)
    chosen = records.where(np.arange(len(records)) < number)
    return replace(chosen, visit_at=np.array(starts), outcome=np.full(number, VISITED))


def found(records: Records, days: frozenset[int]) -> dict[str, object]:
    return {finding.path: finding.value for finding in place_findings(records, Policy().slot_grid, days)}


def test_the_most_visits_of_any_slot_are_the_technicians() -> None:
    values = found(visited((0, 8, 3), (1, 8, 3)), frozenset({0, 1}))
    assert values["territories.lazio.slots_per_band"] == 3
    assert values["slots.weekdays"] == ["mon", "tue"]


def test_a_weekday_whose_limit_is_met_each_week_has_fewer() -> None:
    values = found(visited((0, 8, 3), (0, 10, 3), (4, 8, 2), (4, 10, 1)), frozenset({0, 4}))
    assert values["territories.lazio.slots_per_band"] == 3
    assert values["territories.lazio.fri"] == [2, 1, 0, 0, 0]


def test_a_count_that_is_met_once_is_no_limit() -> None:
    records = visited((0, 8, 3), (1, 8, 1))
    starts = records.visit_at.copy()
    starts[0] = starts[-1]  # two visits on the last Tuesday, one on all others
    values = found(replace(records, visit_at=starts), frozenset({0, 1}))
    assert values["territories.lazio.tue"] == [3, 0, 0, 0, 0]


def test_visits_at_other_hours_make_bands_of_their_own() -> None:
    values = found(visited((0, 9, 2), (0, 13, 2)), frozenset({0}))
    assert values["slots.bands"] == ["09:00-13:00", "13:00-17:00"]
    assert "slots.bands" not in found(visited((0, 8, 3)), frozenset({0}))


def test_a_territory_without_visits_has_technicians_that_are_assumed() -> None:
    records = replace(true_records(), outcome=np.full(len(true_records()), OPEN))
    findings = place_findings(records, SlotGrid(), frozenset())
    (technicians,) = [finding for finding in findings if finding.path == "territories.lazio.slots_per_band"]
    assert (technicians.value, technicians.origin.value) == (1, "assumed")
    assert technicians.notes == ("no_visits",)
