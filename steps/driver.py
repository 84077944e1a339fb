"""How the steps reach a system under test: the verbs they need, and the driver of the reference in process.

A driver makes things happen and shows what the wires saw. It knows no rule and expects nothing. Whatever a step needs to
know (links, SMS, rows, causals) it takes from the trace, so that a driver of a remote system can serve the same steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from reference_impl.errors import AgentRejected, FieldError
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from sim.world import World

TraceEvent = dict[str, Any]
Bounds = tuple[int, int]


class Refused(Exception):
    """The system under test turned something down. Data: the act, or the field; and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what, why)
        self.what, self.why = what, why


class Driver(Protocol):
    """A system under test, as the steps use it. Instants are milliseconds since the epoch."""

    @property
    def trace(self) -> Sequence[TraceEvent]:
        """What the wires saw so far, in order."""

    def register(self, members: Mapping[str, object]) -> None:
        """Register an operator. Raises Refused with the field."""

    def submit(self, members: Mapping[str, object]) -> None:
        """Hand in a work order now. Raises Refused with the field."""

    def line(self, order: str, code: str) -> None:
        """The field network's AC or CO for an order, now."""

    def cancel(self, order: str, reason: str) -> None:
        """The operator cancels an order, now."""

    def act(self, act: str, link: str, channel: str, bounds: Bounds | None) -> None:
        """An act on the Virtual Agent, now: open, confirm, reschedule or decline. Raises Refused with the reason."""

    def offered(self, link: str) -> list[Bounds]:
        """The bands on offer behind a link, now."""

    def set_capacity(self, territory: str, bounds: Bounds, capacity: int) -> None:
        """Give one band of a territory a number of places of its own."""

    def ledger(self, order: str) -> tuple[int, int, int]:
        """Gross, suspended and net milliseconds of an order, now."""

    def fetch(self, path: str) -> bytes:
        """The bytes of a file on the operator's SFTP site."""

    def run_until(self, instant: int) -> None:
        """Let everything happen that is due at or before an instant. Never goes back."""

    def finish(self) -> list[TraceEvent]:
        """The whole trace, closed."""


class InProcessDriver:
    """The reference implementation in its simulated world."""

    def __init__(
        self,
        name: str,
        start: int,
        readings: Mapping[str, object],
        declared: Mapping[str, object],
        seed: int,
        capacity: int,
        under_test: str,
    ) -> None:
        self.world = World(
            start=start,
            policy=Policy.from_readings({**readings, **declared}),
            seed=seed,
            name=name,
            territories={"LAZIO": capacity},
            declared=declared,
            under_test=under_test,
        )
        self._acts = {
            "open": lambda link, slot, channel: self.world.agent.open(link),
            "confirm": lambda link, slot, channel: self.world.agent.confirm(link, slot, channel=channel),
            "reschedule": lambda link, slot, channel: self.world.agent.reschedule(link, slot, channel=channel),
            "decline": lambda link, slot, channel: self.world.agent.decline(link, channel=channel),
        }

    @property
    def trace(self) -> Sequence[TraceEvent]:
        """What the wires saw so far, in order."""
        return self.world.trace

    def register(self, members: Mapping[str, object]) -> None:
        """Register an operator. Raises Refused with the field."""
        try:
            self.world.register_operator(**members)
        except FieldError as error:
            raise Refused(error.field, error.allowed) from None

    def submit(self, members: Mapping[str, object]) -> None:
        """Hand in a work order now. Raises Refused with the field."""
        try:
            self.world.submit_order(**members)
        except FieldError as error:
            raise Refused(error.field, error.allowed) from None

    def line(self, order: str, code: str) -> None:
        """The field network's AC or CO for an order, now."""
        self.world.report_line(order, code)

    def cancel(self, order: str, reason: str) -> None:
        """The operator cancels an order, now."""
        self.world.cancel_order(order, reason)

    def act(self, act: str, link: str, channel: str, bounds: Bounds | None) -> None:
        """An act on the Virtual Agent, now. Raises Refused with the reason."""
        try:
            self._acts[act](link, Slot(*bounds) if bounds else None, channel)
        except AgentRejected as error:
            raise Refused(error.act, error.reason) from None

    def offered(self, link: str) -> list[Bounds]:
        """The bands on offer behind a link, now."""
        return [(slot.start, slot.end) for slot in self.world.agent.offered_slots(link)]

    def set_capacity(self, territory: str, bounds: Bounds, capacity: int) -> None:
        """Give one band of a territory a number of places of its own."""
        self.world.set_capacity(territory, Slot(*bounds), capacity)

    def ledger(self, order: str) -> tuple[int, int, int]:
        """Gross, suspended and net milliseconds of an order, now."""
        ledger = self.world.service.ledger(order, self.world.now)
        return ledger.gross_ms, ledger.suspended_ms, ledger.net_ms

    def fetch(self, path: str) -> bytes:
        """The bytes of a file on the operator's SFTP site."""
        return self.world.drop.read(path)

    def run_until(self, instant: int) -> None:
        """Let everything happen that is due at or before an instant. Never goes back."""
        self.world.run_until(instant)

    def finish(self) -> list[TraceEvent]:
        """The whole trace, closed."""
        return self.world.finish()
