"""The judge: a trace and a profile in, one verdict per rule out.

What lives here: running every checker on every order and world, and adding up. It must not know any rule, nor the
service.

A rule is judged world by world and order by order. Where all readings are declared, a checker runs once; where it asks
for one that nobody declared, it runs under every value (`occasions`). What depends on undeclared readings is decided
when the whole trace has been judged (`deciding`), because a system has one reading, not one for each order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Parameter, Rule, catalogue
from reports.judging.checker_interface import (
    INCONCLUSIVE,
    NEEDS_THE_PAST,
    ORDER_CHECKERS,
    WORLD_CHECKERS,
    Case,
    Judged,
)
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
from reports.judging.deciding import Decisions
from reports.judging.events import Event, OrderStory
from reports.judging.occasions import Frame, Run, occasions_of
from reports.judging.profiles import OR_MORE, Profile, declare
from reports.judging.trace_reader import checked_events
from reports.judging.verdicts import Finding, RuleVerdict, Tally, Verdicts, rule_verdict
from reports.judging.worlds import World, worlds_of
from reports.words.messages import say

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
    """Verdicts of a trace (CloudEvents as dicts), on the rules `only` where some are named.

    InputError if an event is malformed: then nothing is judged.
    """
    ignored: Counter[str] = Counter()
    checked = list(checked_events(events, ignored=ignored))
    worlds, rules = worlds_of(checked), catalogue().rules
    tallies: Tallies = {rule: {} for rule in rules}
    parameters = catalogue().parameters
    values = {name: _values_tried(parameters[name]) for name in profile.undeclared}
    open_names = frozenset(name for name in values if parameters[name].nature == "open")
    decisions = Decisions(values, open_names, tallies)
    wanted = rules.keys() if values or not only else only  # what is inferred needs every rule
    with route_documents.schemas_in_force(schemas):
        for world in worlds:
            own = declare(world.readings, f"world {world.name}")
            in_force, undeclared = {**profile.readings, **own}, values.keys() - own.keys()
            for rule in rules.values():
                if rule.id in wanted and (rule.family != "OP" or world.under_test == OPERATOR_SIDE):
                    bearing = frozenset(catalogue().bearing_on(rule.id))
                    frame = Frame(in_force, {name: values[name] for name in bearing & undeclared}, bearing)
                    _judge_rule(rule, world, frame, decisions)
    inferred = decisions.conclude()
    for event in checked:
        if event.type == "scenario.finished" and event.data["outcome"] == "failed":
            _note_scenario(event, tallies)
    operators_tested = any(world.under_test == OPERATOR_SIDE for world in worlds)
    shown = [rule for rule in rules.values() if rule.id in only or not only]
    verdicts = tuple(_verdict(rule, tallies[rule.id], operators_tested) for rule in shown)
    return Verdicts(
        profile.name, target, seed, _readings_in_force(profile), verdicts, dict(sorted(ignored.items())), inferred
    )


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
        event.data["scenario"], verdict, say("judge.scenario"), event.data.get("message") or say("judge.failed"),
        evidence=(event.id,),
    )  # fmt: skip
    if event.data["rule"] in tallies:
        tallies[event.data["rule"]].setdefault("", Tally()).findings.append(finding)


def _judge_rule(rule: Rule, world: World, frame: Frame, decisions: Decisions) -> None:
    if not world.saw(rule.observes):
        unseen = ", ".join(source for source in rule.observes if not world.saw([source]))
        needed = say("judge.wires", wires=", ".join(rule.observes))
        finding = Finding(world.name, INCONCLUSIVE, needed, say("judge.unseen", wires=unseen))
        decisions.tallies[rule.id].setdefault("", Tally()).findings.append(finding)
        return
    try:
        occasions = [occasion for run in _runs(rule, world, frame) for occasion in occasions_of(rule.id, run, frame)]
    except Exception as fault:  # a fault of the harness is a verdict, never a crash
        problem = f"{type(fault).__name__}: {fault}"
        said = say("judge.decides", rule=rule.id), say("judge.fault", problem=problem)
        finding = Finding(world.name, "ERROR", *said)
        decisions.tallies[rule.id].setdefault("", Tally()).findings.append(finding)
        return
    for occasion in occasions:
        decisions.take(occasion)


def _runs(rule: Rule, world: World, frame: Frame) -> Iterator[Run]:
    if rule.id in WORLD_CHECKERS:
        checker = WORLD_CHECKERS[rule.id]
        yield lambda readings: checker(world, readings)
        return
    never_after = _never_after(frame)
    for order in world.orders.values():
        yield _run_of(rule, order, world, never_after)


def _never_after(frame: Frame) -> int | None:
    """After how many milliseconds an obligation without a bound counts as never met; None where it never does."""
    seconds = frame.declared["never_after"]
    return seconds * 1000 if isinstance(seconds, int) and "never_after" not in frame.undeclared else None


def _run_of(rule: Rule, order: OrderStory, world: World, never_after: int | None) -> Run:
    """The checker of a rule on one order, as far as the order's story was seen and can be told from another's."""
    checker, strange = ORDER_CHECKERS[rule.id], [event for event in order.unattributed if event.source in rule.observes]
    case = Case(order.cut_before(strange[0]) if strange else order, world, never_after)
    if world.began_unseen(order):
        return lambda readings: _seen_only(checker(case, readings), world, rule.id in NEEDS_THE_PAST)
    if not strange:
        return lambda readings: checker(case, readings)
    told, observed = say("judge.tells_operator"), say("judge.of_several", count=len(strange))
    several = case.unknown(told, observed, *strange)
    return lambda readings: chain(checker(case, readings), [several])


def _seen_only(outcomes: Iterator[Judged], world: World, needs_past: bool) -> Iterator[Judged]:
    """Of an order that began before the recording: what was seen, and nothing held against what was not."""
    for judged in outcomes:
        if judged.at is not None and world.since is not None and judged.at < world.since:
            continue
        if needs_past and judged.verdict in {"FAIL", "WARNING"}:
            observed = say("maybe_begun_before", observed=judged.observed)
            yield replace(judged, verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged
