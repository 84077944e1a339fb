"""How far a trace has been read while it is judged: bytes of the whole, on standard error, where that is a terminal.

What lives here: one progress bar. The judge reads a trace twice, first its form and then what it says, and does not
know of the bar: five times a second the bar asks the file how far it has been read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Protocol

from rich.console import Console, RenderableType
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from reports.words.labels import Term

LOOKS_EACH_SECOND = 5
PASSES = (Term("lettura", "reading"), Term("giudizio", "judging"))


class Read(Protocol):
    """A file that is read."""

    def bytes_read(self) -> tuple[int, int]:
        """How far it has been read since its beginning, and how long it is."""
        ...


class ReadingProgress(Progress):
    """One line: which reading it is, a bar, bytes of the whole, the time that this reading still takes."""

    def __init__(self, file: Read, language: str, console: Console, disable: bool) -> None:
        self._file, self._language = file, language
        self._passes, self._latest = 0, 0
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=console,
            refresh_per_second=LOOKS_EACH_SECOND,
            transient=True,
            disable=disable,
        )
        self._task = self.add_task(PASSES[0].in_language(language), total=file.bytes_read()[1])

    def get_renderables(self) -> Iterable[RenderableType]:
        """The line, as far as the file has been read by now."""
        self._look()
        yield from super().get_renderables()

    def _look(self) -> None:
        read, size = self._file.bytes_read()
        if read < self._latest:
            self._passes += 1
        self._latest = read
        name = PASSES[min(self._passes, len(PASSES) - 1)].in_language(self._language)
        if self.task_ids:
            self.update(self._task, completed=read, total=size, description=name)


def reading_progress(file: Read, language: str, quiet: bool = False) -> ReadingProgress:
    """The progress of a file that is read, shown while it is entered; nothing with `quiet` or beside a terminal."""
    return ReadingProgress(file, language, Console(stderr=True), disable=quiet or not sys.stderr.isatty())
