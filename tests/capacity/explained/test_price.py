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
from reports.capacity.questions_page import MEASURES, RANKED, _question, write_questions
from reports.judging.catalogue import catalogue
from reports.words.labels import Lexicon
from sim.capacity.engine.workload import Workload
from sim.capacity.intervals import interval
from sim.capacity.questions.lives import different_lives, happens_otherwise, lives_of
from sim.capacity.questions.pricing import NOT_RUN, Priced, questions
from sim.recorder import Event
from tests.capacity.cases import scenario
from tests.capacity.test_page_looks import IMAGES, LARGEST_IMAGE_BYTES, OUTSIDE, SCREENSHOTS, taken
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Visitor

pytestmark = pytest.mark.usefixtures("jobs_done_once")
ASKED = ("first_day", "sla_resume", "race_retry", "refusal_final")


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the price of four readings; customers of the scenario refuse, and nobody races."""
    folder = tmp_path_factory.mktemp("price")
    options = [word for name in ASKED for word in ("--reading", name)]
    command = ["readings", "price", "small-town", "--replications", "2", "--set", "sample.orders=80", *options]
    assert main([*command, "--set", "horizon.days=24", "--quiet", "--out", str(folder)]) == 0
    return folder


def price_rows(folder: Path) -> list[dict[str, Any]]:
    readings: list[dict[str, Any]] = json.loads((folder / "price.json").read_text("utf-8"))["readings"]
    return readings


def test_every_other_value_is_asked_and_the_dearest_comes_first(priced: Path) -> None:
    readings = price_rows(priced)
    expected = {(name, value) for name in ASKED for value in catalogue().parameters[name].readings}
    own = {(item["reading"], item["now"]) for item in readings}
    assert {(item["reading"], item["other"]) for item in readings} == expected - own
    lives = [item["lives_a_year"]["mean"] for item in readings]
    assert lives == sorted(lives, reverse=True)
    assert lives[-1] == 0 < lives[0] <= 5_000  # of the 4,800 orders a year


def test_a_reading_that_stops_the_suspension_earlier_shortens_it_and_nothing_else(priced: Path) -> None:
    earlier = next(item for item in price_rows(priced) if item["other"] == "booking")
    assert earlier["suspended_days"]["high"] < 0
    assert earlier["p95_days"] == {"mean": 0.0, "low": 0.0, "high": 0.0} == earlier["timed_out_a_year"]
    now, other = ({event["type"] for event in earlier["example"][side]} for side in ("now", "other"))
    assert now == other
    assert earlier["example"]["now"] != earlier["example"]["other"]


def test_a_race_that_nobody_runs_is_worth_nothing(priced: Path) -> None:
    race = next(item for item in price_rows(priced) if item["reading"] == "race_retry")
    assert race["lives_a_year"]["mean"] == 0
    assert race["example"] is None
    assert race["sampled"] > 50


@pytest.mark.parametrize(("language", "title"), [("it", "Domande a TIM"), ("en", "Questions to TIM")])
def test_the_page_asks_in_both_languages_and_draws_an_order_twice(priced: Path, language: str, title: str) -> None:
    page: Any = html.fromstring(write_questions(priced, language).read_text("utf-8"))
    assert page.find(".//title").text == title
    moving = [item for item in price_rows(priced) if item["example"]]
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


def test_a_reading_of_which_nothing_depends_is_said_to_change_only_what_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every order has another address in its links, and lives the same life; another rank changes only the order."""
    short = ["--set", "horizon.days=24", "--set", "sample.orders=80", "--replications", "2", "--lang", "en", "--quiet"]
    options = [word for name in ("domain_match", "sla_resume", "day_end") for word in ("--reading", name)]
    command = ["readings", "price", "small-town", *short, *options]
    assert main([*command, "--out", str(tmp_path)]) == 0
    by_lives, output = price_rows(tmp_path), " ".join(capsys.readouterr().out.split())
    assert {item["reading"] for item in by_lives if item.get("only_written")} == {"domain_match"}
    assert by_lives[0]["lives_a_year"]["mean"] == pytest.approx(4_800)
    assert "Readings that change only what is written: 1" in output
    assert output.count("Only in what is written (addresses, texts, files)") == 1
    page = (tmp_path / "index.html").read_text("utf-8")
    assert page.count("Only in what is written") >= 2
    assert "The questions that change most orders come first." in page
    measure = "suspended_days"
    assert main([*command, "--out", str(tmp_path), "--rank-by", measure]) == 0
    ranked, output = price_rows(tmp_path), " ".join(capsys.readouterr().out.split())
    assert json.loads((tmp_path / "price.json").read_text("utf-8"))["ranked_by"] == measure
    sizes = [abs(item[measure]["mean"]) for item in ranked]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0
    assert ranked[0]["reading"] != "domain_match"
    assert sorted(map(str, ranked)) == sorted(map(str, by_lives))
    assert RANKED[measure].en in output
    assert "The questions that change most orders come first." not in (tmp_path / "index.html").read_text("utf-8")


