"""What all tests share: hypothesis with the same examples everywhere and no clock, and what takes long, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import appuntamento

settings.register_profile("reproducible", derandomize=True, deadline=None, database=None)
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
