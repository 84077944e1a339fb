"""The CSV file: its columns, its dialects, its name, and what a strict reader refuses."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.civil_time import day_of, parse_instant
from reference_impl.errors import ServiceFault
from reference_impl.formats.csv_file import CsvError, Row, file_name, read_rows, write_rows
from reference_impl.policy import CsvDialect
from reference_impl.sms_text import italian_date

deterministic = settings(derandomize=True, deadline=None, max_examples=60)

ROW = Row("ALFA-0001", "03/03/2026", "https://va.alfa.example/a/Zk3-_9", "+393331234567")
LINE = b"ALFA-0001;03/03/2026;https://va.alfa.example/a/Zk3-_9;+393331234567\r\n"

DIALECTS = [
    CsvDialect(separator, header, encoding, line_end, phone_format)  # type: ignore[arg-type]  # words of the table
    for separator, header, encoding, line_end, phone_format in product(
        ";,|\t", (True, False), ("utf-8", "utf-8-sig", "iso-8859-1"), ("crlf", "lf"), ("e164", "national")
    )
]

rows = st.builds(
    Row,
    order=st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,29}", fullmatch=True),
    date=st.dates(min_value=date(2019, 1, 1), max_value=date(2060, 12, 31)).map(day_of).map(italian_date),
    link=st.from_regex(r"https://[a-z0-9]{1,20}\.example/[A-Za-z0-9_~-]{1,40}", fullmatch=True),
    phone=st.from_regex(r"\+393[0-9]{8,9}", fullmatch=True),
)


def test_a_row_has_order_date_link_and_phone_in_this_order() -> None:  # CSV-2
    assert write_rows([ROW], CsvDialect()) == LINE


def test_a_file_has_one_line_for_each_row_in_the_order_given() -> None:  # CSV-2
    second = ROW._replace(order="ALFA-0002")
    assert write_rows([second, ROW], CsvDialect()) == LINE.replace(b"0001", b"0002") + LINE


def test_a_dialect_sets_separator_header_line_end_mark_and_phone_format() -> None:  # CSV-2
    dialect = CsvDialect(separator=",", header=True, encoding="utf-8-sig", line_end="lf", phone_format="national")
    assert write_rows([ROW], dialect) == (
        b"\xef\xbb\xbfcodice_ordine,data,link,telefono\n"
        b"ALFA-0001,03/03/2026,https://va.alfa.example/a/Zk3-_9,3331234567\n"
    )


@deterministic
@given(st.lists(rows, max_size=5), st.sampled_from(DIALECTS))
def test_what_is_written_in_a_dialect_is_read_back_the_same(many: list[Row], dialect: CsvDialect) -> None:
    assert read_rows(write_rows(many, dialect), dialect) == many


@deterministic
@given(st.binary(max_size=200), st.sampled_from(DIALECTS))
def test_any_bytes_are_read_or_refused_with_a_line_and_never_crash(data: bytes, dialect: CsvDialect) -> None:
    outcome = rows_or_refusal(data, dialect)
    assert isinstance(outcome, list) or outcome.line >= 1


@deterministic
@given(st.lists(rows, min_size=1, max_size=3), st.data())
def test_a_file_with_one_byte_lost_is_never_read_as_the_same_rows(written: list[Row], data: st.DataObject) -> None:
    content = write_rows(written, CsvDialect())
    lost = data.draw(st.integers(0, len(content) - 1))
    assert rows_or_refusal(content[:lost] + content[lost + 1 :], CsvDialect()) != written


def rows_or_refusal(data: bytes, dialect: CsvDialect) -> list[Row] | CsvError:
    try:
        return read_rows(data, dialect)
    except CsvError as error:
        return error


@pytest.mark.parametrize(
    ("data", "line", "field"),
    [
        (LINE + b"ALFA-0002;03/03/2026;https://va.alfa.example/b\r\n", 2, "line"),
        (LINE.replace(b"\r\n", b";x\r\n"), 1, "line"),
        (LINE + b"\r\n", 2, "line"),
        (LINE.replace(b"\r\n", b"\n"), 1, "line"),
        (LINE + LINE.replace(b"\r\n", b""), 2, "line"),
        (LINE.replace(b"ALFA", b"A\rFA"), 1, "line"),
        (b"\xef\xbb\xbf" + LINE, 1, "line"),
        (LINE + b"\xff", 2, "line"),
        (b'"ALFA-0001"' + LINE[9:], 1, "order"),
        (LINE.replace(b"ALFA", b"alfa"), 1, "order"),
        (LINE.replace(b"03/03/2026", b"2026-03-03"), 1, "date"),
        (LINE.replace(b"03/03/2026", b"3/3/2026"), 1, "date"),
        (LINE.replace(b"03/03/2026", b"29/02/2026"), 1, "date"),
        (LINE.replace(b"03/03/2026", b"03/13/2026"), 1, "date"),
        (LINE.replace(b"03/03/2026", b"00/00/0000"), 1, "date"),
        (LINE.replace(b"https", b"ftp"), 1, "link"),
        (LINE.replace(b"/a/", b"/ a/"), 1, "link"),
        (LINE.replace(b"https://va.alfa.example/a/Zk3-_9", b""), 1, "link"),
        (LINE.replace(b"+39333", b"+4915"), 1, "phone"),
        (LINE.replace(b"+39333", b"333"), 1, "phone"),
    ],
)
def test_a_file_that_is_not_as_agreed_is_refused_at_its_line_and_field(data: bytes, line: int, field: str) -> None:
    with pytest.raises(CsvError) as refusal:
        read_rows(data, CsvDialect())
    assert (refusal.value.line, refusal.value.field) == (line, field)


@pytest.mark.parametrize("dialect", [CsvDialect(), CsvDialect(header=True), CsvDialect(encoding="utf-8-sig")])
def test_a_file_of_one_row_is_read_back(dialect: CsvDialect) -> None:
    assert read_rows(write_rows([ROW], dialect), dialect) == [ROW]


def test_a_wrong_row_is_counted_with_the_header() -> None:
    data = write_rows([ROW], CsvDialect(header=True)) + LINE.replace(b"ALFA", b"alfa")
    with pytest.raises(CsvError) as refusal:
        read_rows(data, CsvDialect(header=True))
    assert refusal.value.line == 3


def test_29_february_is_a_date_in_a_leap_year() -> None:  # CSV-3
    assert read_rows(LINE.replace(b"03/03/2026", b"29/02/2028"), CsvDialect())[0].date == "29/02/2028"


@pytest.mark.parametrize("data", [b"", LINE, b"ordine;data;link;telefono\r\n"])
def test_a_header_that_is_agreed_must_be_there(data: bytes) -> None:
    with pytest.raises(CsvError, match="line 1, line: the header must be 'codice_ordine;data;link;telefono'"):
        read_rows(data, CsvDialect(header=True))


def test_a_byte_order_mark_that_is_agreed_must_be_there() -> None:
    with pytest.raises(CsvError, match="must begin with a byte order mark"):
        read_rows(LINE, CsvDialect(encoding="utf-8-sig"))


def test_a_number_with_the_country_is_refused_where_national_ones_are_agreed() -> None:
    with pytest.raises(CsvError, match=r"line 1, phone: .* is not in the phone format national"):
        read_rows(LINE, CsvDialect(phone_format="national"))


@pytest.mark.parametrize(
    "row",
    [
        ROW._replace(order="ALFA;1"),
        ROW._replace(date="31/02/2026"),
        ROW._replace(link="https://va.alfa.example/a;b"),
        ROW._replace(link="https://va.alfa.example/a\r\n"),
        ROW._replace(phone="3331234567"),
    ],
)
def test_a_row_that_no_file_can_hold_is_a_fault_of_the_service(row: Row) -> None:
    with pytest.raises(ServiceFault, match=r"^row for a CSV file: line 2, (order|date|link|phone): '"):
        write_rows([ROW, row], CsvDialect())


def test_the_name_says_operator_and_second_of_the_deposit_on_the_wall_clock() -> None:  # CSV-1
    assert file_name("ALFA", parse_instant("2026-03-03T12:00:00")) == "APPDIG_ALFA_20260303120000.csv"
    assert file_name("ALFA", parse_instant("2026-07-03T09:05:07")) == "APPDIG_ALFA_20260703090507.csv"


def test_files_of_one_second_are_told_apart_by_a_sequence_number() -> None:  # CSV-1
    noon = parse_instant("2026-03-03T12:00:00")
    assert file_name("ALFA", noon, 1) == "APPDIG_ALFA_20260303120000_001.csv"
    assert file_name("ALFA", noon, 1234) == "APPDIG_ALFA_20260303120000_1234.csv"
