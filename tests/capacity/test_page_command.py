"""What a capacity command prints, in one language; and the command of its page, which gives the same numbers again."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest

import appuntamento
from reports.words.labels import Term
from sim.capacity.tables.indicators import TABLE
from sim.capacity.terminal_words import SAID
from tests.capacity.page_cases import SMALL_TOML

pytestmark = pytest.mark.usefixtures("jobs_done_once")
GAPS = re.compile(r"\{\w+\}")
COMMAND = re.compile(r"appuntamento (simulate [^<]+)<")


def test_the_command_of_a_shipped_scenario_gives_the_run_again(tmp_path: Path) -> None:
    first_folder, second_folder = tmp_path / "first", tmp_path / "again"
    command = ("simulate", "small-town", "--replications", "1", "--set", "profile=literal", "--out", str(first_folder))
    assert appuntamento.main(list(command)) in (0, 2)
    page = (first_folder / "index.html").read_text(encoding="utf-8")
    command_on_page = COMMAND.search(page)
    assert command_on_page is not None
    words = shlex.split(html.unescape(command_on_page[1]))
    assert appuntamento.main([*words, "--out", str(second_folder)]) in (0, 2)
    assert (second_folder / "kpis.parquet").read_bytes() == (first_folder / "kpis.parquet").read_bytes()
    assert "Esempio: dati inventati" in page


def phrases(terms: list[Term], language: str) -> set[str]:
    """What only this language says: the words of texts between their gaps."""
    phrases_of_language, phrases_of_others = (
        {part.strip() for term in terms for part in GAPS.split(getattr(term, name))} for name in languages(language)
    )
    return {
        part
        for part in phrases_of_language - phrases_of_others
        if len(part) > 5 and not any(part in text for text in phrases_of_others)
    }


def languages(first: str) -> tuple[str, str]:
    """A language, and the other one."""
    return (first, "en" if first == "it" else "it")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(
    "command",
    [
        "simulate small.toml --replications 2 --workers 1",
        "sweep small.toml --vary customers.books=0.3,0.9 --replications 2 --workers 1",
        "plan small.toml --target p95_days_to_visit<=9 --vary customers.books --from 0.8 --to 0.9 --step 0.1 "
        "--replications 4 --workers 1",
        "compare-runs {run} {run}",
    ],
    ids=["simulate", "sweep", "plan", "compare"],
)
def test_an_answer_speaks_one_language_throughout(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    finished: Path,
    command: str,
    language: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL_TOML, encoding="utf-8")
    assert appuntamento.main([*command.format(run=finished).split(), "--lang", language]) in (0, 2)
    output = capsys.readouterr().out
    joined = " ".join(output.split())
    terms = [*SAID.values(), *(Term(indicator.title_it, indicator.title_en) for indicator in TABLE)]
    assert ("B − A" in joined) == command.startswith("compare-runs")
    assert [words for words in phrases(terms, language) if words in joined]
    assert [words for words in phrases(terms, languages(language)[1]) if words in joined] == []
    assert [line for line in output.splitlines() if len(line) > 80 and not line.startswith("report: ")] == []
