"""What the features must be for a run of them to mean anything: nothing lost, nothing doubled, nothing unknown.

These guards read the features as gherkin does and the step definitions as pytest-bdd does, and compare.
"""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from reference_impl.deadlines import deposit_run_at
from reference_impl.slot_agenda import SlotAgenda
from reports.judging.profiles import load_profile
from steps import dates
from steps.coverage import FEATURES, JUDGE, JUDGE_SHELF, SYSTEM, feature_files, scenarios_per_rule, shown_name
from steps.plugin import FeatureRun, rule_ids
from steps.run import OPTIONS, run_features
from steps.step_catalogue import STEP_MODULES
from steps.words import READINGS

ROOT = FEATURES.parent
FEATURE_FILES = feature_files()
ID_IN_TEXT = re.compile(r"\b[A-Z]{2,5}-\d+\b")
ID_IN_COMMENT = re.compile(r"#.*")
CODE_FOLDERS = ("reference_impl", "reports", "steps", "sim")
KEYWORD_TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}
WRITTEN_DATE = re.compile(r"(\S+ )?(\d{4}-\d\d-\d\d)")
HOLIDAY_OF_A_READING = "nazionali, 2026-06-24"  # the only dates that stand without their weekday
PINNED_READING = re.compile(r"che la lettura (?P<name>.+?) (?:è|ha \w+) (?P<value>.+)")
VERDICT_STEP = re.compile(r"la regola [A-Z]+-\d+ è ")
MOST_STEP_DEFINITIONS = 150
MOST_OF_ONE_DATE = 1 / 12  # of all scenarios: a date that stands everywhere hides what depends on the day


@lru_cache(maxsize=1)
def documents() -> dict[str, Any]:
    """Each feature file as gherkin parses it, with its name and its pickles."""
    documents_by_name = {}
    for path in FEATURE_FILES:
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
        document["uri"] = shown_name(path)
        documents_by_name[shown_name(path)] = (document, Compiler().compile(document))
    return documents_by_name


def pickles() -> Iterator[tuple[str, Any]]:
    for name, (_, compiled) in documents().items():
        for pickle in compiled:
            yield name, pickle


def shelf_of(name: str) -> str:
    return JUDGE if name.startswith(f"{JUDGE_SHELF}/") else SYSTEM


def rules() -> Iterator[tuple[str, Any]]:
    for name, (document, _) in documents().items():
        for child in document["feature"]["children"]:
            if "rule" in child:
                yield name, child["rule"]


def step_definitions() -> list[StepFunctionContext]:
    own = {module.__name__ for module in STEP_MODULES}
    return [context for context in step_function_context_registry.values() if context.step_func.__module__ in own]


def catalogue() -> dict[str, dict[str, str]]:
    with (FEATURES / "rules.csv").open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row for row in csv.DictReader(file)}


def test_every_scenario_of_the_features_is_collected_as_a_test() -> None:
    run = FeatureRun(load_profile("default"))
    with redirect_stdout(io.StringIO()):
        files = map(str, FEATURE_FILES)
        status = pytest.main([*OPTIONS, "--collect-only", *files], plugins=[run, *STEP_MODULES])
    assert status == pytest.ExitCode.OK
    collected = Counter(place.feature for place in run.places.values())
    assert collected == Counter(name for name, _ in pickles())
    assert {place.rule for place in run.places.values()} == set(rule_ids())
    assert len({place.world for place in run.places.values()}) == len(run.places)


def test_no_two_scenarios_of_a_file_have_the_same_name() -> None:
    outlines = Counter(
        (name, child["scenario"]["name"]) for name, rule in rules() for child in rule["children"] if "scenario" in child
    )
    examples = Counter((name, pickle["name"]) for name, pickle in pickles())
    assert [name for name, count in outlines.items() if count > 1] == []
    assert [name for name, count in examples.items() if count > 1] == []


def test_no_scenario_stands_outside_a_rule_or_is_empty() -> None:
    loose = [
        child["scenario"]["name"]
        for document, _ in documents().values()
        for child in document["feature"]["children"]
        if "scenario" in child
    ]
    assert loose == []
    assert [pickle["name"] for _, pickle in pickles() if not any(s["type"] == "Outcome" for s in pickle["steps"])] == []


