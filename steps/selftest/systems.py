"""What stands on the shelves: a wrong system and the rules that it breaks, a lawful stranger and what it declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reports.judging.profiles import Profile, declaring, named_profile
from steps.selftest.changes import NOTHING, Change


@dataclass(frozen=True, slots=True)
class WrongSystem:
    """A system that is wrong in one way.

    `rules` are those under which it must be caught, twice each. `unseen` says why no trace can show it, where none can:
    then a scenario alone must catch it.
    """

    name: str
    rules: tuple[str, ...]
    does: str
    change: Change
    unseen: str = ""

    @property
    def is_an_operator(self) -> bool:
        """Whether it is the operator's system that is wrong."""
        return self.rules[0].startswith("OP-")


@dataclass(frozen=True, slots=True)
class LawfulStranger:
    """A system unlike the reference that keeps every rule; `declares` are its readings that are not the default."""

    name: str
    does: str
    change: Change = NOTHING
    declares: Mapping[str, object] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """The readings as the judge takes them: the default, but for what it declares."""
        return declaring(replace(named_profile("default"), name="declared"), self.declares, f"stranger {self.name}")


def wrong(rules: str, name: str, does: str, change: Change, unseen: str = "") -> WrongSystem:
    """A row of a shelf; `rules` are ids with blanks between them."""
    return WrongSystem(name, tuple(rules.split()), does, change, unseen)
