"""The steps of a scene that were lived, and the readings for which they hold, so that equal steps are lived once.

What lives here: the places of a world (its states), the steps from each place and the way to its quiet end. Each of
them notes the readings that the service looked at. A set of readings that differs from the default in none of these
leads to the same events: then the result under the default readings is used again. All other steps are lived anew, and
so is a whole world that looked at a differing reading when it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from reference_impl.civil_time import DAY
from reference_impl.errors import CallerError
from reference_impl.orders import Event as OrderEvent
from reference_impl.orders import State
from reference_impl.policy import Policy
from sim.recorder import Event
from steps.selftest.exploration.copied_world import CopiedWorld, Snapshot
from steps.selftest.exploration.moves import Move, acts, bounds, perform, waits
from steps.selftest.exploration.scenes import REGISTRATION, Scene, Variant
from steps.selftest.exploration.states import Key, Shapes, shapes_after, state_of

QUIET_DAYS = 31  # after the last promise: what has not come by then is missing
Entry = tuple[State, OrderEvent]
# Of two worlds, beside what their states say: the promises of a state are those that still count.
TOLD_APART_BY = ("events", "orders", "suspensions", "deposited_at", "links", "files")
DERIVED = {name: value.fget for name, value in vars(Policy).items() if isinstance(value, property)}


class WatchedTable(dict[Entry, object]):
    """The table of transitions, which remembers the entries that were looked up and found."""

    def __init__(self, table: dict[Entry, object]) -> None:
        super().__init__(table)
        self.reached: set[Entry] = set()

    def __getitem__(self, key: Entry) -> object:
        row = super().__getitem__(key)
        self.reached.add(key)
        return row


class WatchedPolicy:
    """A policy that remembers which readings were looked at, and that can become another one."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.looked_at: set[str] = set()

    def __getattr__(self, name: str) -> object:
        if name in DERIVED:
            return DERIVED[name](self)  # type: ignore[misc]
        self.looked_at.add(name)
        return getattr(self.policy, name)


class Looked(NamedTuple):
    """What was looked at while something was lived: readings, and entries of the table."""

    readings: frozenset[str]
    entries: frozenset[Entry]


