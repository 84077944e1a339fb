"""A change reaches a function wherever it is held: by a decorator, a class or another function."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutation.ledger import Name, explained, stale
from tests.mutation.swapping import forget, living_caches, living_functions, swap
from tests.places import ROOT

SOURCE = """
from functools import cache

REGISTER = {}

def registered(name):
    def register(function):
        REGISTER[name] = function
        return function
    return register

@registered("late")
def is_late(hours):
    return any(hour > 18 for hour in hours)

class Desk:
    @property
    def opens(self):
        return 7

def at_least(bound):
    return lambda hour: hour >= bound

EVENING = at_least(18)

@cache
def is_open(hour):
    return hour >= 7
"""


@pytest.fixture
def module(tmp_path: Path) -> ModuleType:
    path = tmp_path / "desk_of_this_test.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("desk_of_this_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def changed(module: ModuleType, place: str, old: str, new: str) -> None:
    path = str(module.__file__)
    assert old in SOURCE
    swap(living_functions({path})[path], SOURCE, SOURCE.replace(old, new), place)


def test_a_change_reaches_what_is_registered_with_what_stands_within_it(module: ModuleType) -> None:
    assert not module.REGISTER["late"]([18])
    changed(module, "is_late", "hour > 18", "hour >= 18")
    assert module.REGISTER["late"]([18])


def test_a_change_reaches_a_method(module: ModuleType) -> None:
    changed(module, "Desk.opens", "return 7", "return 8")
    assert module.Desk().opens == 8


def test_a_change_reaches_what_a_function_made_before(module: ModuleType) -> None:
    changed(module, "at_least", "hour >= bound", "hour > bound")
    assert not module.EVENING(18)
    assert not module.at_least(19)(19)


def test_what_was_remembered_before_the_change_is_forgotten(module: ModuleType) -> None:
    assert not module.is_open(6)
    lru_cache(len)("")  # what no function of Python remembers is nobody's
    changed(module, "is_open", "hour >= 7", "hour >= 6")
    forget(living_caches(), Path(str(module.__file__)).parent)
    assert module.is_open(6)


def test_a_place_that_does_not_live_is_told(module: ModuleType) -> None:
    with pytest.raises(LookupError, match=r"Desk\.closes is not alive"):
        changed(module, "Desk.closes", "return 7", "return 8")


def test_each_explained_survivor_has_a_reason_and_stands_once(tmp_path: Path) -> None:
    assert all(explained().values())
    entry = '[[survivor]]\npath = "a.py"\nplace = "f"\nbefore = "x < 1"\nafter = "x <= 1"\nreason = "{}"\n'
    for content in (entry.format(""), entry.format("equal") * 2):
        path = tmp_path / "survivors.toml"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ValueError, match="stands twice, or has no reason"):
            explained(path)


def test_each_explained_survivor_is_of_a_line_that_stands() -> None:
    sources = {path: " ".join((ROOT / path).read_text(encoding="utf-8").split()) for path, *_ in explained()}
    assert [name for name in explained() if name[2] not in sources[name[0]]] == []


def test_an_explained_survivor_that_lives_no_more_is_told() -> None:
    lives: Name = ("a.py", "f", "x < 1", "x <= 1", 0)
    gone: Name = ("a.py", "f", "x < 2", "x <= 2", 0)
    elsewhere: Name = ("b.py", "f", "x < 2", "x <= 2", 0)
    assert stale([lives, gone, elsewhere], [lives], ["a.py"]) == [gone]
