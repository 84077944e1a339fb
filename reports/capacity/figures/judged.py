"""What the judge found in the sampled orders of a run, as a reader wants it: how many rules were broken, and which.

What lives here: counting what the verdict file says. It must not judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.capacity.run_folder import CapacityRun
from reports.judging.catalogue import catalogue
from reports.judging.verdicts import merged
from reports.words.labels import RULE_FAMILIES, Term, same
from reports.words.number_words import filled, number

BROKEN = ("ERROR", "FAIL")
FINDINGS_SHOWN = 5
NONE_BROKEN = Term(
    "0 regole violate in {occasions:# occasione|# occasioni}; regole messe alla prova: {rules}",
    "0 rules violated on {occasions:# occasion|# occasions}; rules put to the test: {rules}",
)
SOME_BROKEN = Term(
    "Regole violate: {broken} su {rules} messe alla prova, in {occasions:# occasione|# occasioni}",
    "Rules violated: {broken} of {rules} put to the test, on {occasions:# occasion|# occasions}",
)
NOT_JUDGED = Term("Questa corsa non è stata giudicata", "This run was not judged")


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that was violated, with the first of its findings."""

    rule: str
    title: Term
    verdict: str
    findings: Sequence[Mapping[str, Any]]
    total: int


@dataclass(frozen=True, slots=True)
class RunVerdict:
    """The verdict on a run: the sentence, the rules broken, and (family, title, verdict, occasions) of each family."""

    verdict: str
    sentence: Term
    broken: Sequence[BrokenRule]
    families: Sequence[tuple[str, Term, str, int]]
    counts: Mapping[str, int]


def judged(run: CapacityRun) -> RunVerdict:
    """The verdicts of a run; without any it is not exercised."""
    rules = list((run.verdicts or {}).get("rules") or [])
    if not rules:
        return RunVerdict("NOT_EXERCISED", NOT_JUDGED, (), (), {})
    broken = [_broken_rule(record) for record in rules if record["verdict"] in BROKEN]
    counts = Counter(str(record["verdict"]) for record in rules)
    return RunVerdict(
        merged(counts),
        filled(
            SOME_BROKEN if broken else NONE_BROKEN,
            broken=number(len(broken)),
            occasions=number(sum(record["occasions"] for record in rules), 0),
            rules=number(sum(record["occasions"] > 0 for record in rules)),
        ),
        broken,
        _families(rules),
        counts,
    )


def _broken_rule(record: Mapping[str, Any]) -> BrokenRule:
    known_rules, rule = catalogue().rules, str(record["rule"])
    title = known_rules[rule].title if rule in known_rules else same(rule)
    broken = [finding for finding in record["findings"] if finding["verdict"] in BROKEN]
    return BrokenRule(rule, title, str(record["verdict"]), broken[:FINDINGS_SHOWN], len(broken))


def _families(rules: Sequence[Mapping[str, Any]]) -> list[tuple[str, Term, str, int]]:
    members: dict[str, list[Mapping[str, Any]]] = {}
    for record in rules:
        members.setdefault(str(record["rule"]).rpartition("-")[0], []).append(record)
    return [
        (
            name,
            RULE_FAMILIES.get(name, same(name)),
            merged(str(record["verdict"]) for record in records),
            sum(record["occasions"] for record in records),
        )
        for name, records in members.items()
        if any(record["occasions"] for record in records)
    ]