@dataclass(slots=True, eq=False)
class Place:
    """A world as it stood, and what is known of the ways from there."""

    snapshot: Snapshot
    state: Key
    shapes: Shapes
    steps: dict[Move, Step] = field(default_factory=dict)
    acts: tuple[Move, ...] | None = None
    bounds: tuple[Looked, frozenset[int]] | None = None
    ending: Ending | None = None
    idle_ending: tuple[tuple[Step, ...], Ending] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A step and its result: the problem if it broke, else the new place, or the events where nothing changed."""

    looked: Looked
    problem: str
    place: Place | None = None
    events: tuple[Event, ...] = ()


@dataclass(slots=True, eq=False)
class Ending:
    """The whole trace, lived to its quiet end, or what broke on the way."""

    looked: Looked
    trace: tuple[Event, ...]
    problem: str = ""
    _content: str = ""

    @property
    def content(self) -> str:
        """What tells traces of different content apart."""
        if not self._content:
            self._content = digest(self.trace)
        return self._content


def begin(scene: Scene, policy: Policy) -> CopiedWorld:
    """The world in which a scene begins."""
    world = CopiedWorld(start=scene.start, policy=policy, places=scene.places, documents=scene.documents)
    world.register_operator(**REGISTRATION)
    for members in scene.orders:
        world.admit(members)
    if scene.engaged:
        for order in world.orders:
            assert order.family is not None
            world.report_line(order.code, order.family.trigger)
    return world


def quiet_end(world: CopiedWorld) -> Sequence[Event]:
    """The whole trace, once everything that was promised has happened and long after."""
    world.run_out()
    world.run_until(world.now + QUIET_DAYS * DAY)
    return world.finish()


class Life:
    """A scene under some readings, lived from any place. One that `keeps` remembers every step for other readings."""

    def __init__(self, scene: Scene, variant: Variant, table: WatchedTable, merge: bool = True, keeps: bool = False):
        self.scene, self._merge, self._keeps, self._table = scene, merge, keeps, table
        self._differs: frozenset[str] = frozenset()  # readings that differ from those under which a place may be known
        self._policy = WatchedPolicy(variant.policy)
        self._world = begin(scene, cast(Policy, self._policy))
        self.root = self._here({})
        self.begun = self._looked()
        self._at: Place | None = self.root

    def under(self, variant: Variant, table: WatchedTable) -> Life | None:
        """The same scene under other readings, which takes over what holds for them; None where nothing does."""
        if not self.begun.readings.isdisjoint(variant.differs):
            return None
        life = object.__new__(Life)
        life.scene, life._merge, life._keeps, life._table = self.scene, self._merge, False, table
        life._differs, life._policy, life._world = frozenset(variant.differs), self._policy, self._world
        life.root, life.begun, life._at = self.root, self.begun, None
        life._policy.policy = variant.policy
        return life

    def acts(self, place: Place) -> tuple[Move, ...]:
        """The acts that can be tried at a place: no reading bears on them."""
        if place.acts is not None:
            return place.acts
        self._stand_at(place)
        moves = tuple(acts(self._world, self.scene))
        if self._keeps:
            place.acts = moves
        return moves

    def bounds(self, place: Place) -> frozenset[int]:
        """The instants to come at which something turns."""
        if place.bounds is not None and self._holds(place.bounds[0]):
            return place.bounds[1]
        self._stand_at(place)
        instants = bounds(self._world, self.scene)
        looked = self._looked()
        if self._keeps:
            place.bounds = looked, instants
        return instants

    def waits(self, place: Place, new_bounds: frozenset[int]) -> Sequence[Move]:
        """The steps in time from a place."""
        due = {instant for instant, _ in place.snapshot.promises}
        return tuple(waits(place.snapshot.now, due, new_bounds))

    def step(self, place: Place, move: Move) -> Step:
        """Take a step from a place."""
        known_step = place.steps.get(move)
        if known_step is not None and self._holds(known_step.looked):
            return known_step
        step = self._live(place, move)
        if self._keeps:
            place.steps[move] = step
        elif known_step is not None and _came_to_the_same(step, known_step):
            if known_step.place is not None:
                self._at = known_step.place
            return known_step
        return step

    def ending(self, place: Place) -> Ending:
        """The trace of a world in which nobody acts after this place, to its quiet end."""
        if place.ending is not None and self._holds(place.ending.looked):
            return place.ending
        self._stand_at(place)
        ending = self._live_out()
        if self._keeps:
            place.ending = ending
        return ending

    def idle_ending(self, place: Place, idle: tuple[Step, ...]) -> Ending:
        """The same, after acts that change nothing."""
        if place.idle_ending is not None and place.idle_ending[0] == idle and self._holds(place.idle_ending[1].looked):
            return place.idle_ending[1]
        self._stand_at(place)
        for step in idle:
            self._world.recorder.record_again(step.events)
        ending = self._live_out()
        if self._keeps:
            place.idle_ending = idle, ending
        return ending

    def _holds(self, looked: Looked) -> bool:
        return self._differs.isdisjoint(looked.readings)

    def _stand_at(self, place: Place) -> None:
        if self._at is not place:
            self._world.restore(place.snapshot)
            self._at = place
        self._policy.looked_at, self._table.reached = set(), set()

    def _looked(self) -> Looked:
        return Looked(frozenset(self._policy.looked_at), frozenset(self._table.reached))

    def _here(self, shapes: Shapes) -> Place:
        return Place(self._world.copy(), state_of(self._world), shapes)

    def _live(self, place: Place, move: Move) -> Step:
        self._stand_at(place)
        world, self._at = self._world, None
        refused, problem, state = judged_step(place.state, world, move)
        events = world.recorder.events[len(place.snapshot.events) :]
        if problem:
            return Step(self._looked(), problem)
        if state == place.state and move.act != "wait" and self._merge:
            if refused:
                world.forget_since(place.snapshot)
                self._at = place
            return Step(self._looked(), "", events=tuple(events))
        self._at = Place(world.copy(), state, shapes_after(place.shapes, events))
        return Step(self._looked(), "", self._at)

    def _live_out(self) -> Ending:
        self._at = None
        try:
            trace = tuple(quiet_end(self._world))
        except Exception as fault:
            return Ending(self._looked(), (), named(fault))
        return Ending(self._looked(), trace)


def _came_to_the_same(step: Step, known_step: Step) -> bool:
    """Whether a reading that was looked at made no difference: events and world are the same."""
    if step.problem or known_step.problem:
        return False
    if step.events != known_step.events or step.looked.entries != known_step.looked.entries:
        return False
    place, known_place = step.place, known_step.place
    if place is None or known_place is None:
        return place is known_place
    return place.state == known_place.state and all(
        getattr(place.snapshot, name) == getattr(known_place.snapshot, name) for name in TOLD_APART_BY
    )


def judged_step(state_before: Key, world: CopiedWorld, move: Move) -> tuple[bool, str, Key]:
    """Take a step: whether it is refused, what is wrong with it, if anything, and the state that it leads to.

    It is wrong to break, and to be refused and change something.
    """
    term_is_due = any(order.closes_at == world.now for order in world.orders)
    refused, problem = tried(world, move)
    state = state_of(world) if not problem else state_before
    if refused and not term_is_due and state != state_before:
        problem = f"{move} is refused and changes something"
    return refused, problem, state


def tried(world: CopiedWorld, move: Move) -> tuple[bool, str]:
    """Take a step: whether it is refused, and the fault if it broke. Time cannot be refused."""
    try:
        perform(world, move)
    except Exception as fault:  # whatever breaks the service is what the search looks for
        if isinstance(fault, CallerError) and move.act != "wait":
            return True, ""
        return False, named(fault)
    return False, ""


def named(fault: Exception) -> str:
    """A fault in words."""
    return f"{type(fault).__name__}: {fault}"


def digest(trace: Sequence[Event]) -> str:
    """What tells traces of different content apart."""
    content: list[Any] = [(event["type"], event.get("subject"), event["time"], event["data"]) for event in trace]
    return blake2b(repr(content).encode(), digest_size=16).hexdigest()
