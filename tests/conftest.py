"""What all tests share: hypothesis with the same examples everywhere and no clock to judge it, and full runs, once."""

from __future__ import annotations

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
