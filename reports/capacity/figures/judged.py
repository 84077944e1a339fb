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
from reports.words.labels import RULE_FAMILIES, Term
from reports.words.number_words import filled, number

BROKEN = ("ERROR", "FAIL")
FINDINGS_SHOWN = 5
NONE_BROKEN = Term(
    "0 regole violate in {occasions} occasioni; regole messe alla prova: {rules}",
    "0 rules violated on {occasions} occasions; rules put to the test: {rules}",
)
SOME_BROKEN = Term(
    "Regole violate: {broken} su {rules} messe alla prova, in {occasions} occasioni",
    "Rules violated: {broken} of {rules} put to the test, on {occasions} occasions",
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
class Judged:
    """The verdict on a run: the sentence, the rules broken, and (family, title, verdict, occasions) of each family."""

    verdict: str
    sentence: Term
    broken: Sequence[BrokenRule]
    families: Sequence[tuple[str, Term, str, int]]
    counts: Mapping[str, int]


def judged(run: CapacityRun) -> Judged:
    """The verdicts of a run; without any it is not exercised."""
    rules = list((run.verdicts or {}).get("rules") or [])
    if not rules:
        return Judged("NOT_EXERCISED", NOT_JUDGED, (), (), {})
    broken = [_broken_rule(each) for each in rules if each["verdict"] in BROKEN]
    counts = Counter(str(each["verdict"]) for each in rules)
    return Judged(
        merged(counts),
        filled(
            SOME_BROKEN if broken else NONE_BROKEN,
            broken=number(len(broken)),
            occasions=number(sum(each["occasions"] for each in rules), 0),
            rules=number(sum(each["occasions"] > 0 for each in rules)),
        ),
        broken,
        _families(rules),
        counts,
    )


def _broken_rule(entry: Mapping[str, Any]) -> BrokenRule:
    known, rule = catalogue().rules, str(entry["rule"])
    title = Term(known[rule].title_it, known[rule].title_en) if rule in known else Term(rule, rule)
    found = [each for each in entry["findings"] if each["verdict"] in BROKEN]
    return BrokenRule(rule, title, str(entry["verdict"]), found[:FINDINGS_SHOWN], len(found))


def _families(rules: Sequence[Mapping[str, Any]]) -> list[tuple[str, Term, str, int]]:
    members: dict[str, list[Mapping[str, Any]]] = {}
    for each in rules:
        members.setdefault(str(each["rule"]).rpartition("-")[0], []).append(each)
    return [
        (
            name,
            RULE_FAMILIES.get(name, Term(name, name)),
            merged(str(each["verdict"]) for each in held),
            sum(each["occasions"] for each in held),
        )
        for name, held in members.items()
        if any(each["occasions"] for each in held)
    ]
