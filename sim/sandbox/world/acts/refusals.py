"""What a live world refuses whoever asks it: a name that it does not know, a key that was used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from reference_impl.errors import CallerError

Thing = TypeVar("Thing")


class KeyReused(CallerError):
    """An idempotency key that came with another request before. Data: key."""

    def __str__(self) -> str:
        return "this idempotency key came with another request before; allowed: a new key for a new request"


class UnknownName(CallerError):
    """Something is asked for that is not there. Data: what kind of thing, its name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, name

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} is not known"


def found(things: Mapping[str, Thing], kind: str, name: str) -> Thing:
    """The thing of a name. Raises UnknownName."""
    if name not in things:
        raise UnknownName(kind, name)
    return things[name]
