"""What all tests share: settings of hypothesis, the order of the tests, and what is made once because it takes long."""

from __future__ import annotations

import fcntl
import gc
import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

import appuntamento
from tests.schedule import HEAVIEST, SLOW, TESTS, is_slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.sandbox.pages.browsers import TakeBrowser
    from tests.sandbox.pages.page_visitors import Pictures, Visitor

settings.register_profile(
    "reproducible", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("reproducible")
# Pages say the day on which they were made: to the tests, and to the processes that they start, it is always this one.
os.environ["SOURCE_DATE_EPOCH"] = "1772526600"

FullRun = Callable[[str], Path]
Refused = Callable[..., str]
MadeOnce = Callable[[str, Callable[[Path], object]], Path]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not read what `make test-fast` leaves out: to import it, each worker would need a second and a half."""
    return True if config.option.markexpr == "not slow" and is_slow(collection_path) else None


def pytest_collection(session: pytest.Session) -> None:
    """Switch the garbage collector off while all modules are imported: it takes two of the ten seconds."""
    gc.disable()
    if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        _import_own_share(session.config)


def _import_own_share(config: pytest.Config) -> None:
    """Import the files of tests before they are collected; each worker begins with another file.

    In a fresh clone nothing is compiled. Rewriting the asserts takes five seconds, which the workers share in this way.
    """
    files = [file for file in sorted(TESTS.rglob("test_*.py")) if not pytest_ignore_collect(file, config)]
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = len(files) * worker // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    for file in files[first:] + files[:first]:
        with suppress(Exception, pytest.skip.Exception):  # pytest tells it, when it collects the file
            importlib.import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Keep the six thousand tests, which stay to the end, from the garbage collector: it took 6 % of their time."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and put what takes longest first. UsageError where a table names no file."""
    if gone := [str(path) for path in (*SLOW, *HEAVIEST) if not path.exists()]:
        raise pytest.UsageError(f"tests/schedule.py: SLOW or HEAVIEST names {', '.join(gone)}; allowed: what is there")
    slow_files = set(filter(is_slow, {item.path for item in items}))
    for item in items:
        if item.path in slow_files:
            item.add_marker(pytest.mark.slow)
    ranks = {path: rank for rank, path in enumerate(HEAVIEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Let a worker report how a test went; its setup and teardown only where they failed.

    Half as many messages, of six thousand tests: some four seconds of processor time. What -x counts stays as it was;
    --durations of many workers knows of calls alone.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Refused:
    """A function that runs a command which must be refused, and returns its one line on standard error."""

    def error_line(*arguments: str) -> str:
        try:
            status = appuntamento.main(arguments)
        except SystemExit as end:  # argparse ends the program itself
            status = int(end.code or 0)
        assert status == appuntamento.BAD_INPUT
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        return printed.err

    return error_line


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A function that makes a folder for all workers: the first worker that asks for it makes it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own

    def folder_of(name: str, make: Callable[[Path], object]) -> Path:
        folder, done_mark = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done_mark.exists():
                shutil.rmtree(folder, ignore_errors=True)  # half made by one who failed
                folder.mkdir()
                make(folder)
                done_mark.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def full_run(made_once: MadeOnce) -> FullRun:
    """The report folder of one full run of the features under a named profile; the same for all who ask."""

    def run(profile: str) -> Path:
        def make(folder: Path) -> None:
            assert appuntamento.main(["conformance", "--profile", profile, "--report", str(folder)]) == 0

        return made_once(f"conformance-{profile}", make)

    return run


@pytest.fixture(scope="session")
def worker_browser() -> Iterator[TakeBrowser]:
    """The browser of this worker, and what drives it."""
    from tests.sandbox.pages.browsers import running_browser

    with running_browser() as take:
        yield take


@pytest.fixture(scope="module")
def browser(worker_browser: TakeBrowser) -> Iterator[Browser]:
    """The browser, for one file of tests. As long as the file has it, this thread can have no event loop."""
    with worker_browser() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A function that opens a browser context for a person; all are closed when the test ends."""
    from tests.sandbox.pages.page_visitors import visitors

    with visitors(browser) as visitor:
        yield visitor


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    """Takes the pictures of the documentation."""
    from tests.sandbox.pages.page_visitors import pictures_in

    return pictures_in(tmp_path)


@pytest.fixture(scope="session")
def finished(made_once: MadeOnce) -> Path:
    """The folder of a capacity run with its page; only to be read, as the next two."""
    from tests.capacity.page_cases import write_run  # only those who ask for it wait for what it imports

    return made_once("run", write_run)


@pytest.fixture(scope="session")
def swept(made_once: MadeOnce) -> Path:
    """The folder of a sweep with its pages."""
    from tests.capacity.page_cases import write_sweep

    return made_once("sweep", write_sweep)


@pytest.fixture(scope="session")
def planned(made_once: MadeOnce) -> Path:
    """The folder of a plan with its pages."""
    from tests.capacity.page_cases import write_plan

    return made_once("plan", write_plan) / "run"


@pytest.fixture(scope="module")
def jobs_done_once() -> Iterator[None]:
    """A replication that several tests of a file ask for is done once."""
    from tests.capacity.cases import doing_jobs_once

    with doing_jobs_once():
        yield


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    """A copy of the capacity run, to be changed."""
    return Path(shutil.copytree(finished, tmp_path / "copy"))
