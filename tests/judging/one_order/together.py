"""INV, UNR-3 and the links: what follows from the rules together, the suspension, and who can use what."""

from __future__ import annotations

from tests.judging.changes import add, all_of, change, move, refused, row, sms, tell, unchanged, without
from tests.judging.one_order.changes import (
    BACK,
    CONFIRM,
    MOVED,
    VISIT,
    Row,
    RowUnder,
    back,
    cancel,
    confirm,
    decline,
    ends_at,
    untold,
)
from tests.judging.one_order.files import file, handed_in, unreadable
from tests.judging.one_order.routing import OURS, SMS, order, unregistered
from tests.judging.traces import PHONE, Event, band, find

SUSPENDED, RESUMED = "sla.suspended", "sla.resumed"

BROKEN_LINK = refused("2026-03-03 12:00", "T1", "open", "unknown_link")
SECOND_ROW = add(
    "2026-03-04 09:00",
    "csv.deposited",
    "/ALFA/T1.csv",
    operator="ALFA",
    path="/ALFA/second.csv",
    rows=[{"order": "T1", "date": "03/03/2026", "link": "https://va.alfa.example/sT1", "phone": PHONE}],
)


def elsewhere(events: list[Event]) -> str:
    """B2 is confirmed, though not in the Virtual Agent."""
    find(events, CONFIRM, "B2")["source"] = "/intake"
    return ""


def unpublished(events: list[Event]) -> str:
    events[:] = [event for event in events if event["type"] != "slots.published"]
    return ""


