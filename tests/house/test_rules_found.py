"""A stranger finds each rule by one search for its id: the code that keeps it, its scenarios, its checker."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.places import ROOT

with (ROOT / "features" / "rules.csv").open(encoding="utf-8", newline="") as catalogue:
    RULES = [row["rule"] for row in csv.DictReader(catalogue)]
OPERATORS_RULES = "OP-"  # kept by an operator's own system, which is no part of the service


@cache
def text_of(folder: str, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob(pattern)))


def names(text: str, rule: str) -> bool:
    return re.search(rf"(?<![\w-]){rule}(?!\d)", text) is not None


def places_of(rule: str) -> Iterable[Path]:
    folder = "sim/operators" if rule.startswith(OPERATORS_RULES) else "reference_impl"
    return (path for path in (ROOT / folder).rglob("*.py") if names(path.read_text(encoding="utf-8"), rule))


@pytest.mark.parametrize("rule", RULES)
def test_the_code_that_keeps_a_rule_names_it(rule: str) -> None:
    assert list(places_of(rule))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_scenarios_under_its_tag(rule: str) -> None:
    assert re.search(rf"^ *@{rule}$", text_of("features", "*.feature"), re.MULTILINE)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_one_checker_of_a_kind(rule: str) -> None:
    """At most one checker for orders, one for events, one for the world; a decorator or a row of a table names it."""
    registered = rf'^(@\w+\(|    )"{rule}"(?:[,)]|: \()'
    registrations = re.findall(registered, text_of("reports/judging/checks", "*.py"), re.MULTILINE)
    assert registrations
    assert len(registrations) == len(set(registrations))


def test_a_rule_that_nobody_keeps_is_missed() -> None:
    assert not names("# CSV-40 and XCSV-4", "CSV-4")
