"""The pytest plugin that runs the features: options, markers, one story for each scenario, the trace of the whole run.

World names come from feature number, rule and running number, so they do not depend on which rules are run. The merged
trace is in order of time; what happened in the same instant stays in the order of the scenarios.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd import scenarios
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from reports.judging.catalogue import catalogue, rules_named
from reports.judging.profiles import load_profile
from steps import dates
from steps.chronicle import Chronicle
from steps.context import DriverFactory, Story
from steps.coverage import FEATURES, JUDGE, put_to_the_test, shown_name
from steps.drivers.reference import InProcessDriver
from steps.drivers.verbs import Driver, TraceEvent
from steps.lookup import quick_lookup
from steps.selection import Selection
from steps.step_catalogue import STEP_MODULES

EVERYTHING = Selection()
NO_RULE = "-"
BEFORE_EVERYTHING = "2020-06-01T00:00:00.000+02:00"

Progress = Callable[[int, int, str, str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scenario stands: its file, its rule, its full name, the name of its world; what it puts to the test."""

    feature: str
    rule: str
    scenario: str
    world: str
    tests: str
    file: str
    line: int


def rule_ids() -> list[str]:
    """The ids of the catalogue, in its order."""
    return list(catalogue().rules)


class FeatureRun:
    """One run of the features: register it as a plugin, then ask for `events()`.

    `make` makes its drivers, `files` are the feature files that it collects: all that pytest meets where it is None.
    """

    def __init__(
        self,
        profile: Any,
        selection: Selection = EVERYTHING,
        seed: int = 0,
        progress: Progress | None = None,
        make: Callable[..., Driver] = InProcessDriver,
        files: frozenset[Path] | None = None,
    ) -> None:
        self.profile, self.selection, self.seed, self.files = profile, selection, seed, files
        self.places: dict[str, Place] = {}
        self._progress, self._make_driver = progress, drivers(make)
        self._worlds: list[list[TraceEvent]] = []
        self._outcomes: dict[str, tuple[str, str]] = {}
        self._markers = {*rule_ids(), *(rule.partition("-")[0] for rule in rule_ids())}
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Rule ids and families are markers."""
        for marker in self._markers:
            config.addinivalue_line("markers", f"{marker}: scenarios of that rule, or of that family of rules")

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Put the scenarios in the order of the files and keep those asked for; other tests stay as they are."""
        scenarios = [(item, template) for item in items if (template := template_of(item)) is not None]
        scenarios.sort(key=lambda pair: standing(pair[1]))
        running: Counter[tuple[str, str]] = Counter()
        for item, template in scenarios:
            place = place_of(item, template, running)
            if self.selection.takes(place.rule, place.feature, place.scenario):
                self.places[item.nodeid] = place
        selected = [item for item, _ in scenarios if item.nodeid in self.places]
        config.hook.pytest_deselected(items=[item for item, _ in scenarios if item.nodeid not in self.places])
        items[:] = [item for item in items if template_of(item) is None] + selected

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
        """Every scenario of a feature file is a test; with `files`, of those alone."""
        is_wanted = file_path.suffix == ".feature" and (self.files is None or file_path in self.files)
        return feature_module(file_path, parent) if is_wanted else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_apply_tag(self, tag: str, function: Any) -> bool | None:
        """Tags that are no rule and no family are somebody's own: they mark nothing."""
        return None if tag in self._markers else True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Run all scenarios with the quick look-up of steps."""
        with quick_lookup():
            return (yield)

    @pytest.fixture
    def story(self, request: pytest.FixtureRequest) -> Iterator[Story]:
        """The state of the scenario; closed, whatever happened, with its trace kept."""
        place = self.places[request.node.nodeid]
        story = Story(place.world, self.seed, self.profile.readings, self._make_driver, profile=self.profile)
        yield story
        self._worlds.append(story.finish())
        assert not story.pending_refusals, unanswered(story)

    @pytest.fixture
    def chronicle(self, story: Story) -> Chronicle:
        """The story that the scenario tells by hand, if it does."""
        return Chronicle(story)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Keep the outcome of the scenario; a failure while closing it counts as one."""
        report = yield
        self._seconds[item.nodeid] += call.duration
        if report.failed and self._outcomes.get(item.nodeid, ("passed",))[0] != "failed":
            self._outcomes[item.nodeid] = ("failed", message_of(call))
        elif report.when == "call" or report.skipped:
            self._outcomes.setdefault(item.nodeid, (report.outcome, ""))
        return report

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Tell whoever watches."""
        if self._progress is not None:
            place, (outcome, _) = self.places[nodeid], self._outcomes[nodeid]
            self._progress(len(self._outcomes), len(self.places), place.rule, outcome)

    def seconds(self) -> dict[str, float]:
        """How long each scenario took, by the id of the event that tells its end; no part of the trace."""
        return {finished_id(number): self._seconds[nodeid] for number, nodeid in enumerate(self.places, start=1)}

    def events(self) -> list[TraceEvent]:
        """The trace of the whole run: every world's events in order of time, then how each scenario ended."""
        merged = [event for world in self._worlds for event in world]
        merged.sort(key=lambda event: dates.from_trace(event["time"]))
        end = merged[-1]["time"] if merged else BEFORE_EVERYTHING
        return merged + [
            finished_event(number, place, *self._outcomes.get(nodeid, ("skipped", "")), end)
            for number, (nodeid, place) in enumerate(self.places.items(), start=1)
        ]


