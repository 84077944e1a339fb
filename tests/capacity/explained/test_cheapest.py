"""Two parameters at once: the cheapest pair that surely meets a target, the error that is promised, and the page."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appuntamento import main
from reports.capacity.pages import render_capacity
from reports.capacity.parameter_words import WORDS, parameter_words
from reports.capacity.run_folder import read_capacity_run
from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Variant
from sim.capacity.questions.cheapest import Cheapest, Grid, check_pairs
from sim.capacity.questions.planning import Search
from sim.capacity.questions.sweep import read_axis
from sim.capacity.questions.targets import Target
from tests.capacity.cases import plan, runner_of
from tests.capacity.page_cases import SMALL_TOML, page_of, section_text
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Pictures, Visitor

QUESTIONS = 250
WAIT, COST = Target("p95_days_to_visit", "", "<=", 10.0), Target("cost", "", "<=", 0.0)
PAIRS = [Variant(f"p{a}{b}", {"a": a, "b": b}) for a in range(3) for b in range(3)]
PRICED = "\n[costs]\ntechnician_hour = 30\nday_of_delay = 10\n"
SLOTS, GATEWAY = "territories.lazio.slots_per_band=3,6", "sms.per_second=1,2"


class KnownGrid(Grid):
    """A grid whose truth is known: waits with noise about a mean of each pair, and a cost."""

    def __init__(self, draws: np.random.Generator, waits: Sequence[float], costs: Sequence[float]) -> None:
        runner = runner_of(plan())
        super().__init__(WAIT, COST, Search(0, 1, most_replications=16), tuple(PAIRS), runner)
        self.asked: dict[str, int] = {}
        noise = draws.normal(size=(len(PAIRS), 16))
        self._waits = {pair.name: waits[at] + noise[at] for at, pair in enumerate(PAIRS)}
        self._costs = {pair.name: costs[at] for at, pair in enumerate(PAIRS)}

    def _run(self, variants: Sequence[Variant], count: int) -> None:
        self.asked |= {variant.name: count for variant in variants}
        self._done |= {variant.name: [] for variant in variants}

    def _values(self, variant: Variant, target: Target) -> list[float]:
        count = self.asked[variant.name]
        if target is COST:
            return [self._costs[variant.name]] * count
        return [float(value) for value in self._waits[variant.name][:count]]


def answered(grid: KnownGrid) -> Cheapest:
    grid.judge()
    return grid.cheapest("cost")


def test_of_many_questions_with_a_known_truth_few_answers_are_pairs_that_do_not_meet_the_target() -> None:
    draws = np.random.default_rng(7)
    wrong_answers = answers = 0
    for _ in range(QUESTIONS):
        waits, costs = draws.uniform(8.5, 11.5, len(PAIRS)), draws.uniform(1, 9, len(PAIRS))
        best = answered(KnownGrid(draws, waits.tolist(), costs.tolist())).best
        if best is not None:
            answers += 1
            wrong_answers += waits[PAIRS.index(best.variant)] > 10
    assert answers > QUESTIONS / 2, "who never answers is never wrong"
    assert wrong_answers <= 0.05 * QUESTIONS


def test_the_answer_is_the_cheapest_and_dearer_pairs_are_not_looked_at_again() -> None:
    waits, costs = [99, 99, 99, 10, -99, -99, 10, -99, -99], [1, 2, 3, 9, 5, 6, 4, 7, 8]
    grid = KnownGrid(np.random.default_rng(1), waits, [float(cost) for cost in costs])
    answer = answered(grid)
    assert answer.best is not None
    assert answer.best.variant.name == "p11"
    assert [pair.variant.name for pair in answer.doubtful] == ["p20"], "cheaper, and on the limit itself"
    assert grid.asked["p20"] == 16
    assert grid.asked["p10"] == 4, "on the limit too, but it can no more be the cheapest"
    assert answer.dearer is not None
    after, by = answer.dearer
    assert (after.variant.name, by.mean) == ("p12", 1.0)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan for two parameters, as the command writes it."""
    folder = tmp_path_factory.mktemp("pairs")
    small = folder / "small.toml"
    sampled = SMALL_TOML.replace("days = 14", "days = 10").replace("orders = 0", "orders = 5")
    small.write_text(sampled + PRICED, encoding="utf-8")
    options = ["--vary", SLOTS, "--vary", GATEWAY, "--target", "mean_days_to_visit<=3", "--replications", "4"]
    assert main(["plan", str(small), *options, "--out", str(folder / "run"), "--quiet"]) == 0
    return folder / "run"


