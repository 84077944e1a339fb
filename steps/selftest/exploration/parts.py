"""The file in the report folder that keeps the finished parts of an exploration: one line of JSON for each part.

The first line names the code (by a digest of its source), the depth and the readings. A file of another exploration is
not used, nor is a line that an interruption cut off. When all parts are finished the report holds everything, and the
file is removed. Only one exploration at a time may use a folder.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sim.command_line import UsageError
from steps.selftest.exploration.expedition import Result

PARTS = "exploration.parts.jsonl"
LOCK = "exploration.lock"
SOURCES = ("reference_impl", "sim", "reports", "steps", "features")
NO_SOURCES = (".pyc",)


@cache
def digest_of_code() -> str:
    """A digest of the code, of the data that it reads and of the version of Python."""
    digest = sha256(sys.version.encode())
    for name in SOURCES:
        room = Path(__file__).parents[3] / name
        for path in sorted(path for path in room.rglob("*") if path.is_file() and path.suffix not in NO_SOURCES):
            digest.update(f"\0{path.relative_to(room.parent).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Lock the folder against other explorations. Raises UsageError where another one has it.

    The lock belongs to this process and not to its workers: it ends with the process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("wb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            problem = f"another exploration is at work in {folder}"
            raise UsageError(f"--report: {problem}; allowed: another folder, or this one once that has ended") from None
        try:
            yield
        finally:
            (folder / LOCK).unlink()


class Parts:
    """The file of the parts that are done. `kept` are those of an earlier run of the same exploration."""

    def __init__(self, folder: Path, depth: int, readings: Sequence[str]) -> None:
        self._path = folder / PARTS
        self._first_line = dumps({"code": digest_of_code(), "depth": depth, "readings": list(readings)})
        lines = self._lines()
        self.began_otherwise = bool(lines) and lines[0] != self._first_line
        kept = () if self.began_otherwise else tuple(_results(lines[1:]))
        self.kept: tuple[Result, ...] = kept
        self._begin()

    def add(self, result: Result) -> None:
        """Keep one more part, whatever happens next."""
        with self._path.open("ab") as file:
            file.write(_written(result))
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """Remove the file: all parts are done, and the report holds them."""
        self._path.unlink()

    def _lines(self) -> list[str]:
        return self._path.read_text(encoding="utf-8", errors="replace").split("\n") if self._path.is_file() else []

    def _begin(self) -> None:
        """Write the file anew with the parts that are kept; a line that was cut off is left out."""
        beside = self._path.with_suffix(".new")
        beside.write_bytes(b"".join([f"{self._first_line}\n".encode(), *map(_written, self.kept)]))
        beside.replace(self._path)


def _results(lines: Sequence[str]) -> Iterator[Result]:
    for line in lines:
        try:
            yield _adapter().validate_json(line)
        except ValidationError:
            return


def _written(result: Result) -> bytes:
    return _adapter().dump_json(result) + b"\n"


@cache
def _adapter() -> TypeAdapter[Result]:
    return TypeAdapter(Result)
