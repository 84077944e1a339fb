"""One order at a time, and one thing changed in its life: the verdict of one rule, and on how many occasions."""

from __future__ import annotations

import pytest

from reports.judging.profiles import Profile
from reports.judging.verdicts import Finding
from reports.words.messages import Text
from tests.judging.changes import Mutation
from tests.judging.one_order.appointments import APPOINTMENTS_UNDER, BOOKED, MOVES
from tests.judging.one_order.ends import ENDS, ENDS_UNDER, RACES
from tests.judging.one_order.engagement import ENGAGED, ENGAGED_UNDER
from tests.judging.one_order.files import FILES, FILES_UNDECLARED, FILES_UNDER
from tests.judging.one_order.offers import OFFERS
from tests.judging.one_order.operator_acts import ACTS
from tests.judging.one_order.operators import FETCHES, SENT
from tests.judging.one_order.reminders import REMINDED, REMINDERS_UNDER, UNDECLARED
from tests.judging.one_order.routing import ROUTED, ROUTED_UNDER
from tests.judging.one_order.together import TOGETHER, TOGETHER_UNDER
from tests.judging.test_operator import operator_trace
from tests.judging.traces import Event, edited, good_trace
from tests.judging.verdicts import ANY, DEFAULT, declared, numbered, ruling

TABLE = [*ROUTED, *ENGAGED, *FILES, *OFFERS, *TOGETHER, *RACES, *ENDS, *BOOKED, *MOVES, *REMINDED]
UNDER = [*ROUTED_UNDER, *ENGAGED_UNDER, *FILES_UNDER, *TOGETHER_UNDER, *ENDS_UNDER]
UNDER += [*APPOINTMENTS_UNDER, *REMINDERS_UNDER]
OF_OPERATORS = [*SENT, *FETCHES, *ACTS]


def alone(order: str, trace: list[Event]) -> list[Event]:
    """What the trace tells of one order and of no order."""
    of_none = {"operator.registered", "slots.published", "trace.observes"}
    return [
        event for event in trace if event["type"] in of_none or event.get("subject") in {order, f"/ALFA/{order}.csv"}
    ]


def judged_alone(rule: str, order: str, mutation: Mutation, profile: Profile) -> tuple[str, str]:
    """The verdict with its occasions, and what the findings say; each on what evidence, each event of it once."""
    return judged(rule, alone(order, good_trace()), mutation, profile)


def judged(rule: str, good_events: list[Event], mutation: Mutation, profile: Profile) -> tuple[str, str]:
    trace = edited(good_events, mutation)
    verdict = ruling(trace, rule, profile)
    assert verdict.services.keys() <= {"", "VULA_FTTH", "ULL"}
    ids = {event["id"]: event["type"] for event in trace}
    for finding in verdict.findings:
        assert finding.expected, finding
        assert finding.observed, finding
        assert "None" not in f"{finding.expected} {finding.observed}", finding
        assert len(set(finding.evidence)) == len(finding.evidence), finding
        assert ids.keys() >= set(finding.evidence), finding
    lines = [_in_a_line(finding, [ids[name] for name in finding.evidence]) for finding in verdict.findings]
    return f"{verdict.verdict} {verdict.occasions}", "\n".join(lines)


def _in_a_line(finding: Finding, evidence: list[str]) -> str:
    """A finding in a line: the ids of what was expected and observed, on what evidence, how far off, until when, and
    both texts."""
    texts = (finding.expected, finding.observed)
    names = " ".join(text.id if isinstance(text, Text) else "-" for text in texts)
    due = f"due {finding.members().get('deadline')}"
    return f"{finding.subject} {names} by {evidence} {finding.offset_ms} ms off, {due}, {', '.join(texts)}"


def hold(expected: str, judgement: tuple[str, str]) -> None:
    """What is expected is a verdict with its occasions and, behind a colon, pieces of what a finding says."""
    verdict, findings = judgement
    outcome, _, pieces = expected.partition(": ")
    assert verdict == outcome, findings
    for piece in pieces.split(" + "):
        assert piece in findings


@pytest.mark.parametrize(("rule", "order", "mutation", "expected"), TABLE, ids=numbered(TABLE))
def test_of_one_order_each_change_has_its_verdict(rule: str, order: str, mutation: Mutation, expected: str) -> None:
    hold(expected, judged_alone(rule, order, mutation, DEFAULT))


@pytest.mark.parametrize(("rule", "order", "mutation", "readings", "expected"), UNDER, ids=numbered(UNDER))
def test_a_declared_reading_turns_the_verdict(
    rule: str, order: str, mutation: Mutation, readings: dict[str, object], expected: str
) -> None:
    hold(expected, judged_alone(rule, order, mutation, declared(**readings)))


@pytest.mark.parametrize(("rule", "order", "mutation", "expected"), [*UNDECLARED, *FILES_UNDECLARED])
def test_what_nobody_declared_is_tried_in_every_way(rule: str, order: str, mutation: Mutation, expected: str) -> None:
    hold(expected, judged_alone(rule, order, mutation, ANY))


@pytest.mark.parametrize(("rule", "mutation", "expected"), OF_OPERATORS, ids=numbered(OF_OPERATORS))
def test_of_what_an_operator_does_each_change_has_its_verdict(rule: str, mutation: Mutation, expected: str) -> None:
    hold(expected, judged(rule, operator_trace(), mutation, DEFAULT))
