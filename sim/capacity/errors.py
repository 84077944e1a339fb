"""What a caller of a capacity run can get wrong. One line each: what, where, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.errors import CallerError, FieldError

MOST_SHOWN = 10
NO_SUCH_KEY, NO_SUCH_PLACE, NO_TABLE = "no such key", "a position from 1 to", "a table there"


class ScenarioError(CallerError):
    """A scenario that cannot be run as written. Data: file, table, key, value, what is allowed."""

    def __init__(self, file: str, table: str, key: str, value: object, allowed: str) -> None:
        super().__init__(file, table, key, value, allowed)
        self.file, self.table, self.key, self.value, self.allowed = file, table, key, value, allowed

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of that name can be written."""
        return self.allowed.startswith((NO_SUCH_KEY, NO_SUCH_PLACE, NO_TABLE))

    def __str__(self) -> str:
        place = f"[{self.table}] {self.key}" if self.table else self.key
        shown = "nothing" if self.value is None else repr(self.value)
        return f"{self.file}: {place}: {shown} is not allowed; allowed: {self.allowed}"


class ChangeError(CallerError):
    """A value of an option that makes a scenario which cannot be run.

    Data: the option, what was written, what is wrong with the scenario, the nearest paths where the path is unknown.
    """

    def __init__(self, option: str, written: str, reason: str, nearest: str) -> None:
        super().__init__(option, written, reason, nearest)
        self.option, self.written, self.reason, self.nearest = option, written, reason, nearest

    def __str__(self) -> str:
        return f"{self.option} {self.written}: {self.reason}" + (f"; nearest: {self.nearest}" if self.nearest else "")


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
