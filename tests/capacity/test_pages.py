"""The report of a capacity run as a planner finds it: the numbers of the tables in both languages."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from lxml import html

from reports.capacity.canvas import Scale, rounded_up, ticks
from reports.capacity.figures.lead import Bins, quantile
from reports.capacity.figures.plan import OUTCOMES
from reports.capacity.pages import render_capacity, write_capacity_report
from reports.capacity.run_folder import read_capacity_run
from reports.judging.errors import InputError
from reports.words.labels import Term
from reports.words.number_words import amount, between, exact, filled, in_full, number, percent, percent_in_full
from sim.capacity.jobs.jobs import Variant
from tests.capacity.cases import complete_run, plan
from tests.capacity.page_cases import (
    HOSTILE,
    mean_of,
    page_of,
    rule,
    words_of,
    write_verdicts,
)


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert number(1234567.0) == Term("1.234.567", "1,234,567")
    assert number(12.34) == Term("12,3", "12.3")
    assert number(-0.001) == Term("0", "0")
    assert number(-3) == Term("−3", "−3")
    assert number(None) == number(float("nan")) == Term("–", "–")
    assert percent(0.8267) == Term("82,7 %", "82.7%")
    assert amount(1, "days") == Term("1 giorno", "1 day")
    assert amount(7.25, "days") == Term("7,25 giorni", "7.25 days")
    assert between(None, None, "days") == Term("", "")
    assert in_full(1234567.5) == Term("1.234.567,5", "1,234,567.5")
    assert (in_full(150.25), in_full(None)) == (Term("150,25", "150.25"), number(None))
    assert percent_in_full(0.999) == Term("99,9 %", "99.9%")
    assert [*map(exact, (1234567.0, 3_000_000.5, 0.1 + 0.2, 1e6))] == ["1234567", "3000000.5", "0.3", "1000000"]


@pytest.mark.parametrize(
    ("count", "it", "en"),
    [
        (0, "ne bastano 0: 0 righe", "0 rows"),
        (1, "ne basta 1: 1 riga", "1 row"),
        (2, "ne bastano 2: 2 righe", "2 rows"),
        (1001, "ne bastano 1.001: 1.001 righe", "1,001 rows"),
    ],
)
def test_a_sentence_has_its_noun_and_its_verb_in_the_number_that_stands_there(count: int, it: str, en: str) -> None:
    pattern = Term("{count:ne basta #|ne bastano #}: {count:# riga|# righe}", "{count:# row|# rows}")
    assert filled(pattern, count=number(count, 0)) == Term(it, en)


def test_of_one_that_is_enough_the_answer_of_a_plan_speaks_in_the_singular() -> None:
    parts = {"vary": "posti", "answer": number(1), "target": "la meta", "confidence": "95 %"}
    sentence = filled(OUTCOMES["smallest"], **parts)
    assert sentence.it == "posti: ne basta 1 per avere la meta, con confidenza 95 %"


def test_axes_end_at_round_values_that_hold_the_data() -> None:
    assert ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert rounded_up(13_504) == 15_000
    assert rounded_up(0) == 1
    assert Scale(0, 10, 100, 0)(5) == 50


def test_a_quantile_of_a_histogram_lies_within_its_bin() -> None:
    bins = Bins(np.array([0.0, 1.0]), np.array([1.0, 2.0]), np.array([50, 50]))
    assert quantile(bins, 0.5) == 1.0
    assert quantile(bins, 0.75) == 1.5


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_first_screen_shows_the_means_of_the_tables(finished: Path, language: str) -> None:
    indicators = words_of(page_of(finished, language).get_element_by_id("indicators"))
    for indicator, unit in (("mean_days_to_visit", "days"), ("share_booked", "share"), ("sms_backlog_peak", "sms")):
        assert amount(mean_of(finished, indicator), unit).in_language(language) in indicators, indicator


def test_a_territory_has_its_own_numbers(finished: Path) -> None:
    days = amount(mean_of(finished, "p95_days_to_visit", "molise"), "days").it
    molise = next(details for details in page_of(finished).iter("details") if "Territorio: Molise" in words_of(details))
    assert days in words_of(molise)


@pytest.mark.parametrize(
    "anchor", ["opening", "window", "week", "lead", "waits", "outcomes", "places", "limits", "days"]
)
def test_every_plot_has_a_title_two_drawings_tips_and_its_numbers(finished: Path, anchor: str) -> None:
    figure = page_of(finished).get_element_by_id(anchor)
    assert re.search(r"\d|Carichi|SMS", words_of(figure.find(".//h3")))
    assert len(figure.xpath(".//div[@class='desk']/svg")) == len(figure.xpath(".//div[@class='phone']/svg")) == 1
    assert figure.xpath(".//div[@class='desk']//title")
    assert figure.xpath(".//details//table//td")


def test_the_opening_names_the_heaviest_weekday_and_its_peak(finished: Path) -> None:
    minutes = pl.read_parquet(finished / "minutes.parquet")
    openings = minutes.filter((pl.col("minute") == 420) & (pl.col("weekday") > 0))
    peak = openings["handed_peak"].max()
    assert isinstance(peak, int)
    title = words_of(page_of(finished, "en").get_element_by_id("opening").find(".//h3"))
    assert amount(peak, "sms").en in title
    assert re.match(r"On \w+days at 07:00", title)


def test_the_queue_of_the_gateway_is_told_where_there_is_one(finished: Path) -> None:
    backlog = amount(mean_of(finished, "sms_backlog_peak"), "sms").it
    assert f"Nel gateway SMS si forma una coda di {backlog}" in words_of(page_of(finished))


def test_the_outcomes_of_all_orders_add_up(finished: Path) -> None:
    table = page_of(finished).get_element_by_id("outcomes").find(".//details//table")
    first = next(row for row in table.iter("tr") if row.xpath("./td"))
    shares = [float(words_of(cell).removesuffix(" %").replace(",", ".")) for cell in first.xpath("./td")]
    assert sum(shares) == pytest.approx(100, abs=0.3)


def test_days_that_are_not_measured_are_marked_as_such(finished: Path) -> None:
    figure = page_of(finished).get_element_by_id("days")
    marked = [words_of(cell) for cell in figure.xpath(".//th[@scope='row']") if words_of(cell).endswith("*")]
    assert len(marked) == 5 + 2
    assert figure.xpath(".//*[local-name()='rect' and @class='idle']")


def test_regions_stand_where_they_are_on_the_map(finished: Path, copied: Path) -> None:
    about = json.loads((copied / "run.json").read_text("utf-8"))
    assert all({"column", "row"} <= set(place) for place in about["territories"])
    titles = page_of(finished).get_element_by_id("places").xpath(".//*[local-name()='text']")
    assert {"Lazio", "Molise"} <= {words_of(title) for title in titles}


def test_the_scenario_its_assumptions_and_their_sources_are_shown(finished: Path) -> None:
    section = page_of(finished).get_element_by_id("assumptions")
    text = words_of(section)
    assert "Istat 2024" in text
    assert "nessuna fonte: è un'ipotesi" in text
    books = next(term for term in section.xpath(".//dt") if "customers.books" in words_of(term))
    assert books.xpath("./a/@href") == ["#assumption-1"]
    assert "appuntamento simulate small.toml --replications 3 --seed 5" in text


def test_assumptions_are_said_in_the_language_of_the_page(finished: Path) -> None:
    sections = {language: page_of(finished, language).get_element_by_id("assumptions") for language in ("it", "en")}
    assert "Quanti prenotano è inventato." in words_of(sections["it"])
    assert "How many book is invented." in words_of(sections["en"])
    assert all("Orders follow the population." in words_of(section) for section in sections.values()), (
        "said in English only"
    )


def test_the_first_page_says_when_and_with_what_the_run_was_made(finished: Path) -> None:
    page: Any = html.fromstring(render_capacity(read_capacity_run(finished), "en", 1_772_526_600_000))
    facts = words_of(page.xpath("//section[contains(@class, 'headline')]//dl")[0])
    assert "Run on2026-03-03 09:30 +01:00" in facts
    assert f"Run withappuntamento {version('appuntamento')}" in facts


def test_a_run_without_violations_says_so_in_numbers(finished: Path) -> None:
    assert "0 regole violate in 1.234 occasioni; regole messe alla prova: 1" in words_of(page_of(finished))


def test_a_violated_rule_is_named_with_what_was_observed(copied: Path) -> None:
    finding: dict[str, object] = {
        "subject": "OL-7",
        "verdict": "FAIL",
        "expected": "07:00",
        "observed": "06:59",
        "evidence": [],
    }
    write_verdicts(copied, rule("SMS-1", "FAIL", 10, *[finding] * 8), rule("SMS-2", "PASS", 5))
    page = page_of(copied)
    judged = words_of(page.get_element_by_id("judged"))
    assert "Regole violate: 1 su 2 messe alla prova" in judged
    assert "SMS-1" in judged
    assert "06:59" in judged
    assert "+ 3 altri in verdicts.json" in judged
    assert page.xpath("//section[@class='headline FAIL']")


def test_one_replication_is_shown_without_intervals(tmp_path: Path) -> None:
    complete_run(plan(horizon__days=7, sample__orders=0), 1).write(tmp_path)
    page = page_of(tmp_path)
    assert "una sola replica: nessun intervallo" in words_of(page)
    assert "nan" not in words_of(page.get_element_by_id("indicators")).lower().split()


def test_a_run_in_which_nothing_happens_has_a_page_too(tmp_path: Path) -> None:
    small_plan = plan(Variant("base", {"operators.1.orders_per_year": 1}), horizon__days=2, sample__orders=0)
    complete_run(small_plan, 2).write(tmp_path)
    assert write_capacity_report(tmp_path, "en").exists()


def test_the_same_run_gives_the_same_bytes_in_each_language(finished: Path) -> None:
    for language in ("it", "en"):
        once, again = (render_capacity(read_capacity_run(finished), language) for _ in range(2))
        assert once == again
        assert html.fromstring(once).get("lang") == language


def test_what_is_hostile_is_shown_as_text(finished: Path) -> None:
    assert HOSTILE not in (finished / "index.html").read_text("utf-8")
    assert HOSTILE in page_of(finished).text_content()


def test_what_is_no_run_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape("run.json: cannot be read (allowed: the folder of a capacity run")):
        write_capacity_report(tmp_path, "it")
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(InputError, match=r"neither kpis\.parquet nor plan\.json"):
        write_capacity_report(tmp_path, "it")
    (tmp_path / "kpis.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match=r"kpis\.parquet: cannot be read"):
        write_capacity_report(tmp_path, "it")
    assert {path.name for path in tmp_path.iterdir()} == {"run.json", "kpis.parquet"}
