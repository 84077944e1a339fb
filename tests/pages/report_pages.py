"""The page of the sample report, and how a test reads it."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import html

from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from reports.judging.verdicts import MERGE_ORDER
from tests.pages.sample_report import Event, sample_events, sample_verdicts


@cache
def page(language: str = "it") -> Any:
    return html.fromstring(render(sample_verdicts(), sample_events(), catalogue(), language))


def page_of(verdicts: dict[str, Any], events: list[Event], language: str = "it") -> Any:
    return html.fromstring(render(verdicts, events, catalogue(), language))


def plain(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def verdict_of_class(element: Any) -> str:
    names: list[str] = element.get("class").split()
    return next(name for name in names if name in MERGE_ORDER)
