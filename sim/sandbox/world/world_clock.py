"""The clock of a live world, moved by command: forward only, and still while anything is under way.

A move stops at every instant at which something has to be delivered, waits until that has ended, and goes on; so all
effects of an instant are done when a caller learns that it is reached. There is one move at a time: another is refused
until it rests, and it can be stopped. At rest the clock stands, unless it was told to go by itself (`real`, `x60`).
Business times are simulated; the waiting here is for I/O, whose time-outs are real and belong to the wires.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from reference_impl.civil_time import DAY, LAST_DAY, SECOND, format_instant, instant_of
from reference_impl.deadlines import csv_deadline, reminder_deadline
from reference_impl.errors import CallerError
from reference_impl.orders import Order
from reference_impl.policy import Policy
from sim.recorder import Event
from sim.sandbox.world.clock_words import ClockError, factor_of
from sim.sandbox.world.live import LiveWorld

END = instant_of(LAST_DAY) - 60 * DAY
TICK_SECONDS = 0.25
NEXT_EFFECT, IDLE = "next-effect", "idle"


class ClockBusy(CallerError):
    """The clock is moving already. Data: what is under way, in words."""

    def __init__(self, under_way: str) -> None:
        super().__init__(under_way)
        self.under_way = under_way

    def __str__(self) -> str:
        return f"clock: it is moving already, {self.under_way}; allowed: to wait until it rests, or to stop it"


@dataclass(slots=True)
class Move:
    """A move under way: from when, towards which instant (None: until nothing more, or something, comes).

    `first` is how many events there were before it.
    """

    started: int
    first: int
    goal: int | None = None
    is_stopping: bool = False


@dataclass(frozen=True, slots=True)
class ClockStatus:
    """Where the clock stands; `next_wake_at` is when something may happen next. `move` is under way, if one is."""

    now: int
    ready: bool
    pace: str
    paused: bool
    next_wake_at: int | None
    move: Move | None = None
    effects: int = 0  # of the move, so far


@dataclass(frozen=True, slots=True)
class ClockReport:
    """A move that has ended: from when to when, and everything that happened meanwhile, in order."""

    started: int
    now: int
    effects: list[Event]


class WorldClock:
    """Moves the clock of one world. `run` is the task that lets it go by itself."""

    def __init__(self, live: LiveWorld) -> None:
        self._live = live
        self._moving = asyncio.Lock()
        self._changed = asyncio.Event()
        self._move: Move | None = None
        self._started: set[asyncio.Task[ClockReport]] = set()
        self.failure = ""  # why the last move failed, if it failed after `begin` had returned
        self.paused = False

    def status(self) -> ClockStatus:
        """Where the clock stands."""
        ready = self._live.at_rest and not self._moving.locked()
        effects = 0 if self._move is None else len(self._live.trace) - self._move.first
        where = (self._live.now, ready, self._live.core.pace, self.paused, self._next_wake())
        return ClockStatus(*where, self._move, effects)

    async def stop(self) -> ClockReport:
        """End the move under way as soon as the I/O that it waits for has ended; report where the clock stands."""
        if self._move is not None:
            self._move.is_stopping = True
            self._live.activity.nudge()
        async with self._moving:
            return ClockReport(self._live.now, self._live.now, [])

    async def begin(self, move: Coroutine[Any, Any, ClockReport], patience_seconds: float) -> None:
        """Begin a move and wait `patience_seconds` for its end. Raises its error, or keeps a later one in `failure`."""
        self.failure = ""
        task = asyncio.create_task(move)
        self._started.add(task)
        task.add_done_callback(self._started.discard)
        done, _ = await asyncio.wait([task], timeout=patience_seconds)
        if done:
            task.result()
        else:
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[ClockReport]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failure = str(error)

    async def advance(self, milliseconds: int) -> ClockReport:
        """Move by a span. Raises ClockError."""
        return await self._move_clock(lambda: self._live.now + milliseconds)

    async def to(self, instant: int) -> ClockReport:
        """Move to an instant. Raises ClockError to go back."""
        return await self._move_clock(lambda: instant)

    async def until(self, goal: str, order: str | None = None, operator: str | None = None) -> ClockReport:
        """Move to the next instant of a kind: of one order, or of any, or of any of an operator.

        Raises ClockError, UnknownOrder, AmbiguousOrder.
        """
        if goal in (NEXT_EFFECT, IDLE):
            return await self._move_clock(lambda: END, stop_at_effect=goal == NEXT_EFFECT, stop_when_idle=True)
        if goal not in GOALS:
            raise ClockError(f"until {goal!r}", ", ".join((*GOALS, NEXT_EFFECT, IDLE)))
        return await self._move_clock(lambda: self._next_goal(goal, order, operator))

    def set_pace(self, pace: str) -> None:
        """`manual`, `real` or `xN`: N simulated seconds for each real one. Raises ClockError."""
        factor_of(pace)
        self._live.set_pace(pace)
        self.paused = False
        self._changed.set()

    def pause(self, paused: bool = True) -> None:
        """Hold a clock that goes by itself, or with False let it go on."""
        self.paused = paused
        self._changed.set()

    async def run(self) -> None:
        """Let the clock go by itself as long as it is told to, until cancelled."""
        while True:
            factor = 0 if self.paused else factor_of(self._live.core.pace)
            if factor == 0:
                await self._changed.wait()
                self._changed.clear()
                continue
            base, since = self._live.now, time.monotonic()
            while factor == (0 if self.paused else factor_of(self._live.core.pace)):
                await asyncio.sleep(TICK_SECONDS)
                planned = base + round((time.monotonic() - since) * factor * SECOND)
                async with self._moving:
                    await self._pass_time(max(min(planned, END), self._live.now))
                base, since = self._live.now, time.monotonic()

    async def _move_clock(
        self, target: Callable[[], int], stop_at_effect: bool = False, stop_when_idle: bool = False
    ) -> ClockReport:
        if self._move is not None:
            raise ClockBusy(self._move_words(self._move))
        move = self._move = Move(self._live.now, len(self._live.trace))
        try:
            self._live.activity.nudge()
            async with self._moving:
                await self._live.rest()  # an instant may depend on what is still under way
                move.started, move.first, instant = self._live.now, len(self._live.trace), target()
                if instant < move.started:
                    raise ClockError(f"back to {format_instant(instant)}", f"from {format_instant(move.started)} on")
                if instant > END:
                    raise ClockError(f"to {format_instant(instant)}", f"until {format_instant(END)}")
                move.goal = None if stop_when_idle else instant
                await self._pass_time(instant, stop_at_effect, stop_when_idle)
                return ClockReport(move.started, self._live.now, self._live.trace[move.first :])
        finally:
            self._move = None
            self._live.activity.nudge()

    def _move_words(self, move: Move) -> str:
        """A move in words."""
        goal = "as far as it was told" if move.goal is None else f"to {format_instant(move.goal)}"
        count = len(self._live.trace) - move.first
        return (
            f"from {format_instant(move.started)} {goal}, {count} effects so far, now {format_instant(self._live.now)}"
        )

    async def _pass_time(self, instant: int, stop_at_effect: bool = False, stop_when_idle: bool = False) -> None:
        """Go to an instant in steps; each ends where something has to be delivered."""
        await self._live.rest()
        to_the_end = stop_when_idle and not stop_at_effect
        while self._move is None or not self._move.is_stopping:
            is_quiet = to_the_end and self._next_wake() is None
            goal = max(instant_of_last_term(self._live), self._live.now) if is_quiet else instant
            done = self._live.durable.run_towards(goal, stop_at_effect, stop_when_idle and not is_quiet)
            await self._live.rest()
            if done and not (to_the_end and self._is_more_to_come()):
                return
            await asyncio.sleep(0)

    def _next_wake(self) -> int | None:
        wake = self._live.world.env.peek()
        return None if wake == float("inf") else int(wake)

    def _is_more_to_come(self) -> bool:
        """Whether anything happens later, or a booking term ends later."""
        return self._next_wake() is not None or instant_of_last_term(self._live) > self._live.now

    def _next_goal(self, goal: str, order: str | None, operator: str | None) -> int:
        instant_of_goal, lacking = GOALS[goal]
        orders = self._live.orders(operator) if order is None else [self._live.order(order, operator)]
        instants = [
            instant for waiting in orders if (instant := instant_of_goal(waiting, self._live.world.policy)) is not None
        ]
        to_come = [instant for instant in instants if instant >= self._live.now + (order is None)]
        if not to_come:
            raise ClockError(f"until {goal}", f"an order {lacking}" if not instants else "an instant still to come")
        return min(to_come)


def instant_of_last_term(live: LiveWorld) -> int:
    """The instant when the last booking term ends: until then an operator may have files to fetch (OP-3)."""
    return max((order.closes_at for order in live.orders() if order.closes_at is not None), default=0)


Goal = Callable[[Order, Policy], int | None]
GOALS: Mapping[str, tuple[Goal, str]] = {
    "eve-18:00": (
        lambda order, policy: None if order.slot is None else reminder_deadline(order.slot.start),
        "with an appointment",
    ),
    "csv-deadline": (
        lambda order, policy: None if order.sms_at is None else csv_deadline(order.sms_at, policy),
        "whose engagement SMS has left",
    ),
    "term-end": (lambda order, policy: order.closes_at, "whose engagement SMS has left"),
}
