"""Folders of small capacity runs for the tests of their pages, and how a test reads a page."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from lxml import html

from reports.capacity.pages import render_capacity, write_capacity_report
from reports.capacity.run_folder import read_capacity_run
from sim.capacity.questions.planning import Search
from sim.capacity.questions.runs import How, plan_for
from sim.capacity.questions.sweep import design, read_axis
from sim.capacity.tables.bottlenecks import bottlenecks
from sim.capacity.tables.results import run_of
from sim.capacity.tables.sweep_frame import sweep_frame
from tests.capacity.cases import complete_run, plan, replications_of

HOSTILE = "<script>alert('città')</script>"
ASSUMPTIONS = [
    {"about": "customers.*", "text": "How many book is invented.", "text_it": "Quanti prenotano è inventato."},
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
JUDGED = {"profile": "default", "seed": 5, "target": "capacity", "readings": {}}


def rule(name: str, verdict: str, occasions: int, *findings: dict[str, object]) -> dict[str, object]:
    return {"rule": name, "verdict": verdict, "occasions": occasions, "findings": list(findings), "services": {}}


def write_verdicts(folder: Path, *rules: dict[str, object]) -> None:
    (folder / "verdicts.json").write_text(json.dumps({**JUDGED, "rules": rules}), encoding="utf-8")


def write_run(folder: Path) -> Path:
    """The folder of a run of three replications in two regions, judged without a violation."""
    small_plan = plan(**CASE)
    done = replications_of(small_plan, 3)
    run = run_of(small_plan, done)
    limits = [asdict(bottleneck) for bottleneck in bottlenecks(small_plan.scenario(small_plan.variants[0]), done)]
    replace(run, about={**run.about, "bottlenecks": limits}).write(folder)
    write_verdicts(folder, rule("SMS-1", "PASS", 1234), rule("OP-1", "NOT_APPLICABLE", 0))
    write_capacity_report(folder, "it")
    return folder


def write_sweep(folder: Path) -> Path:
    """The folder of a sweep over two parameters, one of which moves nothing."""
    axes = [read_axis("customers.books=0.3,0.8"), read_axis("notifications.concurrency=2,4")]
    small = {"horizon__days": 7, "sample__orders": 2}
    small_plan = plan(*design(axes, "grid", 1, 0), **small)
    run = complete_run(small_plan, 2)
    replace(run, frames=run.frames | {"sweep": sweep_frame(small_plan.variants, run.frames["kpis"])}).write(folder)
    write_capacity_report(folder, "it")
    return folder


def write_plan(folder: Path) -> Path:
    """The folder of a plan, as the command writes it."""
    small = folder / "small.toml"
    small.write_text(SMALL_TOML, encoding="utf-8")
    target, search = "p90_days_to_visit[lazio]<=8", Search(1, 8, most_replications=16)
    plan_for(str(small), target, "territories.lazio.slots_per_band", search, how=How(seed=5, out=folder / "run"))
    write_verdicts(folder / "run", rule("SMS-1", "PASS", 10))
    write_capacity_report(folder / "run", "it")
    return folder / "run"


def page_of(folder: Path, language: str = "it") -> Any:
    """The page of a run, read; it is made anew where a file of the run is another than before."""
    files = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir()))
    return html.fromstring(_page_text(folder, language, files))


@lru_cache(maxsize=8)
def _page_text(folder: Path, language: str, files: tuple[tuple[str, int, int], ...]) -> str:
    return render_capacity(read_capacity_run(folder), language)


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def page_at(path: Path) -> Any:
    return html.fromstring(path.read_text("utf-8"))


def section_text(page: Any, anchor: str) -> str:
    return words_of(page.get_element_by_id(anchor))


def mean_of(folder: Path, indicator: str, territory: str = "", variant: str = "base") -> float:
    chosen = pl.read_parquet(folder / "kpis.parquet").filter(indicator=indicator, territory=territory, variant=variant)
    return float(chosen["mean"][0])
