"""Templates are compiled once for all processes that can read the stored code, and again when they have changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from reports.page_templates import KEPT_IN, environment_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "greeting.j2").write_text("Buongiorno {{ name }}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that are compiled, as they are."""
    names: list[str | None] = []
    compile_source = Environment.compile

    def noting(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> object:
        names.append(name)
        return compile_source(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", noting)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return names


def greeting(folder: Path, lstrip_blocks: bool = False) -> str:
    """The page, as a process shows it that has just begun."""
    return environment_of(folder, lstrip_blocks).get_template("greeting.j2").render(name="<Ada>")


def test_who_comes_second_finds_the_template_compiled(folder: Path, compiled: list[str | None]) -> None:
    assert greeting(folder) == greeting(folder) == "Buongiorno &lt;Ada&gt;"
    assert compiled == ["greeting.j2"]


def test_a_template_that_has_changed_is_compiled_anew(folder: Path, compiled: list[str | None]) -> None:
    greeting(folder)
    (folder / "greeting.j2").write_text("Buonasera {{ name }}", encoding="utf-8")

    assert greeting(folder) == "Buonasera &lt;Ada&gt;"
    assert compiled == ["greeting.j2"] * 2


def test_a_kept_template_that_is_damaged_is_compiled_anew(folder: Path, compiled: list[str | None]) -> None:
    greeting(folder)
    (kept,) = (folder / KEPT_IN).iterdir()
    kept.write_bytes(kept.read_bytes()[:20])

    assert greeting(folder) == "Buongiorno &lt;Ada&gt;"
    assert compiled == ["greeting.j2"] * 2


def test_templates_read_in_two_ways_are_not_taken_for_each_other(folder: Path, compiled: list[str | None]) -> None:
    (folder / "greeting.j2").write_text("  {% if name %}Buongiorno{% endif %}", encoding="utf-8")

    assert [greeting(folder), greeting(folder, lstrip_blocks=True)] == ["  Buongiorno", "Buongiorno"]
    assert compiled == ["greeting.j2"] * 2


def test_pages_are_shown_where_nothing_can_be_kept(folder: Path, compiled: list[str | None]) -> None:
    (folder / KEPT_IN).write_text("a file, where the folder would be", encoding="utf-8")

    assert greeting(folder) == greeting(folder)
    assert compiled == ["greeting.j2"] * 2


def test_nothing_is_kept_where_python_is_told_to_write_nothing(
    folder: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    greeting(folder)

    assert compiled == ["greeting.j2"]
    assert [path.name for path in folder.iterdir()] == ["greeting.j2"]
