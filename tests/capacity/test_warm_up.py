"""The warm-up is judged, never changed: short ones are warned of, seasons are no warm-up, an overload is reported."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import html

from appuntamento import main
from sim.capacity.jobs.jobs import Finished, Plan, make_plan
from sim.capacity.questions.runs import simulate
from sim.capacity.scenario.reader import load_values, read_scenario, shipped_scenarios
from sim.capacity.tables.warm_up import WarmUp, expected_under_way, mser, warm_up
from sim.capacity.terminal_lines import print_warm_up
from tests.capacity.cases import plan, replication_of, replications_of

pytestmark = pytest.mark.usefixtures("jobs_done_once")
# By how much the volume and the technicians of each shipped scenario are divided here.
DIVISORS = {"small-town": 1, "region": 40, "month-end-surge": 20, "after-holiday-monday": 60, "national-year": 600}


def in_small(name: str) -> Plan:
    """A shipped scenario with fewer orders and technicians alike."""
    divisor, scenario = DIVISORS[name], read_scenario(*load_values(name))
    changes: dict[str, object] = {"sample.orders": 0}
    for position, operator in enumerate(scenario.operators if divisor > 1 else (), 1):
        changes[f"operators.{position}.orders_per_year"] = operator.orders_per_year / divisor
    for place in scenario.territories if divisor > 1 else ():
        changes[f"territories.{place.name.lower()}.slots_per_band"] = -(-max(place.capacity[0]) // divisor)
    return make_plan(name, changes=changes)


def replications(count: int = 2, **changes: object) -> list[Finished]:
    small_plan = plan(**{"horizon__days": 42, "horizon__warm_up_days": 0, "sample__orders": 0, **changes})  # type: ignore[arg-type]
    return [replication_of(small_plan, number) for number in range(count)]


def test_mser_leaves_out_the_rise_and_keeps_the_rest() -> None:
    level = 1 + np.tile([0.05, -0.05], 30)
    assert mser(level) == 0
    rising = np.concatenate((np.linspace(0, 0.9, 12), level))
    cut = mser(rising)
    assert cut is not None
    assert 8 <= cut <= 14
    assert mser(np.linspace(0, 1, 40)) is None  # it rises to the end: there is no level


def test_the_expected_orders_are_those_of_an_endless_past() -> None:
    """Everybody stays four days: after four days the series is what it would always have been."""
    received = np.tile([10.0, 20, 30, 10, 20, 5, 5], 6)
    under_way = np.array([received[max(0, day - 4) : day].sum() for day in range(len(received))])
    expected = expected_under_way(under_way, received)
    assert under_way[10:] / expected[10:] == pytest.approx(np.ones(len(received) - 10), abs=0.08)
    assert (under_way / expected)[1] < 0.6


def test_a_run_that_begins_empty_needs_the_days_that_orders_stay() -> None:
    judged = warm_up(replications())
    assert judged.cut_days is not None
    assert 4 <= judged.cut_days <= 14
    assert judged.verdict == "too_short"
    assert judged.gap > 0.2
    assert warm_up(replications(horizon__warm_up_days=judged.cut_days)).verdict == "enough"


def test_a_season_that_triples_the_volume_is_no_warm_up() -> None:
    surge = [{"from": date(2026, 3, 25), "until": date(2026, 4, 12), "factor": 3.0}]
    judged = warm_up(
        replications(horizon__warm_up_days=14, arrivals__surges=surge, territories__lazio__slots_per_band=40)
    )
    assert judged.verdict == "enough"


def test_more_orders_than_can_be_served_are_seen() -> None:
    judged = warm_up(replications(horizon__warm_up_days=7, territories__lazio__slots_per_band=1))
    assert judged.verdict in ("too_short", "no_level")


def test_a_few_days_tell_nothing_and_warn_of_nothing() -> None:
    few_days = replication_of(plan(horizon__days=5, sample__orders=0))
    assert warm_up([few_days]) == WarmUp((), 0, None, 0.0, "too_few_days")


def test_every_shipped_scenario_is_looked_at() -> None:
    assert set(DIVISORS) == set(shipped_scenarios())


@pytest.mark.parametrize("name", DIVISORS)
def test_the_shipped_scenarios_declare_enough(name: str) -> None:
    judged = warm_up(replications_of(in_small(name), 2))
    assert judged.verdict == "enough", judged


def test_a_short_warm_up_is_warned_of_on_the_terminal_and_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["simulate", "small-town", "--replications", "2", "--set", "sample.orders=5", "--out", str(tmp_path)]
    main([*command, "--set", "horizon.warm_up_days=3", "--json"])
    output = capsys.readouterr()
    assert output.err.startswith("ATTENZIONE: avviamento: 3 giorni dichiarati, MSER ne toglierebbe ")
    assert max(map(len, output.err.splitlines())) <= 80
    assert json.loads(output.out)
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["horizon"]["warm_up_days"] == 3
    page: Any = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    figure = page.get_element_by_id("warm-up")
    assert "L'avviamento è troppo breve: 3 giorni dichiarati" in figure.text_content()
    assert "Attenzione: l'avviamento dichiarato (3 giorni)" in page.find(".//section").text_content()
    assert len(figure.xpath(".//tbody/tr")) == 45


def test_a_warm_up_that_suffices_is_said_to(capsys: pytest.CaptureFixture[str]) -> None:
    print_warm_up(simulate("small-town", 2, changes={"sample.orders": 0}), quiet=False, lang="en")
    output = capsys.readouterr()
    assert output.out.startswith("warm-up: 10 days declared, MSER would leave out ")
    assert not output.err
