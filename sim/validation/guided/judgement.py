"""The judgement on a guided run: the same judge, outcome and blames as `validate`, on what happened until its end.

What lives here: from the record of a run to a `Run`. It must not know how it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sim.recorder import to_json_line
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided.recognition import HANDED_IN, LEFT_OUT, Standing, standing_of
from sim.validation.plan import Plan
from sim.validation.runner import HANDED_IN_BY_THE_HARNESS, TERRITORIES, Run, judged_trace


def judged_run(live: LiveWorld, record: GuidedRecord) -> Run:
    """The verdicts on a run, until its end or now."""
    standing = standing_of(live, record)
    run = judged_trace(standing.plan, _closed_trace(live, record), record.operator, scope_of(record, standing))
    return replace(run, ended_early=_ended_early(standing))


def scope_of(record: GuidedRecord, standing: Standing) -> tuple[str, ...]:
    """The rules that a run can judge: OP-1 only where the operator handed in an order itself."""
    by_harness = {mark.act for mark in record.marks if mark.how == HANDED_IN}
    own = [passed for passed in standing.passed if passed.act.verb == "order" and passed.act.number not in by_harness]
    return tuple(rule for rule in standing.plan.rules if own or rule != HANDED_IN_BY_THE_HARNESS)


def world_members(plan: Plan, name: str) -> dict[str, Any]:
    """What the world of a run is made with, as `validate` makes it."""
    return {
        "name": name,
        "seed": plan.seed,
        "readings": dict(plan.readings),
        "territories": dict(TERRITORIES),
        "under_test": "operator",
    }


def _closed_trace(live: LiveWorld, record: GuidedRecord) -> list[dict[str, Any]]:
    """The trace until the end of the run, with the event that closes it; as it is read from a file."""
    events: list[Mapping[str, object]] = [*live.closed_trace()]
    ending = record.ending
    if ending is not None:
        closing = {**events[-1], "id": f"{live.name}-observed-{ending.position}"}
        closing |= {"time": ending.observation["until"], "data": dict(ending.observation)}
        events = [*events[: ending.position], closing]
    return [json.loads(to_json_line(event)) for event in events]


def _ended_early(standing: Standing) -> dict[str, str]:
    """The stories that were not gone through, and what was left out of the others."""
    left: dict[str, str] = {}
    for passed in standing.passed:
        if passed.how == LEFT_OUT and passed.act.story:
            left.setdefault(passed.act.story, f"{passed.act.step}: left out")
    for act in standing.acts[len(standing.passed) :]:
        if act.story:
            left.setdefault(act.story, f"{act.step}: not reached")
    return left
