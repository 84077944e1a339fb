"""Pictures that are attached to a rule: which are taken, and what they are called.

What lives here: telling a picture by its first bytes, whatever its name or its sender says. It must not know runs.
"""

from __future__ import annotations

import re

from reference_impl.errors import FieldError

LARGEST_PICTURE_BYTES = 900_000
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
ALLOWED = f"a PNG or JPEG picture of at most {LARGEST_PICTURE_BYTES:,} bytes"
LONGEST_NAME = 80


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
