"""What a scenario says: one class for each table of the file, with its keys, their kinds and their defaults.

`docs/scenario.md` describes the same keys; a test holds the two together. What needs more than one table to be read
(readings, territories, recorded orders) is put together in `reader`; drawing from a scenario is `workload`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from reference_impl.civil_time import HOUR, WEEKDAYS
from reference_impl.registry import DOMAIN, NAME
from reference_impl.services import SERVICES
from sim.capacity.scenario.demand import BY_WEEK, Arrivals, Horizon, RecordedOrder
from sim.capacity.scenario.distribution_tables import (
    YEAR_DAYS,
    YEAR_HOURS,
    YEAR_MINUTES,
    YEAR_MS,
    read_distribution,
    up_to,
)
from sim.capacity.scenario.distributions import Distribution
from sim.capacity.scenario.file_table import (
    FileTable,
    Flag,
    PartOfDay,
    Probability,
    Text,
    Weekdays,
    matching,
    not_allowed,
    number,
    shares,
    whole,
    word,
)
from sim.capacity.scenario.open_hours import ALL_WEEK, MIDNIGHT_TO_MIDNIGHT, Hours

SERVICE_NAMES = tuple(SERVICES)
TakenSlots = Mapping[tuple[int, int, int], int]  # places, by number of the territory, day and number of the band
MOST_ABSENCE = 0.99
DEAREST = 1_000_000.0  # euro
MOST_ORDERS = 100_000_000.0  # a year
SLOWEST_PER_SECOND, FASTEST_PER_SECOND = 0.01, 1_000_000.0
MOST_ATTEMPTS = 20  # of a call centre to reach a customer
OFFICE_DAYS = tuple(range(WEEKDAYS.index("sat")))
OFFICE_HOURS = 9 * HOUR, 18 * HOUR


class Title(FileTable):
    """The title in both languages; without one, the name of the scenario stands for it."""

    it: Text | None = None
    en: Text | None = None


class WithHours(FileTable):
    """A table with opening hours among its keys; without them, it is always open."""

    hours: PartOfDay = MIDNIGHT_TO_MIDNIGHT
    weekdays: Weekdays = ALL_WEEK
    on_holidays: Flag = True

    @property
    def open_hours(self) -> Hours:
        """When it is open."""
        return Hours(self.weekdays, *self.hours, self.on_holidays)


class CallCentre(WithHours):
    """How an operator calls customers who have not booked: hours, effort, and what comes of it."""

    hours: PartOfDay = OFFICE_HOURS
    weekdays: Weekdays = OFFICE_DAYS
    on_holidays: Flag = False
    agents: Annotated[int, whole(1, 1_000_000)]
    minutes_per_call: Annotated[float, number(0.1, 1_440)] = 4.0
    attempts: Annotated[int, whole(1, MOST_ATTEMPTS)] = 3
    hours_between_attempts: Annotated[float, number(0, YEAR_HOURS)] = 4.0
    first_call_after_hours: Annotated[float, number(0, YEAR_HOURS)] = 1.0
    reached_per_attempt: Probability
    refuses: Probability = 0.0


class OperatorPlan(FileTable):
    """An operator: its volume, mix, code and call centre."""

    name: Annotated[Text, matching(NAME, "upper-case letters, digits and -, at most 30")]
    written_domain: Annotated[Text, matching(DOMAIN, "a domain name in lower case")] | None = Field(
        None, alias="domain"
    )
    orders_per_year: Annotated[float, number(0, MOST_ORDERS)]
    services: Annotated[Mapping[str, float], shares(SERVICE_NAMES)]
    code: Annotated[str, word("project", "delivery")] = "project"
    share_with_code: Probability = 1.0
    call_centre: CallCentre | None = None

    @property
    def domain(self) -> str:
        """The domain of its links."""
        return self.written_domain or f"va.{self.name.lower()}.example.it"

    @property
    def codes(self) -> tuple[str | None, str | None]:
        """The codes that it writes on its orders: project and delivery."""
        return (f"PRJ-{self.name}"[:30], None) if self.code == "project" else (None, f"DEL-{self.name}"[:30])

    @property
    def registration(self) -> Mapping[str, object]:
        """Its members as it is registered."""
        project, delivery = self.codes
        return {
            "operator": self.name,
            "agent_domain": self.domain,
            "project_codes": (project,) if project else (),
            "delivery_codes": (delivery,) if delivery else (),
        }


def named_once(plans: tuple[OperatorPlan, ...]) -> tuple[OperatorPlan, ...]:
    """The operators, if there is one and no name comes twice."""
    names = [plan.name for plan in plans]
    if not names:
        raise not_allowed("at least one [[operators]]", [])
    for name in names:
        if names.count(name) > 1:
            raise not_allowed("each name once", name)
    return plans


class LineReady(WithHours):
    """The delay from order to AC/CO, in hours that count while the line's side is open."""

    after_hours: Annotated[Distribution, up_to(YEAR_HOURS)]


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: its share of the orders, and technicians by weekday and band, less its own closed days."""

    name: str
    share: float
    capacity: tuple[tuple[int, ...], ...]
    closed: tuple[str, ...]


class Technicians(FileTable):
    """What keeps technicians from being done as planned: the share absent on a day, and of visits that need another.

    A further visit takes the first free place from so many days later on.
    """

    absence: Annotated[float, number(0, MOST_ABSENCE)] = 0.0
    second_visit: Probability = 0.0
    second_visit_after_days: Annotated[int, whole(1, YEAR_DAYS)] = 1


class Sms(FileTable):
    """The SMS gateway: how many leave in a second."""

    per_second: Annotated[float, number(SLOWEST_PER_SECOND, FASTEST_PER_SECOND)]


class Notifications(FileTable):
    """The operators' endpoints together: how many at once, and how long each takes."""

    concurrency: Annotated[int, whole(1, 100_000)]
    latency_ms: Annotated[Distribution, up_to(YEAR_MS)]


