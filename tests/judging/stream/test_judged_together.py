"""Orders that were seen whole are judged together, rule by rule, with the same result as order by order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reports.judging.hearing.session import FinishedOrder, RuleInForce, Session
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.judging.readings import Readings
from tests.judging.changes import Mutation
from tests.judging.test_operator import operator_trace
from tests.judging.traces import Event, edited, good_trace
from tests.judging.verdicts import numbered
from tests.judging.violations import VIOLATIONS

DEFAULT = load_profile("default")
ANY = load_profile("any")
EVERY_WIRE = ["/agent", "/commercial", "/field", "/intake", "/notifications", "/sftp", "/sla", "/sms", "/telephone"]


def seen_whole(trace: list[Event]) -> list[Event]:
    for event in trace:
        if event["type"] == "trace.observes":
            event["data"] |= {"sources": EVERY_WIRE}
    return trace


def with_rows_twice(trace: list[Event]) -> list[Event]:
    """Each row stands twice in its file."""
    for event in trace:
        if event["type"] == "csv.deposited":
            event["data"] |= {"rows": [row for row in event["data"]["rows"] for _ in range(2)]}
    return trace


def apart(session: Session, entry: RuleInForce, readings: Readings, orders: Sequence[FinishedOrder]) -> None:
    session._judge_apart(entry, orders)


def hold_both_ways(trace: list[Event]) -> None:
    """What is said of a trace is the same either way, and some of it was said together."""
    together: list[Sequence[FinishedOrder]] = []
    judge_together = Session._judge_together

    def noted(session: Session, entry: RuleInForce, settled: Readings, orders: Sequence[FinishedOrder]) -> None:
        together.append(orders)
        judge_together(session, entry, settled, orders)

    with pytest.MonkeyPatch.context() as context:
        context.setattr(Session, "_judge_together", noted)
        verdicts = judge(trace, DEFAULT).to_json()
        context.setattr(Session, "_judge_together", apart)
        assert verdicts == judge(trace, DEFAULT).to_json()
    assert any(together)


def hold_both_ways_whatever_the_readings(trace: list[Event]) -> None:
    """The same of readings that nobody declared."""
    together: list[Sequence[FinishedOrder]] = []
    judge_under_all = Session._judge_under_all

    def noted(session: Session, entry: RuleInForce, orders: Sequence[FinishedOrder]) -> None:
        together.append(orders)
        judge_under_all(session, entry, orders)

    with pytest.MonkeyPatch.context() as context:
        context.setattr(Session, "_judge_under_all", noted)
        verdicts = judge(trace, ANY).to_json()
        context.setattr(Session, "_judge_under_all", Session._judge_apart)
        context.setattr(Session, "_judge_together", apart)
        assert verdicts == judge(trace, ANY).to_json()
    assert any(together)


@pytest.mark.parametrize("trace", [good_trace(), seen_whole(operator_trace())], ids=["service", "operator"])
def test_of_rows_that_stand_twice_the_same_is_said_both_ways(trace: list[Event]) -> None:
    hold_both_ways(trace)
    hold_both_ways(with_rows_twice(trace))
    hold_both_ways_whatever_the_readings(trace)


@pytest.mark.parametrize(
    ("service", "mutation"),
    [(service, mutation) for _, service, mutation in VIOLATIONS],
    ids=numbered(VIOLATIONS),
)
def test_of_what_violates_a_rule_the_same_is_said_both_ways(service: str, mutation: Mutation) -> None:
    wrong = edited(good_trace(service), mutation)
    hold_both_ways(wrong)
    hold_both_ways_whatever_the_readings(wrong)
