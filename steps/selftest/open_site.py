"""An SFTP site that takes whatever a system puts on it, under names that were taken too.

The site of an ordinary world refuses those, because the reference never uses one; a wrong system's file has to be seen
for somebody to say that it is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.doubles import DropDouble, path_on_site


class OpenSite(DropDouble):
    """A site that refuses nothing; `arrived` hears whose file has come."""

    arrived: Callable[[str], None] | None = None

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Keep the file, in the place of another of that name if there is one, and record it."""
        self.files.pop(path_on_site(operator, name), None)
        path = super().deposit(operator, name, data)
        if self.arrived is not None:
            self.arrived(operator)
        return path
