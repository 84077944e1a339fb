"""An order as the service keeps it: its states, the events it can meet, its appointment and its suspensions.

Only `life_cycle` changes an order. Nothing here knows a rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reference_impl.intake import WorkOrder
from reference_impl.ports import OrderKey, Slot
from reference_impl.registry import Operator
from reference_impl.services import Family


class State(StrEnum):
    """Where an order stands."""

    __hash__ = str.__hash__  # as fast as the word that it is: orders look their state up at every event

    ELSEWHERE = "elsewhere"  # worked the ordinary way or disaggregated: not in this service
    WAITING = "waiting"  # for AC/CO
    UNREACHABLE = "unreachable"  # as WAITING, with a number that takes no SMS
    ENGAGING = "engaging"  # AC/CO has come, the SMS waits for its window
    ENGAGED = "engaged"  # the SMS has left, the term runs
    REFUSING = "refusing"  # refused, the causal waits for the end of the term
    BOOKED = "booked"
    LATE_BOOKED = "late_booked"  # booked after the time-out, where the reading accepts it
    VISITED = "visited"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    HANDED_BACK = "handed_back"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What can happen to an order."""

    __hash__ = str.__hash__

    LINE_READY = "line_ready"  # AC or CO
    ENGAGE = "engage"
    FIRST_NOTICE = "first_notice"
    CONFIRM = "confirm"
    RESCHEDULE = "reschedule"
    DECLINE_ONE_PARTY = "decline_one_party"  # the other party may still book
    DECLINE = "decline"
    DECLINE_UNTIL_TERM = "decline_until_term"  # final, told to the operator at the end of the term
    TERM_END = "term_end"
    REFUSAL_STANDS = "refusal_stands"  # the term ends, and a party has refused
    REMIND = "remind"
    VISIT = "visit"
    ATTEMPT = "attempt"  # a telephone call of the ordinary process
    CANCEL = "cancel"


class Detail(NamedTuple):
    """What an event brings with it: who acted, through which link, on which slot, with which code or reason."""

    channel: str = ""
    link: str = ""
    slot: Slot | None = None
    code: str = ""
    reason: str = ""


NO_DETAIL = Detail()


@dataclass(slots=True)
class Suspension:
    """One interval of the SLA ledger (UNR-3): opened by a causal, closed by a cause, or still open."""

    code: str
    opened_at: int
    closed_at: int | None = None
    cause: str | None = None


@dataclass(slots=True)
class Order:
    """A work order under way. Instants are milliseconds since the epoch; an `…_at` that is None is not awaited."""

    work: WorkOrder
    operator: Operator
    family: Family | None
    flow: str
    diagnostics: tuple[str, ...]
    received_at: int
    state: State
    engage_at: int | None = None
    first_notice_at: int | None = None
    term_end_at: int | None = None
    refusal_stands_at: int | None = None
    remind_at: int | None = None
    visit_at: int | None = None
    attempt_at: int | None = None
    sms_at: int | None = None
    closes_at: int | None = None
    slot: Slot | None = None
    booked_by: str | None = None
    reschedules: int = 0
    reminders: int = 0
    attempts: int = 0
    declined_by: tuple[str, ...] = ()
    ended_at: int | None = None
    suspensions: list[Suspension] = field(default_factory=list)
    key: OrderKey = field(init=False)
    code: str = field(init=False)  # the operator's order code
    phone: str = ""  # E.164, where it can get an SMS

    def __post_init__(self) -> None:
        self.code = self.work.code
        self.key = OrderKey(self.work.operator, self.code)
