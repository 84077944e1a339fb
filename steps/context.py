"""The state of one scenario: what was declared, the driver from the first dated step on, and what was refused.

The world is made at the first dated step, because readings, operators and orders have to be known by then. It begins
at the midnight of that day. Expectations are read from the trace alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.facts import CAUSALS, COPPER, Causals, causals_of
from steps import dates
from steps.drivers.verbs import AgentAct, Bounds, Driver, Employed, Refused, TraceEvent
from steps.words import SERVICES, SMS_KINDS

DAYS_AFTER_THE_LAST_DATE = 14
NUMBERS, FIRST_NUMBER = "+3933312", 34567

WRITTEN_BY_THE_OPERATOR = ("project_code", "delivery_code", "phone", "line_state")

DriverFactory = Callable[["Story", int], Driver]


@dataclass(slots=True)
class OrderSheet:
    """An order as a scenario declares it; `label` is how its steps name it where there are several."""

    code: str
    operator: str
    service: str
    causals: Causals
    members: dict[str, object]
    label: str = ""
    submitted: bool = False


@dataclass(slots=True)
class Story:
    """One scenario under way."""

    name: str
    seed: int
    readings: Mapping[str, object]
    make_driver: DriverFactory
    profile: Any = None
    pins: dict[str, object] = field(default_factory=dict)
    operators: dict[str, dict[str, object]] = field(default_factory=dict)
    orders: list[OrderSheet] = field(default_factory=list)
    capacity: int = 4
    capacities: list[tuple[Bounds, int]] = field(default_factory=list)
    under_test: str = "service"
    employed: str = ""
    disturbed: str = ""
    habits: dict[str, object] = field(default_factory=dict)
    focus: OrderSheet | None = None
    driver: Driver | None = None
    at_work: Employed | None = None
    last_date: int = 0
    clock: int = 0
    pending_refusals: list[Refused] = field(default_factory=list)
    was_accepted: bool = False
    joint_outcomes: list[Refused | None] = field(default_factory=list)
    final_trace: list[TraceEvent] | None = None
    readings_used: set[str] = field(default_factory=set)

    def pin(self, parameter: str, value: object) -> None:
        """Declare a reading; only before the world is made."""
        self._before_the_world(f"la lettura {parameter}")
        self.pins[parameter] = value

    def declare_operator(self, name: str, **members: object) -> None:
        """Add an operator, or more members to one that was declared; registered with the world."""
        operator = self.operators.setdefault(
            name.upper(), {"operator": name.upper(), "agent_domain": f"agente.{name.lower()}.example"}
        )
        operator.update(members)

    def declare_order(
        self, service: str, operator: str, members: dict[str, object], label: str = "", code: str = ""
    ) -> None:
        """Add an order, to which the next steps refer; without a code or a number it gets one of its own."""
        causals = causals_of(SERVICES[service]) or CAUSALS[COPPER]  # WLR, which has none of its own, is a copper line
        number = len(self.orders)
        code = code or f"{self.name.upper()}-{number + 1}"
        written = {"phone": f"{NUMBERS}{FIRST_NUMBER + number}", **members}
        sheet = OrderSheet(code, operator.upper(), SERVICES[service], causals, written, label)
        self.orders.append(sheet)
        self.focus = sheet
        if self.driver is not None:
            self.submit(sheet)

    @property
    def order(self) -> OrderSheet:
        """The order that the steps speak of."""
        assert self.focus is not None, "nessun ordine: serve prima un passo come «un ordine VULA FTTH di Alfa»"
        return self.focus

    def speak_of(self, label: str) -> None:
        """Let the following steps speak of another order."""
        self.focus = next(sheet for sheet in self.orders if sheet.label == label)

    def reading(self, parameter: str) -> object:
        """The reading in force: the pinned one, else that of the run's profile."""
        self.readings_used.add(parameter)
        return self.pins.get(parameter, self.readings[parameter])

    def may_be_read_as(self, parameter: str, value: str) -> bool:
        """Whether a system may have that reading: it is in force, or nobody has declared any."""
        in_force = self.reading(parameter)
        return in_force == value or (parameter not in self.pins and parameter in self.profile.undeclared)

    def run_until(self, moment: int, *, dated: bool = True) -> Driver:
        """Let time pass to an instant, making the world first where there is none.

        `dated` says that the instant is one of the scenario's own: the scenario ends some days after the last of them.
        """
        if dated:
            self.last_date = max(self.last_date, moment)
        if self.driver is None:
            self.driver = self.make_driver(self, dates.midnight(moment))
            self._populate(self.driver)
        self.driver.run_until(moment)
        self.clock = moment
        return self.driver

    def reach(self, moment: int) -> Driver:
        """Let time pass to an instant, unless it has passed: an expectation may look back, an act may not."""
        if self.driver is None or moment > self.clock:
            return self.run_until(moment)
        return self.driver

    def settle(self) -> None:
        """Let everything happen that is still to come."""
        if self.driver is not None:
            self.run_until(max(self.clock, self.last_date + DAYS_AFTER_THE_LAST_DATE * dates.DAY_MS), dated=False)

    def _populate(self, driver: Driver) -> None:
        for bounds, places in self.capacities:
            driver.set_capacity("LAZIO", bounds, places)
        for members in self.operators.values():
            driver.register(members)
        if self.employed:
            self.at_work = driver.employ(self.employed, self.disturbed, self.habits)
        for sheet in self.orders:
            if not sheet.submitted:
                self.submit(sheet)

    def submit(self, sheet: OrderSheet) -> None:
        """Hand in an order now."""
        assert self.driver is not None, "il mondo non c'è ancora: serve prima un passo con una data"
        sheet.submitted = True
        members = {"order": sheet.code, "operator": sheet.operator, "service": sheet.service, **sheet.members}
        if self.at_work is not None:
            plain_members = {
                name: value for name, value in sheet.members.items() if name not in WRITTEN_BY_THE_OPERATOR
            }
            members = self.at_work.system.new_order(
                sheet.code, sheet.service, str(sheet.members["phone"]), **plain_members
            )
        self.driver.submit(members)

    def act(self, act: str, channel: str, bounds: Bounds | None, moment: int, link: str | None = None) -> None:
        """An act on the Virtual Agent; a refusal waits for a step that expects it."""
        if bounds:
            self.last_date = max(self.last_date, bounds[1])
        driver = self.run_until(moment)
        try:
            driver.act(act, link or self.link(channel), channel, bounds)
            self.was_accepted = True
        except Refused as refusal:
            self.was_accepted = False
            self.pending_refusals.append(refusal)
        self.run_until(moment)

    def act_at_once(self, acts: Sequence[AgentAct], moment: int) -> None:
        """Acts of several parties in one instant; how they ended waits for a step that expects it."""
        self.last_date = max([self.last_date, *(act.bounds[1] for act in acts if act.bounds)])
        self.joint_outcomes = self.run_until(moment).act_at_once(acts)
        self.run_until(moment)

    def link(self, channel: str) -> str:
        """The link of a party for the order at hand: from the SMS it received, or from the row it fetched."""
        if channel == "customer":
            return str(self.the_last("sms.sent", kind="engagement")["data"]["link"])
        row = self.row()
        assert row is not None, f"nessun file CSV nomina ancora {self.order.code}: l'operatore non ha il link"
        return str(row["link"])

    def row(self) -> dict[str, str] | None:
        """The last CSV row of the order at hand."""
        rows = self.rows()
        return rows[-1] if rows else None

    def rows(self) -> list[dict[str, str]]:
        """All CSV rows of the order at hand."""
        deposits = self.events("csv.deposited", True)
        return [row for event in deposits for row in event["data"]["rows"] if self._has_row(event, row)]

    def deposits(self) -> list[TraceEvent]:
        """The deposits that hold a row of the order at hand."""
        return [
            event
            for event in self.events("csv.deposited", True)
            if any(self._has_row(event, row) for row in event["data"]["rows"])
        ]

    def _has_row(self, deposit: TraceEvent, row: Mapping[str, str]) -> bool:
        """Whether a row is of the order at hand: the same code in another operator's file is another order."""
        return row["order"] == self.order.code and deposit["data"]["operator"] == self.order.operator

    def events(self, type: str, every_order: bool = False, /, **members: object) -> list[TraceEvent]:
        """Events of a type in the trace, of the order at hand unless told otherwise, with these data members."""
        assert self.driver is not None, "nulla è ancora accaduto: serve prima un passo con una data"
        sheet = None if every_order else self.order
        return [
            event
            for event in self.driver.trace
            if event["type"] == type
            and (sheet is None or _is_about(event, sheet))
            and all(event["data"].get(name) == value for name, value in members.items())
        ]

    def the_last(self, type: str, **members: str) -> TraceEvent:
        """The last such event of the order at hand; there must be one."""
        events = self.events(type, **members)
        shown = ", ".join(map(str, members.values()))
        assert events, f"atteso: {type} {shown}; osservato: nessuno"
        return events[-1]

    def appointment(self) -> Bounds | None:
        """The slot of the appointment in force, as the trace tells it."""
        acts = self.events("appointment.confirmed") + self.events("appointment.rescheduled")
        return dates.bounds_of(acts[-1]["data"]["slot"]) if acts else None

    def finish(self) -> list[TraceEvent]:
        """Close the scenario: its trace, whole. Empty where no world was made."""
        if self.final_trace is None:
            try:
                self.settle()
            finally:
                self.final_trace = self.driver.finish() if self.driver is not None else []
        return self.final_trace

    def _before_the_world(self, what: str) -> None:
        assert self.driver is None, f"{what} va detta prima del primo passo con una data"


def _is_about(event: TraceEvent, sheet: OrderSheet) -> bool:
    """Whether an event is about an order; where it does not say whose, the code decides."""
    return event.get("subject") == sheet.code and event["data"].get("operator", sheet.operator) == sheet.operator


def until(events: list[TraceEvent], moment: int) -> list[TraceEvent]:
    """The events at or before an instant."""
    return [event for event in events if dates.from_trace(event["time"]) <= moment]


def times(events: list[TraceEvent]) -> list[int]:
    """The instants of events."""
    return [dates.from_trace(event["time"]) for event in events]


def shown_times(events: list[TraceEvent]) -> str:
    """The instants of events for a message."""
    return ", ".join(map(dates.shown, times(events))) or "mai"


def all_sms(story: Story, kind: str) -> list[TraceEvent]:
    """The SMS of a kind that the order at hand has had."""
    return story.events("sms.sent", kind=SMS_KINDS[kind])


def national(number: str) -> str:
    """A telephone number without the prefix of Italy; whoever sends may write either."""
    return number.removeprefix("+39")
