"""The last clients that a wire of the sandbox refused, and why: this helps to connect an operator's system.

They are kept in memory only. Nothing of it is in a trace: it is no act of an operator.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Stranger:
    """A client that was refused: at which wire, the account that it named, empty if it had named none, and why.

    `number` counts all strangers of a sandbox since it began.
    """

    number: int
    wire: str
    user: str
    because: str


class TurnedAway:
    """The last refusals of a sandbox, oldest first."""

    def __init__(self) -> None:
        self._count = 0
        self._last: deque[Stranger] = deque(maxlen=REMEMBERED)

    def __iter__(self) -> Iterator[Stranger]:
        return iter(self._last)

    def add(self, wire: str, user: str, because: str) -> Stranger:
        """Keep a refusal, and return it."""
        self._count += 1
        self._last.append(Stranger(self._count, wire, user, because))
        return self._last[-1]

    def forget(self, stranger: Stranger) -> None:
        """Remove a refusal: the client was let in after all."""
        if stranger in self._last:
            self._last.remove(stranger)
