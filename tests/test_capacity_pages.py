"""The report of a capacity run as a planner finds it: the numbers of the tables, both languages, nothing from outside.

The picture in docs/images is made anew only with APPUNTAMENTO_SCREENSHOTS=1, so that a test run leaves no change.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest
from lxml import html
from playwright.sync_api import Browser

from reports.capacity_canvas import Scale, rounded_up, ticks
from reports.capacity_lead import quantile
from reports.capacity_pages import render_capacity, write_capacity_report
from reports.capacity_reading import read_capacity_run
from reports.errors import InputError
from reports.number_wording import amount, between, number, percent
from reports.wording import Term
from sim.capacity.bottlenecks import bottlenecks
from sim.capacity.jobs import Variant
from sim.capacity.progress import Progress
from sim.capacity.replications import HereExecutor, run_plan
from sim.capacity.results import run_of
from sim.capacity.store import Store
from sim.capacity.sweep import design, read_axis, sweep_frame
from tests.capacity_cases import plan
from tests.page_visitors import accessibility_faults, running_browser

HOSTILE = "<script>alert('città')</script>"
LARGEST_PAGE_BYTES, LARGEST_IMAGE_BYTES = 2_000_000, 200_000
OUTSIDE = re.compile(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//|url\(|@import""")
IMAGES = Path(__file__).parent.parent / "docs" / "images"
SCREENSHOTS = os.environ.get("APPUNTAMENTO_SCREENSHOTS") == "1"
ASSUMPTIONS = [
    {"about": "customers.*", "text": "How many book is invented.", "source": ""},
    {"about": "territories.*.share", "text": "Orders follow the population.", "source": "Istat 2024"},
]
CASE: dict[str, Any] = {
    "horizon__days": 21,
    "horizon__warm_up_days": 5,
    "horizon__cool_down_days": 2,
    "title": {"it": f"Prova {HOSTILE}", "en": "Trial"},
    "territories": {"lazio": {"share": 2, "slots_per_band": 6}, "molise": {"share": 1, "slots_per_band": 3}},
    "sms__per_second": 0.05,
    "assumptions": ASSUMPTIONS,
    "sample__orders": 5,
}
Theme = Literal["light", "dark"]
JUDGED = {"profile": "default", "seed": 5, "target": "capacity", "readings": {}}


def rule(name: str, verdict: str, occasions: int, *findings: dict[str, object]) -> dict[str, object]:
    return {"rule": name, "verdict": verdict, "occasions": occasions, "findings": list(findings), "services": {}}


def write_verdicts(folder: Path, *rules: dict[str, object]) -> None:
    (folder / "verdicts.json").write_text(json.dumps({**JUDGED, "rules": rules}), encoding="utf-8")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of three replications in two regions, judged without a violation."""
    made, folder = plan(**CASE), tmp_path_factory.mktemp("run")
    done = run_plan(made, 3, Store(None), HereExecutor(), Progress())
    run = run_of(made, done)
    limits = [
        {name: getattr(each, name) for name in ("resource", "territory", "load", "parameter", "measured_as")}
        for each in bottlenecks(made.scenario(made.variants[0]), done)
    ]
    replace(run, about={**run.about, "bottlenecks": limits}).write(folder)
    write_verdicts(folder, rule("SMS-1", "PASS", 1234), rule("OP-1", "NOT_APPLICABLE", 0))
    write_capacity_report(folder, "it")
    return folder


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sweep over two parameters, one of which moves nothing."""
    axes = [read_axis("customers.books=0.3,0.8"), read_axis("notifications.concurrency=2,4")]
    small = {"horizon__days": 7, "sample__orders": 2}
    made, folder = plan(*design(axes, "grid", 1, 0), **small), tmp_path_factory.mktemp("sweep")
    run = run_of(made, run_plan(made, 2, Store(None), HereExecutor(), Progress()))
    replace(run, frames=run.frames | {"sweep": sweep_frame(made.variants, run.frames["kpis"])}).write(folder)
    write_capacity_report(folder, "it")
    return folder


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "copy"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


def page_of(folder: Path, language: str = "it") -> Any:
    return html.fromstring(render_capacity(read_capacity_run(folder), language))


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def mean_of(folder: Path, indicator: str, territory: str = "") -> float:
    kpis = pl.read_parquet(folder / "kpis.parquet")
    chosen = kpis.filter((pl.col("indicator") == indicator) & (pl.col("territory") == territory))
    return float(chosen["mean"][0])


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


def test_axes_end_at_round_values_that_hold_the_data() -> None:
    assert ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert rounded_up(13_504) == 15_000
    assert rounded_up(0) == 1
    assert Scale(0, 10, 100, 0)(5) == 50


def test_a_quantile_of_a_histogram_lies_within_its_bin() -> None:
    bins = pl.DataFrame({"from_days": [0.0, 1.0], "to_days": [1.0, 2.0], "orders": [50, 50]})
    assert quantile(bins, 0.5) == 1.0
    assert quantile(bins, 0.75) == 1.5


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_first_screen_shows_the_means_of_the_tables(finished: Path, language: str) -> None:
    shown = words_of(page_of(finished, language).get_element_by_id("indicators"))
    for indicator, unit in (("mean_days_to_visit", "days"), ("share_booked", "share"), ("sms_backlog_peak", "sms")):
        assert amount(mean_of(finished, indicator), unit).said_in(language) in shown, indicator


