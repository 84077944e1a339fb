"""The JSON bodies of the test controls, in and out, in the manner of `models`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reference_impl.services import CausalCode
from sim.sandbox.http.models import Band, Body, Channel, Instant, OrderCode, Text
from sim.sandbox.http.watch_models import EventOut
from sim.sandbox.notifications.dispatcher import LIMIT_SECONDS
from sim.sandbox.world.commands import Disturbance


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
    commercial_services: list[Text] = Field(default_factory=list)
    telephone: Annotated[str, Field(max_length=40)] | None = None
    endpoint: Annotated[str, Field(max_length=2_000)] | None = None


class DisturbIn(Body):
    """What is to befall an operator. A probe (`forged`, `stale`, `replayed`) needs order and code, `race` an order."""

    how: Disturbance
    order: OrderCode | None = None
    code: CausalCode | None = None
    seconds: Annotated[int, Field(ge=0, le=3_600, description="of a limit; 0 lifts it")] = LIMIT_SECONDS


class DisturbedOut(Body):
    """What has befallen an operator."""

    operator: str
    how: str


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


class LinkOut(Body):
    """The link of one party of an order; `local_link` is the same at the address of this sandbox."""

    channel: Channel
    link: str
    local_link: str


class LinksOut(Body):
    """The links of an order that were given out so far."""

    order: str
    operator: str
    links: list[LinkOut]


class OperatorsOut(Body):
    """The registered operators."""

    operators: list[OperatorOut]


class WorldIn(Body):
    """A world to make; what is not said is as in the default world."""

    name: Annotated[str, Field(max_length=63)]
    operators: list[Annotated[str, Field(max_length=30)]] = Field(default_factory=list)
    start: Instant | None = None
    seed: int | None = None
    readings: dict[str, Any] | None = None
    territories: dict[str, int] | None = None
    documents: bool = True
    declared: dict[str, Any] = Field(default_factory=dict)
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


class MovingOut(Body):
    """A move of the clock under way; `to` is None where it goes on until something, or nothing more, comes."""

    started: Instant
    to: Instant | None
    effects: int
    stopping: bool


class ClockOut(Body):
    """Where the clock stands. `ready`: every effect due by now is done and its I/O has ended."""

    now: Instant
    ready: bool
    pace: str
    paused: bool
    next_wake: Instant | None
    moving: MovingOut | None


class ClockIn(Body):
    """One move or setting of the clock."""

    advance: Annotated[str | int, Field(description="seconds, or a span such as 2 h, 90 min, PT2H")] | None = None
    to: Instant | None = None
    until: Literal["eve-18:00", "csv-deadline", "term-end", "next-effect", "idle"] | None = None
    order: OrderCode | None = None
    operator: OrderCode | None = None
    pace: Annotated[str, Field(max_length=10, examples=["manual", "real", "x60"])] | None = None
    pause: bool | None = None
    stop: Annotated[Literal[True], Field(description="end the move under way where it is")] | None = None


class ClockMoved(Body):
    """A move that has ended, and everything that happened meanwhile, in order."""

    started: Instant
    now: Instant
    ready: bool
    effects: list[EventOut]
    events: int = Field(description="how many events there are in the world now")


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


class CrowdIn(Body):
    """A crowd to bring: so many orders of an operator (the first, if none is said), handed in over some days."""

    orders: Annotated[int, Field(ge=1, le=1_000)]
    seed: Annotated[int, Field(ge=0, le=999_999_999)] = 0
    operator: Annotated[str, Field(max_length=30)] | None = None
    days: Annotated[int, Field(ge=1, le=60)] = 1


class CrowdOut(Body):
    """How far a crowd is: orders by state; what became of customers who got their SMS, and of those who were called."""

    operator: str
    seed: int
    orders: int
    days: int
    handed_in: int
    refused: int
    states: dict[str, int]
    customers: dict[str, int]
    call_centre: dict[str, int]


class CrowdsOut(Body):
    """All crowds of a world."""

    crowds: list[CrowdOut]


class TurnedAwayOut(Body):
    """One who came to a wire and was not let in; `user` is empty if it had named no account."""

    number: int = Field(description="counts all of them since the sandbox began")
    wire: Literal["http", "sftp"]
    user: str
    because: str


class AddressesOut(Body):
    """Where the wires of the sandbox are; `sftp_known_hosts` is a line by which clients know the SFTP site."""

    http: str
    sftp: str | None = None
    sftp_known_hosts: str | None = None
    smpp: str | None = None
    turned_away: list[TurnedAwayOut] = Field(default=[], description="the last who were not let in, newest last")
