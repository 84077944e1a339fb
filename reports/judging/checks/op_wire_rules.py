"""OP: how an operator's system treats what comes over its wires. Judged only where the operator is under test.

What lives here: the checkers of OP-3 (files), OP-9 (notifications that are not genuine), OP-10 (rows of files), OP-11
(limits).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename

from reports.facts import AGENT_EVENTS, ENDING_CODES, OPERATOR
from reports.judging.checker_interface import Case, Judged, described, event_ids
from reports.judging.checker_register import order_checker, world_checker
from reports.judging.checks.op_rules import acts_of_operator, was_not_reached
from reports.judging.events import Event
from reports.judging.order_owners import KnownOrder
from reports.judging.order_story import OrderStory
from reports.judging.readings import Readings
from reports.judging.worlds import World
from reports.rome_time import Instant
from reports.words.messages import Words, say

TEMPORARY_ENDS = (".tmp", ".part", ".filepart", ".partial", ".temp", "~")
FORGED, REPLAYED = "forged", "replayed"
MISLEADING = ENDING_CODES  # who believes them does nothing more about the order
ENDS = ("appointment.confirmed", "appointment.declined", "order.cancelled", "order.handed_back")
PROBE = "notification.probed"
TOUCHES = tuple(dict.fromkeys((PROBE, *ENDS, *AGENT_EVENTS)))


@world_checker("OP-3", keeps=["csv.deposited", "csv.fetched", "csv.missed"])
def fetches_in_time(world: World, readings: Readings) -> Iterator[Judged]:
    deposits = {deposit.data["path"]: deposit for deposit in reversed(world.of("csv.deposited"))}  # the first of a name
    fetches: dict[str, Event] = {}
    yield from _missed(world, deposits)
    for fetch in world.of("csv.fetched"):
        path = fetch.data["path"]
        fetches.setdefault(path, fetch)
        if path not in deposits and basename(path).lower().endswith(TEMPORARY_ENDS):
            yield Judged("FAIL", path, "", event_ids((fetch,)), say("op.temporary_name"), described(fetch))
    for path, deposit in deposits.items():
        yield from _fetched(world, deposit, fetches.get(path), readings)


def _missed(world: World, deposits: Mapping[str, Event]) -> Iterator[Judged]:
    """Names that were asked for in vain, each once: temporary ones are wrong; others, if never deposited, strange."""
    misses = {miss.data["path"]: miss for miss in reversed(world.of("csv.missed"))}
    for path, miss in misses.items():
        if basename(path).lower().endswith(TEMPORARY_ENDS):
            yield Judged("FAIL", path, "", event_ids((miss,)), say("op.temporary_name"), described(miss))
        elif path not in deposits:
            yield Judged("WARNING", path, "", event_ids((miss,)), say("op.listed_name"), described(miss))


def _fetched(world: World, deposit: Event, fetch: Event | None, readings: Readings) -> Iterator[Judged]:
    operator = deposit.data["operator"]
    orders = [world.owners.find(operator, row["order"]) for row in deposit.data["rows"]]
    engaged = [order for order in orders if order is not None and _was_engaged(order, deposit.at)]
    ends = [end for order in engaged if (end := readings.term_end(order)) is not None]
    path, limit = deposit.data["path"], max(ends, default=None)
    if limit is None:
        if fetch is not None:
            yield Judged("PASS", path, "", event_ids((deposit, fetch)))
        return
    expected = say("op.fetched_before", at=limit)
    if fetch is not None and fetch.at < limit:
        yield Judged("PASS", path, "", event_ids((deposit, fetch)))
    elif fetch is not None:
        offset = fetch.at - limit
        yield Judged("FAIL", path, "", event_ids((deposit, fetch)), expected, described(fetch), limit, offset)
    elif world.until >= limit:  # at the limit it is too late
        yield Judged("FAIL", path, "", event_ids((deposit,)), expected, say("op.not_fetched"), limit)
    else:
        yield Judged("PENDING", path, "", event_ids((deposit,)), expected, say("op.not_fetched_yet"), limit)


def _was_engaged(order: KnownOrder, at: Instant) -> bool:
    return order.engaged_at is not None and order.engaged_at <= at


@order_checker("OP-9", on=[PROBE], keeps=["csv.fetched", "csv.deposited", *TOUCHES])
def turns_away_what_is_not_genuine(case: Case, readings: Readings) -> Iterator[Judged]:
    for probe in case.order.of(PROBE):
        kind, status = probe.data["kind"], probe.data["status"]
        effect = next((act for act in acts_of_operator(case) if _is_effect(act, probe)), None)
        if was_not_reached(probe):
            yield case.unknown(say("op.not_2xx"), probe.data["reason"], probe)
        elif kind == FORGED and 200 <= status < 300:
            yield case.broken(say("op.not_2xx"), _answer(case, probe, effect, readings), probe, *filter(None, [effect]))
        elif effect is not None:
            yield case.broken(say("op.no_effect", kind=kind), described(effect), probe, effect)
        else:
            yield _believed(case, probe, readings)


def _answer(case: Case, probe: Event, effect: Event | None, readings: Readings) -> Words:
    """What a forged notification was answered, and whether it was believed: 2xx alone may be a way to drop it."""
    status, code = probe.data["status"], probe.data["code"]
    if effect is None and _believed(case, probe, readings).verdict == "FAIL":
        return say("op.status_then_nothing", status=status, code=code)
    return say("op.status", status=status)


def _is_effect(act: Event, probe: Event) -> bool:
    """An act while the probe was under way, or at its very instant: the clock stood still for it."""
    return act.id in probe.data.get("meanwhile", ()) or (act.index > probe.index and act.at == probe.at)


def _believed(case: Case, probe: Event, readings: Readings) -> Judged:
    """Of the rows that were due by then, it left alone no other than that of the order that it was falsely told about.

    Nothing else tells belief from a notification that is dropped: one who books for some orders only believed nothing.
    """
    kind, code, end = probe.data["kind"], probe.data["code"], readings.term_end(case.order)
    if kind == REPLAYED or code not in MISLEADING or end is None or not _row_was_read(case.world, case.order, end):
        return case.kept(probe)
    if case.order.before(probe, *ENDS) or _is_settled(case.order, end) or not _books(case.world, case.order.operator):
        return case.kept(probe)
    if any(act.index > probe.index and act.at < end for act in acts_of_operator(case)):
        return case.kept(probe)
    if case.until < end:
        return case.pending(say("op.no_effect", kind=kind), probe, deadline=end)
    if _leaves_others_alone(case.world, case.order.operator, end, readings):
        return case.kept(probe)
    return case.broken(say("op.no_effect", kind=kind), say("op.row_dropped", code=code, at=end), probe, deadline=end)


def _leaves_others_alone(world: World, operator: str, end: Instant, readings: Readings) -> bool:
    """Whether by then it let the term of another order pass whose row it had read, though told nothing false of it.

    Terms that end later do not count: what failed an operator fails it to the end.
    """
    read, touched = _first_reads(world, operator), _first_touches(world)
    for order in world.owners:
        term = readings.term_end(order) if order.operator == operator and order.code in read else None
        if term is not None and term <= end and read[order.code] < term <= touched.get(order.number, term):
            return True
    return False


def _first_reads(world: World, operator: str) -> dict[str, Instant]:
    """When the operator first fetched a file with a row of an order, by the order's code."""
    codes: dict[str, list[str]] = {}
    for deposit in world.of("csv.deposited"):
        if deposit.data["operator"] == operator:
            codes.setdefault(deposit.data["path"], []).extend(row["order"] for row in deposit.data["rows"])
    read: dict[str, Instant] = {}
    for fetch in world.of("csv.fetched"):
        for code in codes.get(fetch.data["path"], ()):
            read.setdefault(code, fetch.at)
    return read


