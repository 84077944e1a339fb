"""Orders and notifications as XML: one form with and without a code, strict reading, schemas that can be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.civil_time import parse_instant
from reference_impl.errors import IntakeError
from reference_impl.formats.documents import (
    DocumentError,
    SchemaError,
    load_schemas,
    notification_document,
    order_document,
    parse_order_document,
)
from reference_impl.intake import CHOICES, WorkOrder, parse_order
from reference_impl.ports import Slot
from reference_impl.services import ACTIVITIES, CAUSAL_LABELS, LINE_STATES
from tests.places import ROOT

deterministic = settings(derandomize=True, deadline=None, max_examples=60)

FOLDER = ROOT / "features" / "schemas"
SCHEMAS = load_schemas(FOLDER)
NOON = parse_instant("2026-03-03T12:00:00")
SLOT = Slot(parse_instant("2026-03-05T08:00:00"), parse_instant("2026-03-05T10:00:00"))
ORDER = parse_order(
    {
        "order": "ALFA-0001",
        "operator": "ALFA",
        "service": "ULL",
        "line_state": "LNA",
        "phone": "+393331234567",
        "project_code": "PRJ-ALFA",
    }
)
DOCUMENT = order_document(ORDER, NOON)
CODE_ELEMENT = "<projectCode>PRJ-ALFA</projectCode>"

names = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,29}", fullmatch=True)
codes = st.none() | st.from_regex(r"[A-Z0-9][A-Z0-9-]{1,29}", fullmatch=True)


def consistent(members: Mapping[str, object]) -> bool:
    return bool(members["disaggregated"] or not members["pdc_disaggregated"])


orders = (
    st.fixed_dictionaries(
        {
            "order": names,
            "operator": names,
            "service": st.sampled_from(CHOICES["service"]),
            "line_state": st.sampled_from(LINE_STATES),
            "activity": st.sampled_from(ACTIVITIES),
            "territory": names,
            "phone": st.from_regex(r"\+?[0-9]{6,15}", fullmatch=True),
            "project_code": codes,
            "delivery_code": codes,
            "disaggregated": st.booleans(),
            "pdc_disaggregated": st.booleans(),
        }
    )
    .filter(consistent)
    .map(parse_order)
)


@deterministic
@given(orders)
def test_any_order_that_intake_accepts_fits_the_schema_and_is_read_back_the_same(order: WorkOrder) -> None:  # ROUTE-7
    assert parse_order_document(order_document(order, NOON), SCHEMAS) == order


def test_an_order_has_the_same_form_with_and_without_a_code() -> None:  # ROUTE-7
    without = order_document(parse_order_document(DOCUMENT.replace(CODE_ELEMENT, ""), SCHEMAS), NOON)
    SCHEMAS.validate_order(without)
    assert without == DOCUMENT.replace(CODE_ELEMENT, "")


@pytest.mark.parametrize("code", CAUSAL_LABELS)
@pytest.mark.parametrize("slot", [None, SLOT])
def test_every_causal_makes_a_notification_that_fits_the_schema(code: str, slot: Slot | None) -> None:  # ROUTE-7
    document = notification_document("ALFA", "ALFA-0001", code, CAUSAL_LABELS[code], NOON + 250, slot)
    SCHEMAS.validate_notification(document)
    assert "2026-03-03T12:00:00.250+01:00" in document
    assert ("2026-03-05T08:00:00+01:00" in document) == (slot is not None)


def test_a_notification_with_another_causal_does_not_fit() -> None:
    document = notification_document("ALFA", "ALFA-0001", "W99", "Altro", NOON, None)
    with pytest.raises(DocumentError, match=r"^line 1: Element 'code': .*W99"):
        SCHEMAS.validate_notification(document)


def test_a_text_has_been_decoded_whatever_encoding_it_declares() -> None:
    assert parse_order_document('<?xml version="1.0" encoding="UTF-16"?>' + DOCUMENT, SCHEMAS) == ORDER


def test_a_document_declared_in_another_encoding_is_read_in_it() -> None:
    declared = '<?xml version="1.0" encoding="ISO-8859-15"?>' + DOCUMENT
    assert parse_order_document(declared, SCHEMAS) == ORDER
    assert parse_order_document(declared.encode("iso-8859-15"), SCHEMAS) == ORDER
    assert parse_order_document(DOCUMENT.encode("utf-16"), SCHEMAS) == ORDER


@pytest.mark.parametrize("noise", ["+39<!-- -->333", "<![CDATA[+39]]>333", "+39<?x y?>333", "&#43;39333"])
def test_intake_sees_the_same_text_as_the_schema(noise: str) -> None:
    assert parse_order_document(DOCUMENT.replace("+39333", noise), SCHEMAS) == ORDER


@pytest.mark.parametrize("word", ["1", " true ", "\ntrue\n"])
def test_every_way_to_write_true_is_true(word: str) -> None:
    document = DOCUMENT.replace("<disaggregated>false", f"<disaggregated>{word}")
    assert parse_order_document(document, SCHEMAS).disaggregated


@pytest.mark.parametrize(
    ("found", "replaced", "line", "message"),
    [
        ("ULL", "VDSL", 1, "VDSL"),
        ("<service>ULL</service>", "", 1, "activity"),
        ("<phone>", "\n\n<colour>red</colour><phone>", 3, "colour"),
        ("+393331234567", "+39 333", 1, "phone"),
        ("12:00:00", "25:00:00", 1, "receivedAt"),
        ("12:00:00+01:00", "12:00:00", 1, "receivedAt"),
        ("ALFA-0001", "ALFA-0001 ", 1, "order"),
        ("workOrder", "notification", 1, "notification"),
        ("urn:appuntamento:stand-in:order", "urn:altro", 1, "workOrder"),
        ("</phone>", "", 1, "not well-formed"),
        ("+393331234567", "&phone;", 1, "not well-formed"),
        (CODE_ELEMENT, CODE_ELEMENT * 2, 1, "projectCode"),
    ],
)
def test_an_order_that_does_not_fit_is_refused_at_its_line(found: str, replaced: str, line: int, message: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        parse_order_document(DOCUMENT.replace(found, replaced), SCHEMAS)
    assert refusal.value.line == line
    assert message in refusal.value.message
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("<!DOCTYPE workOrder>" + DOCUMENT, "line 1: a document type declaration is not allowed"),
        ("<" * 1_000_001, "line 1: 1000001 bytes; allowed: at most 1000000"),
    ],
)
def test_a_document_that_is_not_looked_at_is_refused_at_its_beginning(document: str, text: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        SCHEMAS.validate_order(document)
    assert str(refusal.value) == text


def test_a_document_of_a_megabyte_is_read() -> None:
    SCHEMAS.validate_order(DOCUMENT.ljust(1_000_000))


def test_what_is_not_well_formed_is_refused_at_its_line() -> None:
    with pytest.raises(DocumentError, match=r"^line 3: not well-formed XML: "):
        SCHEMAS.validate_order("\n\n" + DOCUMENT.replace("</phone>", "<"))


def test_elements_in_a_tower_are_no_document() -> None:
    with pytest.raises(DocumentError, match="not well-formed XML"):
        SCHEMAS.validate_order("<a>" * 300 + "</a>" * 300)


@pytest.mark.parametrize("code", ["1", "0"])
def test_a_code_that_looks_like_a_flag_is_a_code(code: str) -> None:
    assert parse_order_document(DOCUMENT.replace("ALFA-0001", code), SCHEMAS).code == code


def test_what_the_schema_cannot_say_is_left_to_intake() -> None:
    document = DOCUMENT.replace("<pdcDisaggregated>false", "<pdcDisaggregated>true")
    SCHEMAS.validate_order(document)
    with pytest.raises(IntakeError, match=r"^pdc_disaggregated"):
        parse_order_document(document, SCHEMAS)


@pytest.mark.parametrize("nothing", ["", b"", " ", b"\xff\xfe<", "\ud800", "x", b"\x00"])
def test_what_is_no_xml_is_refused(nothing: str | bytes) -> None:
    with pytest.raises(DocumentError, match="not well-formed XML"):
        parse_order_document(nothing, SCHEMAS)


@deterministic
@given(st.binary(max_size=80))
def test_any_bytes_are_refused_and_never_crash(data: bytes) -> None:
    with pytest.raises(DocumentError):
        parse_order_document(data, SCHEMAS)


def test_a_document_type_is_refused_whether_or_not_it_is_used() -> None:
    with pytest.raises(DocumentError, match="document type declaration"):
        parse_order_document("<!DOCTYPE workOrder>" + DOCUMENT, SCHEMAS)


def test_an_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("3331234567")
    doctype = f'<!DOCTYPE workOrder [<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(DocumentError) as refusal:
        parse_order_document(doctype + DOCUMENT.replace("+393331234567", "&file;"), SCHEMAS)
    assert "3331234567" not in str(refusal.value)


def test_entities_that_multiply_are_refused() -> None:
    entities = ['<!ENTITY e0 "aaaaaaaaaa">']
    entities += [f'<!ENTITY e{level} "{f"&e{level - 1};" * 20}">' for level in range(1, 12)]
    doctype = f"<!DOCTYPE workOrder [{''.join(entities)}]>"
    with pytest.raises(DocumentError):
        parse_order_document(doctype + DOCUMENT.replace("<order>", '<order x="&e11;">'), SCHEMAS)


def test_a_document_of_more_than_a_megabyte_is_refused_unread() -> None:
    with pytest.raises(DocumentError, match="1000001 bytes; allowed: at most 1000000"):
        SCHEMAS.validate_order("<" * 1_000_001)


def test_the_schemas_that_ship_say_that_they_are_stand_ins() -> None:  # ROUTE-7
    for schema in FOLDER.iterdir():
        assert "STAND-IN" in schema.read_text(encoding="utf-8")


def test_a_schema_of_the_user_takes_the_place_of_the_stand_in(tmp_path: Path) -> None:  # ROUTE-7
    stand_in = (FOLDER / "order.xsd").read_text(encoding="utf-8")
    (tmp_path / "order.xsd").write_text(stand_in.replace('<xs:enumeration value="ULL"/>', ""))
    (tmp_path / "notification.xsd").write_bytes((FOLDER / "notification.xsd").read_bytes())
    with pytest.raises(DocumentError, match="ULL"):
        load_schemas(tmp_path).validate_order(DOCUMENT)


def test_an_element_without_a_text_says_nothing_where_a_schema_lets_it_be(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace('name="phone" type="Phone"', 'name="phone" type="xs:string"')
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError, match="phone: '' is not allowed"):
        parse_order_document(DOCUMENT.replace("+393331234567", ""), load_schemas(tmp_path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        ("<xs:schema", "not well-formed XML"),
        ("<schema/>", "not an XML Schema"),
        ('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="b"/></xs:schema>', "'b'"),
    ],
)
def test_a_schema_that_is_none_is_refused_by_its_path(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "order.xsd").write_text(content)
    with pytest.raises(SchemaError) as refusal:
        load_schemas(tmp_path)
    assert refusal.value.path == str(tmp_path / "order.xsd")
    assert message in refusal.value.message


def test_a_schema_is_refused_as_a_whole_or_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "order.xsd"
    for content, where in (
        (None, f"{path}: the file cannot be read"),
        ("\n<xs:schema", f"{path}, line 2: not well-formed"),
    ):
        if content is not None:
            path.write_text(content)
        with pytest.raises(SchemaError) as refusal:
            load_schemas(tmp_path)
        assert str(refusal.value).startswith(where)
