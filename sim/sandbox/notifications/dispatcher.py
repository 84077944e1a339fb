"""Makes the deliveries that a world's outbox says are due, and tells the world what became of them.

Notifications of one order go out one after the other, in the order in which the service sent them; those of different
orders side by side. A delivery starts only after the notification is on disk, and stays due until its outcome is on
disk too: whatever happens in between, it is made again with the same id.
"""

from __future__ import annotations

import asyncio
from collections import deque

from reference_impl.civil_time import SECOND
from reference_impl.errors import FieldError
from reference_impl.ports import Notification, OrderKey
from reference_impl.services import CAUSAL_LABELS
from sim.http_notifier import notification_body
from sim.operators.probes import FORGED, PROBES, REPLAYED, STALE_BY
from sim.sandbox.notifications.webhook_client import Outcome, WebhookClient
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.commands import RecordProbe
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import NO_ANSWER, NOT_REACHED, Attempt, Delivery

POSTS_AT_ONCE = 32
LIMIT = "limit"
LIMIT_SECONDS = 2  # where none are said
Lane = tuple[str, str]


class Dispatcher:
    """The deliveries of one world. `run` is its task."""

    def __init__(self, live: LiveWorld, client: WebhookClient) -> None:
        self._live, self._client = live, client
        self._lanes: dict[Lane, deque[Delivery]] = {}
        self._taken: set[tuple[str, int]] = set()
        self._outcomes: list[tuple[str, Attempt]] = []
        self._places = asyncio.Semaphore(POSTS_AT_ONCE)

    async def run(self) -> None:
        """Deliver what is due, now and whenever something falls due, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._record_outcomes()
                for delivery in self._live.deliveries.due():
                    self._take(delivery, tasks)
                await self._live.activity.change()

    def message_id(self, event: str) -> str:
        """The `webhook-id`: the event id, and a mark of the data folder so that no two runs share it."""
        return f"{event}.{self._live.vault.mark}"

    async def disturb(
        self, operator: str, how: str, order: str | None = None, code: str | None = None, seconds: int = LIMIT_SECONDS
    ) -> None:
        """Disturb an operator; a probe is over when it has been answered.

        Raises FieldError for a probe without order or code, and what the disturbance raises.
        """
        if how in PROBES:
            if not order or not code:
                raise FieldError("order, code", None, f"both, for {how}")
            await self.probe(operator, how, order, code)
        elif how == LIMIT:
            self._live.disturber.limit(operator, seconds)
        else:
            self._live.disturber.disturb(operator, how, order or "")

    async def probe(self, operator: str, kind: str, order: str, code: str) -> None:
        """Send a notification that is `forged`, `stale` or `replayed`, now, and tell the world what became of it.

        Raises UnknownName where there is no genuine one to replay.
        """
        live = self._live
        key = live.order(order, operator).key
        if kind == REPLAYED:
            postings = [posting for posting in live.deliveries.postings(operator) if posting.notification.key == key]
            genuine = [posting for posting in postings if posting.notification.code == code]
            if not genuine:
                raise UnknownName(f"notification {code} of", order)
            notification, event = genuine[-1].notification, genuine[-1].event
        else:
            notification, event = invented_notification(key, code, live.now), f"{live.name}-probe-{len(live.trace)}"
        secrets = [live.vault.derive("forger")] if kind == FORGED else live.webhook_secrets(operator)
        endpoint, began = live.account(operator).endpoint, len(live.trace)
        outcome = Outcome(NO_ANSWER, f"{NOT_REACHED}: no endpoint")
        if endpoint is not None:
            age_seconds = 0 if kind == FORGED else STALE_BY // SECOND
            with live.activity.in_flight():
                body, message_id = notification_body(notification), self.message_id(event)
                outcome = await self._client.post(endpoint, message_id, body, secrets, age_seconds)
        live.disturber.record_probe(RecordProbe(operator, order, kind, code, outcome.status, outcome.reason, began))

    def _take(self, delivery: Delivery, tasks: asyncio.TaskGroup) -> None:
        key = (delivery.event, delivery.copy)
        if key in self._taken:
            return
        self._taken.add(key)
        lane = (delivery.notification.operator, delivery.notification.order)
        if lane in self._lanes:
            self._lanes[lane].append(delivery)
        else:
            self._lanes[lane] = deque([delivery])
            tasks.create_task(self._deliver_lane(lane))

    async def _deliver_lane(self, lane: Lane) -> None:
        deliveries = self._lanes[lane]
        while deliveries:
            delivery = deliveries.popleft()
            async with self._places:
                began = len(self._live.trace)
                outcome = await self._post(delivery)
            self._report(delivery, outcome, began)
        del self._lanes[lane]

    async def _post(self, delivery: Delivery) -> Outcome:
        operator = delivery.notification.operator
        endpoint = self._live.account(operator).endpoint
        if endpoint is None:
            return Outcome(0, "the operator has no endpoint any more")
        body, secrets = notification_body(delivery.notification), self._live.webhook_secrets(operator)
        return await self._client.post(endpoint, self.message_id(delivery.event), body, secrets)

    def _report(self, delivery: Delivery, outcome: Outcome, began: int) -> None:
        attempt = Attempt(delivery.copy, self._live.now, outcome.status, outcome.reason, began, outcome.answer)
        self._outcomes.append((delivery.event, attempt))
        self._live.activity.nudge()

    def _record_outcomes(self) -> None:
        """Tell the world all outcomes since the last turn, in one transaction."""
        if not self._outcomes:
            return
        outcomes, self._outcomes = self._outcomes, []
        self._live.deliveries.record_outcomes(outcomes)
        self._taken -= {(event, attempt.copy) for event, attempt in outcomes}


def invented_notification(order: OrderKey, code: str, now: int) -> Notification:
    """A notification that the service never sent."""
    return Notification(order.code, order.operator, code, CAUSAL_LABELS[code], now)
