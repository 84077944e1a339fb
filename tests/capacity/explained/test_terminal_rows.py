"""What a capacity command prints of numbers: each with its unit, in both languages, within 80 columns."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import polars as pl
import pytest

from appuntamento import main, parser
from reports.capacity.figures.grid import grid_command
from reports.capacity.figures.plan import plan_command
from reports.capacity.run_folder import CapacityRun
from reports.words.number_words import UNITS, unit_name
from sim.capacity.errors import RunError
from sim.capacity.questions.planning import Answer, Limit, Search
from sim.capacity.questions.searching import Outcome
from sim.capacity.questions.targets import Target
from sim.capacity.tables.indicators import INDICATORS
from sim.capacity.terminal_lines import _answer_line, _limit_line, print_comparison
from sim.capacity.terminal_rows import WIDTH, beside_a_limit, print_measure
from sim.capacity.terminal_words import phrase
from tests.capacity.page_cases import SMALL_TOML

pytestmark = pytest.mark.usefixtures("jobs_done_once")
Capture = pytest.CaptureFixture[str]
WITHOUT_NAME = {"share": "%", "number": ""}  # units that have a sign, or that are no unit


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small scenario and of two runs of it."""
    folder = tmp_path_factory.mktemp("rows")
    (folder / "small.toml").write_text(SMALL_TOML.replace("days = 14", "days = 8"), "utf-8")
    for name, books in (("before", 0.9), ("after", 0.5)):
        command = ["simulate", str(folder / "small.toml"), "--set", f"customers.books={books}", "--replications", "2"]
        assert main([*command, "--quiet", "--out", str(folder / name)]) == 0
    return folder


def test_every_unit_of_an_indicator_has_its_name() -> None:
    assert {indicator.unit for indicator in INDICATORS.values()} <= {*UNITS, *WITHOUT_NAME}
    assert {unit: unit_name(unit).en for unit in WITHOUT_NAME} == WITHOUT_NAME


