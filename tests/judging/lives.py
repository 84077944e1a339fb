"""Worlds for the tests of the service: one order lived through, seen from its wires.

A `Life` registers the operator ALFA and hands in one order; its verbs let things happen and its questions answer from
the trace alone, never from the order inside the service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.civil_time import HOUR, parse_instant
from reference_impl.errors import AgentRejected
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.services import SERVICES
from sim.world import World

ALFA: dict[str, Any] = {
    "operator": "ALFA",
    "agent_domain": "va.alfa.example",
    "project_codes": ["PRJ-ALFA"],
    "delivery_codes": ["DLV-ALFA"],
}
PHONE = "+393331234567"
COPPER, NGA = "ULL", "VULA_FTTH"


def at(text: str) -> int:
    """An instant from a wall clock of Rome such as `2026-03-03 10:00`."""
    return parse_instant(text)


def slot(text: str, hours: int = 2) -> Slot:
    """A band that begins at a wall clock."""
    return Slot(at(text), at(text) + hours * HOUR)


def minute_of(event: dict[str, Any]) -> str:
    """When an event happened, to the minute or finer where it was."""
    return str(event["time"])[: len("2026-03-03T10:00:00")].replace("T", " ").removesuffix(":00")


class Life:
    """One order in a world of its own. `readings` are those of the policy; `order` replaces members of the order."""

    def __init__(
        self,
        service: str = NGA,
        *,
        start: str = "2026-03-02 06:00",
        operator: dict[str, Any] | None = None,
        order: dict[str, Any] | None = None,
        territories: dict[str, int] | None = None,
        documents: bool = False,
        **readings: Any,
    ) -> None:
        self.world = World(
            start=at(start),
            policy=Policy.from_readings(readings),
            territories=territories or {"LAZIO": 4},
            documents=documents,
        )
        self.world.register_operator(**ALFA | (operator or {}))
        self.code = "ORDER-1"
        self.line_code = SERVICES[service].trigger if service in SERVICES else "AC"
        self.members = {
            "operator": "ALFA",
            "service": service,
            "line_state": "LNA",
            "project_code": "PRJ-ALFA",
            "phone": PHONE,
        } | (order or {})
        self.world.submit_order(order=self.code, **self.members)

    # --- what happens ---

    def until(self, moment: str) -> Life:
        """Let the time pass."""
        self.world.run_until(at(moment))
        return self

    def ready(self, moment: str) -> Life:
        """The line is ready: AC or CO, by the service of the order."""
        self.until(moment)
        self.world.report_line(self.code, self.line_code)
        return self.until(moment)

    def confirm(self, moment: str, start: str, channel: str = "customer") -> Life:
        self.until(moment)
        self.world.agent.confirm(self.link(channel), slot(start), channel)
        return self.until(moment)

    def reschedule(self, moment: str, start: str, channel: str = "customer") -> Life:
        self.until(moment)
        self.world.agent.reschedule(self.link(channel), slot(start), channel)
        return self.until(moment)

    def decline(self, moment: str, channel: str = "customer") -> Life:
        self.until(moment)
        self.world.agent.decline(self.link(channel), channel)
        return self.until(moment)

    def cancel(self, moment: str) -> Life:
        self.until(moment)
        self.world.cancel_order(self.code, "ripensamento")
        return self

    def another(self, code: str, **members: Any) -> None:
        """A further order like this one."""
        self.world.submit_order(order=code, **self.members | members)

    # --- what the wires saw ---

    def seen(self, *types: str, subject: str | None = None) -> list[dict[str, Any]]:
        """The events of the order of those types."""
        whose = subject or self.code
        return [event for event in self.trace if event["type"] in types and event.get("subject") == whose]

    @property
    def trace(self) -> list[dict[str, Any]]:
        return self.world.trace

    @property
    def happened(self) -> list[str]:
        """What happened to the order, in order, by type and code."""
        events = [event for event in self.trace if event.get("subject") == self.code]
        return [str(event["data"].get("code") or event["data"].get("kind") or event["type"]) for event in events]

    @property
    def codes(self) -> list[str]:
        """The codes that the operator was notified of, in order."""
        return [event["data"]["code"] for event in self.seen("notification.sent")]

    @property
    def notices(self) -> list[tuple[str, str]]:
        """The notifications as (code, when)."""
        return [(event["data"]["code"], minute_of(event)) for event in self.seen("notification.sent")]

    @property
    def flow(self) -> str | None:
        """The flow the order was routed to, if it was."""
        routed = self.seen("order.routed")
        return str(routed[0]["data"]["flow"]) if routed else None

    def sms(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.seen("sms.sent") if event["data"]["kind"] == kind]

    def sms_times(self, kind: str) -> list[str]:
        return [minute_of(event) for event in self.sms(kind)]

    def deposits(self, operator: str = "ALFA") -> list[dict[str, Any]]:
        return [e for e in self.trace if e["type"] == "csv.deposited" and e["data"]["operator"] == operator]

    def rows(self) -> list[dict[str, str]]:
        return [row for deposit in self.deposits() for row in deposit["data"]["rows"] if row["order"] == self.code]

    def when(self, *types: str) -> list[str]:
        return [minute_of(event) for event in self.seen(*types)]

    def link(self, channel: str = "customer") -> str:
        """The link that a channel was given: the customer in the SMS, the operator in the file."""
        if channel == "customer":
            return str(self.sms("engagement")[0]["data"]["link"])
        return str(self.rows()[0]["link"])

    @property
    def state(self) -> str:
        """Where the order stands, as the bearer of the customer's link sees it."""
        return self.world.agent.open(self.link()).state


def refusal(act: Callable[[], object]) -> str:
    """The reason for which the Virtual Agent refuses an act."""
    try:
        act()
    except AgentRejected as rejected:
        return rejected.reason
    raise AssertionError("the act was not refused")
