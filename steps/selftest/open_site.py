"""An SFTP site that shows whatever a system puts on it: malformed files, and names that were taken.

The site of an ordinary world refuses both, because the reference never does either; a wrong system's file has to be
seen for somebody to say that it is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from reference_impl.formats.csv_file import COLUMNS, CsvError
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

    def rows_seen(self, data: bytes) -> list[dict[str, str]]:
        """The rows of a file; of one unlike its dialect, what stands in the place of each column."""
        try:
            return super().rows_seen(data)
        except CsvError:
            text = data.decode(self.dialect.encoding, errors="replace")
            return [self._cells(line) for line in text.splitlines() if line]

    def _cells(self, line: str) -> dict[str, str]:
        cells = line.split(self.dialect.separator)[: len(COLUMNS)]
        return {column: cell or "" for column, cell in zip_longest(COLUMNS, cells)}
