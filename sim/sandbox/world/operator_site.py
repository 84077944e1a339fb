"""The files of one operator that are in sight on the SFTP site, and that directory as its call centre reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.doubles import path_on_site
from sim.recorder import Recorder


@dataclass(frozen=True, slots=True)
class DropFile:
    """A file on the SFTP site, whole; `at` is when it was deposited, in simulated time."""

    name: str
    data: bytes
    at: int


@dataclass(slots=True)
class Site:
    """What an operator sees in its own folder, in order of deposit. What it does with files is recorded."""

    operator: str
    recorder: Recorder
    files: dict[str, DropFile] = field(default_factory=dict)

    def listdir(self) -> list[str]:
        """The names of the files."""
        return list(self.files)

    def read(self, name: str) -> bytes:
        """The bytes of a file; records `csv.fetched`."""
        self._record("csv.fetched", name)
        return self.files[name].data

    def remove(self, name: str) -> None:
        """Take a file out of sight; its name stays taken, so that a later deposit cannot look like the same file."""
        del self.files[name]
        self._record("csv.removed", name)

    def miss(self, name: str) -> None:
        """Record that the operator asked for a file that is not there."""
        self._record("csv.missed", name)

    def _record(self, type: str, name: str) -> None:
        path = path_on_site(self.operator, name)
        self.recorder.record("/sftp", type, path, {"operator": self.operator, "path": path})
