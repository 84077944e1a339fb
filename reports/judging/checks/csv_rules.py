"""CSV: the file on the SFTP site, its rows, its deadline, its links.

What lives here: the checkers of CSV-1..5. A row belongs to the engagement SMS of the same rank of its order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from reports.facts import OPERATOR, UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, Moment, described, event_ids
from reports.judging.checker_register import event_checker, order_checker
from reports.judging.checks.endings import CANCELLATIONS, still_serves
from reports.judging.events import Event
from reports.judging.hosts import is_active
from reports.judging.judge_calendar import Holidays, deposit_deadline
from reports.judging.phones import has_country_code, same_number
from reports.judging.readings import Readings
from reports.judging.row_forms import DATE, LINK, NATIONAL, Row, date_of
from reports.judging.worlds import problem_of_form
from reports.rome_time import Instant, day_of
from reports.words.messages import Words, say


@event_checker("CSV-1", "csv.deposited")
def a_new_file(moment: Moment, readings: Readings) -> Iterator[Judged]:
    deposit, files = moment.event, moment.files
    path, operator = deposit.data["path"], deposit.data["operator"]
    earlier, owner = files.same_path(deposit), files.same_directory(deposit)
    strangers = [row["order"] for row in deposit.data["rows"] if _is_foreign(moment, row["order"])]
    if earlier is not None:
        yield _file_broken(say("csv.new_file"), say("csv.again", path=path), deposit, earlier)
    elif owner is not None and owner.data["operator"] != operator:
        yield _file_broken(say("csv.own_directory"), say("csv.shared", path=path), deposit, owner)
    elif strangers:
        yield _file_broken(say("csv.own_orders"), say("csv.foreign_order", order=strangers[0]), deposit)
    else:
        yield _one_run(deposit, files.same_run(deposit), readings)


def _one_run(deposit: Event, run: Event | None, readings: Readings) -> Judged:
    several_rows = len(deposit.data["rows"]) > 1
    if several_rows and readings["csv_file"] == "per_order":
        return _file_broken(say("csv.file_per_order"), say("csv.rows", count=len(deposit.data["rows"])), deposit)
    if run is not None and readings["csv_file"] == "per_run":
        return _file_broken(say("csv.file_per_run"), say("csv.same_run", path=deposit.data["path"]), deposit, run)
    return Judged("PASS", deposit.data["path"], "", (deposit.id,))


def _is_foreign(moment: Moment, code: str) -> bool:
    """Whether only others than the operator of a file had handed in an order of that code, as far as all was seen."""
    deposit, world, is_anothers = moment.event, moment.world, False
    for order in world.owners.owners_of(code):
        if order.received_at is not None and order.received_at <= deposit.at:
            if order.operator == deposit.data["operator"]:
                return False
            is_anothers = True
    return is_anothers and world.observation.seen_since_ever(["/intake"], deposit.at)


def _file_broken(expected: Words, observed: Words, *evidence: Event) -> Judged:
    return Judged("FAIL", evidence[0].data["path"], "", event_ids(evidence), expected, observed)


@order_checker("CSV-2")
def row_per_sms(case: Case, readings: Readings) -> Iterator[Judged]:
    sent = case.order.engagements
    for rank, (deposit, row) in enumerate(case.order.rows):
        problem = problem_of_form(deposit)
        if problem and problem.get("field") != "date":  # CSV-3
            if row is deposit.data["first_row"][0]:  # one finding for the file, not one for each row
                yield case.broken(say("csv.form"), _told(problem), deposit)
        elif rank >= len(sent) or sent[rank].index > deposit.index:
            earlier = case.order.deposits[:rank]
            yield case.broken(say("csv.row_per_sms"), say("csv.row_without", rank=rank + 1), deposit, *earlier)
        elif not same_number(row["phone"], sent[rank].data["to"]):
            expected = say("csv.phone_of_sms", phone=sent[rank].data["to"])
            yield case.broken(expected, say("csv.phone", phone=row["phone"]), deposit, sent[rank])
        elif not is_active(row["link"]):
            if _is_first(deposit, row, LINK):
                yield case.broken(say("csv.active_link"), say("link.quoted", link=row["link"]), deposit, sent[rank])
        elif readings.phone_format() == "e164" and not has_country_code(row["phone"]):
            if _is_first(deposit, row, NATIONAL):
                observed = say("csv.phone", phone=row["phone"])
                yield case.broken(say("csv.country_code"), observed, deposit, sent[rank])
        else:
            yield case.kept(deposit)
    if stop := case.order.first("order.cancelled"):
        yield from _rows_of_cancelled(case, stop, readings)


def _rows_of_cancelled(case: Case, stop: Event, readings: Readings) -> Iterator[Judged]:
    """CSV-2: an SMS that left before the cancellation, its row not yet deposited then: still owed, or dropped."""
    rows = case.order.deposits
    for rank, sms in enumerate(case.order.engagements):
        latest = max(
            deposit_deadline(sms.at, "calendar_day", "yes", "none"),
            deposit_deadline(sms.at, "operating_day", "no", _holidays_after(sms, readings)),
        )
        in_time = [deposit for deposit in rows[rank : rank + 1] if deposit.at <= latest]
        if not sms.at <= stop.at <= latest or any(deposit.at <= stop.at for deposit in in_time):
            continue
        if _may_be_unreadable(case, sms, latest) or (not in_time and case.until <= latest):
            continue
        owed = readings["cancelled_row"] == "owed"
        expected = say("csv.row_owed") if owed else say("csv.row_dropped")
        observed = described(in_time[0]) if in_time else say("csv.none")
        yield case.kept_if(bool(in_time) == owed, expected, observed, sms, stop, *in_time)


def _may_be_unreadable(case: Case, sms: Event, deadline: Instant) -> bool:
    """Whether the row of an SMS may be among those of a file that cannot be read (CSV-2)."""
    files = [file for file in case.world.malformed if file.index > sms.index]
    return any(file.data["operator"] == case.order.operator and file.at <= deadline for file in files)


@order_checker("CSV-3", past=False)
def a_real_date(case: Case, readings: Readings) -> Iterator[Judged]:
    for rank, (deposit, row) in enumerate(case.order.rows):
        sent = case.order.engagements[: rank + 1]
        written = date_of(row)
        if written is None and _is_first(deposit, row, DATE):
            yield case.broken(say("csv.real_date"), say("csv.date_quoted", date=row["date"]), deposit)
        if written is None or not sent:
            continue
        sms_day, deposit_day = day_of(sent[-1].at), day_of(deposit.at)
        expected = sms_day
        if sms_day != deposit_day and readings["csv_date"] == "deposit_day":
            expected = deposit_day
        if written == expected:
            yield case.kept(deposit)
        else:
            due, observed = say("csv.date", date=f"{expected:%d/%m/%Y}"), say("csv.date", date=row["date"])
            yield case.broken(due, observed, deposit, sent[-1])


def _told(problem: Mapping[str, object]) -> Words:
    return say(
        "csv.malformed", line=problem.get("line"), field=problem.get("field"), problem=str(problem.get("message"))
    )


def _is_first(deposit: Event, row: Row, fault: str) -> bool:
    """Whether the row is the first of its file with that fault: one finding for the file, not one for each row."""
    return deposit.data["first_rows"].get(fault) is row


@order_checker("CSV-4", on=["sms.sent"])
def five_operating_hours(case: Case, readings: Readings) -> Iterator[Judged]:
    for rank, sms in enumerate(case.order.engagements):
        deadline = deposit_deadline(sms.at, "calendar_day", "yes", "none")
        rows = case.order.rows
        deposit = rows[rank][0] if rank < len(rows) else None
        reached = deposit.at if deposit else case.until
        if reached > deadline and readings["csv_rollover"] == "operating_day":
            holidays = _holidays_after(sms, readings)
            deadline = deposit_deadline(sms.at, "operating_day", readings["sms_on_holidays"], holidays)
        if deposit is None:
            yield from _no_row(case, sms, deadline, readings)
        elif deposit.index < sms.index:
            yield case.broken(say("csv.after_sms"), described(deposit), sms, deposit, deadline=sms.at, at=deposit.at)
        elif deposit.at <= deadline:
            yield case.kept(sms)
        else:
            expected = say("csv.by", at=deadline)
            yield case.broken(expected, described(deposit), sms, deposit, deadline=deadline, at=deposit.at)


def _holidays_after(sms: Event, readings: Readings) -> Holidays:
    """The holidays that may lie between an SMS and its row."""
    return readings.holidays(day_of(sms.at), day_of(sms.at) + timedelta(days=7))


def _no_row(case: Case, sms: Event, deadline: Instant, readings: Readings) -> Iterator[Judged]:
    if _may_be_unreadable(case, sms, deadline):
        return
    stop = case.order.first("order.cancelled")
    if stop is not None and stop.at <= deadline:
        return  # CSV-2 judges it by its reading; a refusal or a hand-back takes no row away
    expected = say("csv.by", at=deadline)
    if case.until <= deadline:
        yield case.pending(expected, sms, deadline=deadline)
    else:
        none = case.broken(expected, say("csv.no_row", at=case.until), sms, deadline=deadline)
        owed = readings.declared("cancelled_row") == "owed"
        yield none if owed else case.if_seen(CANCELLATIONS, deadline, none)


@order_checker("CSV-5")
def link_works(case: Case, readings: Readings) -> Iterator[Judged]:
    for deposit, row in case.order.rows:
        given_link = case.world.owners.given_link(row["link"])
        if given_link is None or given_link.row_order is None or given_link.deposit is None:
            continue
        if (given_link.row_order.code, given_link.row_order.operator) != (case.order.code, deposit.data["operator"]):
            expected, observed = say("csv.own_link"), say("link.of_order", order=given_link.row_order.code)
            yield case.broken(expected, observed, deposit, given_link.deposit)
    acts = case.order.acts if case.order.code else []  # a link of no order: OP-4
    for act in acts:
        if foreign := _row_of_another(case, act):
            yield case.broken(say("csv.link_of_row"), described(act), act, foreign)
            continue
        rows = [(deposit, row) for deposit, row in case.order.rows if deposit.index < act.index]
        if not rows or not _by_row_link(case, act, rows):
            continue
        unknown = act.type == "agent.rejected" and act.data["reason"] == UNKNOWN_LINK
        if unknown and not still_serves(case, act, readings):
            continue
        if unknown:
            dead = case.broken(say("csv.link_works"), described(act), act, rows[-1][0])
            yield case.if_seen(CANCELLATIONS, act.at, dead)
        else:
            yield case.kept(act)


def _row_of_another(case: Case, act: Event) -> Event | None:
    """The file in which the link of an act was given for other orders only."""
    link = act.data.get("link")
    given_link = case.world.owners.given_link(link) if link else None
    if given_link is None:  # nearly always
        return None
    return None if any(row["link"] == link for _, row in case.order.rows) else given_link.deposit


def _by_row_link(case: Case, act: Event, rows: Sequence[tuple[Event, Row]]) -> bool:
    """Whether an act came through the link of a row: the operator's, or one that the customer was never given."""
    link = act.data.get("link")
    if act.data["channel"] != OPERATOR and link in {None, *(sms.data.get("link") for sms in case.order.engagements)}:
        return False
    return link is None or link in [row["link"] for _, row in rows]
