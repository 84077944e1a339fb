"""CSV: the file, its rows, and when it is deposited. T1's SMS leaves at 10:00, its file comes at 14:45."""

from __future__ import annotations

from tests.judging.one_order.changes import Row, RowUnder, cancel, nothing
from tests.judging.traces import PHONE, Event
from tests.judging.violations import Mutation, add, move, row
from tests.judging.wrong_and_lawful import all_of, tell

DEPOSITED, PATH = "csv.deposited", "/ALFA/T1.csv"


def no_file(events: list[Event]) -> str:
    events[:] = [event for event in events if event["type"] != DEPOSITED]
    return ""


def file(moment: str, *orders: str, path: str = "/ALFA/other.csv", operator: str = "ALFA") -> Mutation:
    rows = [
        {"order": order, "date": "03/03/2026", "link": f"https://va.alfa.example/o{order}", "phone": PHONE}
        for order in orders
    ]
    return add(moment, DEPOSITED, path, operator=operator, path=path, rows=rows)


def at(moment: str) -> Mutation:
    return move(moment, DEPOSITED, PATH)


FILES: list[Row] = [
    ("CSV-1", "T1", nothing, "PASS 1"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path=PATH), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path="/ALFA/t2.csv", operator="BETA"), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path="/BETA/t2.csv", operator="BETA"), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "X9", path="/BETA/t2.csv", operator="BETA"), "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1"), "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 14:45", "T1"), "FAIL 2"),  # one run, two files
    ("CSV-2", "T1", nothing, "PASS 1"),
    ("CSV-2", "T1", file("2026-03-03 15:00", "T1"), "FAIL 2"),
    ("CSV-2", "T1", at("2026-03-03 09:59"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", phone="+393330000000"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", link="va.alfa.example"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", link="https:///x"), "FAIL 1"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 12:00")), "FAIL 1"),
    ("CSV-2", "T1", cancel("T1", "2026-03-03 12:00"), "PASS 2"),
    ("CSV-2", "T1", cancel("T1", "2026-03-03 14:45"), "PASS 1"),  # the row had come
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 10:00")), "FAIL 1"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 09:59:59")), "NOT_EXERCISED 0"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00")), "FAIL 1"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00:00.001")), "NOT_EXERCISED 0"),
    ("CSV-2", "T1", all_of(at("2026-03-03 15:00"), cancel("T1", "2026-03-03 12:00")), "PASS 2"),
    ("CSV-2", "T1", all_of(at("2026-03-03 15:00:00.001"), cancel("T1", "2026-03-03 12:00")), "FAIL 2"),
    ("CSV-3", "T1", nothing, "PASS 1"),
    ("CSV-3", "T1", row("T1", date="04/03/2026"), "FAIL 1"),
    ("CSV-3", "T1", row("T1", date="31/02/2026"), "FAIL 1"),
    ("CSV-3", "T1", row("T1", date="3/3/2026"), "FAIL 1"),
    ("CSV-4", "T1", nothing, "PASS 1"),
    ("CSV-4", "T1", at("2026-03-03 15:00"), "PASS 1"),
    ("CSV-4", "T1", at("2026-03-03 15:00:00.001"), "FAIL 1"),
    ("CSV-4", "T1", no_file, "FAIL 1"),
    ("CSV-4", "T1", all_of(no_file, cancel("T1", "2026-03-03 12:00")), "NOT_EXERCISED 0"),
]
FILES_UNDER: list[RowUnder] = [
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", "X9"), {"csv_file": "per_order"}, "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1"), {"csv_file": "per_order"}, "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 14:45", "T1"), {"csv_file": "per_order"}, "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", "X9"), {"csv_file": "per_run"}, "PASS 2"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 12:00")), {"cancelled_row": "dropped"}, "PASS 1"),
    ("CSV-2", "T1", cancel("T1", "2026-03-03 12:00"), {"cancelled_row": "dropped"}, "FAIL 2"),
    ("CSV-3", "T1", at("2026-03-04 09:00"), {"csv_date": "deposit_day"}, "FAIL 1"),
    ("CSV-3", "T1", at("2026-03-04 09:00"), {"csv_date": "sms_day"}, "PASS 1"),
    (
        "CSV-3",
        "T1",
        all_of(at("2026-03-04 09:00"), row("T1", date="04/03/2026"), tell("2026-03-04 10:00", "T1", "CO")),
        {"csv_date": "deposit_day"},
        "PASS 1",
    ),
]
