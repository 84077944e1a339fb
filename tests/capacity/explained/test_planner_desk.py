"""The desk behind the planner's page: sliders, numbers of runs, and a before that is run once for many questions."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sim.capacity.errors import RunError, ScenarioError
from sim.capacity.planner.desk import AFTER, BEFORE, Comparison, Desk, Question
from sim.capacity.planner.side import DONE, Side, SideReport
from sim.capacity.planner.sliders import FACTOR, sliders_of
from sim.capacity.questions.runs import How, simulate
from sim.capacity.scenario.reader import load_values, shipped_scenarios
from sim.capacity.tables.results import read_run
from tests.capacity.page_cases import SMALL_TOML

HEAD = "received_at,operator,service,territory"


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_has_sliders_whose_ends_hold_its_values(name: str) -> None:
    sliders = sliders_of(load_values(name)[1])
    assert len(sliders) >= 4
    assert len({slider.path for slider in sliders}) == len(sliders)
    for slider in sliders:
        assert slider.low <= slider.now <= slider.high, slider
        assert slider.high <= max(slider.now * FACTOR, FACTOR)


def test_a_desk_begins_behind_what_an_earlier_one_left_in_its_folder(tmp_path: Path) -> None:
    for name in ("0003", "0012", "notes"):
        (tmp_path / name).mkdir()
    numbers: list[int] = []

    async def ask() -> None:
        desk = Desk(tmp_path)
        numbers.append(desk.ask(Question("small-town", {}, 2, 0), "en").number)
        with pytest.raises(RunError, match="one at a time"):
            desk.ask(Question("small-town", {}, 2, 1), "en")
        desk.close()

    asyncio.run(ask())
    assert numbers == [13]


def test_shares_of_visits_in_vain_are_written_before_too_so_that_both_sides_tell_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides: list[Side] = []
    monkeypatch.setattr(Desk, "_start", lambda desk, comparison, name, side: sides.append(side))
    Desk(tmp_path).ask(Question("small-town", {"customers.no_show": 0.2, "sms.per_second": 3}, 2, 0), "en")
    before, after = (side.changes for side in sides)
    assert before == {"customers.no_show": 0}
    assert after == {"customers.no_show": 0.2, "sms.per_second": 3}


def test_a_before_is_run_again_when_what_a_scenario_names_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of the scenario, then the rows that it names: a before of other rows is no before of these."""
    ran: list[tuple[str, Path]] = []

    def run_here(desk: Desk, comparison: Comparison, name: str, side: Side) -> None:
        ran.append((name, side.folder))
        if name == BEFORE:
            how = How(side.seed, out=side.folder, quiet=True)
            simulate(side.scenario, side.replications, how=how, changes=side.changes)
        desk._say(comparison, name, SideReport(DONE, 1.0, ""))

    def rows(number: int) -> str:
        return "\n".join([HEAD, *[f"2026-03-03T10:{minute:02}:00,ALFA,ULL,lazio" for minute in range(number)]])

    monkeypatch.setattr(Desk, "_start", run_here)
    file, orders = tmp_path / "own.toml", tmp_path / "orders.csv"
    orders.write_text(rows(2))
    days = SMALL_TOML.replace("days = 14", "days = 2").replace("warm_up_days = 3", "warm_up_days = 0")
    file.write_text(f'{days}\n[arrivals.recorded]\nfile = "orders.csv"\n')
    desk = Desk(tmp_path / "runs", [str(file)])

    def ask(replications: int = 2) -> list[str]:
        ran.clear()
        asyncio.run(_ask_in_a_loop(desk, Question("own.toml", {"sms.per_second": 3}, replications, 1)))
        return [name for name, _ in ran]

    assert ask() == [BEFORE, AFTER]
    assert ask() == [AFTER]
    orders.write_text(rows(3))
    assert ask() == [BEFORE, AFTER]
    counts = [read_run(desk.comparisons[number].folders[BEFORE]).about["orders_simulated"] for number in (1, 2, 3)]
    assert counts == [4, 4, 6]
    orders.write_text(rows(2))
    assert ask() == [AFTER]  # the first before is right again
    assert desk.comparisons[4].folders[BEFORE] == desk.comparisons[1].folders[BEFORE]
    file.write_text(file.read_text().replace("per_second = ", "per_second = 1"))
    assert ask() == [BEFORE, AFTER]
    assert ask(replications=3) == [BEFORE, AFTER]
    orders.unlink()
    with pytest.raises(ScenarioError, match=r"orders\.csv"):
        ask()


async def _ask_in_a_loop(desk: Desk, question: Question) -> None:
    desk.ask(question, "en")
