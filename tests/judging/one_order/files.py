"""CSV: the file, its rows, and when it is deposited. T1's SMS leaves at 10:00, its file comes at 14:45."""

from __future__ import annotations

from tests.judging.changes import (
    Mutation,
    add,
    all_of,
    change,
    engaged_on,
    move,
    refused,
    row,
    sms,
    tell,
    unchanged,
    without,
)
from tests.judging.one_order.changes import Row, RowUnder, cancel, ends_at
from tests.judging.traces import PHONE, Event

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


def deposited_at(moment: str) -> Mutation:
    return move(moment, DEPOSITED, PATH)


def seen_from_the_start(*wires: str) -> Mutation:
    """What the recording says that it sees, before anything happens."""
    return all_of(change("trace.observes", "", sources=list(wires)), move("2026-03-01 00:00", "trace.observes", ""))


def linked(moment: str, order: str, link: str) -> Mutation:
    """A file that gives an order this link."""
    rows = [{"order": order, "date": "03/03/2026", "link": link, "phone": PHONE}]
    return add(moment, DEPOSITED, "/ALFA/given.csv", operator="ALFA", path="/ALFA/given.csv", rows=rows)


def handed_in(moment: str, order: str, operator: str) -> Mutation:
    members = {"service": "VULA_FTTH", "line_state": "LNA", "project_code": f"PRJ-{operator}", "phone": PHONE}
    return add(
        moment, "order.received", order, operator=operator, **members, disaggregated=False, pdc_disaggregated=False
    )


def unreadable(moment: str, *rows: tuple[str, str], operator: str = "ALFA", field: str = "date") -> Mutation:
    """A file with an error of form; of each row that can be read, the order and its date."""
    path = f"/{operator}/odd.csv"
    cells = [
        {"order": order, "date": date, "link": f"https://va.alfa.example/o{order}", "phone": PHONE}
        for order, date in rows
    ]
    problem = {"line": 2, "field": field, "message": "odd"}
    return add(moment, DEPOSITED, path, operator=operator, path=path, rows=cells, malformed=problem)


def engaged_again(moment: str, order: str = "T1") -> Mutation:
    """One more engagement SMS."""
    return sms(moment, order, "engagement")


def turned_away(moment: str, reason: str, channel: str = "operator", /, act: str = "open", **data: str) -> Mutation:
    return refused(moment, "T1", act, reason, channel=channel, **data)


OF_F1 = "https://va.alfa.example/oF1"

CANCELLED_AT_NOON = cancel("T1", "2026-03-03 12:00")
CANCELLED_WITHOUT_FILE = all_of(no_file, CANCELLED_AT_NOON)
FILE_OF_F1 = file("2026-03-03 15:00", "F1")

