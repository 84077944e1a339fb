"""The search: breadth first over the states of a scene, each state once, and a trace for every way into and out of it.

What lives here: which steps are taken from a state, which states are merged, which traces are handed on to be judged.
Every trace is lived to its quiet end: a FAIL of a prefix is a FAIL of the whole, so a prefix needs no trace of its own.

Two savings lose nothing. A state that was reached by waiting waits only for bounds that its parent did not know: two
waits are one. A wait into a known state is not judged by itself: waiting is how every trace ends anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reference_impl.civil_time import DAY
from reference_impl.errors import CallerError
from reference_impl.life_cycle import transitions
from reference_impl.orders import Event as OrderEvent
from reference_impl.orders import State
from sim.recorder import Event
from steps.selftest.changes import constant
from steps.selftest.exploration.copied_world import CopiedWorld, Snapshot
from steps.selftest.exploration.moves import Move, acts, bounds, perform, waits
from steps.selftest.exploration.scenes import REGISTRATION, Scene, Variant
from steps.selftest.exploration.states import Key, Shapes, shapes_after, state_of

QUIET_DAYS = 31  # after the last promise: what has not come by then is missing
Entry = tuple[State, OrderEvent]
Path = tuple[Move, ...]
Sink = Callable[[Path, Sequence[Event]], None]


@dataclass(slots=True)
class Node:
    """A state of the search: how it was first reached, and where its steps lead."""

    snapshot: Snapshot
    shapes: Shapes
    path: Path
    known_bounds: frozenset[int] = frozenset()
    leads_to: list[int] = field(default_factory=list)
    idle: int = 0


class Fault(NamedTuple):
    """A step at which the service breaks: with an exception, or by refusing an act that changes something."""

    path: Path
    problem: str


@dataclass(slots=True)
class Explored:
    """What a search saw."""

    states: int = 0
    steps: int = 0
    traces: int = 0
    sequences: int = 0
    entries: set[Entry] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


class WatchedTable(dict[Entry, object]):
    """The table of transitions, which remembers the entries that were looked up and found."""

    def __init__(self, table: dict[Entry, object]) -> None:
        super().__init__(table)
        self.reached: set[Entry] = set()

    def __getitem__(self, key: Entry) -> object:
        found = super().__getitem__(key)
        self.reached.add(key)
        return found


def begin(scene: Scene, variant: Variant) -> CopiedWorld:
    """The world in which a scene begins."""
    world = CopiedWorld(start=scene.start, policy=variant.policy, places=scene.places, documents=scene.documents)
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


def explore(scene: Scene, variant: Variant, depth: int, sink: Sink, merge: bool = True) -> Explored:
    """Take every sequence of up to `depth` steps; each trace goes to `sink`.

    Without `merge` no two states are one, and an act that changes nothing is a step as any other.
    """
    watched: list[WatchedTable] = []

    def watch(table: dict[Entry, object]) -> WatchedTable:
        watched.append(WatchedTable(table))
        return watched[0]

    with constant(transitions, "TRANSITIONS", watch).in_force():
        explored = Search(scene, variant, depth, sink, merge).run()
    explored.entries = watched[0].reached
    return explored


class Search:
    """One search, under way."""

    def __init__(self, scene: Scene, variant: Variant, depth: int, sink: Sink, merge: bool) -> None:
        self._scene, self._depth, self._sink, self._merge = scene, depth, sink, merge
        self._world = begin(scene, variant)
        self._nodes: list[Node] = []
        self._known: dict[Key, int] = {}
        self._seen = Explored()

    def run(self) -> Explored:
        """Visit every state in order of its distance from the beginning."""
        self._add(Node(self._world.copy(), {}, ()), state_of(self._world))
        for node in self._nodes:  # which grows meanwhile
            if len(node.path) < self._depth:
                self._expand(node)
            elif node.path[-1].act != "wait":
                self._world.restore(node.snapshot)
                self._live_out(node.path)
        self._seen.states, self._seen.sequences = len(self._nodes), self._count_sequences()
        return self._seen

    def _add(self, node: Node, state: Key) -> tuple[int, bool]:
        """The number of a state and whether it is new."""
        key = (state, tuple(sorted(node.shapes.items()))) if self._merge else (len(self._nodes),)
        number = self._known.setdefault(key, len(self._nodes))
        is_new = number == len(self._nodes)
        if is_new:
            self._nodes.append(node)
        return number, is_new

    def _expand(self, node: Node) -> None:
        world = self._world
        world.restore(node.snapshot)
        before, here = state_of(world), bounds(world, self._scene)
        tried = [(move, self._told_by(node, move, before)) for move in acts(world, self._scene)]
        idle = [(move, told) for move, told in tried if told is not None]
        node.idle = len(idle)
        world.restore(node.snapshot)
        for _, told in idle:
            world.recorder.tell_again(told)
        self._live_out((*node.path, *(move for move, _ in idle)))
        world.restore(node.snapshot)
        for move in waits(world, here - node.known_bounds):
            self._told_by(node, move, before, here)

    def _told_by(
        self, node: Node, move: Move, before: Key, here: frozenset[int] = frozenset()
    ) -> Sequence[Event] | None:
        """Take a step from a state: what it told where it changed nothing, None where it did."""
        world = self._world
        if world.now != node.snapshot.now or len(world.recorder.events) != len(node.snapshot.events):
            world.restore(node.snapshot)
        self._seen.steps += 1
        path = (*node.path, move)
        refused, problem, state = _judged_step(before, world, move)
        if problem:
            self._note(path, problem)
            world.restore(node.snapshot)
            return None
        waited = move.act == "wait"
        if state == before and not waited and self._merge:
            told = world.recorder.events[len(node.snapshot.events) :]
            if refused:
                world.forget_since(node.snapshot)
            return told
        shapes = shapes_after(node.shapes, world.recorder.events[len(node.snapshot.events) :])
        known = node.known_bounds | here if waited else frozenset()
        number, is_new = self._add(Node(world.copy(), shapes, path, known), state)
        node.leads_to.append(number)
        if not is_new and not waited:
            self._live_out(path)
        world.restore(node.snapshot)
        return None

    def _live_out(self, path: Path) -> None:
        try:
            trace = quiet_end(self._world)
        except Exception as fault:
            self._note(path, _named(fault))
            return
        self._seen.traces += 1
        self._sink(path, trace)

    def _note(self, path: Path, problem: str) -> None:
        """Keep the first sequence for each problem: the search goes from the shortest to the longest."""
        if problem not in {fault.problem for fault in self._seen.faults}:
            self._seen.faults.append(Fault(path, problem))

    def _count_sequences(self) -> int:
        """How many sequences of steps the states stand for, the empty one included."""
        ways = [1] * len(self._nodes)
        for _ in range(self._depth):
            ways = [
                1 + node.idle * ways[at] + sum(map(ways.__getitem__, node.leads_to))
                for at, node in enumerate(self._nodes)
            ]
        return ways[0]


def _tried(world: CopiedWorld, move: Move) -> tuple[bool, str]:
    """Take a step: whether it is refused, and the fault if it broke. Time cannot be refused."""
    try:
        perform(world, move)
    except Exception as fault:  # whatever breaks the service is what the search looks for
        if isinstance(fault, CallerError) and move.act != "wait":
            return True, ""
        return False, _named(fault)
    return False, ""


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def problem_of(scene: Scene, variant: Variant, path: Path) -> str:
    """The first fault of a sequence, lived anew; empty where nothing breaks."""
    world = begin(scene, variant)
    for move in path:
        before = state_of(world)
        _, problem, _ = _judged_step(before, world, move)
        if problem:
            return problem
    try:
        quiet_end(world)
    except Exception as fault:
        return _named(fault)
    return ""


def _judged_step(before: Key, world: CopiedWorld, move: Move) -> tuple[bool, str, Key]:
    """Take a step: whether it is refused, what is wrong with it, if anything, and the state that it leads to.

    It is wrong to break, and to be refused and change something.
    """
    term_is_due = any(order.closes_at == world.now for order in world.orders)
    refused, problem = _tried(world, move)
    state = state_of(world) if not problem else before
    if refused and not term_is_due and state != before:
        problem = f"{move} is refused and changes something"
    return refused, problem, state


def lived(scene: Scene, variant: Variant, path: Path) -> Iterator[Event]:
    """The trace of one sequence, lived anew."""
    world = begin(scene, variant)
    for move in path:
        _tried(world, move)
    yield from quiet_end(world)
