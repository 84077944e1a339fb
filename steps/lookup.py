"""A quicker look-up of step definitions than pytest-bdd's own, which asks pytest about every fixture for every step.

All our definitions come from plugins, so every scenario sees the same ones. They are listed once for a run; the
definition of each text is remembered, and so are the arguments of each function. Which definition matches is still
decided by the definition's parser. A run of all features takes a tenth less time. Nothing here knows a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from steps.step_catalogue import nearest


class UnknownStep(AssertionError):
    """A step that no definition knows. Data: the text, and the nearest ones."""


class StepIndex:
    """The step definitions of one run, and the definition of each text that was looked up."""

    def __init__(self) -> None:
        self._definitions: list[StepFunctionContext] | None = None
        self._known: dict[tuple[str, str], StepFunctionContext] = {}

    def find(self, request: pytest.FixtureRequest, step: Step) -> StepFunctionContext:
        """The definition of a step, as pytest-bdd wants it; the last one, where several are meant."""
        key = (step.type, step.name)
        if key not in self._known:
            if self._definitions is None:
                self._definitions = _all_definitions(request)
            definition = next((definition for definition in self._definitions if _means(definition, step)), None)
            if definition is None:
                near = "», «".join(nearest(step.type, step.name))
                raise UnknownStep(f"passo ignoto: «{step.name}»; i più vicini: «{near}»")
            self._known[key] = definition
        return self._known[key]


def _all_definitions(request: pytest.FixtureRequest) -> list[StepFunctionContext]:
    """All definitions, the last one first."""
    manager = request._fixturemanager
    fixtures = [
        fixture for name in get_fixture_names(manager) for fixture in getfixturedefs(manager, name, request.node) or []
    ]
    definitions = [step_function_context_registry.get(fixture.func) for fixture in fixtures]
    return [definition for definition in reversed(definitions) if definition is not None]


def _means(definition: StepFunctionContext, step: Step) -> bool:
    return definition.type in {None, step.type} and definition.parser.is_matching(step.name)


@contextmanager
def quick_lookup() -> Iterator[None]:
    """Use an index of step definitions instead of pytest-bdd's search, inside this block only."""
    scenario: Any = import_module("pytest_bdd.scenario")  # the package's `scenario` is a function of that module
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scenario, "get_step_function", StepIndex().find)
        for name in ("signature", "get_required_args"):
            patched.setattr(scenario, name, cache(getattr(scenario, name)))
        yield
