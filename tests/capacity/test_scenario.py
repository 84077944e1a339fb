"""Scenarios: what is read, and that every error is one line that names file, table, key and what is allowed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.capacity.errors import ChangeError, ScenarioError
from sim.capacity.questions.runs import sweep
from sim.capacity.questions.sweep import read_axis
from sim.capacity.scenario.distribution_tables import read_distribution
from sim.capacity.scenario.distributions import CLOSED_FORMS, constant
from sim.capacity.scenario.reader import load_values, read_scenario, shipped_scenarios, with_values
from tests.capacity.cases import scenario, values
from tests.conftest import Refused

BAD: list[tuple[dict[str, Any], str]] = [
    ({"sms__per_second": -1}, "[sms] per_second: -1"),
    ({"sms__per_second": 0}, "a number from 0.01 to 1,000,000"),
    ({"sms__per_second": 1e300}, "[sms] per_second: 1e+300"),
    ({"sms__per_second": True}, "[sms] per_second: True"),
    ({"sms__per_second": "2"}, "[sms] per_second: '2'"),
    ({"sms": 3}, "sms: 3 is not allowed; allowed: a table"),
    ({"customers__cancels": -0.1}, "[customers] cancels: -0.1"),
    ({"customers__retries_after_hours": 1e-12}, "a number from 0.1 to 8,784"),
    ({"customers__wishes_days": {"constant": 1e9}}, "values up to 366; this has 1,000,000,000"),
    ({"customers__answers_after_hours": {"distribution": "expon", "scale": 1e6}}, "values up to 8,784"),
    ({"customers__session_minutes": {"constant": float("inf")}}, "[customers.session_minutes] constant: inf"),
    ({"notifications__latency_ms": {"values": [1, 1e300]}}, "[notifications] latency_ms"),
    ({"notifications__concurrency": 2.0}, "a whole number from 1 to 100,000"),
    ({"horizon__days": 10**9}, "a whole number from 1 to 1,830"),
    ({"horizon__start": date(9999, 1, 1)}, "[horizon] start: '9999-01-01'"),
    ({"arrivals__weekdays": [0] * 7}, "7 numbers from 0 to 1,000,000,000, not all 0"),
    ({"arrivals__hours": [1e300] * 24}, "24 numbers from 0 to 1,000,000,000, not all 0"),
    ({"arrivals__holiday_factor": 1e9}, "a number from 0 to 100"),
    ({"arrivals__overdispersion": -1}, "[arrivals] overdispersion: -1"),
    ({"arrivals": {"overdispersion": 1, "recorded": {"file": "a.csv"}}}, "allowed: 0 beside [arrivals.recorded]"),
    ({"technicians__absence": 1}, "[technicians] absence: 1 is not allowed; allowed: a number from 0 to 0.99"),
    ({"territories__lazio__slots_per_band": 10**9}, "a whole number from 0 to 1,000,000"),
    ({"territories__slots_per_band": 1e300}, "[territories] slots_per_band: 1e+300"),
    ({"operators": [{"name": "A", "orders_per_year": 1e18, "services": {"ULL": 1}}]}, "from 0 to 100,000,000"),
    (
        {"operators": [{"name": "A", "orders_per_year": -1, "services": {"ULL": 1}}]},
        "[operators 1] orders_per_year: -1",
    ),
    ({"operators": [{"name": "A", "orders_per_year": 1, "services": {}}]}, "a table of weights"),
    ({"sms__per_second": float("nan")}, "[sms] per_second: nan"),
    ({"customers__books": 1.2}, "[customers] books: 1.2 is not allowed; allowed: a probability, 0 to 1"),
    ({"customers__refuses": 0.5}, "with books (0.7), at most 1 in all"),
    ({"customers__wishes_days": {"distribution": "lognormal", "s": 1}}, "distribution: 'lognormal'"),
    ({"customers__wishes_days": {"distribution": "lognorm"}}, "[customers.wishes_days] s: nothing"),
    ({"customers__wishes_days": {"distribution": "gamma", "a": -1}}, "parameters that scipy.stats.gamma takes"),
    ({"customers__wishes_days": {"values": []}}, "at least 1 numbers from 0"),
    ({"customers__wishes_days": {"values": [1, 2], "weights": [1]}}, "2 numbers from 0"),
    ({"customers__wishes_days": {"quantiles": [3, 1]}}, "numbers that never fall"),
    ({"customers__hurry": True}, "[customers] hurry: True is not allowed; allowed: no such key"),
    ({"horizon__end": date(2026, 3, 1)}, "a day from the start (2026-03-02) on"),
    ({"horizon__start": "2026-03-02"}, "a date such as 2026-03-02, without quotes"),
    ({"horizon__warm_up_days": 14}, "less than the 14 days of the horizon"),
    ({"territories__lazio__slots_per_band": 0}, "at least one slot in the week"),
    ({"territories__lazio__mon": [1, 2]}, "5 whole numbers from 0, one for each band"),
    ({"territories__lazio__closed": ["31-31"]}, "days MM-DD or YYYY-MM-DD"),
    ({"territories__preset": "regions"}, "italian-regions or none"),
    ({"operators": []}, "at least one [[operators]]"),
    ({"operators": [{"name": "a", "orders_per_year": 1, "services": {"ULL": 1}}]}, "[operators 1] name: 'a'"),
    ({"operators": [{"name": "A", "orders_per_year": 1, "services": {"FIBRE": 1}}]}, "services.FIBRE"),
    ({"notifications__concurrency": 0}, "a whole number from 1"),
    ({"arrivals__hours": [1] * 23}, "24 numbers from 0 to 1,000,000,000, not all 0"),
    ({"arrivals__surges": [{"from": date(2026, 3, 5), "until": date(2026, 3, 4), "factor": 2}]}, "[arrivals.surges 1]"),
    ({"line_ready__nga__hours": "18:00-09:00"}, "the end after the start"),
    ({"line_ready__nga__weekdays": ["monday"]}, "a list of days among mon"),
    ({"profile": "strict"}, "a named profile of readings"),
    ({"readings": {"day_end": "noon"}}, "[readings] day_end: 'noon'"),
    ({"slots": {"bands": ["8-10"]}}, "[slots] bands"),
    ({"deposits": {"cadence": "hourly"}}, "table or immediate or latest"),
    ({"line_ready__fibre": {"after_hours": {"constant": 1}}}, "no such key; the keys are copper, nga"),
]


@pytest.mark.parametrize(("changes", "part"), BAD, ids=[part for _, part in BAD])
def test_a_bad_scenario_is_one_line_that_says_where_and_what_is_allowed(changes: dict[str, Any], part: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        scenario(**changes)
    line = str(raised.value)
    assert part in line
    assert line.startswith("small.toml: ")
    assert "allowed: " in line
    assert "\n" not in line


@pytest.mark.parametrize(
    "changes",
    [
        *["sms.per_second=-1", "customers.books=1.2", "customers.wishes_days={distribution='lognormal'}"],
        *["territories.centro.slots_per_band=0", "horizon.end=2020-01-01", "profile=strict", "operators=[]"],
    ],
)
@pytest.mark.parametrize("command", ["simulate", "sweep", "plan"])
def test_a_bad_scenario_ends_with_status_3_and_one_line(
    command: str, changes: str, tmp_path: Path, refused: Refused
) -> None:
    options = {
        "simulate": [],
        "sweep": ["--vary", "customers.refuses=0.1,0.2"],
        "plan": ["--target", "p95_days_to_visit<=7", "--vary", "territories.frazioni.slots_per_band", "--to", "3"],
    }
    out = ["--out", str(tmp_path / "out"), "--quiet"]
    message = refused(command, "small-town", *options[command], "--set", changes, *out)
    assert "small-town.toml: " in message
    assert "allowed: " in message
    assert not (tmp_path / "out").exists()


def test_variants_differ_in_readings_not_in_profile() -> None:
    with pytest.raises(ChangeError, match=r"--vary profile=default: .*the same profile in all variants"):
        sweep("small-town", [read_axis("profile=default,literal")])


def test_every_shipped_scenario_is_valid_and_says_what_it_assumes() -> None:
    assert set(shipped_scenarios()) >= {
        "after-holiday-monday",
        "month-end-surge",
        "national-year",
        "region",
        "small-town",
    }
    for name in shipped_scenarios():
        file, read = load_values(name)
        shipped = read_scenario(file, read)
        assert shipped.assumptions
        assert all(
            assumed.text_it and bool(assumed.source) is bool(assumed.source_it) for assumed in shipped.assumptions
        )
        assert shipped.title["it"] != shipped.title["en"]
        assert sum(place.share for place in shipped.territories) == pytest.approx(1.0)


def test_a_file_that_is_missing_or_no_toml_is_said_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[horizon\n")
    for name in (str(broken), str(tmp_path / "none.toml")):
        with pytest.raises(ScenarioError, match=r"(broken|none)\.toml: file"):
            load_values(name)


def test_territories_are_the_twenty_regions_where_none_is_named() -> None:
    preset = read_scenario("x.toml", {**values(), "territories": {"slots_per_band": 100}})
    assert len(preset.territories) == 20
    assert {"LAZIO", "VALLE-D-AOSTA"} <= {place.name for place in preset.territories}
    assert min(max(place.capacity[0]) for place in preset.territories) >= 1


def test_a_variant_replaces_values_by_path_and_leaves_the_scenario_alone() -> None:
    base = values()
    changed = with_values(base, {"operators.1.orders_per_year": 9, "territories.lazio.slots_per_band": 2}, "x.toml")
    assert read_scenario("x.toml", changed).operators[0].orders_per_year == 9
    assert read_scenario("x.toml", base).operators[0].orders_per_year == 7300
    with pytest.raises(ScenarioError, match="a position from 1 to 1"):
        with_values(base, {"operators.2.orders_per_year": 9}, "x.toml")
    with pytest.raises(ScenarioError, match="no such key"):
        read_scenario("x.toml", with_values(base, {"sms.rate": 9}, "x.toml"))


@pytest.mark.parametrize(
    ("written", "mean"),
    [
        ({"constant": 4}, 4.0),
        ({"values": [1, 3], "weights": [3, 1]}, 1.5),
        ({"quantiles": [0, 1, 5]}, 1.75),
        ({"distribution": "expon", "scale": 3}, 3.0),
        ({"distribution": "uniform", "loc": 1, "scale": 2}, 2.0),
        ({"distribution": "gamma", "a": 2, "scale": 1.5}, 3.0),
        ({"distribution": "poisson", "mu": 2}, 2.0),
    ],
)
def test_a_distribution_has_the_mean_that_it_should_have(written: dict[str, object], mean: float) -> None:
    read = read_distribution(written)
    assert read.mean() == pytest.approx(mean, rel=2e-3)


def test_a_distribution_is_a_function_of_the_draw_and_never_negative() -> None:
    read = read_distribution({"distribution": "norm"})
    samples = read.of(np.array([0.0, 0.1, 0.5, 0.975, 1.0]))
    assert samples[:3].tolist() == [0.0, 0.0, 0.0]
    assert samples[3] == pytest.approx(1.96, abs=1e-3)
    assert np.isfinite(samples).all()
    assert constant(2).of(np.zeros(2)).tolist() == [2, 2]


@pytest.mark.parametrize("name", sorted(CLOSED_FORMS))
def test_the_usual_distributions_are_those_of_scipy(name: str) -> None:
    from scipy import stats

    parameters = dict.fromkeys(CLOSED_FORMS[name][0], 1.7) | {"loc": 1.0, "scale": 2.5}
    read = read_distribution({"distribution": name, **parameters})
    uniforms = np.linspace(0.001, 0.999, 200)
    assert np.allclose(read.of(uniforms), np.maximum(getattr(stats, name)(**parameters).ppf(uniforms), 0.0))
