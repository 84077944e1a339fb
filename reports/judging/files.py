"""The files of a world as they were deposited: which path, which directory and which run was first used by which.

What lives here: following deposits. It must not know which rule asks. Only first uses are kept, without their rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname

from reports.judging.events import Event
from reports.judging.worlds import without_rows
from reports.rome_time import Instant


@dataclass(slots=True)
class Files:
    """The first deposit of each path, in each directory, and of each operator at each instant."""

    _of_path: dict[str, Event] = field(default_factory=dict)
    _in_directory: dict[str, Event] = field(default_factory=dict)
    _of_run: dict[tuple[str, Instant], Event] = field(default_factory=dict)

    def same_path(self, deposit: Event) -> Event | None:
        """The first file of that name, if it was deposited before."""
        return self._of_path.get(deposit.data["path"])

    def same_directory(self, deposit: Event) -> Event | None:
        return self._in_directory.get(dirname(deposit.data["path"]))

    def same_run(self, deposit: Event) -> Event | None:
        return self._of_run.get((deposit.data["operator"], deposit.at))

    def follow(self, deposit: Event) -> None:
        """One more file."""
        slim, path = without_rows(deposit), deposit.data["path"]
        self._of_path.setdefault(path, slim)
        self._in_directory.setdefault(dirname(path), slim)
        self._of_run.setdefault((deposit.data["operator"], deposit.at), slim)
