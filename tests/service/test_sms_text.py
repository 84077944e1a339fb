"""SMS as text: size on the wire, standard and own wording, aliases, mobile numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.civil_time import day_of, instant_of, parse_instant
from reference_impl.errors import RegistrationError
from reference_impl.gsm_7 import SEPTETS
from reference_impl.ports import Slot
from reference_impl.sms_text import (
    STANDARD_ALIAS,
    STANDARD_TEXTS,
    SmsSize,
    check_alias,
    check_template,
    e164,
    engagement_text,
    is_italian_mobile,
    italian_date,
    reminder_text,
    segments_of,
)

deterministic = settings(derandomize=True, deadline=None, max_examples=60)

LINK_OF_60 = "https://appuntamento.alfa.example/va/" + "k" * 23
BAND = Slot(parse_instant("2026-03-05T08:00:00"), parse_instant("2026-03-05T10:00:00"))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", SmsSize("GSM-7", 0, 1)),
        ("a" * 160, SmsSize("GSM-7", 160, 1)),
        ("a" * 161, SmsSize("GSM-7", 161, 2)),
        ("a" * 306, SmsSize("GSM-7", 306, 2)),
        ("a" * 307, SmsSize("GSM-7", 307, 3)),
        ("à" * 160, SmsSize("GSM-7", 160, 1)),
        ("€" * 80, SmsSize("GSM-7", 160, 1)),
        ("€" * 81, SmsSize("GSM-7", 162, 2)),
        ("ç" * 70, SmsSize("UCS-2", 70, 1)),
        ("ç" * 71, SmsSize("UCS-2", 71, 2)),
        ("ç" * 134, SmsSize("UCS-2", 134, 2)),
        ("ç" * 135, SmsSize("UCS-2", 135, 3)),
        ("😀" * 35, SmsSize("UCS-2", 70, 1)),
        ("😀" * 36, SmsSize("UCS-2", 72, 2)),
    ],
)
def test_a_text_costs_what_its_alphabet_and_length_say(text: str, size: SmsSize) -> None:
    assert segments_of(text) == size


def test_an_escaped_character_is_not_split_between_two_segments() -> None:
    assert segments_of("a" * 152 + "€" + "a" * 152) == SmsSize("GSM-7", 306, 3)


@pytest.mark.parametrize(("character", "units"), [("\uffff", 1), ("\U00010000", 2)])
def test_a_character_beyond_the_basic_plane_costs_two_words(character: str, units: int) -> None:
    assert segments_of(character) == SmsSize("UCS-2", units, 1)


def test_a_surrogate_pair_is_not_split_between_two_segments() -> None:
    assert segments_of("ç" * 66 + "😀" + "ç" * 66) == SmsSize("UCS-2", 134, 3)


def test_the_default_alphabet_has_every_code_but_the_escape() -> None:
    assert Counter(SEPTETS.values()) == {1: 127, 2: 10}


@deterministic
@given(st.text(alphabet=sorted(SEPTETS), max_size=700))
def test_a_gsm_text_needs_as_many_septets_as_characters_and_escapes(text: str) -> None:
    size = segments_of(text)
    septets = len(text) + sum(character in "\f^{}\\[~]|€" for character in text)
    assert (size.encoding, size.units) == ("GSM-7", septets)
    assert size.segments == 1 if septets <= 160 else -(-septets // 153) <= size.segments <= -(-septets // 152)


@deterministic
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_other_text_needs_its_utf_16_words(text: str) -> None:
    size = segments_of(text + "ŵ")
    words = len((text + "ŵ").encode("utf-16-be")) // 2
    assert (size.encoding, size.units) == ("UCS-2", words)
    assert size.segments == 1 if words <= 70 else -(-words // 67) <= size.segments <= -(-words // 66)


def test_the_standard_engagement_text_fits_one_segment_with_a_link_of_60_characters() -> None:
    assert len(LINK_OF_60) == 60
    size = segments_of(engagement_text(None, LINK_OF_60))
    assert (size.encoding, size.segments) == ("GSM-7", 1)


def test_the_standard_reminder_fits_one_segment() -> None:
    size = segments_of(reminder_text(None, BAND))
    assert (size.encoding, size.segments) == ("GSM-7", 1)


@pytest.mark.parametrize("kind", ["engagement", "reminder"])
def test_the_standard_texts_keep_the_rules_for_own_texts(kind: str) -> None:
    check_template(kind, STANDARD_TEXTS[kind])


def test_the_engagement_text_holds_the_link() -> None:  # SMS-5
    assert LINK_OF_60 in engagement_text(None, LINK_OF_60)
    assert engagement_text("Alfa: {link} grazie", LINK_OF_60) == f"Alfa: {LINK_OF_60} grazie"


def test_the_reminder_holds_date_and_band_of_the_visit() -> None:  # REM-2
    assert reminder_text("{band} del {date}", BAND) == "08:00-10:00 del 05/03/2026"
    assert "05/03/2026" in reminder_text(None, BAND)
    assert "08:00-10:00" in reminder_text(None, BAND)


def test_a_band_is_shown_on_the_clock_of_summer_too() -> None:
    day = day_of(date(2026, 3, 30))
    slot = Slot(instant_of(day, 10 * 3_600_000), instant_of(day, 12 * 3_600_000))
    assert reminder_text("{date} {band}", slot) == "30/03/2026 10:00-12:00"


def test_a_date_is_written_with_two_digits_for_day_and_month() -> None:  # CSV-3
    assert italian_date(0) == "01/01/1970"


@pytest.mark.parametrize("alias", [STANDARD_ALIAS, "A", "Alfa", "Alfa 2000", "4Alfa", "ABCDEFGHIJK"])
def test_an_alias_of_letters_and_digits_is_accepted(alias: str) -> None:  # SMS-6, REM-3
    check_alias(alias)


@pytest.mark.parametrize(
    "alias", ["", "ABCDEFGHIJKL", "12345", " Alfa", "Alfa ", "Al  fa", "Alfa!", "Àlfa", "Alfa\n", "Αlfa", None, 7]
)
def test_any_other_alias_is_refused_and_the_error_says_what_is_allowed(alias: object) -> None:  # SMS-6
    with pytest.raises(RegistrationError, match="1 to 11 GSM letters and digits") as refusal:
        check_alias(alias)
    assert refusal.value.value == alias


def test_an_own_text_has_a_thousand_characters_at_most() -> None:
    check_template("engagement", "{link}".ljust(1_000, "a"))
    with pytest.raises(RegistrationError, match="a text of at most 1000 characters"):
        check_template("engagement", "{link}".ljust(1_001, "a"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("engagement", "senza link"),
        ("engagement", "{link} e ancora {link}"),
        ("engagement", "{link} il {date}"),
        ("engagement", "{link} {nome}"),
        ("engagement", "{link} }"),
        ("engagement", "{{link}}"),
        ("engagement", "{link"),
        ("engagement", "{link} \x00"),
        ("engagement", "{link} \ud800"),
        ("engagement", "{link}" + "a" * 1_000),
        ("engagement", ""),
        ("engagement", 5),
        ("reminder", "il {date}"),
        ("reminder", "ore {band}"),
        ("reminder", "{date} {band} {link}"),
        ("reminder", "{date} {date} {band}"),
    ],
)
def test_a_text_with_other_placeholders_than_its_own_is_refused(kind: str, text: object) -> None:  # SMS-5, REM-2
    with pytest.raises(RegistrationError) as refusal:
        check_template(kind, text)
    assert refusal.value.field == f"{kind}_text"


@pytest.mark.parametrize("country", ["", "+39", "0039", "39"])
@pytest.mark.parametrize("number", ["3331234567", "333123456", "3931234567", "393123456"])
def test_an_italian_mobile_number_can_get_an_sms_however_its_country_is_written(country: str, number: str) -> None:
    assert is_italian_mobile(country + number)  # bad_number
    assert e164(country + number) == f"+39{number}"


@pytest.mark.parametrize(
    "phone",
    [
        "0612345678",
        "+390612345678",
        "+4915112345678",
        "33312345",
        "33312345678",
        "+0039333123456",
        "3900393331234",
        "+39",
        "",
    ],
)
def test_any_other_number_cannot(phone: str) -> None:  # bad_number
    assert not is_italian_mobile(phone)
    with pytest.raises(ValueError, match="not an Italian mobile number"):
        e164(phone)
