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
from sim.capacity.errors import RunError
from sim.capacity.jobs import Variant
from sim.capacity.planning import Search
from sim.capacity.progress import Progress
from sim.capacity.replications import HereExecutor, run_plan
from sim.capacity.results import run_of
from sim.capacity.runs import How, compare_runs, plan_for
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
SMALL_TOML = """
[horizon]
start = 2026-03-02
days = 14
warm_up_days = 3
[[operators]]
name = "ALFA"
orders_per_year = 7300
services = { VULA_FTTH = 1 }
[line_ready.copper]
after_hours = { constant = 4 }
[line_ready.nga]
after_hours = { constant = 4 }
[territories.lazio]
share = 1
slots_per_band = 6
[sms]
per_second = 2
[notifications]
concurrency = 2
latency_ms = { constant = 200 }
[customers]
books = 0.9
answers_after_hours = { constant = 1 }
wishes_days = { constant = 1 }
[sample]
orders = 0
"""
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


def page_at(path: Path) -> Any:
    return html.fromstring(path.read_text("utf-8"))


def said_of(page: Any, anchor: str) -> str:
    return words_of(page.get_element_by_id(anchor))


def mean_of(folder: Path, indicator: str, territory: str = "", variant: str = "base") -> float:
    chosen = pl.read_parquet(folder / "kpis.parquet").filter(indicator=indicator, territory=territory, variant=variant)
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


def test_every_variant_of_a_sweep_has_a_row_and_a_page_of_its_own(swept: Path) -> None:
    page = page_of(swept)
    assert not page.xpath("//*[@id='indicators']")
    rows = page.get_element_by_id("variants").xpath(".//tbody/tr")
    kpis = pl.read_parquet(swept / "kpis.parquet").filter(territory="", indicator="share_booked")
    assert len(rows) == 4
    for row, (variant, mean) in zip(rows, kpis.select("variant", "mean").iter_rows(), strict=True):
        assert percent(mean).it in words_of(row)
        own = page_at(swept / row.find(".//a").get("href"))
        assert percent(mean).it in words_of(own.get_element_by_id("indicators"))
        assert variant in words_of(own.find(".//header"))
        assert (swept / "variants" / own.xpath("//header//a/@href")[0]).resolve() == swept / "index.html"
        assert own.xpath("//figure[@id='days']")
    again = words_of(page_at(swept / "variants" / "p0002.html").find(".//pre"))
    assert "--set customers.books=0.3 --set notifications.concurrency=4 --replications 2 --seed 5" in again


def test_pages_of_variants_that_are_no_more_are_taken_away(swept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(swept, tmp_path / "copy"))
    (folder / "variants" / "p0009.html").write_text("of an earlier run")
    write_capacity_report(folder, "it")
    assert {page.stem for page in (folder / "variants").iterdir()} == {f"p000{number}" for number in (1, 2, 3, 4)}