def test_the_dearest_is_the_farthest_from_none_by_what_is_asked_for() -> None:
    def priced(name: str, lives: float, p95_days: float) -> Priced:
        none = interval([0.0, 0.0])
        changes = interval([lives, lives]), interval([p95_days, p95_days]), none, none
        return Priced(name, "a", "b", *changes, sampled=1, example=None, only_written=False)

    items = [priced("unknown", 9, float("nan")), priced("more", 1, 2), priced("less", 1, -3), priced("lives", 5, 0)]
    by_days = [item.parameter for item in sorted(items, key=lambda item: item.rank("p95_days"))]
    assert by_days == ["less", "more", "unknown", "lives"]
    assert [item.parameter for item in sorted(items, key=Priced.rank)] == ["unknown", "lives", "less", "more"]


def test_a_rank_that_is_none_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "price", "small-town", "--rank-by", "euro"]) == 3
    last_line = capsys.readouterr().err.splitlines()[-1]
    assert last_line.startswith("appuntamento: --rank-by: 'euro' is not allowed; allowed: lives_a_year, p95_days,")


def test_what_is_written_is_told_from_what_happens() -> None:
    def event(type: str, time: str, subject: str = "X-1", **data: Any) -> Event:
        return {"id": "1", "type": type, "source": "/x", "subject": subject, "time": time, "data": data}

    sms = event("sms.sent", "t", text="a", link="https://a")
    row = {"order": "X-1", "date": "01/01/2026", "link": "https://a", "phone": "1"}
    file = event("csv.deposited", "t", "/A/1.csv", path="/A/1.csv", rows=[row])
    other_words = [
        event("sms.sent", "t", text="b", link="https://b"),
        event("csv.deposited", "t", "/A/2.csv", path="/A/2.csv", rows=[{**row, "date": "02/01/2026", "link": "b"}]),
    ]
    assert not happens_otherwise([sms, file], other_words)
    assert happens_otherwise([sms], [event("sms.sent", "u", text="a", link="https://a")])
    assert happens_otherwise([sms], [event("sms.sent", "t", text="a", link="https://a", kind="reminder")])
    assert happens_otherwise(
        [file], [event("csv.deposited", "t", "/A/1.csv", path="/A/1.csv", rows=[{**row, "order": "X-2"}])]
    )
    assert happens_otherwise([sms, file], [sms])


def test_json_is_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["readings", "price", "small-town", "--replications", "2", "--reading", "csv_date", "--json"]
    short = ["--set", "horizon.days=24", "--set", "sample.orders=80"]
    assert main([*command, *short, "--out", str(tmp_path)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [item["other"] for item in answer["readings"]] == ["deposit_day"]


def test_a_reading_that_no_run_depends_on_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "price", "small-town", "--reading", "never_after"]) == 3
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .startswith("appuntamento: --reading: 'never_after' is not allowed; allowed: working_week, holidays,")
    )


