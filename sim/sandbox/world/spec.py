"""What a world is made from: name, start, seed, readings and technicians. Plain data that can be stored and sent."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from reference_impl.errors import FieldError
from reference_impl.policy import Policy

DEFAULT_WORLD = "default"
NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
UNDER_TEST = ("service", "operator")
LONGEST_VIEW_DAYS = 31  # of the slots that are shown or changed at once


def free_name(stem: str, taken_names: Container[str]) -> str:
    """A name that is not taken: the stem, else the stem with the first free number."""
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken_names else next(name for name in numbered if name not in taken_names)


class WorldError(FieldError):
    """A world that cannot be made as described. Data: field, value, what is allowed."""


@dataclass(frozen=True, slots=True)
class WorldSpec:
    """A world before anything has happened. `start` is an instant; `declared` readings stand in the trace."""

    name: str
    start: int
    seed: int = 0
    readings: Mapping[str, Any] = field(default_factory=dict)
    territories: Mapping[str, int] = field(default_factory=lambda: {"LAZIO": 4})
    documents: bool = True
    declared: Mapping[str, Any] = field(default_factory=dict)
    under_test: str = "service"

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise WorldError("name", self.name, "lower-case letters, digits and -, at most 63")
        if self.under_test not in UNDER_TEST:
            raise WorldError("under_test", self.under_test, " or ".join(UNDER_TEST))
        if not self.territories or not all(0 <= number <= 100_000 for number in self.territories.values()):
            raise WorldError("territories", dict(self.territories), "at least one, each with 0 to 100000 technicians")
        self.policy()

    def policy(self) -> Policy:
        """The readings as the service takes them. Raises PolicyError."""
        return Policy.from_readings({**self.readings, **self.declared})