def test_a_territory_has_its_own_numbers(finished: Path) -> None:
    said = amount(mean_of(finished, "p95_days_to_visit", "molise"), "days").it
    molise = next(each for each in page_of(finished).iter("details") if "Territorio: Molise" in words_of(each))
    assert said in words_of(molise)


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
    assert {"Lazio", "Molise"} <= {words_of(each) for each in titles}


def test_the_scenario_its_assumptions_and_their_sources_are_shown(finished: Path) -> None:
    shown = page_of(finished).get_element_by_id("assumptions")
    text = words_of(shown)
    assert "Istat 2024" in text
    assert "nessuna fonte: è un'ipotesi" in text
    books = next(each for each in shown.xpath(".//dt") if "customers.books" in words_of(each))
    assert books.xpath("./a/@href") == ["#assumption-1"]
    assert "appuntamento simulate small.toml --replications 3 --seed 5" in text


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


def test_a_sweep_shows_what_moves_with_each_parameter(swept: Path) -> None:
    page = page_of(swept)
    assert "4 varianti" in words_of(page)
    books = page.get_element_by_id("sweep-1")
    assert "customers.books muove soprattutto" in words_of(books.find(".//h3"))
    assert "Appuntamenti presi" in words_of(books)
    assert len(books.xpath(".//details//tbody/tr")) == 4
    assert "p0001" in words_of(page.get_element_by_id("indicators"))


def test_a_plan_shows_its_answer_and_all_that_it_tried(copied: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    about = json.loads((copied / "run.json").read_text("utf-8"))
    kept = {name: about[name] for name in ("scenario", "readings", "variants", "seed", "file")}
    (folder / "run.json").write_text(json.dumps(kept), encoding="utf-8")
    tried = [
        {"value": value, "replications": 4, "mean": mean, "low": low, "high": low, "sure": sure, "meets": sure > 0.9}
        for value, mean, low, sure in ((2, 9.5, 9.0, 0.01), (4, None, None, 0.0), (6, 6.5, 6.0, 0.99))
    ]
    target = {"indicator": "p95_days_to_visit", "territory": "lazio", "relation": "<=", "limit": 7}
    said = {"target": target, "vary": "territories.lazio.slots_per_band", "confidence": 0.95, "answer": 6}
    (folder / "plan.json").write_text(json.dumps({**said, "tried": tried, "bottleneck": None}), encoding="utf-8")
    page = page_of(folder)
    assert "territories.lazio.slots_per_band = 6 è il valore più piccolo" in words_of(page)
    assert "p95_days_to_visit[lazio] ≤ 7" in words_of(page)
    assert len(page.xpath("//figure[@id='plan-tried']//tbody/tr")) == 3
    (folder / "plan.json").write_text(json.dumps({**said, "answer": None, "tried": tried, "bottleneck": None}))
    assert "Nessun valore di territories.lazio.slots_per_band fino a 6" in words_of(page_of(folder))


def test_one_replication_is_shown_without_intervals(tmp_path: Path) -> None:
    made = plan(horizon__days=7, sample__orders=0)
    run_of(made, run_plan(made, 1, Store(None), HereExecutor(), Progress())).write(tmp_path)
    page = page_of(tmp_path)
    assert "una sola replica: nessun intervallo" in words_of(page)
    assert "nan" not in words_of(page.get_element_by_id("indicators")).lower().split()


def test_a_run_in_which_nothing_happens_has_a_page_too(tmp_path: Path) -> None:
    made = plan(Variant("base", {"operators.1.orders_per_year": 1}), horizon__days=2, sample__orders=0)
    run_of(made, run_plan(made, 2, Store(None), HereExecutor(), Progress())).write(tmp_path)
    assert write_capacity_report(tmp_path, "en").exists()


@pytest.mark.parametrize("kind", ["finished", "swept"])
def test_the_page_needs_nothing_else_and_is_small(kind: str, request: pytest.FixtureRequest) -> None:
    page = Path(request.getfixturevalue(kind)) / "index.html"
    assert OUTSIDE.findall(page.read_text("utf-8")) == []
    assert page.stat().st_size < LARGEST_PAGE_BYTES


@pytest.mark.parametrize("kind", ["finished", "swept"])
def test_every_link_within_the_page_leads_to_one_place(kind: str, request: pytest.FixtureRequest) -> None:
    page = page_of(Path(request.getfixturevalue(kind)))
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert max(ids.values()) == 1
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(ids)


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


@pytest.mark.parametrize(
    ("width", "theme", "kind"), [(360, "light", "finished"), (1200, "dark", "finished"), (1200, "light", "swept")]
)
def test_the_page_is_accessible_fits_and_switches_language(
    browser: Browser, request: pytest.FixtureRequest, theme: Theme, width: int, kind: str
) -> None:
    folder = Path(request.getfixturevalue(kind))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_text("The numbers behind the plot").count() > 0
    context.close()


def test_the_picture_of_the_documentation(browser: Browser, finished: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("APPUNTAMENTO_CAPACITY_RUN", finished))
    picture = (IMAGES if SCREENSHOTS else tmp_path) / "capacity.png"
    page = browser.new_page(viewport={"width": 1120, "height": 1980}, device_scale_factor=0.75)
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("button", name="English").click()
    page.screenshot(path=picture)
    page.close()
    assert 10_000 < picture.stat().st_size < LARGEST_IMAGE_BYTES
