"""Facts that many checkers ask for: each is worked out at the first question, and then a member like any other.

What lives here: remembering such facts. It must not know what they are. Working them out again for each checker took
half of the judge's time; `functools.cached_property` takes a lock and twice as long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Known = TypeVar("Known", bound="Remembering")
Fact = TypeVar("Fact")


class Remembering:
    """An object with room for facts. Its subclasses keep their own data in slots: `__dict__` holds only facts."""

    __dict__: dict[str, Any]

    def forget_facts(self) -> None:
        """Forgets all facts: new data came, and they may be different now."""
        self.__dict__.clear()


class worked_out(Generic[Known, Fact]):  # noqa: N801 - read as a decorator, like `property`
    """A fact of an object that follows from its data."""

    def __init__(self, work: Callable[[Known], Fact]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, known: None, owner: type) -> worked_out[Known, Fact]: ...
    @overload
    def __get__(self, known: Known, owner: type) -> Fact: ...
    def __get__(self, known: Known | None, owner: type) -> Fact | worked_out[Known, Fact]:
        if known is None:
            return self
        fact: Fact = self._work(known)
        known.__dict__[self._name] = fact
        return fact
