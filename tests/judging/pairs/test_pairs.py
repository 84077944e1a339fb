"""Each wrong thing fails its rule and is named; its lawful neighbour fails nothing of that rule."""

from __future__ import annotations

import pytest

from reports.judging.judge import judge
from tests.judging.changes import Mutation, sms
from tests.judging.pairs.denials_and_texts import DENIED, GONE_ON, LINKS, TEXTS, not_offered
from tests.judging.pairs.wrong_and_lawful import AFTER_THE_END, BEFORE, ONCE, STATEMENTS, engaged_on_easter_monday
from tests.judging.test_bounds import verdict_of
from tests.judging.traces import band, edited, good_trace
from tests.judging.verdicts import ANY, DEFAULT, broken, changed, declared, fails_naming, numbered, ruling

PAIRS = [*AFTER_THE_END, *BEFORE, *ONCE, *STATEMENTS, *DENIED, *LINKS, *TEXTS, *GONE_ON]


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), PAIRS, ids=numbered(PAIRS))
def test_the_wrong_thing_fails_its_rule_and_is_named(
    rule: str, service: str, wrong: Mutation, lawful: Mutation
) -> None:
    trace, offender = changed(good_trace(service), wrong)
    verdict = ruling(trace, rule)
    assert fails_naming(offender, verdict), (offender, verdict)


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), PAIRS, ids=numbered(PAIRS))
def test_its_lawful_neighbour_is_not_accused(rule: str, service: str, wrong: Mutation, lawful: Mutation) -> None:
    verdict = ruling(edited(good_trace(service), lawful), rule)
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
    refusal = not_offered(band("2026-03-10"))
    assert verdict_of("RES-2", refusal).verdict == "FAIL"
    assert verdict_of("RES-2", refusal, declared(**readings)).verdict == "PASS"


@pytest.mark.parametrize(
    ("slot", "verdict"),
    [(band("2026-03-10"), "FAIL"), (band("2026-03-10", 14), "PASS"), (band("2026-03-17"), "PASS")],
    ids=["as-seen", "a-band-never-seen", "further-ahead-than-seen"],
)
def test_of_an_agenda_that_nobody_declared_only_what_was_seen_is_owed(slot: dict[str, str], verdict: str) -> None:
    assert verdict_of("RES-2", not_offered(slot), ANY).verdict == verdict


@pytest.mark.parametrize(("rule", "service", "wrong", "lawful"), GONE_ON, ids=[rule for rule, *_ in GONE_ON])
def test_what_fails_when_the_order_has_gone_on_fails_to_the_end(
    rule: str, service: str, wrong: Mutation, lawful: Mutation
) -> None:
    trace = [event for event in edited(good_trace(service), wrong) if event["type"] != "trace.observes"]
    broken_in_the_end = broken(judge(trace, DEFAULT))
    assert {verdict.verdict for verdict in broken_in_the_end.values()} == {"FAIL"}, "no checker is at fault"
    for length in range(1, len(trace)):
        assert broken(judge(trace[:length], DEFAULT)).keys() <= broken_in_the_end.keys(), (length, trace[length - 1])