def drivers(make: Callable[..., Driver]) -> DriverFactory:
    """How a story gets its driver at an instant, from what makes drivers: InProcessDriver, or another like it."""

    def driver(story: Story, start: int) -> Driver:
        return make(
            name=story.name,
            start=start,
            readings=story.readings,
            declared=story.pins,
            seed=story.seed,
            capacity=story.capacity,
            under_test=story.under_test,
        )

    return driver


def feature_module(path: Path, parent: pytest.Collector) -> pytest.Module:
    """A feature file as a module of tests, one for each scenario; no Python file has to stand beside it."""
    test_module = ModuleType(path.stem)
    members = vars(test_module)
    members["collect"] = scenarios
    exec(compile(f"collect({str(path)!r})", str(path), "exec"), members)  # pytest-bdd puts the tests where it is called
    module: pytest.Module = pytest.Module.from_parent(parent, path=path)
    module.obj = test_module
    return module


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario that a test was made from."""
    function = getattr(item, "function", None)
    return scenario_wrapper_template_registry.get(function) if function is not None else None


def standing(template: ScenarioTemplate) -> tuple[bool, str, int]:
    """What orders the scenarios: those of a system first, then by file and line."""
    path = Path(template.feature.filename)
    return put_to_the_test(path) == JUDGE, path.name, template.line_number


def place_of(item: pytest.Item, template: ScenarioTemplate, running: Counter[tuple[str, str]]) -> Place:
    """Where a scenario stands; counts it."""
    path = Path(template.feature.filename)
    feature, tests = shown_name(path), put_to_the_test(path)
    rule = rule_of(template)
    running[feature, rule] += 1
    callspec = getattr(item, "callspec", None)
    example: Mapping[str, object] = callspec.params["_pytest_bdd_example"] if callspec else {}
    world = world_name(path, rule, running[feature, rule])
    file = path.relative_to((FEATURES if path.is_relative_to(FEATURES) else path.parent).parent).as_posix()
    return Place(feature, rule, template.render(example).name, world, tests, file, template.line_number)


def world_name(path: Path, rule: str, number: int) -> str:
    """The name of the world of a scenario: the number of its file, its rule, its running number in the two."""
    shelf = "g" if put_to_the_test(path) == JUDGE else ""
    return f"{shelf}{path.name[:2]}-{rule.lower()}-{number:03d}"


def unanswered(story: Story) -> str:
    """What was refused to a scenario that did not expect it."""
    refusals = ", ".join(f"{refusal.what}: {refusal.why}" for refusal in story.pending_refusals)
    return f"respinto senza che lo scenario lo attenda: {refusals}"


def rule_of(template: ScenarioTemplate) -> str:
    """The rule whose tag a scenario carries, on its rule or on itself; `NO_RULE` where it has none."""
    tags = {*(template.rule.tags if template.rule is not None else ()), *template.tags, *template.feature.tags}
    return rule_among(tags)


def rule_among(tags: Collection[str]) -> str:
    """The rule that some tags name; `NO_RULE` where none does."""
    rules = catalogue().rules
    return next((tag for tag in sorted(tags) if tag in rules), NO_RULE)


def message_of(call: pytest.CallInfo[None]) -> str:
    """The first line of a failure, without anything of the machine."""
    assert call.excinfo is not None
    return message_of_error(call.excinfo.value)


def message_of_error(error: BaseException) -> str:
    """The first line of an error, with its kind unless an expectation was not met."""
    text = (str(error).strip() or type(error).__name__).splitlines()[0].replace(f"{FEATURES.parent}/", "")
    return text if isinstance(error, AssertionError) else f"{type(error).__name__}: {text}"


def finished_id(number: int) -> str:
    """The id of the event that tells the end of the scenario with this running number."""
    return f"scenario-{number:05d}"


def finished_event(number: int, place: Place, outcome: str, message: str, time: str) -> TraceEvent:
    """How a scenario ended, as an event."""
    return {
        "specversion": "1.0",
        "id": finished_id(number),
        "source": "/features",
        "type": "scenario.finished",
        "time": time,
        "data": {
            "rule": place.rule,
            "feature": place.feature,
            "scenario": place.scenario,
            "tests": place.tests,
            "file": place.file,
            "line": place.line,
            "outcome": outcome,
            "message": message,
        },
    }


def join(config: pytest.Config) -> None:
    """Let a session of pytest run the feature files that it meets, as its options say."""
    options = config.option
    selection = Selection(frozenset(rules_named(options.rule)), options.scenario)
    config.pluginmanager.register(FeatureRun(load_profile(options.profile), selection, options.seed), "features")
    for module in STEP_MODULES:
        config.pluginmanager.register(module)