@pytest.mark.parametrize("name", ["../escape", "a/b", ".hidden", "-x", ""])
def test_a_variant_whose_name_is_no_file_name_has_no_page(copied: Path, name: str) -> None:
    about = json.loads((copied / "run.json").read_text("utf-8"))
    about["variants"].append({"name": name, "changes": {}})
    (copied / "run.json").write_text(json.dumps(about), encoding="utf-8")
    write_capacity_report(copied, "it")
    assert [page.name for page in (copied / "variants").iterdir()] == ["base.html"]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan, as the command writes it."""
    folder = tmp_path_factory.mktemp("plan")
    small = folder / "small.toml"
    small.write_text(SMALL_TOML, encoding="utf-8")
    target, search = "p90_days_to_visit[lazio]<=5", Search(1, 8, most_replications=4)
    plan_for(str(small), target, "territories.lazio.slots_per_band", search, how=How(seed=5, out=folder / "run"))
    write_verdicts(folder / "run", rule("SMS-1", "PASS", 10))
    write_capacity_report(folder / "run", "it")
    return folder / "run"


def test_a_plan_shows_its_answer_and_all_that_it_tried(planned: Path) -> None:
    plan = json.loads((planned / "plan.json").read_text("utf-8"))
    page = page_of(planned)
    said = words_of(page.find(".//section"))
    assert f"Posti per fascia in Lazio: ne bastano {plan['answer']:g} per avere" in said
    assert "«Giorni fino alla visita, 90° percentile» (Lazio) ≤ 5 giorni, con confidenza 95 %" in said
    assert "la risorsa più tirata è" in said
    assert len(page.xpath("//figure[@id='plan-tried']//tbody/tr")) == len(plan["tried"])
    assert "--target 'p90_days_to_visit[lazio]<=5' --vary territories.lazio.slots_per_band --from 1 --to 8" in said_of(
        page, "assumptions"
    )


def test_a_plan_shows_the_value_that_it_found_in_full_and_leads_to_the_others(planned: Path) -> None:
    plan, page = json.loads((planned / "plan.json").read_text("utf-8")), page_of(planned)
    found = f"value-{plan['answer']:g}"
    assert found in said_of(page, "indicators")
    assert amount(mean_of(planned, "mean_days_to_visit", variant=found), "days").it in said_of(page, "indicators")
    names = {f"value-{each['value']:g}" for each in plan["tried"]}
    assert {page.stem for page in (planned / "variants").iterdir()} == names
    assert {link.get("href") for link in page.get_element_by_id("variants").iter("a")} == {
        f"variants/{name}.html" for name in names
    }


def test_a_plan_that_nothing_meets_says_up_to_where_it_looked(planned: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(planned, tmp_path / "copy"))
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    (folder / "plan.json").write_text(json.dumps({**plan, "answer": None}), encoding="utf-8")
    page = page_of(folder)
    assert "Posti per fascia in Lazio: fino a 8 nessun valore dà" in words_of(page)
    assert page.xpath("//section[@class='headline WARNING']")


def test_a_comparison_shows_what_differs_and_how_sure_that_is(tmp_path: Path) -> None:
    for name, books in (("before", 0.7), ("after", 0.3)):
        made = plan(customers__books=books, horizon__days=7, sample__orders=0)
        run_of(made, run_plan(made, 3, Store(None), HereExecutor(), Progress())).write(tmp_path / name)
    table = compare_runs(tmp_path / "before", tmp_path / "after", tmp_path / "both").comparison
    write_capacity_report(tmp_path / "both", "it")
    page = page_of(tmp_path / "both")
    said = words_of(page.find(".//section"))
    worse = table.filter(territory="", better="A").height
    assert f"peggiorati {worse}" in said
    assert "B: after, 3 repliche" in said
    assert "customers.books: 0.7 in A, 0.3 in B" in said
    booked = table.filter(territory="", indicator="share_booked")["difference"][0]
    assert percent(booked).it in words_of(page.get_element_by_id("differences"))
    with pytest.raises(RunError, match="a new folder, or that of another comparison"):
        compare_runs(tmp_path / "before", tmp_path / "after", tmp_path / "before")


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


@pytest.mark.parametrize("kind", ["finished", "swept", "planned"])
def test_the_page_needs_nothing_else_and_is_small(kind: str, request: pytest.FixtureRequest) -> None:
    page = Path(request.getfixturevalue(kind)) / "index.html"
    assert OUTSIDE.findall(page.read_text("utf-8")) == []
    assert page.stat().st_size < LARGEST_PAGE_BYTES


@pytest.mark.parametrize("kind", ["finished", "swept", "planned"])
def test_every_link_within_the_page_leads_to_one_place(kind: str, request: pytest.FixtureRequest) -> None:
    page = page_of(Path(request.getfixturevalue(kind)))
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert max(ids.values()) == 1
    links = {link.get("href") for link in page.iter("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all((Path(request.getfixturevalue(kind)) / link).exists() for link in links if not link.startswith("#"))


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
    ("width", "theme", "kind"),
    [
        (360, "light", "finished"),
        (1200, "dark", "finished"),
        (360, "light", "swept"),
        (1200, "light", "planned"),
        (360, "dark", "planned"),
    ],
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
