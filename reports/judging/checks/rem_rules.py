"""REM: the reminder SMS, by 18:00 of the eve, for the appointment in force.

What lives here: the checkers of REM-1..4.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reports.facts import IN_SERVICE
from reports.judging.checker_interface import Case, Judged, described
from reports.judging.checker_register import order_checker
from reports.judging.checks.endings import after_cancellation
from reports.judging.checks.message_words import band_text, fits, untrue_words
from reports.judging.checks.sms_rules import alias_of
from reports.judging.events import Event, Slot, slot_of
from reports.judging.judge_calendar import eve_limit, is_sms_day, last_sms_day_before
from reports.judging.order_story import FIXING, Appointment
from reports.judging.phones import same_number
from reports.judging.readings import Readings
from reports.rome_time import Instant, day_of, instant_at, wall_clock
from reports.words.messages import say, say_again

WEEK = timedelta(days=7)


@order_checker("REM-1", on=["sms.sent", *FIXING])
def reminder_by_the_eve(case: Case, readings: Readings) -> Iterator[Judged]:
    yield from after_cancellation(case, case.order.reminders)
    for appointment in case.order.appointments:
        if appointment.moves == 0:
            yield from _reminded(case, appointment, readings)


@order_checker("REM-4", on=["sms.sent", *FIXING])
def reminder_of_the_one_in_force(case: Case, readings: Readings) -> Iterator[Judged]:
    for reminder in case.order.reminders:
        if case.order.before(reminder, "order.cancelled"):
            continue  # REM-1
        slot, in_force = slot_of(reminder), case.order.appointment_before(reminder)
        if in_force is None or (slot is not None and slot != in_force.slot):
            known = band_text(in_force.slot) if in_force else "none"
            observed = say("rem.of", slot=band_text(slot)) if slot else described(reminder)
            yield case.broken(say("rem.in_force", slot=known), observed, reminder)
    for appointment in case.order.appointments:
        if appointment.moves > 0:
            yield from _reminded(case, appointment, readings)


def _reminded(case: Case, appointment: Appointment, readings: Readings) -> Iterator[Judged]:
    yield from _reminded_again(case, appointment)
    limit = eve_limit(appointment.slot.start)
    if _ended_by(appointment, limit) or _out_of_service(case, appointment):
        return
    expected = say_again("rem.by", at=limit)
    if appointment.act.at > limit or (appointment.act.at == limit and readings["cutoff_included"] == "no"):
        if readings["earliest_slot"] == "reminder_possible":
            yield case.broken(
                expected,
                say("rem.fixed_then", event=described(appointment.act)),
                appointment.act,
                deadline=limit,
                at=appointment.act.at,
            )
        return
    sent, may_name = case.order.reminders, (None, appointment.slot)
    reminders = [event for event in sent if event.index > appointment.act.index and slot_of(event) in may_name]
    if astray := [event for event in reminders if not _to_the_customer(case, event)]:
        yield case.broken(
            say("sent_to_customer"), say("sent_to", phone=astray[0].data["to"]), appointment.act, astray[0]
        )
    elif reminders:
        included = reminders[0].at != limit or readings["cutoff_included"] == "yes"
        judged = case.not_after(limit, reminders[0], expected, appointment.act, reminders[0], included=included)
        yield judged if judged.verdict == "FAIL" else _on_a_day_for_sms(case, appointment, reminders[0], readings)
    elif appointment.moves > 0 and _reminded_before(case, appointment) and readings["reminder_on_reschedule"] == "once":
        return
    elif case.until > limit:
        yield case.broken(expected, say("rem.none"), appointment.act, deadline=limit)
    else:
        yield case.pending(expected, appointment.act, deadline=limit)


def _reminded_again(case: Case, appointment: Appointment) -> Iterator[Judged]:
    """One reminder while an appointment is in force: another does no harm, and is no good either."""
    until, sent = appointment.until, case.order.reminders
    if len(sent) < 2:  # nearly always
        return
    reminders = [sms for sms in sent if sms.index > appointment.act.index and (not until or sms.index < until.index)]
    for later in reminders[1:]:
        observed = say("another", event=described(later))
        yield case.broken(say("rem.one"), observed, later, reminders[0], verdict="WARNING")


def _to_the_customer(case: Case, reminder: Event) -> bool:
    received = case.order.received
    return received is None or same_number(reminder.data["to"], received.data["phone"])


def _ended_by(appointment: Appointment, limit: Instant) -> bool:
    """Moved away or cancelled while the reminder was not yet due."""
    return appointment.until is not None and appointment.until.at <= limit


def _out_of_service(case: Case, appointment: Appointment) -> bool:
    """Not of the service, or fixed when the time-out had already come."""
    lost = case.order.not_booked_notices
    return case.order.flow != IN_SERVICE or (bool(lost) and lost[0].index < appointment.act.index)


def _reminded_before(case: Case, appointment: Appointment) -> bool:
    return any(event.index < appointment.act.index for event in case.order.reminders)


def _on_a_day_for_sms(case: Case, appointment: Appointment, reminder: Event, readings: Readings) -> Judged:
    """REM-1: an eve without SMS (Sunday; a holiday by reading) is anticipated, unless fixed after that window."""
    day, eve = day_of(reminder.at), day_of(eve_limit(appointment.slot.start))
    holidays = readings.holidays(eve - WEEK, max(day, eve))
    if is_sms_day(day, "no", holidays) or day != eve or readings["reminder_sunday"] == "send":
        return case.kept(appointment.act, reminder)
    on_holidays = readings["sms_on_holidays"] if day.weekday() < 6 else "yes"
    if is_sms_day(day, on_holidays, holidays):
        return case.kept(appointment.act, reminder)
    last_day = last_sms_day_before(eve, readings["sms_on_holidays"], holidays)
    closing = instant_at(last_day, 20)
    if appointment.act.at >= closing:
        return case.kept(appointment.act, reminder)
    expected = say("rem.anticipated", weekday=f"{last_day:%A}", date=f"{last_day:%d/%m/%Y}")
    return case.broken(expected, described(reminder), appointment.act, reminder, deadline=closing, at=reminder.at)


@order_checker("REM-2", on=["sms.sent"])
def own_text(case: Case, readings: Readings) -> Iterator[Judged]:
    for reminder in case.order.reminders:
        registration = case.registration(reminder)
        if registration is None:
            yield case.unregistered(say("text.asked_for"), reminder)
            continue
        template = registration.get("reminder_text")
        in_force = case.order.appointment_before(reminder)
        slot = slot_of(reminder) or (in_force.slot if in_force else None)
        text = reminder.data["text"]
        if template is None and not text:
            yield case.broken(say("rem.standard_text"), say("rem.no_text"), reminder)
        elif slot is None:
            continue
        elif untrue := untrue_words(text, slot):
            yield case.broken(say("rem.day_and_band", slot=band_text(slot)), say("rem.in_text", words=untrue), reminder)
        elif template is None:
            yield case.kept(reminder)
        else:
            date, band = _date_and_band_text(slot)
            expected = template.replace("{date}", date).replace("{band}", band)
            holds = fits(text, template, date=date, band=band)
            yield case.kept_if(holds, say("text", text=expected), say("text", text=text), reminder)


def _date_and_band_text(slot: Slot) -> tuple[str, str]:
    start, end = wall_clock(slot.start), wall_clock(slot.end)
    return f"{start:%d/%m/%Y}", f"{start:%H:%M}-{end:%H:%M}"


@order_checker("REM-3", past=False, on=["sms.sent"])
def own_alias(case: Case, readings: Readings) -> Iterator[Judged]:
    return alias_of(case, case.order.reminders, "reminder_alias")
