"""ELIG: which orders are in the service, and where every order should be routed.

What lives here: the judge's own routing, from codes, service, line, operator and date, and the checkers of ELIG-1..7.
It must not know what happens to an order once it is in the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from reports.judging.checker_interface import Case, Judged, Readings, described, order_checker
from reports.judging.events import Event, OrderStory
from reports.rome_time import day_of, instant_at
from reports.words.messages import Words, either, say

IN_FORCE_SINCE = date(2020, 6, 1)
REJECTED = frozenset({"rejected"})
SERVICE = frozenset({IN_SERVICE})


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an order as they count for its operator."""

    project: bool
    delivery: bool
    unknown: bool

    @property
    def effective(self) -> bool:
        return self.project or self.delivery


def codes_of(data: Mapping[str, Any], operator: Mapping[str, Any]) -> Codes:
    project, delivery = data.get("project_code"), data.get("delivery_code")
    known_project = bool(project) and project in operator["project_codes"]
    known_delivery = bool(delivery) and delivery in operator["delivery_codes"]
    unknown = bool(project and not known_project) or bool(delivery and not known_delivery)
    return Codes(known_project, known_delivery, unknown)


def codes_in(case: Case, received: Event, operator: Mapping[str, Any]) -> Codes:
    """The codes of the order of a case."""
    known = case.order.worked_out
    if "codes" not in known:
        known["codes"] = codes_of(received.data, operator)
    codes: Codes = known["codes"]
    return codes


def obstacles(received: Event, operator: Mapping[str, Any]) -> frozenset[str]:
    """The ELIG rules that keep this order out of the service."""
    data = received.data
    barriers = {
        "ELIG-1": data["service"] not in SERVICES or data.get("activity", ACTIVATION) != ACTIVATION,
        "ELIG-2": data["line_state"] != INACTIVE_LINE,
        "ELIG-3": not operator["regulated_access"],
        "ELIG-4": not operator["uses_4th_referent"],
        "ELIG-7": day_of(received.at) < IN_FORCE_SINCE,
    }
    return frozenset(rule for rule, bars in barriers.items() if bars)


def barriers_of(case: Case, received: Event, operator: Mapping[str, Any]) -> frozenset[str]:
    """The ELIG rules that keep the order of a case out of the service."""
    known = case.order.worked_out
    if "barriers" not in known:
        known["barriers"] = obstacles(received, operator)
    barriers: frozenset[str] = known["barriers"]
    return barriers


def written_codes(received: Event) -> bool:
    """Whether the order carries a code at all, the operator's or not."""
    return bool(received.data.get("project_code") or received.data.get("delivery_code"))


def registration_at_receipt(case: Case) -> Mapping[str, Any] | None:
    """The registration of the operator when it handed the order in; None if either was not seen."""
    known = case.order.worked_out
    if "registration" not in known:
        received = case.order.received
        known["registration"] = case.registration(received) if received is not None else None
    registration: Mapping[str, Any] | None = known["registration"]
    return registration


def allowed_flows(case: Case, readings: Readings) -> frozenset[str] | None:
    """Where an order without obstacles may go; None if its operator or its arrival was not seen."""
    received, operator = case.order.received, registration_at_receipt(case)
    if received is None or operator is None:
        return None
    data, codes = received.data, codes_in(case, received, operator)
    base = frozenset({DISAGGREGATED if data["disaggregated"] else ORDINARY})
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
    known = case.order.worked_out
    if "expected_in_service" not in known:
        known["expected_in_service"] = _expected_in_service(case)
    return bool(known["expected_in_service"])


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
    known = case.order.worked_out
    if "routing" not in known:
        known["routing"] = _routing_event(case.order)
    event: Event = known["routing"]
    return event


def _routing_event(order: OrderStory) -> Event:
    routed = order.first("order.routed") or next(iter(order.messages(ENGAGEMENT)), None)
    event = routed or order.first("order.handed_back") or order.received
    assert event is not None
    return event


def _barred(rule: str, expected: Words, case: Case, readings: Readings) -> Iterator[Judged]:
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
    yield from _barred("ELIG-1", say("elig.six_services"), case, readings)


@order_checker("ELIG-2")
def inactive_line(case: Case, readings: Readings) -> Iterator[Judged]:
    yield from _barred("ELIG-2", say("elig.inactive_line"), case, readings)


@order_checker("ELIG-3")
def regulated_access(case: Case, readings: Readings) -> Iterator[Judged]:
    yield from _barred("ELIG-3", say("elig.regulated"), case, readings)


@order_checker("ELIG-4")
def fourth_referent(case: Case, readings: Readings) -> Iterator[Judged]:
    yield from _barred("ELIG-4", say("elig.fourth_referent"), case, readings)


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
    expected = say("elig.by_codes", flows=either(sorted(allowed)))
    yield case.kept_if(
        case.order.flow in allowed, expected, described(routing_event(case)), received, routing_event(case)
    )


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
    expected = say("elig.by_code", flows=either(sorted(allowed)))
    yield case.kept_if(
        case.order.flow in allowed, expected, described(routing_event(case)), received, routing_event(case)
    )


@order_checker("ELIG-7")
def in_force(case: Case, readings: Readings) -> Iterator[Judged]:
    for judged in _barred("ELIG-7", say("elig.since"), case, readings):
        received = case.order.received
        if judged.verdict != "FAIL" or received is None:
            yield judged
            continue
        start, seen = instant_at(IN_FORCE_SINCE), (received, routing_event(case))
        yield case.broken(judged.expected, judged.observed, *seen, deadline=start, at=received.at)
