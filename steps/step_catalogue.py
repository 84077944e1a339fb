"""Every step that the features can say, with an example: for `docs/steps.md`, and for the writer of an unknown step.

Made from the step definitions and from the features that use them. `python -m steps.step_catalogue > docs/steps.md`
writes the page anew; a test keeps it equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from pathlib import Path
from types import ModuleType
from typing import Any

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from reports.judging.errors import InputError
from steps.coverage import feature_files, shown_name
from steps.definitions import (
    facts,
    given,
    operator_steps,
    then_agent,
    then_causals,
    then_files,
    then_route,
    then_sms,
    verdict,
    when,
)

STEP_MODULES = (
    given, when, then_route, then_sms, then_files, then_causals, then_agent, operator_steps, facts, verdict,
)  # fmt: skip
KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}
KEYWORDS = {"given": "Dato", "when": "Quando", "then": "Allora", None: "E"}
NEAREST = 3
INTRODUCTION = """# The steps of the features

Every sentence that a feature can say, with an example from the features. `Dato` declares, `Quando` lets something
happen, `Allora` expects; `E` goes on with the same. Facts in the past (`è partito`, `ha fissato`) tell a story to the
judge and may follow any keyword. Dates stand with their weekday (`mar 2026-03-03 09:00:00`), bands as
`mar 2026-03-10 10:00-12:00`, both on the clock of Rome.

`python -m steps.step_catalogue` prints this page. Your own feature files run with
`appuntamento conformance --features DIR`.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A step as a feature says it: the file, the line, the kind of keyword and the text."""

    feature: str
    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step definition: the keyword it follows, an example, what it does."""

    keyword: str
    example: str
    does: str


@lru_cache(maxsize=32)
def definitions(module: ModuleType | None = None) -> list[StepFunctionContext]:
    """The step definitions of a module, or all of them, in the order in which they are written."""
    modules = [module] if module else STEP_MODULES
    names = [module.__name__ for module in modules]
    contexts = [context for context in step_function_context_registry.values() if context.step_func.__module__ in names]
    return sorted(contexts, key=lambda context: names.index(context.step_func.__module__))


def meanings(kind: str, text: str) -> list[StepFunctionContext]:
    """The definitions that a text can mean behind a kind of keyword."""
    return [known for known in definitions() if known.type in (None, kind) and known.parser.is_matching(text)]


def said_in(path: Path) -> Iterator[Said]:
    """Every step of a feature file, as it will run: one for each row of examples. Raises InputError."""
    try:
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    except Exception as error:
        problem = str(error).splitlines()[-1].strip()
        raise InputError(str(path), problem, "Gherkin in Italian (# language: it)") from error
    lines = dict(_lines(document["feature"] or {}))
    document["uri"] = shown_name(path)
    for pickle in Compiler().compile(document):
        for step in pickle["steps"]:
            kind = KINDS.get(str(step.get("type")), "given")
            yield Said(shown_name(path), lines[step["astNodeIds"][0]], kind, step["text"])


def _lines(node: Any) -> Iterator[tuple[str, int]]:
    """The ids of a Gherkin tree with their lines."""
    if isinstance(node, dict):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for value in node.values():
            yield from _lines(value)
    elif isinstance(node, list):
        for value in node:
            yield from _lines(value)


@lru_cache(maxsize=1)
def examples() -> dict[str, Said]:
    """The first use of each step definition, by the text of its pattern."""
    first_uses: dict[str, Said] = {}
    known_steps: set[tuple[str, str]] = set()
    for path in feature_files():
        for step in said_in(path):
            if (step.kind, step.text) not in known_steps:
                known_steps.add((step.kind, step.text))
                for context in meanings(step.kind, step.text):
                    first_uses.setdefault(context.parser.name, step)
    return first_uses


def nearest(kind: str, text: str) -> list[str]:
    """The examples of steps that an unknown one is nearest to, the nearest first."""
    allowed = {known.parser.name for known in definitions() if known.type in (None, kind)}
    shown = [said.text for name, said in examples().items() if name in allowed]
    return nlargest(NEAREST, shown, key=lambda example: SequenceMatcher(None, _bare(text), _bare(example)).ratio())


def _bare(text: str) -> str:
    """A text without its dates and numbers, which every step has."""
    return re.sub(r"[a-z]{3} \d{4}-\d\d-\d\d|[\d:.-]+", "", text)


def check_steps(files: Sequence[Path]) -> None:
    """Raises InputError for the first step that no definition knows, with the nearest ones."""
    for path in files:
        for step in said_in(path):
            if not meanings(step.kind, step.text):
                near = " | ".join(nearest(step.kind, step.text))
                raise InputError(f"{path}, line {step.line}", f"no step says {step.text!r}", f"the nearest: {near}")


def page() -> str:
    """`docs/steps.md`."""
    parts = [INTRODUCTION]
    for module in STEP_MODULES:
        parts.append(f"## {_first_line(module.__doc__)}\n\n| after | example | what it does |\n|---|---|---|")
        for step in steps_of(module):
            parts[-1] += f"\n| {step.keyword} | `{step.example.replace('|', chr(92) + '|')}` | {step.does} |"
        parts[-1] += "\n"
    return "\n".join(parts)


def steps_of(module: ModuleType) -> list[Step]:
    """The steps of a module, as the page shows them."""
    return [
        Step(KEYWORDS[context.type], examples()[context.parser.name].text, _first_line(context.step_func.__doc__))
        for context in definitions(module)
        if context.parser.name in examples()
    ]


def _first_line(docstring: str | None) -> str:
    return " ".join((docstring or "").split("\n\n")[0].split())


if __name__ == "__main__":
    print(page(), end="")