def test_no_two_step_definitions_have_the_same_text_and_none_is_asynchronous() -> None:
    texts = Counter(context.parser.name for context in step_definitions())
    assert [text for text, count in texts.items() if count > 1] == []
    functions = [context.step_func for context in step_definitions()]
    assert [f.__name__ for f in functions if inspect.iscoroutinefunction(f) or inspect.isasyncgenfunction(f)] == []
    assert len(functions) < MOST_STEP_DEFINITIONS


def test_every_step_has_exactly_one_definition_and_every_definition_is_used() -> None:
    used_steps: set[str] = set()
    doubtful = []
    for kind, text in sorted({(KEYWORD_TYPES[s["type"]], s["text"]) for _, p in pickles() for s in p["steps"]}):
        definitions = [c for c in step_definitions() if c.type in (None, kind) and c.parser.is_matching(text)]
        used_steps |= {context.parser.name for context in definitions}
        if len(definitions) != 1:
            doubtful.append((kind, text, [context.parser.name for context in definitions]))
    assert doubtful == []
    assert {context.parser.name for context in step_definitions()} - used_steps == set()


def test_every_rule_of_the_features_has_one_tag_and_the_title_of_the_catalogue() -> None:
    rule_rows = catalogue()
    for name, rule in rules():
        tags = [tag["name"].removeprefix("@") for tag in rule["tags"]]
        assert len(tags) == 1, f"{name}: {rule['name']} has tags {tags}"
        assert rule["name"] == rule_rows[tags[0]]["title_it"], f"{name}: title of {tags[0]}"


@pytest.mark.parametrize("shelf", [SYSTEM, JUDGE])
def test_every_rule_of_the_catalogue_stands_once_on_each_shelf_with_a_scenario(shelf: str) -> None:
    tags = Counter(
        tag["name"].removeprefix("@") for name, rule in rules() if shelf_of(name) == shelf for tag in rule["tags"]
    )
    assert tags == Counter(catalogue().keys())
    assert set(scenarios_per_rule(shelf)) - {row["family"] for row in catalogue().values()} == set(catalogue())
    assert [rule["name"] for _, rule in rules() if not any("scenario" in child for child in rule["children"])] == []


def test_stories_for_the_judge_stand_on_its_shelf_and_nowhere_else() -> None:
    stories = {
        (shelf_of(name), pickle["name"])
        for name, pickle in pickles()
        if any(VERDICT_STEP.match(step["text"]) for step in pickle["steps"])
    }
    assert {shelf for shelf, _ in stories} == {JUDGE}
    assert {pickle["name"] for name, pickle in pickles() if shelf_of(name) == JUDGE} == {name for _, name in stories}


def test_the_family_of_each_rule_is_the_tag_of_its_feature() -> None:
    for document, _ in documents().values():
        family = [tag["name"].removeprefix("@") for tag in document["feature"]["tags"]]
        members = [
            tag["name"] for child in document["feature"]["children"] for tag in child.get("rule", {}).get("tags", [])
        ]
        assert {catalogue()[member.removeprefix("@")]["family"] for member in members} == set(family)


def test_no_unknown_rule_is_named_anywhere() -> None:
    rules_known, families = set(catalogue()), {row["family"] for row in catalogue().values()}
    texts = [(path, path.read_text(encoding="utf-8")) for path in FEATURE_FILES]
    for path in sorted(file for folder in CODE_FOLDERS for file in (ROOT / folder).rglob("*.py")):
        texts.append((path, "\n".join(ID_IN_COMMENT.findall(path.read_text(encoding="utf-8")))))
    named = sorted({(path.name, rule) for path, text in texts for rule in ID_IN_TEXT.findall(text)})
    assert [
        (file, rule) for file, rule in named if rule.partition("-")[0] in families and rule not in rules_known
    ] == []


def test_every_date_stands_with_its_weekday_and_they_agree() -> None:
    for path in FEATURE_FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            for weekday, written in WRITTEN_DATE.findall(line.replace(HOLIDAY_OF_A_READING, "")):
                assert dates.day(f"{weekday}{written}"), f"{path.name}: {line.strip()}"


def test_no_date_stands_in_more_than_one_scenario_of_twelve() -> None:
    told = [{written for step in p["steps"] for _, written in WRITTEN_DATE.findall(step["text"])} for _, p in pickles()]
    (date, most), *_ = Counter(written for dates_told in told for written in dates_told).most_common(1)
    assert most <= MOST_OF_ONE_DATE * len(told), f"{date} stands in {most} of {len(told)} scenarios"


