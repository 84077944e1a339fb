"""What a scenario says, as frozen data: one class for each table of the file.

Reading and checking is `reader`'s business; drawing from it is `workload`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reference_impl.services import SERVICES
from sim.capacity.scenario.distributions import Distribution
from sim.capacity.scenario.open_hours import Hours

SERVICE_NAMES = tuple(SERVICES)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days on which orders arrive. The first and last of them can be left out of what is measured."""

    start: date
    days: int
    warm_up_days: int
    cool_down_days: int
    longest_life_days: int

    @property
    def measured_days(self) -> int:
        """How many days are measured."""
        return self.days - self.warm_up_days - self.cool_down_days


@dataclass(frozen=True, slots=True)
class Surge:
    """Days (both included) on which arrivals are multiplied."""

    first: date
    last: date
    factor: float


@dataclass(frozen=True, slots=True)
class RecordedOrder:
    """One order of a recorded file: when it came, whose, what and where."""

    received_at: int
    operator: str
    service: str
    territory: str
    line_ready_at: int | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When orders come: relative weights of months, weekdays and hours, or a recorded list."""

    months: tuple[float, ...]
    weekdays: tuple[float, ...]
    hours: tuple[float, ...]
    holiday_factor: float
    surges: tuple[Surge, ...]
    recorded: tuple[RecordedOrder, ...] | None


@dataclass(frozen=True, slots=True)
class CallCentre:
    """How an operator calls customers who have not booked: hours, effort, and what comes of it."""

    hours: Hours
    agents: int
    minutes_per_call: float
    attempts: int
    hours_between_attempts: float
    first_call_after_hours: float
    reached_per_attempt: float
    refuses: float


@dataclass(frozen=True, slots=True)
class OperatorPlan:
    """An operator: its volume, mix, code and call centre."""

    name: str
    orders_per_year: float
    services: Mapping[str, float]
    code: str
    share_with_code: float
    domain: str
    call_centre: CallCentre | None


@dataclass(frozen=True, slots=True)
class LineReady:
    """The delay from order to AC/CO, in hours that count while the line's side is open."""

    after_hours: Distribution
    hours: Hours


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: its share of the orders, and technicians by weekday and band, less its own closed days."""

    name: str
    share: float
    capacity: tuple[tuple[int, ...], ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sms:
    """The SMS gateway: how many leave in a second."""

    per_second: float


@dataclass(frozen=True, slots=True)
class Notifications:
    """The operators' endpoints together: how many at once, and how long each takes."""

    concurrency: int
    latency_ms: Distribution


@dataclass(frozen=True, slots=True)
class Customers:
    """What customers do with the link. Shares are of all customers; those who do nothing are the rest."""

    books: float
    refuses: float
    answers_after_hours: Distribution
    awake: Hours
    wishes_days: Distribution
    session_minutes: Distribution
    reschedules: float
    moves_by_days: Distribution
    cancels: float
    retries_after_hours: float


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something in the file that is assumed: about which keys, what, and from which source if one is known."""

    about: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. `readings` are those of its profile, with its own over them."""

    file: str
    name: str
    title: Mapping[str, str]
    horizon: Horizon
    readings: Mapping[str, object]
    arrivals: Arrivals
    operators: tuple[OperatorPlan, ...]
    line_ready: Mapping[str, LineReady]
    territories: tuple[Territory, ...]
    sms: Sms
    notifications: Notifications
    customers: Customers
    sampled_orders: int
    assumptions: tuple[Assumption, ...]
