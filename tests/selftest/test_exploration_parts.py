"""An exploration that ends early leaves a report and its parts, and goes on from there; its progress says how far."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import appuntamento
from reports.judging.exit_status import BAD_INPUT, CONFORMANT, FAILED, UNDECIDED
from steps.selftest.exploration import expedition
from steps.selftest.exploration import parts as kept_parts
from steps.selftest.exploration.crew import worked
from steps.selftest.exploration.expedition import Job, Result, work
from steps.selftest.exploration.parts import PARTS, Parts
from steps.selftest.exploration.progress import Progress
from steps.selftest.exploration.scenes import SCENES
from tests.places import ROOT
from tests.selftest.test_exploration import NEVER_REMINDED, explored

TOTAL = 2 * len(SCENES)  # of the two other values of day_end
ENDS_EARLY: dict[str, Callable[[], object]] = {
    "Ctrl-C": lambda: signal.raise_signal(signal.SIGINT),
    "SIGTERM": lambda: signal.raise_signal(signal.SIGTERM),
}


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C interrupts, even where a shell began the tests in the background and told them to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def explore(folder: Path, depth: int = 1) -> int:
    """The command, under the other values of one reading."""
    options = ["--depth", str(depth), "--reading", "day_end", "--workers", "1", "--report", str(folder)]
    return appuntamento.main(["selftest", "--explore", *options])


def ending_at(number: int, end: Callable[[], object]) -> Callable[[Job], Result]:
    """The work of an exploration that ends before that part."""
    numbers = count()

    def work_or_end(job: Job) -> Result:
        if next(numbers) == number:
            end()
        return work(job)

    return work_or_end


def document_in(folder: Path) -> dict[str, Any]:
    """The report of an exploration."""
    document: dict[str, Any] = json.loads((folder / "exploration.json").read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("how", ENDS_EARLY)
def test_an_interrupted_exploration_is_reported_as_far_as_it_went_and_goes_on_from_there(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, uninterrupted = tmp_path / "report", tmp_path / "in one go"
    with monkeypatch.context() as patched:
        patched.setattr(expedition, "work", ending_at(5, ENDS_EARLY[how]))
        assert explore(folder) == UNDECIDED
    output = capsys.readouterr()
    assert f"Not finished: 5 of {TOTAL} parts were explored." in output.out
    assert f"interrupted; 5 of {TOTAL} parts are done and kept in {folder}" in output.err
    assert document_in(folder)["parts"] == {"done": 5, "of": TOTAL}
    assert not document_in(folder)["holds"]

    with monkeypatch.context() as patched:
        patched.setattr(expedition, "work", ending_at(TOTAL - 5, pytest.fail))  # no part is explored twice
        assert explore(folder) == CONFORMANT
    assert f"5 of {TOTAL} parts were done before: goes on from there" in capsys.readouterr().err
    assert explore(uninterrupted) == CONFORMANT
    assert document_in(folder) == document_in(uninterrupted)
    assert not (folder / PARTS).exists()


def test_what_was_found_before_an_interruption_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expedition, "work", ending_at(5, ENDS_EARLY["Ctrl-C"]))
    with NEVER_REMINDED.in_force():
        assert explore(tmp_path / "report", depth=2) == FAILED
    assert document_in(tmp_path / "report")["parts"]["done"] == 5
    assert document_in(tmp_path / "report")["findings"]


def test_the_parts_of_other_code_are_not_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(expedition, "work", ending_at(5, ENDS_EARLY["Ctrl-C"]))
        explore(tmp_path / "report")
    monkeypatch.setattr(kept_parts, "digest_of_code", lambda: "of other code")
    monkeypatch.setattr(expedition, "work", ending_at(2, ENDS_EARLY["Ctrl-C"]))
    assert explore(tmp_path / "report") == UNDECIDED
    assert "begins anew" in capsys.readouterr().err
    assert document_in(tmp_path / "report")["parts"]["done"] == 2


def test_the_parts_of_another_depth_or_of_other_readings_are_not_taken_up(tmp_path: Path) -> None:
    parts = Parts(tmp_path, 3, ["default"])
    parts.add(explored("no code", 3))
    assert len(Parts(tmp_path, 3, ["default"]).kept) == 1
    assert not Parts(tmp_path, 4, ["default"]).kept
    parts = Parts(tmp_path, 3, ["default"])
    parts.add(explored("no code", 3))
    assert not Parts(tmp_path, 3, ["default", "literal"]).kept


def test_a_part_is_read_as_it_was_written_with_all_that_was_found(tmp_path: Path) -> None:
    with NEVER_REMINDED.in_force():
        result = explored("one nga order", 3)
    assert result.findings
    Parts(tmp_path, 3, ["default"]).add(result)
    assert Parts(tmp_path, 3, ["default"]).kept == (result,)


def test_a_part_that_was_cut_off_while_it_was_written_is_explored_again(tmp_path: Path) -> None:
    results = [explored(scene, 2) for scene in ("no code", "an active line")]
    parts = Parts(tmp_path, 2, ["default"])
    for result in results:
        parts.add(result)
    with (tmp_path / PARTS).open("r+b") as file:
        file.truncate((tmp_path / PARTS).stat().st_size - 9)
    again = Parts(tmp_path, 2, ["default"])
    assert again.kept == (results[0],)
    again.add(results[1])
    assert Parts(tmp_path, 2, ["default"]).kept == tuple(results)


AT_WORK = """
import sys
from pathlib import Path
from steps.selftest.exploration.parts import alone_in
with alone_in(Path(sys.argv[1])):
    print("at work", flush=True)
    sys.stdin.read()
