"""What a report says, before it has a form: headline, facts, matrix, rules with their scenarios, readings.

What lives here: counting and grouping of what the verdicts say. Every verdict and count comes from the verdicts,
scenarios from the trace; nothing is judged here and no markup is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.conformance.finding_groups import FindingGroup, groups_of
from reports.conformance.observation import Observation, observation_of
from reports.conformance.page_orders import PageOrder, Stories, TraceLine
from reports.judging.catalogue import Catalogue, Rule
from reports.judging.verdicts import MERGE_ORDER, VerdictsFile, merged
from reports.rome_time import Instant, parse_instant
from reports.words.labels import RULE_FAMILIES, SERVICES, Term, same

SCENARIO_MEMBERS = ("rule", "feature", "scenario", "outcome", "message", "tests", "file", "line")
FINISHED = "scenario.finished"
JUDGE = "judge"  # what a scenario puts to the test, if not a system


@dataclass(frozen=True, slots=True)
class Scenario:
    """The outcome of one scenario of the run: passed, failed or skipped; `id` is that of the event that tells it."""

    id: str
    rule: str
    feature: str
    name: str
    outcome: str
    message: str
    tests: str
    file: str
    line: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule of the report; `services` holds (verdict, occasions) by service, `more` counts findings not listed."""

    rule: str
    family: str
    title: Term
    verdict: str
    occasions: int
    findings: Sequence[Mapping[str, Any]]
    groups: Sequence[FindingGroup]
    more: int
    services: Mapping[str, tuple[str, int]]
    elsewhere: tuple[str, int] | None
    scenarios: Mapping[str, Sequence[Scenario]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The run in numbers; `simulated_seconds` adds up the spans of the worlds. Scenarios on the judge count apart."""

    worlds: int
    orders: int
    events: int
    scenarios: Mapping[str, int]
    judge_scenarios: Mapping[str, int]
    first: Instant | None
    last: Instant | None
    simulated_seconds: float


@dataclass(frozen=True, slots=True)
class ReportModel:
    """All that a page needs."""

    headline: str
    counts: Mapping[str, int]
    occasions: int
    findings: int
    facts: Facts
    families: Sequence[tuple[str, Term, Sequence[RuleView]]]
    has_elsewhere: bool
    stories: Stories
    observation: Observation

    @property
    def rule_count(self) -> int:
        return sum(self.counts.values())

    def views(self) -> list[RuleView]:
        return [view for _, _, views in self.families for view in views]

    def by_verdict(self) -> list[tuple[str, list[RuleView]]]:
        """The rules that did not simply pass, the heaviest verdict first."""
        views = self.views()
        by_verdict = ((verdict, [view for view in views if view.verdict == verdict]) for verdict in MERGE_ORDER)
        return [(verdict, members) for verdict, members in by_verdict if members and verdict != "PASS"]

    def orders_with_findings(self) -> list[PageOrder]:
        """The heaviest first, then in order of the trace."""
        orders = [story for story in self.stories.orders if story.findings]
        return sorted(orders, key=lambda story: MERGE_ORDER.index(story.verdict()))

    def other_orders(self) -> list[PageOrder]:
        return [story for story in self.stories.orders if not story.findings]

    def evidence_places(self) -> frozenset[int]:
        """Where in the trace stands what some finding names as evidence."""
        findings = (finding for _, _, views in self.families for view in views for finding in view.findings)
        return frozenset(place for finding in findings for place in self.stories.places(finding))


def scenarios_of(events: Iterable[TraceLine]) -> list[Scenario]:
    """The scenarios of a run, from the `scenario.finished` events of its trace."""
    finished = [(str(event.get("id", "")), event.get("data") or {}) for event in events if event["type"] == FINISHED]
    return [
        Scenario(event_id, *(str(data.get(member, "")) for member in SCENARIO_MEMBERS)) for event_id, data in finished
    ]


def build_model(verdicts: VerdictsFile, events: Iterable[TraceLine], catalogue: Catalogue) -> ReportModel:
    """The report of a run; rules the catalogue does not know stand at the end under their own family.

    The events can be read anew; the events of the orders are still to be loaded.
    """
    stories = Stories(events, _evidence(verdicts))
    views = _rule_views(verdicts, scenarios_of(stories.remarks), catalogue, stories)
    for view in views:
        for finding in view.findings:
            story = stories.of_finding(finding)
            if story:
                story.findings.append((view.rule, finding))
    return ReportModel(
        headline=merged(view.verdict for view in views),
        counts=Counter(view.verdict for view in views),
        occasions=sum(view.occasions for view in views),
        findings=sum(len(view.findings) + view.more for view in views),
        facts=_facts(stories),
        families=_by_family(views),
        has_elsewhere=any(view.elsewhere for view in views),
        stories=stories,
        observation=observation_of(verdicts, stories.remarks, catalogue),
    )


def _evidence(verdicts: VerdictsFile) -> set[str]:
    """The ids of all events that findings name."""
    findings = (finding for rule in verdicts["rules"] for finding in rule["findings"])
    return {str(event_id) for finding in findings for event_id in finding.get("evidence", ())}


def _rule_views(
    verdicts: VerdictsFile, scenarios: Sequence[Scenario], catalogue: Catalogue, stories: Stories
) -> list[RuleView]:
    known_rules = catalogue.rules
    judged = {str(entry["rule"]): entry for entry in verdicts["rules"]}
    order = [rule for rule in known_rules if rule in judged] + [rule for rule in judged if rule not in known_rules]
    return [_rule_view(judged[rule], known_rules.get(rule), scenarios, stories) for rule in order]


def _rule_view(
    judged: Mapping[str, Any], known_rule: Rule | None, scenarios: Sequence[Scenario], stories: Stories
) -> RuleView:
    rule = str(judged["rule"])
    services = {name: (cell["verdict"], cell["occasions"]) for name, cell in judged.get("services", {}).items()}
    others = [cell for name, cell in services.items() if name not in SERVICES]
    elsewhere = (merged(cell[0] for cell in others), sum(cell[1] for cell in others)) if others else None
    features: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        if scenario.rule == rule:
            features.setdefault(scenario.feature, []).append(scenario)
    return RuleView(
        rule=rule,
        family=known_rule.family if known_rule else rule.rpartition("-")[0],
        title=known_rule.title if known_rule else same(rule),
        verdict=judged["verdict"],
        occasions=judged["occasions"],
        findings=judged["findings"],
        groups=groups_of(rule, judged["findings"], stories),
        more=sum((judged.get("more") or {}).values()),
        services={name: cell for name, cell in services.items() if name in SERVICES},
        elsewhere=elsewhere,
        scenarios=features,
    )


def _by_family(views: Sequence[RuleView]) -> list[tuple[str, Term, list[RuleView]]]:
    families: dict[str, list[RuleView]] = {}
    for view in views:
        families.setdefault(view.family, []).append(view)
    return [(name, RULE_FAMILIES.get(name, same(name)), members) for name, members in families.items()]


def _facts(stories: Stories) -> Facts:
    scenarios = scenarios_of(stories.remarks)
    spans = [(parse_instant(first), parse_instant(last)) for first, last in stories.spans.values()]
    return Facts(
        worlds=len(spans),
        orders=len(stories.orders),
        events=stories.event_count,
        scenarios=Counter(scenario.outcome for scenario in scenarios if scenario.tests != JUDGE),
        judge_scenarios=Counter(scenario.outcome for scenario in scenarios if scenario.tests == JUDGE),
        first=min((first for first, _ in spans), default=None),
        last=max((last for _, last in spans), default=None),
        simulated_seconds=float(sum(last - first for first, last in spans) / 1000),
    )
