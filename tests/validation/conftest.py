"""A sandbox of its own for the runs of a file of tests; each run has a world of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.validation.own_sandbox import Ports, own_sandbox
from tests.patience import HANG_SECONDS


@pytest.fixture(scope="module")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with own_sandbox(tmp_path_factory.mktemp("sandbox"), Ports(0, 0), HANG_SECONDS) as introduction:
        yield introduction["http"]