"""


def test_two_explorations_are_not_at_work_in_one_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "report"
    command = [sys.executable, "-c", AT_WORK, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        assert explore(folder) == BAD_INPUT
        output = capsys.readouterr().err
        assert not (folder / PARTS).exists()
        process.communicate("")
    assert output.splitlines() == [
        f"appuntamento: --report: another exploration is at work in {folder}; "
        "allowed: another folder, or this one once that has ended"
    ]
    assert explore(folder) == CONFORMANT
    assert {path.name for path in folder.iterdir()} == {"exploration.json", "exploration.txt"}


def lost_at_three(number: int) -> int:
    """The work of a process that is lost."""
    if number == 3:
        os._exit(9)
    return number


def test_a_lost_process_ends_the_work_and_is_told_from_a_fault() -> None:
    with pytest.raises(BrokenProcessPool):
        list(worked(lost_at_three, range(8), 2))


def test_a_lost_process_leaves_a_report_and_is_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lost() -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(expedition, "work", ending_at(4, lost))
    assert explore(tmp_path / "report") == UNDECIDED
    assert f"a process at work was lost; 4 of {TOTAL} parts are done" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A terminal that keeps what is written."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def part(scene: str, variant: str, seconds: float) -> Result:
    """A part that took so long."""
    result = explored("no code", 1)
    return Result(scene, variant, 1, result.explored, frozenset(), 0, (), seconds)


def test_progress_tells_parts_time_gone_and_time_left_in_one_line_of_a_terminal() -> None:
    terminal, now = Terminal(), [0.0]
    progress = Progress(["default", "reading"], (), quiet=False, stream=terminal, clock=lambda: now[0])
    for number, scene in enumerate(SCENES, 1):
        now[0] = number * 10.0
        progress.done(part(scene.name, "default", 20.0))
    *_, last = terminal.getvalue().split("\r\033[K")
    assert last == f"{len(SCENES)}/{TOTAL} parts, 2 min 20 s, about 2 min 20 s left: {SCENES[-1].name}"[:78] + "…"
    assert all(len(line) <= 79 for line in terminal.getvalue().split("\r\033[K"))


def test_progress_beside_a_terminal_has_a_line_for_every_so_many_parts_and_none_when_quiet() -> None:
    names = ["default", "a long name of a set of readings that says three of them, and then says all of them again"]
    output: dict[bool, str] = {}
    for quiet in (False, True):
        out = io.StringIO()
        progress = Progress(names, (), quiet, stream=out, clock=lambda: 0.0)
        for name in names:
            for scene in SCENES:
                progress.done(part(scene.name, name, 1.0))
        progress.end()
        output[quiet] = out.getvalue()
    lines = output[False].splitlines()
    assert [line.split()[0] for line in lines] == [f"{len(SCENES)}/{TOTAL}", f"{TOTAL}/{TOTAL}"]
    assert max(map(len, lines)) <= 79
    assert not output[True]
