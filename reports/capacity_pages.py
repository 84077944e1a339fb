"""Renders the folder of a capacity run as one page that needs nothing else.

What lives here: the bridge between the run, its figures and the template. It must not simulate nor judge: every number
comes from the tables of the run, every verdict from the verdict file beside them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import wording
from reports.capacity_numbers import amount, bare, between, number
from reports.capacity_reading import CapacityRun, read_capacity_run
from reports.capacity_wording import CAPACITY, GROUPS
from reports.masking import printable
from reports.wording import Lexicon

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
    return (
        _environment()
        .get_template("capacity.html.j2")
        .render(
            run=run,
            language=language,
            groups=[(title, [kpi for name in names if (kpi := run.kpi(name))]) for title, names in GROUPS],
            say=lexicon.span,
            t=lambda key: lexicon.span(CAPACITY[key]),
            page_title=lambda: lexicon.span(CAPACITY["title"], "title"),
            words=lambda: Markup(lexicon.to_json()),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    tools: dict[str, Any] = {"number": number, "amount": amount, "bare": bare, "between": between, "clean": printable}
    environment.globals.update(signs=wording.SIGNS, verdict_words=wording.VERDICTS, **tools)
    return environment
