"""The service whole, seen from its wires: every causal for every service, the readings that move them, cancellation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reference_impl.errors import IllegalEvent, IntakeError, UnknownOrder
from reference_impl.ports import Notification
from reference_impl.services import CAUSAL_LABELS, SERVICES
from tests.judging.lives import NGA, Life, slot

FRIDAY, MONDAY = "2026-03-06 08:00", "2026-03-09 08:00"
LANDLINE = {"phone": "0612345678"}
NO_CODE = {"project_code": None}

every_service = pytest.mark.parametrize("service", SERVICES)


def engaged(service: str = NGA, **members: Any) -> Life:
    return Life(service, **members).ready("2026-03-02 10:00")


# --- causals ---


@every_service
def test_an_order_that_nobody_books_gets_first_and_not_booked_causal_and_goes_back(service: str) -> None:
    life, family = engaged(service).until("2026-03-10 00:00"), SERVICES[service]  # UNR-1, OUT-1, OUT-3
    assert life.notices == [
        (family.trigger, "2026-03-02 10:00"),
        (family.first, "2026-03-02 10:00"),
        (family.not_booked, "2026-03-05 00:00"),
    ]
    assert life.seen("order.handed_back")[0]["data"] == {"operator": "ALFA", "reason": "timeout"}


@every_service
def test_an_order_that_is_booked_gets_the_booked_causal_with_its_slot_a_reminder_and_a_visit(service: str) -> None:
    life = engaged(service).confirm("2026-03-03 11:00", FRIDAY).until("2026-03-10 00:00")
    family = SERVICES[service]
    assert life.notices[1:] == [(family.first, "2026-03-02 10:00"), (family.booked, "2026-03-03 11:00")]  # BOOK-2
    assert life.seen("notification.sent")[-1]["data"]["slot"] == life.seen("visit.started")[0]["data"]["slot"]
    assert life.sms_times("reminder") == ["2026-03-05 10:00"]  # REM-1
    assert life.when("visit.started") == [FRIDAY]  # BOOK-3


@every_service
def test_an_order_that_is_refused_gets_the_not_booked_causal_at_once_and_no_other(service: str) -> None:
    life = engaged(service).decline("2026-03-03 11:00").until("2026-03-10 00:00")  # REF-2, REF-3
    assert life.notices[2:] == [(SERVICES[service].not_booked, "2026-03-03 11:00")]
    assert life.seen("order.handed_back")[0]["data"] == {"operator": "ALFA", "reason": "refused"}


@every_service
def test_the_event_of_the_other_family_is_refused(service: str) -> None:
    life = Life(service)
    other = "AC" if SERVICES[service].trigger == "CO" else "CO"
    with pytest.raises(IntakeError, match=f"line event: '{other}' is not allowed"):
        life.world.report_line(life.code, other)
    assert life.codes == []


def test_every_notification_carries_the_label_of_its_code() -> None:
    life = engaged().confirm("2026-03-03 11:00", FRIDAY)
    notices = [event["data"] for event in life.seen("notification.sent")]
    assert [notice["label"] for notice in notices] == [CAUSAL_LABELS[notice["code"]] for notice in notices]


def test_the_sms_comes_first_then_its_causal_then_the_suspension() -> None:
    assert engaged().happened[-4:] == ["CO", "engagement", "W08", "W08"]  # UNR-2, UNR-3


def test_what_a_notification_provokes_comes_after_what_was_due_before_it() -> None:
    life = Life()

    def book(notice: Notification, event: str) -> None:
        if notice.code == "W08":
            life.world.agent.confirm(life.link(), slot(FRIDAY), "customer")

    life.world.endpoint.deliver = book
    happenings = [(event["type"], event["data"].get("code")) for event in life.ready("2026-03-02 10:00").trace]
    assert happenings.index(("sla.suspended", "W08")) < happenings.index(("notification.sent", "W09"))  # UNR-3


def test_a_repeated_trigger_is_told_and_engages_nobody_twice() -> None:
    life = engaged().ready("2026-03-02 12:00").until("2026-03-03 12:00")
    assert life.codes == ["CO", "W08", "CO"]
    assert len(life.sms("engagement")) == len(life.rows()) == 1


# --- readings of the life cycle ---


def test_by_reading_a_repeated_trigger_sends_another_sms_with_a_row_of_its_own() -> None:
    life = engaged(reengage="yes").ready("2026-03-02 21:00").until("2026-03-04 00:00")
    assert life.sms_times("engagement") == ["2026-03-02 10:00", "2026-03-03 07:00"]
    assert [row["date"] for row in life.rows()] == ["02/03/2026", "03/03/2026"]
    assert life.codes == ["CO", "W08", "CO"]


@pytest.mark.parametrize(
    "end",
    [
        lambda life: life.confirm("2026-03-02 22:00", FRIDAY),
        lambda life: life.decline("2026-03-02 22:00"),
        lambda life: life.cancel("2026-03-02 22:00"),
    ],
)
def test_a_second_engagement_that_waits_for_its_window_lapses_when_the_order_is_settled(end: Any) -> None:
    life = end(engaged(reengage="yes").ready("2026-03-02 21:00")).until("2026-03-12 00:00")
    assert len(life.sms("engagement")) == 1


def test_a_second_engagement_lapses_with_the_term() -> None:
    life = engaged(reengage="yes").ready("2026-03-04 21:00").until("2026-03-12 00:00")
    assert (len(life.sms("engagement")), life.codes) == (1, ["CO", "W08", "CO", "W24"])


def test_a_second_engagement_lapses_with_a_refusal_that_waits_for_the_end_of_the_term() -> None:
    life = engaged(reengage="yes", refusal_notice="term_end").ready("2026-03-02 21:00").decline("2026-03-02 22:00")
    life.until("2026-03-12 00:00")
    assert (len(life.sms("engagement")), life.notices[-1]) == (1, ("W24", "2026-03-05 00:00"))


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        (lambda life: life.confirm("2026-03-02 11:00", FRIDAY), ["CO", "W09"]),
        (lambda life: life.decline("2026-03-02 11:00"), ["CO", "W08", "W24"]),
        (lambda life: life.confirm("2026-03-02 15:00", FRIDAY), ["CO", "W08", "W09"]),
        (lambda life: life.cancel("2026-03-02 11:00"), ["CO"]),
        (lambda life: life, ["CO", "W08", "W24"]),
    ],
)
def test_by_reading_the_first_causal_comes_with_the_file_unless_somebody_booked_before(
    end: Any, codes: list[str]
) -> None:
    life = end(engaged(first_notice_unconditional="no")).until("2026-03-05 00:00")
    assert life.codes == codes  # UNR-1, UNR-2


def test_the_first_causal_of_a_refusal_told_at_the_end_of_the_term_still_comes_with_the_file() -> None:
    life = engaged(first_notice_unconditional="no", refusal_notice="term_end").decline("2026-03-02 11:00")
    assert life.until("2026-03-10 00:00").notices[1:] == [("W08", "2026-03-02 14:00"), ("W24", "2026-03-05 00:00")]


@pytest.mark.parametrize(("reading", "codes"), [("repeat", ["W09", "W09"]), ("none", ["W09"])])
def test_a_move_is_told_by_reading(reading: str, codes: list[str]) -> None:  # RES-4
    life = engaged(reschedule_notice=reading).confirm("2026-03-02 11:00", FRIDAY)
    life.reschedule("2026-03-02 12:00", MONDAY).until("2026-03-10 00:00")
    assert life.codes[2:] == codes
    assert life.when("visit.started") == [MONDAY]


@pytest.mark.parametrize(("reading", "reminded"), [("resend", 2), ("once", 1)])
def test_a_move_after_the_reminder_is_reminded_by_reading(reading: str, reminded: int) -> None:  # REM-4
    life = engaged(reminder_on_reschedule=reading).confirm("2026-03-02 11:00", FRIDAY)
    life.reschedule("2026-03-05 12:00", "2026-03-10 10:00").until("2026-03-12 00:00")
    assert len(life.sms("reminder")) == reminded


@pytest.mark.parametrize("reading", ["resend", "once"])
def test_a_chain_of_moves_there_and_back_brings_one_reminder_and_one_visit(reading: str) -> None:
    life = engaged(reminder_on_reschedule=reading).confirm("2026-03-02 11:00", FRIDAY)
    for minute, wanted in enumerate((MONDAY, FRIDAY, "2026-03-12 16:00", FRIDAY)):
        life.reschedule(f"2026-03-02 12:{minute:02}", wanted, "customer")
    life.until("2026-03-20 00:00")
    assert life.sms_times("reminder") == ["2026-03-05 10:00"]
    assert life.when("visit.started") == [FRIDAY]
    assert life.world.slots.free("LAZIO", slot(MONDAY)) == 4


def test_by_reading_a_late_booking_is_visited_and_brings_no_booked_causal() -> None:  # BOOK-4, INV-4
    life = engaged(late_booking="accept").confirm("2026-03-05 12:00", MONDAY)
    life.reschedule("2026-03-05 13:00", "2026-03-10 08:00").until("2026-03-12 00:00")
    assert life.codes == ["CO", "W08", "W24"]
    assert life.sms_times("reminder") == ["2026-03-09 10:00"]
    assert life.when("visit.started") == ["2026-03-10 08:00"]


@pytest.mark.parametrize(
    ("reading", "moment"),
    [("midnight", "2026-03-05 00:00"), ("20:00", "2026-03-04 20:00"), ("18:00", "2026-03-04 18:00")],
)
def test_the_time_out_comes_when_the_third_day_ends_by_reading(reading: str, moment: str) -> None:  # OUT-2
    assert engaged(day_end=reading).until("2026-03-10 00:00").notices[-1] == ("W24", moment)


# --- cancellation ---


CANCELLED_WHEN: dict[str, Callable[[], Life]] = {
    "waiting": lambda: Life().cancel("2026-03-02 09:00"),
    "engaging": lambda: Life().ready("2026-03-02 06:30").cancel("2026-03-02 06:45"),
    "engaged": lambda: engaged().cancel("2026-03-02 11:00"),
    "booked": lambda: engaged().confirm("2026-03-02 11:00", FRIDAY).cancel("2026-03-02 12:00"),
    "moved": lambda: (
        engaged().confirm("2026-03-02 11:00", FRIDAY).reschedule("2026-03-02 11:30", MONDAY).cancel("2026-03-02 12:00")
    ),
    "reminded": lambda: engaged().confirm("2026-03-02 11:00", FRIDAY).cancel("2026-03-05 12:00"),
    "refusing": lambda: engaged(refusal_notice="term_end").decline("2026-03-02 11:00").cancel("2026-03-02 12:00"),
    "ordinary": lambda: Life(order=NO_CODE).ready("2026-03-02 10:00").cancel("2026-03-02 11:00"),
    "unreachable": lambda: Life(order=LANDLINE).cancel("2026-03-02 09:00"),
}


@pytest.mark.parametrize("state", CANCELLED_WHEN)
def test_after_a_cancellation_only_the_row_that_is_owed_for_the_sms_still_comes(state: str) -> None:
    life = CANCELLED_WHEN[state]()
    cancelled = len(life.trace)
    life.until("2026-03-20 00:00")
    assert {event["type"] for event in life.trace[cancelled:]} <= {"csv.deposited"}
    assert len(life.rows()) == len(life.sms("engagement"))  # CSV-2
    assert all(life.world.slots.free("LAZIO", slot(wanted)) == 4 for wanted in (FRIDAY, MONDAY))
    assert life.seen("order.cancelled")[0]["data"] == {"operator": "ALFA", "reason": "ripensamento"}


@pytest.mark.parametrize(
    "ended",
    [
        lambda: engaged().until("2026-03-05 00:00"),
        lambda: engaged().decline("2026-03-02 11:00"),
        lambda: engaged().confirm("2026-03-02 11:00", FRIDAY).until("2026-03-06 08:00"),
        lambda: engaged().cancel("2026-03-02 11:00"),
        lambda: Life(order=LANDLINE).ready("2026-03-02 10:00"),
        lambda: Life(order={"line_state": "LA"}, ineligible="reject"),
    ],
)
def test_an_order_whose_cycle_has_ended_cannot_be_cancelled(ended: Any) -> None:
    life = ended()
    trace_before = list(life.trace)
    with pytest.raises(IllegalEvent, match="order ORDER-1: cancel cannot happen in state"):
        life.world.cancel_order(life.code)
    assert life.trace == trace_before


def test_an_order_that_nobody_handed_in_is_unknown() -> None:
    life = Life()
    with pytest.raises(UnknownOrder, match="order 'X-1' is not known"):
        life.world.cancel_order("X-1")
    with pytest.raises(UnknownOrder, match="order 'X-1' is not known"):
        life.world.report_line("X-1", "CO")
