"""Compressed traces: gzip and Zstandard, told by their first bytes, and unpacked while they are read.

What lives here: making bytes readable, line by line. It must not know what is in them.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from reports.judging.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Unpacker = Callable[[BinaryIO], BinaryIO]
UNPACKERS: dict[bytes, Unpacker] = {
    b"\x1f\x8b": lambda file: cast(BinaryIO, gzip.GzipFile(fileobj=file)),
    b"\x28\xb5\x2f\xfd": lambda file: cast(BinaryIO, zstd.ZstdFile(file)),
}
BROKEN = (OSError, EOFError, zlib.error, zstd.ZstdError)
LONGEST_MAGIC = max(map(len, UNPACKERS))


def unpacked_lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The lines of a file from its beginning, unpacked if it is compressed; InputError for a broken archive."""
    file.seek(0)
    magic = file.read(LONGEST_MAGIC)
    file.seek(0)
    unpack = next((unpack for start, unpack in UNPACKERS.items() if magic.startswith(start)), None)
    return iter(file) if unpack is None else _unpacked(unpack(file), name)


def _unpacked(file: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        yield from file
    except BROKEN as problem:
        raise InputError(name, f"cannot be unpacked: {problem}", "a whole .gz or .zst file") from problem
