"""A person who is led through a guided run in process: does the operator's tasks, and says *go on*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reference_impl.errors import AgentRejected
from reference_impl.links import OPERATOR
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided.acts import Act
from sim.validation.guided.hands import Hands
from sim.validation.guided.recognition import Standing, standing_of
from sim.validation.guided.tasks import FETCH, Task, tasks_of
from tests.sandbox.in_process import order

ACT_OF = {"book": "confirm", "move": "reschedule", "decline": "decline"}


@dataclass(slots=True)
class Person:
    """The person at the operator, and the run of one world."""

    live: LiveWorld
    hands: Hands

    @property
    def record(self) -> GuidedRecord:
        """What the world keeps of the run."""
        assert self.live.guided is not None
        return self.live.guided

    @property
    def standing(self) -> Standing:
        """How far the run is."""
        return standing_of(self.live, self.record)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the operator now."""
        return tasks_of(self.live, self.record, self.standing)

    async def go_to(self, is_there: Callable[[Act], bool]) -> Act:
        """Go through the run until an act comes up."""
        while (act := self.standing.current) is not None and not is_there(act):
            await self.do(act)
        assert act is not None
        return act

    async def go_through(self) -> None:
        """Go through the run to its end."""
        while (act := self.standing.current) is not None:
            await self.do(act)

    async def do(self, act: Act) -> None:
        """Do one thing: the most urgent task of the operator, or let the harness do its part."""
        if act.verb == "order" and "nowhere" not in act.arguments:
            self.hand_in(act)
        elif act.verb == "desk" and self.link(self.standing.order):
            self.use_link(act.arguments[0], self.standing.order)
        elif self.tasks:
            self.fulfil(self.tasks[0])
        else:
            await self.hands.go_on(act.number)

    def fulfil(self, task: Task) -> None:
        """Do a task."""
        if task.kind == FETCH:
            self.live.site.fetch_file(self.record.operator, task.name.rpartition("/")[2])
        else:
            self.use_link(task.kind, task.name)

    def hand_in(self, act: Act) -> None:
        """Hand in an order with a code of the operator's."""
        code = f"MINE-{len(self.live.orders()) + 1}"
        rest = {"disaggregated": True, "pdc_disaggregated": True} if "disaggregated" in act.arguments else {}
        self.live.submit_order(order(code, operator=self.record.operator, service=act.arguments[0], **rest))

    def link(self, code: str) -> str | None:
        """The operator's link of an order."""
        return self.live.link_of(code, OPERATOR, self.record.operator)

    def use_link(self, kind: str, code: str) -> None:
        """Act with the operator's link; a refusal is accepted."""
        digest = digest_of(self.link(code) or "")
        try:
            self.live.open_link(digest, OPERATOR)
            slot = None if kind == "decline" else self.live.offered_slots(digest)[3]
            self.live.act(ACT_OF[kind], digest, slot, OPERATOR)
        except AgentRejected:
            return


def person_in(sandbox: Sandbox, live: LiveWorld) -> Person:
    """The person who is led through the run of a world."""
    return Person(live, Hands(sandbox, live, sandbox.clock(live.name)))
