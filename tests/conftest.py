"""What all tests share: hypothesis with the same examples everywhere and no clock, and what takes long, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import appuntamento

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.sandbox.pages.page_visitors import Visitor

settings.register_profile(
    "reproducible", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("reproducible")

FullRun = Callable[[str], Path]


@pytest.fixture(scope="session")
def full_run(tmp_path_factory: pytest.TempPathFactory) -> FullRun:
    """The report folder of one full run of the features under a named profile; the same for all who ask."""
    folders: dict[str, Path] = {}

    def run(profile: str) -> Path:
        if profile not in folders:
            folder = tmp_path_factory.mktemp("conformance") / profile
            assert appuntamento.main(["conformance", "--profile", profile, "--report", str(folder)]) == 0
            folders[profile] = folder
        return folders[profile]

    return run


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; one for each file, for while it is open this thread can have no event loop."""
    from tests.sandbox.pages.page_visitors import running_browser

    with running_browser() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Brings people who look at pages; they leave when the test ends, however it ends."""
    from tests.sandbox.pages.page_visitors import visitors

    with visitors(browser) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a capacity run with its page; only to be read, as the next two."""
    from tests.capacity.page_cases import write_run  # only those who ask for it wait for what it imports

    return write_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="session")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sweep with its pages."""
    from tests.capacity.page_cases import write_sweep

    return write_sweep(tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan with its pages."""
    from tests.capacity.page_cases import write_plan

    return write_plan(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    """A copy of the capacity run, to be changed."""
    return Path(shutil.copytree(finished, tmp_path / "copy"))
