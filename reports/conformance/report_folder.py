"""Puts a report in its folder whole or not at all, and replaces only what is a report of ours.

What lives here: files and folders. It must not know what the files say.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from reports.judging.errors import InputError

SEAL = "SHA256SUMS"
PICTURE_FILE = re.compile(r"picture-[0-9]{1,3}\.(png|jpg)")  # beside the page, of a note
REPORT_FILES = frozenset(
    {"index.html", "verdicts.json", "trace.jsonl", "junit.xml", "outcome.json", "report.pdf", SEAL}
)
ALLOWED = "a new folder, an empty one or an earlier report"
_OURS = b'<meta name="generator" content="appuntamento">'


def check_replaceable(folder: Path) -> None:
    """Raises InputError unless the folder is new, empty, or holds one of our reports and nothing else."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise InputError(str(folder), "is not a folder", ALLOWED)
    names = {entry.name for entry in folder.iterdir()}
    foreign = sorted(name for name in names - REPORT_FILES if not PICTURE_FILE.fullmatch(name))
    if foreign:
        raise InputError(str(folder), f"holds {foreign[0]!r}, which is no part of a report", ALLOWED)
    if names and not _is_ours(folder / "index.html"):
        raise InputError(str(folder), "its index.html is not a report of this program", ALLOWED)


def _is_ours(page: Path) -> bool:
    if not page.is_file():
        return False
    with page.open("rb") as opened:
        return _OURS in opened.read(2000)


def replace_folder(folder: Path, files: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Writes the files, whole or in pieces, beside the folder, then puts them in its place.

    Raises InputError where that cannot be.
    """
    check_replaceable(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        written = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as problem:
        raise InputError(str(folder), f"cannot be made: {problem.strerror}", ALLOWED) from problem
    try:
        written.chmod(0o755)
        for name, content in files.items():
            with (written / name).open("wb") as opened:
                opened.writelines([content] if isinstance(content, bytes) else content)
        _swap(written, folder)
    except BaseException:
        shutil.rmtree(written, ignore_errors=True)
        raise


def _swap(written: Path, folder: Path) -> None:
    """A folder that holds something cannot be renamed over: the old one steps aside first, and back on failure."""
    if not folder.exists():
        os.replace(written, folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    os.replace(folder, aside)
    try:
        os.replace(written, folder)
    except BaseException:
        os.replace(aside, folder)
        raise
    shutil.rmtree(aside)
