"""Each wrong thing fails its rule and is named; its lawful neighbour fails nothing of that rule."""

from __future__ import annotations

import pytest

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.judging.verdicts import RuleVerdict
from tests.judging.denied_and_told import DENIED, GONE_ON, LINKS, TOLD, not_offered
from tests.judging.test_bounds import declared, verdict_of
from tests.judging.traces import Event, band, edited, good_trace
from tests.judging.violations import Mutation
from tests.judging.wrong_and_lawful import AFTER_THE_END, BEFORE, ONCE, SAID, engaged_on_easter_monday, sms

PAIRS = [*AFTER_THE_END, *BEFORE, *ONCE, *SAID, *DENIED, *LINKS, *TOLD, *GONE_ON]
NAMES = [f"{rule}-{index}" for index, (rule, *_) in enumerate(PAIRS)]


def judged(rule: str, service: str, mutation: Mutation) -> tuple[RuleVerdict, str]:
    offending: list[str] = []
    trace = edited(good_trace(service), lambda events: offending.append(mutation(events)))
    return judge(trace, load_profile("default"), only=[rule]).verdict_of(rule), offending[0]


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), PAIRS, ids=NAMES)
def test_the_wrong_thing_fails_its_rule_and_is_named(
    rule: str, service: str, wrong: Mutation, lawful: Mutation
) -> None:
    verdict, offender = judged(rule, service, wrong)
    named = [finding for finding in verdict.findings if finding.verdict == "FAIL" and offender in finding.evidence]
    assert verdict.verdict == "FAIL", verdict
    assert named, (offender, verdict)


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), PAIRS, ids=NAMES)
def test_its_lawful_neighbour_is_not_accused(rule: str, service: str, wrong: Mutation, lawful: Mutation) -> None:
    verdict, _ = judged(rule, service, lawful)
    assert verdict.verdict != "FAIL", verdict


def test_a_second_reminder_of_the_appointment_in_force_is_a_warning() -> None:
    again = sms("2026-03-10 12:00", "B2", "reminder", slot=band("2026-03-11"))
    assert verdict_of("REM-1", again).verdict == "WARNING"
    of_the_move = sms("2026-03-03 18:00", "B1", "reminder", slot=band("2026-03-10"))
    assert verdict_of("REM-4", of_the_move).verdict == "PASS"
    assert verdict_of("REM-1", of_the_move).verdict == "PASS"


def test_a_holiday_is_called_a_holiday() -> None:
    finding = verdict_of("SMS-3", engaged_on_easter_monday).findings[0]
    assert "holiday" in finding.expected
    assert finding.observed.endswith("a Monday and a holiday")


@pytest.mark.parametrize(
    "readings", [{"holidays": ("national", "03-10")}, {"slot_grid": {"weekdays": ["wed"], "bands": ["10:00-12:00"]}}]
)
def test_an_offer_goes_by_the_declared_holidays_and_grid(readings: dict[str, object]) -> None:
    wanted = not_offered(band("2026-03-10"))
    assert verdict_of("RES-2", wanted).verdict == "FAIL"
    assert verdict_of("RES-2", wanted, declared(**readings)).verdict == "PASS"


@pytest.mark.parametrize(
    ("slot", "verdict"),
    [(band("2026-03-10"), "FAIL"), (band("2026-03-10", 14), "PASS"), (band("2026-03-17"), "PASS")],
    ids=["as-seen", "a-band-never-seen", "further-ahead-than-seen"],
)
def test_of_an_agenda_that_nobody_declared_only_what_was_seen_is_owed(slot: dict[str, str], verdict: str) -> None:
    assert verdict_of("RES-2", not_offered(slot), "any").verdict == verdict


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), GONE_ON, ids=[rule for rule, *_ in GONE_ON])
def test_what_fails_when_the_order_has_gone_on_fails_to_the_end(
    rule: str, service: str, wrong: Mutation, lawful: Mutation
) -> None:
    trace = edited(good_trace(service), lambda events: (wrong(events), None)[1])
    trace = [event for event in trace if event["type"] != "trace.observes"]
    whole = failures_of(trace)
    for length in range(1, len(trace)):
        assert failures_of(trace[:length]) <= whole, (length, trace[length - 1])


def failures_of(trace: list[Event]) -> set[str]:
    verdicts = judge(trace, load_profile("default"))
    return {verdict.rule for verdict in verdicts.rules if verdict.verdict == "FAIL"}
