"""The planner's page: sliders of a scenario, before and after with the same luck, and the sandbox's protections."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from lxml import html

from appuntamento import main
from sim.capacity.planner.desk import AFTER, BEFORE, Desk
from sim.capacity.planner.pages import create_app
from sim.capacity.questions.comparison import compare
from sim.capacity.scenario.reader import shipped_scenarios
from sim.capacity.tables.results import read_run
from sim.sandbox.http.limits import LARGEST_BODY_BYTES
from sim.sandbox.http.server import HttpServer
from tests.capacity.page_cases import SMALL_TOML, words_of
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Pictures, Visitor, is_read_as_cards

PATIENCE_SECONDS = 60
SLOTS = "territories.lazio.slots_per_band"
PRICED = "\n[costs]\ntechnician_hour = 30\n"
ENGLISH = {"accept-language": "en"}


@dataclass(frozen=True)
class Planner:
    """A desk that is served."""

    address: str
    desk: Desk

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(
            self.address + path, timeout=PATIENCE_SECONDS, headers=ENGLISH | options.pop("headers", {}), **options
        )

    def post(self, path: str, **options: Any) -> requests.Response:
        return requests.post(
            self.address + path,
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
            headers=ENGLISH | options.pop("headers", {}),
            **options,
        )

    def states(self, path: str) -> list[dict[str, Any]]:
        """What the events of a run say until it is over."""
        with self.get(f"{path}/events", stream=True) as answer:
            lines = [
                line.removeprefix("data: ")
                for line in answer.iter_lines(decode_unicode=True)
                if line.startswith("data")
            ]
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    folder = tmp_path_factory.mktemp("planner")
    small = folder / "small.toml"
    small.write_text(SMALL_TOML.replace("days = 14", "days = 8") + PRICED, encoding="utf-8")
    desk = Desk(folder / "runs", [str(small)])
    ready: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        over, server = asyncio.Event(), HttpServer("127.0.0.1", 0, create_app)
        ready.set_result((await server.start(desk), asyncio.get_running_loop(), over))
        await over.wait()
        desk.close()
        await server.stop()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    address, loop, over = ready.result(PATIENCE_SECONDS)
    yield Planner(address, desk)
    loop.call_soon_threadsafe(over.set)
    thread.join(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def answered(planner: Planner) -> str:
    """The path of a run with half of the technicians, which is over."""
    answer = planner.post("/scenarios/small.toml", data={SLOTS: "3", "replications": "2", "seed": "5"})
    assert answer.status_code == 303
    path = answer.headers["location"]
    states = planner.states(path)
    assert states[-1]["state"] == "done"
    assert [state["share"] for state in states] == sorted(state["share"] for state in states)
    return path


def tree(page: str) -> Any:
    return html.fromstring(page)


def words(page: str) -> str:
    return words_of(tree(page))


def test_the_first_page_offers_the_shipped_scenarios_and_the_files_given(planner: Planner) -> None:
    page = tree(planner.get("/").text)
    offered = [link.text_content() for link in page.xpath("//section[1]//a")]
    assert offered == [*shipped_scenarios(), "small.toml"]


def test_before_and_after_stand_side_by_side_with_the_differences_of_pairs(planner: Planner, answered: str) -> None:
    page = planner.get(answered)
    assert page.status_code == 200
    page_words = words(page.text)
    assert "Slots per band in Lazio: 6 → 3" in page_words
    folders = planner.desk.comparisons[1].folders
    table = compare(read_run(folders[BEFORE]), read_run(folders[AFTER])).filter(
        territory="", indicator="mean_days_to_visit"
    )
    difference = table["difference"][0]
    assert difference > 0.2
    rows = {row.findtext("th"): row for row in tree(page.text).iter("tr")}
    cells = [words_of(cell) for cell in rows["Days to visit, mean"].findall("td")]
    assert cells[2].startswith(f"+{difference:.2f}".rstrip("0"))
    cost = [words_of(cell) for cell in rows["Cost of technicians"].findall("td")]
    assert cost[3] == "better"
    assert f"--set {SLOTS}=3 --replications 2 --seed 5" in page_words


def test_the_full_page_of_each_side_is_one_click_away(planner: Planner, answered: str) -> None:
    for side in (BEFORE, AFTER):
        page = planner.get(f"{answered}/{side}")
        assert "script-src 'unsafe-inline'" in page.headers["content-security-policy"]
        assert "Capacity report" in page.text
    assert planner.get(f"{answered}/elsewhere").status_code == 404


def test_a_second_question_with_the_same_before_runs_only_the_after(planner: Planner, answered: str) -> None:
    again = planner.post("/scenarios/small.toml", data={SLOTS: "12", "replications": "2", "seed": "5"})
    path = again.headers["location"]
    assert planner.states(path)[-1]["state"] == "done"
    first, second = (planner.desk.comparisons[int(run.rpartition("/")[2])] for run in (answered, path))
    assert second.folders[BEFORE] == first.folders[BEFORE]
    assert second.folders[AFTER] != first.folders[AFTER]
    assert "no. 2: small.toml" in words(planner.get("/").text)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({SLOTS: "many"}, "a number from 1 to 24"),
        ({SLOTS: "-1"}, "slots_per_band"),
        ({SLOTS: "inf"}, "a number from 1 to 24"),
        ({SLOTS: "nan"}, "a number from 1 to 24"),
        ({SLOTS: "9" * 5000}, "a number from 1 to 24"),
        ({SLOTS: "[" * 5000}, "a number from 1 to 24"),
        ({"seed": "9" * 5000}, "a whole number from 0"),
        ({"replications": "1"}, "a whole number from 2 to 64"),
        ({"seed": "x"}, "a whole number from 0"),
    ],
)
def test_what_cannot_be_run_is_said_on_the_page(planner: Planner, form: dict[str, str], message: str) -> None:
    answer = planner.post("/scenarios/small.toml", data=form)
    assert answer.status_code == 422
    assert message in words(answer.text)


def test_a_page_that_is_not_there_is_a_page(planner: Planner) -> None:
    for path in ("/runs/999", "/scenarios/nowhere", "/elsewhere", "/runs/none"):
        answer = planner.get(path)
        assert answer.status_code == 404
        assert "There is no such page" in answer.text


def test_another_site_a_foreign_host_and_a_body_without_end_are_refused(planner: Planner) -> None:
    assert planner.post("/scenarios/small.toml", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert planner.post("/scenarios/small.toml", headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert planner.get("/", headers={"host": "elsewhere.example"}).status_code == 421
    assert planner.post("/scenarios/small.toml", data="x" * (LARGEST_BODY_BYTES + 1)).status_code == 413
    assert "default-src 'none'" in planner.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "planner.example"])
def test_it_is_not_to_be_reached_from_elsewhere(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", "--host", host]) == 3
    assert capsys.readouterr().err.startswith("appuntamento: --host:")


def test_a_file_that_is_no_scenario_is_refused_before_anything_is_opened(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", "nowhere.toml"]) == 3
    assert "nowhere.toml" in capsys.readouterr().err


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1200, "dark")])
def test_the_pages_fit_and_are_accessible(
    visitor: Visitor, planner: Planner, answered: str, width: int, theme: str
) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=theme).new_page()
    for path in ("/", "/scenarios/small.toml", answered):
        page.goto(planner.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert accessibility_faults(page, for_fingers=False) == [], path


def test_on_a_phone_before_and_after_are_read_as_cards(visitor: Visitor, planner: Planner, answered: str) -> None:
    page = visitor().new_page()
    page.goto(planner.address + answered)
    for width, cards in ((320, True), (390, True), (480, True), (768, False)):
        page.set_viewport_size({"width": width, "height": 844})
        assert is_read_as_cards(page) is cards, width
    for width in (320, 390, 480, 768):  # then, for it takes off the page what is there twice already
        page.set_viewport_size({"width": width, "height": 844})
        assert accessibility_faults(page, for_fingers=False) == [], width


def test_a_slider_writes_its_number_and_without_a_script_the_number_is_typed(
    visitor: Visitor, planner: Planner
) -> None:
    page = visitor().new_page()
    page.goto(planner.address + "/scenarios/small.toml")
    page.locator("input[type=range]").first.fill("9")
    assert page.locator(f'input[name="{SLOTS}"]').input_value() == "9"
    plain = visitor(java_script_enabled=False).new_page()
    plain.goto(planner.address + "/scenarios/small.toml")
    assert not plain.locator("input[type=range]").first.is_visible()
    assert plain.locator(f'input[name="{SLOTS}"]').is_editable()


def test_the_picture_of_the_documentation(
    visitor: Visitor, pictures: Pictures, planner: Planner, answered: str
) -> None:
    page = visitor(viewport={"width": 1120, "height": 1000}, device_scale_factor=0.75, locale="en").new_page()
    page.goto(planner.address + answered)
    pictures.take(page, "planner")
