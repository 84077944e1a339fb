"""The notifications of a live world: what is to be delivered now, what became of it, what is sent once more."""

from __future__ import annotations

from collections.abc import Sequence

from sim.sandbox.world import commands
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.durable import DurableWorld
from sim.sandbox.world.outbox import Attempt, Delivery, Posting


class Deliveries:
    """The notifications of all operators, and their deliveries."""

    def __init__(self, durable: DurableWorld) -> None:
        self._durable = durable

    def postings(self, operator: str | None = None) -> list[Posting]:
        """The notifications and their deliveries, to be read only."""
        return [posting for posting in self._durable.core.outbox if operator in (None, posting.notification.operator)]

    def resend(self, events: Sequence[str], operator: str | None = None) -> int:
        """Send notifications once more, now; return how many are on their way. Raises UnknownName."""
        for event in events:
            posting = self._durable.core.outbox.get(event)
            if posting is None or operator not in (None, posting.notification.operator):
                raise UnknownName("notification", event)
        sent_count: int = self._durable.do(commands.Resend(events))
        return sent_count

    def resend_since(self, since: int, operator: str | None = None) -> int:
        """Send again all notifications issued at or after an instant."""
        return self.resend([posting.event for posting in self.postings(operator) if posting.notification.at >= since])

    def due(self) -> list[Delivery]:
        """The deliveries to be made now."""
        return self._durable.core.outbox.due()

    def record_outcomes(self, outcomes: Sequence[tuple[str, Attempt]]) -> None:
        """What became of deliveries: the event id of each notification and its attempt."""
        rows = [
            (event, attempt.copy, attempt.status, attempt.reason, attempt.began, attempt.answer)
            for event, attempt in outcomes
        ]
        self._durable.do(commands.RecordOutcomes(rows))
