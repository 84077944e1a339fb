"""The JSON bodies of the HTTP interface, in and out: what OpenAPI shows and what is checked. Instants are RFC 3339.

Members that nobody knows are refused. What an order may contain is intake's to say, and its schema is made from
intake's tables.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from reference_impl.intake import ABSENT, CHOICES, FLAGS, GRAMMARS, MEMBERS

OrderCode = Annotated[str, Field(max_length=30)]
Instant = Annotated[
    str, Field(max_length=40, examples=["2026-03-03T08:00:00+01:00"], json_schema_extra={"format": "date-time"})
]
Text = Annotated[str, Field(max_length=1_000)]
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

    code: Literal["AC", "CO"]


class AttemptOut(Body):
    """One delivery of a notification; status 0 means that no answer came."""

    copy_number: int = Field(alias="copy")
    at: Instant
    status: int
    reason: str


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


class OperatorIn(Body):
    """An operator to register: the members of `operator.registered`, and its endpoint."""

    operator: Annotated[str, Field(max_length=30)]
    agent_domain: Annotated[str, Field(max_length=190)] | None = None
    project_codes: list[Text] | None = None
    delivery_codes: list[Text] | None = None
    rendez_vous_domain: Annotated[str, Field(max_length=190)] | None = None
    uses_4th_referent: bool = True
    regulated_access: bool = True
    engagement_text: Text | None = None
    engagement_alias: Text | None = None
    reminder_text: Text | None = None
    reminder_alias: Text | None = None
    commercial_services: list[Text] = []
    endpoint: Annotated[str, Field(max_length=2_000)] | None = None


class OperatorOut(Body):
    """An operator with what it needs to reach every wire."""

    operator: str
    agent_domain: str
    project_codes: list[str]
    delivery_codes: list[str]
    api_key: str
    endpoint: str | None
    webhook_secrets: list[str]
    sftp_user: str
    sftp_key_file: str


class OperatorsOut(Body):
    """The registered operators."""

    operators: list[OperatorOut]


class WorldIn(Body):
    """A world to make; what is not said is as in the default world."""

    name: Annotated[str, Field(max_length=63)]
    start: Instant | None = None
    seed: int | None = None
    readings: dict[str, Any] | None = None
    territories: dict[str, int] | None = None
    documents: bool = True
    declared: dict[str, Any] = {}
    under_test: Literal["service", "operator"] = "service"


class WorldOut(Body):
    """A world and where its clock stands."""

    name: str
    start: Instant
    now: Instant
    seed: int
    territories: dict[str, int]
    under_test: str
    orders: int
    events: int


class WorldsOut(Body):
    """All worlds."""

    worlds: list[WorldOut]


class ClockOut(Body):
    """Where the clock stands. `ready`: every effect due by now is done and its I/O has ended."""

    now: Instant
    ready: bool
    pace: str
    paused: bool
    next_wake: Instant | None


class ClockIn(Body):
    """One move or setting of the clock."""

    advance: Annotated[str | int, Field(description="seconds, or a span such as 2 h, 90 min, PT2H")] | None = None
    to: Instant | None = None
    until: Literal["eve-18:00", "csv-deadline", "term-end", "next-effect", "idle"] | None = None
    order: OrderCode | None = None
    pace: Annotated[str, Field(max_length=10, examples=["manual", "real", "x60"])] | None = None
    pause: bool | None = None


class EventOut(BaseModel):
    """One event of the trace, CloudEvents 1.0."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str | None = None
    time: str
    world: str | None = None
    data: dict[str, Any]


class ClockMoved(Body):
    """A move that has ended, and everything that happened meanwhile, in order."""

    started: Instant
    now: Instant
    ready: bool
    effects: list[EventOut]


class EventsOut(Body):
    """Events after a position; `last` is the position to ask from the next time."""

    events: list[EventOut]
    last: int


class SmsOut(Body):
    """An SMS: what it says, what it costs, what became of it. `copies` = how many times it has arrived."""

    id: str
    order: str | None
    kind: str
    to: str
    alias: str
    text: str
    encoding: str
    units: int
    segments: int
    link: str | None
    local_link: str | None = Field(description="the same link, at the address of this sandbox")
    at: Instant
    copies: int
    trail: list[TrailOut]


class TrailOut(Body):
    """One step of an SMS on its way."""

    state: str
    at: Instant


class SmsListOut(Body):
    """Messages in the order in which they were sent."""

    messages: list[SmsOut]


class FileOut(Body):
    """A file on the SFTP site."""

    operator: str
    name: str
    bytes: int
    at: Instant


class FilesOut(Body):
    """All files in sight."""

    files: list[FileOut]


class SlotOut(Band):
    """A slot with its places."""

    territory: str
    capacity: int
    free: int


class SlotsOut(Body):
    """Slots in order of time."""

    slots: list[SlotOut]


class CapacityIn(Body):
    """How many appointments one slot can hold."""

    territory: Annotated[str, Field(max_length=30)]
    slot: Band
    capacity: Annotated[int, Field(ge=0, le=100_000)]


class AgentOut(Body):
    """What the bearer of a link sees."""

    order: str
    state: Literal["to_book", "booked", "closed"]
    slot: Band | None
    slots: list[Band] = []


class AgentIn(Body):
    """The slot that is wanted."""

    slot: Band


class AddressesOut(Body):
    """Where the wires of the sandbox are; `sftp_known_hosts` is a line by which clients know the SFTP site."""

    http: str
    sftp: str | None = None
    sftp_known_hosts: str | None = None
    smpp: str | None = None


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
