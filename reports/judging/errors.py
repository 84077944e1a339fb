"""What is wrong with something a person handed us, in one line.

What lives here: the one error that readers of profiles, traces and catalogues raise. It must not know any of them.
"""

from __future__ import annotations


class InputError(Exception):
    """Bad input: `place` (file, line, field), `problem`, and what would be `allowed`."""

    def __init__(self, place: str, problem: str, allowed: str) -> None:
        super().__init__(place, problem, allowed)
        self.place = place
        self.problem = problem
        self.allowed = allowed

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} (allowed: {self.allowed})"
