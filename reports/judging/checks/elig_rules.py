"""ELIG: which orders are in the service, and where every order should be routed.

What lives here: the judge's own routing, from codes, service, line, operator and date, and the checkers of ELIG-1..7.
It must not know what happens to an order once it is in the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import compress
from typing import Any, NamedTuple

from reports.facts import ACTIVATION, DISAGGREGATED, ELSEWHERE, IN_SERVICE, INACTIVE_LINE, ORDINARY, SERVICES, is_copper
from reports.judging.checker_interface import Case, Judged, described, once
from reports.judging.checker_register import order_checker
from reports.judging.events import Event
from reports.judging.readings import Readings
from reports.rome_time import Instant, day_of, instant_at
from reports.words.messages import Words, either, say

IN_FORCE_SINCE = date(2020, 6, 1)
BARRIERS: Mapping[str, tuple[Words, Instant | None]] = {  # what each expects, and since when
    "ELIG-1": (say("elig.six_services"), None),
    "ELIG-2": (say("elig.inactive_line"), None),
    "ELIG-3": (say("elig.regulated"), None),
    "ELIG-4": (say("elig.fourth_referent"), None),
    "ELIG-7": (say("elig.since"), instant_at(IN_FORCE_SINCE)),
}
NOTHING: frozenset[str] = frozenset()
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
    return frozenset(compress(BARRIERS, bars)) if True in bars else NOTHING


def written_codes(received: Event) -> bool:
    """Whether the order carries a code at all, the operator's or not."""
    return bool(received.data.get("project_code") or received.data.get("delivery_code"))


class Standing(NamedTuple):
    """How an order stands to the service by the registration of its operator when it handed it in.

    `barriers` are the ELIG rules that keep it out of the service.
    """

    received: Event
    operator: Mapping[str, Any]
    codes: Codes
    barriers: frozenset[str]


@once
def standing_of(case: Case) -> Standing | None:
    """How the order of a case stands to the service; None if its arrival or its operator was not seen."""
    received = case.order.received
    operator = None if received is None else case.registration(received)
    if received is None or operator is None:
        return None
    return Standing(received, operator, codes_of(received.data, operator), obstacles(received, operator))


def allowed_flows(standing: Standing, readings: Readings) -> frozenset[str]:
    """Where an order without obstacles may go."""
    data, codes = standing.received.data, standing.codes
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


@once
def expected_in_service(case: Case) -> bool:
    """Whether the order must be in the service under every reading: one known code, nothing against it."""
    standing = standing_of(case)
    if standing is None or standing.barriers:
        return False
    codes, data = standing.codes, standing.received.data
    if codes.unknown or (data.get("project_code") and data.get("delivery_code")):
        return False
    return codes.project or (codes.delivery and not (is_copper(data["service"]) and data["disaggregated"]))


@once
def routing_event(case: Case) -> Event:
    """The event that shows where the order went."""
    order = case.order
    routed = order.first("order.routed") or next(iter(order.engagements), None)
    event = routed or order.first("order.handed_back") or order.received
    assert event is not None
    return event


def _barred(rule: str, expected: Words, start: Instant | None, case: Case, readings: Readings) -> Iterator[Judged]:
    """One of the barriers, what it expects, and where it is a matter of time since when."""
    standing = standing_of(case)
    if standing is None or standing.barriers:
        return _seen_at(rule, expected, start, case, readings)
    kept_out_by_none = standing.codes.effective and case.order.flow == IN_SERVICE
    return iter((case.kept(standing.received),) if kept_out_by_none else ())


def _seen_at(rule: str, expected: Words, start: Instant | None, case: Case, readings: Readings) -> Iterator[Judged]:
    """A barrier of an order that some keep out, or whose operator is not known."""
    received, standing = case.order.received, standing_of(case)
    if standing is None:
        if received is not None and written_codes(received):
            yield case.unregistered(expected, received)
        return
    flow, barriers, received = case.order.flow, standing.barriers, standing.received
    if not standing.codes.effective or flow is None or rule not in barriers:
        return
    both = bool(received.data.get("project_code") and received.data.get("delivery_code"))
    if flow != IN_SERVICE and both:
        return
    if flow in (REJECTED if readings["ineligible"] == "reject" else ELSEWHERE):
        yield case.kept(received)
    else:
        seen = routing_event(case)
        yield case.broken(expected, described(seen), received, seen, deadline=start, at=received.at)


for _rule, (_expected, _start) in BARRIERS.items():  # ELIG-1, ELIG-2, ELIG-3, ELIG-4, ELIG-7
    order_checker(_rule)(partial(_barred, _rule, _expected, _start))


@order_checker("ELIG-5")
def own_code(case: Case, readings: Readings) -> Iterator[Judged]:
    received, standing = case.order.received, standing_of(case)
    if received is None or case.order.flow is None or not written_codes(received):
        return
    if standing is None:
        yield case.unregistered(say("elig.codes"), received)
        return
    if standing.barriers:
        return
    allowed = allowed_flows(standing, readings)
    if case.order.flow in allowed:
        yield case.kept(received)
    else:
        expected = say("elig.by_codes", flows=either(sorted(allowed)))
        yield case.broken(expected, described(routing_event(case)), received, routing_event(case))


@order_checker("ELIG-6")
def opt_in_per_order(case: Case, readings: Readings) -> Iterator[Judged]:
    received, standing = case.order.received, standing_of(case)
    if received is None or case.order.flow is None:
        return
    if standing is None and (written_codes(received) or case.order.flow == "rejected"):
        yield case.unregistered(say("elig.code"), received)
        return
    if standing is None or not written_codes(received):
        allowed = ELSEWHERE
        if standing is not None and standing.barriers and readings["ineligible"] == "reject":
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
