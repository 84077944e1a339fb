"""Compressed traces: gzip and Zstandard, told by their first bytes.

What lives here: making bytes readable. It must not know what is in them.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable

from reports.judging.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

UNPACKERS: dict[bytes, Callable[[bytes], bytes]] = {b"\x1f\x8b": gzip.decompress, b"\x28\xb5\x2f\xfd": zstd.decompress}
BROKEN = (OSError, EOFError, zlib.error, zstd.ZstdError)


def decompressed(data: bytes, name: str) -> bytes:
    """The bytes as they were before they were compressed, if they were; InputError for a broken archive."""
    for magic, unpack in UNPACKERS.items():
        if data.startswith(magic):
            try:
                return unpack(data)
            except BROKEN as problem:
                raise InputError(name, f"cannot be unpacked: {problem}", "a whole .gz or .zst file") from problem
    return data