FILES: list[Row] = [
    ("CSV-1", "T1", unchanged, "PASS 1"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path=PATH), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path="/ALFA/t2.csv", operator="BETA"), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", path="/BETA/t2.csv", operator="BETA"), "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "X9", path="/BETA/t2.csv", operator="BETA"), "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1"), "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 14:45", "T1"), "FAIL 2"),  # one run, two files
    ("CSV-1", "T1", FILE_OF_F1, "PASS 2"),
    ("CSV-1", "T1", all_of(handed_in("2026-03-03 15:00", "F1", "BETA"), FILE_OF_F1), "FAIL 2"),
    ("CSV-1", "T1", all_of(handed_in("2026-03-03 15:00:00.001", "F1", "BETA"), FILE_OF_F1), "PASS 2"),
    (
        "CSV-1",
        "T1",
        all_of(handed_in("2026-03-03 14:00", "F1", "BETA"), FILE_OF_F1, seen_from_the_start("/sftp")),
        "PASS 2",
    ),
    (
        "CSV-1",
        "T1",
        all_of(handed_in("2026-03-03 14:00", "F1", "BETA"), FILE_OF_F1, seen_from_the_start("/sftp", "/intake")),
        "FAIL 2",
    ),
    ("CSV-2", "T1", unchanged, "PASS 1"),
    ("CSV-2", "T1", all_of(no_file, unreadable("2026-03-03 14:45", ("T1", "x"))), "PASS 1"),
    ("CSV-2", "T1", all_of(no_file, unreadable("2026-03-03 14:45", ("T1", "x"), field="phone")), "FAIL 1"),
    (
        "CSV-2",
        "T1",
        all_of(no_file, unreadable("2026-03-03 14:45", ("F1", "x"), ("T1", "x"), field="phone")),
        "FAIL 1: F1 csv",
    ),
    (
        "CSV-2",
        "T1",
        all_of(
            no_file, engaged_again("2026-03-04 10:00"), cancel("T1", "2026-03-04 12:00"), file("2026-03-03 11:00", "T1")
        ),
        "FAIL 2: csv.row_owed csv.none by ['sms.sent', 'order.cancelled']",
    ),
    (
        "CSV-2",
        "T1",
        all_of(
            no_file, unreadable("2026-03-03 14:45"), engaged_again("2026-03-03 14:50"), cancel("T1", "2026-03-03 14:55")
        ),
        "FAIL 1",
    ),
    ("CSV-2", "T1", all_of(no_file, CANCELLED_AT_NOON, ends_at("2026-03-03 15:00")), "NOT_EXERCISED 0"),
    ("CSV-2", "T1", all_of(no_file, CANCELLED_AT_NOON, ends_at("2026-03-03 15:00:00.001")), "FAIL 1"),
    (
        "CSV-2",
        "T1",
        all_of(
            engaged_on("2026-03-07 18:00"),
            deposited_at("2026-03-09 09:00"),
            without("notification.sent", "T1", code="W24"),
            cancel("T1", "2026-03-08 12:00"),
        ),
        "PASS 2",
    ),  # five hours over a Sunday
    ("CSV-2", "T1", file("2026-03-03 15:00", "T1"), "FAIL 2"),
    ("CSV-2", "T1", deposited_at("2026-03-03 09:59"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", phone="+393330000000"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", link="va.alfa.example"), "FAIL 1"),
    ("CSV-2", "T1", row("T1", link="https:///x"), "FAIL 1"),
    ("CSV-2", "T1", CANCELLED_WITHOUT_FILE, "FAIL 1"),
    ("CSV-2", "T1", CANCELLED_AT_NOON, "PASS 2"),
    ("CSV-2", "T1", cancel("T1", "2026-03-03 14:45"), "PASS 1"),  # the row had come
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 10:00")), "FAIL 1"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 09:59:59")), "NOT_EXERCISED 0"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00")), "FAIL 1"),
    ("CSV-2", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00:00.001")), "NOT_EXERCISED 0"),
    ("CSV-2", "T1", all_of(deposited_at("2026-03-03 15:00"), CANCELLED_AT_NOON), "PASS 2"),
    ("CSV-2", "T1", all_of(deposited_at("2026-03-03 15:00:00.001"), CANCELLED_AT_NOON), "FAIL 2"),
    ("CSV-3", "T1", unchanged, "PASS 1"),
    ("CSV-3", "T1", row("T1", date="04/03/2026"), "FAIL 1"),
    ("CSV-3", "T1", row("T1", date="31/02/2026"), "FAIL 1"),
    ("CSV-3", "T1", row("T1", date="3/3/2026"), "FAIL 1"),
    ("CSV-3", "T1", engaged_again("2026-03-04 10:00"), "PASS 1"),
    ("CSV-3", "T1", without("sms.sent", "T1"), "NOT_EXERCISED 0"),
    ("CSV-3", "T1", all_of(row("T1", date="31/02/2026"), file("2026-03-03 15:00", "T1")), "FAIL 2"),
    ("CSV-3", "T1", all_of(no_file, unreadable("2026-03-03 14:45", ("F1", "x"), ("T1", "y"))), "FAIL 1: F1 csv"),
    (
        "CSV-3",
        "T1",
        all_of(no_file, unreadable("2026-03-03 14:45", ("F1", "x"), ("T1", "y"), ("T1", "04/03/2026"))),
        "FAIL 2",
    ),
    ("CSV-3", "T1", all_of(no_file, unreadable("2026-03-03 14:45", ("F1", ""), ("T1", "y"))), "FAIL 1"),
    ("CSV-4", "T1", unchanged, "PASS 1"),
    ("CSV-4", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00")), "NOT_EXERCISED 0"),
    ("CSV-4", "T1", all_of(no_file, cancel("T1", "2026-03-03 15:00:00.001")), "FAIL 1"),
    ("CSV-4", "T1", all_of(no_file, ends_at("2026-03-03 15:00")), "INCONCLUSIVE 0"),
    ("CSV-4", "T1", all_of(no_file, ends_at("2026-03-03 15:00:00.001")), "FAIL 1"),
    ("CSV-4", "T1", all_of(no_file, unreadable("2026-03-03 15:00")), "NOT_EXERCISED 0"),
    ("CSV-4", "T1", all_of(no_file, unreadable("2026-03-03 15:00:00.001")), "FAIL 1"),
    ("CSV-4", "T1", all_of(no_file, unreadable("2026-03-03 14:00", operator="BETA")), "FAIL 1"),
    ("CSV-4", "T1", all_of(no_file, unreadable("2026-03-03 09:59")), "FAIL 1"),
    ("CSV-4", "T1", deposited_at("2026-03-03 15:00"), "PASS 1"),
    ("CSV-4", "T1", deposited_at("2026-03-03 15:00:00.001"), "FAIL 1"),
    ("CSV-4", "T1", no_file, "FAIL 1"),
    ("CSV-4", "T1", CANCELLED_WITHOUT_FILE, "NOT_EXERCISED 0"),
    ("CSV-5", "T1", unchanged, "NOT_EXERCISED 0"),
    ("CSV-5", "T1", all_of(file("2026-03-03 14:50", "F1"), linked("2026-03-03 15:00", "T1", OF_F1)), "FAIL 1"),
    (
        "CSV-5",
        "T1",
        all_of(
            file("2026-03-03 14:50", "F1"),
            turned_away("2026-03-03 16:00", "closed", act="confirm", link=OF_F1),
            turned_away("2026-03-03 16:30", "unknown_link"),
        ),
        "FAIL 2",
    ),
    (
        "CSV-5",
        "T1",
        all_of(
            sms("2026-03-03 15:30", "F1", "engagement", link="https://va.alfa.example/cT1"),
            turned_away("2026-03-03 16:00", "closed", act="confirm", link="https://va.alfa.example/cT1"),
        ),
        "PASS 1",
    ),  # LINK-4's matter
    ("CSV-5", "T1", turned_away("2026-03-03 16:00", "unknown_link"), "FAIL 1"),
    ("CSV-5", "T1", turned_away("2026-03-03 16:00", "unknown_link", "customer"), "NOT_EXERCISED 0"),  # LINK-4's matter
    ("CSV-5", "T1", turned_away("2026-03-03 14:00", "unknown_link"), "NOT_EXERCISED 0"),
    (
        "CSV-5",
        "T1",
        all_of(
            turned_away("2026-03-07 10:00", "unknown_link"), turned_away("2026-03-07 11:00", "closed", act="confirm")
        ),
        "PASS 1",
    ),
    (
        "CSV-5",
        "T1",
        all_of(turned_away("2026-03-03 14:00", "unknown_link"), turned_away("2026-03-03 16:00", "unknown_link")),
        "FAIL 1",
    ),
    (
        "CSV-5",
        "T1",
        all_of(
            row("T1", link="https://va.alfa.example/sT1"),
            turned_away("2026-03-03 16:00", "unknown_link", "customer", link="https://va.alfa.example/sT1"),
        ),
        "NOT_EXERCISED 0",
    ),
    (
        "CSV-5",
        "T1",
        turned_away("2026-03-03 16:00", "unknown_link", "customer", link="https://va.alfa.example/cT1"),
        "FAIL 1",
    ),
]
OVER_SUNDAY = all_of(engaged_on("2026-03-07 18:00"), deposited_at("2026-03-09 09:00"))
FILES_UNDER: list[RowUnder] = [
    ("CSV-4", "T1", OVER_SUNDAY, {"csv_rollover": "calendar_day"}, "FAIL 1"),
    ("CSV-4", "T1", OVER_SUNDAY, {"csv_rollover": "operating_day"}, "PASS 1"),
    ("CSV-2", "T1", CANCELLED_AT_NOON, {"cancelled_row": "dropped"}, "FAIL 2: csv.row_dropped event by"),
    (
        "CSV-2",
        "T1",
        row("T1", phone="3331234567"),
        {"csv_dialect": {"phone_format": "e164"}},
        "FAIL 1: csv.country_code csv.phone by",
    ),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", "X9"), {"csv_file": "per_order"}, "FAIL 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1"), {"csv_file": "per_order"}, "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 14:45", "T1"), {"csv_file": "per_order"}, "PASS 2"),
    ("CSV-1", "T1", file("2026-03-03 15:00", "T1", "X9"), {"csv_file": "per_run"}, "PASS 2"),
    ("CSV-2", "T1", CANCELLED_WITHOUT_FILE, {"cancelled_row": "dropped"}, "PASS 1"),
    ("CSV-3", "T1", deposited_at("2026-03-04 09:00"), {"csv_date": "deposit_day"}, "FAIL 1"),
    ("CSV-3", "T1", deposited_at("2026-03-04 09:00"), {"csv_date": "sms_day"}, "PASS 1"),
    (
        "CSV-3",
        "T1",
        all_of(deposited_at("2026-03-04 09:00"), row("T1", date="04/03/2026"), tell("2026-03-04 10:00", "T1", "CO")),
        {"csv_date": "deposit_day"},
        "PASS 1",
    ),
]
OVER_EASTER = all_of(engaged_on("2026-04-04 18:00"), deposited_at("2026-04-07 09:00"))
FILES_UNDECLARED: list[Row] = [("CSV-4", "T1", OVER_EASTER, "AMBIGUOUS 1")]