def test_every_reading_of_the_catalogue_is_asked_or_said_why_not() -> None:
    readings = {name for name, _, _ in questions(scenario(), ())}
    assert readings | set(NOT_RUN) == set(catalogue().parameters)
    assert not readings & set(NOT_RUN)


def test_another_calendar_of_the_service_brings_the_same_orders() -> None:
    april = {"horizon": {"start": date(2026, 4, 1), "days": 8}}
    with_holidays, without = (
        Workload(scenario(readings={"holidays": holidays}, **april), Policy.from_readings({"holidays": holidays}), 1, 0)
        for holidays in ("national", "none")
    )
    assert [with_holidays.day(day).line_ready_at for day in with_holidays.days] == [
        without.day(day).line_ready_at for day in without.days
    ]


def test_lives_are_compared_to_the_byte_and_numbers_of_events_are_no_part_of_them() -> None:
    def event(number: str, text: str) -> Event:
        data = {"operator": "ALFA", "text": text}
        return {"id": number, "type": "sms.sent", "source": "/sms", "subject": "X-1", "time": "t", "data": data}

    lives = lives_of([event("1", "a")])
    assert different_lives(lives, lives_of([event("2", "a")])) == []
    assert different_lives(lives, lives_of([event("1", "b")])) == [("ALFA", "X-1")]
    assert different_lives(lives, {}) == [("ALFA", "X-1")]


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1200, "dark")])
def test_the_page_is_accessible_fits_and_needs_nothing_else(
    visitor: Visitor, priced: Path, width: int, theme: Literal["light", "dark"]
) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=theme).new_page()
    page.goto((priced / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page, for_fingers=False) == []
    assert OUTSIDE.findall((priced / "index.html").read_text("utf-8")) == []


def test_what_is_said_beside_a_number_leaves_room_for_the_other_numbers(
    visitor: Visitor, priced: Path, tmp_path: Path
) -> None:
    whole = json.loads((priced / "price.json").read_text("utf-8"))
    whole["readings"] = [{**item, "only_written": True} for item in whole["readings"]]
    (tmp_path / "price.json").write_text(json.dumps(whole), "utf-8")
    page = visitor(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(write_questions(tmp_path).as_uri())
    assert page.locator("#ranking .aside").count() > 1
    assert page.locator("#ranking .scroll").evaluate("each => each.scrollWidth - each.clientWidth") == 0
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator("#ranking .aside").first.evaluate("each => each.getBoundingClientRect().right") <= 390


def test_the_picture_of_the_documentation(visitor: Visitor, priced: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("APPUNTAMENTO_PRICE_RUN", priced))
    picture = (IMAGES if SCREENSHOTS else tmp_path) / "questions.png"
    assert 10_000 < taken(visitor, folder, picture) < LARGEST_IMAGE_BYTES


def test_each_life_is_drawn_by_its_own_calendar() -> None:
    sms = {"id": "1", "type": "sms.sent", "time": "2026-03-07T10:00:00+01:00", "data": {"kind": "engagement"}}
    item = {"reading": "working_week", "now": "mon_fri", "other": "mon_sat", "sampled": 1}
    item |= {name: {"mean": 1.0, "low": None, "high": None} for name in ("lives_a_year", *MEASURES)}
    item |= {"example": {"order": "A-1", "operator": "ALFA", "now": [sms], "other": [sms]}}
    now, other = map(str, _question(item, Lexicon("it"), {}).drawings)
    assert "#d-active-rest" in now, "a Saturday is no working day"
    assert "#d-active-rest" not in other
    patron = {"holidays": ["national", "03-07"]}
    assert all("#d-active-off" in str(drawing) for drawing in _question(item, Lexicon("it"), patron).drawings)
