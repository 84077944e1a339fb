"""Intake: what a work order may say, and the one clear error for each thing that it may not."""

from __future__ import annotations

import pytest

from reference_impl.errors import IntakeError
from reference_impl.intake import WorkOrder, parse_order
from reference_impl.services import OTHER_SERVICES, SERVICES

PLAIN: dict[str, object] = {
    "order": "ALFA-0001",
    "operator": "ALFA",
    "service": "ULL",
    "line_state": "LNA",
    "phone": "+393331234567",
}
FULL: dict[str, object] = PLAIN | {
    "project_code": "PRJ-ALFA",
    "delivery_code": "DLV-ALFA",
    "disaggregated": True,
    "pdc_disaggregated": True,
    "activity": "cessation",
    "territory": "EMILIA-ROMAGNA",
}


def test_an_order_with_only_what_is_required_is_a_plain_activation() -> None:
    assert parse_order(PLAIN) == WorkOrder(
        code="ALFA-0001",
        operator="ALFA",
        service="ULL",
        line_state="LNA",
        project_code=None,
        delivery_code=None,
        disaggregated=False,
        pdc_disaggregated=False,
        phone="+393331234567",
        activity="activation",
        territory="LAZIO",
    )


def test_an_order_with_every_member_keeps_every_member() -> None:
    assert parse_order(FULL) == WorkOrder(
        code="ALFA-0001",
        operator="ALFA",
        service="ULL",
        line_state="LNA",
        project_code="PRJ-ALFA",
        delivery_code="DLV-ALFA",
        disaggregated=True,
        pdc_disaggregated=True,
        phone="+393331234567",
        activity="cessation",
        territory="EMILIA-ROMAGNA",
    )


@pytest.mark.parametrize("service", [*SERVICES, *OTHER_SERVICES])
def test_every_service_of_the_catalogue_can_be_ordered(service: str) -> None:  # ELIG-1
    assert parse_order(PLAIN | {"service": service}).service == service


@pytest.mark.parametrize("member", ["project_code", "delivery_code"])
def test_a_code_that_is_none_is_as_absent(member: str) -> None:
    assert parse_order(PLAIN | {member: None}) == parse_order(PLAIN)


@pytest.mark.parametrize("phone", ["+390612345678", "0612345678", "+4915112345678", "123456", "1" * 15])
def test_a_number_that_gets_no_sms_is_still_a_number(phone: str) -> None:  # bad_number
    assert parse_order(PLAIN | {"phone": phone}).phone == phone


def test_parsing_leaves_the_members_as_they_were() -> None:
    members = dict(FULL)
    parse_order(members)
    assert members == FULL


@pytest.mark.parametrize("member", PLAIN)
def test_a_required_member_that_is_missing_is_named(member: str) -> None:
    without = {name: value for name, value in PLAIN.items() if name != member}
    with pytest.raises(IntakeError) as refusal:
        parse_order(without)
    assert str(refusal.value) == f"{member}: None is not allowed; allowed: a value: the member is required"


def test_an_unknown_member_is_named_with_the_known_ones() -> None:
    with pytest.raises(IntakeError, match=r"^colour: 'red' is not allowed; .*line_state, project_code"):
        parse_order(PLAIN | {"colour": "red"})


def test_the_code_of_an_order_is_the_member_order_and_no_other() -> None:
    with pytest.raises(IntakeError, match=r"^code: "):
        parse_order(PLAIN | {"code": "ALFA-0001"})


@pytest.mark.parametrize(
    ("member", "value", "allowed"),
    [
        ("order", "", "upper-case letters"),
        ("order", "alfa-1", "upper-case letters"),
        ("order", "-ALFA", "not beginning with -"),
        ("order", "A" * 31, "at most 30"),
        ("order", "ALFA 1", "upper-case letters"),
        ("order", "ALFA;1", "upper-case letters"),
        ("order", "ALFA-1\n", "upper-case letters"),
        ("order", "=SUM", "upper-case letters"),
        ("order", 12, "upper-case letters"),
        ("operator", "../ALFA", "upper-case letters"),
        ("operator", None, "upper-case letters"),
        ("service", "VDSL", "ULL, SLU, VULA_FTTCAB"),
        ("service", "ull", "ULL, SLU, VULA_FTTCAB"),
        ("service", ["ULL"], "ULL, SLU, VULA_FTTCAB"),
        ("line_state", "lna", "LNA, LA"),
        ("line_state", True, "LNA, LA"),
        ("activity", "migration", "activation, cessation"),
        ("project_code", "", "2 to 30"),
        ("project_code", "P", "2 to 30"),
        ("delivery_code", 5, "2 to 30"),
        ("delivery_code", "dlv", "2 to 30"),
        ("disaggregated", "true", "true or false"),
        ("disaggregated", 1, "true or false"),
        ("disaggregated", None, "true or false"),
        ("pdc_disaggregated", "no", "true or false"),
        ("phone", "12345", "6 to 15 digits"),
        ("phone", "1" * 16, "6 to 15 digits"),
        ("phone", "+39 333 1234567", "6 to 15 digits"),
        ("phone", "++393331234567", "6 to 15 digits"),
        ("phone", "٣٣٣١٢٣٤٥٦٧", "6 to 15 digits"),
        ("phone", 3331234567, "6 to 15 digits"),
        ("territory", "", "upper-case letters"),
        ("territory", None, "upper-case letters"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_what_is(member: str, value: object, allowed: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        parse_order(PLAIN | {member: value})
    assert (refusal.value.field, refusal.value.value) == (member, value)
    assert allowed in refusal.value.allowed
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("service", SERVICES)
def test_an_order_of_any_service_may_say_that_it_is_disaggregated(service: str) -> None:
    assert parse_order(PLAIN | {"service": service, "disaggregated": True}).disaggregated


def test_only_a_disaggregated_order_can_disaggregate_its_contact_policy() -> None:  # ROUTE-5, ROUTE-6
    with pytest.raises(IntakeError, match=r"^pdc_disaggregated: True is not allowed"):
        parse_order(PLAIN | {"pdc_disaggregated": True})


def test_a_disaggregated_order_may_keep_its_contact_policy() -> None:
    order = parse_order(PLAIN | {"service": "SLU", "disaggregated": True})
    assert (order.disaggregated, order.pdc_disaggregated) == (True, False)
