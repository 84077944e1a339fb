"""What is to happen when, under SimPy: one event of the kernel for each instant, shared by all who wait for it.

One agenda serves conformance, sandbox and capacity. Within an instant things happen in the order in which they were
asked for; what is asked for at that very instant comes after them.

Two things are done for speed: orders that wait for the same instant share one event, and a `Moment` is itself the
event of the kernel. A capacity run with one event of SimPy for each promise took half as long again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import simpy
from simpy.events import NORMAL, URGENT

from reference_impl.civil_time import MINUTE
from reference_impl.ports import Subject

Act = Callable[[Any, int], None]
SPAN = 5 * MINUTE
NEVER = float("inf")


class Moment(list[Any]):
    """All that is to happen at an instant: an act, its subject, the next act… It is also all that SimPy's kernel needs
    of an event.
    """

    __slots__ = ("callbacks", "instant")
    _ok = True
    callbacks: tuple[Callable[[Moment], None], ...] | None
    instant: int


class Agenda:
    """The port `WakeUps` under SimPy, for the service and for the actors around it.

    `now` is the current instant while the agenda calls an act. At other times the kernel knows the instant.

    With `each_span` the kernel is given the instants of five minutes when these begin, so that its heap stays small
    however many orders wait for days; `each_span` is called with their beginning, before anything happens in them, and
    returns by when it wants to be called again. Until then, five minutes without any promise are passed over: most of a
    small run's are empty, and took two thirds of its time. Such an agenda never runs out of events: `run` ends only
    when `stop` is called.
    """

    def __init__(self, env: simpy.Environment, each_span: Callable[[int], int] | None = None) -> None:
        self._env = env
        self.now = int(env.now)
        self._each_span = each_span
        self._stopped = False
        self._moments: dict[int, Moment] = {}
        self._later: defaultdict[int, list[Moment]] = defaultdict(list)  # by the span in which they lie
        self._ring_of_all = (self._ring,)
        self._span_ends = NEVER
        self._wanted_at = 0
        if each_span is not None:
            self._span_ends = self.now
            self._begin_span_in(0)

    def wake_at(self, instant: int, act: Callable[[Subject, int], None], subject: Subject) -> None:
        """Promise a call of `act(subject, instant)`. Raises ValueError for an instant that has passed."""
        moment = self._moments.get(instant)
        if moment is None:
            moment = Moment()
            moment.instant, moment.callbacks = instant, self._ring_of_all
            if instant < self._span_ends:
                self._schedule(moment)
            else:
                self._later[instant // SPAN].append(moment)
            self._moments[instant] = moment
        moment.append(act)
        moment.append(subject)

    def run(self) -> None:
        """Let instants pass until `stop` is called."""
        step = self._env.step
        while not self._stopped:
            step()

    def stop(self) -> None:
        """Make the current instant the last."""
        self._stopped = True

    def _schedule(self, moment: Moment) -> None:
        delay = moment.instant - self._env.now
        if delay < 0:
            raise ValueError(f"instant {moment.instant} has passed; the clock is at {self._env.now}")
        self._env.schedule(moment, NORMAL, delay)  # type: ignore[arg-type]

    def _begin_span_in(self, delay: int) -> None:
        beginning = Moment()
        beginning.instant, beginning.callbacks = self.now + delay, (self._begin_span,)
        self._env.schedule(beginning, URGENT, delay)  # type: ignore[arg-type]

    def _begin_span(self, beginning: Moment) -> None:
        self.now = now = beginning.instant
        span, wanted_span = now // SPAN, self._wanted_at // SPAN
        if span < wanted_span and span not in self._later:
            self._begin_span_in((min(wanted_span, min(self._later, default=wanted_span)) - span) * SPAN)
            return
        self._span_ends = now + SPAN
        schedule = self._env.schedule
        for moment in self._later.pop(span, ()):
            schedule(moment, NORMAL, moment.instant - now)  # type: ignore[arg-type]
        self._begin_span_in(SPAN)
        if self._each_span is not None:
            self._wanted_at = self._each_span(now)

    def _ring(self, moment: Moment) -> None:
        """Do all acts of an instant; what they promise for the same instant is a further moment of it."""
        self.now = now = moment.instant
        del self._moments[now]
        waiting = iter(moment)
        for act in waiting:
            act(next(waiting), now)
