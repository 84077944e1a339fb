"""An operator's call centre as people: within its hours it reads the CSV files and books for customers it can reach.

It acts only through the links that the CSV brings (LINK-3, LINK-4), and accepts whatever the Virtual Agent says. What
chance decides belongs to the order. Unlike `model_operator` this is an actor of the simulation, cheap enough for a
whole country; it shows no operator how to write software.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Protocol

from reference_impl.civil_time import HOUR, MINUTE, instant_of, wall_clock, weekday
from reference_impl.errors import AgentRejected
from reference_impl.formats.csv_file import CsvError, Row, read_rows
from reference_impl.links import OPERATOR
from sim.people.customers import HOUR_SECONDS, Delay, Life, slot_at
from sim.world import World

TO_BOOK = "engaged"
LEFT_ALONE = Delay(2 * HOUR_SECONDS, 12 * HOUR_SECONDS)


@dataclass(frozen=True, slots=True)
class CallCentreBehaviour:
    """Opening hours on the wall clock, how long a customer is left to book alone, and how calls go.

    A customer is called at most `calls` times, a round of work apart at least; each call reaches the customer with
    chance `reached`; who is reached declines with chance `declines` and lets the call centre book otherwise.
    """

    opens_hour: int = 9
    closes_hour: int = 18
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    round_minutes: int = 30
    leaves_alone: Delay = LEFT_ALONE
    calls: int = 3
    reached: float = 0.6
    declines: float = 0.05

    def __post_init__(self) -> None:
        if not 0 <= self.opens_hour < self.closes_hour <= 24:
            raise ValueError(f"{self} is not allowed; allowed: 0 <= opens_hour < closes_hour <= 24")
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValueError(f"{self} is not allowed; allowed: weekdays from 0 (Monday) to 6 (Sunday)")


@dataclass(slots=True)
class Call:
    """A row to be worked: when its call is due, how often it was tried, and the random numbers of its order."""

    row: Row
    due_at: int
    draws: Random
    tries: int = 0


def next_round(now: int, behaviour: CallCentreBehaviour) -> int:
    """The first instant after `now` at which the call centre works: a full round from opening, within its hours."""
    day, time_of_day = wall_clock(now)
    opens, closes = behaviour.opens_hour * HOUR, behaviour.closes_hour * HOUR
    length = behaviour.round_minutes * MINUTE
    following = opens if time_of_day < opens else time_of_day - (time_of_day - opens) % length + length
    if following >= closes or weekday(day) not in behaviour.weekdays:
        day, following = day + 1, opens
        while weekday(day) not in behaviour.weekdays:
            day += 1
    return instant_of(day, following)


class Directory(Protocol):
    """An operator's directory on the SFTP site."""

    def listdir(self) -> list[str]: ...

    def read(self, name: str) -> bytes: ...


class CallCentre:
    """The people of one operator. They come to work when `file_arrived` is called, and go when nothing is left to do.

    They work for an order if `works_for` is true for its code. Random numbers come from `seed`, or without one from the
    seed of the world.

    `outcomes` says what became of each order that was called for: `booked`, `declined`, `not_reached`, `too_late` (it
    was booked or closed before), `nothing_offered`, or the reason of a refusal.
    """

    def __init__(
        self,
        world: World,
        directory: Directory,
        behaviour: CallCentreBehaviour | None = None,
        *,
        seed: int | None = None,
        works_for: Callable[[str], bool] = lambda order: True,
    ) -> None:
        self.outcomes: dict[str, str] = {}
        self._world, self._directory, self._behaviour = world, directory, behaviour or CallCentreBehaviour()
        self._seed = world.seed if seed is None else seed
        self._works_for = works_for
        self._read: set[str] = set()
        self._calls: list[Call] = []
        self._is_at_work = False

    def file_arrived(self) -> None:
        """There is a new file in the directory: the call centre reads it in its next round."""
        if not self._is_at_work:
            self._is_at_work = True
            self._world.env.process(self._work())

    def _work(self) -> Life:
        """Work in rounds: read the new files, then make the calls that are due; until no call is left."""
        round_at = next_round(self._world.now - 1, self._behaviour)
        while self._is_at_work:
            yield self._world.env.timeout(round_at - self._world.now)
            self._read_new_files()
            due = [call for call in self._calls if call.due_at <= self._world.now]
            for call in due:
                if self._is_done(call):
                    self._calls.remove(call)
            self._is_at_work = bool(self._calls)
            round_at = next_round(self._world.now, self._behaviour)

    def _read_new_files(self) -> None:
        for name in self._directory.listdir():
            if name not in self._read:
                self._read.add(name)
                with suppress(CsvError):  # people leave a file alone that they cannot read
                    rows = read_rows(self._directory.read(name), self._world.policy.csv_dialect)
                    self._calls += [self._call_for(row) for row in rows if self._works_for(row.order)]

    def _call_for(self, row: Row) -> Call:
        draws = Random(f"{self._seed}/{row.order}/call-centre")
        return Call(row, self._world.now + self._behaviour.leaves_alone.at(draws.random()), draws)

    def _is_done(self, call: Call) -> bool:
        """Make one call. True if the row needs no other."""
        call.tries += 1
        reached, declines, share = (call.draws.random() for _ in range(3))
        if reached >= self._behaviour.reached:
            self.outcomes[call.row.order] = "not_reached"
            return call.tries >= self._behaviour.calls
        try:
            self.outcomes[call.row.order] = self._book_or_decline(
                call.row.link, declines < self._behaviour.declines, share
            )
        except AgentRejected as refusal:
            self.outcomes[call.row.order] = refusal.reason  # RACE-2
        return True

    def _book_or_decline(self, link: str, declines: bool, share: float) -> str:
        agent = self._world.agent
        if agent.open(link, OPERATOR).state != TO_BOOK:
            return "too_late"  # booked or closed before this call
        if declines:
            agent.decline(link, OPERATOR)
            return "declined"
        slot = slot_at(agent.offered_slots(link), share)
        if slot is None:
            return "nothing_offered"
        agent.confirm(link, slot, OPERATOR)
        return "booked"
