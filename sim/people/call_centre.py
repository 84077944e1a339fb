"""An operator's call centre as people: within its hours it reads the CSV files and books for customers it can reach.

It acts only through the links that the CSV brings (LINK-3, LINK-4), and accepts whatever the Virtual Agent says. What
chance decides belongs to the order. Unlike `model_operator` this is an actor of the simulation, cheap enough for a
whole country; it shows no operator how to write software.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from random import Random

from reference_impl.civil_time import HOUR, MINUTE, instant_of, wall_clock, weekday
from reference_impl.errors import AgentRejected
from reference_impl.formats.csv_file import CsvError, Row, read_rows
from sim.doubles import OperatorDirectory
from sim.people.customers import HOUR_SECONDS, Delay, Life, slot_at
from sim.world import World

OPERATOR = "operator"
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
    """A row that is being worked: when it is due, how often it was tried, and the order's own draws."""

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


class CallCentre:
    """The people of one operator.

    `outcomes` says what became of each order that was called for: `booked`, `declined`, `not_reached`, `too_late` (it
    was booked or closed before), `nothing_offered`, or the reason of a refusal.
    """

    def __init__(self, world: World, operator: str, behaviour: CallCentreBehaviour | None = None) -> None:
        self.outcomes: dict[str, str] = {}
        self._world, self._behaviour = world, behaviour or CallCentreBehaviour()
        self._directory = OperatorDirectory(world.drop, world.recorder, operator)
        self._read: set[str] = set()
        self._calls: list[Call] = []
        world.env.process(self._work())

    def _work(self) -> Life:
        """Round after round: read what is new, then call whom it is time to call."""
        while True:
            yield self._world.env.timeout(next_round(self._world.now, self._behaviour) - self._world.now)
            self._read_new_files()
            due = [call for call in self._calls if call.due_at <= self._world.now]
            for call in due:
                if self._is_done(call):
                    self._calls.remove(call)

    def _read_new_files(self) -> None:
        for name in self._directory.listdir():
            if name not in self._read:
                self._read.add(name)
                with suppress(CsvError):  # people leave a file alone that they cannot read
                    rows = read_rows(self._directory.read(name), self._world.policy.csv_dialect)
                    self._calls.extend(map(self._call_for, rows))

    def _call_for(self, row: Row) -> Call:
        draws = Random(f"{self._world.seed}/{row.order}/call-centre")
        return Call(row, self._world.now + self._behaviour.leaves_alone.at(draws.random()), draws)

    def _is_done(self, call: Call) -> bool:
        """Make one call; whether the row needs no other."""
        call.tries += 1
        reached, declines, share = (call.draws.random() for _ in range(3))
        if reached >= self._behaviour.reached:
            self.outcomes[call.row.order] = "not_reached"
            return call.tries >= self._behaviour.calls
        try:
            self.outcomes[call.row.order] = self._fix(call.row.link, declines < self._behaviour.declines, share)
        except AgentRejected as refusal:
            self.outcomes[call.row.order] = refusal.reason  # RACE-2
        return True

    def _fix(self, link: str, declines: bool, share: float) -> str:
        agent = self._world.agent
        if agent.open(link, OPERATOR).state != TO_BOOK:
            return "too_late"  # somebody was first
        if declines:
            agent.decline(link, OPERATOR)
            return "declined"
        slot = slot_at(agent.offered_slots(link), share)
        if slot is None:
            return "nothing_offered"
        agent.confirm(link, slot, OPERATOR)
        return "booked"
