"""`pytest features` runs the features as they stand, in a clone; `pytest` and `pytest tests` know nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the features, for `pytest features`."""
    group = parser.getgroup("appuntamento")
    group.addoption("--profile", default="default", help="profile of readings: default, literal or a TOML file")
    group.addoption("--seed", type=int, default=0, help="seed of the run")
    group.addoption("--rule", action="append", default=[], help="only the scenarios of this rule or family; repeatable")
    group.addoption("--scenario", default="", help="only the scenarios with these words in their name")


def pytest_collection(session: pytest.Session) -> None:
    """Join in where feature files are asked for."""
    if any(holds_features(Path(argument.partition("::")[0])) for argument in session.config.args):
        from steps.plugin import join

        join(session.config)


def holds_features(path: Path) -> bool:
    """Whether a path is a feature file, or a folder of some."""
    return path.suffix == ".feature" or (path.is_dir() and any(path.glob("*.feature")))
