"""The exploration holds for the reference, finds planted faults, and loses nothing by merging states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import appuntamento
from reference_impl.life_cycle import transitions
from reference_impl.orders import Event, State
from sim.recorder import Event as TraceEvent
from steps.selftest.changes import GONE, NOTHING, Change, attribute, entry
from steps.selftest.exploration.account import as_text
from steps.selftest.exploration.expedition import (
    DEFAULT,
    UNREACHABLE,
    Job,
    Result,
    scenes_by_name,
    variants_by_name,
    work,
)
from steps.selftest.exploration.lived import Ending, Life, digest
from steps.selftest.exploration.scenes import SCENES, TUESDAY_AFTER_EASTER, Scene, Variant
from steps.selftest.exploration.search import Explored, explore, lived, remembered
from steps.selftest.exploration.search import Path as Steps
from steps.selftest.exploration.tribunal import Kind, Tribunal
from tests.conftest import Refused

TABLE = transitions.TRANSITIONS
NEVER_REMINDED = entry(TABLE, (State.BOOKED, Event.REMIND), (State.BOOKED, lambda order, now, policy, detail: ()))
KEEPS_ITS_TERM = attribute(transitions, "_leave_engagement", lambda original: lambda order: None)
REFUSAL_IS_A_TIME_OUT = entry(TABLE, (State.ENGAGED, Event.DECLINE), (State.REFUSED, transitions.time_out))
CANNOT_BE_CANCELLED = entry(TABLE, (State.BOOKED, Event.CANCEL), GONE)
BREAKS = entry(TABLE, (State.BOOKED, Event.VISIT), (State.VISITED, lambda order, now, policy, detail: 1 // 0))


def explored(scene: str, depth: int) -> Result:
    """One scene under the default readings."""
    return work(Job(scene, DEFAULT, depth))


@cache
def explored_with(fault: Change) -> Result:
    """One order three steps deep, under the default readings, with something planted: for all who only read it."""
    with fault.in_force():
        return explored("one nga order", 3)


def searched(
    scene: Scene, depth: int, merge: bool, judge: bool = True
) -> tuple[Explored, set[Kind], dict[Steps, Sequence[TraceEvent]]]:
    """What a search saw, what was held against it if it was judged, and its traces."""
    tribunal, traces = Tribunal(scene, variants_by_name()[DEFAULT]), dict[Steps, Sequence[TraceEvent]]()

    def take(path: Steps, ending: Ending) -> None:
        traces[path] = ending.trace
        if judge:
            tribunal.take(path, ending)

    exploration = explore(scene, tribunal.variant, depth, take, merge)
    tribunal.close()
    return exploration, set(tribunal.findings), traces


@pytest.mark.parametrize(("scene", "depth"), [(scene.name, max(1, 3 - scene.less_deep)) for scene in SCENES])
def test_nothing_is_held_against_the_reference_and_nothing_breaks(scene: str, depth: int) -> None:
    result = explored(scene, depth)
    assert not result.findings
    assert not result.explored.faults
    assert 0 < result.explored.traces <= result.explored.steps <= result.explored.sequences


@pytest.mark.parametrize(
    ("fault", "rule", "steps"),
    [
        (NEVER_REMINDED, "REM-1", ["line CO N-1", "customer confirm N-1 2026-04-07T10:00:00+02:00"]),
        (REFUSAL_IS_A_TIME_OUT, "OUT-2", ["line CO N-1", "customer decline N-1"]),
    ],
)
def test_a_planted_entry_of_the_table_is_found_with_its_shortest_sequence(
    fault: Change, rule: str, steps: list[str]
) -> None:
    result = explored_with(fault)
    sequences = {finding.kind: [str(move) for move in finding.path] for finding in result.findings}
    assert sequences[rule, "FAIL"] == steps


def test_a_finding_carries_the_trace_of_its_sequence() -> None:
    result = explored_with(NEVER_REMINDED)
    finding = next(finding for finding in result.findings if finding.kind == ("REM-1", "FAIL"))
    with NEVER_REMINDED.in_force():
        again = tuple(lived(SCENES[1], variants_by_name()[DEFAULT], finding.path))
    assert again == finding.trace
    assert "notification.sent" in {event["type"] for event in finding.trace}


def test_nothing_is_taken_over_from_what_was_lived_before_a_change() -> None:
    job = Job("one nga order", "cutoff_included=no", 2, among_many=True)
    assert not work(job).findings
    with NEVER_REMINDED.in_force():
        assert ("REM-1", "FAIL") in {finding.kind for finding in work(job).findings}
    assert not work(job).findings


def test_a_step_that_breaks_the_service_is_found() -> None:
    with BREAKS.in_force():
        faults = explored("one nga order", 3).explored.faults
    assert {fault.problem for fault in faults} == {"ZeroDivisionError: integer division or modulo by zero"}
    assert [str(move) for move in faults[0].path] == ["line CO N-1", "customer confirm N-1 2026-04-07T10:00:00+02:00"]


ONE_ENGAGED = Scene("engaged", SCENES[1].orders, slots=(TUESDAY_AFTER_EASTER,), engaged=True)


def life_of(trace: Sequence[TraceEvent]) -> tuple[tuple[str, str], ...]:
    """What happened in a trace, but for acts that changed nothing, and when each thing did."""
    idle = {"agent.opened", "agent.rejected", "trace.observes"}
    events = [event for event in trace if event["type"] not in idle and "'CO'" not in str(event["data"])]
    return tuple((str(event["type"]), str(event["data"])) for event in events)


def compare_with_unmerged(fault: Change, depth: int, judge: bool = True) -> None:
    with fault.in_force():
        merged, findings, traces = searched(ONE_ENGAGED, depth, merge=True, judge=judge)
        apart, findings_apart, traces_apart = searched(ONE_ENGAGED, depth, merge=False, judge=judge)
    assert findings == findings_apart
    assert bool(merged.faults) == bool(apart.faults)
    assert merged.entries == apart.entries
    assert set(map(life_of, traces.values())) == set(map(life_of, traces_apart.values()))
    assert merged.sequences <= apart.states  # a wait, an idle act and a wait are two waits, which count once
    assert len(traces) < len(traces_apart)


@pytest.mark.parametrize("fault", [NOTHING, NEVER_REMINDED, KEEPS_ITS_TERM, CANNOT_BE_CANCELLED])
def test_merging_states_loses_no_finding(fault: Change) -> None:
    compare_with_unmerged(fault, 2)


def test_merging_states_loses_no_life_a_step_further() -> None:
    compare_with_unmerged(KEEPS_ITS_TERM, 3, judge=False)  # judging a thousand lives takes five times as long


def test_a_world_taken_up_again_goes_on_as_one_that_was_lived_in_one_go() -> None:
    exploration, _, traces = searched(ONE_ENGAGED, 2, merge=False)
    variant = variants_by_name()[DEFAULT]
    assert len(traces) > 50
    assert all(digest(trace) == digest(tuple(lived(ONE_ENGAGED, variant, path))) for path, trace in traces.items())
    assert not exploration.faults


def contents(
    scene: Scene, variant: Variant, depth: int, known_life: Life | None = None
) -> tuple[Explored, list[tuple[Steps, str]]]:
    """What a search saw, and the contents of its traces."""
    traces: list[tuple[Steps, str]] = []
    exploration = explore(
        scene, variant, depth, lambda path, ending: traces.append((path, ending.content)), default_life=known_life
    )
    return exploration, traces


def test_what_is_taken_over_from_the_default_readings_is_what_other_readings_live_by_themselves() -> None:
    default, *others = variants_by_name().values()
    for scene, depth in ((ONE_ENGAGED, 2), (scenes_by_name()["a number without SMS"], 3)):
        known = remembered(scene, default, depth)
        for variant in others:
            assert contents(scene, variant, depth, known) == contents(scene, variant, depth)


REACHING = (
    ("one nga order", DEFAULT, 4),
    ("no code", DEFAULT, 4),
    ("a number without SMS", DEFAULT, 3),
    ("one nga order", "refusal_final=no", 4),
    ("one nga order", "first_notice_unconditional=no, refusal_notice=term_end", 4),
    ("one nga order", "reengage=yes", 3),
    ("slots after the term", "late_booking=accept", 4),
)


def test_a_few_short_searches_reach_every_entry_that_is_not_named_as_unreachable() -> None:
    reached = set()
    for scene, variant, depth in REACHING:
        exploration = explore(scenes_by_name()[scene], variants_by_name()[variant], depth, lambda path, trace: None)
        assert not exploration.faults
        reached |= exploration.entries
    assert reached == TABLE.keys() - UNREACHABLE.keys()


def test_the_command_explores_says_so_and_leaves_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "report"
    options = [
        "selftest",
        "--explore",
        "--depth",
        "2",
        "--reading",
        "day_end",
        "--workers",
        "1",
        "--report",
        str(folder),
    ]
    assert appuntamento.main(options) == 0
    output = capsys.readouterr().out
    assert "The exploration holds" in output
    assert max(map(len, output.splitlines())) <= 80
    document = json.loads((folder / "exploration.json").read_text(encoding="utf-8"))
    assert {job["readings"] for job in document["jobs"]} == {"day_end=20:00", "day_end=18:00"}
    assert document["holds"]
    assert not document["whole"]


def test_the_command_does_not_hold_for_a_wrong_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["selftest", "--explore", "--depth", "2", "--reading", "default", "--workers", "1", "--json"]
    with REFUSAL_IS_A_TIME_OUT.in_force():
        status = appuntamento.main([*options, "--report", str(tmp_path / "report")])
    document = json.loads(capsys.readouterr().out)
    assert status == 1
    assert {finding["rule"] for finding in document["findings"]} >= {"OUT-2"}
    assert all(finding["trace"] and finding["sequence"] for finding in document["findings"])


@pytest.mark.parametrize(
    "options",
    [
        ["--explore", "--reading", "day_and"],
        ["--explore", "--depth", "0"],
        ["--explore", "--depth", "8"],
        ["--explore", "--rule", "CSV-4"],
        ["--depth", "3"],
        ["--reading", "day_end"],
    ],
)
def test_wrong_options_are_refused_in_one_line(options: list[str], refused: Refused) -> None:
    assert "allowed: " in refused("selftest", *options)


def test_the_account_of_a_long_exploration_keeps_to_80_columns() -> None:
    exploration = explored_with(REFUSAL_IS_A_TIME_OUT)
    assert exploration.findings
    huge = replace(exploration.explored, states=10**9, steps=10**9, traces=10**9, sequences=10**10)
    scenes = [replace(exploration, scene=scene.name, explored=huge, in_part=10**9) for scene in SCENES]
    lines = as_text(scenes, True, 2 * len(scenes)).splitlines()
    events = [line for line in lines if line.startswith("    {")]
    assert events
    assert [line for line in lines if line not in events and len(line) > 80] == []
    assert lines[2].split() == [*SCENES[0].name.split(), "1", "3"]
    assert lines[3].split() == [*["1,000,000,000"] * 4, "10,000,000,000"]
