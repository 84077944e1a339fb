"""Every bound of the judge at, just after and just before; and the readings that move it."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import pytest

from reports.judging.judge_calendar import deposit_deadline, term_end
from reports.judging.profiles import Profile
from reports.judging.verdicts import RuleVerdict
from reports.rome_time import day_of, format_instant, instant_at, parse_instant
from tests.judging.changes import Mutation, add, engaged_on, move, put, row
from tests.judging.traces import CODES, Event, band, edited, find, good_trace, rome
from tests.judging.verdicts import ANY, DEFAULT, LITERAL, declared, ruling
from tests.places import DATA

EXAMPLES_FILE = DATA / "examples.csv"
EXAMPLES = list(csv.DictReader(EXAMPLES_FILE.read_text(encoding="utf-8").splitlines()))
MOVED, CONFIRM, REJECTED = "appointment.rescheduled", "appointment.confirmed", "agent.rejected"


def verdict_of(rule: str, mutation: Mutation, profile: Profile = DEFAULT, service: str = "ULL") -> RuleVerdict:
    return ruling(edited(good_trace(service), mutation), rule, profile)


def rejected(moment: str, order: str, act: str, reason: str) -> Mutation:
    return add(moment, REJECTED, order, channel="operator", act=act, reason=reason)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda row: f"{row['trigger']}-{row['profile']}")
def test_the_walked_deadlines_agree_with_the_examples(example: Mapping[str, str]) -> None:
    sms = parse_instant(example["engagement_sms"])
    first_day = "always" if example["profile"] == "literal" else "if_working"
    closes = term_end(day_of(sms), "mon_fri", first_day, "midnight", "national")
    assert format_instant(deposit_deadline(sms, "calendar_day", "no", "national")) == example["csv_deadline"]
    assert format_instant(closes) == example["booking_closes"]
    assert day_of(closes - 1).isoformat() == example["last_booking_day"]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_night_that_changes_the_clock_does_not_move_the_deadline(day: str) -> None:
    sms = instant_at(day_of(parse_instant(rome(f"{day} 12:00"))), 17) - 24 * 3_600_000
    assert format_instant(deposit_deadline(sms, "calendar_day", "no", "national")).startswith(day)


@pytest.mark.parametrize(
    ("rule", "mutation", "verdict", "offset_ms"),
    [
        ("SMS-4", engaged_on("2026-03-03 07:00"), "PASS", None),
        ("SMS-4", engaged_on("2026-03-03 06:59:59"), "FAIL", -1000),
        ("SMS-4", engaged_on("2026-03-03 06:59:59.999"), "FAIL", -1),
        ("SMS-4", engaged_on("2026-03-03 20:00"), "PASS", None),
        ("SMS-4", engaged_on("2026-03-03 20:00:00.001"), "FAIL", 1),
        ("SMS-4", engaged_on("2026-03-03 19:59:59"), "PASS", None),
        ("CSV-4", move("2026-03-03 15:00", "csv.deposited", "/ALFA/T1.csv"), "PASS", None),
        ("CSV-4", move("2026-03-03 15:00:00.001", "csv.deposited", "/ALFA/T1.csv"), "FAIL", 1),
        ("CSV-4", move("2026-03-03 14:59:59", "csv.deposited", "/ALFA/T1.csv"), "PASS", None),
        ("BOOK-4", move("2026-03-05 23:59:59.999", CONFIRM, "B2"), "PASS", None),
        ("BOOK-4", move("2026-03-06 00:00", CONFIRM, "B2"), "FAIL", 0),
        ("BOOK-4", move("2026-03-06 00:00:00.001", CONFIRM, "B2"), "FAIL", 1),
        ("BOOK-1", rejected("2026-03-05 23:59:59", "T1", "confirm", "term_over"), "FAIL", -1000),
        ("BOOK-1", rejected("2026-03-06 00:00", "T1", "confirm", "term_over"), "PASS", None),
        ("OUT-2", move("2026-03-05 23:59:59", "notification.sent", "T1", code="Z36"), "FAIL", -1000),
        ("OUT-2", move("2026-03-06 00:00:00.001", "notification.sent", "T1", code="Z36"), "PASS", None),
        ("REM-1", move("2026-03-10 17:59:59", "sms.sent", "B2", kind="reminder"), "PASS", None),
        ("REM-1", move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder"), "PASS", None),
        ("REM-1", move("2026-03-10 18:00:00.001", "sms.sent", "B2", kind="reminder"), "FAIL", 1),
        ("RES-3", move("2026-03-09 17:59:59", MOVED, "B1"), "PASS", None),
        ("RES-3", move("2026-03-09 18:00", MOVED, "B1"), "PASS", None),
        ("RES-3", move("2026-03-09 18:00:00.001", MOVED, "B1"), "FAIL", 1),
        ("RES-3", rejected("2026-03-10 17:59:59", "B2", "reschedule", "cutoff_passed"), "FAIL", -1000),
        ("RES-3", rejected("2026-03-10 18:00:00.001", "B2", "reschedule", "cutoff_passed"), "PASS", None),
    ],
)
def test_a_bound_at_and_beside_it(rule: str, mutation: Mutation, verdict: str, offset_ms: int | None) -> None:
    rule_verdict = verdict_of(rule, mutation)
    assert rule_verdict.verdict == verdict, rule_verdict
    if offset_ms is not None:
        assert offset_ms in [finding.offset_ms for finding in rule_verdict.findings]


@pytest.mark.parametrize(
    ("rule", "mutation", "readings", "verdict"),
    [
        ("SMS-4", engaged_on("2026-03-03 20:00"), {"window_end_included": "no"}, "FAIL"),
        ("RES-3", move("2026-03-09 18:00", MOVED, "B1"), {"cutoff_included": "no"}, "FAIL"),
        ("REM-1", move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder"), {"cutoff_included": "no"}, "FAIL"),
        ("BOOK-4", move("2026-03-05 18:00", CONFIRM, "B2"), {"day_end": "18:00"}, "FAIL"),
        ("BOOK-4", move("2026-03-05 17:59:59.999", CONFIRM, "B2"), {"day_end": "18:00"}, "PASS"),
        ("BOOK-4", move("2026-03-06 09:00", CONFIRM, "B2"), {"holidays": ("national", "03-04")}, "NOT_EXERCISED"),
        ("BOOK-4", move("2026-03-06 09:00", CONFIRM, "B2"), {"late_booking": "accept"}, "FAIL"),
        ("CSV-3", row("B1", date="04/03/2026"), {"csv_date": "deposit_day"}, "FAIL"),
        ("RES-1", move("2026-03-04 09:00", MOVED, "B1"), {"max_reschedules": 0}, "FAIL"),
        ("BOOK-2", move("2026-03-04 09:00", MOVED, "B1"), {"reschedule_notice": "none"}, "FAIL"),
        ("LINK-1", row("B1", link="https://x.va.alfa.example/1"), {"domain_match": "subdomain"}, "PASS"),
        ("LINK-1", row("B1", link="https://x.va.alfa.example/1"), {}, "FAIL"),
    ],
)
def test_a_declared_reading_decides(
    rule: str, mutation: Mutation, readings: Mapping[str, object], verdict: str
) -> None:
    assert verdict_of(rule, mutation, declared(**readings)).verdict == verdict


def on_a_holiday(events: list[Event]) -> str:
    """T1 is engaged on 2 June, a Tuesday, and nothing more happens to it."""
    for event in list(events):
        own = event.get("subject") in {"T1", "/ALFA/T1.csv"} and event["type"] not in {"order.received", "order.routed"}
        if own:
            events.remove(event)
    return put(
        events, "2026-06-02 10:00", "sms.sent", "T1", kind="engagement", to="+393331234567", alias="ALFA",
        text="https://va.alfa.example/t", link="https://va.alfa.example/t",
    )  # fmt: skip


def test_an_sms_on_a_holiday_is_ambiguous_until_a_reading_is_declared() -> None:
    verdict = verdict_of("SMS-3", on_a_holiday, ANY)
    assert verdict.verdict == "AMBIGUOUS"
    assert [finding.reading for finding in verdict.findings] == [
        "violated under holidays=national, sms_on_holidays=no; kept under holidays=none or sms_on_holidays=yes"
    ]
    assert verdict_of("SMS-3", on_a_holiday).verdict == "FAIL"
    assert verdict_of("SMS-3", on_a_holiday, LITERAL).verdict == "PASS"


def on_a_saturday(events: list[Event]) -> None:
    for event in events:
        if event.get("subject") == "T1" and event["time"] == rome("2026-03-03 10:00"):
            event["time"] = rome("2026-03-07 10:00")
        elif event.get("subject") == "T1" and event["time"] == rome("2026-03-06 00:00"):
            event["time"] = rome("2026-03-11 00:00")


def test_a_time_out_that_is_early_under_one_reading_of_the_first_day_is_ambiguous() -> None:
    trace = edited(good_trace(), on_a_saturday)
    verdict = ruling(trace, "OUT-2", ANY)
    assert verdict.verdict == "AMBIGUOUS"
    assert "first_day=if_working" in str(verdict.findings[0].reading)
    assert ruling(trace, "OUT-2", LITERAL).verdict == "PASS"


def test_occasions_that_no_single_reading_keeps_are_a_violation() -> None:
    def contradict(events: list[Event]) -> str:
        row("T1", date="03/03/2026")(events)
        for name, sms_day in (("B1", "03/03/2026"), ("B2", "04/03/2026")):
            deposit = find(events, "csv.deposited", f"/ALFA/{name}.csv")
            deposit["time"] = rome("2026-03-04 07:00")
            deposit["data"]["rows"] = [{**deposit["data"]["rows"][0], "date": sms_day}]
        return ""

    verdict = verdict_of("CSV-3", contradict, ANY)
    assert verdict.verdict == "FAIL"
    assert [finding.reading for finding in verdict.findings if finding.verdict == "FAIL"] == ["csv_date"]


def test_readings_declared_by_a_world_come_before_the_profile() -> None:
    def declare(events: list[Event]) -> str:
        engaged_on("2026-03-03 20:00")(events)
        find(events, "trace.observes", "")["data"]["readings"] = {"window_end_included": "no"}
        return ""

    assert verdict_of("SMS-4", declare, ANY).verdict == "FAIL"


@pytest.mark.parametrize("service", CODES)
def test_a_slow_notice_is_a_warning_at_most(service: str) -> None:
    causal = CODES[service][1]
    beyond = verdict_of("UNR-1", move("2026-03-04 10:00:01", "notification.sent", "T1", code=causal), service=service)
    assert beyond.verdict == "WARNING"
    within = verdict_of("UNR-1", move("2026-03-04 10:00", "notification.sent", "T1", code=causal), service=service)
    assert within.verdict == "PASS"


def test_a_deadline_beyond_the_end_is_not_judged() -> None:
    trace = [event for event in good_trace() if event["time"] <= rome("2026-03-03 13:59")]
    assert ruling(trace, "CSV-4").verdict == "INCONCLUSIVE"


def test_a_reminder_for_a_monday_goes_by_the_reading() -> None:
    def monday(events: list[Event]) -> str:
        for event in events:
            if event.get("subject") == "B2" and event["data"].get("slot") == band("2026-03-11"):
                event["data"]["slot"] = band("2026-03-09")
        find(events, "sms.sent", "B2", kind="reminder")["time"] = rome("2026-03-08 10:00")
        return ""

    assert verdict_of("REM-1", monday).verdict == "FAIL"
    assert verdict_of("REM-1", monday, LITERAL).verdict == "PASS"
    assert verdict_of("REM-1", monday, ANY).verdict == "AMBIGUOUS"
