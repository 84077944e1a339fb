"""A function of an instant as a table: its pieces on a day, made by calling it.

A rule such as "when may the engagement SMS leave" is constant over some stretches of a day and follows the clock over
others. A day is cut at its hours (and a millisecond after them, for bounds that are included); on each piece the
function itself is asked at both ends and in between. Where a piece is neither constant nor a shift, it is halved, and
where halving does not help every instant is asked by itself. So a table never says anything that the rule does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR

Instants = NDArray[np.int64]
Rule = Callable[[int], int]
CONSTANT, SHIFT, ASK = 0, 1, 2
HALVINGS = 6


class StepTable:
    """A rule, tabulated hour by hour as instants are asked for."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._hours = range(0)  # those that are tabulated
        self._pieces = np.zeros((0, 3), dtype=np.int64)  # start, kind, value or shift

    def of(self, instants: Instants) -> Instants:
        """The rule's answer for each instant."""
        if not len(instants):
            return instants.copy()
        self._tabulate(int(instants.min()) // HOUR, int(instants.max()) // HOUR + 1)
        starts, kinds, values = self._pieces.T
        place = np.searchsorted(starts, instants, side="right") - 1
        kind, value = kinds[place], values[place]
        answers: Instants = np.where(kind == SHIFT, instants + value, value)
        for index in np.flatnonzero(kind == ASK).tolist():
            answers[index] = self._rule(int(instants[index]))
        return answers

    def _tabulate(self, first: int, after: int) -> None:
        """Add the hours of a range that are not there, and those between."""
        if not self._hours:
            self._hours = range(first, first)
        before = range(first, self._hours.start)
        later = range(self._hours.stop, after)
        if before or later:
            parts = [self._cut_hours(before), self._pieces, self._cut_hours(later)]
            self._pieces = np.concatenate(parts)
            self._hours = range(min(first, self._hours.start), max(after, self._hours.stop))

    def _cut_hours(self, hours: range) -> Instants:
        pieces = [
            piece
            for start in range(hours.start * HOUR, hours.stop * HOUR, HOUR)
            for piece in (*self._cut(start, start, 0), *self._cut(start + 1, start + HOUR - 1, 0))
        ]
        return np.array(pieces, dtype=np.int64).reshape(-1, 3)

    def forget_before(self, instant: int) -> None:
        """Forget the hours that have passed."""
        first = min(max(instant // HOUR, self._hours.start), self._hours.stop)
        self._pieces = self._pieces[np.searchsorted(self._pieces[:, 0], first * HOUR) :]
        self._hours = range(first, self._hours.stop)

    def _cut(self, first: int, last: int, depth: int) -> list[tuple[int, int, int]]:
        rule, answer = self._rule, self._rule(first)
        if first == last:
            return [(first, CONSTANT, answer)]
        third = (last - first) // 3
        probes = [(probe, rule(probe)) for probe in (first + third, last - third, last)]
        if all(probed == answer for _, probed in probes):
            return [(first, CONSTANT, answer)]
        if all(probed - probe == answer - first for probe, probed in probes):
            return [(first, SHIFT, answer - first)]
        if depth == HALVINGS:
            return [(first, ASK, 0)]
        middle = (first + last) // 2
        return [*self._cut(first, middle, depth + 1), *self._cut(middle + 1, last, depth + 1)]


def last_true(holds: Callable[[int], bool], first: int, last: int) -> int:
    """The last instant from `first` to `last` at which a condition that ends once still holds; first - 1 if none."""
    return first - 1 + bisect_left(range(first, last + 1), True, key=lambda instant: not holds(instant))
