"""`readings price`: what a reading changes, for the same orders with the same luck; ranked, drawn, in two languages."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from lxml import html

from appuntamento import main
from reference_impl.policy import Policy
from reports.judging.catalogue import catalogue
from sim.capacity.engine.workload import Workload
from sim.capacity.questions.lives import different_lives, lives_of
from sim.capacity.questions.pricing import NOT_RUN, questions
from sim.recorder import Event
from tests.capacity.cases import scenario
from tests.capacity.test_page_looks import IMAGES, LARGEST_IMAGE_BYTES, OUTSIDE, SCREENSHOTS, taken
from tests.sandbox.pages.page_visitors import Visitor, accessibility_faults

ASKED = ("first_day", "sla_resume", "race_retry", "refusal_final")


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the price of four readings; customers of the scenario refuse, and nobody races."""
    folder = tmp_path_factory.mktemp("price")
    asked = [word for name in ASKED for word in ("--reading", name)]
    command = ["readings", "price", "small-town", "--replications", "2", "--set", "sample.orders=80", *asked]
    assert main([*command, "--set", "horizon.days=24", "--quiet", "--out", str(folder)]) == 0
    return folder


def told(folder: Path) -> list[dict[str, Any]]:
    readings: list[dict[str, Any]] = json.loads((folder / "price.json").read_text("utf-8"))["readings"]
    return readings


def test_every_other_value_is_asked_and_the_dearest_comes_first(priced: Path) -> None:
    readings = told(priced)
    expected = {(name, value) for name in ASKED for value in catalogue().parameters[name].readings}
    own = {(item["reading"], item["now"]) for item in readings}
    assert {(item["reading"], item["other"]) for item in readings} == expected - own
    lives = [item["lives_a_year"]["mean"] for item in readings]
    assert lives == sorted(lives, reverse=True)
    assert lives[-1] == 0 < lives[0] <= 5_000  # of the 4,800 orders a year


def test_a_reading_that_stops_the_suspension_earlier_shortens_it_and_nothing_else(priced: Path) -> None:
    earlier = next(item for item in told(priced) if item["other"] == "booking")
    assert earlier["suspended_days"]["high"] < 0
    assert earlier["p95_days"] == {"mean": 0.0, "low": 0.0, "high": 0.0} == earlier["timed_out_a_year"]
    now, other = ({event["type"] for event in earlier["example"][side]} for side in ("now", "other"))
    assert now == other
    assert earlier["example"]["now"] != earlier["example"]["other"]


def test_a_race_that_nobody_runs_is_worth_nothing(priced: Path) -> None:
    race = next(item for item in told(priced) if item["reading"] == "race_retry")
    assert race["lives_a_year"]["mean"] == 0
    assert race["example"] is None
    assert race["sampled"] > 50


@pytest.mark.parametrize(("language", "title"), [("it", "Domande a TIM"), ("en", "Questions to TIM")])
def test_the_page_asks_in_both_languages_and_draws_an_order_twice(priced: Path, language: str, title: str) -> None:
    from reports.capacity.questions_page import write_questions

    page: Any = html.fromstring(write_questions(priced, language).read_text("utf-8"))
    assert page.find(".//title").text == title
    moving = [item for item in told(priced) if item["example"]]
    cards = page.xpath("//section[@class='card']")
    assert len(cards) == len(moving) == len(page.xpath("//tbody/tr"))
    for card, item in zip(cards, moving, strict=True):
        assert len(card.xpath(".//*[local-name()='svg']")) == (2 if item["example"]["other"] else 1)
        parameter = catalogue().parameters[item["reading"]]
        assert card.find(".//h3").text_content() == parameter.title.in_language(language)
        assert page.xpath(f"//tbody//a[@href='#{card.get('id')}']")
    assert "race_retry" in page.get_element_by_id("still").text_content()


def test_the_terminal_names_what_each_number_is_and_only_what_changes(priced: Path) -> None:
    from reports.capacity.questions_page import price_lines

    lines = price_lines(priced, "en")
    assert max(map(len, lines)) <= 80
    begin = lines.index("sla_resume: appointment → booking")
    assert lines[begin + 1].startswith("    Orders a year whose life differs: ")
    assert lines[begin + 2].startswith("    Days of suspension, mean: −")  # neither days to the visit nor time-outs
    assert lines[begin + 3].startswith("sla_resume: ")
    still = lines.index("Questions that move no order here:")
    assert "    race_retry: idempotent → reject" in lines[still:]
    assert not [line for line in lines if "race_retry" in line and line.endswith("]")]


def test_json_is_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["readings", "price", "small-town", "--replications", "2", "--reading", "csv_date", "--json"]
    assert main([*command, "--set", "horizon.days=24", "--out", str(tmp_path)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [item["other"] for item in said["readings"]] == ["deposit_day"]


def test_a_reading_that_no_run_depends_on_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "price", "small-town", "--reading", "never_after"]) == 3
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .startswith("appuntamento: --reading: 'never_after' is not allowed; allowed: working_week, holidays,")
    )


def test_every_reading_of_the_catalogue_is_asked_or_said_why_not() -> None:
    asked = {name for name, _, _ in questions(scenario(), ())}
    assert asked | set(NOT_RUN) == set(catalogue().parameters)
    assert not asked & set(NOT_RUN)


def test_another_calendar_of_the_service_brings_the_same_orders() -> None:
    april = {"horizon": {"start": date(2026, 4, 1), "days": 8}}
    own, other = (
        Workload(scenario(readings={"holidays": holidays}, **april), Policy.from_readings({"holidays": holidays}), 1, 0)
        for holidays in ("national", "none")
    )
    assert [own.day(day).line_ready_at for day in own.days] == [other.day(day).line_ready_at for day in other.days]


def test_lives_are_compared_to_the_byte_and_numbers_of_events_are_no_part_of_them() -> None:
    def event(number: str, text: str) -> Event:
        data = {"operator": "ALFA", "text": text}
        return {"id": number, "type": "sms.sent", "source": "/sms", "subject": "X-1", "time": "t", "data": data}

    now = lives_of([event("1", "a")])
    assert different_lives(now, lives_of([event("2", "a")])) == []
    assert different_lives(now, lives_of([event("1", "b")])) == [("ALFA", "X-1")]
    assert different_lives(now, {}) == [("ALFA", "X-1")]


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1200, "dark")])
def test_the_page_is_accessible_fits_and_needs_nothing_else(
    visitor: Visitor, priced: Path, width: int, theme: Literal["light", "dark"]
) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=theme).new_page()
    page.goto((priced / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page, for_fingers=False) == []
    assert OUTSIDE.findall((priced / "index.html").read_text("utf-8")) == []


def test_the_picture_of_the_documentation(visitor: Visitor, priced: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("APPUNTAMENTO_PRICE_RUN", priced))
    picture = (IMAGES if SCREENSHOTS else tmp_path) / "questions.png"
    assert 10_000 < taken(visitor, folder, picture) < LARGEST_IMAGE_BYTES
