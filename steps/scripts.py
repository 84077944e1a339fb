"""The scenarios as scripts: read once, then played without pytest against one system after the other.

A script is a scenario whose sentences have been matched with step functions. To play it gives the same world, outcome
and message as pytest does; a test compares the two. 1,300 scenarios take a third of the processor time of a run under
pytest, and nothing of one run is left in the next.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from steps.chronicle import Chronicle
from steps.context import Story
from steps.coverage import SYSTEM, feature_files, pickles, put_to_the_test, shown_name
from steps.drivers.verbs import Driver, TraceEvent
from steps.plugin import drivers, message_of_error, rule_among, unanswered, world_name
from steps.step_catalogue import KINDS, meanings

Line = tuple[Callable[..., object], Mapping[str, object], bool]  # the step, its arguments, whether it tells a chronicle


@dataclass(frozen=True, slots=True)
class Script:
    """A scenario, ready to be played."""

    rule: str
    name: str
    world: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """How a scenario went with a system: the trace of its world, its outcome, and why it failed if it did."""

    rule: str
    name: str
    world: str
    trace: Sequence[TraceEvent]
    outcome: str
    message: str = ""
    readings_used: frozenset[str] = frozenset()  # the readings that its expectations asked for, and it does not pin
    crashed: bool = False  # it failed, and not by an expectation that was not met


@cache
def scripts(tested: str = SYSTEM) -> tuple[Script, ...]:
    """The scripts of all scenarios that put this to the test, in the order of the files."""
    running: Counter[tuple[str, str]] = Counter()
    return tuple(
        script for path in feature_files() if put_to_the_test(path) == tested for script in _read(path, running)
    )


def play(script: Script, profile: Any, make: Callable[..., Driver], seed: int = 0) -> Played:
    """Play a scenario with the system that `make` makes."""
    story = Story(script.world, seed, profile.readings, drivers(make), profile=profile)
    failure: BaseException | None = None
    try:
        tell(script.lines, story)
    except (Exception, pytest.skip.Exception) as error:  # whatever breaks in a scenario is its outcome
        failure = error
    trace: list[TraceEvent] = []
    try:
        trace = story.finish()
        assert not story.pending_refusals, unanswered(story)
    except Exception as error:
        failure = error if failure is None or isinstance(failure, pytest.skip.Exception) else failure
    outcome, message = outcome_of(failure)
    crashed = outcome == "failed" and not isinstance(failure, AssertionError)
    readings_used = frozenset(story.readings_used - story.pins.keys())
    return Played(script.rule, script.name, script.world, trace, outcome, message, readings_used, crashed)


def tell(lines: Iterable[Line], story: Story) -> None:
    """Let every sentence of a scenario do what it says."""
    chronicle = Chronicle(story)
    for function, arguments, is_told in lines:
        function(chronicle if is_told else story, **arguments)


def outcome_of(failure: BaseException | None) -> tuple[str, str]:
    """The outcome of a scenario that ended with this failure, if any; and its message."""
    if failure is None:
        return "passed", ""
    if isinstance(failure, pytest.skip.Exception):
        return "skipped", ""
    return "failed", message_of_error(failure)


def of_rules(rules: Collection[str]) -> list[Script]:
    """The scripts of the scenarios that test these rules on a system."""
    return [script for script in scripts() if script.rule in rules]


def _read(path: Path, running: Counter[tuple[str, str]]) -> Iterator[Script]:
    """The scripts of one file."""
    scenarios: Iterator[Mapping[str, Any]] = pickles(path)
    for pickle in scenarios:
        feature, rule = shown_name(path), rule_among([tag["name"].removeprefix("@") for tag in pickle["tags"]])
        running[feature, rule] += 1
        world = world_name(path, rule, running[feature, rule])
        yield Script(rule, pickle["name"], world, tuple(_understood(step) for step in pickle["steps"]))


def _understood(step: Mapping[str, Any]) -> Line:
    return _meaning(KINDS.get(str(step.get("type")), "given"), step["text"])


@cache
def _meaning(kind: str, text: str) -> Line:
    """The step function and arguments of a sentence. No sentence fits two steps; a test checks that."""
    (context,) = meanings(kind, text)
    parsed = context.parser.parse_arguments(text) or {}
    parameters = inspect.signature(context.step_func).parameters
    arguments = {name: value for name, value in parsed.items() if name in parameters}
    return context.step_func, arguments, "chronicle" in parameters
