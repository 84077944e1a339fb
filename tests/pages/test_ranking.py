"""A page ranks only where intervals do not overlap, and its numbers never contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reports.capacity.figures.comparison import comparison_figure
from reports.capacity.figures.lead import wait_figure
from reports.capacity.figures.lead_parts import blame, weekday_parts_figure
from reports.capacity.figures.limits import limit_sentences, limits_figure
from reports.capacity.figures.places import places_figure
from reports.capacity.figures.response import sweep_figures
from reports.capacity.ranking import surely_first, surely_last
from reports.capacity.run_folder import CapacityRun, Kpi, read_capacity_run
from reports.words.labels import Term
from reports.words.number_words import amount, number, percent
from sim.capacity.tables.bottlenecks import bottlenecks
from tests.capacity.cases import plan

Ends = tuple[float, float | None, float | None]
PLACES = ("lazio", "molise", "marche")
APART: Sequence[Ends] = ((9.0, 8.5, 9.5), (7.0, 6.5, 7.5), (5.0, 4.5, 5.5))
FIRST_ONLY: Sequence[Ends] = ((9.0, 8.5, 9.5), (5.5, 4.5, 6.5), (5.0, 4.5, 5.5))
ALIKE: Sequence[Ends] = ((9.0, 7.5, 10.5), (8.0, 6.5, 9.5), (7.0, 5.5, 8.5))
SAME: Sequence[Ends] = ((9.0, 7.5, 10.5),) * 3
ONE_REPLICATION: Sequence[Ends] = ((9.0, None, None), (7.0, None, None), (5.0, None, None))


def kpi(mean: float, low: float | None, high: float | None) -> Kpi:
    return Kpi("x", "days", Term("x", "x"), "less", mean, low, high, mean, mean, 3, ())


def run_of(ends: Sequence[Ends], share: float = 1.0, bottlenecks: Sequence[Mapping[str, Any]] = ()) -> CapacityRun:
    """A run of three territories in which each indicator has the same mean and ends, times a share."""
    indicators = ("p50_days_to_visit", "p95_days_to_visit", "utilisation")
    rows = [
        {"variant": "base", "territory": place, "indicator": name, "unit": "days", "replications": 3}
        | {"mean": mean * share, "least": mean * share, "largest": mean * share}
        | {"low": None if low is None else low * share, "high": None if high is None else high * share}
        for place, (mean, low, high) in zip(PLACES, ends, strict=True)
        for name in indicators
    ]
    visits = [
        {"variant": "base", "territory": place, "weekday": 1, "band": "08:00-10:00", "visits": int(mean * 10)}
        | {"capacity": 100}
        for place, (mean, _, _) in zip(PLACES, ends, strict=True)
    ]
    about = {
        "territories": [{"name": place, "title": place.title()} for place in PLACES],
        "bottlenecks": list(bottlenecks),
    }
    return CapacityRun(about, {"kpis": pl.DataFrame(rows), "territory": pl.DataFrame(visits)}, None, None)


def load(place: str, ends: Ends) -> dict[str, Any]:
    mean, low, high = ends
    return {"resource": "technicians", "territory": place, "load": mean / 10, "parameter": f"territories.{place}"} | {
        "measured_as": "visits over slots",
        "low": None if low is None else low / 10,
        "high": None if high is None else high / 10,
    }


@pytest.mark.parametrize(
    ("ends", "first", "last"),
    [(APART, "lazio", "marche"), (FIRST_ONLY, "lazio", None), (ALIKE, None, None), (ONE_REPLICATION, None, None)],
)
def test_first_and_last_are_named_where_their_intervals_part(
    ends: Sequence[Ends], first: str | None, last: str | None
) -> None:
    ranked = {place: kpi(*bounds) for place, bounds in zip(PLACES, ends, strict=True)}
    assert (surely_first(ranked), surely_last(ranked)) == (first, last)


def test_intervals_that_touch_do_not_part() -> None:
    ranked = {"a": kpi(2.0, 1.5, 2.5), "b": kpi(1.0, 0.5, 1.5)}
    assert (surely_first(ranked), surely_last(ranked)) == (None, None)


@pytest.mark.parametrize(
    ("ends", "waits", "full"),
    [
        (
            APART,
            "Lazio waits longest: 95 visits in 100 within 9 days; Marche waits least: 95 visits in 100 within 5 days",
            "Lazio is the fullest, 90% of its slots taken; Marche the least full, 50%",
        ),
        (
            FIRST_ONLY,
            "Lazio waits longest: 95 visits in 100 within 9 days",
            "Lazio is the fullest, 90% of its slots taken",
        ),
        (
            ALIKE,
            "95 visits in 100 within 7 days to 9 days, by territory; who waits longest is not sure",
            "70% to 90% of the slots hold a visit, by territory; which is the fullest is not sure",
        ),
        (
            SAME,
            "95 visits in 100 within 9 days in every territory",
            "90% of the slots hold a visit in every territory",
        ),
    ],
)
def test_the_titles_of_figures_rank_only_what_is_sure(ends: Sequence[Ends], waits: str, full: str) -> None:
    run = run_of(ends)
    titles = [figure.title.en for figure in (wait_figure(run), places_figure(run)) if figure is not None]
    assert titles == [waits, full]


@pytest.mark.parametrize(
    ("ends", "sentence", "title"),
    [
        (APART, "The busiest technicians are those of Lazio: 90%", "The tightest resource: technicians of Lazio, 90%"),
        (ALIKE, "Among the busiest technicians are those of Lazio: 90%", "The tightest resources: technicians of"),
        (ONE_REPLICATION, "Among the busiest technicians are those of", "The tightest resources: technicians of"),
    ],
)
def test_the_tightest_is_named_only_where_it_is_sure(ends: Sequence[Ends], sentence: str, title: str) -> None:
    run = run_of(ends, bottlenecks=[load(place, bounds) for place, bounds in zip(PLACES, ends, strict=True)])
    assert limit_sentences(run)[0].en.startswith(sentence)
    figure = limits_figure(run)
    assert figure is not None
    assert figure.title.en.startswith(title)


def test_loads_have_intervals_where_there_are_several_replications(finished: Path) -> None:
    about = read_capacity_run(finished).about
    assert all(entry["low"] <= entry["load"] <= entry["high"] for entry in about["bottlenecks"])
    small_plan = plan()
    assert [entry.low for entry in bottlenecks(small_plan.scenario(small_plan.variants[0]), ())] == []


def test_what_is_less_than_a_minute_is_said_in_seconds_everywhere() -> None:
    row: dict[str, Any] = {"variant": "base", "territory": "", "indicator": "sms_delay_peak_minutes", "unit": "minutes"}
    row |= {"mean": 0.004, "low": 0.002, "high": 0.005, "least": 0.003, "largest": 0.006, "replications": 3}
    kpis = pl.DataFrame([row, {**row, "indicator": "p95_call_wait_minutes", "mean": 2.0, "largest": 3.0}])
    run = CapacityRun({}, {"kpis": kpis}, None, None)
    short, long = run.kpi("sms_delay_peak_minutes"), run.kpi("p95_call_wait_minutes")
    assert short is not None
    assert long is not None
    assert (short.unit, short.mean, short.low, short.largest) == ("seconds", 0.24, 0.12, 0.36)
    assert (long.unit, long.mean) == ("minutes", 2.0)
    assert amount(short.mean, short.unit).en == "0.24 seconds"


def test_what_is_little_is_not_said_to_be_nothing() -> None:
    assert [number(value).en for value in (0.0, 0.004, 0.006)] == ["0", "< 0.01", "0.01"]
    assert [percent(value).it for value in (0.0, 0.0004, 0.001)] == ["0 %", "< 0,1 %", "0,1 %"]


def test_no_maximum_of_a_run_is_below_its_percentile(finished: Path) -> None:
    run = read_capacity_run(finished)
    for percentile, peak in (("p95_sms_delay_seconds", "sms_delay_peak_minutes"),):
        low, high = run.kpi(percentile), run.kpi(peak)
        assert low is not None
        assert high is not None
        assert low.mean <= high.mean * {"minutes": 60, "seconds": 1}[high.unit]


@pytest.mark.parametrize(
    ("backlog", "delay_minutes", "sentence_part"),
    [
        (0.0, 0.0, "The SMS gateway sends without a queue"),
        (0.0, 0.3, "clears every queue before the minute ends: the slowest SMS leaves after 18 seconds"),
        (40.0, 2.5, "A queue of 40 SMS forms in the SMS gateway: the slowest SMS leaves after 2.5 minutes"),
    ],
)
def test_the_gateway_has_no_queue_only_where_no_sms_waits(
    backlog: float, delay_minutes: float, sentence_part: str
) -> None:
    values = {"sms_backlog_peak": ("sms", backlog), "sms_delay_peak_minutes": ("minutes", delay_minutes)}
    rows = [
        {"variant": "base", "territory": "", "indicator": name, "unit": unit, "replications": 3}
        | dict.fromkeys(("mean", "low", "high", "least", "largest"), value)
        for name, (unit, value) in values.items()
    ]
    gateway = {**load("", (1.0, None, None)), "resource": "sms_gateway"}
    run = CapacityRun({"bottlenecks": [gateway]}, {"kpis": pl.DataFrame(rows)}, None, None)
    assert any(sentence_part in sentence.en for sentence in limit_sentences(run))


@pytest.mark.parametrize(
    ("ends", "title"),
    [
        ((0.1, 0.3), "What changes most: Booked"),
        ((-0.1, 0.5), "No indicator surely changes"),
        ((None, None), "No indicator surely changes"),
    ],
)
def test_a_comparison_names_only_what_surely_changes(ends: tuple[float | None, float | None], title: str) -> None:
    row = {"territory": "", "indicator": "share_booked", "unit": "share", "pairs": 3, "mean_a": 0.5, "mean_b": 0.7}
    row |= {"difference": 0.2, "low": ends[0], "high": ends[1], "variance_ratio": 2.0, "better": ""}
    indicators = [{"name": "share_booked", "unit": "share", "it": "Presi", "en": "Booked", "better": "more"}]
    figure = comparison_figure(CapacityRun({"indicators": indicators}, {"comparison": pl.DataFrame([row])}, None, None))
    assert figure is not None
    assert figure.title.en == title


@pytest.mark.parametrize(
    ("half_width", "title"),
    [(0.05, "moves most of all: Booked"), (0.4, "surely moves nothing"), (None, "surely moves nothing")],
)
def test_a_sweep_names_only_what_surely_moves(half_width: float | None, title: str) -> None:
    rows = [
        {
            "variant": f"v{place}",
            "customers.books": books,
            "territory": "",
            "indicator": "share_booked",
            "unit": "share",
        }
        | {"replications": 3, "mean": books, "least": books, "largest": books}
        | {end: None if half_width is None else books + sign * half_width for end, sign in (("low", -1), ("high", 1))}
        for place, books in enumerate((0.3, 0.8))
    ]
    indicators = [{"name": "share_booked", "unit": "share", "it": "Presi", "en": "Booked", "better": "more"}]
    frame = pl.DataFrame(rows, schema_overrides={"low": pl.Float64, "high": pl.Float64})
    (figure,) = sweep_figures(CapacityRun({"indicators": indicators}, {"sweep": frame}, None, None))
    assert figure.title.en == f"Customers who book by themselves {title}"


@pytest.mark.parametrize(
    ("half_width", "blamed", "weekday"),
    [
        (0.1, "mostly for the answer", "Who wishes Monday waits 2 days more for a slot; who wishes Friday, 1 day"),
        (5.0, "which weighs more is not sure", "1 day to 2 days are added, by weekday wished"),
        (None, "which weighs more is not sure", "1 day to 2 days are added, by weekday wished"),
    ],
)
def test_lead_times_blame_only_what_is_sure(half_width: float | None, blamed: str, weekday: str) -> None:
    parts = {"line": 1.0, "answer": 4.0, "wish": 2.0}
    rows = [
        {"variant": "base", "territory": "", "visits": visits, "weekday": day, "part": part, "mean": mean}
        | {end: None if half_width is None else mean + sign * half_width for end, sign in (("low", -1), ("high", 1))}
        for visits, day, capacity in (("slowest", 0, 1.5), ("all", 1, 2.0), ("all", 5, 1.0))
        for part, mean in {**parts, "capacity": capacity, "whole": 7.0 + capacity}.items()
    ]
    frame = pl.DataFrame(rows, schema_overrides={"low": pl.Float64, "high": pl.Float64})
    run = CapacityRun({}, {"lead": frame}, None, None)
    sentence, figure = blame(run), weekday_parts_figure(run)
    assert sentence is not None
    assert figure is not None
    assert blamed in sentence.en
    assert figure.title.en.startswith(weekday)


@pytest.mark.parametrize(
    ("added", "title"),
    [
        ([2.0], "Beyond the day wished, for want of slots: 2 days, whichever weekday it is"),
        ([2.0, 2.001], "Beyond the day wished, for want of slots: 2 days, whichever weekday it is"),
        ([0.0, 0.04], "No weekday lacks slots: at most 0.04 days are added"),
        ([0.04], "No weekday lacks slots: at most 0.04 days are added"),
    ],
)
def test_weekdays_of_one_number_are_told_apart_by_no_title(added: Sequence[float], title: str) -> None:
    rows = [
        {"variant": "base", "territory": "", "visits": "all", "weekday": day, "part": part}
        | dict.fromkeys(("mean", "low", "high"), days)
        for day, capacity in enumerate(added, 1)
        for part, days in {"line": 1.0, "answer": 4.0, "wish": 2.0, "capacity": capacity, "whole": 9.0}.items()
    ]
    figure = weekday_parts_figure(CapacityRun({}, {"lead": pl.DataFrame(rows)}, None, None))
    assert figure is not None
    assert figure.title.en == title
