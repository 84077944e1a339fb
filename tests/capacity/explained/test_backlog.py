"""What a run says of the state in which it began, on the terminal, on its page and in its folder."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from reports.capacity.figures.backlog import backlog_sentences
from reports.capacity.figures.limits import limit_sentences
from reports.capacity.run_folder import CapacityRun
from sim.capacity.explained import explained
from sim.capacity.questions.runs import simulate
from sim.capacity.terminal_lines import print_warm_up

CHANGES = {
    "horizon.days": 14,
    "horizon.warm_up_days": 0,
    "horizon.cool_down_days": 0,
    "sample.orders": 0,
    "opening.orders": "opening/small-town-open-orders.csv",
    "opening.slots": "opening/small-town-taken-slots.csv",
}


def test_the_backlog_that_comes_with_small_town_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    run = simulate("small-town", 2, changes=CHANGES)
    assert run.about["opening"] == {"orders": 30, "places": 63}
    opening_sentence = "Opening state, taken from the scenario's files: 30 open orders, 63 appointments already made."
    assert opening_sentence in explained(run, "en")
    on_page = [sentence.en for sentence in limit_sentences(CapacityRun(run.about, run.frames, None, None))]
    assert on_page[-3] == opening_sentence
    assert on_page[-1].startswith("It is assumed that nobody of the open orders has booked")
    assert run.about["warm_up"][0]["verdict"] == "opening"  # type: ignore[index]
    print_warm_up(run, quiet=False, lang="en")
    assert capsys.readouterr() == ("", "")
    first, last = (run.hourly.group_by("replication", maintain_order=True).agg(pl.all().get(n)) for n in (0, -1))
    assert first["opening_alive"].to_list() == [30, 30] == first["alive"].to_list()
    assert last["opening_alive"].to_list() == [0, 0]
    assert (run.hourly["opening_alive"] <= run.hourly["alive"]).all()


def run_with(open_orders: dict[int, list[int]], orders: int) -> CapacityRun:
    """A run that began with some open orders, of which so many are left at the end of each day of March."""
    rows = [
        ("base", number, date(2026, 3, day), count)
        for number, counts in open_orders.items()
        for day, count in counts_of(counts)
    ]
    frame = pl.DataFrame(rows, schema=["variant", "replication", "day", "opening_alive"], orient="row")
    return CapacityRun({"opening": {"orders": orders, "places": 0}}, {"hourly": frame}, None, None)


def counts_of(counts: list[int]) -> list[tuple[int, int]]:
    """The counts of each day's first and last hour, of days from the 2nd on."""
    return [(day, number) for day, count in enumerate(counts, 2) for number in (count + 1, count)]


def test_the_days_by_which_open_orders_have_ended_are_of_all_replications_together() -> None:
    sentences = [sentence.en for sentence in backlog_sentences(run_with({0: [20, 9, 1, 1], 1: [20, 13, 3, 0]}, 20))]
    assert sentences[1] == "Half of the open orders have ended by Wednesday 4 March, 95 in 100 by Thursday 5 March."
    sentences = [sentence.it for sentence in backlog_sentences(run_with({0: [20, 10, 9, 2]}, 20))]
    assert sentences[1] == (
        "Metà degli ordini aperti è conclusa entro martedì 3 marzo, 95 su 100 non entro la simulazione."
    )
    assert len(backlog_sentences(run_with({0: [0]}, 0))) == 2  # slots alone: nothing is worked off
    assert backlog_sentences(CapacityRun({}, {}, None, None)) == []