def test_a_plan_for_two_parameters_names_a_pair_that_no_cheaper_one_surely_beats(pairs: Path) -> None:
    grid: Any = json.loads((pairs / "run.json").read_text("utf-8"))["grid"]
    meeting = [pair for pair in grid["pairs"] if pair["meets"]]
    cheapest = min(meeting, key=lambda pair: float(pair["cost"]))
    assert list(grid["answer"].values()) == cheapest["values"]
    assert len(grid["pairs"]) == 4
    assert {pair["values"][0] for pair in meeting} == {6}, "with three slots the queue grows"
    trace = (pairs / "trace.jsonl").read_text("utf-8").splitlines()
    judged = Counter(event["world"] for event in map(json.loads, trace) if event["type"] == "order.received")
    assert len(judged) == 2 * len(grid["pairs"]) < sum(pair["replications"] for pair in grid["pairs"])


def test_the_page_says_the_answer_in_words_and_draws_the_map(pairs: Path) -> None:
    page = page_of(pairs, "en")
    headline = page.xpath("//p[@class='big']")[0].text_content()
    assert "Slots per band in Lazio" in headline
    assert "SMS a second" in headline
    assert "slots_per_band" not in headline
    assert "the tightest resource" in page.find(".//section").text_content()
    section = section_text(page, "grid")
    assert "surely meets it" in section
    again = page.xpath("//pre[@class='command']")[0].text_content()
    assert "--vary territories.lazio.slots_per_band=3,6 --vary sms.per_second=1,2 --minimise cost" in again
    assert render_capacity(read_capacity_run(pairs), "it") == render_capacity(read_capacity_run(pairs), "it")


def test_a_question_for_pairs_that_cannot_be_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    three = [read_axis(f"{path}=1,2") for path in ("a", "b", "c")]
    for axes, minimise in ((three, "cost"), (three[:2], "nothing"), ([read_axis("a=1..99:99")] * 2, "cost")):
        with pytest.raises(RunError):
            check_pairs(axes, minimise)
    small = tmp_path / "small.toml"
    small.write_text(SMALL_TOML, encoding="utf-8")
    options = ["--vary", "sms.per_second=1,2", "--vary", "customers.books=0.5,0.6", "--target", "orders>=0"]
    assert main(["plan", str(small), *options, "--quiet"]) == 3
    assert "prices stand in [costs]" in capsys.readouterr().err


def test_parameters_have_words_and_what_has_none_stands_as_it_is(pairs: Path) -> None:
    run = read_capacity_run(pairs)
    assert parameter_words(run, "operators.1.orders_per_year").en == "Orders a year of ALFA"
    assert parameter_words(run, "territories.lazio.mon").it == "Posti per fascia in Lazio, lunedì"
    assert parameter_words(run, "sample.orders").en == "sample.orders"
    assert all(words.it != words.en for words in WORDS.values())


def test_the_picture_of_a_map_in_the_documentation(visitor: Visitor, pictures: Pictures, pairs: Path) -> None:
    """The kept one is of the plan for two parameters in docs/capacity.md."""
    page = visitor(viewport={"width": 1120, "height": 1300}, device_scale_factor=0.75).new_page()
    page.goto((Path(os.environ.get("APPUNTAMENTO_CAPACITY_PAIRS", pairs)) / "index.html").as_uri())
    page.get_by_role("button", name="English").click()
    pictures.take(page, "capacity-pairs")  # before axe looks, for which most of the map is taken off the page
    assert accessibility_faults(page, for_fingers=False) == []


def test_the_picture_of_a_plan_in_the_documentation(visitor: Visitor, pictures: Pictures, planned: Path) -> None:
    """The kept one is of the first parameter of that plan alone, up to 6."""
    page = visitor(viewport={"width": 1120, "height": 1420}, device_scale_factor=0.75).new_page()
    page.goto((Path(os.environ.get("APPUNTAMENTO_CAPACITY_PLAN", planned)) / "index.html").as_uri())
    page.get_by_role("button", name="English").click()
    assert page.get_by_text("values accepted").count() > 0
    pictures.take(page, "capacity-plan")
