"""ROUTE: what an effective code switches off, disaggregated orders, and unchanged XML.

What lives here: the checkers of ROUTE-1..6 and ROUTE-8; ROUTE-7 stands in `route_documents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from reports.facts import IN_SERVICE, is_copper
from reports.judging.checker_interface import Case, Judged, described, once
from reports.judging.checker_register import order_checker
from reports.judging.checks.elig_rules import (
    SERVICE,
    allowed_flows,
    expected_in_service,
    routing_event,
    standing_of,
    written_codes,
)
from reports.judging.checks.sms_rules import triggers
from reports.judging.events import Event, in_order
from reports.judging.judge_calendar import window_time_between
from reports.judging.phones import is_surely_not_mobile
from reports.judging.readings import Readings
from reports.rome_time import Instant, day_of
from reports.words.messages import Words, either, say

SWITCHED_OFF: dict[str, tuple[Words, frozenset[str]]] = {
    "ROUTE-2": (say("route.no_service", name="Rendez Vous"), frozenset({"rendez_vous", "rendez_vous_2"})),
    "ROUTE-3": (say("route.no_service", name="SMS di Cortesia"), frozenset({"sms_di_cortesia"})),
    "ROUTE-4": (say("route.no_service", name="INFO CARE"), frozenset({"info_care"})),
}
NO_POLICY_CALL = say("route.no_policy_call")
WORKED = say("route.worked")


@order_checker("ROUTE-1")
def no_contact_policy(case: Case, readings: Readings) -> Iterator[Judged]:
    return _switched_off(case, case.order.of("contact_policy.started"), NO_POLICY_CALL)


def _no_commercial_service(
    expected: Words, switched_off: frozenset[str], case: Case, readings: Readings
) -> Iterator[Judged]:
    started = case.order.of("commercial_service.started")
    unwanted = [event for event in started if event.data["name"] in switched_off] if started else started
    return _switched_off(case, unwanted, expected)


for _rule, (_expected, _names) in SWITCHED_OFF.items():  # ROUTE-2, ROUTE-3, ROUTE-4
    order_checker(_rule)(partial(_no_commercial_service, _expected, _names))


def _switched_off(case: Case, unwanted: Sequence[Event], expected: Words) -> Iterator[Judged]:
    received = case.order.received
    if received is None or unwanted:
        return _started(case, unwanted, expected)
    return iter((case.kept(received),) if _served(case) else ())


def _started(case: Case, unwanted: Sequence[Event], expected: Words) -> Iterator[Judged]:
    received, served = case.order.received, _served(case)
    if received is None or served is False:
        return
    if served:
        yield case.broken(say("route.for_order", what=expected), described(unwanted[0]), received, *unwanted)
    else:
        yield case.unregistered(say("if_code_is_own", what=expected), received, *unwanted)


@once
def _served(case: Case) -> bool | None:
    """Whether the order must be in the service, or carries an effective code and is in it, whatever reading let it.

    None where no registration tells. Without one an order with a code that was routed into the service is served.
    """
    received, standing = case.order.received, standing_of(case)
    if received is None or not written_codes(received):
        return False
    if standing is None:
        return True if case.order.flow == IN_SERVICE else None
    return (case.order.flow == IN_SERVICE and standing.codes.effective) or expected_in_service(case)


def _disaggregated_copper(case: Case) -> bool:
    """Whether it is a disaggregated copper order that was seen to go somewhere."""
    received = case.order.received
    if received is None or case.order.flow is None:
        return False
    return is_copper(received.data["service"]) and bool(received.data["disaggregated"])


@order_checker("ROUTE-5")
def project_code_wins(case: Case, readings: Readings) -> Iterator[Judged]:
    received, standing = case.order.received, standing_of(case)
    if received is None or not _disaggregated_copper(case):
        return
    if standing is None:
        if received.data.get("project_code"):
            yield case.unregistered(say("route.if_project_code"), received)
    elif standing.codes.project and not standing.barriers:
        allowed, routed = allowed_flows(standing, readings), routing_event(case)
        expected = say("route.flow", flows=either(sorted(allowed)))
        yield case.kept_if(case.order.flow in allowed, expected, described(routed), received, routed)


@order_checker("ROUTE-6")
def delivery_code_ignored(case: Case, readings: Readings) -> Iterator[Judged]:
    received, standing = case.order.received, standing_of(case)
    if received is None or received.data.get("project_code") or not _disaggregated_copper(case):
        return
    if standing is None:
        if written_codes(received):
            yield case.unregistered(say("route.if_delivery_code"), received)
        return
    if standing.barriers or not standing.codes.delivery:
        return
    allowed = allowed_flows(standing, readings)
    effects = service_effects(case) if IN_SERVICE not in allowed else []
    flows = either(sorted(allowed))
    expected = say("route.flow_only", flows=flows) if effects else say("route.flow", flows=flows)
    is_right = case.order.flow in allowed and not effects
    shown = effects[0] if effects and case.order.flow in allowed else routing_event(case)
    other_effects = [effect for effect in effects[:3] if effect is not shown]
    yield case.kept_if(is_right, expected, described(shown), received, shown, *other_effects)


def service_effects(case: Case) -> list[Event]:
    """Everything of this service that was seen on the order."""
    order = case.order
    effects = [*order.of("sms.sent"), *order.service_notices, *order.deposits]
    return sorted(effects, key=in_order)


def first_effect(case: Case) -> Event | None:
    """The first thing of this service that was seen on the order."""
    order = case.order
    first_effects = [*order.of("sms.sent")[:1], *order.service_notices[:1], *order.deposits[:1]]
    return min(first_effects, key=in_order, default=None)


@order_checker("ROUTE-8")
def code_not_ignored(case: Case, readings: Readings) -> Iterator[Judged]:
    received = case.order.received
    if received is not None and standing_of(case) is None and written_codes(received):
        if case.order.flow != IN_SERVICE:
            yield case.unregistered(WORKED, received)
        elif effect := first_effect(case):
            yield case.kept(received, effect)
        return
    if received is None or not _owed(case, readings):
        return
    flow, signs = case.order.flow, case.order.firsts("contact_policy.started", "order.handed_back", "visit.started")
    if flow is not None and flow != IN_SERVICE:
        yield case.broken(WORKED, described(routing_event(case)), received, routing_event(case))
    elif effect := first_effect(case):
        wrong = case.went_on_without(signs, effect) or _as_never(case, effect)
        yield case.broken(WORKED, described(wrong), received, wrong) if wrong else case.kept(received, effect)
    elif is_surely_not_mobile(received.data["phone"]) or case.order.of("order.cancelled"):
        return
    elif sign := case.went_on_without(signs, None):
        yield case.broken(WORKED, described(sign), received, sign)
    else:
        yield _forgotten(case, readings)


def _as_never(case: Case, effect: Event) -> Event | None:
    """The first effect of the service where it came so long after the line was ready that it counted as never met."""
    ready = triggers(case)
    if not ready or case.excuse(case.order.of("order.cancelled"), ready[0].at, None):
        return None
    return effect if case.came_as_never(ready[0].at, effect) else None


def _forgotten(case: Case, readings: Readings) -> Judged:
    """ROUTE-8: nothing of the service so far, which counts only once the line is ready and the SMS window was open."""
    received, ready, threshold = case.order.received, triggers(case), readings.number("warn_sms_delay")
    assert received is not None
    waited: Instant = 0
    if ready:
        holidays = readings.holidays(day_of(ready[0].at), day_of(case.until))
        waited = window_time_between(ready[0].at, case.until, "no", holidays)
    if waited <= threshold * 1000:
        return case.pending(WORKED, received)
    return case.missing(ready[0].at, WORKED, threshold, received, ready[0])


def _owed(case: Case, readings: Readings) -> bool:
    standing = standing_of(case)
    if standing is None or standing.barriers or not standing.codes.effective or standing.codes.unknown:
        return False
    return allowed_flows(standing, readings) == SERVICE
