"""What the pages are made of, without a browser: words in both languages, dates, and nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reference_impl.civil_time import HOUR, parse_instant
from reference_impl.ports import Slot
from reports.words.labels import LANGUAGES
from sim.sandbox.pages.agent_words import WORDS
from sim.sandbox.pages.civil_words import short_instant, slot_words, until_words
from sim.sandbox.pages.control_view import PACES, POSTING_TONES
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.event_words import reason_words
from sim.sandbox.pages.operator_words import BANNER, OPERATOR_WORDS, TO_WORK
from sim.sandbox.pages.page_languages import language_of
from sim.sandbox.pages.problem_pages import LEADS, ROOM_LEADS
from sim.sandbox.pages.rendering import SHARED, SHARED_FILES
from sim.sandbox.pages.work_list import BOOK, MOVE, NOTHING
from sim.sandbox.world.agent_view import weeks_of
from sim.sandbox.world.telephones import DELIVERED, UNDELIVERABLE
from sim.sandbox.world.world_clock import GOALS
from sim.validation.guided.page_words import GUIDED_WORDS
from sim.validation.guided.words import ACTS as GUIDED_ACT_WORDS
from sim.validation.guided.words import TASKS
from sim.validation.plan import stories
from tests.patience import PatientSession
from tests.places import ROOT
from tests.sandbox.pages.page_visitors import running_site

PAGES = ROOT / "sim" / "sandbox" / "pages"
TEMPLATES = sorted((PAGES / "templates").rglob("*.j2"))
STATIC = [*sorted((PAGES / "static").iterdir()), *(SHARED / name for name in SHARED_FILES)]
NOW = parse_instant("2026-03-03T08:00")
DAY = 24 * HOUR
ITALIAN, ENGLISH = LANGUAGES


@pytest.mark.parametrize(
    ("wish", "accepted", "spoken"),
    [
        (None, "", ITALIAN),
        (None, "de-CH, de;q=0.9", ITALIAN),
        (None, "en-GB,en;q=0.9,it;q=0.8", ENGLISH),
        (None, "en;q=0.3, it;q=0.7", ITALIAN),
        (None, "fr, EN;q=0.5, it;q=0", ENGLISH),
        (None, "en;q=nonsense", ITALIAN),
        ("en", "it", ENGLISH),
        ("it", "en", ITALIAN),
        ("xx", "en", ENGLISH),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_most_accepted(wish: str | None, accepted: str, spoken: str) -> None:
    assert language_of(wish, accepted) == spoken


def test_both_languages_say_everything_and_name_the_same_values() -> None:
    for key, translations in [
        *WORDS.items(),
        *OPERATOR_WORDS.items(),
        *LEADS.items(),
        *ROOM_LEADS.items(),
        *ROOM_WORDS.items(),
        *GUIDED_WORDS.items(),
    ]:
        assert all(translations), key
        named = [set(re.findall(r"\{(\w+)[:}]", text)) for text in translations]
        assert named[0] == named[1], key


@pytest.mark.parametrize(
    ("english", "italian"),
    [
        ("not reached: connection refused", "non raggiunto: connessione rifiutata"),
        ("not reached: no endpoint", "non raggiunto: senza indirizzo"),
        ("not reached: no TLS at this port", "non raggiunto: niente TLS a questa porta"),
        ("not reached: host a.example is not known", "non raggiunto: l'host a.example non è conosciuto"),
        ("not reached: certificate: expired", "non raggiunto: certificato: expired"),
        (
            "not reached: address 10.0.0.1 is not allowed (private addresses only with --private-addresses)",
            "non raggiunto: l'indirizzo 10.0.0.1 non è ammesso (indirizzi privati solo con --private-addresses)",
        ),
        ("no answer within 10 s", "nessuna risposta entro 10 s"),
        ("no answer: ConnectionResetError", "nessuna risposta: ConnectionResetError"),
    ],
)
def test_why_no_answer_came_is_said_in_both_languages(english: str, italian: str) -> None:
    assert [reason_words(english).in_language(language) for language in (ENGLISH, ITALIAN)] == [english, italian]


def test_every_word_that_a_template_says_exists_and_no_other() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES if path.parent.name == "agent")
    keys = set(re.findall(r"t\('(\w+)'[,)]", text)) - {BANNER, TO_WORK, *LEADS, *(ROOM_LEADS.keys() - WORDS.keys())}
    keys |= {"booked_by_customer", "booked_by_operator", "calendar_event", "kept", "kept_gone"}  # said by the code
    assert keys == {key for key in WORDS if not key.startswith(("refused_", "done_")) or key == "refused_title"}


def test_every_word_of_the_control_room_is_said_somewhere() -> None:
    sources = [path for path in TEMPLATES if path.parent.name == "control"] + sorted(PAGES.glob("control_*.py"))
    text = " ".join(path.read_text(encoding="utf-8") for path in sources if path.name != "control_words.py")
    keys = set(re.findall(r"t\('([\w:-]+)'[,)]", text)) | set(re.findall(r"say\([\"']([\w:-]+)[\"'][,)]", text))
    keys |= set(re.findall(r"\bt\('(\w+)'\) if", text)) | {"wrong_token", "wrong_key"}
    sms_states = {"sms_accepted", DELIVERED.replace(".", "_"), UNDELIVERABLE.replace(".", "_")}
    assert sms_states <= ROOM_WORDS.keys()
    tabled = {*GOALS, *POSTING_TONES, BOOK, MOVE, NOTHING, *sms_states, *(f"pace_{pace}" for pace in PACES)}
    families = ("state_", "ask_", "yes_", "page_of_")
    loose = {key for key in ROOM_WORDS if not key.startswith(families) and key not in tabled}
    assert loose - keys == set()
    assert keys - {*ROOM_WORDS, *GUIDED_WORDS} == set()


def test_every_word_of_a_guided_run_is_said_somewhere_and_every_act_has_words() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES if path.name.startswith("guided"))
    keys = set(re.findall(r"\bt\('(\w+)'", text))
    assert {key for key in GUIDED_WORDS if not key.startswith(("ask_", "yes_"))} <= keys
    for steps in (story.steps for story in stories().values()):
        for verb, *words in (step.split() for step in steps):
            assert any(key in GUIDED_ACT_WORDS for key in (verb, *(f"{verb} {word}" for word in words)))
    for key, term in [*GUIDED_ACT_WORDS.items(), *TASKS.items()]:
        assert set(re.findall(r"\{(\w+)[:}]", term.it)) == set(re.findall(r"\{(\w+)[:}]", term.en)), key


def test_what_an_agent_is_told_otherwise_a_customer_is_told_too_with_the_same_values() -> None:
    assert set(OPERATOR_WORDS) - set(WORDS) == {BANNER, TO_WORK}
    for key in set(OPERATOR_WORDS) & set(WORDS):
        agent_values, customer_values = (
            set(re.findall(r"\{(\w+)[:}]", table[key].it)) for table in (OPERATOR_WORDS, WORDS)
        )
        assert agent_values <= customer_values | {"operator"}, key


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=lambda path: path.name)
def test_no_page_asks_for_anything_from_outside_or_against_its_own_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"""(src|href|url\(|import|fetch\()\s*=?\s*["'(]?(https?:)?//""", text)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>|javascript:", text)


def test_the_end_of_a_term_is_said_by_the_day_that_it_closes() -> None:
    assert until_words(parse_instant("2026-03-06T00:00"), ITALIAN) == "entro la fine di giovedì 5 marzo"
    assert until_words(parse_instant("2026-03-05T18:00"), ENGLISH) == "by 18:00 on Thursday 5 March"


def test_slots_are_said_by_the_wall_clock_of_rome_on_both_sides_of_summer_time() -> None:
    winter, summer = (parse_instant(f"2026-03-{day}T08:00") for day in (27, 30))
    assert slot_words(Slot(winter, winter + 2 * HOUR), ITALIAN) == "venerdì 27 marzo, 08:00–10:00"
    assert slot_words(Slot(summer, summer + 2 * HOUR), ENGLISH) == "Monday 30 March, 08:00–10:00"
    assert short_instant(summer + 1_000, ENGLISH) == "Mon 30 Mar 08:00:01"


def test_dates_are_grouped_first_by_day_and_then_by_week() -> None:
    starts = [NOW + day * DAY for day in (1, 2, 3, 6, 7, 8, 13)]
    weeks = weeks_of([Slot(start + band * HOUR, start + band * HOUR + HOUR) for start in starts for band in (0, 2)])
    assert [(week.first, len(week.days), week.size) for week in weeks] == [
        (True, 4, 8),
        (False, 2, 4),
        (False, 1, 2),
    ]
    assert weeks_of([]) == []


def test_a_link_on_the_operators_own_domain_leads_to_the_same_page(tmp_path: Path) -> None:
    with running_site(tmp_path) as site, PatientSession() as session:
        token = site.engage("DOMAIN-1").rpartition("/")[2]
        host = {"Host": "appuntamenti.alfa.example"}
        redirect = session.get(f"{site.url}/{token}", headers=host, allow_redirects=False)
        assert redirect.status_code == 303
        cookie = {"Cookie": redirect.headers["set-cookie"].partition(";")[0]}
        page = session.get(site.url + redirect.headers["location"], headers=host | cookie)
        assert page.status_code == 200
        assert "DOMAIN-1" in page.text
        assert session.get(f"{site.url}/static/agent.css", headers=host).status_code == 200
        assert session.get(f"{site.url}/static/nothing.css").status_code == 404
