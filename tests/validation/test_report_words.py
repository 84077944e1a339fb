"""What `guided report` prints: verdicts, blames, findings and mends in one language, within 80 columns."""

from __future__ import annotations

import pytest
import requests

from reports.words.labels import BLAMES, LANGUAGES, VERDICTS, Term
from reports.words.messages import say
from reports.words.number_words import filled
from sim.sandbox.terminal.grammar import WordedAnswer
from sim.sandbox.terminal.guided_commands import verdict_lines
from sim.validation import outcome
from sim.validation.actions import named_step
from sim.validation.outcome import Blamed, Outcome
from sim.validation.stage import ANSWERED, DeskError, failure_words

FAR = "A-" + "1" * 60


def answer(language: str) -> WordedAnswer:
    """An answer with every verdict and every blame."""
    rules = [{"rule": f"OP-{number}", "verdict": verdict} for number, verdict in enumerate(VERDICTS, 1)]
    findings = [{"rule": "OP-1", "blame": blame, "subject": FAR, "it": "x " * 80, "en": "y " * 80} for blame in BLAMES]
    said = WordedAnswer({"rules": rules, "findings": findings})
    said.language = language
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_and_blames_are_in_the_language_asked_for(language: str) -> None:
    lines = list(verdict_lines(answer(language)))
    assert lines[: len(VERDICTS)] == [
        f"OP-{number:<3} {verdict.in_language(language)}" for number, verdict in enumerate(VERDICTS.values(), 1)
    ]
    first = [line for line in lines if line.startswith("OP-1: ")]
    assert [line.split("[")[1].split("]")[0] for line in first] == [
        blame.in_language(language) for blame in BLAMES.values()
    ]
    assert max(map(len, lines)) <= 80


def test_every_blame_has_a_name() -> None:
    blames = {outcome.OPERATOR, outcome.CONFIGURATION, outcome.ENVIRONMENT, outcome.HARNESS, outcome.SPECIFICATION}
    assert set(BLAMES) == blames


def test_what_was_found_stands_in_the_answer_in_both_languages_and_for_programs() -> None:
    message = say("op.status", status=500).written()
    blamed = Blamed("OP-2", "FAIL", outcome.OPERATOR, "A-1", say("op.no_answer").written(), message)
    (finding,) = Outcome((), (blamed,), ()).members()["findings"]
    assert (finding["expected"], finding["observed"]) == ("no answer", "status 500")
    assert (finding["it"], finding["en"]) == ("stato 500", "status 500")


def test_where_nothing_was_seen_it_is_said_what_is_to_be_done() -> None:
    blamed = Blamed("OP-2", "NOT_EXERCISED", outcome.OPERATOR, "", "", "", Term("fai così", "do so"))
    (finding,) = Outcome((), (blamed,), ()).members()["findings"]
    assert (finding["it"], finding["en"]) == ("fai così", "do so")


def test_why_a_story_went_no_further_is_said_in_both_languages_and_for_programs() -> None:
    error = DeskError("http://operator.example/desk", filled(ANSWERED, status=500))
    assert error.words.it == "http://operator.example/desk: ha risposto 500"
    assert error.words.en == str(error) == "http://operator.example/desk: answered 500"


@pytest.mark.parametrize(
    ("failure", "it", "en"),
    [
        (requests.ReadTimeout(), "non ha risposto in tempo", "did not answer in time"),
        (requests.ConnectTimeout(), "non ha risposto in tempo", "did not answer in time"),
        (requests.exceptions.SSLError(), "il suo certificato non è accettato", "its certificate is not accepted"),
        (requests.ConnectionError(), "la connessione non è riuscita", "the connection failed"),
        (requests.exceptions.InvalidHeader(), "la richiesta non è riuscita", "the request failed"),
    ],
)
def test_why_a_desk_did_not_answer_is_said_without_the_name_of_an_exception(
    failure: requests.RequestException, it: str, en: str
) -> None:
    assert failure_words(failure) == Term(it, en)


@pytest.mark.parametrize(
    ("step", "it"),
    [
        ("clock csv-deadline", "alla scadenza del file"),
        ("order VULA_FTTH nowhere", "un ordine VULA FTTH dove nessuna fascia è libera"),
        ("disturb replayed W09", "una W09 rispedita da altri"),
        ("wait 2", "passano 2 secondi veri"),
    ],
)
def test_the_step_at_which_a_story_ended_is_named_in_italian_and_as_plans_write_it(step: str, it: str) -> None:
    assert named_step(step) == Term(it, step)
