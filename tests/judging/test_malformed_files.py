"""A malformed file is recorded as it is and breaks one rule, CSV-2 or CSV-3, with one finding; no other rule fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_impl.formats.csv_file import Row, write_rows
from reference_impl.policy import CsvDialect
from reports.judging.judge import judge
from sim.file_seen import file_seen
from tests.judging.traces import PHONE, Event, edited, find, good_trace
from tests.judging.verdicts import ANY, DEFAULT, broken, ruling

DIALECT = CsvDialect()
ORDERS = ("B1", "B2", "T1", "R1")
ROWS = [Row(code, "03/03/2026", f"https://va.alfa.example/c{code}", PHONE) for code in ORDERS]
FILE = write_rows(ROWS, DIALECT)


def cells(become: Callable[[list[str]], list[str]]) -> bytes:
    rows = (become(line.split(";")) for line in FILE.decode().splitlines())
    return "".join(";".join(row) + "\r\n" for row in rows).encode()


MALFORMED = {
    "commas": ("CSV-2", FILE.replace(b";", b",")),
    "tabs": ("CSV-2", FILE.replace(b";", b"\t")),
    "line-feeds": ("CSV-2", FILE.replace(b"\r", b"")),
    "no-last-line-end": ("CSV-2", FILE.removesuffix(b"\r\n")),
    "a-header": ("CSV-2", b"codice_ordine;data;link;telefono\r\n" + FILE),
    "a-header-of-its-own": ("CSV-2", b"order;date;link;phone\r\n" + FILE),
    "a-byte-order-mark": ("CSV-2", b"\xef\xbb\xbf" + FILE),
    "national-numbers": ("CSV-2", FILE.replace(b";+39", b";")),
    "no-phone": ("CSV-2", cells(lambda row: row[:3])),
    "no-date": ("CSV-2", cells(lambda row: [row[0], *row[2:]])),
    "no-link": ("CSV-2", cells(lambda row: [*row[:2], "", row[3]])),
    "link-and-phone-swapped": ("CSV-2", cells(lambda row: [row[0], row[1], row[3], row[2]])),
    "order-last": ("CSV-2", cells(lambda row: [*row[1:], row[0]])),
    "a-fifth-cell": ("CSV-2", cells(lambda row: [*row, "x"])),
    "not-a-csv": ("CSV-2", b"PK\x03\x04\xff\xfe\x00"),
    "american-dates": ("CSV-3", FILE.replace(b"03/03/2026", b"03/25/2026")),
    "two-digit-years": ("CSV-3", FILE.replace(b"/2026", b"/26")),
    "iso-dates": ("CSV-3", FILE.replace(b"03/03/2026", b"2026-03-03")),
}


def one_file(data: bytes) -> list[Event]:
    """The good trace with one file for all its orders: these bytes, as the recorder sees them."""

    def apply(events: list[Event]) -> None:
        for code in ORDERS[1:]:
            events.remove(find(events, "csv.deposited", f"/ALFA/{code}.csv"))
        find(events, "order.received", "B1")["data"].pop("document")
        find(events, "csv.deposited", "/ALFA/B1.csv")["data"] |= file_seen(data, DIALECT).members

    return edited(good_trace(), apply)


@pytest.mark.parametrize(("rule", "data"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_one_finding_of_one_rule(rule: str, data: bytes) -> None:
    broken_rules = broken(judge(one_file(data), DEFAULT))
    assert list(broken_rules) == [rule], broken_rules
    assert len(broken_rules[rule].findings) == 1, broken_rules[rule]


def test_a_file_of_the_agreed_form_is_none() -> None:
    file = file_seen(FILE, DIALECT)
    assert "malformed" not in file.members
    assert [row["order"] for row in file.rows] == list(ORDERS)
    assert not broken(judge(one_file(FILE), DEFAULT))


SEEN_BY_OTHERS = ("national-numbers", "no-link", "american-dates", "two-digit-years", "iso-dates")


def rows_alone(name: str) -> list[Event]:
    """The same file in the trace of a recorder that tells rows and nothing of their form."""
    trace = one_file(MALFORMED[name][1])
    find(trace, "csv.deposited", "/ALFA/B1.csv")["data"].pop("malformed")
    return trace


@pytest.mark.parametrize("name", SEEN_BY_OTHERS)
def test_a_file_of_another_form_is_one_finding_whoever_recorded_it(name: str) -> None:
    broken_rules = broken(judge(rows_alone(name), DEFAULT))
    rule, _ = MALFORMED[name]
    assert list(broken_rules) == [rule], broken_rules
    assert [finding.subject for finding in broken_rules[rule].findings] == ["B1"]


def test_the_rows_of_a_file_that_are_as_they_should_be_count_beside_those_that_are_not() -> None:
    trace = rows_alone("iso-dates")
    find(trace, "csv.deposited", "/ALFA/B1.csv")["data"]["rows"][1]["date"] = "03/03/2026"
    verdict = ruling(trace, "CSV-3")
    assert (verdict.verdict, verdict.occasions, len(verdict.findings)) == ("FAIL", 2, 1)


@pytest.mark.parametrize("declared", [{"csv_dialect": {"phone_format": "national"}}, None])
def test_national_numbers_are_of_the_form_that_is_declared_or_that_nobody_declared(declared: object) -> None:
    trace = rows_alone("national-numbers")
    if declared:
        find(trace, "trace.observes", "")["data"]["readings"] = declared
    verdict = ruling(trace, "CSV-2", DEFAULT if declared else ANY)
    assert (verdict.verdict, verdict.occasions) == ("PASS", len(ORDERS))


@pytest.mark.parametrize("name", ["commas", "line-feeds", "a-header", "national-numbers", "order-last", "a-fifth-cell"])
def test_the_rows_of_a_malformed_file_are_read_as_a_person_would(name: str) -> None:
    file = file_seen(MALFORMED[name][1], DIALECT)
    assert file.malformed is not None
    assert [(row["order"], row["link"]) for row in file.rows] == [(row.order, row.link) for row in ROWS]
