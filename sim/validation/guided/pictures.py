"""Pictures that are attached to a rule: which are taken, and what is kept of each beside its content.

What lives here: telling a picture by its first bytes, whatever its name or its sender says. It must not know runs.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from reference_impl.errors import FieldError

LARGEST_PICTURE_BYTES = 900_000
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
ALLOWED = f"a PNG or JPEG picture of at most {LARGEST_PICTURE_BYTES:,} bytes"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the digest that names its content, its kind, the name that it came with, its size."""

    digest: str
    media_type: str
    name: str
    bytes: int

    def members(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def media_type_of(content: bytes) -> str:
    """Which kind of picture some bytes are. Raises FieldError for what is none, or too large."""
    if len(content) > LARGEST_PICTURE_BYTES:
        raise FieldError("picture", f"{len(content):,} bytes", ALLOWED)
    for magic, media_type, _ in MAGIC:
        if content.startswith(magic):
            return media_type
    raise FieldError("picture", "no picture", ALLOWED)


def ending_of(media_type: str) -> str:
    """How the name of a file with such a picture ends."""
    return next(ending for _, known, ending in MAGIC if known == media_type)


def shown_name(name: str) -> str:
    """The name that a picture came with, without folders and without what no name should have."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w. -]", "_", last).strip()[:LONGEST_NAME]
