"""The registry of operators: what TIM could have assigned, and that a refusal changes nothing."""

from __future__ import annotations

import pytest

from reference_impl.errors import RegistrationError
from reference_impl.registry import Operator, Registry, operator_from
from reference_impl.sms_text import STANDARD_ALIAS

PLAIN: dict[str, object] = {"operator": "ALFA", "agent_domain": "va.alfa.example"}
FULL: dict[str, object] = PLAIN | {
    "project_codes": ["PRJ-ALFA", "PRJ-ALFA-2"],
    "delivery_codes": ["DLV-ALFA"],
    "rendez_vous_domain": "rv.alfa.example",
    "uses_4th_referent": False,
    "regulated_access": False,
    "engagement_text": "Alfa: fissa qui {link}",
    "engagement_alias": "Alfa",
    "reminder_text": "Alfa: {date} {band}",
    "reminder_alias": "Alfa Avvisi",
    "commercial_services": ["rendez_vous", "info_care"],
}


@pytest.fixture
def registry() -> Registry:
    """A registry that knows one operator, with a code of each kind."""
    registry = Registry()
    registry.register(Operator("BETA", "va.beta.example", ("PRJ-BETA",), ("DLV-BETA",)))
    return registry


def test_an_operator_with_only_what_is_required_uses_the_standard_ones() -> None:
    operator = operator_from(PLAIN)
    assert operator == Operator("ALFA", "va.alfa.example")
    assert (operator.uses_4th_referent, operator.regulated_access) == (True, True)  # ELIG-3, ELIG-4
    assert operator.alias_of("engagement") == operator.alias_of("reminder") == STANDARD_ALIAS  # SMS-6, REM-3


def test_an_operator_with_every_member_keeps_every_member(registry: Registry) -> None:
    operator = operator_from(FULL)
    registry.register(operator)
    assert registry.get("ALFA") is operator
    assert operator.project_codes == ("PRJ-ALFA", "PRJ-ALFA-2")
    assert (operator.uses_4th_referent, operator.regulated_access) == (False, False)
    assert (operator.alias_of("engagement"), operator.alias_of("reminder")) == ("Alfa", "Alfa Avvisi")
    assert operator.commercial_services == ("rendez_vous", "info_care")


def test_links_are_in_the_domain_of_the_agent() -> None:  # LINK-1
    assert operator_from(PLAIN).link_domain == "va.alfa.example"


def test_links_of_a_member_of_rendez_vous_are_in_the_domain_registered_there() -> None:  # LINK-2
    assert operator_from(FULL).link_domain == "rv.alfa.example"


@pytest.mark.parametrize(
    ("project", "delivery", "member"),
    [
        (("P-1", "P-2"), ("D-1",), {"project_code": "P-1"}),
        ((), ("D-1", "D-2"), {"delivery_code": "D-1"}),
        ((), (), {}),
    ],
)
def test_an_operator_asks_for_the_service_by_its_first_code(
    project: tuple[str, ...], delivery: tuple[str, ...], member: dict[str, str]
) -> None:
    assert Operator("ALFA", "va.alfa.example", project, delivery).code_members == member  # ELIG-5


def test_operators_are_listed_in_the_order_of_registration(registry: Registry) -> None:
    registry.register(operator_from(PLAIN))
    assert [operator.operator for operator in registry] == ["BETA", "ALFA"]


def test_a_name_that_nobody_registered_has_no_operator(registry: Registry) -> None:
    assert registry.get("GAMMA") is None


