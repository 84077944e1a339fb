"""What is imported is declared, and what is declared is used: `make lint` asks deptry, and deptry can say no.

What deptry says of the whole project is left to `make lint`, which `make test` runs beside the tests.
"""

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
def test_make_test_asks_deptry_by_way_of_make_lint(arguments: tuple[str, ...]) -> None:
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    lint = recipes.partition("\nlint:")[2].partition("\n\n")[0]
    assert f"/deptry {' '.join(('.', *arguments))}\n" in f"{lint}\n"
    test = recipes.partition("\ntest:")[2].partition("\n\n")[0]
    assert "$(LINT)" in test
    assert "test $$tests$$checks = 00" in test


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
