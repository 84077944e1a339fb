"""One system on trial: the features that concern it, and the judge alone on what it did in the ordinary simulation.

A wrong system has to be caught by a scenario of each of its rules and by the judge, a lawful stranger by nothing. A
crash of the changed service is an outcome of its own: neither caught nor passed. Nothing here knows a change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from reference_impl.policy import Policy
from reports.judging.catalogue import catalogue
from reports.judging.judge import judge
from reports.judging.profiles import Profile, named_profile
from reports.rome_time import parse_instant
from steps.drivers.reference import InProcessDriver
from steps.drivers.verbs import TraceEvent
from steps.plugin import rule_ids
from steps.scripts import Played, Script, of_rules, play
from steps.selftest.changes import NOTHING, Change
from steps.selftest.patience import EndlessError
from steps.selftest.simulation.operator_time import operator_trace
from steps.selftest.simulation.ordinary_time import Lived, ordinary_trace
from steps.selftest.systems import LawfulStranger, WrongSystem

FINDINGS_KEPT = 3
WARNS_ONLY = frozenset({"OP-10"})  # rules that forbid nothing: the judge warns
RULES_OF_A_SERVICE = [rule for rule in rule_ids() if not rule.startswith("OP-")]


class TrialError(Exception):
    """A system cannot be tried: what looks at it has broken. Data: what, and how."""


@dataclass(frozen=True, slots=True)
class Catches:
    """What caught a system under one rule: failed scenarios, and findings of the judge in the simulation."""

    scenarios: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """The outcome for one system: what caught it, by rule; and the crash, if it crashed."""

    name: str
    kind: str
    catches: dict[str, Catches] = field(default_factory=dict)
    crash: str = ""
    seconds: float = 0.0


def try_wrong(system: WrongSystem) -> Outcome:
    """Whether a wrong system is caught under each of its rules by a scenario, and by the judge."""
    profile = named_profile("default")
    outcome = Outcome(system.name, "wrong")
    with system.change.in_force():
        plays = played(of_rules(system.rules), profile, system.change)
        lived = _simulated(system.is_an_operator, profile, {}, system.change)
    failed = failures(plays)  # a scenario that crashed has caught nothing; others may have
    broken = broken_rules(lived.trace, profile, system.rules, warnings=WARNS_ONLY)
    outcome.crash = lived.crash or endless(plays)
    for rule in system.rules:
        outcome.catches[rule] = Catches(tuple(failed.get(rule, ())), tuple(broken.get(rule, ())))
    return outcome


def try_stranger(stranger: LawfulStranger) -> Outcome:
    """Whether anything is held against a lawful stranger, by a scenario or by the judge.

    What it did in the simulation is judged as it declares and under `any`, what it did in the features as it declares.
    A scenario that asks for a reading that nobody pins is played under both: no other one can tell them apart, for the
    system is the same.
    """
    declared, anything = stranger.profile, named_profile("any")
    outcome = Outcome(stranger.name, "stranger")
    undeclared = replace(anything, readings=declared.readings)
    reference_worlds()  # before anything is changed
    with stranger.change.in_force():
        plays = played(of_rules(RULES_OF_A_SERVICE), declared, stranger.change)
        asking_names = {scenario.name for scenario in plays if scenario.readings_used}
        scripts_again = [script for script in of_rules(RULES_OF_A_SERVICE) if script.name in asking_names]
        plays_again = played(scripts_again, undeclared, stranger.change)
        lived = _simulated(False, declared, {}, stranger.change)
    failed = failures([*plays, *plays_again])
    outcome.crash = lived.crash or crash(plays)
    accusations: dict[str, list[str]] = {}
    cases = [(lived.trace, declared, RULES_OF_A_SERVICE), (lived.trace, anything, RULES_OF_A_SERVICE)]
    cases += [(merged(worlds), declared, rules) for worlds, rules in to_be_judged(plays, stranger.declares)]
    for trace, profile, rules in cases:
        for rule, findings in broken_rules(trace, profile, rules).items():
            accusations.setdefault(rule, []).extend(f"{profile.name}: {finding}" for finding in findings)
    for rule in dict.fromkeys([*failed, *accusations]):
        outcome.catches[rule] = Catches(tuple(failed.get(rule, ())), tuple(accusations.get(rule, ())))
    return outcome


def to_be_judged(plays: Sequence[Played], declares: Mapping[str, object]) -> Iterator[tuple[list[Played], list[str]]]:
    """The worlds of the scenarios, and the rules on which each has to be judged.

    A world that is the reference's own is judged on the rules alone on which a declared reading bears: on the others
    the judge has nothing new to say. That halves the time of a stranger's trial.
    """
    reference_traces = reference_worlds()
    bearing = {rule for name in declares for rule in catalogue().parameters[name].rules}
    yield [scenario for scenario in plays if scenario.trace != reference_traces[scenario.world]], RULES_OF_A_SERVICE
    if bearing:
        yield [scenario for scenario in plays if scenario.trace == reference_traces[scenario.world]], sorted(bearing)


@cache
def reference_worlds() -> Mapping[str, Sequence[TraceEvent]]:
    """The traces of the scenarios with the reference, by world."""
    scenarios = played(of_rules(RULES_OF_A_SERVICE), named_profile("default"), NOTHING)
    return {scenario.world: scenario.trace for scenario in scenarios}


def played(scripts: Iterable[Script], profile: Profile, change: Change) -> list[Played]:
    """How scenarios went with a changed system."""
    make = partial(InProcessDriver, rewire=change.rewire)
    return [play(script, profile, make) for script in scripts]


def failures(plays: Iterable[Played]) -> dict[str, list[str]]:
    """The failed scenarios, by rule. A scenario that crashed has found nothing and is left out."""
    failed: dict[str, list[str]] = {}
    for scenario in plays:
        if scenario.outcome == "failed" and not scenario.crashed:
            failed.setdefault(scenario.rule, []).append(f"{scenario.name}: {scenario.message}")
    return failed


def crash(plays: Iterable[Played]) -> str:
    """The first scenario that crashed, and how."""
    return next((f"{scenario.name}: {scenario.message}" for scenario in plays if scenario.crashed), "")


def endless(plays: Iterable[Played]) -> str:
    """The first scenario that did not come to an end."""
    return crash(scenario for scenario in plays if scenario.message.startswith(EndlessError.__name__))


def merged(plays: Iterable[Played]) -> list[TraceEvent]:
    """The trace of all scenarios, in order of time."""
    events = [event for scenario in plays for event in scenario.trace]
    events.sort(key=lambda event: parse_instant(event["time"]))
    return events


def broken_rules(
    trace: Sequence[TraceEvent], profile: Profile, rules: Sequence[str] = (), warnings: Collection[str] = ()
) -> Mapping[str, list[str]]:
    """What the judge finds broken in a trace, in words; of these rules, or of all where none is named.

    Of the rules in `warnings` a WARNING counts.

    Raises TrialError where the judge itself breaks.
    """
    broken: dict[str, list[str]] = {}
    for ruling in json.loads(judge(trace, profile, only=rules).to_json())["rules"]:
        if ruling["verdict"] == "ERROR":
            raise TrialError(f"the judge of {ruling['rule']}: {ruling['findings'][0]['observed']}")
        held_verdict = "WARNING" if ruling["rule"] in warnings else "FAIL"
        if ruling["verdict"] == held_verdict:
            findings = [finding for finding in ruling["findings"] if finding["verdict"] == held_verdict][:FINDINGS_KEPT]
            words = "{subject}: {expected}; observed {observed}"
            broken[ruling["rule"]] = [words.format(**finding) for finding in findings]
    return broken


def _simulated(of_an_operator: bool, profile: Profile, declared: Mapping[str, object], change: Change) -> Lived:
    policy = Policy.from_readings(profile.readings)
    if of_an_operator:
        return operator_trace(policy, declared, change)
    return ordinary_trace(policy, declared, change.rewire)
