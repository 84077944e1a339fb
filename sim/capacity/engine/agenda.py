"""What is to happen when, under SimPy: one event of the kernel for each instant, shared by all who wait for it.

Within an instant things happen in the order in which they were asked for, also those asked for at that very instant.
Before the first thing of five minutes, whoever keeps the time is told.
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


class Moment(list[Any]):
    """All that is to happen at an instant: an act, its subject, the next act… It is also all that SimPy's kernel needs
    of an event.
    """

    __slots__ = ("callbacks", "instant")
    _ok = True
    callbacks: tuple[Callable[[Moment], None], ...] | None
    instant: int


class Agenda:
    """The port `WakeUps`, for the service and for people. `now` is the instant that runs, in milliseconds.

    The kernel is given the instants of five minutes when these begin, so that its heap stays small however many orders
    wait for days.
    """

    def __init__(self, start: int, each_span: Callable[[int], None]) -> None:
        self.now = start
        self._env = simpy.Environment(initial_time=start)
        self._each_span = each_span
        self._stopped = False
        self._moments: dict[int, Moment] = {}
        self._later: defaultdict[int, list[Moment]] = defaultdict(list)  # by the span in which they lie
        self._ring_of_all = (self._ring,)
        self._span_ends = start
        self._begin_span_at(start)

    def wake_at(self, instant: int, act: Callable[[Subject, int], None], subject: Subject) -> None:
        """Promise a call of `act(subject, instant)`. The instant must not have passed."""
        moment = self._moments.get(instant)
        if moment is None:
            self._moments[instant] = moment = Moment()
            moment.instant, moment.callbacks = instant, self._ring_of_all
            if instant < self._span_ends:
                self._env.schedule(moment, NORMAL, instant - self.now)  # type: ignore[arg-type]
            else:
                self._later[instant // SPAN].append(moment)
        moment.append(act)
        moment.append(subject)

    def run(self) -> None:
        """Let instants pass until somebody calls `stop`."""
        step = self._env.step
        while not self._stopped:
            step()

    def stop(self) -> None:
        """The instant that runs is the last."""
        self._stopped = True

    def _begin_span_at(self, instant: int) -> None:
        beginning = Moment()
        beginning.instant, beginning.callbacks = instant, (self._begin_span,)
        self._env.schedule(beginning, URGENT, instant - self.now)  # type: ignore[arg-type]

    def _begin_span(self, beginning: Moment) -> None:
        self.now = now = beginning.instant
        self._span_ends = now + SPAN
        for moment in self._later.pop(now // SPAN, ()):
            self._env.schedule(moment, NORMAL, moment.instant - now)  # type: ignore[arg-type]
        self._begin_span_at(self._span_ends)
        self._each_span(now)

    def _ring(self, moment: Moment) -> None:
        self.now = now = moment.instant
        waiting = iter(moment)
        for act in waiting:  # those who ask for now are added to the same moment
            act(next(waiting), now)
        del self._moments[now]
