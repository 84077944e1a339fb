"""The trace of a whole run, with one violation planted in one of its worlds: the judge fails that rule and names it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reports.judging.catalogue import catalogue
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from tests.conftest import FullRun
from tests.judging.planted.planting import Events, Plant
from tests.judging.planted.violations import PLANTS

DAYS_WATCHED = 40
WARNS_ONLY = {"OP-10"}  # it forbids nothing
WORLDS_PLANTED = 2  # of each plant: enough to see that it is not one world's luck
Worlds = dict[str, Events]


@pytest.fixture(scope="module")
def worlds(full_run: FullRun) -> Worlds:
    """The events of the run under the default profile, world by world, by name: the run itself goes by lot."""
    events_of: Worlds = {}
    for event in map(json.loads, _lines(full_run("default"))):
        events_of.setdefault(event.get("world", ""), []).append(event)
    return dict(sorted(events_of.items()))


def _lines(folder: Path) -> list[str]:
    return (folder / "trace.jsonl").read_text(encoding="utf-8").splitlines()


def planted(worlds: Worlds, rule: str, plant: Plant) -> list[tuple[Events, str]]:
    """Some worlds of a rule with the violation in them, each with the id of the event that offends."""
    trials: list[tuple[Events, str]] = []
    for name, events in worlds.items():
        if f"-{rule.lower()}-" in name and len(trials) < WORLDS_PLANTED:
            copy = deepcopy(events)
            if (offender := plant(copy)) is not None:
                _watch_longer(copy)
                trials.append((copy, offender))
    return trials


def _watch_longer(events: Events) -> None:
    """As if the world had been watched for so long that what is absent never came."""
    until = datetime.fromisoformat(events[-1]["time"]) + timedelta(days=DAYS_WATCHED)
    for event in events:
        if event["type"] == "trace.observes":
            event["data"]["until"] = until.isoformat()


@pytest.mark.parametrize(
    ("rule", "plant"), PLANTS, ids=[f"{rule}-planted-{number}" for number, (rule, _) in enumerate(PLANTS, start=1)]
)
def test_a_violation_planted_in_a_world_of_its_rule_fails_it_and_is_named(
    worlds: Worlds, rule: str, plant: Plant
) -> None:
    cases = planted(worlds, rule, plant)
    assert cases, f"no world of {rule} has anything to change"
    for events, offender in cases:
        verdict = judge(events, load_profile("default")).verdict_of(rule)
        worst = "WARNING" if rule in WARNS_ONLY else "FAIL"
        named = [finding for finding in verdict.findings if finding.verdict == worst and offender in finding.evidence]
        assert verdict.verdict == worst, (offender, verdict)
        assert named, (offender, verdict)


def test_every_rule_has_a_plant() -> None:
    assert {rule for rule, _ in PLANTS} == set(catalogue().rules)
