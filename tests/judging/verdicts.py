"""How the tests of the judge ask for verdicts: of a trace, of one rule, under declared readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from reports.judging.judge import judge
from reports.judging.profiles import Profile, load_profile
from reports.judging.verdicts import RuleVerdict, Verdicts
from tests.judging.changes import Mutation
from tests.judging.traces import Event, edited

DEFAULT, LITERAL, ANY = (load_profile(name) for name in ("default", "literal", "any"))


def declared(**readings: object) -> Profile:
    """The default profile with these readings in place of its own."""
    return replace(DEFAULT, readings={**DEFAULT.readings, **readings})


def ruling(trace: Iterable[Event], rule: str, profile: Profile = DEFAULT) -> RuleVerdict:
    """What the judge says of one rule."""
    return judge(trace, profile, only=[rule]).verdict_of(rule)


def verdicts_by_rule(trace: Iterable[Event], profile: Profile = DEFAULT) -> dict[str, str]:
    """The verdict of every rule, by its id."""
    return {rule.rule: rule.verdict for rule in judge(trace, profile).rules}


def broken(verdicts: Verdicts) -> dict[str, RuleVerdict]:
    """The rules that are violated, or that their checker could not decide for a fault of its own."""
    return {rule.rule: rule for rule in verdicts.rules if rule.verdict in {"FAIL", "ERROR"}}


def changed(trace: list[Event], mutation: Mutation) -> tuple[list[Event], str]:
    """A trace with a change, and the id of the event that a finding is to name."""
    offenders: list[str] = []
    return edited(trace, lambda events: offenders.append(mutation(events))), offenders[0]


def fails_naming(offender: str, verdict: RuleVerdict) -> bool:
    """Whether the rule is violated, with this event in evidence."""
    findings = [finding for finding in verdict.findings if finding.verdict == "FAIL"]
    return verdict.verdict == "FAIL" and any(offender in finding.evidence for finding in findings)


def numbered(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """A name for each row of a table that begins with a rule: the rule and the place of the row."""
    return [f"{row[0]}-{place}" for place, row in enumerate(rows)]
