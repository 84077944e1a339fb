"""The judge: a trace and a profile in, one verdict per rule out.

What lives here: running every checker under every combination of the undeclared readings that it asks for, and
deciding each occasion. It must not know any rule, nor the service.

A rule is judged world by world. Where all readings are declared, a checker runs once. Where it asks for a reading that
nobody declared, it runs again for every other value of that reading: the combinations form a tree, and each run is a
leaf of it. An occasion that FAILs in every leaf is a FAIL; one that FAILs in some is AMBIGUOUS; then the judge asks
whether one combination keeps every such occasion of the world, because a system has one reading, not one for each
order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Rule, catalogue
from reports.judging.checker_interface import (
    INCONCLUSIVE,
    NEEDS_THE_PAST,
    ORDER_CHECKERS,
    PENDING,
    WORLD_CHECKERS,
    Case,
    Judged,
    Readings,
)
from reports.judging.checks import (
    book_rules,
    csv_rules,
    elig_rules,
    inv_rules,
    link_rules,
    op_rules,
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
from reports.judging.events import Event, OrderStory
from reports.judging.profiles import Profile, declare
from reports.judging.trace_reader import checked_events
from reports.judging.verdicts import Finding, RuleVerdict, Tally, Verdicts, rule_verdict
from reports.judging.worlds import World, worlds_of

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
)
WORST_FIRST = ("FAIL", INCONCLUSIVE, "WARNING", "PASS", PENDING)  # of the outcomes of one occasion
Assignment = dict[str, str]
Run = Callable[[Readings], Iterator[Judged]]
Tallies = dict[str, dict[str, Tally]]


class Leaf(NamedTuple):
    """What a checker yields under one combination of the readings it asked for; `broken` are the keys that FAIL."""

    assignment: Assignment
    outcomes: dict[tuple[str, str], Judged]
    broken: frozenset[tuple[str, str]]


class Frame(NamedTuple):
    """The readings of one world for one rule: declared values, and the choices left open."""

    declared: Mapping[str, object]
    undeclared: Mapping[str, tuple[str, ...]]
    allowed: frozenset[str]


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
    rules = {name: rule for name, rule in rules.items() if name in only or not only}
    tallies: Tallies = {rule: {} for rule in rules}
    bearing = {rule: frozenset(catalogue().bearing_on(rule)) for rule in rules}
    with route_documents.schemas_in_force(schemas):
        for world in worlds:
            own = declare(world.readings, f"world {world.name}")
            in_force = {**profile.readings, **own}
            for rule in rules.values():
                if rule.family != "OP" or world.under_test == OPERATOR_SIDE:
                    frame = _frame(bearing[rule.id], in_force, profile.undeclared - own.keys())
                    _judge_rule(rule, world, frame, tallies[rule.id])
    for event in checked:
        if event.type == "scenario.finished" and event.data["outcome"] == "failed":
            _note_scenario(event, tallies)
    operators_tested = any(world.under_test == OPERATOR_SIDE for world in worlds)
    verdicts = tuple(_verdict(rule, tallies[rule.id], operators_tested) for rule in rules.values())
    return Verdicts(profile.name, target, seed, _readings_in_force(profile), verdicts, dict(sorted(ignored.items())))


def _verdict(rule: Rule, by_service: Mapping[str, Tally], operators_tested: bool) -> RuleVerdict:
    return rule_verdict(rule.id, by_service, applicable=rule.family != "OP" or operators_tested)


def _readings_in_force(profile: Profile) -> dict[str, object]:
    return {name: "any" if name in profile.undeclared else value for name, value in profile.readings.items()}


def _note_scenario(event: Event, tallies: Tallies) -> None:
    """A scenario that failed: what it put to the test was a system, or this very judge."""
    verdict = "ERROR" if event.data.get("tests") == "judge" else "FAIL"
    finding = Finding(
        event.data["scenario"], verdict, "the scenario passes", event.data.get("message") or "it failed",
        evidence=(event.id,),
    )  # fmt: skip
    if event.data["rule"] in tallies:
        tallies[event.data["rule"]].setdefault("", Tally()).findings.append(finding)


def _judge_rule(rule: Rule, world: World, frame: Frame, tally: dict[str, Tally]) -> None:
    if not world.saw(rule.observes):
        unseen = ", ".join(source for source in rule.observes if not world.saw([source]))
        finding = Finding(world.name, INCONCLUSIVE, f"the wires {', '.join(rule.observes)}", f"not seen: {unseen}")
        tally.setdefault("", Tally()).findings.append(finding)
        return
    try:
        trees = [_leaves(run, frame) for run in _runs(rule, world)]
    except Exception as fault:  # a fault of the harness is a verdict, never a crash
        problem = f"{type(fault).__name__}: {fault}"
        finding = Finding(world.name, "ERROR", f"the checker of {rule.id} decides", problem)
        tally.setdefault("", Tally()).findings.append(finding)
        return
    for leaves in trees:
        _decide(leaves, tally)
    if any(len(leaves) > 1 for leaves in trees):
        _demand_consistency(trees, frame, world, tally)


def _frame(bearing: frozenset[str], in_force: Mapping[str, object], undeclared: frozenset[str]) -> Frame:
    parameters = catalogue().parameters
    return Frame(in_force, {name: parameters[name].readings for name in bearing & undeclared}, bearing)


def _runs(rule: Rule, world: World) -> Iterator[Run]:
    if rule.id in WORLD_CHECKERS:
        checker = WORLD_CHECKERS[rule.id]
        yield lambda readings: checker(world, readings)
        return
    for order in world.orders.values():
        yield _run_of(rule, order, world)


def _run_of(rule: Rule, order: OrderStory, world: World) -> Run:
    """The checker of a rule on one order, as far as the order's story was seen and can be told from another's."""
    checker, strange = ORDER_CHECKERS[rule.id], [event for event in order.unattributed if event.source in rule.observes]
    case = Case(order.cut_before(strange[0]) if strange else order, world)
    if world.began_unseen(order):
        return lambda readings: _seen_only(checker(case, readings), world, rule.id in NEEDS_THE_PAST)
    if not strange:
        return lambda readings: checker(case, readings)
    several = case.unknown("an event that tells its operator", f"{len(strange)} that may be of several", *strange)
    return lambda readings: chain(checker(case, readings), [several])


def _seen_only(outcomes: Iterator[Judged], world: World, needs_past: bool) -> Iterator[Judged]:
    """Of an order that began before the recording: what was seen, and nothing held against what was not."""
    for judged in outcomes:
        if judged.at is not None and world.since is not None and judged.at < world.since:
            continue
        if needs_past and judged.verdict in {"FAIL", "WARNING"}:
            observed = f"{judged.observed}; the order may have begun before the observation"
            yield replace(judged, verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged


def _leaves(run: Run, frame: Frame) -> list[Leaf]:
    """Every combination of the choices that the checker asks for: each question opens a branch per reading."""
    leaves, waiting = [], [Assignment()]
    while waiting:
        assigned = waiting.pop()
        readings = Readings(frame.declared, frame.undeclared, assigned, frame.allowed)
        outcomes = _by_occasion(run(readings))
        broken = frozenset(key for key, judged in outcomes.items() if judged.verdict == "FAIL")
        leaves.append(Leaf(dict(readings.asked), outcomes, broken))
        fixed = dict(assigned)
        for name, value in readings.asked.items():
            if name not in assigned:
                waiting += [{**fixed, name: other} for other in frame.undeclared[name] if other != value]
                fixed[name] = value
    return leaves


def _by_occasion(outcomes: Iterator[Judged]) -> dict[tuple[str, str], Judged]:
    """The worst outcome of each occasion."""
    worst: dict[tuple[str, str], Judged] = {}
    for outcome in outcomes:
        earlier = worst.get(outcome.key)
        if earlier is None or WORST_FIRST.index(outcome.verdict) < WORST_FIRST.index(earlier.verdict):
            worst[outcome.key] = outcome
    return worst


def _decide(leaves: Sequence[Leaf], tallies: dict[str, Tally]) -> None:
    """Adds every occasion to the tally of its service, decided over all readings that were open."""
    for key in dict.fromkeys(key for leaf in leaves for key in leaf.outcomes):
        outcomes = [leaf.outcomes[key] for leaf in leaves if key in leaf.outcomes]
        broken = [outcome for outcome in outcomes if outcome.verdict == "FAIL"]
        verdicts = {outcome.verdict for outcome in outcomes}
        tally = tallies.setdefault(outcomes[0].service, Tally())
        unknown = [outcome for outcome in outcomes if outcome.verdict == INCONCLUSIVE]
        if unknown and len(broken) < len(leaves):
            tally.findings.append(_finding(unknown[0], INCONCLUSIVE))
            continue
        if not broken and PENDING in verdicts and "PASS" not in verdicts:
            tally.pending.append(_finding(outcomes[0], INCONCLUSIVE))
            continue
        tally.occasions += 1
        if len(broken) == len(leaves):
            tally.findings.append(_finding(broken[0], "FAIL"))
        elif broken:
            tally.findings.append(_finding(broken[0], "AMBIGUOUS", _deciding_readings(leaves, key)))
        elif verdicts == {"WARNING"} and len(outcomes) == len(leaves):  # slow under every reading
            tally.findings.append(_finding(outcomes[0], "WARNING"))


def _finding(judged: Judged, verdict: str, reading: str | None = None) -> Finding:
    return Finding(
        judged.subject, verdict, judged.expected, judged.observed, judged.deadline, judged.offset_ms, reading,
        judged.evidence, judged.service,
    )  # fmt: skip


def _deciding_readings(leaves: Sequence[Leaf], key: tuple[str, str]) -> str:
    """The readings under which the occasion is violated, of the parameters that make the difference."""
    names = dict.fromkeys(name for leaf in leaves for name in leaf.assignment)
    deciding = []
    for name in sorted(names):
        broken = {leaf.assignment[name] for leaf in leaves if key in leaf.broken and name in leaf.assignment}
        kept = {leaf.assignment[name] for leaf in leaves if key not in leaf.broken and name in leaf.assignment}
        if broken and broken != kept:  # a parameter that only kept occasions ask for decides nothing
            deciding.append(f"{name}={'|'.join(sorted(broken - kept or broken))}")
    return f"violated under {', '.join(deciding) or 'some combinations of ' + ', '.join(sorted(names))}"


def _demand_consistency(trees: Sequence[Sequence[Leaf]], frame: Frame, world: World, tally: dict[str, Tally]) -> None:
    """One world has one set of readings: if none keeps every occasion that some reading keeps, the rule fails."""
    contested = [leaves for leaves in trees if any(leaf.broken for leaf in leaves)]
    names = sorted({name for leaves in contested for leaf in leaves for name in leaf.assignment})
    if not names:
        return
    always = frozenset(key for leaves in contested for key in frozenset.intersection(*(leaf.broken for leaf in leaves)))
    for values in product(*(frame.undeclared[name] for name in names)):
        world_reading = dict(zip(names, values, strict=True))
        if all(_keeps(leaves, world_reading, always) for leaves in contested):
            return
    conflicting = [
        judged
        for leaves in contested
        for leaf in leaves
        for key, judged in leaf.outcomes.items()
        if key in leaf.broken - always
    ]
    evidence = tuple(dict.fromkeys(judged.evidence[0] for judged in conflicting if judged.evidence))
    finding = Finding(
        world.name, "FAIL", "one reading for the whole world", "its occasions need different readings",
        reading=", ".join(names), evidence=evidence,
    )  # fmt: skip
    tally.setdefault("", Tally()).findings.append(finding)


def _keeps(leaves: Sequence[Leaf], world_reading: Mapping[str, str], always: frozenset[tuple[str, str]]) -> bool:
    for leaf in leaves:
        if all(world_reading[name] == value for name, value in leaf.assignment.items()):
            return not leaf.broken - always
    return True
