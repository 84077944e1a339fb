"""What the planner's pages show, as plain values: sliders with their names, both sides of an answer, the command.

What lives here: from a question and its folders to what a template needs. It must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from shlex import quote
from typing import Any

from reports.capacity.command_words import setting_words
from reports.capacity.page_words import GROUPS
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import CapacityRun, Kpi, read_capacity_run
from reports.words.labels import Term
from reports.words.number_words import amount, between, exact, number
from sim.capacity.errors import RunError
from sim.capacity.planner.desk import (
    AFTER,
    BEFORE,
    LEAST_REPLICATIONS,
    MOST_REPLICATIONS,
    Comparison,
    Desk,
    Question,
)
from sim.capacity.planner.sliders import Slider, sliders_of
from sim.capacity.questions.comparison import compare
from sim.capacity.questions.sweep import read_value
from sim.capacity.scenario.reader import Readings, read_scenario, with_values
from sim.capacity.tables.results import read_run

DEFAULT_REPLICATIONS = 4
LARGEST_SEED = 2**31
LONGEST_NUMBER = 20  # digits; Python refuses to read thousands of them
SIDES_BETTER = {"A": "worse", "B": "better", "": ""}


@dataclass(frozen=True, slots=True)
class Field:
    """A slider with its name and the value that stands in it."""

    slider: Slider
    name: Term
    value: str

    @property
    def now(self) -> Term:
        """The scenario's value, as people write it."""
        return number(self.slider.now)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator on both sides, with the difference; `verdict` is a key of words."""

    title: Term
    before: tuple[Term, Term]
    after: tuple[Term, Term]
    difference: tuple[Term, Term]
    verdict: str


def fields_of(values: Mapping[str, Any], field_values: Mapping[str, object]) -> list[Field]:
    """The sliders of a scenario, with what was given already."""
    words_run = _run_for_words(values)
    return [
        Field(slider, parameter_words(words_run, slider.path), _plain(field_values.get(slider.path, slider.now)))
        for slider in sliders_of(values)
    ]


def question_of(desk: Desk, name: str, form: Mapping[str, str], readings_of: Readings) -> Question:
    """The question that a form asks. Raises RunError, ScenarioError."""
    file, values = desk.values_of(name)
    changes = {}
    for slider in sliders_of(values):
        text = form.get(slider.path, "").strip().replace(",", ".")
        value = read_value(text) if text else slider.now
        if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
            raise RunError(slider.path, text, f"a number from {exact(slider.low)} to {exact(slider.high)}")
        if value != slider.now:
            changes[slider.path] = int(value) if value == int(value) else value
    read_scenario(file, with_values(values, changes, file), readings_of)
    replications = _whole("replications", form, DEFAULT_REPLICATIONS, LEAST_REPLICATIONS, MOST_REPLICATIONS)
    return Question(name, changes, replications, _whole("seed", form, 0, 0, LARGEST_SEED))


def rows_of(comparison: Comparison) -> list[tuple[Term, list[Row]]]:
    """The headline indicators by group, on both sides."""
    sides = {side: read_capacity_run(folder) for side, folder in comparison.folders.items()}
    table = compare(read_run(comparison.folders[BEFORE]), read_run(comparison.folders[AFTER]))
    differences = {row["indicator"]: row for row in table.iter_rows(named=True) if row["territory"] == ""}
    groups = []
    for title, names in GROUPS:
        rows = [row for name in names if (row := _row(sides, name, differences)) is not None]
        if rows:
            groups.append((title, rows))
    return groups


def changes_of(desk: Desk, question: Question) -> list[tuple[Term, Term, Term]]:
    """What is changed, in words: the parameter, what it was, what it is."""
    _, values = desk.values_of(question.scenario)
    words_run = _run_for_words(values)
    before = {slider.path: slider.now for slider in sliders_of(values)}
    return [
        (parameter_words(words_run, path), number(before[path]), number(float(str(value))))
        for path, value in question.changes.items()
    ]


def command_of(desk: Desk, question: Question) -> str:
    """The command that runs the side after the change."""
    scenario, settings = quote(desk.scenarios[question.scenario]), setting_words(question.changes)
    how = f"--replications {question.replications} --seed {question.seed}"
    return " ".join(("appuntamento simulate", scenario, *settings, how))


def _row(sides: Mapping[str, CapacityRun], name: str, differences: Mapping[str, Any]) -> Row | None:
    before, after, difference = sides[BEFORE].kpi(name), sides[AFTER].kpi(name), differences.get(name)
    if before is None or after is None or difference is None:
        return None
    unit = before.unit
    is_told = difference["low"] is not None and not difference["low"] <= 0 <= difference["high"]
    verdict = SIDES_BETTER[difference["better"]] or ("differs" if is_told else "no_difference")
    difference_text = amount(difference["difference"], unit)
    sign = "+" if difference["difference"] > 0 else ""
    return Row(
        before.title,
        _with_ends(before),
        _with_ends(after),
        (
            Term(sign + difference_text.it, sign + difference_text.en),
            between(difference["low"], difference["high"], unit),
        ),
        verdict,
    )


def _with_ends(kpi: Kpi) -> tuple[Term, Term]:
    return amount(kpi.mean, kpi.unit), between(kpi.low, kpi.high, kpi.unit)


def _run_for_words(values: Mapping[str, Any]) -> CapacityRun:
    """The scenario as the words of parameters ask for it: titles of territories, names of operators."""
    from sim.capacity.scenario.regions import ITALIAN_REGIONS

    territories = [name for name, place in (values.get("territories") or {}).items() if isinstance(place, Mapping)]
    titles = [
        {"name": name, "title": ITALIAN_REGIONS[name].title if name in ITALIAN_REGIONS else name}
        for name in territories
    ]
    return CapacityRun({"scenario": values, "territories": titles}, {}, None, None)


def _whole(name: str, form: Mapping[str, str], default: int, low: int, high: int) -> int:
    text = form.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or len(text) > LONGEST_NUMBER or not low <= int(text) <= high:
        raise RunError(name, text, f"a whole number from {low} to {high}")
    return int(text)


def _plain(value: object) -> str:
    return exact(value) if isinstance(value, int | float) else str(value)
