"""Which flow an order takes: the whole truth table of codes and disaggregation, each obstacle, each reading."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from reference_impl.intake import WorkOrder
from reference_impl.policy import Policy
from reference_impl.registry import Operator
from reference_impl.routing import IN_FORCE_SINCE, Route, route
from reference_impl.services import SERVICES
from tests.judging.lives import PHONE, at

NOW = at("2026-03-03 10:00")
ALFA = Operator("ALFA", "va.alfa.example", project_codes=("PRJ-1", "PRJ-2"), delivery_codes=("DLV-1",))
CODES = {"none": None, "own": ("PRJ-1", "DLV-1"), "unknown": ("PRJ-9", "DLV-9")}
COPPER, NGA = ("ULL", "SLU"), tuple(name for name, family in SERVICES.items() if family.name == "nga")
WHOLE, WITHOUT_PDC, WITH_PDC = (False, False), (True, False), (True, True)

# Code project, code delivery: the flow of an order that is whole, disaggregated, disaggregated with its PdC.
COPPER_TABLE = {
    ("none", "none"): ("ordinary", "disaggregated", "disaggregated"),
    ("own", "none"): ("service", "service", "service"),  # ROUTE-5
    ("none", "own"): ("service", "disaggregated", "disaggregated"),  # ROUTE-6
    ("own", "own"): ("service", "service", "service"),  # ELIG-5
    ("unknown", "none"): ("ordinary", "disaggregated", "disaggregated"),
    ("none", "unknown"): ("ordinary", "disaggregated", "disaggregated"),
    ("unknown", "unknown"): ("ordinary", "disaggregated", "disaggregated"),
    ("own", "unknown"): ("service", "service", "service"),
    ("unknown", "own"): ("service", "disaggregated", "disaggregated"),
}
DIAGNOSTICS = {
    ("none", "none"): ("no_code",),
    ("own", "none"): (),
    ("none", "own"): (),
    ("own", "own"): ("both_codes",),
    ("unknown", "none"): ("unknown_code",),
    ("none", "unknown"): ("unknown_code",),
    ("unknown", "unknown"): ("unknown_code", "both_codes"),
    ("own", "unknown"): ("unknown_code", "both_codes"),
    ("unknown", "own"): ("unknown_code", "both_codes"),
}
COPPER_ROWS = [
    (*codes, disaggregation, flow)
    for codes, flows in COPPER_TABLE.items()
    for disaggregation, flow in zip((WHOLE, WITHOUT_PDC, WITH_PDC), flows, strict=True)
]


def order(project: str = "own", delivery: str = "none", service: str = "ULL", **members: Any) -> WorkOrder:
    project_code, delivery_code = (
        words[place] if words else None for place, words in enumerate((CODES[project], CODES[delivery]))
    )
    plain = WorkOrder("ORDER-1", "ALFA", service, "LNA", project_code, delivery_code, False, False, PHONE)
    return plain._replace(**members)


def way(work: WorkOrder, operator: Operator = ALFA, received_at: int = NOW, **readings: Any) -> Route:
    return route(work, operator, received_at, Policy.from_readings(readings))


def test_the_table_has_every_combination_of_codes() -> None:
    assert set(COPPER_TABLE) == set(DIAGNOSTICS) == set(product(CODES, CODES))


@pytest.mark.parametrize("service", COPPER)
@pytest.mark.parametrize(("project", "delivery", "disaggregation", "flow"), COPPER_ROWS)
def test_a_copper_order_goes_by_its_codes_and_its_disaggregation(
    service: str, project: str, delivery: str, disaggregation: tuple[bool, bool], flow: str
) -> None:
    disaggregated, pdc_disaggregated = disaggregation
    work = order(project, delivery, service, disaggregated=disaggregated, pdc_disaggregated=pdc_disaggregated)
    ignored = ("delivery_code_ignored",) if delivery == "own" and flow == "disaggregated" else ()
    assert way(work) == Route(flow, DIAGNOSTICS[project, delivery] + ignored)


@pytest.mark.parametrize("service", NGA)
@pytest.mark.parametrize(("project", "delivery"), COPPER_TABLE)
def test_an_nga_order_goes_by_its_codes(service: str, project: str, delivery: str) -> None:
    flow = "service" if "own" in (project, delivery) else "ordinary"
    assert way(order(project, delivery, service)) == Route(flow, DIAGNOSTICS[project, delivery])


@pytest.mark.parametrize(
    ("disaggregation", "flow"), [(WHOLE, "service"), (WITHOUT_PDC, "service"), (WITH_PDC, "disaggregated")]
)
def test_a_delivery_code_counts_by_reading_where_only_the_order_is_disaggregated(
    disaggregation: tuple[bool, bool], flow: str
) -> None:  # ROUTE-6
    disaggregated, pdc_disaggregated = disaggregation
    work = order("none", "own", disaggregated=disaggregated, pdc_disaggregated=pdc_disaggregated)
    assert way(work, delivery_scope="pdc_disaggregated").flow == flow


@pytest.mark.parametrize("codes", [("none", "own"), ("own", "none")])
def test_the_second_code_of_an_operator_counts_as_its_first(codes: tuple[str, str]) -> None:
    assert way(order(*codes)._replace(project_code="PRJ-2")).flow == "service"


OBSTACLES: list[tuple[str, dict[str, Any], dict[str, Any], int]] = [
    ("service_not_covered", {"service": "WLR"}, {}, NOW),  # ELIG-1
    ("activity_not_covered", {"activity": "cessation"}, {}, NOW),  # ELIG-1
    ("line_not_lna", {"line_state": "LA"}, {}, NOW),  # ELIG-2
    ("access_not_regulated", {}, {"regulated_access": False}, NOW),  # ELIG-3
    ("no_4th_referent", {}, {"uses_4th_referent": False}, NOW),  # ELIG-4
    ("before_start", {}, {}, IN_FORCE_SINCE - 1),  # ELIG-7
]
obstacles = pytest.mark.parametrize(("word", "members", "fields", "received_at"), OBSTACLES)


@obstacles
def test_an_order_that_is_not_eligible_goes_the_ordinary_way_with_the_reason(
    word: str, members: dict[str, Any], fields: dict[str, Any], received_at: int
) -> None:
    work, operator = order(**members), replace(ALFA, **fields)
    assert way(work, operator, received_at) == Route("ordinary", (word,))


@obstacles
def test_by_reading_an_order_that_is_not_eligible_is_rejected(
    word: str, members: dict[str, Any], fields: dict[str, Any], received_at: int
) -> None:
    rejected = way(order(**members), replace(ALFA, **fields), received_at, ineligible="reject")
    assert rejected == Route("", (word,), "ineligible")


@obstacles
def test_an_order_without_a_code_is_never_rejected_for_what_the_service_asks(
    word: str, members: dict[str, Any], fields: dict[str, Any], received_at: int
) -> None:  # ELIG-6
    plain = way(order("none", **members), replace(ALFA, **fields), received_at, ineligible="reject")
    assert plain == Route("ordinary", ("no_code",))


def test_every_obstacle_is_named() -> None:
    work = order(service="WLR", activity="cessation", line_state="LA")
    closed = replace(ALFA, regulated_access=False, uses_4th_referent=False)
    assert way(work, closed, IN_FORCE_SINCE - 1).diagnostics == tuple(word for word, *_ in OBSTACLES)


def test_a_disaggregated_order_that_is_not_eligible_stays_disaggregated() -> None:
    assert way(order(disaggregated=True, line_state="LA")).flow == "disaggregated"


def test_the_service_begins_with_the_first_of_june_2020() -> None:  # ELIG-7
    assert at("2020-06-01 00:00") == IN_FORCE_SINCE
    assert way(order(), received_at=IN_FORCE_SINCE).flow == "service"


def test_a_route_tells_the_journal_its_flow_and_diagnostics() -> None:
    assert Route("ordinary", ("no_code",)).members() == {"flow": "ordinary", "diagnostics": ["no_code"]}


@pytest.mark.parametrize("codes", [codes for codes in COPPER_TABLE if "none" not in codes])
def test_by_reading_an_order_with_both_codes_is_rejected(codes: tuple[str, str]) -> None:
    rejected = way(order(*codes), both_codes="reject")
    assert (rejected.flow, rejected.rejected) == ("", "both_codes")


@pytest.mark.parametrize("codes", [codes for codes in COPPER_TABLE if "unknown" in codes])
def test_by_reading_an_order_with_an_unknown_code_is_rejected(codes: tuple[str, str]) -> None:
    assert way(order(*codes), unknown_code="reject").rejected == "unknown_code"


@pytest.mark.parametrize("codes", [codes for codes in COPPER_TABLE if "unknown" not in codes and "none" in codes])
def test_the_readings_that_reject_touch_no_order_that_is_right(codes: tuple[str, str]) -> None:
    strict: dict[str, Any] = {
        "both_codes": "reject",
        "unknown_code": "reject",
        "ineligible": "reject",
        "bad_number": "fail",
    }
    assert way(order(*codes), **strict) == way(order(*codes))


@pytest.mark.parametrize("phone", ["0612345678", "+390612345678", "+447700900123", "3331"])
def test_a_number_that_gets_no_sms_is_told_and_by_reading_rejected(phone: str) -> None:  # SMS-1
    assert way(order(phone=phone)) == Route("service", ("bad_number",))
    assert way(order(phone=phone), bad_number="fail") == Route("service", ("bad_number",), "bad_number")


def test_the_number_does_not_matter_outside_the_service() -> None:
    assert way(order("none", phone="0612345678"), bad_number="fail") == Route("ordinary", ("no_code",))
