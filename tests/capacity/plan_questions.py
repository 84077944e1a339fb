"""Questions whose answer is known: lines of true margins with noise, in place of a simulation.

Every question draws its own length, shape and noise; positions share a part of their luck, as replications do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.capacity.intervals import interval
from sim.capacity.questions.searching import Found, Outcome, most_tests
from sim.capacity.questions.sequential_test import Judgement, SequentialTest, Side, looks

Margins = NDArray[np.float64]
LIMIT, MOST, ERROR, ZONE = 10.0, 32, 0.05, 0.05


def _falls(chance: Generator, along: Margins) -> Margins:
    return LIMIT * (0.5 + chance.uniform(0.1, 3) * np.exp(-along / chance.uniform(0.02, 0.6)))


def _falls_to_the_limit(chance: Generator, along: Margins) -> Margins:
    plateau = 1 + chance.uniform(-0.02, 0.02)
    return LIMIT * (plateau + chance.uniform(0.5, 3) * np.exp(-along / chance.uniform(0.01, 0.3)))


def _rises(chance: Generator, along: Margins) -> Margins:
    return LIMIT * (chance.uniform(0.6, 0.95) + chance.uniform(0.3, 1) * along)


def _is_flat(chance: Generator, along: Margins) -> Margins:
    return np.full_like(along, LIMIT * chance.uniform(0.9, 1.1))


def _never_falls_enough(chance: Generator, along: Margins) -> Margins:
    return LIMIT * (1 + chance.uniform(0.05, 0.5) + np.exp(-along / 0.3))


SHAPES = (_falls, _falls_to_the_limit, _rises, _is_flat, _never_falls_enough)
NOISES: Mapping[str, Callable[[Generator, int], Margins]] = {
    "normal": lambda chance, count: chance.normal(size=count),
    "skewed": lambda chance, count: (chance.gamma(4.0, size=count) - 4.0) / 2.0,
}


@dataclass
class Question:
    """A line of positions whose true margins are known (`truths`, positive where the target is met)."""

    truths: Margins
    deviation: float
    shared: float  # which part of the variance all positions have in common
    chance: Generator
    noise: str
    judged: dict[int, tuple[Judgement, list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.common = NOISES[self.noise](self.chance, MOST)
        self.test = SequentialTest(looks(MOST), ERROR / most_tests(self.last), ZONE)

    @property
    def last(self) -> int:
        """The last position."""
        return len(self.truths) - 1

    def side(self, position: int) -> Side:
        """What the test says of a position."""
        return self._tried(position)[0].side

    def gain(self, position: int, other: int) -> float:
        """The mean difference of two positions over the same luck."""
        return interval(self._differences(position, other)).mean

    def makes_no_difference(self, position: int, other: int) -> bool:
        """Whether two positions surely differ by no more than the zone."""
        return self.test.makes_no_difference(self._differences(position, other))

    def _differences(self, position: int, other: int) -> list[float]:
        return [b - a for a, b in zip(self._tried(position)[1], self._tried(other)[1], strict=False)]

    def _tried(self, position: int) -> tuple[Judgement, list[float]]:
        if position not in self.judged:
            own = NOISES[self.noise](self.chance, MOST)
            luck = math.sqrt(self.shared) * self.common + math.sqrt(1 - self.shared) * own
            margins = (self.truths[position] + self.deviation * luck).tolist()
            for count in self.test.looks:
                judgement = self.test.judge(margins[:count])
                if self.test.is_over(judgement, count):
                    break
            self.judged[position] = judgement, margins[:count]
        return self.judged[position]


def question(seed: int, noise: str) -> Question:
    """A question drawn from a seed: up to 400 values, deviations from 0.2 to 5 % of the limit."""
    chance = np.random.default_rng(seed)
    along = np.linspace(0, 1, int(chance.integers(2, 400)))
    truths = LIMIT - SHAPES[seed % len(SHAPES)](chance, along)
    return Question(truths, LIMIT * chance.uniform(0.002, 0.05), chance.uniform(0, 0.999), chance, noise)


def is_wrong(question: Question, ending: Found) -> bool:
    """Whether what a search says contradicts the truth."""
    truths, position = question.truths, ending.position
    meeting = set(np.flatnonzero(truths >= 0).tolist())
    if position is not None and position not in meeting:
        return True
    nearer = {Outcome.SMALLEST: -1, Outcome.LARGEST: 1}.get(ending.outcome)
    if nearer is not None:
        return position is None or position + nearer in meeting
    if ending.outcome is Outcome.OTHER_LIMIT:
        return abs(truths[ending.best] - truths[question.last // 2]) > ZONE or bool(truths.max() > ZONE)
    if ending.between is None or not meeting:
        return ending.outcome is Outcome.NONE and bool(meeting)
    edge = max(meeting) if truths[0] > truths[-1] else min(meeting)
    return not ending.between[0] <= edge <= ending.between[1]
