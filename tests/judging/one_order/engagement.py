"""SMS, UNR and LINK: how the service of an order begins."""

from __future__ import annotations

from tests.judging.changes import add, all_of, change, engaged_on, move, sms, tell, unchanged, without
from tests.judging.one_order.changes import BACK, CONFIRM, VISIT, Row, RowUnder, back, cancel, decline, ends_at, untold
from tests.judging.one_order.routing import IN_SERVICE, OURS, READY, RECEIVED, SMS, order, unregistered
from tests.judging.traces import band

AGAIN = sms("2026-03-04 10:00", "T1", "engagement")
ASKED = change("operator.registered", "ALFA", engagement_text="Alfa {link}")

UNREACHABLE = order("service", project_code=OURS, phone="+390612345678")
F1_BOOKED = add("2026-03-04 10:00", CONFIRM, "F1", channel="customer", slot=band("2026-03-10"))
READY_AGAIN = all_of(tell("2026-03-03 10:04", "B2", "CO"), sms("2026-03-03 10:05", "B2", "engagement"))
UNTOLD = all_of(untold("T1", "W08"), untold("T1", "W24"))  # neither the first causal nor the last
LEFT_OPEN = all_of(UNTOLD, without(BACK, "T1"))  # nor handed back

ENGAGED: list[Row] = [
    ("SMS-1", "B2", unchanged, "PASS 1"),
    ("SMS-1", "T1", without(SMS, "T1"), "FAIL 1"),
    ("SMS-1", "T1", without("notification.sent", "T1", code="CO"), "NOT_EXERCISED 0"),
    ("SMS-1", "T1", without(RECEIVED, "T1"), "NOT_EXERCISED 0"),
    ("SMS-1", "B2", sms("2026-03-03 10:05", "B2", "engagement"), "FAIL 2"),
    ("SMS-1", "B2", tell("2026-03-03 10:01", "B2", "CO"), "PASS 1"),
    ("SMS-1", "B2", READY_AGAIN, "FAIL 2"),
    ("SMS-1", "B2", change(RECEIVED, "B2", phone="+390612345678"), "FAIL 1"),
    ("SMS-1", "F1", all_of(UNREACHABLE, READY), "FAIL 1"),
    ("SMS-1", "F1", all_of(UNREACHABLE, READY, add("2026-03-03 10:00", BACK, "F1", reason="no_mobile")), "PASS 1"),
    ("SMS-1", "F1", all_of(UNREACHABLE, READY, F1_BOOKED), "FAIL 1"),
    ("SMS-1", "F1", all_of(UNREACHABLE, READY, cancel("F1", "2026-03-04 10:00")), "NOT_EXERCISED 0"),
    ("SMS-1", "F1", all_of(order("ordinary", phone="+390612345678"), READY), "NOT_EXERCISED 0"),
    ("SMS-1", "F1", all_of(IN_SERVICE, READY, cancel("F1", "2026-03-03 11:00")), "NOT_EXERCISED 0"),
    ("SMS-1", "F1", all_of(order("", project_code=OURS), READY, unregistered), "INCONCLUSIVE 0"),
    ("SMS-1", "F1", all_of(order(""), READY, unregistered), "NOT_EXERCISED 0"),
    ("SMS-1", "T1", move("2026-03-02 19:00", "notification.sent", "T1", code="CO"), "PASS 1"),
    ("SMS-1", "T1", move("2026-03-02 09:00:00.001", "notification.sent", "T1", code="CO"), "WARNING 2"),
    ("SMS-1", "T1", move("2026-03-02 10:00", "notification.sent", "T1", code="CO"), "PASS 1"),
    ("SMS-1", "T1", back("T1", "2026-03-03 09:59", "withdrawn"), "FAIL 1"),
    (
        "SMS-1",
        "F1",
        all_of(
            UNREACHABLE, READY, sms("2026-03-03 10:01", "F1", "engagement"), back("F1", "2026-03-03 10:02", "no_mobile")
        ),
        "FAIL 1",
    ),
    ("SMS-1", "F1", all_of(UNREACHABLE, READY, F1_BOOKED, ends_at("2026-03-10 10:00")), "FAIL 1"),
    ("SMS-1", "F1", all_of(order("service"), READY), "FAIL 1"),
    ("SMS-1", "F1", all_of(order("", project_code=OURS), READY), "FAIL 1"),
    (
        "SMS-1",
        "F1",
        all_of(IN_SERVICE, READY, sms("2026-04-10 10:00", "F1", "engagement")),
        "FAIL 2: by ['notification.sent', 'sms.sent']",
    ),
    ("SMS-1", "T1", move("2026-03-02 09:59:59.990", "notification.sent", "T1", code="CO"), "WARNING 2: ] 10 ms off"),
    ("SMS-1", "T1", all_of(without(SMS, "T1"), ends_at("2026-03-03 18:00")), "FAIL 1"),
    ("SMS-1", "B2", cancel("B2", "2026-03-03 09:58:59.999"), "FAIL 1"),
    ("SMS-1", "B2", cancel("B2", "2026-03-03 09:59"), "PASS 1"),
    ("SMS-2", "T1", unchanged, "PASS 1"),
    ("SMS-3", "T1", engaged_on("2026-03-08 10:00"), "FAIL 1: sms.days sms.on by"),
    ("SMS-3", "T1", engaged_on("2026-04-06 10:00"), "FAIL 1: sms.days_not_holidays sms.on_holiday by"),
    ("SMS-4", "T1", engaged_on("2026-03-03 06:59:59.999"), "FAIL 1: ] -1 ms off"),
    ("SMS-5", "T1", all_of(move("2026-03-03 12:00", "operator.registered", "ALFA"), AGAIN), "INCONCLUSIVE 1"),
    ("SMS-5", "T1", all_of(change(SMS, "T1", text="senza", link=None), AGAIN), "PASS 1"),
    ("SMS-5", "B2", ASKED, "FAIL 1: Alfa https://va.alfa.example/sB2"),
    ("SMS-5", "B2", all_of(ASKED, change(SMS, "B2", text="senza", link=None)), "FAIL 1: Alfa {link}"),
    ("SMS-5", "B2", all_of(ASKED, change(SMS, "B2", text="Alfa https://va.alfa.example/sB2")), "PASS 1"),
    ("SMS-5", "B2", all_of(ASKED, change(SMS, "B2", text="Alfa https://x.y/z", link=None)), "PASS 1"),
    ("SMS-5", "B2", all_of(ASKED, change(SMS, "B2", text="Alfa da noi", link=None)), "FAIL 1: Alfa {link}"),
    (
        "SMS-5",
        "B2",
        all_of(ASKED, change(SMS, "B2", text="Alfa https://va.alfa.example/s)", link="https://va.alfa.example/s)")),
        "PASS 1",
    ),
    ("SMS-2", "T1", untold("T1", "CO"), "FAIL 1"),
    ("SMS-5", "B2", unchanged, "PASS 1"),
    ("SMS-5", "B2", unregistered, "INCONCLUSIVE 0"),
    ("SMS-5", "B2", change(SMS, "B2", text="senza", link=None), "NOT_EXERCISED 0"),  # SMS-1's matter
    ("SMS-5", "B2", change(SMS, "B2", link=None, text="Vada su https://va.alfa.example/x."), "PASS 1"),
    ("UNR-1", "B2", unchanged, "PASS 1"),
    ("UNR-1", "B2", tell("2026-03-03 10:05", "B2", "W08"), "FAIL 2"),
    ("UNR-1", "T1", untold("T1", "W08"), "FAIL 1"),
    ("UNR-1", "T1", UNTOLD, "FAIL 1"),
    ("UNR-1", "T1", LEFT_OPEN, "FAIL 1"),
    ("UNR-1", "T1", all_of(LEFT_OPEN, add("2026-03-12 10:00", VISIT, "T1", slot=band("2026-03-12"))), "FAIL 1"),
    ("UNR-1", "T1", all_of(LEFT_OPEN, cancel("T1", "2026-03-03 11:00")), "NOT_EXERCISED 0"),
    ("UNR-1", "T1", all_of(UNTOLD, ends_at("2026-03-06 10:00")), "FAIL 1"),
    (
        "UNR-1",
        "T1",
        all_of(LEFT_OPEN, add("2026-03-05 10:00", VISIT, "T1", slot=band("2026-03-12")), ends_at("2026-03-06 10:00")),
        "FAIL 1",
    ),
    ("UNR-2", "B2", unchanged, "PASS 1"),
    ("UNR-2", "B2", move("2026-03-03 09:59", "notification.sent", "B2", code="W08"), "FAIL 1: ] -60000 ms off"),
    ("UNR-2", "B2", move("2026-03-03 16:30", "notification.sent", "B2", code="W08"), "FAIL 1"),
    ("UNR-2", "B2", without(SMS, "B2"), "FAIL 1"),
    ("LINK-3", "B2", unchanged, "PASS 1"),
    ("LINK-3", "B2", without(CONFIRM, "B2"), "FAIL 2"),
    ("LINK-3", "T1", unchanged, "NOT_EXERCISED 0"),
]
ENGAGED_UNDER: list[RowUnder] = [
    ("SMS-1", "B2", READY_AGAIN, {"reengage": "yes"}, "PASS 2"),
    ("SMS-1", "B2", sms("2026-03-03 10:05", "B2", "engagement"), {"reengage": "yes"}, "FAIL 2"),
    ("SMS-1", "B2", change(RECEIVED, "B2", phone="+390612345678"), {"bad_number": "fail"}, "NOT_EXERCISED 0"),
    (
        "UNR-1",
        "T1",
        all_of(LEFT_OPEN, decline("T1", "2026-03-03 12:00")),
        {"first_notice_unconditional": "no"},
        "NOT_EXERCISED 0",
    ),
    (
        "UNR-1",
        "T1",
        move("2026-03-04 14:45", "notification.sent", "T1", code="W08"),
        {"first_notice_unconditional": "no"},
        "PASS 1",
    ),
    ("UNR-1", "T1", move("2026-03-04 14:45", "notification.sent", "T1", code="W08"), {}, "WARNING 1"),
]
