"""The instants that the rules give for one order, as members that a program can read.

This composes `deadlines`; it decides nothing of its own. Members and their form are the public contract of the
`timeline` command.
"""

from __future__ import annotations

from collections.abc import Mapping

from reference_impl.civil_time import date_of, format_instant
from reference_impl.deadlines import (
    booking_closes,
    csv_deadline,
    engagement_sms_at,
    last_booking_day,
    reminder_at,
    reminder_deadline,
)
from reference_impl.errors import FieldError
from reference_impl.policy import Policy
from reference_impl.services import SERVICES


def timeline(
    service: str, trigger: int, policy: Policy, booked: int | None = None, visit: int | None = None
) -> Mapping[str, object]:
    """The members of `timeline --json` for an order of `service` whose AC/CO comes at `trigger`.

    `booked` is the instant of the booking and `visit` the start of the booked slot: both or neither.
    Raises FieldError for an unknown service, a booking before the SMS or a visit that does not follow the booking.
    """
    if service not in SERVICES:
        raise FieldError("service", service, ", ".join(SERVICES))
    family = SERVICES[service]
    sms_at = engagement_sms_at(trigger, policy)
    closes_at = booking_closes(sms_at, policy)
    closes = format_instant(closes_at)
    sms = format_instant(sms_at)
    return {
        "service": service,
        "trigger": format_instant(trigger),
        "engagement_sms": sms,
        "csv_deadline": format_instant(csv_deadline(sms_at, policy)),
        "first_notice": {"code": family.first, "not_before": sms},  # UNR-1, UNR-2
        "last_booking_day": date_of(last_booking_day(sms_at, policy)).isoformat(),
        "booking_closes": closes,
        "timeout_notice": {"code": family.not_booked, "not_before": closes},  # OUT-1, OUT-2
        "booked_notice": {"code": family.booked},  # BOOK-2
        **_visit_members(sms_at, closes_at, booked, visit, policy),
    }


def _visit_members(
    sms_at: int, closes_at: int, booked: int | None, visit: int | None, policy: Policy
) -> Mapping[str, object]:
    if (booked is None) != (visit is None):
        raise FieldError("visit" if visit is None else "booked", None, "--booked and --visit together, or neither")
    if booked is None or visit is None:
        return {"reminder_deadline": None, "reminder_planned": None, "reschedule_cutoff": None}
    if booked < sms_at:
        raise FieldError("booked", format_instant(booked), f"from the engagement SMS on: {format_instant(sms_at)}")
    if booked >= closes_at and policy.late_booking == "reject":  # BOOK-4
        raise FieldError("booked", format_instant(booked), f"before the term ends: {format_instant(closes_at)}")
    if visit <= booked:
        raise FieldError("visit", format_instant(visit), f"after the booking: {format_instant(booked)}")
    deadline = format_instant(reminder_deadline(visit))
    return {
        "reminder_deadline": deadline,  # REM-1
        "reminder_planned": format_instant(reminder_at(visit, booked, policy)),
        "reschedule_cutoff": deadline,  # RES-3
    }
