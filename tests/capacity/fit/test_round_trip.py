"""A scenario that is known is simulated, and fitted to its own orders: what was put in must come out."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.capacity.fit.findings import Origin
from sim.capacity.fit.proposal import ASKED, Proposal, propose
from sim.capacity.fit.records import INSTANTS, NONE, OPEN
from sim.capacity.judged import readings_of
from sim.capacity.scenario.reader import read_scenario
from tests.capacity.fit.truth import fitted, true_records, true_scenario


def value(path: str) -> Any:
    (finding,) = [finding for finding in fitted().findings if finding.path == path]
    return finding.value


@pytest.mark.parametrize(
    ("path", "truth", "within"),
    [
        ("operators.1.orders_per_year", 5000, 350),
        ("operators.2.orders_per_year", 2500, 250),
        ("customers.books", 0.7, 0.03),
        ("customers.refuses", 0.05, 0.015),
        ("customers.reschedules", 0.1, 0.02),
        ("customers.cancels", 0.02, 0.01),
        ("operators.1.call_centre.reached_per_attempt", 0.4, 0.03),
        ("operators.1.call_centre.refuses", 0.1, 0.04),
        ("operators.1.call_centre.attempts", 3, 0),
        ("territories.lazio.slots_per_band", 6, 0),
    ],
)
def test_what_was_put_in_comes_out(path: str, truth: float, within: float) -> None:
    assert value(path) == pytest.approx(truth, abs=within)


def test_delays_come_back_with_their_family_and_their_hours() -> None:
    assert value("line_ready.copper.after_hours")["scale"] == pytest.approx(12, abs=1.5)
    assert value("line_ready.copper.hours") == "08:00-18:00"
    gamma = value("line_ready.nga.after_hours")
    assert gamma["distribution"] == "gamma"
    assert (gamma["a"], gamma["scale"]) == (pytest.approx(2, abs=0.2), pytest.approx(8, abs=0.8))
    answers = value("customers.answers_after_hours")
    assert (answers["distribution"], answers["scale"]) == ("expon", pytest.approx(8, abs=0.5))
    assert value("customers.awake.hours") == "08:00-22:00"


def test_weekdays_and_wishes_come_back_as_shares() -> None:
    truth = np.array([2, 1, 1, 1, 1, 0.5, 0.2])
    assert value("arrivals.weekdays") == pytest.approx(list(truth / truth.mean()), abs=0.15)
    wishes = value("customers.wishes_days")
    shares = dict(zip(wishes["values"], wishes["weights"], strict=True))
    assert shares[0] + shares[1] == pytest.approx(100 / 3, abs=3)  # a visit today is not on offer: both mean tomorrow
    assert shares[2] == pytest.approx(100 / 3, abs=3)
    assert shares[5] == pytest.approx(100 / 3, abs=3)


def test_every_number_says_where_it_comes_from_and_the_file_is_read_as_any_scenario() -> None:
    text = fitted().text()
    values = tomllib.loads(text)
    scenario = read_scenario("mine.toml", values, readings_of)
    assert [plan.name for plan in scenario.operators] == ["ALFA", "BETA"]
    assert values == fitted().values
    lines = text.splitlines()
    for finding in fitted().findings:
        key = finding.path.rpartition(".")[2]
        assert any(line.startswith(f"{key} = ") and above.startswith("# ") for above, line in pairwise(lines))
    assumed_paths = ", ".join(item.about for item in scenario.assumptions).split(", ")
    assert sorted(assumed_paths) == sorted(finding.path for finding in fitted().findings)


def test_what_is_not_recorded_is_assumed_and_never_called_fitted() -> None:
    origins = {finding.path: finding.origin for finding in fitted().findings}
    assert origins["customers.session_minutes"] is Origin.ASSUMED
    assert origins["operators.1.call_centre.agents"] is Origin.ASSUMED
    assert origins["customers.books"] is Origin.FITTED
    assert origins["territories.lazio.slots_per_band"] is Origin.BOUND


def test_bare_records_make_a_scenario_whose_customers_are_assumed() -> None:
    records = true_records()
    nothing = np.full(len(records), NONE)
    instants: dict[str, Any] = dict.fromkeys(INSTANTS, nothing)
    others: dict[str, Any] = dict.fromkeys(("acted_by", "calls", "added_ms", "reschedules"), nothing)
    bare = replace(records, present=frozenset(), outcome=np.full(len(records), OPEN), **instants, **others)
    proposal = propose(bare, "bare", "bare.csv")
    proposal.scenario()
    assumed = {finding.path for finding in proposal.findings if finding.origin is Origin.ASSUMED}
    assert set(ASKED) - {"arrivals.months", "arrivals.holiday_factor"} <= assumed


def without(*columns: str) -> Proposal:
    """What is proposed from the same records less some columns."""
    records = true_records()
    nothing: dict[str, Any] = {column: np.full(len(records), NONE) for column in columns}
    return propose(replace(records, present=records.present - set(columns), **nothing), "less", "less.csv")


def values_of(proposal: Proposal) -> dict[str, Any]:
    return {finding.path: finding.value for finding in proposal.findings}


def test_without_the_sms_the_rules_say_when_it_left() -> None:
    values = values_of(without("sms_at"))
    assert values["customers.books"] == pytest.approx(0.7, abs=0.04)
    assert values["customers.answers_after_hours"]["scale"] == pytest.approx(8, abs=1)


def test_without_calls_the_reach_is_that_of_all_attempts_together() -> None:
    proposal = without("calls")
    (reach,) = [finding for finding in proposal.findings if finding.path.endswith("reached_per_attempt")]
    assert reach.value == pytest.approx(0.4, abs=0.1)
    assert reach.notes == ("attempts_assumed",)


def test_more_calls_than_a_scenario_can_have_are_as_many_as_it_can() -> None:
    records = true_records()
    proposal = propose(replace(records, calls=np.where(records.calls > 0, 50, records.calls)), "mine", "orders.csv")
    assert values_of(proposal)["operators.1.call_centre.attempts"] == 20
    assert proposal.scenario().operators[0].call_centre is not None


def test_without_names_every_act_is_the_customers_and_there_is_no_call_centre() -> None:
    proposal = without("acted_by", "calls")
    values = values_of(proposal)
    assert values["customers.books"] > 0.78
    assert not any("call_centre" in path for path in values)
    (books,) = [finding for finding in proposal.findings if finding.path == "customers.books"]
    assert books.notes == ("nobody_named",)


def test_a_scenario_that_is_named_gives_what_the_records_do_not() -> None:
    proposal = propose(true_records(), "mine", "orders.csv", "small-town")
    scenario = proposal.scenario()
    assert scenario.sms.per_second == 1
    assert scenario.operators[0].call_centre is not None
    assert scenario.operators[0].call_centre.agents == 2
    assert scenario.costs is not None
    assert "small-town" in proposal.text()


def test_the_fitted_scenario_lives_as_the_true_one_does() -> None:
    assert fitted().scenario().horizon.measured_days == true_scenario().horizon.days
