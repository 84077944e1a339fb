"""What the harness is told of the operator under test: a TOML file, without secrets.

operator = "ALFA"
endpoint = "http://127.0.0.1:9000/notifications"
project_codes = ["PRJ-ALFA"]
delivery_codes = ["DEL-ALFA"]
desk = "http://127.0.0.1:9000/desk"      # optional: hands in orders, moves and declines when asked
round = "http://127.0.0.1:9000/round"    # optional: does everything that is due, and answers when it is done
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reports.judging.errors import InputError
from sim.sandbox.notifications.webhook_client import EndpointError, check_endpoint
from sim.validation.plan import table_of

ADDRESSES = ("endpoint", "desk", "round")
LISTS = ("project_codes", "delivery_codes")


@dataclass(frozen=True, slots=True)
class OperatorUnderTest:
    """The operator as it is registered, and where its system can be asked."""

    operator: str = "ALFA"
    endpoint: str | None = None
    desk: str | None = None
    round: str | None = None
    project_codes: tuple[str, ...] = ("PRJ-ALFA",)
    delivery_codes: tuple[str, ...] = ("DEL-ALFA",)
    agent_domain: str | None = None

    @property
    def registration(self) -> dict[str, Any]:
        """As the sandbox registers it."""
        members: dict[str, Any] = {"operator": self.operator, "endpoint": self.endpoint}
        members |= {"project_codes": list(self.project_codes), "delivery_codes": list(self.delivery_codes)}
        return members | ({"agent_domain": self.agent_domain} if self.agent_domain else {})

    @property
    def written_code(self) -> Mapping[str, str]:
        """The code on an order that the harness hands in on the operator's behalf."""
        if self.project_codes:
            return {"project_code": self.project_codes[0]}
        return {"delivery_code": self.delivery_codes[0]} if self.delivery_codes else {}


KEYS = {entry.name for entry in fields(OperatorUnderTest)}


def load_operator(path: Path) -> OperatorUnderTest:
    """The operator that a file describes. InputError names file, key and what is allowed."""
    table = table_of(path)
    for key, value in table.items():
        if key not in KEYS:
            raise InputError(f"{path}, key {key}", "unknown key", ", ".join(sorted(KEYS)))
        if key in LISTS and not isinstance(value, list):
            raise InputError(f"{path}, key {key}", f"impossible value {value!r}", "a list of codes")
        if key in ADDRESSES:
            try:
                check_endpoint(str(value))
            except EndpointError as error:
                raise InputError(f"{path}, key {key}", f"impossible value {value!r}", error.allowed) from error
    members: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return OperatorUnderTest(**members)