def _first_touches(world: World) -> dict[int, Instant]:
    """From when on an order, by its number, was not left alone: an act of the operator, an end. A probe spoils all."""
    touched: dict[int, Instant] = {}
    for kind in TOUCHES:
        for event in world.of(kind):
            order = world.order_of(event)
            if order is not None and (kind not in AGENT_EVENTS or kind in ENDS or event.data["channel"] == OPERATOR):
                at = 0 if kind == PROBE else event.at
                touched[order.number] = min(at, touched.get(order.number, at))
    return touched


@order_checker("OP-10", whole=True, keeps=["csv.fetched", "appointment.confirmed"])
def acts_on_every_row(case: Case, readings: Readings) -> Iterator[Judged]:
    end = readings.term_end(case.order)
    if end is None:
        return
    for deposit in case.order.deposits:
        if _row_was_read(case.world, case.order, end, deposit):
            yield from _row(case, deposit, end)


def _row(case: Case, deposit: Event, end: Instant) -> Iterator[Judged]:
    """PASS once something was done about it; a WARNING if nothing ever was, by one who books for others."""
    world, order = case.world, case.order
    if any(act.index > deposit.index for act in acts_of_operator(case)):
        yield case.kept(deposit)
    elif _is_settled(order, end) or order.of(PROBE) or not _books(world, order.operator):
        return
    elif world.until >= end:
        observed = say("op.row_unused", at=end)
        evidence = event_ids((deposit,))
        yield Judged("WARNING", order.name, order.service, evidence, say("op.each_row"), observed, end)


def _row_was_read(world: World, order: OrderStory, end: Instant, deposit: Event | None = None) -> bool:
    """Whether the file with the row of an order was fetched while its link was of use."""
    paths = {holder.data["path"] for holder, _ in order.rows} if deposit is None else {deposit.data["path"]}
    return any(fetch.data["path"] in paths and fetch.at < end for fetch in world.of("csv.fetched"))


def _is_settled(order: OrderStory, end: Instant) -> bool:
    """Whether somebody fixed, refused or ended the order before the term was over: then nothing was left to do."""
    return any(event.at < end for event in order.of_any(*ENDS))


def _books(world: World, operator: str) -> bool:
    """Whether the operator books for its customers at all."""
    bookings = world.of("appointment.confirmed")
    return any(act.data["channel"] == OPERATOR and act.data.get("operator", operator) == operator for act in bookings)


@world_checker("OP-11", keeps=["request.limited"])
def keeps_to_limits(world: World, readings: Readings) -> Iterator[Judged]:
    first_limits: dict[str, Event] = {}
    for limit in world.of("request.limited"):
        operator, seconds = limit.data["operator"], limit.data["retry_after_seconds"]
        since_ms = limit.data.get("since_told_ms")
        first_limit = first_limits.get(operator)
        if since_ms is None or first_limit is None:
            if first_limit is not None:
                yield Judged("PASS", operator, "", event_ids((first_limit,)))
            first_limits[operator] = limit
        elif since_ms < seconds * 1000:
            observed = say("op.asked_again", seconds=f"{since_ms / 1000:.15g}")
            evidence = event_ids((first_limit, limit))
            yield Judged("FAIL", operator, "", evidence, say("op.waits", seconds=seconds), observed)
            del first_limits[operator]
    for operator, limit in first_limits.items():
        yield Judged("PASS", operator, "", event_ids((limit,)))
