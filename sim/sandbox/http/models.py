"""The JSON bodies of the HTTP interface, in and out: what OpenAPI shows and what is checked. Instants are RFC 3339.

Unknown members are refused. What an order may contain is intake's to say, and its schema is made from
intake's tables.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from reference_impl.intake import ABSENT, CHOICES, FLAGS, GRAMMARS, MEMBERS
from reference_impl.services import CausalCode, Trigger

OrderCode = Annotated[str, Field(max_length=30)]
Instant = Annotated[
    str, Field(max_length=40, examples=["2026-03-03T08:00:00+01:00"], json_schema_extra={"format": "date-time"})
]
Text = Annotated[str, Field(max_length=1_000)]
Channel = Literal["customer", "operator"]  # whose link it is: a type cannot say `links.CHANNELS`
Reason = Annotated[str, Field(min_length=1, max_length=100)]


class Body(BaseModel):
    """Any body: no member that is not named."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What went wrong, and what is allowed (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    allowed: str | None = None
    reason: str | None = Field(None, description="of a refusal by the Virtual Agent, in the words of the trace")


class Band(Body):
    """A slot: start and end."""

    start: Instant
    end: Instant


class OrderTaken(Body):
    """A work order that was taken in, and how it is worked; without a flow it was handed back at once."""

    order: str
    operator: str
    flow: Literal["service", "ordinary", "disaggregated"] | None
    diagnostics: list[str]
    received_at: Instant


class LedgerOut(Body):
    """The SLA ledger of an order now, in milliseconds."""

    gross_ms: int
    suspended_ms: int
    net_ms: int


class OrderOut(OrderTaken):
    """An order as it stands."""

    service: str
    phone: str
    state: str
    slot: Band | None
    booked_by: str | None
    sms_at: Instant | None
    closes_at: Instant | None
    visit_at: Instant | None
    ended_at: Instant | None
    ledger: LedgerOut


class OrdersOut(Body):
    """Orders in the order of their arrival."""

    orders: list[OrderOut]


class CancelIn(Body):
    """Why an order is cancelled."""

    reason: Reason = "operator"


class LineIn(Body):
    """What the network reports of an order's line."""

    code: Trigger


class AttemptOut(Body):
    """One delivery of a notification; status 0 means that no answer came."""

    copy_number: int = Field(alias="copy")
    at: Instant
    status: int
    reason: str
    answer: str = Field(description="how the body of the answer began, 2,048 bytes at most")


class NotificationOut(Body):
    """A notification and its deliveries."""

    id: str
    message_id: str = Field(description="the webhook-id of every delivery")
    operator: str
    order: str
    code: str
    label: str
    at: Instant
    slot: Band | None
    state: Literal["delivered", "waiting", "given_up", "no_endpoint"]
    retry_at: Instant | None
    attempts: list[AttemptOut]


class NotificationsOut(Body):
    """Notifications in the order in which they were issued."""

    notifications: list[NotificationOut]


class NotificationBody(Body):
    """The body of a notification to an operator's endpoint."""

    notification: str = Field(description="the same for every delivery of one notification")
    operator: str
    order: str
    code: CausalCode
    label: str
    at: Instant = Field(description="when it was issued, in simulated time")
    slot: Band | None = Field(default=None, description="only with an appointment")
    document: str | None = Field(default=None, description="its XML form, where documents are exchanged")


class SinceIn(Body):
    """From which simulated instant on."""

    since: Instant


class ResentOut(Body):
    """How many notifications are on their way again."""

    resent: int


class EndpointIn(Body):
    """Where an operator takes notifications; null = nowhere."""

    url: Annotated[str, Field(max_length=2_000)] | None


class EndpointOut(Body):
    """An operator's endpoint and the secrets that sign what is sent there, newest first."""

    operator: str
    url: str | None
    secrets: list[str]


class AgentOut(Body):
    """What the bearer of a link sees."""

    order: str
    state: Literal["to_book", "booked", "closed"]
    slot: Band | None
    slots: list[Band] = []


class AgentIn(Body):
    """The slot that is wanted."""

    slot: Band


class Health(Body):
    """Whether the sandbox is there."""

    status: Literal["ok"]


def order_schema(with_operator: bool) -> dict[str, Any]:
    """The JSON schema of a work order, from the tables of intake."""
    names = [name for name in MEMBERS if with_operator or name != "operator"]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in names if name not in ABSENT],
        "properties": {name: _member_schema(name) for name in names},
    }


def _member_schema(name: str) -> dict[str, Any]:
    if name in FLAGS:
        return {"type": "boolean", "default": False}
    if name in CHOICES:
        return {"type": "string", "enum": list(CHOICES[name])}
    pattern, allowed = GRAMMARS[name]
    nullable = name in ABSENT and ABSENT[name] is None
    kind = ["string", "null"] if nullable else "string"
    return {"type": kind, "pattern": f"^{pattern.pattern}$", "description": allowed}
