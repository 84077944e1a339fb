"""Files of this machine: what a command reads and what it keeps; `-` is standard input or output."""

from __future__ import annotations

import sys
from pathlib import Path

from sim.sandbox.terminal.client import Answer, CommandError

STANDARD = "-"


def read_content(name: str) -> bytes:
    """The bytes of a file, or of standard input. Raises CommandError."""
    if name == STANDARD:
        if sys.stdin is None:
            raise CommandError("standard input: is closed; allowed: a work order, JSON or XML")
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: cannot be read: {error.strerror}") from error


def save_content(name: str, content: bytes) -> Answer:
    """Write content into a file, or leave it to standard output; the answer says which. Raises CommandError."""
    if name == STANDARD:
        return {"content": content.decode(errors="backslashreplace")}
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise CommandError(f"{name}: cannot be written: {error.strerror}") from error
    return {"saved": name, "bytes": len(content)}
