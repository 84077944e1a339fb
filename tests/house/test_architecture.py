"""The arrows between the folders, and the names that modules may not have."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.places import ROOT

FOLDERS = ("steps", "sim", "reference_impl", "reports")
FRONT_DOOR = "appuntamento"
OURS = {FRONT_DOOR, *FOLDERS}
MODULES_IN_A_FOLDER = 22  # about twenty can be surveyed; more are two rooms
APPLICATIONS = ("sandbox", "capacity", "validation")  # on the world: they may draw and judge what it did
THEIR_WORLDS = ("sandbox/world", "sandbox/sftp", "sandbox/smpp", "sandbox/notifications", "capacity/engine")


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The packages that a module imports, wherever in it; relative imports count as its own folder."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if node.level == 0 else path.relative_to(ROOT).parts[0]


def name_of(path: Path) -> str:
    """A module as it is imported; the opening file of a room has the room's name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def files_imported(path: Path, names: Set[str]) -> set[str]:
    """Those of these modules that a module imports, wherever in it.

    `from room import file, name` imports the file, and for the name the opening file of the room.
    """
    written = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            written |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            written |= members if members <= names else {*members, node.module}
    return written & names


def test_a_file_and_a_name_of_the_opening_file_are_both_seen_in_one_import(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def late():\n    from room import file, name\n", encoding="utf-8")
    assert files_imported(module, {"room", "room.file", "room.other"}) == {"room", "room.file"}
    module.write_text("from room import file\n", encoding="utf-8")
    assert files_imported(module, {"room", "room.file", "room.other"}) == {"room.file"}


def test_no_circle_leads_through_the_tests_or_the_opening_file_of_a_room() -> None:
    """The contract looks at files side by side below one room; here are all files, those of the tests too."""
    paths = {name_of(path): path for path in [ROOT / f"{FRONT_DOOR}.py", *modules(*FOLDERS, "tests")]}
    TopologicalSorter({name: files_imported(path, paths.keys()) for name, path in paths.items()}).prepare()


def test_no_module_is_imported_by_a_text_that_the_contracts_cannot_see() -> None:
    by_text = re.compile(rf"import_module\(f?[\"']({'|'.join(OURS)})\b")
    assert [path.name for path in modules(*FOLDERS) if by_text.search(path.read_text(encoding="utf-8"))] == []


def test_the_declared_contracts_are_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    broken = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert broken == 0, capsys.readouterr().out


def test_the_contracts_cover_every_folder_of_the_project() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    packed = declared["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert set(declared["importlinter"]["root_packages"]) == set(FOLDERS)
    assert set(packed) == {f"{FRONT_DOOR}.py", "features", *FOLDERS}


def test_the_whole_world_is_under_the_contract_that_hides_its_judge() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (contract for contract in declared["contracts"] if contract["id"] == "world-unjudged")
    rooms = {path.stem for path in (ROOT / "sim").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    worlds = {*(rooms - {"__init__", *APPLICATIONS}), *THEIR_WORLDS}
    assert {f"sim.{name.replace('/', '.')}" for name in worlds} <= {*contract["source_modules"]}
    assert contract["forbidden_modules"] == ["reports"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_folder_knows_the_front_door_or_the_tests(folder: str) -> None:
    knowing = [str(path.relative_to(ROOT)) for path in modules(folder) if {FRONT_DOOR, "tests"} & imported(path)]
    assert knowing == []


@pytest.mark.parametrize("leaf", ["reference_impl", "reports"])
def test_a_leaf_imports_nothing_of_ours(leaf: str) -> None:
    straying = [str(path.relative_to(ROOT)) for path in modules(leaf) if (OURS - {leaf}) & imported(path)]
    assert straying == []


def test_the_service_knows_neither_simulation_nor_clock_nor_chance() -> None:
    foreign = {"simpy", "freezegun", "random", "secrets", "time", "faker", "requests", "socket", "asyncio"}
    straying = {path.name: foreign & imported(path) for path in modules("reference_impl")}
    assert {name: names for name, names in straying.items() if names} == {}


def test_the_second_calculator_shares_nothing_with_what_it_is_compared_with() -> None:
    assert imported(ROOT / "tests" / "service" / "second_calculator.py") <= {
        "__future__",
        "dataclasses",
        "datetime",
        "functools",
        "zoneinfo",
    }


def test_features_are_data() -> None:
    assert modules("features") == []


def test_no_folder_holds_more_modules_than_a_person_surveys() -> None:
    sizes = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules(*FOLDERS, "tests"))
    assert {folder: size for folder, size in sizes.items() if size > MODULES_IN_A_FOLDER} == {}


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    named = [path for path in [ROOT / f"{FRONT_DOOR}.py", *modules(*FOLDERS, "tests")] if path.stem != "__init__"]
    shadowing = {path.stem for path in named} | set(
        FOLDERS
    )  # a room such as `sandbox/http` is reached by its whole name only
    assert shadowing & sys.stdlib_module_names == set()
