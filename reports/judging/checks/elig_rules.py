"""ELIG: which orders are in the service, and where every order should be routed.

What lives here: the judge's own routing, from codes, service, line, operator and date, and the checkers of ELIG-1..7.
It must not know what happens to an order once it is in the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any

from reports.facts import (
    ACTIVATION,
    DISAGGREGATED,
    ELSEWHERE,
    ENGAGEMENT,
    IN_SERVICE,
    INACTIVE_LINE,
    ORDINARY,
    SERVICES,
    is_copper,
)
from reports.judging.checker_interface import Case, Judged, described, order_checker
from reports.judging.events import Event, OrderStory
from reports.judging.readings import Readings
from reports.rome_time import day_of, instant_at
from reports.words.messages import Words, either, say

IN_FORCE_SINCE = date(2020, 6, 1)
BARRING = ("ELIG-1", "ELIG-2", "ELIG-3", "ELIG-4", "ELIG-7")
NOTHING: frozenset[str] = frozenset()
SIX_SERVICES, INACTIVE, REGULATED = say("elig.six_services"), say("elig.inactive_line"), say("elig.regulated")
FOURTH_REFERENT, SINCE = say("elig.fourth_referent"), say("elig.since")
REJECTED = frozenset({"rejected"})
SERVICE, OF_DISAGGREGATED, OF_ORDINARY = (frozenset({flow}) for flow in (IN_SERVICE, DISAGGREGATED, ORDINARY))


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an order as they count for its operator; `effective` where one of them is its own."""

    project: bool
    delivery: bool
    unknown: bool
    effective: bool


def codes_of(data: Mapping[str, Any], operator: Mapping[str, Any]) -> Codes:
    project, delivery = data.get("project_code"), data.get("delivery_code")
    known_project = bool(project) and project in operator["project_codes"]
    known_delivery = bool(delivery) and delivery in operator["delivery_codes"]
    unknown = bool(project and not known_project) or bool(delivery and not known_delivery)
    return Codes(known_project, known_delivery, unknown, known_project or known_delivery)


def codes_in(case: Case, received: Event, operator: Mapping[str, Any]) -> Codes:
    """The codes of the order of a case."""
    known: Codes | None = case.order.worked_out.get("codes")
    if known is None:
        known = case.order.worked_out["codes"] = codes_of(received.data, operator)
    return known


def obstacles(received: Event, operator: Mapping[str, Any]) -> frozenset[str]:
    """The ELIG rules that keep this order out of the service."""
    data = received.data
    bars = (
        data["service"] not in SERVICES or data.get("activity", ACTIVATION) != ACTIVATION,
        data["line_state"] != INACTIVE_LINE,
        not operator["regulated_access"],
        not operator["uses_4th_referent"],
        day_of(received.at) < IN_FORCE_SINCE,
    )
    return frozenset(compress(BARRING, bars)) if True in bars else NOTHING


def barriers_of(case: Case, received: Event, operator: Mapping[str, Any]) -> frozenset[str]:
    """The ELIG rules that keep the order of a case out of the service."""
    known: frozenset[str] | None = case.order.worked_out.get("barriers")
    if known is None:
        known = case.order.worked_out["barriers"] = obstacles(received, operator)
    return known


def written_codes(received: Event) -> bool:
    """Whether the order carries a code at all, the operator's or not."""
    return bool(received.data.get("project_code") or received.data.get("delivery_code"))


def registration_at_receipt(case: Case) -> Mapping[str, Any] | None:
    """The registration of the operator when it handed the order in; None if either was not seen."""
    order = case.order
    known: Mapping[str, Any] | None = order.worked_out.get("registration")
    if known is None and order.received is not None:
        known = order.worked_out["registration"] = case.registration(order.received)
    return known


def allowed_flows(case: Case, readings: Readings) -> frozenset[str] | None:
    """Where an order without obstacles may go; None if its operator or its arrival was not seen."""
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or operator is None:
        return None
    data, codes = received.data, codes_in(case, received, operator)
    base = OF_DISAGGREGATED if data["disaggregated"] else OF_ORDINARY
    if data.get("project_code") and data.get("delivery_code") and readings["both_codes"] == "reject":
        return REJECTED if codes.project and codes.delivery else REJECTED | _by_codes(data, codes, base, readings)
    if codes.unknown and readings["unknown_code"] == "reject":
        return REJECTED | _by_codes(data, codes, base, readings) if codes.effective else REJECTED
    return _by_codes(data, codes, base, readings)


def _by_codes(data: Mapping[str, Any], codes: Codes, base: frozenset[str], readings: Readings) -> frozenset[str]:
    if codes.project:
        return SERVICE
    if codes.delivery:
        return base if _delivery_ignored(data, readings) else SERVICE
    return base