@pytest.mark.parametrize(
    ("lang", "heading", "expected"),
    [
        ("it", "medie di 2 repliche, fra parentesi il loro intervallo al 95%", {"giorni", "secondi", "notifiche", "%"}),
        ("en", "means of 2 replications, in brackets their 95% interval", {"days", "seconds", "notifications", "%"}),
    ],
)
def test_numbers_of_a_run_have_their_units(
    runs: Path, tmp_path: Path, capsys: Capture, lang: str, heading: str, expected: set[str]
) -> None:
    command = ["simulate", str(runs / "small.toml"), "--replications", "2", "--out", str(tmp_path), "--quiet"]
    assert main([*command, "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines[:-1])) <= WIDTH  # the last is a path
    assert heading in lines
    rows = [line for line in lines if line.startswith("  ") and "[" in line]
    assert len(rows) >= 12
    units = {"%" if "%]" in row or " %]" in row else row.rsplit("] ", 1)[-1] for row in rows}
    assert units >= expected
    assert not any(row.endswith("]") and "%]" not in row for row in rows)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_numbers_of_a_sweep_have_their_units(runs: Path, tmp_path: Path, capsys: Capture, lang: str) -> None:
    command = ["sweep", str(runs / "small.toml"), "--vary", "customers.books=0.5,0.9", "--replications", "2"]
    assert main([*command, "--out", str(tmp_path), "--quiet", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert max(map(len, lines)) <= WIDTH
    assert sum(line.endswith({"it": "] giorni", "en": "] days"}[lang]) for line in lines) == 2
    assert sum(line.endswith({"it": " %]", "en": "%]"}[lang]) for line in lines) == 2


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize(
    ("vary", "trials"),
    [
        (["--vary", "territories.lazio.slots_per_band", "--from", "5", "--to", "6"], 2),
        (["--vary", "territories.lazio.slots_per_band=5,6", "--vary", "customers.books=0.5,0.9"], 4),
    ],
)
def test_what_a_plan_tried_has_its_units(
    runs: Path, tmp_path: Path, capsys: Capture, vary: list[str], trials: int, lang: str
) -> None:
    costs = ["--set", "costs.technician_hour=30"]
    command = ["plan", str(runs / "small.toml"), "--target", "mean_days_to_visit<=30", *vary, *costs]
    assert main([*command, "--out", str(tmp_path), "--quiet", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert max(map(len, lines)) <= WIDTH
    text = " ".join(" ".join(lines).split())
    number = r"\[?[0-9][0-9.,]*"
    assert len(re.findall(rf"{number}\]? {'giorni' if lang == 'it' else 'days'}, \d+ repli", text)) == trials


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_differences_of_two_runs_have_their_units(runs: Path, capsys: Capture, lang: str) -> None:
    assert main(["compare-runs", str(runs / "before"), str(runs / "after"), "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    title = {"it": "  Giorni fino alla visita, media ", "en": "  Days to visit, mean "}[lang]
    (days,) = (line for line in lines if line.startswith(title))
    assert days.endswith({"it": "] giorni", "en": "] days"}[lang])
    (rate,) = (line for line in lines if "Spostamenti per ordine" in line or "Reschedules per order" in line)
    assert rate.endswith("]")  # a rate has no unit


def test_the_largest_numbers_of_every_indicator_keep_to_80_columns(capsys: Capture) -> None:
    rows = [
        {
            "territory": "",
            "indicator": indicator.name,
            "unit": indicator.unit,
            "difference": -123_456_789.0,
            "low": -987_654_321.0,
            "high": 123_456_789.0,
            "better": "",
            "pairs": 8,
        }
        for indicator in INDICATORS.values()
    ]
    print_comparison(pl.DataFrame(rows), ("a", "b"), "en")
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert sum("[−987,654,321; 123,456,789]" in line for line in lines) == sum(
        indicator.unit != "share" for indicator in INDICATORS.values()
    )


@pytest.mark.parametrize(
    ("unit", "lang", "shown"),
    [
        ("days", "it", "      7,5  [7,25; 7,75] giorni"),
        ("days", "en", "      7.5  [7.25; 7.75] days"),
        ("share", "en", "     750%  [725%; 775%]"),
        ("number", "en", "      7.5  [7.25; 7.75]"),
    ],
)
def test_a_row_is_a_title_a_number_its_interval_and_its_unit(unit: str, lang: str, shown: str, capsys: Capture) -> None:
    print_measure("Giorni", 7.5, (7.25, 7.75), unit, lang)
    assert capsys.readouterr().out == f"  {'Giorni':<39} {shown}\n"


def test_a_single_replication_has_a_unit_and_no_interval(capsys: Capture) -> None:
    print_measure("Days", 7.5, None, "days", "en")
    assert " ".join(capsys.readouterr().out.split()) == "Days 7.5 days"


def test_the_command_of_a_plan_asks_for_what_was_asked_to_the_last_digit() -> None:
    run = CapacityRun({"shipped": "region", "seed": 7}, {}, None, None)
    search = {"low": 1_000_001.0, "high": 3_000_000.5, "step": 250_000.25, "most_replications": 8, "indifference": 0.1}
    target = {"indicator": "orders", "relation": ">=", "limit": 1_234_567.0}
    plan = {"target": target, "vary": "operators.1.orders_per_year", "confidence": 0.95, "search": search}
    options = parser("plan").parse_args(shlex.split(plan_command(run, plan))[1:])
    assert (options.low, options.high, options.step) == (1_000_001.0, 3_000_000.5, 250_000.25)
    assert options.target == "orders>=1234567"
    grid = {**plan, **search, "vary": ["a.b", "c.d"], "minimise": "cost"}
    grid["pairs"] = [{"values": [1_000_001.0, 0.35]}, {"values": [2_000_003.0, 0.35]}]
    options = parser("plan").parse_args(shlex.split(grid_command(run, grid))[1:])
    assert options.vary == ["a.b=1000001,2000003", "c.d=0.35"]


def test_a_value_that_was_tried_has_all_its_digits() -> None:
    limit = Limit("technicians", "", "operators.1.orders_per_year", 1_234_567.0, 0.1 + 0.2, None)
    assert "= 1234567 ora, con 0,3 cambia" in _limit_line(limit, "it")
    assert "= 1234567 now, 0.3 makes" in _limit_line(limit, "en")


@pytest.mark.parametrize(
    ("key", "values", "it", "en"),
    [
        ("settled_by", {}, "lo deciderebbe circa 1 replica (", "about 1 replication would settle it ("),
        ("more_variants", {}, "lo stesso in un'altra variante", "the same in 1 more variant"),
        ("engines", {"replications": 1, "engine": "service"}, "motore di 1 replica: ", "engine of 1 replication: "),
        ("warm_up_enough", {"declared": 1, "cut": 0}, "1 giorno dichiarato, MSER", "1 day declared, MSER"),
        ("judged", {"occasions": 1, "broken": 1}, "giudicate: 1 occasione, ", "judged: 1 occasion, 1 rule violated"),
        ("difference", {"pairs": 1, "a": "A", "b": "B"}, "su 1 replica appaiata (", "of 1 paired replication ("),
    ],
)
def test_one_of_a_thing_is_said_in_the_singular(key: str, values: dict[str, object], it: str, en: str) -> None:
    assert it in phrase("it", key, **{"count": 1, **values})
    assert en in phrase("en", key, **{"count": 1, **values})


def test_a_confidence_is_not_rounded_to_certainty() -> None:
    search = Search(1, 2, confidence=0.999)
    answer = Answer(Target("orders", "", ">=", 1.0), "a.b", search, Outcome.NONE, None, 1.0, None, (), (), ())
    assert ", confidenza 99,9%; il più vicino è 1" in _answer_line(answer, "it")


@pytest.mark.parametrize(
    ("search", "why"),
    [
        (Search(1_234_567.5, 2), "--to: 2 is not allowed; allowed: a finite number above --from (1234567.5)"),
        (Search(0.1 + 0.2, 0), "--to: 0 is not allowed; allowed: a finite number above --from (0.3)"),
    ],
)
def test_an_error_of_a_search_names_its_numbers_in_full(search: Search, why: str) -> None:
    with pytest.raises(RunError, match=f"^{re.escape(why)}$"):
        search.check()


def test_a_number_beside_a_limit_shows_on_which_side_it_is() -> None:
    assert beside_a_limit(6.998, (6.991, 7.005), "days", "en") == "6.998 [6.991; 7.005] days"
    assert beside_a_limit(0.20004, (0.1996, 0.2005), "share", "it") == "20,00 % [19,96 %; 20,05 %]"
    assert beside_a_limit(6.998, None, "minutes", "it") == "6,998 minuti"
