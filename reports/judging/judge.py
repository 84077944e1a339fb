"""The judge: a trace and a profile in, one verdict per rule out.

What lives here: the way of a trace through the judge. It must not know any rule, nor the service.

A trace is read twice: once for what only the whole of it tells (`survey`), once order by order (`stories`), so that
no more than the orders under way are kept. Each order is judged after its last event (`court`). What depends on
undeclared readings is decided when the whole trace has been judged (`deciding`), because a system has one reading, not
one for each order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Parameter, Rule, catalogue
from reports.judging.checker_register import KEPT_TYPES
from reports.judging.checks import (
    book_rules,
    csv_rules,
    elig_rules,
    inv_rules,
    link_rules,
    op_rules,
    op_wire_rules,
    out_rules,
    race_rules,
    ref_rules,
    rem_rules,
    res_rules,
    route_documents,
    route_rules,
    sms_rules,
    unr_rules,
)
from reports.judging.deciding.decisions import Decisions
from reports.judging.events import Event
from reports.judging.hearing.court import Court
from reports.judging.hearing.rare_collections import rare_collections
from reports.judging.hearing.survey import Survey
from reports.judging.profiles import Profile
from reports.judging.reading.trace_reader import Trace, TraceFile, TraceInMemory
from reports.judging.verdicts import Finding, RuleVerdict, Tally, Verdicts, rule_verdict
from reports.words.messages import say
from reports.words.reading_words import OR_MORE

CHECKS = (  # importing them registers their checkers
    elig_rules,
    route_rules,
    route_documents,
    sms_rules,
    csv_rules,
    unr_rules,
    link_rules,
    book_rules,
    rem_rules,
    out_rules,
    race_rules,
    res_rules,
    ref_rules,
    inv_rules,
    op_rules,
    op_wire_rules,
)
Tallies = dict[str, dict[str, Tally]]
MOST_MOVES_TRIED = 20  # of an undeclared max_reschedules; more are taken together


def judge(
    events: Iterable[Mapping[str, Any]],
    profile: Profile,
    *,
    schemas: Path | None = None,
    target: str = "trace",
    seed: int | None = None,
    only: Collection[str] = (),
) -> Verdicts:
    """Verdicts of a trace (CloudEvents as dicts, or a `TraceFile`), on the rules `only` where some are named.

    InputError if an event is malformed: then nothing is judged.
    """
    trace: Trace = events if isinstance(events, TraceFile) else TraceInMemory(events)
    with rare_collections():
        survey = Survey(trace.checked())
    rules, parameters = catalogue().rules, catalogue().parameters
    values_by_reading = {name: _values_tried(parameters[name]) for name in profile.undeclared}
    open_names = frozenset(name for name in values_by_reading if parameters[name].nature == "open")
    decisions = Decisions(values_by_reading, open_names, {rule: {} for rule in rules})
    rules_judged = rules.keys() if values_by_reading or not only else only  # what is inferred needs every rule
    _keep_for_operators(survey, trace)
    with route_documents.schemas_in_force(schemas), rare_collections():
        Court(survey, profile, decisions, rules_judged).hear(trace.again())
    inferred = decisions.conclude()
    for event in survey.failed_scenarios:
        _note_scenario(event, decisions.tallies)
    operators_tested = any(world.under_test == OPERATOR_SIDE for world in survey.worlds)
    shown = [rule for rule in rules.values() if rule.id in only or not only]
    verdicts = tuple(_verdict(rule, decisions.tallies[rule.id], operators_tested) for rule in shown)
    ignored = dict(sorted(trace.ignored.items()))
    return Verdicts(profile.name, target, seed, _readings_in_force(profile), verdicts, ignored, inferred)


def _keep_for_operators(survey: Survey, trace: Trace) -> None:
    """Where operators are under test, their rules ask the world for events of some types: one reading more."""
    tested = {world.name: world for world in survey.worlds if world.under_test == OPERATOR_SIDE}
    if not tested:
        return
    for world in tested.values():
        world.kept = {kind: [] for kind in KEPT_TYPES}
    for event in trace.again():
        if event.type in KEPT_TYPES and event.world in tested:
            tested[event.world].kept[event.type].append(event)


def _values_tried(parameter: Parameter) -> tuple[str, ...]:
    """The values of an undeclared reading under which a checker that asks for it runs."""
    if parameter.kind == "count":
        return ("unlimited", *map(str, range(MOST_MOVES_TRIED)), f"{MOST_MOVES_TRIED}{OR_MORE}")
    if parameter.kind == "days":
        return ("national", "none")
    return parameter.readings


def _verdict(rule: Rule, by_service: Mapping[str, Tally], operators_tested: bool) -> RuleVerdict:
    return rule_verdict(rule.id, by_service, applicable=rule.family != "OP" or operators_tested)


def _readings_in_force(profile: Profile) -> dict[str, object]:
    return {name: "any" if name in profile.undeclared else value for name, value in profile.readings.items()}


def _note_scenario(event: Event, tallies: Tallies) -> None:
    """A scenario that failed: what it put to the test was a system, or this very judge."""
    verdict = "ERROR" if event.data.get("tests") == "judge" else "FAIL"
    finding = Finding(
        event.data["scenario"], verdict, say("judge.scenario").written(),
        event.data.get("message") or say("judge.failed").written(),
        evidence=(event.id,),
    )  # fmt: skip
    if event.data["rule"] in tallies:
        tallies[event.data["rule"]].setdefault("", Tally()).note(finding)