def _delivery_ignored(data: Mapping[str, Any], readings: Readings) -> bool:
    if not is_copper(data["service"]) or not data["disaggregated"]:
        return False
    return bool(data["pdc_disaggregated"]) or readings["delivery_scope"] == "any_disaggregated"


def expected_in_service(case: Case) -> bool:
    """Whether the order must be in the service under every reading: one known code, nothing against it."""
    known: bool | None = case.order.worked_out.get("expected_in_service")
    if known is None:
        known = case.order.worked_out["expected_in_service"] = _expected_in_service(case)
    return known


def _expected_in_service(case: Case) -> bool:
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or operator is None or barriers_of(case, received, operator):
        return False
    codes, data = codes_in(case, received, operator), received.data
    if codes.unknown or (data.get("project_code") and data.get("delivery_code")):
        return False
    return codes.project or (codes.delivery and not (is_copper(data["service"]) and data["disaggregated"]))


def routing_event(case: Case) -> Event:
    """The event that shows where the order went."""
    known: Event | None = case.order.worked_out.get("routing")
    if known is None:
        known = case.order.worked_out["routing"] = _routing_event(case.order)
    return known


def _routing_event(order: OrderStory) -> Event:
    routed = order.first("order.routed") or next(iter(order.messages(ENGAGEMENT)), None)
    event = routed or order.first("order.handed_back") or order.received
    assert event is not None
    return event


def _barred(rule: str, expected: Words, case: Case, readings: Readings) -> Iterator[Judged]:
    """One of the barriers, and what it expects."""
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or not written_codes(received):
        return
    if operator is None:
        yield case.unregistered(expected, received)
        return
    flow, barriers = case.order.flow, barriers_of(case, received, operator)
    codes = codes_in(case, received, operator)
    if not codes.effective or flow is None or (rule not in barriers and (barriers or flow != IN_SERVICE)):
        return
    if not barriers:
        yield case.kept(received)
        return
    both = bool(received.data.get("project_code") and received.data.get("delivery_code"))
    if flow != IN_SERVICE and both:
        return
    allowed = REJECTED if readings["ineligible"] == "reject" else ELSEWHERE
    yield case.kept_if(flow in allowed, expected, described(routing_event(case)), received, routing_event(case))


@order_checker("ELIG-1")
def six_services(case: Case, readings: Readings) -> Iterator[Judged]:
    return _barred("ELIG-1", SIX_SERVICES, case, readings)


@order_checker("ELIG-2")
def inactive_line(case: Case, readings: Readings) -> Iterator[Judged]:
    return _barred("ELIG-2", INACTIVE, case, readings)


@order_checker("ELIG-3")
def regulated_access(case: Case, readings: Readings) -> Iterator[Judged]:
    return _barred("ELIG-3", REGULATED, case, readings)


@order_checker("ELIG-4")
def fourth_referent(case: Case, readings: Readings) -> Iterator[Judged]:
    return _barred("ELIG-4", FOURTH_REFERENT, case, readings)


@order_checker("ELIG-5")
def own_code(case: Case, readings: Readings) -> Iterator[Judged]:
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or case.order.flow is None or not written_codes(received):
        return
    if operator is None:
        yield case.unregistered(say("elig.codes"), received)
        return
    if barriers_of(case, received, operator):
        return
    allowed = allowed_flows(case, readings)
    if allowed is None:
        return
    if case.order.flow in allowed:
        yield case.kept(received)
    else:
        expected = say("elig.by_codes", flows=either(sorted(allowed)))
        yield case.broken(expected, described(routing_event(case)), received, routing_event(case))


@order_checker("ELIG-6")
def opt_in_per_order(case: Case, readings: Readings) -> Iterator[Judged]:
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or case.order.flow is None:
        return
    if operator is None and (written_codes(received) or case.order.flow == "rejected"):
        yield case.unregistered(say("elig.code"), received)
        return
    if operator is None or not written_codes(received):
        allowed = ELSEWHERE
        if operator is not None and barriers_of(case, received, operator) and readings["ineligible"] == "reject":
            allowed |= REJECTED
    elif expected_in_service(case):
        allowed = SERVICE
    else:
        return
    if case.order.flow in allowed:
        yield case.kept(received)
    else:
        expected = say("elig.by_code", flows=either(sorted(allowed)))
        yield case.broken(expected, described(routing_event(case)), received, routing_event(case))


@order_checker("ELIG-7")
def in_force(case: Case, readings: Readings) -> Iterator[Judged]:
    for judged in _barred("ELIG-7", SINCE, case, readings):
        received = case.order.received
        if judged.verdict != "FAIL" or received is None:
            yield judged
            continue
        start, seen = instant_at(IN_FORCE_SINCE), (received, routing_event(case))
        yield case.broken(judged.expected, judged.observed, *seen, deadline=start, at=received.at)
