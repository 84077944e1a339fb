"""The command that a capacity page names to run it again: it runs, and gives the same numbers."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import appuntamento

COMMAND = re.compile(r"appuntamento (simulate [^<]+)<")


def test_the_command_of_a_shipped_scenario_gives_the_run_again(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    asked = ("simulate", "small-town", "--replications", "1", "--set", "profile=literal", "--out", str(first))
    assert appuntamento.main(list(asked)) in (0, 2)
    page = (first / "index.html").read_text(encoding="utf-8")
    found = COMMAND.search(page)
    assert found is not None
    words = shlex.split(html.unescape(found[1]))
    assert appuntamento.main([*words, "--out", str(again)]) in (0, 2)
    assert (again / "kpis.parquet").read_bytes() == (first / "kpis.parquet").read_bytes()
    assert "Esempio: dati inventati" in page
