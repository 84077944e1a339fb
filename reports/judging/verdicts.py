"""Verdicts: one per rule, from what was judged; and the file that carries them.

What lives here: adding up occasions and findings, the order of verdicts, the bytes of verdicts.json.
It must not know how anything was judged.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.rome_time import Instant, format_instant
from reports.words.messages import Text

# The members of verdicts.json and of one of its findings, as `Verdicts.members` and `Finding.members` give them.
VerdictsFile = Mapping[str, Any]
FindingRecord = Mapping[str, Any]

MOST_OF_A_KIND = 1_000  # findings that say the same of different orders, of one rule and service
# From the heaviest to the lightest: the first that applies is the verdict of a merge.
MERGE_ORDER = ("ERROR", "FAIL", "INCONCLUSIVE", "AMBIGUOUS", "WARNING", "PASS", "NOT_EXERCISED", "NOT_APPLICABLE")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not a plain PASS."""

    subject: str
    verdict: str
    expected: str
    observed: str
    deadline: Instant | None = None
    offset_ms: Instant | None = None
    reading: str | None = None
    evidence: tuple[str, ...] = ()
    service: str = ""

    def members(self) -> dict[str, object]:
        members: dict[str, object] = {
            "subject": self.subject,
            "verdict": self.verdict,
            "expected": self.expected,
            "observed": self.observed,
        }
        texts = {"expected": self.expected, "observed": self.observed, "reading": self.reading}
        messages = {name: text.members() for name, text in texts.items() if isinstance(text, Text)}
        if messages:
            members["messages"] = messages
        if self.deadline is not None:
            members["deadline"] = format_instant(self.deadline)
        if self.offset_ms is not None:
            members["offset_seconds"] = _seconds(self.offset_ms)
        if self.reading is not None:
            members["reading"] = self.reading
        return members | {"evidence": list(self.evidence)}

    @property
    def kind(self) -> tuple[str, ...]:
        """What it has in common with others that say the same of other orders."""
        said = (text.id if isinstance(text, Text) else text for text in (self.expected, self.observed))
        return (self.verdict, self.reading or "", *said)

    @property
    def order(self) -> tuple[str, ...]:
        parts = (self.subject, self.verdict, *self.evidence, self.expected, self.observed)
        return (*parts, str(self.deadline), str(self.offset_ms), self.reading or "")


@dataclass(slots=True)
class Tally:
    """What is known of one rule, or of one rule for one service. Adding tallies does not depend on order.

    So many findings of one kind are kept that anybody can see what is wrong; those beyond are counted in `more`, by
    verdict, so that what is kept is bounded whatever the trace.
    """

    occasions: int = 0
    findings: list[Finding] = field(default_factory=list)
    pending: list[Finding] = field(default_factory=list)
    applicable: bool = True
    more: dict[str, int] = field(default_factory=dict)
    _kinds: dict[tuple[str, ...], int] = field(default_factory=dict)

    def note(self, finding: Finding) -> None:
        """One more finding."""
        if self._has_room(finding):
            self.findings.append(finding)
        else:
            self.count_more(finding.verdict, 1)

    def note_pending(self, finding: Finding) -> None:
        """One more occasion that the observation ended before."""
        if self._has_room(finding):
            self.pending.append(finding)

    def _has_room(self, finding: Finding) -> bool:
        seen = self._kinds[finding.kind] = self._kinds.get(finding.kind, 0) + 1
        return seen <= MOST_OF_A_KIND

    def count_more(self, verdict: str, count: int) -> None:
        """So many findings more that are not listed."""
        self.more[verdict] = self.more.get(verdict, 0) + count

    def add(self, other_tally: Tally) -> None:
        self.occasions += other_tally.occasions
        self.findings += other_tally.findings
        self.pending += other_tally.pending
        for verdict, count in other_tally.more.items():
            self.count_more(verdict, count)

    @property
    def verdict(self) -> str:
        present = {finding.verdict for finding in self.findings}
        if present:
            return next(verdict for verdict in MERGE_ORDER if verdict in present)
        if self.occasions:
            return "PASS"
        if self.pending:
            return "INCONCLUSIVE"
        return "NOT_EXERCISED" if self.applicable else "NOT_APPLICABLE"

    @property
    def findings_to_show(self) -> list[Finding]:
        """The findings to show: what is pending counts only where nothing else was judged."""
        shown = self.findings if self.findings or self.occasions else self.pending
        return sorted(set(shown), key=lambda finding: finding.order)


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """The verdict of one rule, whole and by service; `more` counts findings that are not listed, by verdict."""

    rule: str
    verdict: str
    occasions: int
    findings: tuple[Finding, ...]
    services: Mapping[str, tuple[str, int]]
    more: Mapping[str, int] = field(default_factory=dict)

    def members(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "verdict": self.verdict,
            "occasions": self.occasions,
            "findings": [finding.members() for finding in self.findings],
            **({"more": dict(sorted(self.more.items()))} if self.more else {}),
            "services": {
                service: {"verdict": verdict, "occasions": count}
                for service, (verdict, count) in sorted(self.services.items())
            },
        }


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The outcome of judging one trace under one profile; `ignored` counts what the trace says that no rule knows.

    `inferred` are the values left of the open readings that were not declared.
    """

    profile: str
    target: str
    seed: int | None
    readings: Mapping[str, object]
    rules: tuple[RuleVerdict, ...]
    ignored: Mapping[str, int] = field(default_factory=dict)
    inferred: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def only(self, rules: Collection[str]) -> Verdicts:
        """The verdicts on these rules; on all where none is named."""
        return replace(self, rules=tuple(verdict for verdict in self.rules if verdict.rule in rules or not rules))

    def verdict_of(self, rule: str) -> RuleVerdict:
        return next(verdict for verdict in self.rules if verdict.rule == rule)

    def members(self) -> dict[str, object]:
        seed = {} if self.seed is None else {"seed": self.seed}
        return {
            "profile": self.profile,
            **seed,
            "target": self.target,
            **({"inferred": {name: list(left) for name, left in self.inferred.items()}} if self.inferred else {}),
            **({"ignored": dict(self.ignored)} if self.ignored else {}),
            "readings": dict(sorted(self.readings.items())),
            "rules": [rule.members() for rule in self.rules],
        }

    def to_json(self) -> str:
        """The text of verdicts.json; the same for the same trace and profile."""
        return json.dumps(self.members(), ensure_ascii=False, indent=1) + "\n"


def rule_verdict(rule: str, by_service: Mapping[str, Tally], applicable: bool) -> RuleVerdict:
    """Adds up the tallies of one rule."""
    rule_tally = Tally(applicable=applicable)
    for service in sorted(by_service):
        rule_tally.add(by_service[service])
    services = {
        service: (tally.verdict, tally.occasions)
        for service, tally in by_service.items()
        if tally.occasions or tally.findings
    }
    shown = tuple(rule_tally.findings_to_show)
    return RuleVerdict(rule, rule_tally.verdict, rule_tally.occasions, shown, services, rule_tally.more)


def merged(verdicts: Iterable[str]) -> str:
    """The verdict that stands for several; it does not depend on their order."""
    present = set(verdicts)
    return next((verdict for verdict in MERGE_ORDER if verdict in present), "NOT_EXERCISED")


def _seconds(milliseconds: Instant) -> int | float:
    return milliseconds // 1000 if milliseconds % 1000 == 0 else float(milliseconds / 1000)
