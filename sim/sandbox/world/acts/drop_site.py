"""The site of a live world: what an operator does with the files in its folder there."""

from __future__ import annotations

from sim.sandbox.world import commands
from sim.sandbox.world.acts.refusals import lookup
from sim.sandbox.world.durable import DurableWorld
from sim.sandbox.world.operator_site import DropFile

MOST_MISSED_FILES = 100  # as events; more of them would only fill the disk


class DropSite:
    """The operators' folders."""

    def __init__(self, durable: DurableWorld) -> None:
        self._durable = durable

    def files(self, operator: str) -> list[DropFile]:
        """An operator's files on the site, in order of deposit."""
        return list(lookup(self._durable.core.sites, "operator", operator).files.values())

    def file(self, operator: str, name: str) -> DropFile:
        """One file. Raises UnknownName."""
        return lookup(lookup(self._durable.core.sites, "operator", operator).files, "file", name)

    def fetch_file(self, operator: str, name: str) -> bytes:
        """Read a file as the operator does: it is recorded. Raises UnknownName."""
        file = self.file(operator, name)
        self._durable.do(commands.FetchFile(operator, name))
        return file.data

    def miss_file(self, operator: str, name: str) -> None:
        """The operator asks for a file that is not there. The first tries are events. Raises UnknownName."""
        if self._durable.core.missed_files < MOST_MISSED_FILES and operator in self._durable.core.sites:
            self._durable.do(commands.MissFile(operator, name))

    def remove_file(self, operator: str, name: str) -> None:
        """The operator deletes a file of its own. Raises UnknownName."""
        self._durable.do(commands.RemoveFile(operator, self.file(operator, name).name))

    def is_closed(self, operator: str) -> bool:
        """Whether the operator's folder refuses every client."""
        return operator in self._durable.core.disturbances.closed_sites
