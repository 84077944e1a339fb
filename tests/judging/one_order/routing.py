"""ELIG and ROUTE: which orders are in the service, and which are not."""

from __future__ import annotations

from typing import Any

from tests.judging.changes import Mutation, add, all_of, change, move, put, tell, unchanged
from tests.judging.one_order.changes import BACK, VISIT, Row, RowUnder, cancel
from tests.judging.traces import PHONE, Event, band

RECEIVED, SMS = "order.received", "sms.sent"
OURS, THEIRS = "PRJ-ALFA", "PRJ-BETA"
ULL: dict[str, Any] = {"service": "ULL"}
WHOLE: dict[str, Any] = {"disaggregated": True, "pdc_disaggregated": True}


def order(flow: str, /, **members: Any) -> Mutation:
    """F1 is handed in and goes where it goes; `rejected` hands it back, `` shows nothing."""

    def apply(events: list[Event]) -> str:
        data: dict[str, Any] = {"operator": "ALFA", "service": "VULA_FTTH", "line_state": "LNA", "phone": PHONE}
        data |= {"disaggregated": False, "pdc_disaggregated": False, **members}
        identity = put(events, "2026-03-02 08:00", RECEIVED, "F1", **data)
        if flow == "rejected":
            put(events, "2026-03-02 08:00", BACK, "F1", operator="ALFA", reason="not eligible")
        elif flow:
            put(events, "2026-03-02 08:00", "order.routed", "F1", flow=flow, diagnostics=[])
        return identity

    return apply


def unregistered(events: list[Event]) -> str:
    events[:] = [event for event in events if event["type"] != "operator.registered"]
    return ""


def handed_in(moment: str, routed: str, **members: Any) -> Mutation:
    """An order of the service that came then and was routed then."""
    came = order("service", project_code=OURS, **members)
    long_ago = move("2020-05-01 08:00", "operator.registered", "ALFA")
    return all_of(came, long_ago, move(moment, RECEIVED, "F1"), move(routed, "order.routed", "F1"))


def bought(**members: bool) -> Mutation:
    """What the operator has bought of TIM, or not."""
    return change("operator.registered", "ALFA", **members)


AGAINST_IT = all_of(  # all that keeps an order out of the service, at once
    handed_in("2020-05-31 08:00", "2020-05-31 08:00", activity="cessation", line_state="LA"),
    bought(regulated_access=False, uses_4th_referent=False),
)
ENGAGED = add("2026-03-03 10:30", SMS, "F1", kind="engagement", to=PHONE, alias="ALFA", text="x", segments=1)
OFFERED = add("2026-03-03 10:00", "commercial_service.started", "F1", name="info_care")
CALLED = add("2026-03-03 10:00", "contact_policy.started", "F1", attempt=1)

IN_SERVICE = order("service", project_code=OURS)
ASIDE = order("disaggregated", **ULL, **WHOLE, delivery_code="DEL-ALFA")
READY = tell("2026-03-03 10:00", "F1", "CO")

