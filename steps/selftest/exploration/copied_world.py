"""A world whose state can be copied and restored, in microseconds.

A world under SimPy cannot be copied, and to live a life again for each of its endings is slow. Little changes in a
world: orders, rows, promises, places, links, files, the trace. Only this file copies and restores them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

from reference_impl.life_cycle.transitions import AWAITED_IN
from reference_impl.orders import Event as OrderEvent
from reference_impl.orders import Order, Suspension
from reference_impl.policy import Policy
from sim.recorder import Event
from sim.world import Wiring, World

Act = Callable[[Any, int], None]
Promise = tuple[Act, Any]
Copied = tuple[Any, ...]

# What an order is born with; everything else changes.
BORN_WITH = {"work", "operator", "family", "flow", "diagnostics", "received_at", "key", "code", "phone", "suspensions"}
CHANGING = tuple(field.name for field in fields(Order) if field.name not in BORN_WITH)
changing_of = attrgetter(*CHANGING)


class Promises:
    """The port `WakeUps` as plain data. Things of an instant happen in the order in which they were asked for."""

    def __init__(self) -> None:
        self.moments: dict[int, list[Promise]] = {}

    def wake_at(self, instant: int, act: Act, subject: Any) -> None:
        """Promise a call of `act(subject, instant)`."""
        self.moments.setdefault(instant, []).append((act, subject))


class Snapshot(NamedTuple):
    """A world as it stood."""

    now: int
    orders: tuple[Copied, ...]
    suspensions: tuple[tuple[Copied, ...], ...]
    promises: tuple[tuple[int, tuple[Promise, ...]], ...]
    deposited_at: int | None
    places_taken: tuple[tuple[str, int, int], ...]
    links: Mapping[str, Any]
    files: Mapping[str, bytes]
    events: tuple[Event, ...]


class CopiedWorld(World):
    """A world whose clock is a number and whose agenda is a dictionary, so that it can be copied."""

    def __init__(self, *, start: int, policy: Policy, places: int, documents: bool) -> None:
        self.instant = start
        self.promises = Promises()

        def rewire(world: World, wiring: Wiring) -> Wiring:
            return replace(wiring, wake_ups=self.promises)

        super().__init__(start=start, policy=policy, territories={"LAZIO": places}, documents=documents, rewire=rewire)
        self.orders: tuple[Order, ...] = ()

    @property
    def now(self) -> int:
        """The instant of the clock."""
        return self.instant

    def admit(self, members: Mapping[str, object]) -> None:
        """An operator hands in an order."""
        self.submit_order(**members)
        self.orders = tuple(self.service)

    def run_until(self, instant: int) -> None:
        """Let everything due at or before an instant happen."""
        moments = self.promises.moments
        while moments and (due := min(moments)) <= instant:
            self.instant = due
            for act, subject in moments.pop(due):
                act(subject, due)
        self.instant = instant

    def stand_at(self, instant: int) -> None:
        """Be at an instant before anything that is due then."""
        self.run_until(instant - 1)
        self.instant = instant

    def run_out(self) -> None:
        """Let everything happen that was promised."""
        while self.promises.moments:
            self.run_until(max(self.promises.moments))

    def links(self) -> dict[tuple[str, str], str]:
        """The links that were given out, by order code and channel."""
        bearers = self.service._links._bearers
        return {(order.code, given_to): link for link, (order, given_to) in bearers.items()}

    def live_promises(self) -> Iterator[tuple[int, str, str]]:
        """What is still awaited: instant, event, order; without promises that were overtaken, equal ones once."""
        counted = set()
        for instant, promises in sorted(self.promises.moments.items()):
            for act, subject in promises:
                name, code = ("deposit", "") if isinstance(subject, list) else (act.args[0], subject.code)  # type: ignore[attr-defined]
                counts = not code or getattr(subject, AWAITED_IN[OrderEvent(name)]) == instant
                if counts and (instant, name, code) not in counted:
                    counted.add((instant, name, code))
                    yield instant, name, code

    def rows_due(self) -> tuple[tuple[int, tuple[tuple[str, int], ...]], ...]:
        """The rows that wait for their file: by instant, the order and when its SMS left."""
        rows = self.service.deposits.rows
        return tuple((run, tuple((order.code, sms_at) for order, sms_at in rows[run])) for run in sorted(rows))

    def places_taken(self) -> tuple[tuple[str, int, int], ...]:
        """The places that are taken: territory, start of the slot, how many."""
        taken = self.slots._taken
        return tuple((name, start, count) for name in sorted(taken) for start, count in sorted(taken[name].items()))

    def copy(self) -> Snapshot:
        """The world as it stands."""
        return Snapshot(
            self.instant,
            tuple(map(changing_of, self.orders)),
            tuple(
                tuple((s.code, s.opened_at, s.closed_at, s.cause) for s in order.suspensions) for order in self.orders
            ),
            tuple((instant, tuple(map(_frozen, promises))) for instant, promises in self.promises.moments.items()),
            self.service.deposits.deposited_at,
            self.places_taken(),
            dict(self.service._links._bearers),
            dict(self.drop.files),
            tuple(self.recorder.events),
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Be as the world stood."""
        self.instant = snapshot.now
        for order, values, suspensions in zip(self.orders, snapshot.orders, snapshot.suspensions, strict=True):
            for name, value in zip(CHANGING, values, strict=True):
                setattr(order, name, value)
            order.suspensions = [Suspension(*members) for members in suspensions]
        self._restore_promises(snapshot)
        self.service.deposits.deposited_at = snapshot.deposited_at
        taken: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for territory, start, count in snapshot.places_taken:
            taken[territory][start] = count
        self.slots._taken = taken
        self.service._links._bearers = dict(snapshot.links)
        self.service._links._sites.clear()  # made again when a link is: which reading that looks at is to be seen
        self.drop.files = dict(snapshot.files)
        self.sms_inbox.messages.clear()
        self.endpoint.notifications.clear()
        self.recorder.events[:] = snapshot.events

    def forget_since(self, snapshot: Snapshot) -> None:
        """Forget what was told since, where nothing else has happened: a refusal is a line in the trace and no more."""
        del self.recorder.events[len(snapshot.events) :]

    def _restore_promises(self, snapshot: Snapshot) -> None:
        self.service.deposits.rows.clear()
        self.promises.moments.clear()
        for instant, promises in snapshot.promises:
            self.promises.moments[instant] = [self._thawed(instant, promise) for promise in promises]

    def _thawed(self, instant: int, promise: Promise) -> Promise:
        act, subject = promise
        if isinstance(subject, tuple):  # the rows of a deposit run: the service adds to that very list
            rows = list(subject)
            self.service.deposits.rows[instant] = rows
            return act, rows
        return promise


def _frozen(promise: Promise) -> Promise:
    act, subject = promise
    return (act, tuple(subject)) if isinstance(subject, list) else promise
