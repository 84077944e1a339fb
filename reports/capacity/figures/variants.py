"""The variants of a sweep or a plan beside each other, each with a page of its own.

What lives here: one table, and which variants have a page. It must not know how a page is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.capacity.figure import Cell
from reports.capacity.parameter_words import parameter_words, value_words
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term
from reports.words.masking import printable
from reports.words.number_words import amount, between

SHOWN = (
    "mean_days_to_visit",
    "p95_days_to_visit",
    "share_booked",
    "share_timed_out",
    "share_no_slot",
    "utilisation",
    "sms_backlog_peak",
)
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
FOLDER = "variants"
MOST_PAGES = 60  # half a megabyte each


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant in the table: its name, where its page is (empty if it has none), its values and main indicators."""

    name: str
    link: str
    values: Sequence[Cell]
    means: Sequence[tuple[Term, Term]]


@dataclass(frozen=True, slots=True)
class Variants:
    """The table of all variants: the parameters varied, the indicators shown, a row for each."""

    paths: Sequence[Term]
    titles: Sequence[Term]
    rows: Sequence[VariantRow]


def paged_variants(run: CapacityRun) -> list[str]:
    """The variants that have a page of their own: those of a run that has several, up to so many."""
    names = [str(variant["name"]) for variant in run.variants]
    return [name for name in names if FILE_NAME.fullmatch(name)][:MOST_PAGES] if len(names) > 1 else []


def variants_table(run: CapacityRun) -> Variants | None:
    """All variants with their values and main indicators; None for a run that has only one."""
    if len(run.variants) < 2:
        return None
    paths = list(run.changes)
    indicators = [name for name in SHOWN if name in run.titles]
    paged = set(paged_variants(run))
    rows = [_row(run.of_variant(str(variant["name"])), paths, indicators, paged) for variant in run.variants]
    return Variants([parameter_words(run, path) for path in paths], [run.titles[name][0] for name in indicators], rows)


def _row(run: CapacityRun, paths: Sequence[str], names: Sequence[str], paged: set[str]) -> VariantRow:
    means = [
        (amount(kpi.mean, kpi.unit), between(kpi.low, kpi.high, kpi.unit)) if kpi else (Term("–", "–"), Term("", ""))
        for kpi in (run.kpi(name) for name in names)
    ]
    link = f"{FOLDER}/{run.variant}.html" if run.variant in paged else ""
    return VariantRow(printable(run.variant), link, [value_words(run.changes.get(path)) for path in paths], means)
