"""The driver of the reference implementation, in process, in its simulated world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from reference_impl.errors import AgentRejected, FieldError
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.faults import NO_FAULTS, NotificationFaults
from sim.operators.in_process_http import OperatorLife, live_with_model_operator
from sim.world import AgentAtNow, Rewire, World
from steps.drivers.verbs import AgentAct, Bounds, Employed, Refused, TraceEvent


class InProcessDriver:
    """The reference implementation in its simulated world."""

    def __init__(
        self,
        *,
        name: str,
        start: int,
        readings: Mapping[str, object],
        declared: Mapping[str, object],
        seed: int,
        capacity: int,
        under_test: str,
        rewire: Rewire | None = None,
    ) -> None:
        self.world = World(
            start=start,
            policy=policy_of(readings, declared),
            seed=seed,
            name=name,
            territories={"LAZIO": capacity},
            declared=declared,
            under_test=under_test,
            rewire=rewire,
        )
        self._living = ExitStack()
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
        with _refusing():
            self.world.register_operator(**members)

    def submit(self, members: Mapping[str, object]) -> None:
        """Hand in a work order now. Raises Refused with the field."""
        with _refusing():
            self.world.submit_order(**members)

    def line(self, operator: str, order: str, code: str) -> None:
        """The field network's AC or CO for an operator's order, now. Raises Refused for what no such order awaits."""
        with _refusing():
            self.world.report_line(order, code, operator)

    def cancel(self, operator: str, order: str, reason: str) -> None:
        """An operator cancels an order of its own, now."""
        self.world.cancel_order(order, reason, operator)

    def act(self, act: str, link: str, channel: str, bounds: Bounds | None) -> None:
        """An act on the Virtual Agent, now. Raises Refused with the reason."""
        try:
            self._acts[act](link, Slot(*bounds) if bounds else None, channel)
        except AgentRejected as error:
            raise Refused(error.act, error.reason) from None

    def act_at_once(self, acts: Sequence[AgentAct]) -> list[Refused | None]:
        """Acts of several parties in one instant: here one after the other, as given. How each ended."""
        return [self._ended(*act) for act in acts]

    def _ended(self, act: str, link: str, channel: str, bounds: Bounds | None) -> Refused | None:
        try:
            self.act(act, link, channel, bounds)
        except Refused as refusal:
            return refusal
        return None

    def offered(self, link: str) -> list[Bounds]:
        """The bands on offer behind a link, now."""
        return [(slot.start, slot.end) for slot in self.world.agent.offered_slots(link)]

    def set_capacity(self, territory: str, bounds: Bounds, capacity: int) -> None:
        """Give one band of a territory a number of places of its own."""
        self.world.set_capacity(territory, Slot(*bounds), capacity)

    def ledger(self, operator: str, order: str) -> tuple[int, int, int]:
        """Gross, suspended and net milliseconds of an operator's order, now."""
        ledger = self.world.service.ledger(self.world.service.find(order, operator), self.world.now)
        return ledger.gross_ms, ledger.suspended_ms, ledger.net_ms

    def fetch(self, path: str, anew: bool = False) -> bytes:
        """The bytes of a file on the operator's SFTP site."""
        return self.world.drop.read(path)

    def run_until(self, instant: int) -> None:
        """Let everything happen that is due at or before an instant. Never goes back."""
        self.world.run_until(instant)

    def employ(self, operator: str, disturbed: str, habits: Mapping[str, Any]) -> Employed:
        """Let the model operator live in the world from now on; `disturbed` says what befalls its notifications."""
        faults = NotificationFaults(**{disturbed: 1.0}) if disturbed else NO_FAULTS  # type: ignore[arg-type]
        lives: list[OperatorLife] = []
        life = live_with_model_operator(self.world, operator, faults=faults, meet=lives.append, **habits)
        system = self._living.enter_context(life)
        return Employed(system, lives[0].probe, lives[0].limit)

    def when_operator_looks(self, interruption: Callable[[], None]) -> None:
        """Let something happen between the operator's next look at the Virtual Agent and what it does there."""
        self.world.agent = InterruptedAgent(self.world, interruption)

    def finish(self) -> list[TraceEvent]:
        """The whole trace, closed."""
        self.close()
        return self.world.finish()

    def close(self) -> None:
        """Let go of everything that lives with the world."""
        self._living.close()


@contextmanager
def _refusing() -> Iterator[None]:
    """A field that the service does not accept becomes Refused, as all drivers raise it."""
    try:
        yield
    except FieldError as error:
        raise Refused(error.field, error.allowed) from None


def policy_of(readings: Mapping[str, object], declared: Mapping[str, object]) -> Policy:
    """The policy for the readings of a run and those that a scenario declares; made once for the same readings."""
    merged = {**readings, **declared}
    key = repr(merged)
    if key not in _POLICIES:
        _POLICIES[key] = Policy.from_readings(merged)
    return _POLICIES[key]


_POLICIES: dict[str, Policy] = {}


class InterruptedAgent(AgentAtNow):
    """The Virtual Agent of a world, with something that happens once right after somebody has looked."""

    def __init__(self, world: World, interruption: Callable[[], None]) -> None:
        super().__init__(world)
        self._interruptions = [interruption]

    def open(self, link: str, channel: str | None = None) -> AgentView:
        """Look at the order behind a link; then the other party acts."""
        view = super().open(link, channel)
        while self._interruptions:
            self._interruptions.pop()()
        return view
