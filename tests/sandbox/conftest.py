"""A sandbox in a process of its own, for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.process import SandboxProcess, sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[SandboxProcess]:
    with sandbox() as running:
        yield running