TOGETHER: list[Row] = [
    ("INV-1", "B2", unchanged, "PASS 2"),
    ("INV-1", "B2", tell("2026-03-04 10:00", "B2", "PA"), "FAIL 3"),
    ("INV-2", "B2", unchanged, "PASS 1"),
    ("INV-2", "T1", unchanged, "PASS 1"),
    ("INV-2", "R1", unchanged, "PASS 1"),
    ("INV-2", "B2", tell("2026-03-06 00:00", "B2", "W24"), "FAIL 1"),
    ("INV-2", "R1", all_of(untold("R1", "W24"), without(BACK, "R1"), confirm("R1", "2026-03-03 18:00")), "FAIL 1"),
    ("INV-2", "T1", add("2026-03-06 00:01", BACK, "T1", reason="timeout"), "FAIL 1"),
    ("INV-2", "T1", all_of(untold("T1", "W24"), without(BACK, "T1")), "FAIL 1"),
    ("INV-2", "T1", all_of(untold("T1", "W24"), without(BACK, "T1"), cancel("T1", "2026-03-04 10:00")), "PASS 1"),
    ("INV-2", "T1", confirm("T1", "2026-03-06 00:00"), "PASS 1"),  # BOOK-1's matter
    ("INV-3", "B2", unchanged, "PASS 1"),
    ("INV-3", "B2", without("sms.sent", "B2", kind="engagement"), "FAIL 1"),
    ("INV-3", "B2", move("2026-03-03 09:59", "notification.sent", "B2", code="W08"), "FAIL 1"),
    ("INV-3", "F1", order("ordinary"), "PASS 1"),
    ("INV-3", "F1", all_of(order("ordinary"), sms("2026-03-04 10:00", "F1", "reminder")), "FAIL 1"),
    (
        "INV-3",
        "F1",
        all_of(order("service"), sms("2026-03-03 10:00", "F1", "engagement"), tell("2026-03-03 10:01", "F1", "W08")),
        "PASS 1",
    ),
    ("INV-3", "F1", all_of(order("service"), sms("2026-03-03 10:00", "F1", "engagement")), "NOT_EXERCISED 0"),
    ("INV-3", "F1", add("2026-03-03 12:00", "agent.opened", "F1", channel="customer"), "NOT_EXERCISED 0"),
    ("INV-3", "T1", unreadable("2026-03-03 09:00", ("T1", "x")), "PASS 1"),
    ("INV-3", "T1", file("2026-03-03 09:00", "T1"), "FAIL 1"),
    ("INV-4", "B2", unchanged, "PASS 1"),
    ("INV-4", "T1", unchanged, "PASS 1"),
    ("INV-4", "B2", tell("2026-03-06 00:00", "B2", "W24"), "FAIL 1"),
    ("INV-4", "F1", order("ordinary"), "NOT_EXERCISED 0"),
    ("INV-5", "B2", unchanged, "PASS 3"),
    ("INV-5", "B2", without("order.received", "B2"), "FAIL 1"),
    ("INV-5", "B2", untold("B2", "CO"), "FAIL 2"),
    ("INV-5", "B2", change("notification.sent", "B2", operator="BETA"), "FAIL 3"),
    ("INV-5", "B2", move("2026-03-03 16:30", "notification.sent", "B2", code="W08"), "FAIL 3"),
    ("INV-5", "B2", move("2026-03-02 07:59", "notification.sent", "B2", code="CO"), "FAIL 3"),
    ("INV-5", "F1", unreadable("2026-03-03 14:00", ("F1", "x")), "NOT_EXERCISED 0"),
    ("INV-5", "F1", file("2026-03-03 14:00", "F1"), "FAIL 1"),
    ("INV-5", "B2", handed_in("2026-03-02 09:00", "B2", "ALFA"), "FAIL 4"),
    ("INV-5", "T1", file("2026-03-02 08:00", "T1"), "PASS 3"),
    (
        "INV-5",
        "T1",
        all_of(refused("2026-03-02 07:00", "T1", "open", "unknown_link"), file("2026-03-02 08:00", "T1")),
        "PASS 3",
    ),
    ("INV-5", "T1", unreadable("2026-03-02 07:00", ("T1", "x")), "PASS 3"),
    ("INV-5", "T1", file("2026-03-02 07:00", "T1"), "FAIL 4: csv.deposited"),
    (
        "INV-5",
        "T1",
        all_of(file("2026-03-02 07:01", "T1"), add("2026-03-02 07:00", "agent.opened", "T1", channel="customer")),
        "FAIL 4: agent.opened",
    ),
    ("INV-5", "F1", refused("2026-03-03 12:00", "F1", "open", "unknown_link"), "NOT_EXERCISED 0"),
    ("INV-5", "F1", add("2026-03-03 12:00", "agent.opened", "F1", channel="customer"), "FAIL 1"),
    ("INV-6", "B2", unpublished, "NOT_EXERCISED 0"),
    ("INV-6", "B2", move("2026-03-01 00:00", "trace.observes", ""), "PASS 1"),
    ("INV-6", "T1", refused("2026-03-04 10:00", "T1", "confirm", "slot_taken"), "NOT_EXERCISED 0"),
    ("INV-6", "B2", unchanged, "PASS 1"),
    ("INV-6", "B2", refused("2026-03-03 15:00", "B2", "confirm", "slot_taken", slot=band("2026-03-12")), "FAIL 2"),
    ("INV-6", "B2", change("slots.published", "", capacity=0), "FAIL 1"),
    ("INV-6", "B2", change("slots.published", "", capacity=1), "PASS 1"),
    ("UNR-3", "T1", unchanged, "PASS 1"),
    ("UNR-3", "B2", unchanged, "PASS 2"),
    ("UNR-3", "T1", without(SUSPENDED, "T1"), "FAIL 1"),
    ("UNR-3", "T1", move("2026-03-03 10:00:00.001", SUSPENDED, "T1"), "FAIL 1"),
    ("UNR-3", "T1", change(SUSPENDED, "T1", code="Z18"), "FAIL 2: unr.own_family + unr.no_suspension"),
    ("UNR-3", "T1", untold("T1", "W08"), "FAIL 1"),
    ("UNR-3", "T1", tell("2026-03-04 10:00", "T1", "W08"), "PASS 1"),
    (
        "UNR-3",
        "T1",
        all_of(tell("2026-03-04 10:00", "T1", "W08"), add("2026-03-04 10:01", SUSPENDED, "T1", code="W08")),
        "PASS 1",
    ),
    ("UNR-3", "T1", add("2026-03-07 10:00", RESUMED, "T1", cause="visit"), "FAIL 2"),
    ("UNR-3", "T1", add("2026-03-04 10:00", RESUMED, "T1", cause="visit"), "FAIL 2"),
    (
        "UNR-3",
        "T1",
        all_of(cancel("T1", "2026-03-06 10:00"), add("2026-03-07 10:00", RESUMED, "T1", cause="cancelled")),
        "PASS 1",
    ),
    ("UNR-3", "B2", without(RESUMED, "B2"), "FAIL 2"),
    ("UNR-3", "B2", all_of(without(RESUMED, "B2"), ends_at("2026-03-11 10:00")), "PASS 1"),
    ("UNR-3", "B2", all_of(without(RESUMED, "B2"), ends_at("2026-03-11 10:00:00.001")), "FAIL 2"),
    ("UNR-3", "B2", all_of(move("2026-03-05 10:00", RESUMED, "B2"), cancel("B2", "2026-03-05 10:00")), "PASS 1"),
    ("UNR-3", "B2", move("2026-03-11 10:20", VISIT, "B2"), "PASS 2"),
    ("UNR-3", "B1", all_of(move("2026-03-10 11:00", MOVED, "B1"), move("2026-03-10 10:00", RESUMED, "B1")), "PASS 2"),
    ("UNR-3", "B1", move("2026-03-10 10:00", MOVED, "B1"), "PASS 2"),
    ("UNR-3", "B1", all_of(without(RESUMED, "B1"), without(VISIT, "B1"), cancel("B1", "2026-03-11 10:00")), "PASS 1"),
    ("UNR-3", "B2", move("2026-03-11 10:00:00.001", RESUMED, "B2"), "FAIL 2"),
    ("UNR-3", "B2", all_of(without(RESUMED, "B2"), cancel("B2", "2026-03-11 10:00")), "PASS 1"),
    ("UNR-3", "B2", all_of(without(RESUMED, "B2"), cancel("B2", "2026-03-11 10:00:00.001")), "FAIL 2"),
    ("LINK-1", "B2", unchanged, "PASS 2"),
    ("LINK-1", "B2", row("B2", link="https://va.beta.example/x"), "FAIL 2"),
    ("LINK-1", "B2", row("B2", link="https://sub.va.alfa.example/x"), "FAIL 2"),
    ("LINK-1", "B2", row("B2", link="https://va.alfa.example./x"), "PASS 2"),
    ("LINK-1", "B2", row("B2", link="va.alfa.example/x"), "PASS 2"),
    ("LINK-1", "B2", unregistered, "INCONCLUSIVE 0"),
    ("LINK-1", "B2", change(SMS, "B2", link="https://va.beta.example/x"), "FAIL 2"),
    ("LINK-1", "B2", change(SMS, "B2", link=None), "PASS 2"),
    ("LINK-1", "B2", row("B2", link="https://[va"), "FAIL 2"),
    ("LINK-1", "B2", row("B2", link="https:///x"), "FAIL 2"),
    ("LINK-1", "B2", move("2026-03-03 12:00", "operator.registered", "ALFA"), "INCONCLUSIVE 1"),
    (
        "LINK-1",
        "B2",
        all_of(
            change("operator.registered", "ALFA", rendez_vous_domain="rv.example"),
            row("B2", link="https://rv.example/x"),
        ),
        "PASS 2",
    ),
    ("LINK-2", "B2", move("2026-03-03 12:00", "operator.registered", "ALFA"), "INCONCLUSIVE 1"),
    ("LINK-2", "B2", unchanged, "PASS 2"),
    ("LINK-2", "B2", change("operator.registered", "ALFA", rendez_vous_domain=None), "NOT_EXERCISED 0"),
    ("LINK-2", "B2", change("operator.registered", "ALFA", rendez_vous_domain="rv.example"), "FAIL 2"),
    ("LINK-3", "B2", change(CONFIRM, "B2", channel="operator"), "PASS 1"),
    ("LINK-3", "B2", elsewhere, "FAIL 1: link.through_agent link.by_source by"),
    ("LINK-3", "F1", all_of(order("ordinary"), confirm("F1", "2026-03-04 10:00")), "NOT_EXERCISED 0"),
    (
        "LINK-3",
        "F1",
        all_of(order("service", project_code=OURS), add("2026-03-11 10:00", VISIT, "F1", slot=band("2026-03-11"))),
        "FAIL 1",
    ),
    (
        "LINK-3",
        "B2",
        all_of(
            without(CONFIRM, "B2"),
            tell("2026-03-03 16:10", "B2", "W09"),
            add("2026-03-11 10:30", VISIT, "B2", slot=band("2026-03-11")),
        ),
        "FAIL 2",
    ),
    ("LINK-4", "T1", all_of(cancel("T1", "2026-03-03 11:00"), BROKEN_LINK), "NOT_EXERCISED 0"),
    ("LINK-4", "T1", all_of(back("T1", "2026-03-03 11:00", "withdrawn"), BROKEN_LINK), "NOT_EXERCISED 0"),
    (
        "LINK-4",
        "T1",
        all_of(add("2026-03-03 11:00", VISIT, "T1", slot=band("2026-03-03")), BROKEN_LINK),
        "NOT_EXERCISED 0",
    ),
    ("LINK-4", "T1", all_of(without(SMS, "T1"), BROKEN_LINK), "NOT_EXERCISED 0"),
    (
        "LINK-4",
        "T1",
        all_of(without(BACK, "T1"), refused("2026-03-06 00:00", "T1", "open", "unknown_link")),
        "NOT_EXERCISED 0",
    ),
    (
        "LINK-4",
        "T1",
        all_of(
            refused("2026-03-03 11:00", "T1", "open", "unknown_link", link="https://va.alfa.example/guessed"),
            BROKEN_LINK,
        ),
        "FAIL 1",
    ),
    ("LINK-4", "T1", all_of(refused("2026-03-03 11:00", "T1", "confirm", "slot_taken"), BROKEN_LINK), "FAIL 1"),
    ("LINK-4", "T1", row("T1", link="https://va.alfa.example/sT1"), "FAIL 1: link.each link by"),
    ("LINK-4", "T1", all_of(row("T1", link="https://rv.example/sT1"), SECOND_ROW), "FAIL 1"),
    ("LINK-4", "B2", unchanged, "PASS 1"),
    ("LINK-4", "T1", unchanged, "NOT_EXERCISED 0"),
    ("LINK-4", "T1", refused("2026-03-03 12:00", "T1", "open", "unknown_link"), "FAIL 1"),
    ("LINK-4", "T1", refused("2026-03-03 12:00", "T1", "confirm", "unknown_link"), "FAIL 1"),
    ("LINK-4", "T1", refused("2026-03-03 12:00", "T1", "confirm", "slot_taken"), "NOT_EXERCISED 0"),
    ("LINK-4", "T1", refused("2026-03-06 00:00", "T1", "open", "unknown_link"), "NOT_EXERCISED 0"),
    ("LINK-4", "T1", refused("2026-03-05 23:59:59.999", "T1", "open", "unknown_link"), "FAIL 1"),
    ("LINK-4", "B2", refused("2026-03-10 17:59:59.999", "B2", "open", "unknown_link"), "FAIL 2"),
    ("LINK-4", "B2", refused("2026-03-10 18:00", "B2", "open", "unknown_link"), "PASS 1"),
    (
        "LINK-4",
        "T1",
        all_of(decline("T1", "2026-03-03 11:00"), refused("2026-03-03 12:00", "T1", "open", "unknown_link")),
        "PASS 1",
    ),
    (
        "LINK-4",
        "T1",
        refused("2026-03-03 12:00", "T1", "open", "unknown_link", link="https://va.alfa.example/guessed"),
        "NOT_EXERCISED 0",
    ),
]
TOGETHER_UNDER: list[RowUnder] = [
    ("LINK-4", "T1", unchanged, {"link_identity": "shared"}, "FAIL 1: link.shared link by"),
    ("LINK-4", "T1", row("T1", link="https://va.alfa.example/sT1"), {"link_identity": "shared"}, "NOT_EXERCISED 0"),
    ("LINK-4", "T1", row("T1", link="https://rv.example/sT1"), {"link_identity": "shared"}, "NOT_EXERCISED 0"),
    ("LINK-4", "T1", row("T1", link="https://va.alfa.example/x/sT1"), {"link_identity": "shared"}, "FAIL 1"),
    ("LINK-4", "T1", row("T1", link="https://rv.example/?u=x://y/sT1"), {"link_identity": "shared"}, "FAIL 1"),
    ("LINK-4", "T1", row("T1", link=""), {"link_identity": "shared"}, "NOT_EXERCISED 0"),
    ("LINK-4", "T1", without(SMS, "T1"), {"link_identity": "shared"}, "NOT_EXERCISED 0"),
    ("LINK-1", "B2", row("B2", link="https://sub.va.alfa.example/x"), {"domain_match": "subdomain"}, "PASS 2"),
    ("LINK-1", "B2", row("B2", link="https://subva.alfa.example/x"), {"domain_match": "subdomain"}, "FAIL 2"),
    ("UNR-3", "B2", unchanged, {"sla_resume": "booking"}, "FAIL 2"),
    ("UNR-3", "B2", move("2026-03-03 16:00", RESUMED, "B2"), {"sla_resume": "booking"}, "PASS 2"),
    ("UNR-3", "B2", move("2026-03-11 10:20", VISIT, "B2"), {"sla_resume": "visit"}, "FAIL 2"),
    ("UNR-3", "B2", unchanged, {"sla_resume": "visit"}, "PASS 2"),
    ("UNR-3", "B2", without(VISIT, "B2"), {"sla_resume": "visit"}, "PASS 1"),
    (
        "INV-2",
        "R1",
        all_of(untold("R1", "W24"), without(BACK, "R1"), confirm("R1", "2026-03-03 18:00")),
        {"refusal_final": "no"},
        "PASS 1",
    ),
]
