"""Which way an order goes: this service, the ordinary process or disaggregated, with diagnostics that say why.

Pure: it looks at the order, its operator and the policy. It starts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from reference_impl.civil_time import day_of, instant_of
from reference_impl.intake import WorkOrder
from reference_impl.policy import Policy
from reference_impl.registry import Operator
from reference_impl.services import COPPER, family_of
from reference_impl.sms_text import is_italian_mobile

IN_FORCE_SINCE = instant_of(day_of(date(2020, 6, 1)))  # ELIG-7

SERVICE, ORDINARY, DISAGGREGATED = "service", "ordinary", "disaggregated"
PROJECT, DELIVERY = "project", "delivery"


class Route(NamedTuple):
    """The way of an order. `rejected` says why a reading hands it back at once.

    An order that is refused for its code has no flow.
    """

    flow: str
    diagnostics: tuple[str, ...] = ()
    rejected: str | None = None

    def members(self) -> Mapping[str, object]:
        """What the journal is told."""
        return {"flow": self.flow, "diagnostics": list(self.diagnostics)}


PLAIN = Route(SERVICE)  # as nearly every order goes


def route(order: WorkOrder, operator: Operator, received_at: int, policy: Policy) -> Route:
    """Decide the way of an order. ELIG-6: opt-in is by the code on the order itself; ROUTE-8: it is then honoured."""
    code, diagnostics = effective_code(order, operator)
    rejection = _rejected_code(diagnostics, policy)
    if rejection:
        return Route("", diagnostics, rejection)
    if code is None:
        return Route(_without_code(order), diagnostics)
    obstacles = ineligible_for(order, operator, received_at)
    if obstacles:
        reason = "ineligible" if policy.ineligible == "reject" else None
        return Route("" if reason else _without_code(order), diagnostics + obstacles, reason)
    if code == DELIVERY and _ignores_delivery_code(order, policy):  # ROUTE-6
        return Route(DISAGGREGATED, (*diagnostics, "delivery_code_ignored"))
    if not is_italian_mobile(order.phone):  # SMS-1
        reason = "bad_number" if policy.bad_number == "fail" else None
        return Route(SERVICE, (*diagnostics, "bad_number"), reason)
    # ROUTE-5 too: a project code on a disaggregated order prevails
    return Route(SERVICE, diagnostics) if diagnostics else PLAIN


def effective_code(order: WorkOrder, operator: Operator) -> tuple[str | None, tuple[str, ...]]:
    """ELIG-5: which kind of code counts, and diagnostics. A code of another operator counts as none."""
    project_known = order.project_code in operator.project_codes
    delivery_known = order.delivery_code in operator.delivery_codes
    written = (order.project_code is not None) + (order.delivery_code is not None)
    diagnostics: tuple[str, ...] = () if written else ("no_code",)
    if written > project_known + delivery_known:
        diagnostics += ("unknown_code",)
    if written > 1:
        diagnostics += ("both_codes",)
    return PROJECT if project_known else DELIVERY if delivery_known else None, diagnostics


def ineligible_for(order: WorkOrder, operator: Operator, received_at: int) -> tuple[str, ...]:
    """What keeps an order out of the service, whatever code it carries: one word for each obstacle."""
    lasting = _lasting_obstacles(
        order.service, order.activity, order.line_state, operator.regulated_access, operator.uses_4th_referent
    )
    return lasting if received_at >= IN_FORCE_SINCE else (*lasting, "before_start")  # ELIG-7


@cache  # a handful of combinations, asked for every order
def _lasting_obstacles(
    service: str, activity: str, line_state: str, regulated_access: bool, uses_4th_referent: bool
) -> tuple[str, ...]:
    obstacles = {
        "service_not_covered": family_of(service) is None,  # ELIG-1
        "activity_not_covered": activity != "activation",  # ELIG-1
        "line_not_lna": line_state != "LNA",  # ELIG-2
        "access_not_regulated": not regulated_access,  # ELIG-3
        "no_4th_referent": not uses_4th_referent,  # ELIG-4
    }
    return tuple(name for name, stands in obstacles.items() if stands)


def _rejected_code(diagnostics: tuple[str, ...], policy: Policy) -> str | None:
    if not diagnostics:
        return None
    rejecting = {"both_codes": policy.both_codes, "unknown_code": policy.unknown_code}
    return next((name for name, reading in rejecting.items() if reading == "reject" and name in diagnostics), None)


def _without_code(order: WorkOrder) -> str:
    return DISAGGREGATED if order.disaggregated else ORDINARY


def _ignores_delivery_code(order: WorkOrder, policy: Policy) -> bool:
    if family_of(order.service) is not COPPER or not order.disaggregated:
        return False
    return policy.delivery_scope == "any_disaggregated" or order.pdc_disaggregated
