"""A quicker look-up of step definitions than pytest-bdd's own, which asks pytest about every fixture for every step.

All our definitions come from plugins, so every scenario sees the same ones: they are listed once for a run, and what
a step's text was found to mean is remembered. Which definition matches is still decided by the definition's parser.
Nothing here knows a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from steps.step_catalogue import nearest

Definition = tuple[StepFunctionContext, Any]


class UnknownStep(AssertionError):
    """A step that no definition knows. Data: the text, and the nearest ones."""


class StepIndex:
    """The step definitions of one run, and what each text was found to mean."""

    def __init__(self) -> None:
        self._definitions: list[Definition] | None = None
        self._known: dict[tuple[str, str], list[Any]] = {}

    def find(self, step: Step, fixturemanager: Any, node: pytest.Item) -> list[Any]:
        """The definitions for a step, as pytest-bdd wants them."""
        key = (step.type, step.name)
        if key not in self._known:
            if self._definitions is None:
                self._definitions = _all_definitions(fixturemanager, node)
            self._known[key] = [found for context, found in self._definitions if _means(context, step)]
            if not self._known[key]:
                near = "», «".join(nearest(step.type, step.name))
                raise UnknownStep(f"passo ignoto: «{step.name}»; i più vicini: «{near}»")
        return self._known[key]


def _all_definitions(fixturemanager: Any, node: pytest.Item) -> list[Definition]:
    fixtures = [
        fixture
        for name in get_fixture_names(fixturemanager)
        for fixture in getfixturedefs(fixturemanager, name, node) or []
    ]
    contexts = [(step_function_context_registry.get(fixture.func), fixture) for fixture in fixtures]
    return [(context, fixture) for context, fixture in contexts if context is not None]


def _means(context: StepFunctionContext, step: Step) -> bool:
    return context.type in {None, step.type} and context.parser.is_matching(step.name)


@contextmanager
def quick_lookup() -> Iterator[None]:
    """Use an index of step definitions instead of pytest-bdd's search, inside this block only."""
    scenario: Any = import_module("pytest_bdd.scenario")  # the package's `scenario` is a function of that module
    original = scenario.find_fixturedefs_for_step
    scenario.find_fixturedefs_for_step = StepIndex().find
    try:
        yield
    finally:
        scenario.find_fixturedefs_for_step = original
