"""The errors of a live world for its callers: a name that it does not know, a key that was used."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from reference_impl.errors import CallerError

Entry = TypeVar("Entry")
# Where the caller finds the allowed names, by the kind of thing; the message does not list the names themselves.
SHOWN_BY: Mapping[str, str] = MappingProxyType(
    {
        "world": "a name that worlds list shows",
        "operator": "a name that operators list shows",
        "file": "a name that files list shows",
        "guided run of world": "a world in which guided start began one",
    }
)


class KeyReused(CallerError):
    """An idempotency key that came with another request before. Data: key."""

    def __str__(self) -> str:
        return "this idempotency key came with another request before; allowed: a new key for a new request"


class UnknownName(CallerError):
    """There is nothing of that name. Data: what kind of thing, its name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, name

    def __str__(self) -> str:
        allowed = f"; allowed: {SHOWN_BY[self.kind]}" if self.kind in SHOWN_BY else ""
        return f"{self.kind} {self.name!r} is not known{allowed}"


def lookup(entries: Mapping[str, Entry], kind: str, name: str) -> Entry:
    """The entry of a name. Raises UnknownName."""
    if name not in entries:
        raise UnknownName(kind, name)
    return entries[name]
