"""The search: breadth first over the states of a scene, each state once, and a trace for every way into and out of it.

What lives here: which steps are taken from a state, which states are merged, which traces are handed on to be judged.
Every trace is lived to its quiet end: a FAIL of a prefix is a FAIL of the whole, so a prefix needs no trace of its own.

Two savings lose nothing. A state that was reached by waiting waits only for bounds that its parent did not know: two
waits are one. A wait into a known state is not judged by itself: waiting is how every trace ends anyway. A third is
`lived`: what was lived under the default readings and holds for others is not lived again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from reference_impl.life_cycle import transitions
from sim.recorder import Event
from steps.selftest.exploration.lived import (
    Ending,
    Entry,
    Life,
    Place,
    Step,
    WatchedTable,
    begin,
    judged_step,
    named,
    quiet_end,
    tried,
)
from steps.selftest.exploration.moves import Move
from steps.selftest.exploration.scenes import Scene, Variant
from steps.selftest.exploration.states import Key, state_of

Path = tuple[Move, ...]
Sink = Callable[[Path, Ending], None]


@dataclass(slots=True)
class Node:
    """A state of the search: how it was first reached, and where its steps lead."""

    place: Place
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


@contextmanager
def watched_table() -> Iterator[WatchedTable]:
    """The table of transitions is watched while this lasts."""
    original = transitions.TRANSITIONS
    watched = WatchedTable(dict(original))
    vars(transitions)["TRANSITIONS"] = watched
    try:
        yield watched
    finally:
        vars(transitions)["TRANSITIONS"] = original


def explore(
    scene: Scene, variant: Variant, depth: int, sink: Sink, merge: bool = True, default_life: Life | None = None
) -> Explored:
    """Take every sequence of up to `depth` steps; each trace goes to `sink`.

    Without `merge` no two states are one, and an act that changes nothing is a step as any other. From
    `default_life`, the scene as it was lived under the default readings, is taken over what holds here too.
    """
    with watched_table() as table:
        life = None if default_life is None else default_life.under(variant, table)
        return Search(life or Life(scene, variant, table, merge), depth, sink, merge).run()


def remembered(scene: Scene, default: Variant, depth: int) -> Life:
    """The scene under the default readings, with all that was lived in an exploration of that depth."""
    with watched_table() as table:
        life = Life(scene, default, table, keeps=True)
        Search(life, depth, lambda path, ending: None, merge=True).run()
    return life


class Search:
    """One search, under way."""

    def __init__(self, life: Life, depth: int, sink: Sink, merge: bool) -> None:
        self._life, self._depth, self._sink, self._merge = life, depth, sink, merge
        self._nodes: list[Node] = []
        self._known: dict[Key, int] = {}
        self._seen = Explored(entries=set(life.begun.entries))

    def run(self) -> Explored:
        """Visit every state in order of its distance from the beginning."""
        self._add(Node(self._life.root, ()))
        for node in self._nodes:  # which grows meanwhile
            if len(node.path) < self._depth:
                self._expand(node)
            elif node.path[-1].act != "wait":
                self._judge(node.path, self._life.ending(node.place))
        self._seen.states, self._seen.sequences = len(self._nodes), self._count_sequences()
        return self._seen

    def _add(self, node: Node) -> tuple[int, bool]:
        """The number of a state and whether it is new."""
        place = node.place
        key = (place.state, tuple(sorted(place.shapes.items()))) if self._merge else (len(self._nodes),)
        number = self._known.setdefault(key, len(self._nodes))
        is_new = number == len(self._nodes)
        if is_new:
            self._nodes.append(node)
        return number, is_new

    def _expand(self, node: Node) -> None:
        life, place = self._life, node.place
        bounds, idle = life.bounds(place), list[tuple[Move, Step]]()
        for move in life.acts(place):
            step = self._take(node, move, frozenset())
            if step.place is None and not step.problem:
                idle.append((move, step))
        node.idle = len(idle)
        path = (*node.path, *(move for move, _ in idle))
        self._judge(path, life.idle_ending(place, tuple(step for _, step in idle)))
        for move in life.waits(place, bounds - node.known_bounds):
            self._take(node, move, node.known_bounds | bounds)

    def _take(self, node: Node, move: Move, known_bounds: frozenset[int]) -> Step:
        """Take a step from a state, and judge the trace of one that leads by an act to a state that is known."""
        step, path = self._life.step(node.place, move), (*node.path, move)
        self._seen.steps += 1
        self._seen.entries.update(step.looked.entries)
        if step.problem:
            self._note(path, step.problem)
        elif step.place is not None:
            number, is_new = self._add(Node(step.place, path, known_bounds))
            node.leads_to.append(number)
            if not is_new and move.act != "wait":
                self._judge(path, self._life.ending(step.place))
        return step

    def _judge(self, path: Path, ending: Ending) -> None:
        self._seen.entries.update(ending.looked.entries)
        if ending.problem:
            self._note(path, ending.problem)
            return
        self._seen.traces += 1
        self._sink(path, ending)

    def _note(self, path: Path, problem: str) -> None:
        """Keep the first sequence for each problem: the search goes from the shortest to the longest."""
        if problem not in {fault.problem for fault in self._seen.faults}:
            self._seen.faults.append(Fault(path, problem))

    def _count_sequences(self) -> int:
        """How many sequences of steps the states stand for, the empty one included."""
        counts = [1] * len(self._nodes)
        for _ in range(self._depth):
            counts = [
                1 + node.idle * counts[number] + sum(map(counts.__getitem__, node.leads_to))
                for number, node in enumerate(self._nodes)
            ]
        return counts[0]


def problem_of(scene: Scene, variant: Variant, path: Path) -> str:
    """The first fault of a sequence, lived anew; empty where nothing breaks."""
    world = begin(scene, variant.policy)
    for move in path:
        before = state_of(world)
        _, problem, _ = judged_step(before, world, move)
        if problem:
            return problem
    try:
        quiet_end(world)
    except Exception as fault:
        return named(fault)
    return ""


def lived(scene: Scene, variant: Variant, path: Path) -> Iterator[Event]:
    """The trace of one sequence, lived anew."""
    world = begin(scene, variant.policy)
    for move in path:
        tried(world, move)
    yield from quiet_end(world)
