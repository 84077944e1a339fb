"""The instants of one order, and of each row of a file: every member, and every refusal in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reference_impl.errors import FieldError
from reference_impl.policy import DEFAULT, Policy
from reference_impl.timeline.batch import BatchError, timelines
from reference_impl.timeline.order_timeline import timeline
from tests.judging.lives import at

TOGETHER = "None is not allowed; allowed: --booked and --visit together, or neither"
TRIGGER, SMS = "2026-03-02 21:00", "2026-03-03T07:00:00+01:00"
UNBOOKED: dict[str, Any] = {"reminder_deadline": None, "reminder_planned": None, "reschedule_cutoff": None}
OF_COPPER: dict[str, Any] = {
    "service": "ULL",
    "trigger": "2026-03-02T21:00:00+01:00",
    "engagement_sms": SMS,
    "csv_deadline": "2026-03-03T12:00:00+01:00",
    "first_notice": {"code": "Z18", "not_before": SMS},
    "last_booking_day": "2026-03-05",
    "booking_closes": "2026-03-06T00:00:00+01:00",
    "timeout_notice": {"code": "Z36", "not_before": "2026-03-06T00:00:00+01:00"},
    "booked_notice": {"code": "PA"},
}
HEADER = "service,trigger,booked,visit"
ROW = "ULL,2026-03-02 21:00:00,,"


def of(booked: str | None = None, visit: str | None = None, policy: Policy = DEFAULT, service: str = "ULL") -> object:
    moments = [None if text is None else at(text) for text in (booked, visit)]
    return timeline(service, at(TRIGGER), policy, *moments)


def test_an_order_that_nobody_has_booked_has_no_visit() -> None:
    assert of() == OF_COPPER | UNBOOKED


def test_a_booked_order_has_its_reminder_and_its_cutoff() -> None:
    assert of("2026-03-03 07:00", "2026-03-09 08:00") == OF_COPPER | {
        "reminder_deadline": "2026-03-08T18:00:00+01:00",
        "reminder_planned": "2026-03-07T10:00:00+01:00",
        "reschedule_cutoff": "2026-03-08T18:00:00+01:00",
    }


def test_a_late_booking_has_its_visit_where_it_is_accepted() -> None:
    late = of("2026-03-06 00:00", "2026-03-09 08:00", Policy(late_booking="accept"))
    assert isinstance(late, dict)
    assert late["reminder_planned"] == "2026-03-07T10:00:00+01:00"


@pytest.mark.parametrize(
    ("booked", "visit", "service", "text"),
    [
        (None, None, "X", "service: 'X' is not allowed; allowed: ULL, "),
        (
            "2026-03-03 10:00",
            None,
            "ULL",
            f"visit: {TOGETHER}",
        ),
        (
            None,
            "2026-03-09 08:00",
            "ULL",
            f"booked: {TOGETHER}",
        ),
        (
            "2026-03-03 06:59:59",
            "2026-03-09 08:00",
            "ULL",
            f"booked: '2026-03-03T06:59:59+01:00' is not allowed; allowed: from the engagement SMS on: {SMS}",
        ),
        (
            "2026-03-06 00:00",
            "2026-03-09 08:00",
            "ULL",
            "booked: '2026-03-06T00:00:00+01:00' is not allowed; "
            "allowed: before the term ends: 2026-03-06T00:00:00+01:00",
        ),
        (
            "2026-03-03 10:00",
            "2026-03-03 10:00",
            "ULL",
            "visit: '2026-03-03T10:00:00+01:00' is not allowed; allowed: after the booking: 2026-03-03T10:00:00+01:00",
        ),
    ],
)
def test_what_cannot_be_is_refused(booked: str | None, visit: str | None, service: str, text: str) -> None:
    with pytest.raises(FieldError) as refusal:
        of(booked, visit, service=service)
    assert str(refusal.value).startswith(text)


def test_each_row_of_a_file_has_its_timeline() -> None:
    booked = "ULL,2026-03-02 21:00:00,2026-03-03 07:00:00,2026-03-09 08:00:00"
    entries = list(timelines([HEADER, ROW, booked], "orders.csv", DEFAULT))
    assert entries == [of(), of("2026-03-03 07:00", "2026-03-09 08:00")]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], "orders.csv, line 1: the header must be service,trigger,booked,visit"),
        (["service;trigger"], "orders.csv, line 1: the header must be service,trigger,booked,visit"),
        ([HEADER, ROW, "ULL,x"], "orders.csv, line 3: 2 fields; allowed: 4"),
        ([HEADER, "ULL,x,,"], "orders.csv, line 2: trigger: 'x' is not an instant"),
        ([HEADER, "ULL,2026-03-02 21:00:00,x,"], "orders.csv, line 2: booked: 'x' is not an instant"),
        ([HEADER, "ULL,2026-03-02 21:00:00,,x"], "orders.csv, line 2: visit: 'x' is not an instant"),
        ([HEADER, "X,2026-03-02 21:00:00,,"], "orders.csv, line 2: service: 'X' is not allowed; allowed: ULL"),
    ],
)
def test_the_first_row_that_is_not_allowed_ends_the_file(lines: list[str], text: str) -> None:
    with pytest.raises(BatchError) as refusal:
        list(timelines(lines, "orders.csv", DEFAULT))
    assert str(refusal.value).startswith(text)


def test_a_file_that_is_not_utf_8_is_refused_by_the_line_after_the_last_that_could_be_read() -> None:
    def lines() -> Iterator[str]:
        yield from (HEADER, ROW)
        b"\xff".decode()

    with pytest.raises(BatchError) as refusal:
        list(timelines(lines(), "orders.csv", DEFAULT))
    assert str(refusal.value) == "orders.csv, line 3: is not UTF-8"
