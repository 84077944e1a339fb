"""How the steps reach a system under test: the verbs that they need.

A driver makes things happen and shows what the wires saw. It knows no rule and expects nothing. Whatever a step needs
to know (links, SMS, rows, causals) it takes from the trace, so that a driver of a remote system can serve the same
steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from sim.operators.model_operator import ModelOperator

TraceEvent = dict[str, Any]
Bounds = tuple[int, int]


class Refused(Exception):
    """The system under test refused a request. Data: the act or the field, and the reason or what is allowed."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what, why)
        self.what, self.why = what, why


class AgentAct(NamedTuple):
    """An act at the Virtual Agent: what, through which link, by which party, on which band."""

    act: str
    link: str
    channel: str
    bounds: Bounds | None


class Employed(NamedTuple):
    """The model operator at work in the world, and what can be done to it there, now.

    `probe` hands it a `forged`, `stale` or `replayed` notification of an order's code; `limit` answers its next request
    at the Virtual Agent with 429, and asks it to wait for so many seconds.
    """

    system: ModelOperator
    probe: Callable[[str, str, str], None]
    limit: Callable[[int], None]


class Driver(Protocol):
    """A system under test, as the steps use it. Instants are milliseconds since the epoch."""

    @property
    def trace(self) -> Sequence[TraceEvent]:
        """What the wires saw so far, in order."""

    def register(self, members: Mapping[str, object]) -> None:
        """Register an operator, or register it anew: it holds from now on. Raises Refused with the field."""

    def submit(self, members: Mapping[str, object]) -> None:
        """Hand in a work order now. Raises Refused with the field."""

    def line(self, operator: str, order: str, code: str) -> None:
        """The field network's AC or CO for an operator's order, now. Raises Refused for what no such order awaits."""

    def cancel(self, operator: str, order: str, reason: str) -> None:
        """An operator cancels an order of its own, now."""

    def act(self, act: str, link: str, channel: str, bounds: Bounds | None) -> None:
        """An act on the Virtual Agent, now: open, confirm, reschedule or decline. Raises Refused with the reason."""

    def act_at_once(self, acts: Sequence[AgentAct]) -> list[Refused | None]:
        """Acts of several parties in one instant, on real wires truly at once; how each ended, in their order."""

    def offered(self, link: str) -> list[Bounds]:
        """The bands on offer behind a link, now."""

    def set_capacity(self, territory: str, bounds: Bounds, capacity: int) -> None:
        """Give one band of a territory a number of places of its own."""

    def ledger(self, operator: str, order: str) -> tuple[int, int, int]:
        """Gross, suspended and net milliseconds of an operator's order, now."""

    def fetch(self, path: str, anew: bool = False) -> bytes:
        """The bytes of a file on the operator's SFTP site; read `anew`, or as they were when they were read before."""

    def run_until(self, instant: int) -> None:
        """Let everything happen that is due at or before an instant. Never goes back."""

    def employ(self, operator: str, disturbed: str, habits: Mapping[str, Any]) -> Employed:
        """Let the model operator live in the world from now on; `disturbed` says what befalls its notifications."""

    def when_operator_looks(self, interruption: Callable[[], None]) -> None:
        """Let something happen between the operator's next look at the Virtual Agent and what it does there."""

    def finish(self) -> list[TraceEvent]:
        """The whole trace, closed."""

    def close(self) -> None:
        """Let go of everything that lives with the world."""