@pytest.mark.parametrize(
    ("member", "value", "allowed"),
    [
        ("operator", "", "upper-case letters"),
        ("operator", "alfa", "upper-case letters"),
        ("operator", "../ALFA", "upper-case letters"),
        ("operator", "A" * 31, "at most 30"),
        ("operator", "ALFA\n", "upper-case letters"),
        ("operator", None, "upper-case letters"),
        ("operator", ["ALFA"], "upper-case letters"),
        ("agent_domain", "", "domain name"),
        ("agent_domain", "alfa", "domain name"),
        ("agent_domain", "VA.alfa.example", "domain name"),
        ("agent_domain", "https://va.alfa.example", "domain name"),
        ("agent_domain", "va.alfa.example/x", "domain name"),
        ("agent_domain", "va.alfa.example\n", "domain name"),
        ("agent_domain", "-va.alfa.example", "domain name"),
        ("agent_domain", "va..example", "domain name"),
        ("agent_domain", "a" * 64 + ".example", "domain name"),
        ("agent_domain", 5, "domain name"),
        ("rendez_vous_domain", "", "domain name"),
        ("rendez_vous_domain", "rv alfa.example", "domain name"),
        ("project_codes", "PRJ-ALFA", "a list"),
        ("project_codes", [5], "a list"),
        ("project_codes", ["prj"], "2 to 30"),
        ("project_codes", ["P"], "2 to 30"),
        ("delivery_codes", [""], "2 to 30"),
        ("delivery_codes", None, "a list"),
        ("uses_4th_referent", "yes", "true or false"),
        ("regulated_access", 1, "true or false"),
        ("commercial_services", ["rendez_vous_3"], "sms_di_cortesia"),
        ("engagement_text", "Alfa: chiamaci", "{link} once"),
        ("engagement_text", "", "{link} once"),
        ("reminder_text", "Alfa: {date}", "{date} and {band} once"),
        ("reminder_text", 5, "a text"),
        ("engagement_alias", "ABCDEFGHIJKL", "1 to 11"),
        ("reminder_alias", "", "1 to 11"),
    ],
)
def test_a_field_that_is_not_allowed_is_refused_with_one_message_and_nothing_changes(
    registry: Registry, member: str, value: object, allowed: str
) -> None:
    operators_before = list(registry)
    with pytest.raises(RegistrationError) as refusal:
        registry.register(operator_from(FULL | {member: value}))
    assert member.endswith(refusal.value.field)
    assert allowed in refusal.value.allowed
    assert "\n" not in str(refusal.value)
    assert list(registry) == operators_before
    registry.register(operator_from(FULL))  # its codes were not taken by the refusal


@pytest.mark.parametrize("member", PLAIN)
def test_a_required_member_that_is_missing_is_named(member: str) -> None:
    without = {name: value for name, value in FULL.items() if name != member}
    with pytest.raises(RegistrationError, match=rf"^{member}: None is not allowed; .*the member is required"):
        operator_from(without)


def test_an_unknown_member_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RegistrationError, match=r"agent_domain.*uses_4th_referent") as refusal:
        operator_from(FULL | {"colour": "red"})
    assert "colour" in str(refusal.value)


def test_a_name_that_is_registered_anew_has_the_new_registration_only(registry: Registry) -> None:
    registry.register(Operator("BETA", "va.other.example", ("PRJ-BETA", "PRJ-BETA-2")))
    assert registry.get("BETA") == Operator("BETA", "va.other.example", ("PRJ-BETA", "PRJ-BETA-2"))
    assert len(list(registry)) == 1
    registry.register(operator_from(PLAIN | {"delivery_codes": ["DLV-BETA"]}))  # ELIG-5: BETA has it no more


def test_a_new_registration_with_a_code_of_another_changes_nothing(registry: Registry) -> None:  # ELIG-5
    registry.register(operator_from(PLAIN | {"project_codes": ["PRJ-ALFA"]}))
    operators_before = list(registry)
    with pytest.raises(RegistrationError, match=r"^code: 'PRJ-ALFA' is not allowed"):
        registry.register(Operator("BETA", "va.other.example", ("PRJ-ALFA",)))
    assert list(registry) == operators_before
    registry.register(Operator("GAMMA", "va.gamma.example"))
    with pytest.raises(RegistrationError, match=r"^code: 'DLV-BETA' is not allowed"):
        registry.register(Operator("GAMMA", "va.gamma.example", ("DLV-BETA",)))


@pytest.mark.parametrize("code", ["PRJ-BETA", "DLV-BETA"])
@pytest.mark.parametrize("field", ["project_codes", "delivery_codes"])
def test_a_code_belongs_to_one_operator(registry: Registry, field: str, code: str) -> None:  # ELIG-5
    with pytest.raises(RegistrationError, match=rf"^code: '{code}' is not allowed; .*assigned once"):
        registry.register(operator_from(PLAIN | {field: ["NEW-CODE", code]}))
    assert registry.get("ALFA") is None
    registry.register(operator_from(PLAIN | {field: ["NEW-CODE"]}))


def test_a_code_is_either_a_project_code_or_a_delivery_code(registry: Registry) -> None:  # ELIG-5
    with pytest.raises(RegistrationError, match=r"^code: 'X-1' is not allowed"):
        registry.register(operator_from(PLAIN | {"project_codes": ["X-1"], "delivery_codes": ["X-1"]}))
    assert registry.get("ALFA") is None
