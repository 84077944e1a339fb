"""Where an option makes a scenario wrong, the error names the option, its path and the nearest path that exists."""

from __future__ import annotations

import pytest

from appuntamento import main
from sim.capacity.questions.blame import nearest_paths
from tests.capacity.cases import values
from tests.conftest import Refused

PLAN = ("plan", "small-town", "--target", "p95_days_to_visit<=7")
PAIRS = (*PLAN, "--vary", "customers.refuses=0.1,0.2")
SWEEP = ("sweep", "small-town")
ASKED: list[tuple[tuple[str, ...], str, str]] = [
    ((*PLAN, "--vary", "nowhere.x"), "--vary: 'nowhere.x' ", "(nearest: "),
    ((*PLAN, "--vary", "customers.boks"), "--vary: 'customers.boks' ", "(nearest: customers.books, "),
    ((*PLAN, "--vary", "customers.no_show"), "--vary: 'customers.no_show' ", ", or any with --to"),
    ((*PLAN, "--vary", "customers.boks", "--to", "5"), "--vary customers.boks: ", "; nearest: customers.books, "),
    ((*PLAN, "--vary", "nowhere.x", "--to", "5"), "--vary nowhere.x: ", "the keys are profile, readings, "),
    ((*PLAN, "--vary", "operators.9.x", "--to", "5"), "--vary operators.9.x", "a position from 1 to 2"),
    ((*PLAN, "--vary", "customers.books", "--from", "2", "--to", "3"), "--from customers.books=2: ", "0 to 1"),
    ((*PLAN, "--vary", "customers.books", "--from", "0.1", "--to", "3"), "--to customers.books=3: ", "0 to 1"),
    ((*PLAN, "--vary", "customers.reschedules"), "--from: 1.0 ", "a number below 0.36, four times the scenario's"),
    ((*PAIRS, "--vary", "customers.boks=1,2"), "--vary customers.boks: ", "; nearest: customers.books, "),
    ((*PAIRS, "--vary", "customers.cancels=1,2"), "--vary customers.cancels=2: ", "a probability, 0 to 1"),
    ((*SWEEP, "--vary", "nowhere.x=1,2"), "--vary nowhere.x: ", "; nearest: "),
    ((*SWEEP, "--vary", "customers.books=3,4"), "--vary customers.books=3: ", "a probability, 0 to 1"),
    (
        (*SWEEP, "--vary", "sms.per_second=3,4", "--set", "sms.rate=3"),
        "--set sms.rate: ",
        "; nearest: sms.per_second\n",
    ),
    (
        ("simulate", "small-town", "--set", "customers.books=7"),
        "--set customers.books=7: ",
        "small-town.toml: [customers]",
    ),
    (("readings", "price", "small-town", "--set", "sms.rate=3"), "--set sms.rate: ", "; nearest: sms.per_second\n"),
]


@pytest.mark.parametrize(("command", "blamed", "allowed"), ASKED, ids=[" ".join(asked[0][3:]) for asked in ASKED])
def test_the_option_that_was_wrong_is_named(
    command: tuple[str, ...], blamed: str, allowed: str, refused: Refused
) -> None:
    message = refused(*command, "--quiet")
    assert message.startswith(f"appuntamento: {blamed}")
    assert allowed in message


def test_a_scenario_that_is_wrong_by_itself_blames_no_option(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path_factory.mktemp("wrong") / "wrong.toml"
    file.write_text("[horizon]\nstart = 2026-03-02\ndays = 0\n", "utf-8")
    assert main(["simulate", str(file), "--set", "sms.per_second=3", "--quiet"]) == 3
    assert capsys.readouterr().err.startswith(f"appuntamento: {file}: [horizon] days: 0 ")


def test_the_nearest_paths_are_those_of_numbers_and_lists_are_counted_from_one() -> None:
    assert nearest_paths("operators.1.orders", values())[0] == "operators.1.orders_per_year"
    assert nearest_paths("customers.wishes_days.1", values())[0] == "customers.wishes_days.values.1"
    assert "name" not in nearest_paths("name", values())
