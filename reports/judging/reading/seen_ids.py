"""Ids that must not stand twice, however many there are: the last ones as they are, older ones as 64 bits each.

What lives here: finding ids that may stand twice in eight bytes an id, where a set would take a hundred.
"""

from __future__ import annotations

from array import array
from itertools import pairwise

MOST_REMEMBERED = 50_000


class SeenIds:
    """Takes in ids. A repetition is found at once among the last ones, and at the end among all."""

    def __init__(self) -> None:
        self._last: set[str] = set()
        self._older = array("q")

    def is_repeated(self, name: str) -> bool:
        """Takes one more id in; whether it is known to have been there before."""
        last = self._last
        known = len(last)
        last.add(name)
        if len(last) == known:
            return True
        if known == MOST_REMEMBERED:
            self._age()
        return False

    def suspects(self) -> set[int]:
        """The hashes of ids that may stand twice: equal hashes are nearly always equal ids."""
        if not self._older:
            return set()
        self._age()
        return {earlier for earlier, later in pairwise(sorted(self._older)) if earlier == later}

    def _age(self) -> None:
        self._older.extend(map(hash, self._last))
        self._last.clear()
