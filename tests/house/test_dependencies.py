"""What is imported is declared, and what is declared is used: `make lint` asks deptry, and deptry can say no."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

DEPTRY = str(Path(sys.executable).with_name("deptry"))
SHIPPED = ("--optional-dependencies-dev-groups", "dev", "--extend-exclude", "tests/")


def deptry(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DEPTRY, ".", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [SHIPPED, ()], ids=["shipped", "with the tests"])
def test_make_lint_asks_deptry_and_deptry_has_nothing_to_say(arguments: tuple[str, ...]) -> None:
    assert f"/deptry {' '.join(('.', *arguments))}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    answer = deptry(ROOT, *arguments)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("import nowhere", "DEP001 'nowhere' imported but missing"),
        ("import hypothesis", "DEP004 'hypothesis' imported but"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, line: str, finding: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "planted.py").write_text(f"{line}\n", encoding="utf-8")
    answer = deptry(tmp_path, *SHIPPED, "--no-ansi")
    assert answer.returncode == 1
    assert finding in answer.stderr
