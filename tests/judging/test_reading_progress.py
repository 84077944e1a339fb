"""While a trace is judged, a terminal shows how far it has been read; other outputs and the verdicts stay the same."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

import appuntamento
from reports.conformance.reading_progress import ReadingProgress
from reports.judging.reading.trace_reader import TraceFile

CASE = Path(__file__).parents[1] / "data" / "cases" / "moved-W09-repeat-names-old-slot.jsonl"
MEGABYTE = 1_000_000


class FileBeingRead:
    """A file of eight megabytes, and how far it has been read."""

    read = 0

    def bytes_read(self) -> tuple[int, int]:
        """How far."""
        return self.read, 8 * MEGABYTE


def lines_at(file: FileBeingRead, language: str, positions: list[int]) -> list[str]:
    """The line at each of these positions, as a terminal of 80 columns shows it."""
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    progress, lines = ReadingProgress(file, language, console, disable=False), list[str]()
    for position in positions:
        file.read = position
        with console.capture() as capture:
            console.print(*progress.get_renderables())
        lines.append(capture.get().strip())
    return lines


@pytest.mark.parametrize(
    ("language", "reading", "judging"), [("it", "lettura", "giudizio"), ("en", "reading", "judging")]
)
def test_the_line_says_which_reading_it_is_and_how_far(language: str, reading: str, judging: str) -> None:
    lines = lines_at(FileBeingRead(), language, [2 * MEGABYTE, 8 * MEGABYTE, MEGABYTE, 6 * MEGABYTE])
    assert [line.split()[0] for line in lines] == [reading, reading, judging, judging]
    assert ["2.0/8.0 MB" in lines[0], "8.0/8.0 MB" in lines[1], "1.0/8.0 MB" in lines[2], "6.0/8.0 MB" in lines[3]] == (
        [True] * 4
    )
    assert max(map(len, lines)) <= 80


def ids_in(path: Path) -> list[str]:
    """The ids of the events of a trace."""
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_trace_says_how_far_it_has_been_read_and_is_not_moved_by_the_question() -> None:
    trace = TraceFile(str(CASE))
    assert trace.bytes_read() == (0, CASE.stat().st_size)
    events = trace.checked()
    first_event = next(events)
    read, size = trace.bytes_read()
    assert 0 < read <= size
    assert [first_event.id, *(event.id for event in events)] == ids_in(CASE)
    assert trace.bytes_read() == (size, size)


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(
    ("terminal", "options", "is_shown"),
    [(Terminal(), [], True), (Terminal(), ["--json"], False), (io.StringIO(), [], False)],
    ids=["terminal", "json", "no terminal"],
)
def test_check_shows_progress_on_a_terminal_alone_and_judges_the_same(
    terminal: io.StringIO,
    options: list[str],
    is_shown: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    status = appuntamento.main(["check", str(CASE), *options])
    output = capsys.readouterr().out
    monkeypatch.setattr("sys.stderr", terminal)
    assert appuntamento.main(["check", str(CASE), *options]) == status
    assert capsys.readouterr().out == output
    assert ("lettura" in terminal.getvalue() or "giudizio" in terminal.getvalue()) == is_shown
