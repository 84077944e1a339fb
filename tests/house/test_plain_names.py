"""A variable that lives longer than three lines has a noun: not one of the words that say only that something was."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

FOLDERS = ("reference_impl", "reports", "sim", "steps", "tests")
NO_NOUNS = {"each", "found", "it", "one", "said", "thing"}
LINES = 3


def long_lived(code: str) -> Iterator[str]:
    """The variables and parameters without a noun whose last use lies further from their first."""
    for function in ast.walk(ast.parse(code)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        bound: dict[str, list[int]] = defaultdict(list)
        used: dict[str, list[int]] = defaultdict(list)
        for node in ast.walk(function):
            if isinstance(node, ast.arg):
                bound[node.arg].append(node.lineno)
            elif isinstance(node, ast.Name):
                (bound if isinstance(node.ctx, ast.Store) else used)[node.id].append(node.lineno)
        for name in NO_NOUNS & bound.keys():
            if max(bound[name] + used[name]) - min(bound[name]) > LINES:
                yield f"{function.name}, line {min(bound[name])}: {name}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_variable_that_lives_long_has_a_noun(folder: str) -> None:
    paths: list[Path] = sorted((ROOT / folder).rglob("*.py"))
    without = {str(path.relative_to(ROOT)): [*long_lived(path.read_text(encoding="utf-8"))] for path in paths}
    assert {path: names for path, names in without.items() if names} == {}


def test_one_that_lives_on_is_seen_and_one_of_three_lines_is_not() -> None:
    assert [*long_lived("def f():\n    said = 1\n    g()\n    g()\n    g()\n    return said")] == ["f, line 2: said"]
    assert [*long_lived("def f():\n    said = 1\n    return said")] == []
