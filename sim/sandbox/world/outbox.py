"""Notifications on their way to the operators' endpoints: which are due, what was answered, when to try again.

Deterministic: it does no I/O and reads no clock. A delivery is due when the service has sent its notification and
whenever the schedule says so; it stays due until its outcome is told. Retries run in simulated time: after the first
failure 5 seconds, then 5 minutes, 30 minutes, 2, 5, 10, 14, 20 and 24 hours, each counted from the failure before it;
then it is given up. Any answer 2xx takes the notification over; status 0 means that no answer came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reference_impl.civil_time import HOUR, MINUTE, SECOND
from reference_impl.ports import Notification

RETRY_DELAYS = (5 * SECOND, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)))
NO_ANSWER = 0
# How the reason of an attempt begins where no connection came about, and where the answer took too long.
NOT_REACHED, TOO_SLOW = "not reached", "no answer within"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery that has ended: which copy, when in simulated time, with what status, and why there was none.

    `began` is how many events the trace had when it began, `answer` how the body of the answer began.
    """

    copy: int
    at: int
    status: int
    reason: str = ""
    began: int | None = None
    answer: str = ""

    @property
    def taken(self) -> bool:
        """Whether the operator took the notification over."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery that is to be made now."""

    event: str
    copy: int
    notification: Notification


@dataclass(slots=True)
class Posting:
    """A notification with its deliveries so far. `failures` counts since it was last sent on purpose."""

    event: str
    notification: Notification
    attempts: list[Attempt] = field(default_factory=list)
    failures: int = 0
    due: bool = False
    retry_at: int | None = None

    @property
    def state(self) -> str:
        """`delivered`, `waiting` (due or to be tried again), `given_up` or `no_endpoint` (never tried)."""
        if any(attempt.taken for attempt in self.attempts):
            return "delivered"
        if self.due or self.retry_at is not None:
            return "waiting"
        return "given_up" if self.attempts else "no_endpoint"


class Outbox:
    """The postings of one world. `at` calls a function at a simulated instant, `now` is the simulated clock."""

    def __init__(self, now: Callable[[], int], at: Callable[[int, Callable[[], None]], None]) -> None:
        self._now, self._at = now, at
        self._postings: dict[str, Posting] = {}
        self._due: dict[str, None] = {}  # in the order in which they fell due
        self._reachable: set[str] = set()
        self._held: dict[str, list[Posting]] = {}

    def set_reachable(self, operator: str, reachable: bool) -> None:
        """Say whether an operator has an endpoint. Without one nothing is due for it any more."""
        if reachable:
            self._reachable.add(operator)
            return
        self._reachable.discard(operator)
        for posting in self:
            if posting.notification.operator == operator:
                self._settle(posting)

    def sent(self, notification: Notification, event: str) -> None:
        """Take in a notification that the service has sent."""
        posting = self._postings[event] = Posting(event, notification)
        if notification.operator in self._held:
            self._held[notification.operator].append(posting)
        elif notification.operator in self._reachable:
            self._fall_due(posting)

    def hold(self, operator: str) -> None:
        """Keep what is sent to an operator from now on, as if the way to it were closed."""
        self._held.setdefault(operator, [])

    def release(self, operator: str) -> None:
        """Let what was kept go out, the last one first."""
        for posting in reversed(self._held.pop(operator, [])):
            if operator in self._reachable:
                self._fall_due(posting)

    def answered(
        self, event: str, copy: int, status: int, reason: str, began: int | None = None, answer: str = ""
    ) -> Attempt | None:
        """Keep the outcome of a delivery and return it; None if it is not waited for any more."""
        posting = self._postings[event]
        if not posting.due or copy != len(posting.attempts) + 1:
            return None
        self._settle(posting)
        attempt = Attempt(copy, self._now(), status, reason, began, answer)
        posting.attempts.append(attempt)
        if not attempt.taken:
            self._try_again(posting)
        return attempt

    def resend(self, event: str) -> bool:
        """Send a notification once more, now. False if its operator has no endpoint or it is on its way already."""
        posting = self._postings[event]
        if posting.due or posting.notification.operator not in self._reachable:
            return False
        posting.failures = 0
        self._fall_due(posting)
        return True

    def due(self) -> list[Delivery]:
        """The deliveries to be made now."""
        postings = [self._postings[event] for event in self._due]
        return [Delivery(posting.event, len(posting.attempts) + 1, posting.notification) for posting in postings]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is due."""
        return not self._due

    def get(self, event: str) -> Posting | None:
        """The posting of a notification."""
        return self._postings.get(event)

    def __iter__(self) -> Iterator[Posting]:
        return iter(self._postings.values())

    def _fall_due(self, posting: Posting) -> None:
        posting.due, posting.retry_at = True, None
        self._due[posting.event] = None

    def _settle(self, posting: Posting) -> None:
        posting.due, posting.retry_at = False, None
        self._due.pop(posting.event, None)

    def _try_again(self, posting: Posting) -> None:
        if posting.failures >= len(RETRY_DELAYS):
            return
        retry_at = posting.retry_at = self._now() + RETRY_DELAYS[posting.failures]
        posting.failures += 1
        self._at(retry_at, lambda: self._retry(posting, retry_at))

    def _retry(self, posting: Posting, planned_at: int) -> None:
        """Send again at the instant of a retry, if that is still the planned one."""
        if posting.retry_at == planned_at:
            self._fall_due(posting)