class Customers(FileTable):
    """What customers do with the link. Shares are of all customers; those who do nothing are the rest."""

    books: Probability
    refuses: Probability = 0.0
    answers_after_hours: Annotated[Distribution, up_to(YEAR_HOURS)]
    awake: WithHours = WithHours()
    wishes_days: Annotated[Distribution, up_to(YEAR_DAYS)]
    session_minutes: Annotated[Distribution, up_to(YEAR_MINUTES)] = read_distribution({"constant": 3}, YEAR_MINUTES)
    reschedules: Probability = 0.0
    moves_by_days: Annotated[Distribution, up_to(YEAR_DAYS)] = read_distribution({"values": [1, 2, 5]}, YEAR_DAYS)
    cancels: Probability = 0.0
    no_show: Probability = 0.0
    retries_after_hours: Annotated[float, number(0.1, YEAR_HOURS)] = 24.0

    @model_validator(mode="after")
    def _shares_fit(self) -> Self:
        if self.books + self.refuses > 1:
            raise not_allowed(f"with books ({self.books:.15g}), at most 1 in all", self.refuses, "refuses")
        return self


class Sample(FileTable):
    """How many orders the judge gets to see."""

    orders: Annotated[int, whole()] = 200


class ServiceLevel(FileTable):
    """Within how many days of the order which share of the visits is to take place; asked of every week."""

    days: Annotated[float, number(0.1, YEAR_DAYS)] = 7.0
    share: Annotated[float, number(0.5, 0.999)] = 0.95


class Costs(FileTable):
    """What things cost, in euro. Who works is paid for the hours offered, busy or not."""

    technician_hour: Annotated[float, number(0, DEAREST)] = 0.0
    agent_hour: Annotated[float, number(0, DEAREST)] = 0.0
    sms: Annotated[float, number(0, DEAREST)] = 0.0
    day_of_delay: Annotated[float, number(0, DEAREST)] = 0.0


class Assumption(FileTable):
    """Something in the file that is assumed: about which keys, what, and from which source if one is known.

    What is said in Italian too (`text_it`, `source_it`) stands so on the Italian page.
    """

    about: Text
    text: Text
    text_it: Text = ""
    source: Text = ""
    source_it: Text = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. `readings` are those of its profile, with its own over them."""

    file: str
    name: str
    title: Mapping[str, str]
    horizon: Horizon
    readings: Mapping[str, object]
    arrivals: Arrivals
    recorded: tuple[RecordedOrder, ...] | None
    open_orders: tuple[RecordedOrder, ...]
    taken_slots: TakenSlots
    operators: tuple[OperatorPlan, ...]
    line_ready: Mapping[str, LineReady]
    territories: tuple[Territory, ...]
    technicians: Technicians
    sms: Sms
    notifications: Notifications
    customers: Customers
    sampled_orders: int
    service_level: ServiceLevel
    costs: Costs | None
    assumptions: tuple[Assumption, ...]

    @property
    def visits_in_vain(self) -> float:
        """The share of visits after which the work is not done: nobody is home, or it needs another visit."""
        return 1 - (1 - self.customers.no_show) * (1 - self.technicians.second_visit)

    @property
    def resamples(self) -> bool:
        """Whether recorded weeks are drawn again, so that an order of the file may come more than once."""
        return self.arrivals.recorded is not None and self.arrivals.recorded.resample == BY_WEEK

    @property
    def gives_codes(self) -> bool:
        """Whether an order keeps the code that it bears in a file."""
        recorded = () if self.resamples else self.recorded or ()
        return any(order.code for order in (*recorded, *self.open_orders))

    @property
    def tells_further_visits(self) -> bool:
        """Whether the file says anything of visits in vain, be it that there are none."""
        written = self.customers.model_fields_set | self.technicians.model_fields_set
        return bool({"no_show", "second_visit"} & written)
