"""The judgement on a guided run: the same judge, outcome and blames as `validate`, on what happened until its end.

What lives here: from the record of a run to a `Run`. It must not know how it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.words.labels import Term
from reports.words.number_words import filled
from sim.recorder import to_json_line
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.validation.actions import Errand, named_step
from sim.validation.guided.recognition import HANDED_IN, LEFT_OUT, Standing, standing_of
from sim.validation.guided.words import NOT_REACHED, WAS_LEFT_OUT
from sim.validation.outcome import HARNESS, Outcome
from sim.validation.plan import Plan
from sim.validation.runner import HANDED_IN_BY_THE_HARNESS, Run, judged_trace
from sim.validation.stage import WHY

TO_COME = "INCONCLUSIVE"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is judged: taken from a live world at once, so that the judge may take its time."""

    plan: Plan
    operator: str
    trace: Sequence[Mapping[str, object]]
    scope: Sequence[str]
    ended_early: Mapping[str, Term]
    errands: Sequence[Errand] = ()


def evidence_of(live: LiveWorld, record: GuidedRecord) -> Evidence:
    """What there is on a run, until its end or now."""
    standing = standing_of(live, record)
    trace, scope = _closed_trace(live, record), scope_of(record, standing)
    return Evidence(standing.plan, record.operator, trace, scope, _ended_early(standing), standing.all_errands)


def judged_run(evidence: Evidence) -> Run:
    """The verdicts on it."""
    trace = [json.loads(to_json_line(event)) for event in evidence.trace]  # as it is read from a file
    run = judged_trace(evidence.plan, trace, evidence.operator, evidence.scope, errands=evidence.errands)
    outcome = _without_what_was_to_come(run.outcome) if evidence.ended_early else run.outcome
    return replace(run, outcome=outcome, ended_early=evidence.ended_early)


def _without_what_was_to_come(outcome: Outcome) -> Outcome:
    """Of a run that was ended in its middle: what the harness still had to do then is no fault of its own."""
    findings = [finding for finding in outcome.findings if (finding.blame, finding.verdict) != (HARNESS, TO_COME)]
    harness = [ruling for ruling in outcome.harness if ruling.verdict != TO_COME]
    return replace(outcome, findings=tuple(findings), harness=tuple(harness))


def scope_of(record: GuidedRecord, standing: Standing) -> tuple[str, ...]:
    """The rules that a run can judge: OP-1 only where the operator handed in an order itself."""
    by_harness = {mark.act for mark in record.marks if mark.how == HANDED_IN}
    own = [passed for passed in standing.passed if passed.act.verb == "order" and passed.act.number not in by_harness]
    return tuple(rule for rule in standing.plan.rules if own or rule != HANDED_IN_BY_THE_HARNESS)


def _closed_trace(live: LiveWorld, record: GuidedRecord) -> list[dict[str, object]]:
    """The trace until the end of the run, with the event that closes it."""
    events = live.closed_trace()
    ending = record.ending
    if ending is not None:
        closing: dict[str, object] = {**events[-1], "id": f"{live.name}-observed-{ending.position}"}
        closing |= {"time": ending.observation["until"], "data": dict(ending.observation)}
        events = [*events[: ending.position], closing]
    return events


def _ended_early(standing: Standing) -> dict[str, Term]:
    """The stories that were not gone through, and what was left out of the others."""
    reasons: dict[str, Term] = {}
    for passed in standing.passed:
        if passed.known_by == LEFT_OUT and passed.act.story:
            reasons.setdefault(passed.act.story, filled(WHY, what=named_step(passed.act.step), why=WAS_LEFT_OUT))
    for act in standing.acts[len(standing.passed) :]:
        if act.story:
            reasons.setdefault(act.story, filled(WHY, what=named_step(act.step), why=NOT_REACHED))
    return reasons
