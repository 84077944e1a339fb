"""The reports of sweeps, plans and comparisons: what moves, what was found, what differs, a page for each variant."""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from appuntamento import main
from reports.capacity.pages import command_of, write_capacity_report
from reports.capacity.run_folder import read_capacity_run
from reports.words.number_words import amount, percent
from sim.capacity.errors import RunError
from sim.capacity.questions.runs import compare_runs
from tests.capacity.cases import complete_run, plan
from tests.capacity.page_cases import (
    mean_of,
    page_at,
    page_of,
    section_text,
    words_of,
)


def test_a_sweep_shows_what_moves_with_each_parameter(swept: Path) -> None:
    page = page_of(swept)
    assert "4 varianti" in words_of(page)
    books = page.get_element_by_id("sweep-1")
    assert "Clienti che prenotano da soli muove soprattutto" in words_of(books.find(".//h3"))
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
        variant_page = page_at(swept / row.find(".//a").get("href"))
        assert percent(mean).it in words_of(variant_page.get_element_by_id("indicators"))
        assert variant in words_of(variant_page.find(".//header"))
        assert (swept / "variants" / variant_page.xpath("//header//a/@href")[0]).resolve() == swept / "index.html"
        assert variant_page.xpath("//figure[@id='days']")
    again = words_of(page_at(swept / "variants" / "p0002.html").find(".//pre"))
    assert "--set customers.books=0.3 --set notifications.concurrency=4 --replications 2 --seed 5" in again


def test_pages_of_variants_that_are_no_more_are_taken_away(swept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(swept, tmp_path / "copy"))
    (folder / "variants" / "p0009.html").write_text("of an earlier run")
    write_capacity_report(folder, "it")
    assert {page.stem for page in (folder / "variants").iterdir()} == {f"p000{number}" for number in (1, 2, 3, 4)}


def test_a_variant_whose_name_is_no_file_name_has_no_page(copied: Path) -> None:
    about = json.loads((copied / "run.json").read_text("utf-8"))
    about["variants"] += [{"name": name, "changes": {}} for name in ("../escape", "a/b", ".hidden", "-x", "")]
    (copied / "run.json").write_text(json.dumps(about), encoding="utf-8")
    write_capacity_report(copied, "it")
    assert [page.name for page in (copied / "variants").iterdir()] == ["base.html"]


def test_a_plan_shows_its_answer_and_all_that_it_tried(planned: Path) -> None:
    plan = json.loads((planned / "plan.json").read_text("utf-8"))
    page = page_of(planned)
    headline = words_of(page.find(".//section"))
    assert f"Posti per fascia in Lazio: ne bastano {plan['answer']:g} per avere" in headline
    assert "«Giorni fino alla visita, 90° percentile» (Lazio) ≤ 8 giorni, con confidenza 95 %" in headline
    assert "la risorsa più tirata è" in headline
    assert len(page.xpath("//figure[@id='plan-tried']//tbody/tr")) == len(plan["tried"])
    command = "--target 'p90_days_to_visit[lazio]<=8' --vary territories.lazio.slots_per_band --from 1 --to 8"
    assert command in section_text(page, "assumptions")


def test_the_command_of_a_plan_names_the_shipped_scenario_and_can_be_pasted_into_a_shell(planned: Path) -> None:
    run = read_capacity_run(planned)
    assert run.plan is not None
    about = {**run.about, "shipped": "small-town", "file": "small-town.toml", "changes": {"title.en": "A town; of two"}}
    words = shlex.split(command_of(replace(run, about=about)))
    assert words[:3] == ["appuntamento", "plan", "small-town"]
    assert words[words.index("--set") + 1] == "title.en=A town; of two"
    assert words[words.index("--target") + 1] == "p90_days_to_visit[lazio]<=8"


def test_a_plan_shows_the_value_that_it_found_in_full_and_leads_to_the_others(planned: Path) -> None:
    plan, page = json.loads((planned / "plan.json").read_text("utf-8")), page_of(planned)
    answer_name = f"value-{plan['answer']:g}"
    assert answer_name in section_text(page, "indicators")
    assert amount(mean_of(planned, "mean_days_to_visit", variant=answer_name), "days").it in section_text(
        page, "indicators"
    )
    names = {f"value-{trial['value']:g}" for trial in plan["tried"]}
    assert {page.stem for page in (planned / "variants").iterdir()} == names
    assert {link.get("href") for link in page.get_element_by_id("variants").iter("a")} == {
        f"variants/{name}.html" for name in names
    }


def test_a_plan_that_nothing_meets_says_up_to_where_it_looked(planned: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(planned, tmp_path / "copy"))
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    (folder / "plan.json").write_text(json.dumps({**plan, "answer": None, "outcome": "none"}), encoding="utf-8")
    page = page_of(folder)
    assert "Posti per fascia in Lazio: nessun valore fino a 8 dà" in words_of(page)
    assert page.xpath("//section[@class='headline WARNING']")


def test_a_comparison_shows_what_differs_and_how_sure_that_is(tmp_path: Path) -> None:
    for name, books in (("before", 0.7), ("after", 0.3)):
        complete_run(plan(customers__books=books, horizon__days=7, sample__orders=0), 3).write(tmp_path / name)
    table = compare_runs(tmp_path / "before", tmp_path / "after", tmp_path / "both").comparison
    write_capacity_report(tmp_path / "both", "it")
    page = page_of(tmp_path / "both")
    headline = words_of(page.find(".//section"))
    worse = table.filter(territory="", better="A").height
    assert f"peggiorati {worse}" in headline
    assert "B: after, 3 repliche" in headline
    assert "customers.books: 0.7 in A, 0.3 in B" in headline
    booked = table.filter(territory="", indicator="share_booked")["difference"][0]
    assert percent(booked).it in words_of(page.get_element_by_id("differences"))
    timed_out = table.filter(territory="", indicator="share_timed_out")
    beyond = percent(timed_out["difference"][0] / timed_out["mean_a"][0], 0).it
    labels = [text.text_content() for text in page.iter("text") if "end" in (text.get("class") or "").split()]
    assert beyond in labels, "what is beyond the plot is told beside its mark"
    with pytest.raises(RunError, match="a new folder, or that of another comparison"):
        compare_runs(tmp_path / "before", tmp_path / "after", tmp_path / "before")


def test_runs_of_unrelated_scenarios_are_compared_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("here", "elsewhere"):
        complete_run(plan(name=name, horizon__days=3, sample__orders=0), 2).write(tmp_path / name)
    folders = [str(tmp_path / name) for name in ("here", "elsewhere")]
    assert main(["compare-runs", *folders, "--out", str(tmp_path / "both")]) == 0
    assert "ATTENZIONE: le corse sono di scenari diversi" in capsys.readouterr().err
    assert "non sono varianti di uno stesso" in words_of(page_of(tmp_path / "both"))
    assert main(["compare-runs", folders[0], folders[0]]) == 0
    assert "ATTENZIONE" not in capsys.readouterr().err
