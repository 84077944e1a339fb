"""Wrong systems that break BOOK, REM or OUT: the term, the booking and its causal, the visit, the reminder, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.deadlines import booking_closes, reminder_at, reminder_deadline
from reference_impl.life_cycle import effects as fx
from reference_impl.life_cycle.transitions import TRANSITIONS, cancel, time_out
from reference_impl.orders import Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.sms_text import reminder_text
from reference_impl.working_days import DayBook
from steps.selftest.changes import Change, attribute, effects, entry, function, readings
from steps.selftest.systems import wrong
from steps.selftest.wrong.ways import (
    DAY,
    HOUR,
    LOST,
    REMINDER,
    SECOND,
    TAKEN,
    also,
    causals,
    civil_day,
    day,
    denies,
    instant_of,
    no_causals,
    recorded,
    recorded_late,
    sms_each,
    sms_with,
    waking,
    weekday,
    without,
)


def closes(become: Callable[[int, int], int]) -> Change:
    """The term ends at another instant: `become(sms_at, lawful end)`."""
    return function(booking_closes, lambda original: lambda sms_at, policy: become(sms_at, original(sms_at, policy)))


def working(also_working: Callable[[int], bool]) -> Change:
    """Some days count as working days though they are none."""

    def by(original: Callable[..., int]) -> Callable[..., int]:
        def changed(self: DayBook, sms_day: int) -> int:
            days = iter(range(sms_day, sms_day + 30))
            return [d for d in days if self.is_working(d) or also_working(d)][2]

        return changed

    return attribute(DayBook, "last_booking_day", by)


def booked_slot(become: Callable[[Any], Any]) -> Change:
    """The booked causal names another slot."""
    return causals(TAKEN, lambda notice: (notice._replace(slot=become(notice.slot)),))


def moved(slot: Any, offset: int) -> Any:
    """A slot so far from another."""
    return slot._replace(start=slot.start + offset, end=slot.end + offset)


def visited(become: Callable[[Any], Any]) -> Change:
    """The visit is in another slot than it says it is."""
    return recorded("visit.started", lambda entry: ((*entry[:3], {"slot": become(entry[3]["slot"])}),))


def reminded(at: Callable[[int, int, int], int]) -> Change:
    """The reminder leaves at another instant: `at(slot_start, booked_at, lawful)`, never before the booking."""
    return function(
        reminder_at,
        lambda original: (
            lambda start, booked_at, policy: max(booked_at, at(start, booked_at, original(start, booked_at, policy)))
        ),
    )


def _cancelled_and_awaited(order: Order, now: int, policy: Policy, detail: Detail) -> fx.Effects:
    """A cancellation leaves the end of the term awaited."""
    term_end = order.term_end_at
    cancel_effects = cancel(order, now, policy, detail)
    order.term_end_at = term_end
    return cancel_effects


SHELF = (
    wrong("BOOK-1", "two-working-days", "the term is two working days",
          closes(lambda sms_at, end: end - DAY)),
    wrong("BOOK-1", "a-millisecond-short", "the term ends a millisecond before midnight",
          closes(lambda sms_at, end: end - 1)),
    wrong("BOOK-1", "ends-at-twenty", "the term ends at 20:00 of the third day", readings(day_end="20:00")),
    wrong("BOOK-1", "saturdays-work", "Saturdays count as working days", readings(working_week="mon_sat")),
    wrong("BOOK-1", "easter-monday-works", "Easter Monday counts as a working day",
          working(lambda d: d == day(2026, 4, 6))),
    wrong("BOOK-1", "saint-francis-works", "4 October 2027 counts as a working day",
          working(lambda d: d == day(2027, 10, 4))),
    wrong("BOOK-1", "new-year-works", "1 January counts as a working day",
          working(lambda d: d == day(2027, 1, 1))),
    wrong("BOOK-1", "first-day-always", "the day of the SMS counts though it is a Saturday",
          readings(first_day="always")),
    wrong("BOOK-1", "seventy-two-hours", "the term ends 72 hours after the SMS",
          closes(lambda sms_at, end: sms_at + 72 * HOUR)),
    wrong("BOOK-1", "operators-have-one-day", "an operator is refused from the second day on",
          denies("confirm", "term_over", lambda order, party, slot, now: (
              party == "operator" and order.state == State.ENGAGED and now > order.sms_at + DAY))),
    wrong("BOOK-4", "a-millisecond-long", "the term ends a millisecond after midnight",
          closes(lambda sms_at, end: end + 1)),
    wrong("BOOK-4", "four-working-days", "the term ends a day later", closes(lambda sms_at, end: end + DAY)),
    wrong("BOOK-4", "late-bookings-taken", "a confirmation after the term is taken", readings(late_booking="accept")),
    wrong("BOOK-4", "christmas-eve-rests", "24 December does not count as a working day",
          closes(lambda sms_at, end: end + DAY if sms_at < instant_of(day(2026, 12, 25)) < end + 3 * DAY else end)),
    wrong("BOOK-2", "no-pa", "PA is never sent", no_causals(("PA",))),
    wrong("BOOK-2", "booked-causal-twice", "the booked causal is sent twice",
          causals(TAKEN, lambda notice: (notice, notice))),
    wrong("BOOK-2", "operators-know", "no booked causal is sent to the operator that booked",
          effects(lambda order, event, now, done: [
              effect for effect in done
              if not (isinstance(effect, fx.Notify) and event == Event.CONFIRM and order.booked_by == "operator")])),
    wrong("BOOK-2", "next-band-told", "the booked causal names the band after the one that was booked",
          booked_slot(lambda slot: moved(slot, 2 * HOUR))),
    wrong("BOOK-2", "booked-without-booking", "the booked causal is sent with the first one",
          also(lambda order, event: event == Event.ENGAGE, fx.Notify("W09"))),
    wrong("BOOK-3", "never-visited", "nobody comes", recorded("visit.started", lambda entry: ())),
    wrong("BOOK-3", "visited-a-day-late", "the technician comes a day late",
          recorded_late("visit.started", DAY)),
    wrong("BOOK-3", "visited-after-the-band", "the technician comes a millisecond after the band",
          recorded_late("visit.started", 2 * HOUR + 1)),
    wrong("BOOK-3", "visited-before-the-band", "the technician comes a second before the band",
          waking(Event.VISIT, lambda order, at: at - SECOND)),
    wrong("BOOK-3", "visited-in-another-band", "the technician comes for the next band",
          visited(lambda slot: moved(slot, 2 * HOUR))),
    wrong("BOOK-3", "visited-twice", "the technician comes again a day later",
          recorded("visit.started", lambda entry: (entry, entry))),
    wrong("BOOK-3", "cancelled-and-visited", "the technician comes though the order was cancelled",
          effects(lambda order, event, now, done: (
              (*done, fx.StartVisit(order.slot)) if event == Event.CANCEL and order.slot else done))),

    wrong("REM-1", "no-reminder", "no reminder is sent", sms_each(REMINDER, lambda message: ())),
    wrong("REM-1", "reminder-a-millisecond-late", "reminders leave at 18:00:00.001",
          reminded(lambda start, booked_at, lawful: reminder_deadline(start) + 1)),
    wrong("REM-1", "reminder-in-the-morning", "reminders leave at 07:00 of the day itself",
          reminded(lambda start, booked_at, lawful: instant_of(civil_day(start), 7 * HOUR))),
    wrong("REM-1", "reminder-of-mondays-on-monday", "reminders of a Monday leave in its first hour",
          reminded(lambda start, booked_at, lawful: (
              instant_of(civil_day(start), 7 * HOUR) if weekday(civil_day(start)) == 0 else lawful))),
    wrong("REM-1", "late-bookers-not-reminded", "who books after the reminder's hour gets none",
          effects(lambda order, event, now, done: [
              effect for effect in done if effect != fx.WakeAt(Event.REMIND, now)])),
    wrong("REM-1", "reminder-to-the-wrong-number", "reminders go to a number with the last digit changed",
          sms_with(REMINDER, to=lambda message: message.to[:-1] + ("0" if message.to[-1] != "0" else "1"))),
    wrong("REM-2", "standard-reminder-always", "own texts of the reminder are never used",
          function(reminder_text, lambda o: lambda template, slot: o(None, slot))),
    wrong("REM-2", "american-reminders", "own reminders tell the date month first",
          function(reminder_text, lambda o: lambda template, slot: o(
              template and template.replace("{date}", "04/31/2026"), slot))),
    wrong("REM-2", "reminders-name-the-eve", "reminders tell the day before",
          function(reminder_text, lambda o: lambda template, slot: o(template, moved(slot, -DAY)))),
    wrong("REM-3", "standard-reminder-alias", "own aliases of the reminder are never used",
          sms_with(REMINDER, alias=lambda message: "Attivazione")),
    wrong("REM-3", "reminder-alias-too-long", "aliases of the reminder have twelve characters",
          sms_with(REMINDER, alias=lambda message: message.alias.ljust(12, "X"))),
    wrong("REM-4", "no-second-reminder", "who moves after the reminder gets no other",
          readings(reminder_on_reschedule="once")),
    wrong("REM-4", "reminder-of-the-old-slot", "after a move the reminder still names the slot that was left",
          effects(lambda order, event, now, done: [
              effect._replace(slot=moved(effect.slot, -DAY))
              if isinstance(effect, fx.SendSms) and effect.slot and order.reschedules else effect for effect in done])),
    wrong("REM-4", "movers-not-reminded", "who has moved gets no reminder",
          without(fx.SendSms, lambda order: order.reschedules > 0)),

    wrong("OUT-1", "no-z36", "Z36 is never sent", no_causals(("Z36",))),
    wrong("OUT-1", "time-out-twice", "the causal of the time-out is sent twice",
          causals(LOST, lambda notice: (notice, notice))),
    wrong("OUT-1", "cancelled-and-timed-out", "an order that is cancelled in its term is timed out all the same",
          entry(TRANSITIONS, (State.ENGAGED, Event.CANCEL), (State.CANCELLED, _cancelled_and_awaited))
          + entry(TRANSITIONS, (State.CANCELLED, Event.TERM_END), (State.CANCELLED, time_out))),
    wrong("OUT-2", "time-out-a-millisecond-early", "the time-out comes a millisecond before the term ends",
          waking(Event.TERM_END, lambda order, at: at - 1)),
    wrong("OUT-2", "time-out-at-six", "the time-out comes at 18:00 of the third day",
          waking(Event.TERM_END, lambda order, at: at - 6 * HOUR)),
    wrong("OUT-2", "time-out-of-the-booked", "an order that was booked gets the causal of the time-out as well",
          effects(lambda order, event, now, done: (
              (*done, fx.Notify(order.family.not_booked))
              if event == Event.VISIT and order.family else done))),
    wrong("OUT-3", "not-handed-back", "an order is not handed back after the time-out",
          effects(lambda order, event, now, done: [
              effect for effect in done if effect != fx.HandBack("timeout")])),
    wrong("OUT-3", "visited-after-the-time-out", "the technician comes though the term is over",
          effects(lambda order, event, now, done: (
              (*done, fx.StartVisit(Slot(now, now + 2 * HOUR))) if event == Event.TERM_END else done))),
    wrong("OUT-3", "handed-back-at-once", "an order is handed back with its first causal",
          also(lambda order, event: event == Event.ENGAGE, fx.HandBack("timeout"))),
)  # fmt: skip