@pytest.mark.parametrize("text", ["lun 2026-03-03", "dom 2026-10-24", "xyz 2026-03-03", "mar 2026-02-30"])
def test_a_wrong_weekday_or_date_is_refused(text: str) -> None:
    with pytest.raises(dates.DateError, match=text):
        dates.day(text)


def test_the_skipped_hour_of_march_is_refused_and_the_repeated_one_of_october_can_be_told_apart() -> None:
    with pytest.raises(dates.DateError):
        dates.instant("dom 2026-03-29 02:30:00")
    first, second = dates.instant("dom 2026-10-25 02:30:00"), dates.instant("dom 2026-10-25 02:30:00 ora solare")
    assert second - first == 3_600_000


def test_every_value_of_every_reading_is_exercised() -> None:
    steps = {step["text"] for _, pickle in pickles() for step in pickle["steps"]}
    with (FEATURES / "readings.csv").open(encoding="utf-8", newline="") as file:
        readings = list(csv.DictReader(file))
    pinned_values = {
        (READINGS[told["name"]].parameter, READINGS[told["name"]].values.get(told["value"], told["value"]))
        for told in map(PINNED_READING.fullmatch, steps)
        if told is not None
    }
    missing_values = [
        (row["parameter"], value)
        for row in readings
        if row["kind"] == "choice"
        for value in row["readings"].split("|")
        if (row["parameter"], value) not in pinned_values
    ]
    assert missing_values == []
    of_behaviour = {row["parameter"] for row in readings if row["kind"] not in {"duration", "limit"}}
    assert of_behaviour <= {parameter for parameter, _ in pinned_values}


def test_every_reading_has_an_italian_name_and_so_has_every_value_of_a_choice() -> None:
    values_named = {reading.parameter: set(reading.values.values()) for reading in READINGS.values()}
    assert len(values_named) == len(READINGS)
    with (FEATURES / "readings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "choice":
                assert values_named[row["parameter"]] == set(row["readings"].split("|")), row["parameter"]
            else:
                assert row["kind"] == "duration" or row["parameter"] in values_named


@pytest.mark.parametrize("profile", ["default", "literal"])
def test_a_rule_runs_alone_and_the_same_seed_gives_the_same_trace(profile: str) -> None:
    progress: list[tuple[int, int, str, str]] = []
    trace = run_features(load_profile(profile), ["RACE-1"], 7, lambda *row: progress.append(row))
    assert run_features(load_profile(profile), ["RACE-1"], 7) == trace
    ends = [event["data"] for event in trace if event["type"] == "scenario.finished"]
    assert {data["outcome"] for data in ends} == {"passed"}
    assert {data["rule"] for data in ends} == {"RACE-1"}
    assert [number for number, *_ in progress] == list(range(1, len(ends) + 1))
    times = [dates.from_trace(event["time"]) for event in trace]
    assert times == sorted(times)
    assert len({event["id"] for event in trace}) == len(trace)


def test_a_service_that_deposits_a_day_late_fails_the_scenarios_that_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "reference_impl.life_cycle.transitions.deposit_run_at",
        lambda sms_at, policy: deposit_run_at(sms_at, policy) + dates.DAY_MS,
    )
    ends = [event["data"] for event in run_features(load_profile("default"), ["CSV-4"]) if "outcome" in event["data"]]
    failures = [data for data in ends if data["outcome"] == "failed"]
    assert {data["rule"] for data in failures} == {"CSV-4"}
    assert all(data["message"].startswith("deposito atteso") for data in failures)
    assert any("Cadenza da tabella" in data["scenario"] for data in failures)


def test_an_act_that_is_refused_without_the_scenario_expecting_it_fails_the_scenario(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SlotAgenda, "take", lambda *asked: False)
    ends = [event["data"] for event in run_features(load_profile("default"), ["UNR-1"]) if "outcome" in event["data"]]
    failures = [data["message"] for data in ends if data["outcome"] == "failed"]
    assert len(failures) == 2
    assert len(failures) < len(ends)


def test_the_features_folder_holds_no_machine_path() -> None:
    for path in (*FEATURE_FILES, FEATURES / "rules.csv"):
        assert not re.search(r"/(home|work|root|tmp)/", Path(path).read_text(encoding="utf-8")), path.name
