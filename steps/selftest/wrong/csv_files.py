"""Wrong systems that break CSV: the file on the SFTP site, its rows, its deadline, its links."""

from __future__ import annotations

from reference_impl.deadlines import csv_deadline, deposit_run_at
from reference_impl.life_cycle.effects import QueueRow
from reference_impl.links import OPERATOR
from steps.selftest.changes import Change, effects, files, function, readings
from steps.selftest.systems import wrong
from steps.selftest.wrong.engagement import link_of, unknown_bearer
from steps.selftest.wrong.ways import (
    HOUR,
    SECOND,
    cells,
    civil_day,
    instant_of,
    rewritten,
    wall_clock,
)


def deposited(at: object) -> Change:
    """A row is deposited at another instant: `at(sms_at, policy, lawful)`."""
    return function(
        deposit_run_at,
        lambda original: lambda sms_at, policy: at(sms_at, policy, original(sms_at, policy)),  # type: ignore[operator]
    )


def _at_twenty(sms_at: int) -> int:
    day, time_of_day = wall_clock(sms_at)
    return instant_of(day + (time_of_day >= 20 * HOUR), 20 * HOUR)


SHELF = (
    wrong("CSV-1", "one-name", "every file of an operator has the same name, and the new one is in its place",
          files(lambda file: ((file[0], f"APPDIG_{file[0]}.csv", file[2]),))),
    wrong("CSV-1", "one-name-a-day", "the files of a day have the same name",
          files(lambda file: ((file[0], file[1][:-10] + ".csv", file[2]),))),
    wrong("CSV-1", "one-directory", "the files of all operators are in one directory",
          files(lambda file: (("ALFA", file[1], file[2]),))),
    wrong("CSV-1", "deposited-twice", "every file is deposited twice", files(lambda file: (file, file))),

    wrong("CSV-2", "rows-twice", "every row is there twice", rewritten(lambda data: data + data)),
    wrong("CSV-2", "number-masked", "the last three digits of the number are zeros",
          cells(lambda row: [*row[:3], row[3][:-3] + "000"])),
    wrong("CSV-2", "no-link", "the link is empty", cells(lambda row: [*row[:2], "", *row[3:]])),
    wrong("CSV-2", "cells-swapped", "link and number are swapped",
          cells(lambda row: [row[0], row[1], row[3], row[2]])),
    wrong("CSV-2", "no-number", "rows have three cells", cells(lambda row: row[:3])),
    wrong("CSV-2", "commas", "cells are parted by commas", rewritten(lambda data: data.replace(b";", b","))),
    wrong("CSV-2", "a-header", "a header stands above the rows",
          rewritten(lambda data: b"codice_ordine;data;link;telefono\r\n" + data)),
    wrong("CSV-2", "line-feeds", "lines end with a line feed alone", rewritten(lambda data: data.replace(b"\r", b""))),
    wrong("CSV-2", "national-numbers", "numbers have no country code",
          rewritten(lambda data: data.replace(b";+39", b";"))),
    wrong("CSV-2", "rows-of-nobody", "every file has a row of an order without an SMS",
          rewritten(lambda data: data + b"MAI-VISTO" + data[data.index(b";"):data.index(b"\n") + 1])),

    wrong("CSV-3", "american-dates", "dates are month first",
          cells(lambda row: [row[0], "/".join((row[1][3:5], row[1][:2], row[1][6:])), *row[2:]])),
    wrong("CSV-3", "two-digit-years", "years have two digits",
          cells(lambda row: [row[0], row[1][:6] + row[1][8:], *row[2:]])),
    wrong("CSV-3", "iso-dates", "dates are year first",
          cells(lambda row: [row[0], "-".join(reversed(row[1].split("/"))), *row[2:]])),
    wrong("CSV-3", "deposit-days", "the date is the day of the deposit", readings(csv_date="deposit_day")),
    wrong("CSV-3", "first-of-the-month", "the date is the first of the month",
          cells(lambda row: [row[0], "01" + row[1][2:], *row[2:]])),

    wrong("CSV-4", "a-second-late", "files come a second after the deadline",
          deposited(lambda sms_at, policy, lawful: csv_deadline(sms_at, policy) // SECOND * SECOND + SECOND)),
    wrong("CSV-4", "six-hours", "files come six operating hours after the SMS, in the morning",
          deposited(lambda sms_at, policy, lawful: lawful + HOUR if wall_clock(sms_at)[1] < 9 * HOUR else lawful)),
    wrong("CSV-4", "once-a-day", "files come once a day, at 20:00",
          deposited(lambda sms_at, policy, lawful: _at_twenty(sms_at))),
    wrong("CSV-4", "no-file-on-sundays", "rows of Saturday evenings come on Monday",
          readings(csv_rollover="operating_day")),
    wrong("CSV-4", "three-o-clock-is-late", "an SMS at 15:00 sharp is put off to the next day",
          deposited(lambda sms_at, policy, lawful: lawful if wall_clock(sms_at)[1] != 15 * HOUR
                    else instant_of(civil_day(sms_at) + 1, 7 * HOUR))),
    wrong("CSV-4", "elapsed-hours", "the closed night is taken as eleven hours, in March too",
          deposited(lambda sms_at, policy, lawful: (
              lawful if civil_day(lawful) == civil_day(sms_at) else sms_at // SECOND * SECOND + 16 * HOUR))),
    wrong("CSV-4", "slu-forgotten", "SLU orders are never in a file",
          effects(lambda order, event, now, done: [
              effect for effect in done if not isinstance(effect, QueueRow) or order.work.service != "SLU"])),

    wrong("CSV-5", "row-links-dead", "the links of the file open nothing", link_of(OPERATOR, lambda link: link + "0")),
    wrong("CSV-5", "row-links-die", "the links of the file open nothing once the customer has booked",
          unknown_bearer(lambda order, party: party == OPERATOR and order.slot is not None)),
    wrong("CSV-5", "row-links-of-others", "all rows of a file have the link of the first",
          rewritten(lambda data: b"".join(
              b";".join([*line.split(b";")[:2], data.split(b";")[2], *line.split(b";")[3:]])
              for line in data.splitlines(keepends=True)))),
)  # fmt: skip
