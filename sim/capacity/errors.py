"""What a caller of a capacity run can get wrong. One line each: what, where, what is allowed."""

from __future__ import annotations

from reference_impl.errors import CallerError


class ScenarioError(CallerError):
    """A scenario that cannot be run as written. Data: file, table, key, value, what is allowed."""

    def __init__(self, file: str, table: str, key: str, value: object, allowed: str) -> None:
        super().__init__(file, table, key, value, allowed)
        self.file, self.table, self.key, self.value, self.allowed = file, table, key, value, allowed

    def __str__(self) -> str:
        place = f"[{self.table}] {self.key}" if self.table else self.key
        shown = "nothing" if self.value is None else repr(self.value)
        return f"{self.file}: {place}: {shown} is not allowed; allowed: {self.allowed}"


class RunError(CallerError):
    """A run that was asked for in a way that cannot be. Data: option, value, what is allowed."""

    def __init__(self, option: str, value: object, allowed: str) -> None:
        super().__init__(option, value, allowed)
        self.option, self.value, self.allowed = option, value, allowed

    def __str__(self) -> str:
        return f"{self.option}: {self.value!r} is not allowed; allowed: {self.allowed}"