ROUTED: list[Row] = [
    ("ELIG-7", "F1", handed_in("2020-06-01 00:00", "2020-06-01 00:00"), "PASS 1"),
    ("ELIG-7", "F1", handed_in("2020-05-31 23:59:59.999", "2020-06-02 00:00"), "FAIL 1: ] -1 ms off"),
    ("ELIG-5", "F1", handed_in("2020-06-01 00:00", "2020-06-01 00:00"), "PASS 1"),
    *((rule, "F1", AGAINST_IT, "FAIL 1") for rule in ("ELIG-1", "ELIG-2", "ELIG-3", "ELIG-4")),
    ("ELIG-7", "F1", AGAINST_IT, "FAIL 1: ] -57600000 ms off"),
    ("ELIG-7", "F1", all_of(unregistered, IN_SERVICE), "INCONCLUSIVE 0"),
    ("ELIG-6", "F1", order(""), "NOT_EXERCISED 0"),
    ("ELIG-2", "F1", order("ordinary", project_code=OURS, line_state="LA", activity="cessation"), "PASS 1"),
    ("ELIG-1", "F1", IN_SERVICE, "PASS 1"),
    ("ELIG-1", "F1", order("ordinary", project_code=OURS, activity="cessation"), "PASS 1"),
    ("ELIG-1", "F1", order("service", project_code=OURS, activity="cessation"), "FAIL 1"),
    ("ELIG-1", "F1", order("ordinary", activity="cessation"), "NOT_EXERCISED 0"),
    ("ELIG-1", "F1", order("ordinary", project_code=THEIRS, activity="cessation"), "NOT_EXERCISED 0"),
    ("ELIG-1", "F1", order("", project_code=OURS, activity="cessation"), "NOT_EXERCISED 0"),
    ("ELIG-1", "F1", all_of(unregistered, IN_SERVICE), "INCONCLUSIVE 0"),
    ("ELIG-1", "F1", all_of(unregistered, order("ordinary")), "NOT_EXERCISED 0"),
    ("ELIG-2", "F1", order("service", project_code=OURS, line_state="LA"), "FAIL 1"),
    ("ELIG-2", "F1", order("ordinary", project_code=OURS, line_state="LA"), "PASS 1"),
    ("ELIG-2", "F1", order("rejected", project_code=OURS, line_state="LA"), "FAIL 1"),
    ("ELIG-1", "F1", order("ordinary", project_code=OURS, line_state="LA"), "NOT_EXERCISED 0"),
    (
        "ELIG-2",
        "F1",
        order("ordinary", project_code=OURS, delivery_code="DEL-ALFA", line_state="LA"),
        "NOT_EXERCISED 0",
    ),
    (
        "ELIG-2",
        "F1",
        order("ordinary", project_code=OURS, delivery_code="DEL-BETA", line_state="LA"),
        "NOT_EXERCISED 0",
    ),
    ("ELIG-1", "F1", order("service", project_code=OURS, line_state="LA"), "NOT_EXERCISED 0"),
    ("ELIG-3", "F1", all_of(bought(regulated_access=False), IN_SERVICE), "FAIL 1"),
    ("ELIG-3", "F1", all_of(bought(regulated_access=False), order("ordinary", project_code=OURS)), "PASS 1"),
    ("ELIG-4", "F1", all_of(bought(uses_4th_referent=False), IN_SERVICE), "FAIL 1"),
    ("ELIG-4", "F1", all_of(bought(uses_4th_referent=False), order("ordinary", project_code=OURS)), "PASS 1"),
    ("ELIG-5", "F1", order("disaggregated", **ULL, disaggregated=True, delivery_code="DEL-ALFA"), "PASS 1"),
    ("ELIG-5", "F1", IN_SERVICE, "PASS 1"),
    ("ELIG-5", "F1", order("ordinary", project_code=OURS), "FAIL 1"),
    ("ELIG-5", "F1", order("service", delivery_code="DEL-ALFA"), "PASS 1"),
    ("ELIG-5", "F1", order("ordinary", delivery_code="DEL-ALFA"), "FAIL 1"),
    ("ELIG-5", "F1", order("ordinary", project_code=THEIRS), "PASS 1"),
    ("ELIG-5", "F1", order("service", project_code=THEIRS), "FAIL 1"),
    ("ELIG-5", "F1", order("rejected", project_code=THEIRS), "FAIL 1"),
    ("ELIG-5", "F1", order("disaggregated", project_code=THEIRS, disaggregated=True), "PASS 1"),
    ("ELIG-5", "F1", order("ordinary", project_code=THEIRS, disaggregated=True), "FAIL 1"),
    ("ELIG-5", "F1", order("service", project_code=OURS, delivery_code="DEL-ALFA"), "PASS 1"),
    ("ELIG-5", "F1", order("rejected", project_code=OURS, delivery_code="DEL-ALFA"), "FAIL 1"),
    ("ELIG-5", "F1", order("service", project_code=THEIRS, delivery_code="DEL-ALFA"), "PASS 1"),
    ("ELIG-5", "F1", order("service", delivery_code="DEL-ALFA", disaggregated=True), "PASS 1"),  # nga
    ("ELIG-5", "F1", ASIDE, "PASS 1"),
    ("ELIG-5", "F1", order("service", **ULL, **WHOLE, delivery_code="DEL-ALFA"), "FAIL 1"),
    ("ELIG-5", "F1", order("service", **ULL, **WHOLE, project_code=OURS), "PASS 1"),
    ("ELIG-5", "F1", order("ordinary"), "NOT_EXERCISED 0"),
    ("ELIG-5", "F1", order("", project_code=OURS), "NOT_EXERCISED 0"),
    ("ELIG-5", "F1", order("ordinary", project_code=OURS, line_state="LA"), "NOT_EXERCISED 0"),
    ("ELIG-5", "F1", all_of(unregistered, IN_SERVICE), "INCONCLUSIVE 0"),
    ("ELIG-6", "F1", IN_SERVICE, "PASS 1"),
    ("ELIG-6", "F1", order("ordinary", project_code=OURS), "FAIL 1"),
    ("ELIG-6", "F1", order("ordinary"), "PASS 1"),
    ("ELIG-6", "F1", order("service"), "FAIL 1"),
    ("ELIG-6", "F1", order("rejected"), "FAIL 1"),
    ("ELIG-6", "F1", order("rejected", line_state="LA"), "FAIL 1"),
    ("ELIG-6", "F1", order("ordinary", project_code=THEIRS), "NOT_EXERCISED 0"),
    ("ELIG-6", "F1", order("service", project_code=OURS, delivery_code="DEL-ALFA"), "NOT_EXERCISED 0"),
    ("ELIG-6", "F1", order("service", delivery_code="DEL-ALFA", disaggregated=True), "PASS 1"),
    ("ELIG-6", "F1", order("service", **ULL, delivery_code="DEL-ALFA"), "PASS 1"),
    ("ELIG-6", "F1", ASIDE, "NOT_EXERCISED 0"),
    ("ELIG-6", "F1", all_of(unregistered, order("service")), "FAIL 1"),
    ("ELIG-6", "F1", all_of(unregistered, order("rejected")), "INCONCLUSIVE 0"),
    ("ELIG-6", "F1", all_of(unregistered, IN_SERVICE), "INCONCLUSIVE 0"),
    ("ROUTE-5", "F1", order("service", **ULL, **WHOLE, project_code=OURS), "PASS 1"),
    ("ROUTE-5", "F1", order("disaggregated", **ULL, **WHOLE, project_code=OURS), "FAIL 1"),
    ("ROUTE-5", "F1", order("service", **ULL, project_code=OURS), "NOT_EXERCISED 0"),
    ("ROUTE-5", "F1", order("service", **WHOLE, project_code=OURS), "NOT_EXERCISED 0"),  # nga
    ("ROUTE-5", "F1", all_of(unregistered, order("service", **ULL, **WHOLE, project_code=OURS)), "INCONCLUSIVE 0"),
    ("ROUTE-5", "F1", all_of(unregistered, ASIDE), "NOT_EXERCISED 0"),
    ("ROUTE-6", "F1", ASIDE, "PASS 1"),
    ("ROUTE-6", "F1", order("service", **ULL, **WHOLE, delivery_code="DEL-ALFA", project_code=OURS), "NOT_EXERCISED 0"),
    ("ROUTE-6", "F1", all_of(unregistered, ASIDE), "INCONCLUSIVE 0"),
    ("ROUTE-1", "F1", all_of(unregistered, order("ordinary", project_code=OURS), CALLED), "INCONCLUSIVE 0"),
    ("ROUTE-1", "F1", all_of(unregistered, IN_SERVICE, CALLED), "FAIL 1"),
    ("ROUTE-1", "F1", all_of(unregistered, order("ordinary"), CALLED), "NOT_EXERCISED 0"),
    ("ROUTE-1", "F1", all_of(unregistered, CALLED), "NOT_EXERCISED 0"),
    ("ROUTE-1", "F1", all_of(READY, CALLED), "NOT_EXERCISED 0"),
    ("ROUTE-1", "F1", all_of(order("service", project_code=THEIRS), CALLED), "NOT_EXERCISED 0"),
    ("ROUTE-1", "F1", order("service", project_code=OURS, delivery_code="DEL-ALFA"), "PASS 1"),
    (
        "ROUTE-1",
        "F1",
        all_of(order("ordinary", project_code=OURS, delivery_code="DEL-ALFA"), CALLED),
        "NOT_EXERCISED 0",
    ),
    ("ROUTE-2", "F1", all_of(IN_SERVICE, OFFERED), "PASS 1"),
    ("ROUTE-4", "F1", all_of(IN_SERVICE, OFFERED), "FAIL 1"),
    ("ROUTE-5", "F1", order("", **ULL, **WHOLE, project_code=OURS), "NOT_EXERCISED 0"),
    ("ROUTE-5", "F1", order("disaggregated", **ULL, **WHOLE, project_code=THEIRS), "NOT_EXERCISED 0"),
    ("ROUTE-5", "F1", order("disaggregated", **ULL, **WHOLE, project_code=OURS, line_state="LA"), "NOT_EXERCISED 0"),
    ("ROUTE-6", "F1", order("disaggregated", **ULL, **WHOLE, delivery_code="DEL-BETA"), "NOT_EXERCISED 0"),
    (
        "ROUTE-6",
        "F1",
        order("disaggregated", **ULL, **WHOLE, delivery_code="DEL-ALFA", line_state="LA"),
        "NOT_EXERCISED 0",
    ),
    (
        "ROUTE-6",
        "F1",
        all_of(ASIDE, tell("2026-03-03 10:00", "F1", "Z18")),
        "FAIL 1: route.flow_only event_detail + notification.sent + Z18",
    ),
    (
        "ROUTE-6",
        "F1",
        all_of(order("service", **ULL, **WHOLE, delivery_code="DEL-ALFA"), tell("2026-03-03 10:00", "F1", "Z18")),
        "FAIL 1: route.flow_only event_detail by + order.routed",
    ),
    (
        "ROUTE-6",
        "F1",
        order("service", **ULL, **WHOLE, delivery_code="DEL-ALFA"),
        "FAIL 1: route.flow event_detail by + order.routed",
    ),
    (
        "ROUTE-6",
        "F1",
        all_of(ASIDE, *(tell("2026-03-03 10:00", "F1", code) for code in ("Z18", "PA", "Z36", "Z18"))),
        "FAIL 1: by ['order.received', 'notification.sent', 'notification.sent', 'notification.sent'] ",
    ),
    ("ROUTE-8", "F1", order("ordinary", project_code=OURS, line_state="LA"), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", order("ordinary", project_code=OURS, delivery_code="DEL-BETA"), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", all_of(unregistered, order("ordinary")), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", all_of(unregistered, IN_SERVICE, tell("2026-03-03 10:00", "F1", "W08")), "PASS 1"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, tell("2026-03-03 10:00", "F1", "W08")), "PASS 1"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, READY, tell("2026-04-10 10:00", "F1", "W08")), "FAIL 1"),
    (
        "ROUTE-8",
        "F1",
        all_of(IN_SERVICE, READY, cancel("F1", "2026-03-04 10:00"), tell("2026-04-10 10:00", "F1", "W08")),
        "PASS 1",
    ),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, ENGAGED), "PASS 1"),
    ("ROUTE-8", "B2", unchanged, "PASS 1"),
    ("ROUTE-8", "F1", order("ordinary", project_code=OURS), "FAIL 1"),
    ("ROUTE-8", "F1", order("ordinary", project_code=THEIRS), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", order("ordinary"), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, add("2026-03-03 10:00", VISIT, "F1", slot=band("2026-03-03"))), "FAIL 1"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, CALLED), "FAIL 1"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, add("2026-03-03 10:00", BACK, "F1", reason="timeout")), "FAIL 1"),
    ("ROUTE-8", "F1", all_of(IN_SERVICE, cancel("F1", "2026-03-03 10:00")), "NOT_EXERCISED 0"),
    ("ROUTE-8", "F1", all_of(unregistered, order("ordinary", project_code=OURS)), "INCONCLUSIVE 0"),
    ("ROUTE-8", "B2", unregistered, "PASS 1"),
]
ROUTED_UNDER: list[RowUnder] = [
    ("ELIG-2", "F1", order("rejected", project_code=OURS, line_state="LA"), {"ineligible": "reject"}, "PASS 1"),
    ("ELIG-2", "F1", order("ordinary", project_code=OURS, line_state="LA"), {"ineligible": "reject"}, "FAIL 1"),
    ("ELIG-6", "F1", order("rejected", line_state="LA"), {"ineligible": "reject"}, "PASS 1"),
    ("ELIG-6", "F1", order("ordinary", line_state="LA"), {"ineligible": "reject"}, "PASS 1"),
    ("ELIG-6", "F1", order("rejected"), {"ineligible": "reject"}, "FAIL 1"),
    ("ELIG-5", "F1", order("rejected", project_code=THEIRS), {"unknown_code": "reject"}, "PASS 1"),
    ("ELIG-5", "F1", order("ordinary", project_code=THEIRS), {"unknown_code": "reject"}, "FAIL 1"),
    (
        "ELIG-5",
        "F1",
        order("service", project_code=THEIRS, delivery_code="DEL-ALFA"),
        {"unknown_code": "reject"},
        "PASS 1",
    ),
    (
        "ELIG-5",
        "F1",
        order("rejected", project_code=THEIRS, delivery_code="DEL-ALFA"),
        {"unknown_code": "reject"},
        "PASS 1",
    ),
    (
        "ELIG-5",
        "F1",
        order("rejected", project_code=OURS, delivery_code="DEL-ALFA"),
        {"both_codes": "reject"},
        "PASS 1",
    ),
    ("ELIG-5", "F1", order("service", project_code=OURS, delivery_code="DEL-ALFA"), {"both_codes": "reject"}, "FAIL 1"),
    ("ELIG-5", "F1", order("service", project_code=OURS, delivery_code="DEL-BETA"), {"both_codes": "reject"}, "PASS 1"),
    (
        "ELIG-5",
        "F1",
        order("service", project_code=THEIRS, delivery_code="DEL-ALFA"),
        {"both_codes": "reject"},
        "PASS 1",
    ),
    (
        "ELIG-5",
        "F1",
        order("service", **ULL, disaggregated=True, delivery_code="DEL-ALFA"),
        {"delivery_scope": "pdc_disaggregated"},
        "PASS 1",
    ),
    (
        "ELIG-5",
        "F1",
        order("service", **ULL, **WHOLE, delivery_code="DEL-ALFA"),
        {"delivery_scope": "pdc_disaggregated"},
        "FAIL 1",
    ),
]
