"""Renders the folder of a capacity run as one page that needs nothing else.

What lives here: the bridge between the run, its figures and the template. It must not simulate nor judge: every number
comes from the tables of the run, every verdict from the verdict file beside them.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import wording
from reports.capacity_canvas import NARROW, WIDE, Canvas
from reports.capacity_figure import Figure
from reports.capacity_judged import judged
from reports.capacity_limits import limit_sentences
from reports.capacity_plan import plan_sentence
from reports.capacity_reading import CapacityRun, read_capacity_run
from reports.capacity_scenario import scenario_tables
from reports.capacity_sections import sections_of
from reports.capacity_strip import strip
from reports.capacity_wording import CAPACITY, GROUPS, HEADLINE, SWEPT
from reports.masking import printable
from reports.number_wording import amount, bare, between, filled, number, percent
from reports.wording import Lexicon, Term

TEMPLATES = Path(__file__).parent / "templates"


def write_capacity_report(folder: Path, language: str = "it") -> Path:
    """Write the page of a run into its folder, whole or not at all; returns its path. Raises InputError."""
    page = folder / "index.html"
    unfinished = folder / f".index.html.{os.getpid()}"
    try:
        unfinished.write_text(render_capacity(read_capacity_run(folder), language), encoding="utf-8")
        unfinished.replace(page)
    finally:
        unfinished.unlink(missing_ok=True)
    return page


def render_capacity(run: CapacityRun, language: str = "it") -> str:
    """The page as text: the same run and language give the same bytes."""
    lexicon = Lexicon(language)
    template = _environment().get_template("capacity.html.j2")
    return template.render(
        run=run,
        language=language,
        groups=[(title, [kpi for name in names if (kpi := run.kpi(name))]) for title, names in GROUPS],
        sections=sections_of(run),
        sentences=limit_sentences(run),
        judged=judged(run),
        scenario=scenario_tables(run),
        command=command_of(run),
        headline=headline(run),
        colour=_colour(run),
        horizon=_horizon(run),
        contents_label=CAPACITY["contents"].said_in(language),
        **_sayings(lexicon),
    )


def command_of(run: CapacityRun) -> str:
    """The command that gives this run again; nothing for a plan or a sweep, whose folder does not keep theirs."""
    if run.plan is not None or len(run.variants) > 1:
        return ""
    changes = [f"--set {path}={value}" for path, value in (run.variants[0].get("changes") or {}).items()]
    words = [str(run.about.get("file", "")), *changes, f"--replications {run.replications}"]
    return printable(" ".join(["appuntamento simulate", *words, f"--seed {run.about.get('seed', 0)}"]))


def headline(run: CapacityRun) -> Term:
    """The run in one sentence: the answer of a plan, the parameters of a sweep, or how long orders take."""
    if run.plan is not None:
        return plan_sentence(run.plan)
    if len(run.variants) > 1:
        paths = [printable(path) for path in run.variants[0].get("changes") or {}]
        said = Term(" e ".join(paths), " and ".join(paths))
        return filled(SWEPT, count=number(len(run.variants), 0), paths=said)
    visits, booked = run.kpi("p95_days_to_visit"), run.kpi("share_booked")
    if visits is None or booked is None:
        return Term("", "")
    return filled(HEADLINE, days=amount(visits.mean, "days"), booked=percent(booked.mean, 0))


def _colour(run: CapacityRun) -> str:
    """The colour of the first screen: that of the verdict, or of a plan's answer."""
    if run.plan is not None and run.verdicts is None:
        return "PASS" if run.plan.get("answer") is not None else "WARNING"
    return judged(run).verdict


def _horizon(run: CapacityRun) -> dict[str, object]:
    """First and last day, days in all and days measured; nothing where the run does not say."""
    said = run.horizon
    if not {"start", "days"} <= set(said):
        return {}
    first, days = date.fromisoformat(str(said["start"])), int(said["days"])
    measured = days - int(said.get("warm_up_days", 0)) - int(said.get("cool_down_days", 0))
    return {"first": first, "last": first + timedelta(days=days - 1), "days": days, "measured": measured}


def _sayings(lexicon: Lexicon) -> dict[str, Any]:
    """What lets the template speak both languages and draw."""
    return {
        "say": lambda said: lexicon.span(said if isinstance(said, Term) else Term(str(said), str(said))),
        "t": lambda key: lexicon.span(CAPACITY[key]),
        "page_title": lambda: lexicon.span(CAPACITY["title"], "title"),
        "words": lambda: Markup(lexicon.to_json()),
        "strip": lambda kpi: strip(kpi, lexicon),
        "wide": lambda figure: _picture(figure, lexicon, WIDE, figure.heights[0]),
        "narrow": lambda figure: _picture(figure, lexicon, NARROW, figure.heights[1]),
    }


def _picture(figure: Figure, lexicon: Lexicon, width: float, height: float) -> Markup:
    canvas = Canvas(lexicon, width, height, has_tips=width == WIDE)
    figure.draw(canvas)
    return canvas.picture(figure.title)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    tools: dict[str, Any] = {"number": number, "amount": amount, "bare": bare, "between": between, "clean": printable}
    environment.globals.update(
        signs=wording.SIGNS, verdict_words=wording.VERDICTS, verdict_order=wording.VERDICT_ORDER, **tools
    )
    return environment
