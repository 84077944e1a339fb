"""Renders the folder of a capacity run as one page that needs nothing else.

What lives here: the bridge between the run, its figures and the template. It must not simulate nor judge: every number
comes from the tables of the run, every verdict from the verdict file beside them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from reports.capacity.canvas import NARROW, WIDE, Canvas
from reports.capacity.command_words import command_line
from reports.capacity.figure import Figure
from reports.capacity.figures.comparison import comparison_facts, comparison_sentence
from reports.capacity.figures.grid import grid_command, grid_of, grid_sentence
from reports.capacity.figures.judged import BROKEN, judged
from reports.capacity.figures.lead_parts import blame
from reports.capacity.figures.limits import limit_sentences
from reports.capacity.figures.plan import plan_command, plan_sentence
from reports.capacity.figures.scenario import scenario_tables
from reports.capacity.figures.sparkline import strip
from reports.capacity.figures.variants import FOLDER, paged_variants, variants_table
from reports.capacity.page_words import CAPACITY, GROUPS, HEADLINE, SWEPT
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import CapacityRun, Kpi, read_capacity_run
from reports.capacity.sections import WHOLE, sections_of
from reports.judging.verdicts import MERGE_ORDER
from reports.page_templates import environment_of
from reports.rome_time import Instant
from reports.words.labels import SIGNS, VERDICTS, Lexicon, Term, same
from reports.words.masking import printable
from reports.words.number_words import amount, bare, between, filled, number, percent
from reports.words.time_words import real_time_text

TEMPLATES = Path(__file__).parents[1] / "templates"


def write_capacity_report(folder: Path, language: str = "it", made_at: Instant | None = None) -> Path:
    """Write the pages of a run into its folder, each whole or not at all; returns the path of the first.

    `made_at` is when the run was made, in real time. A run of several variants has a page for each, which the first
    leads to. Raises InputError.
    """
    run = read_capacity_run(folder)
    pages = folder / FOLDER
    names = paged_variants(run)
    for left in set(pages.glob("*.html")) - {pages / f"{name}.html" for name in names}:  # of an earlier run
        left.unlink()
    for name in names:
        pages.mkdir(exist_ok=True)
        write_page(pages / f"{name}.html", render_capacity(run.of_variant(name), language, made_at))
    write_page(folder / "index.html", render_capacity(run, language, made_at))
    return folder / "index.html"


def write_page(page: Path, text: str) -> None:
    """Write a page so that it appears whole or not at all."""
    unfinished = page.with_name(f".{page.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(page)
    finally:
        unfinished.unlink(missing_ok=True)


def render_capacity(run: CapacityRun, language: str = "it", made_at: Instant | None = None) -> str:
    """A page as text: the same run, language and real time give the same bytes."""
    lexicon = Lexicon(language)
    template = page_environment().get_template("capacity.html.j2")
    return template.render(
        run=run,
        language=language,
        groups=[] if run.is_overview else _groups(run),
        sections=sections_of(run),
        whole=[anchor for anchor, _, _ in WHOLE],
        variants=None if run.shown else variants_table(run),
        sentences=comparison_facts(run) if "comparison" in run.frames else limit_sentences(run),
        judged=judged(run),
        scenario=scenario_tables(run),
        command=command_of(run),
        headline=headline(run),
        colour=_colour(run),
        horizon=_horizon(run),
        program_version=version("appuntamento"),
        made_at="" if made_at is None else real_time_text(made_at),
        contents_label=CAPACITY["contents"].in_language(language),
        **tools_of_the_template(lexicon, CAPACITY),
    )


def command_of(run: CapacityRun) -> str:
    """The command that gives this run, or this variant, again; nothing for a sweep or a comparison as a whole."""
    if (grid := grid_of(run)) is not None:
        return grid_command(run, grid)
    if run.is_overview:
        return ""
    if run.plan is not None and not run.shown:
        return plan_command(run, run.plan)
    return command_line(run, "simulate", (), f"--replications {run.replications}", run.changes)


def _groups(run: CapacityRun) -> list[tuple[Term, list[Kpi]]]:
    return [(title, [kpi for name in names if (kpi := run.kpi(name))]) for title, names in GROUPS]


def headline(run: CapacityRun) -> Term:
    """The page in one sentence: the answer of a plan, the parameters of a sweep, or how long orders take."""
    if run.plan is not None and not run.shown:
        return plan_sentence(run, run.plan)
    if "comparison" in run.frames:
        return comparison_sentence(run)
    if (grid := grid_of(run)) is not None:
        return grid_sentence(run, grid)
    if run.is_overview:
        paths = [parameter_words(run, path) for path in run.changes]
        path_list = Term(" e ".join(path.it for path in paths), " and ".join(path.en for path in paths))
        return filled(SWEPT, count=number(len(run.variants), 0), paths=path_list)
    visits, booked = run.kpi("p95_days_to_visit"), run.kpi("share_booked")
    if visits is None or booked is None:
        return Term("", "")
    said = filled(HEADLINE, days=amount(visits.mean, "days"), booked=percent(booked.mean, 0))
    blamed = blame(run)
    return Term(f"{said.it}; {blamed.it}", f"{said.en}; {blamed.en}") if blamed else said


def _colour(run: CapacityRun) -> str:
    """The colour of the first screen: that of the verdict, or of a plan's answer."""
    verdict = judged(run).verdict
    if (grid := grid_of(run)) is not None and verdict not in BROKEN:
        return "PASS" if grid["answer"] is not None else "WARNING"
    if run.plan is not None and not run.shown and verdict not in BROKEN:
        return "PASS" if run.plan.get("answer") is not None else "WARNING"
    return verdict


def _horizon(run: CapacityRun) -> dict[str, object]:
    """First and last day, days in all and days measured; nothing where the run does not say."""
    horizon = run.horizon
    if not {"start", "days"} <= set(horizon):
        return {}
    first, days = date.fromisoformat(str(horizon["start"])), int(horizon["days"])
    measured = days - int(horizon.get("warm_up_days", 0)) - int(horizon.get("cool_down_days", 0))
    return {"first": first, "last": first + timedelta(days=days - 1), "days": days, "measured": measured}


def tools_of_the_template(lexicon: Lexicon, texts: Mapping[str, Term]) -> dict[str, Any]:
    """What lets a template speak both languages, with these texts of its own, and draw."""
    return {
        "say": lambda words: lexicon.span(words if isinstance(words, Term) else same(str(words))),
        "t": lambda key: lexicon.span(texts[key]),
        "page_title": lambda: lexicon.span(texts["title"], "title"),
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
def page_environment() -> Environment:
    environment = environment_of(TEMPLATES)
    tools: dict[str, Any] = {"number": number, "amount": amount, "bare": bare, "between": between, "clean": printable}
    environment.globals.update(signs=SIGNS, verdict_words=VERDICTS, verdict_order=MERGE_ORDER, **tools)
    return environment
