"""What a caller of a capacity run can get wrong. One line each: what, where, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.errors import CallerError, FieldError

MOST_SHOWN = 10


class ScenarioError(CallerError):
    """A scenario that cannot be run as written. Data: file, table, key, value, what is allowed."""

    def __init__(self, file: str, table: str, key: str, value: object, allowed: str) -> None:
        super().__init__(file, table, key, value, allowed)
        self.file, self.table, self.key, self.value, self.allowed = file, table, key, value, allowed

    def __str__(self) -> str:
        place = f"[{self.table}] {self.key}" if self.table else self.key
        shown = "nothing" if self.value is None else repr(self.value)
        return f"{self.file}: {place}: {shown} is not allowed; allowed: {self.allowed}"


class RunError(FieldError):
    """A run that was asked for in a way that cannot be. Data: option, value, what is allowed."""


class FileRowsError(CallerError):
    """A file with rows that are not allowed. Data: scenario, its key that names the file, file, number of rows, faults.

    A fault is the line of such a row in the file, with what is wrong there; the first ten are shown.
    """

    def __init__(self, scenario: str, key: str, file: str, rows: int, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__(scenario, key, file, rows, faults)
        self.scenario, self.key, self.file, self.rows, self.faults = scenario, key, file, rows, faults

    def __str__(self) -> str:
        counted = f"{len(self.faults):,} of {self.rows:,} rows are not allowed"
        head = f"{self.scenario}: {self.key} {self.file}: {counted}"
        more = len(self.faults) - MOST_SHOWN
        shown = [f"  line {line}: {fault}" for line, fault in self.faults[:MOST_SHOWN]]
        return "\n".join([head, *shown, *([f"  and {more:,} more"] if more > 0 else [])])
