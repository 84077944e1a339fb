"""Lead times taken apart: the parts add up to the millisecond, and what capacity adds is told from what is wished."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from reports.capacity.figures.lead_parts import blame, full_sentences
from reports.capacity.run_folder import CapacityRun
from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.lead_times import ORDERS, LeadPart, parts_of
from sim.capacity.engine.tally import Arrays, Cohort, DurationKind, Outcome
from sim.capacity.explained import explained
from sim.capacity.tables.lead_frame import slowest_days
from sim.capacity.tables.results import Run
from tests.capacity.cases import complete_run, plan, scenario
from tests.capacity.page_cases import page_of, section_text
from tests.sandbox.pages.page_visitors import Pictures, Visitor

DAY = 86_400_000
FEW_MONDAYS = [1] * 5


@pytest.fixture(scope="module")
def tight() -> Arrays:
    return run_replication(scenario(territories__lazio__slots_per_band=2), 5, 0).arrays


@pytest.fixture(scope="module")
def few_mondays() -> Run:
    """Many technicians but on Mondays."""
    four_weeks = plan(
        territories={"lazio": {"share": 1, "slots_per_band": 9, "mon": FEW_MONDAYS}},
        horizon__days=28,
        horizon__warm_up_days=7,
        horizon__cool_down_days=7,
        sample__orders=0,
    )
    return complete_run(four_weeks, 2)


def read_back(run: Run) -> CapacityRun:
    return CapacityRun(run.about, run.frames, None, None)


def test_the_parts_add_up_to_every_millisecond_of_the_lead_times(tight: Arrays) -> None:
    whole = tight["cohorts"][:, Cohort.DAYS_TO_VISIT_MS].sum()
    assert whole > 100 * DAY
    assert tight["lead"].sum() == tight["lead_weekdays"][..., :ORDERS].sum() == whole
    assert tight["lead_weekdays"][..., ORDERS].sum() == tight["outcomes"][:, Outcome.VISITED].sum()
    of_length = tight["measures"][:, DurationKind.TO_VISIT]
    assert np.array_equal(tight["lead"].sum(axis=1).astype(bool), of_length.astype(bool))


def test_no_part_is_negative_and_the_rows_of_orders_say_the_same(tight: Arrays) -> None:
    counted = run_replication(scenario(territories__lazio__slots_per_band=2), 5, 0, keeps_orders=True).arrays
    visited = np.array(counted["order_visit_at"].tolist()) > 0
    columns = ("received_at", "line_ready_at", "looked_at", "added_ms", "visit_at")
    rows = zip(*(counted["order_" + name][visited].tolist() for name in columns), strict=True)
    parts = np.array([parts_of(*row) for row in rows])
    assert parts.min() >= 0
    assert parts.sum(axis=0).tolist() == tight["lead"].sum(axis=(0, 2)).tolist()


def test_with_technicians_enough_for_all_capacity_adds_nothing(tight: Arrays) -> None:
    ample = run_replication(scenario(territories__lazio__slots_per_band=500), 5, 0).arrays
    assert ample["lead"][:, LeadPart.CAPACITY].sum() == 0 < ample["lead"][:, LeadPart.WISH].sum()
    assert tight["lead"][:, LeadPart.CAPACITY].sum() > 50 * DAY


def test_who_found_a_later_slot_first_and_moved_to_an_earlier_one_waited_for_a_wish() -> None:
    assert parts_of(0, 10, 30, 500, 90) == (10, 20, 0, 60)
    assert parts_of(0, 10, 30, 5, 90) == (10, 20, 55, 5)


def test_the_slowest_are_the_visits_that_took_longest(tight: Arrays) -> None:
    every = slowest_days(tight, share=1.0)
    slowest, slower = (slowest_days(tight, share=share) for share in (0.05, 0.5))
    visits = tight["measures"][:, DurationKind.TO_VISIT].sum()
    assert every.sum() == pytest.approx(tight["lead"].sum() / visits / DAY)
    assert slowest.sum() > slower.sum() > every.sum()
    assert np.isnan(slowest_days({name: np.zeros_like(counts) for name, counts in tight.items()})).all()


def test_a_run_says_that_mondays_are_full_where_technicians_are_free_on_the_whole(few_mondays: Run) -> None:
    sentences = [sentence.en for sentence in full_sentences(read_back(few_mondays))]
    assert len(sentences) == 1
    assert "but 100% on Mondays" in sentences[0]
    lead = few_mondays.lead.filter(territory="lazio", visits="all", part="capacity")
    by_weekday = dict(lead.select("weekday", "mean").iter_rows())
    assert by_weekday[1] > 3 * by_weekday[3]
    assert few_mondays.lead.filter(pl.col("low") > pl.col("mean")).is_empty()


def test_the_part_to_blame_is_that_which_takes_longest_in_the_slowest_visits(few_mondays: Run) -> None:
    sentence = blame(read_back(few_mondays))
    assert sentence is not None
    rows = few_mondays.lead.filter(territory="", visits="slowest").select("part", "mean").iter_rows()
    days = dict(rows)
    largest = max(("line", "answer", "wish", "capacity"), key=days.__getitem__)
    assert {"line": "the line", "answer": "the answer", "wish": "the day", "capacity": "a free slot"}[
        largest
    ] in sentence.en
    assert sum(days[part] for part in ("line", "answer", "wish", "capacity")) == pytest.approx(days["whole"])


def test_the_terminal_says_what_the_page_says(few_mondays: Run) -> None:
    lines = list(explained(few_mondays, "en"))
    assert lines[0].startswith("From the order to the visit it takes ")
    assert [sentence.en for sentence in full_sentences(read_back(few_mondays))] == lines[2:-1]
    assert "of 2 weeks" in lines[-1]


def test_the_page_shows_all_the_slowest_and_the_weekdays(finished: Path) -> None:
    page = page_of(finished, "en")
    section = section_text(page, "lead-time")
    assert "All visits" in section
    assert "The slowest" in section
    assert "Lazio, Friday" in section
    assert "who waits longest waits mostly for" in page.text_content()


def test_the_picture_of_lead_times_in_the_documentation(visitor: Visitor, pictures: Pictures, finished: Path) -> None:
    """The kept one is of the run `simulate region --replications 5`."""
    page = visitor(viewport={"width": 1120, "height": 960}, device_scale_factor=0.75).new_page()
    page.goto((Path(os.environ.get("APPUNTAMENTO_CAPACITY_RUN", finished)) / "index.html").as_uri() + "#lead-time")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="What the waiting is made of").scroll_into_view_if_needed()
    pictures.take(page, "capacity-lead-time")
