"""Scenarios played in process are those that pytest runs: the same worlds, traces, outcomes and messages."""

from __future__ import annotations

from functools import partial

import pytest

from reference_impl.deadlines import reminder_at
from reference_impl.life_cycle.transitions import apply
from reports.judging.profiles import load_profile
from steps.coverage import JUDGE, SYSTEM
from steps.drivers.reference import InProcessDriver
from steps.run import run_features
from steps.scripts import of_rules, play, scripts
from steps.selftest import patience
from steps.selftest.changes import NOTHING, Change, function
from steps.selftest.patience import EndlessError
from steps.selftest.systems import wrong
from steps.selftest.trial import merged, played, try_wrong
from steps.selftest.tribunal import held_against

RULES = ("LINK-3", "RACE-2")
LATE = function(reminder_at, lambda original: lambda *rest: original(*rest) + 86_400_000)


@pytest.mark.parametrize(("profile", "change"), [("literal", NOTHING), ("any", LATE)])
def test_a_script_ends_as_its_scenario_does_under_pytest(profile: str, change: Change) -> None:
    rules = (*RULES, "REM-1") if change is LATE else RULES
    readings = load_profile(profile)
    with change.in_force():
        scenarios = played(of_rules(rules), readings, change)
        events = run_features(readings, rules, make=partial(InProcessDriver, rewire=change.rewire), tested=SYSTEM)
    ends = [event["data"] for event in events if event["type"] == "scenario.finished"]
    assert [(scenario.rule, scenario.name, scenario.outcome, scenario.message) for scenario in scenarios] == [
        (end["rule"], end["scenario"], end["outcome"], end["message"]) for end in ends
    ]
    assert merged(scenarios) == events[: -len(ends)]
    assert any(scenario.outcome == "failed" for scenario in scenarios) == (change is LATE)


def test_every_scenario_of_both_shelves_is_a_script() -> None:
    of_a_system = scripts(SYSTEM)
    worlds = {script.world for script in (*of_a_system, *scripts(JUDGE))}
    assert len(worlds) == len(of_a_system) + len(scripts(JUDGE)) > 1_500
    assert all(script.lines for script in of_a_system)


def test_a_scenario_that_breaks_has_crashed_and_not_failed() -> None:
    crashing = function(apply, lambda original: lambda *rest: 1 // 0)
    with crashing.in_force():
        (scenario, *_) = played(of_rules(["ROUTE-8"]), load_profile("default"), crashing)
    assert (scenario.outcome, scenario.crashed) == ("failed", True)
    assert scenario.message.startswith("ZeroDivisionError")


def ringing(world: object, wiring: object) -> object:
    """A system that never comes to rest: it promises itself the same instant, again and again."""
    agenda = wiring.wake_ups  # type: ignore[attr-defined]

    def ring(subject: object, now: int) -> None:
        agenda.wake_at(now, ring, subject)

    world.at(world.start + 1, lambda: ring("", world.now))  # type: ignore[attr-defined]
    return wiring


def test_a_system_that_never_ends_is_stopped_and_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_EVENTS", 3_000)
    never_ends = Change(rewires=(ringing,))  # type: ignore[arg-type]
    (scenario, *_) = played(of_rules(["ROUTE-8"])[:1], load_profile("default"), never_ends)
    assert scenario.message.startswith(f"{EndlessError.__name__}: never ends: 3000 events in the world 02-route-8-001")
    outcome = try_wrong(wrong("ROUTE-8", "endless", "it rings for ever", never_ends))
    (reason,) = held_against(outcome)
    assert "never ends" in reason


def test_a_script_can_be_played_again() -> None:
    (script, *_) = of_rules(["RES-3"])
    first, second = (play(script, load_profile("default"), InProcessDriver) for _ in range(2))
    assert first == second
