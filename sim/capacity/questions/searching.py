"""Where a target begins, or ceases, to be met along one parameter: a search that assumes no direction.

Both ends are tried first. What lives here knows positions on a line, on which side of the target each surely is, and
how much two of them differ; it must not know what is simulated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sim.capacity.questions.sequential_test import Side


class Outcome(StrEnum):
    """How a search ended."""

    SMALLEST = "smallest"  # the smallest value that meets the target is known
    LARGEST = "largest"  # more makes it worse: the largest value that meets the target is known
    UNDECIDED = "undecided"  # it lies between two values
    NONE = "none"  # neither end nor the middle meets the target, and the parameter still makes a difference
    OTHER_LIMIT = "other_limit"  # nor do they, and more or less of the parameter makes none


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a search: `position` surely meets the target (None where none is known to), `best` comes closest.

    `between` are the first and the last position that the true answer can have, where it is undecided.
    """

    outcome: Outcome
    position: int | None
    best: int
    between: tuple[int, int] | None = None


class Line(Protocol):
    """Positions from 0 to `last` of which one can ask."""

    @property
    def last(self) -> int:
        """The last position."""
        ...

    def side(self, position: int) -> Side:
        """On which side of the target a position surely is."""
        ...

    def gain(self, position: int, other: int) -> float:
        """How much nearer to the target the second is than the first, on average over the same luck."""
        ...

    def makes_no_difference(self, position: int, other: int) -> bool:
        """Whether the two surely differ by no more than what the planner is indifferent to."""
        ...


def most_tests(last: int) -> int:
    """How many positions and pairs a search asks about at most: what an error is to be spread over."""
    return 5 + 2 * math.ceil(math.log2(last + 1))


def search(line: Line) -> Found:
    """Find the smallest position that meets the target, or the largest where more makes it worse."""
    low, high = line.side(0), line.side(line.last)
    if low is high is Side.MEETS:
        return Found(Outcome.SMALLEST, 0, 0)
    if low is not high:
        return _between(line, 0, line.last) if low < high else _between(line, line.last, 0)
    middle = line.last // 2
    if line.side(middle) > low:
        return _between(line, 0, middle)
    return _neither_end(line, middle, low)


def _neither_end(line: Line, middle: int, side: Side) -> Found:
    best = line.last if line.gain(0, line.last) >= 0 else 0
    if line.makes_no_difference(middle, best):
        return Found(Outcome.OTHER_LIMIT, None, best)
    if side is Side.FAILS:
        return Found(Outcome.NONE, None, best)
    return Found(Outcome.UNDECIDED, None, best, (0, line.last))


def _between(line: Line, worse: int, better: int) -> Found:
    """Narrow down between two positions of which the second is on a better side, before or behind the first."""
    step = 1 if better > worse else -1

    def side(distance: int) -> Side:
        return line.side(worse + step * distance)

    failing, meeting = _narrowed(side, abs(better - worse))
    first = worse + step * (failing + 1)
    if meeting is None:
        return Found(Outcome.UNDECIDED, None, better, _ordered(first, better))
    position = worse + step * meeting
    if meeting == failing + 1:
        return Found(Outcome.SMALLEST if step > 0 else Outcome.LARGEST, position, position)
    return Found(Outcome.UNDECIDED, position, position, _ordered(first, position))


def _narrowed(side: Callable[[int], Side], last: int) -> tuple[int, int | None]:
    """The last distance known to fail (-1 where none is) and the first known to meet (None where none is)."""
    failing, meeting = (0 if side(0) is Side.FAILS else -1), (last if side(last) is Side.MEETS else None)
    unsure = 0 if failing < 0 else last if meeting is None else None
    while unsure is None and meeting is not None and meeting - failing > 1:
        middle = (failing + meeting) // 2
        match side(middle):
            case Side.FAILS:
                failing = middle
            case Side.MEETS:
                meeting = middle
            case Side.UNSURE:
                unsure = middle
    if unsure is None:
        return failing, meeting
    if failing >= 0:
        failing = _first(lambda distance: side(distance) > Side.FAILS, failing, unsure) - 1
    if meeting is not None:
        meeting = _first(lambda distance: side(distance) is Side.MEETS, unsure, meeting)
    return failing, meeting


def _first(holds: Callable[[int], bool], below: int, holding: int) -> int:
    """The first distance at which something holds, if it only ever begins between two at which it does not and does."""
    while holding - below > 1:
        middle = (below + holding) // 2
        if holds(middle):
            holding = middle
        else:
            below = middle
    return holding


def _ordered(position: int, other_position: int) -> tuple[int, int]:
    return min(position, other_position), max(position, other_position)
