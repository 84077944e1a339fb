"""Intake: the one strict parser of work orders (OL).

A work order becomes a `WorkOrder` here or an `IntakeError` that names the field, its value and what is
allowed. Only form is judged: whether the codes are assigned, the line is in scope or the number can get
an SMS is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reference_impl.errors import IntakeError
from reference_impl.registry import CODE, NAME
from reference_impl.services import ACTIVITIES, LINE_STATES, OTHER_SERVICES, SERVICES

PHONE = re.compile(r"\+?[0-9]{6,15}")
REQUIRED = "a value: the member is required"
NAME_ALLOWED = "upper-case letters, digits and -, at most 30, not beginning with -"
CODE_ALLOWED = "upper-case letters, digits and -, 2 to 30, not beginning with -"


class WorkOrder(NamedTuple):
    """A work order as the operator handed it in. `code` is the operator's own order code."""

    code: str
    operator: str
    service: str
    line_state: str
    project_code: str | None
    delivery_code: str | None
    disaggregated: bool
    pdc_disaggregated: bool
    phone: str
    activity: str = "activation"
    territory: str = "LAZIO"


GRAMMARS: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        "order": (NAME, NAME_ALLOWED),
        "operator": (NAME, NAME_ALLOWED),
        "project_code": (CODE, CODE_ALLOWED),
        "delivery_code": (CODE, CODE_ALLOWED),
        "phone": (PHONE, "6 to 15 digits, with or without a leading +"),
        "territory": (NAME, NAME_ALLOWED),
    }
)
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "service": (*SERVICES, *sorted(OTHER_SERVICES)),
        "line_state": LINE_STATES,
        "activity": ACTIVITIES,
    }
)
FLAGS = ("disaggregated", "pdc_disaggregated")
# What a member that is absent stands for; the members not listed are required.
ABSENT: Mapping[str, object] = MappingProxyType(
    {
        "project_code": None,
        "delivery_code": None,
        "disaggregated": False,
        "pdc_disaggregated": False,
    }
    | WorkOrder._field_defaults
)
# In the order in which they are checked, which is the order of the WorkOrder's fields.
MEMBERS = ("order", *WorkOrder._fields[1:])


def parse_order(members: Mapping[str, object]) -> WorkOrder:
    """A work order from plain members: `order`, then those of the trace's `order.received`.

    A code that is None is as absent. Raises IntakeError for the first member that is unknown, missing, of the
    wrong type, or impossible by itself or beside the others.
    """
    for name in members:
        if name not in MEMBERS:
            raise IntakeError(str(name), members[name], "no such member; the members are " + ", ".join(MEMBERS))
    values = {name: _checked(name, members) for name in MEMBERS}
    _check_disaggregation(values)
    return WorkOrder(code=values.pop("order"), **values)  # type: ignore[arg-type]  # _checked looked at every type


def _checked(name: str, members: Mapping[str, object]) -> object:
    if name not in members:
        if name not in ABSENT:
            raise IntakeError(name, None, REQUIRED)
        return ABSENT[name]
    value = members[name]
    if name in ABSENT and ABSENT[name] is None and value is None:
        return None
    if name in FLAGS:
        return _flag(name, value)
    return _word(name, value)


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise IntakeError(name, value, "true or false")
    return value


def _word(name: str, value: object) -> str:
    if name in CHOICES:
        fits, allowed = value in CHOICES[name], ", ".join(CHOICES[name])
    else:
        pattern, allowed = GRAMMARS[name]
        fits = isinstance(value, str) and pattern.fullmatch(value) is not None
    if not isinstance(value, str) or not fits:
        raise IntakeError(name, value, allowed)
    return value


def _check_disaggregation(values: Mapping[str, object]) -> None:
    if values["pdc_disaggregated"] and not values["disaggregated"]:
        raise IntakeError("pdc_disaggregated", True, "false, unless the order is disaggregated")
