"""What people said of rules that no wire shows, as the page shows it. It must not judge: a note changes no verdict."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A note on a rule: when in simulated time (RFC 3339), and the picture beside the page, by its `file`.

    `name` is the name that the picture came with, `shown` the picture as the page holds it.
    """

    rule: str
    text: str
    at: str
    file: str = ""
    name: str = ""
    shown: str = ""

    def members(self) -> dict[str, Any]:
        """As plain data, for programs, which find the picture in its file."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "shown"}


def in_the_page(content: bytes, media_type: str) -> str:
    """A picture as a page holds it that needs nothing else."""
    return f"data:{media_type};base64,{b64encode(content).decode()}"
