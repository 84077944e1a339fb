"""The operators that TIM Wholesale knows: their codes, domains, texts and what they have bought.

Codes are assigned by TIM, so one code belongs to one operator (ELIG-5). Nothing here knows orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from reference_impl.errors import RegistrationError
from reference_impl.services import COMMERCIAL_SERVICES
from reference_impl.sms_text import STANDARD_ALIAS, check_alias, check_template

NAME = re.compile(r"[A-Z0-9][A-Z0-9-]{0,29}")
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,29}")
TELEPHONE = re.compile(r"\+?[0-9]( ?[0-9]){2,18}")
DOMAIN = re.compile(r"(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Operator:
    """A registered operator (OAO). Fields are those of the trace's `operator.registered`."""

    operator: str
    agent_domain: str
    project_codes: tuple[str, ...] = ()
    delivery_codes: tuple[str, ...] = ()
    rendez_vous_domain: str | None = None
    uses_4th_referent: bool = True
    regulated_access: bool = True
    engagement_text: str | None = None
    engagement_alias: str | None = None
    reminder_text: str | None = None
    reminder_alias: str | None = None
    commercial_services: tuple[str, ...] = ()
    telephone: str | None = None

    @property
    def link_domain(self) -> str:
        """LINK-1, LINK-2: the registered domain; for a member of Rendez Vous, the one registered there."""
        return self.rendez_vous_domain or self.agent_domain

    @property
    def code_members(self) -> dict[str, str]:
        """ELIG-5: the member of an order by which it asks for the service: a code of its own; empty if it has none."""
        if self.project_codes:
            return {"project_code": self.project_codes[0]}
        return {"delivery_code": self.delivery_codes[0]} if self.delivery_codes else {}

    def alias_of(self, kind: str) -> str:
        """SMS-6, REM-3: the operator's own alias for that kind of SMS, else the standard one."""
        own = self.engagement_alias if kind == "engagement" else self.reminder_alias
        return own or STANDARD_ALIAS


class Registry:
    """All registered operators by name; refuses what TIM could not have assigned."""

    def __init__(self) -> None:
        self._by_name: dict[str, Operator] = {}
        self._owner_of_code: dict[str, str] = {}

    def register(self, operator: Operator) -> None:
        """Add an operator, or put a new registration in the place of its old one, whole: codes it had are free then.

        Raises RegistrationError and changes nothing when a field is not allowed.
        """
        check_operator(operator)
        name, codes = operator.operator, operator.project_codes + operator.delivery_codes
        for code in codes:  # ELIG-5
            if self._owner_of_code.get(code, name) != name or codes.count(code) > 1:
                raise RegistrationError("code", code, "a code that is assigned once, to one operator")
        self._by_name[name] = operator
        other_owners = {code: owner for code, owner in self._owner_of_code.items() if owner != name}
        self._owner_of_code = other_owners | dict.fromkeys(codes, name)

    def get(self, name: str) -> Operator | None:
        """The operator of that name, or None."""
        return self._by_name.get(name)

    def __iter__(self) -> Iterator[Operator]:
        return iter(self._by_name.values())


def operator_from(members: Mapping[str, object]) -> Operator:
    """Build an operator from plain members (lists allowed for tuples). Raises RegistrationError."""
    names = {field.name for field in fields(Operator)}
    for name in members:
        if name not in names:
            raise RegistrationError("member", name, ", ".join(sorted(names)))
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in members.items()}
    for required in ("operator", "agent_domain"):
        if required not in values:
            raise RegistrationError(required, None, "a value: the member is required")
    return Operator(**values)  # type: ignore[arg-type]  # check_operator looks at every type


def check_operator(operator: Operator) -> None:
    """Raise RegistrationError at the first field that is not allowed."""
    _match("operator", operator.operator, NAME, "upper-case letters, digits and -, at most 30")
    _match("agent_domain", operator.agent_domain, DOMAIN, "a domain name in lower case")
    if operator.rendez_vous_domain is not None:
        _match("rendez_vous_domain", operator.rendez_vous_domain, DOMAIN, "a domain name in lower case")
    if operator.telephone is not None:
        _match("telephone", operator.telephone, TELEPHONE, "3 to 19 digits, + before them and spaces between them")
    for field in ("project_codes", "delivery_codes"):
        for code in _words(operator, field):
            _match(field, code, CODE, "upper-case letters, digits and -, 2 to 30")
    services = _words(operator, "commercial_services")
    for name in services:
        if name not in COMMERCIAL_SERVICES or services.count(name) > 1:
            raise RegistrationError("commercial_services", name, ", ".join(COMMERCIAL_SERVICES) + ", each once")
    for field in ("uses_4th_referent", "regulated_access"):
        if not isinstance(getattr(operator, field), bool):
            raise RegistrationError(field, getattr(operator, field), "true or false")
    _check_texts(operator)


def _check_texts(operator: Operator) -> None:
    for kind in ("engagement", "reminder"):
        text, alias = getattr(operator, f"{kind}_text"), getattr(operator, f"{kind}_alias")
        if text is not None:
            check_template(kind, text)
        if alias is not None:
            check_alias(alias)


def _match(field: str, value: object, pattern: re.Pattern[str], allowed: str) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise RegistrationError(field, value, allowed)


def _words(operator: Operator, field: str) -> tuple[str, ...]:
    value = getattr(operator, field)
    if not isinstance(value, tuple) or not all(isinstance(word, str) for word in value):
        raise RegistrationError(field, value, "a list of words")
    return value
