"""The ports of the service in a capacity run: they count, and work out how long messages wait.

Queues are first come, first served, and service times are known. So a queue is arithmetic: a message starts at the
later of now and the instant at which a server is free. Whole events are kept of sampled orders only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from heapq import heapreplace
from typing import Any

from reference_impl.civil_time import wall_clock
from reference_impl.deadlines import WINDOW_CLOSES
from reference_impl.formats.csv_file import read_rows
from reference_impl.policy import CsvDialect
from reference_impl.ports import Notification, OrderKey, Slot, Sms, members_of
from sim.agenda import Agenda
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.tally import HourlyCount, Tally, Wait
from sim.capacity.engine.workload import LATENCIES
from sim.capacity.scenario.scenario import Scenario
from sim.doubles import notification_members, path_on_site, sms_members
from sim.file_seen import row_members
from sim.recorder import Recorder

MICROSECONDS = 1_000
DAYS_APART = 7_919  # a prime: the sampled places of one day are not those of the next
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
OrdersUnderWay = Mapping[OrderKey, OrderUnderWay]


class Sampled:
    """The orders whose whole life is kept for the judge, and what was seen of them."""

    def __init__(self, recorder: Recorder, capacity_of: Callable[[OrderKey, Slot], tuple[str, int]]) -> None:
        self.orders: set[OrderKey] = set()
        self._rows_owed: set[OrderKey] = set()
        self._ended: set[OrderKey] = set()
        self.record = recorder.record
        self.events = recorder.events
        self._capacity_of = capacity_of
        self._published: set[tuple[str, int]] = set()

    def see(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> None:
        """Keep an event; the capacity of a slot is published before the first appointment in it (INV-6)."""
        slot = members_of(data).get("slot")
        if isinstance(subject, OrderKey) and isinstance(slot, Slot):
            territory, capacity = self._capacity_of(subject, slot)
            if (territory, slot.start) not in self._published:
                self._published.add((territory, slot.start))
                published = {"territory": territory, "capacity": capacity, "slot": slot}
                self.record("/agent", "slots.published", None, published)
        self.record(source, type, subject, data)

    def owe_row(self, key: OrderKey) -> None:
        """The engagement SMS of an order has left: its row is owed, also after the order has ended (CSV-2)."""
        self._rows_owed.add(key)

    def rows_deposited(self, keys: Iterable[OrderKey]) -> None:
        """The rows of these orders are in a file; those that have ended are forgotten."""
        for key in keys:
            self._rows_owed.discard(key)
            if key in self._ended:
                self._ended.discard(key)
                self.orders.discard(key)

    def end(self, key: OrderKey) -> None:
        """An order has ended: it is forgotten once its row is deposited."""
        if key in self._rows_owed:
            self._ended.add(key)
        else:
            self.orders.discard(key)


class CountingGateway:
    """An SMS gateway that sends so many a second. The service hands over at once; the customer gets it as it leaves."""

    def __init__(self, tally: Tally, per_second: float, agenda: Agenda, sampled: Sampled) -> None:
        self._tally, self._agenda, self._sampled = tally, agenda, sampled
        self._interval_us = round(1_000_000 / per_second)
        self._free_at_us = 0
        self.deliver: Callable[[OrderKey, str, int], None] | None = None  # order, link and when it arrives

    def send(self, sms: Sms) -> None:
        """Count the message, find when it leaves and tell the customer's side."""
        order, operator, kind, _, _, _, link, _ = sms
        key = OrderKey(operator, order)
        now, tally = self._agenda.now, self._tally
        sent_at = self.leaves_at(key, kind, now)
        delay = sent_at - now
        tally.row[HourlyCount.ENGAGEMENT_SMS if kind == "engagement" else HourlyCount.REMINDERS] += 1
        tally.sms(now, sent_at)
        tally.waited(Wait.SMS, delay)
        tally.sms_delay_ms += delay
        if delay:
            self._note_delay(now, sent_at)
        if key in self._sampled.orders:
            self._sampled.record("/sms", "sms.sent", key, sms_members(sms))
            if kind == "engagement":
                self._sampled.owe_row(key)
        if link is not None and self.deliver is not None:
            self.deliver(key, link, sent_at)

    def leaves_at(self, key: OrderKey, kind: str, now: int) -> int:
        """The instant (ms) at which an SMS leaves that is handed over at `now`: first come, first sent."""
        now_us, free_at_us = now * MICROSECONDS, self._free_at_us
        start_us = now_us if now_us > free_at_us else free_at_us  # faster than max(), here and below
        self._free_at_us = start_us + self._interval_us
        return start_us // MICROSECONDS

    def _note_delay(self, now: int, sent_at: int) -> None:
        """SMS-4 bounds the hand-over; what leaves the gateway after the window is counted, for the planner to see."""
        tally = self._tally
        if tally.is_measuring:
            tally.largest_sms_delay_ms = max(tally.largest_sms_delay_ms, sent_at - now)
            (day, _), (sent_day, sent_time) = wall_clock(now), wall_clock(sent_at)
            tally.sms_after_window += sent_day > day or sent_time > WINDOW_CLOSES


class CountingDrop:
    """The SFTP site: counts files and rows, and shows each row to the operator's side."""

    def __init__(self, tally: Tally, dialect: CsvDialect, sampled: Sampled) -> None:
        self._tally, self._dialect, self._sampled = tally, dialect, sampled
        self._line_end = LINE_ENDS[dialect.line_end]
        self.deliver: Callable[[str, list[list[str]]], None] | None = None

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Count a file and its rows, tell the operator's side, and return its path on the site (CSV-1)."""
        path = path_on_site(operator, self.name_of(operator, name, data))
        lines = data.decode(self._dialect.encoding).split(self._line_end)[self._dialect.header : -1]
        row = self._tally.row
        row[HourlyCount.DEPOSITS] += 1
        row[HourlyCount.ROWS] += len(lines)
        self._tally.peak(HourlyCount.LARGEST_DEPOSIT, len(lines))
        cells = [line.split(self._dialect.separator) for line in lines]
        sampled = self._sampled.orders
        seen = [line for line, row in zip(lines, cells, strict=True) if OrderKey(operator, row[0]) in sampled]
        self._record(operator, path, seen)
        if self.deliver is not None:
            self.deliver(operator, cells)
        return path

    def name_of(self, operator: str, name: str, data: bytes) -> str:
        """The name of the file."""
        return name

    def _record(self, operator: str, path: str, lines: list[str]) -> None:
        """The deposit as the trace shows it, with the rows of the sampled orders."""
        if lines:
            plain = CsvDialect(self._dialect.separator, False, "utf-8", "lf", self._dialect.phone_format)
            rows = [row_members(row) for row in read_rows("".join(line + "\n" for line in lines).encode(), plain)]
            self._sampled.record("/sftp", "csv.deposited", path, {"operator": operator, "path": path, "rows": rows})
            self._sampled.rows_deposited(OrderKey(operator, row["order"]) for row in rows)


class CountingNotifier:
    """The operators' endpoints together: so many at once, each for as long as the order's own draw says."""

    def __init__(
        self, tally: Tally, concurrency: int, latency_ms: int | None, orders_under_way: OrdersUnderWay, sampled: Sampled
    ) -> None:
        self._tally, self._latency_ms, self._under_way, self._sampled = tally, latency_ms, orders_under_way, sampled
        self._free_at = [0] * concurrency  # a heap
        self._starts: deque[int] = deque()
        self._second = self._in_second = 0

    def notify(self, notification: Notification) -> None:
        """Count a notification, and the milliseconds that it waits for a free connection."""
        order, operator, _, _, now, _, _ = notification
        key = OrderKey(operator, order)
        tally = self._tally
        tally.row[HourlyCount.NOTIFICATIONS] += 1
        if now // 1000 == self._second:
            self._in_second += 1
        else:
            self._second, self._in_second = now // 1000, 1
        tally.peak(HourlyCount.NOTIFICATIONS_IN_A_SECOND, self._in_second)
        latency = self._latency_ms
        if latency is None:
            latency = self._drawn_latency(key)
        start = self._free_at[0]
        if start <= now:
            start = now
        else:
            self._queue(now, start)
        heapreplace(self._free_at, start + latency)
        tally.waited(Wait.NOTIFICATION, start - now)
        if key in self._sampled.orders:
            self._sampled.record("/notifications", "notification.sent", key, notification_members(notification))

    def _drawn_latency(self, key: OrderKey) -> int:
        under_way = self._under_way[key]
        under_way.notices += 1
        return under_way.day.latency_ms[under_way.index * len(LATENCIES) + under_way.notices % len(LATENCIES)]

    def _queue(self, now: int, start: int) -> None:
        """Count how many wait now, and how long."""
        tally, starts = self._tally, self._starts
        tally.notification_wait_ms += start - now
        while starts and starts[0] <= now:
            starts.popleft()
        starts.append(start)
        tally.peak(HourlyCount.NOTIFICATIONS_WAITING, len(starts))


class CountingJournal:
    """What happens at the wires without an endpoint: each type has at most one counter."""

    def __init__(self, sampled: Sampled, counters: Mapping[str, Callable[[OrderKey, Any], None]]) -> None:
        self._sampled, self._counters = sampled, counters

    def record(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> None:
        """Keep the event if its order is sampled, and count it."""
        if not isinstance(subject, OrderKey):
            if type == "operator.registered":
                self._sampled.see(source, type, subject, data)
            return
        if subject in self._sampled.orders:
            self._sampled.see(source, type, subject, data)
        counter = self._counters.get(type)
        if counter is not None:
            counter(subject, data)


class PlainLinkKeys:
    """Links that nobody has to guess: in a capacity run a link is the order's operator, its code and its channel.

    A code that is made has a form of its own, so it cannot be read as a part of the operator's name. A code of a file
    can: the order A-1 of X and the order 1 of X-A would have the same link, where both operators have one domain.
    """

    def __init__(self, codes_are_given: bool) -> None:
        self._apart = "_" if codes_are_given else "-"

    def issue(self, order: OrderKey, channel: str) -> str:
        """The part of the link after the host."""
        return f"{order[0]}{self._apart}{order[1]}-{channel}"


def sampled_every(scenario: Scenario, expected: float) -> int:
    """One order in how many is sampled for the judge, where so many are expected; 0 where none is."""
    return max(1, round(expected / scenario.sampled_orders)) if scenario.sampled_orders else 0


def is_sampled(day: int, index: int, every: int) -> bool:
    """Whether an order is sampled: one in `every`, spread over days and places."""
    return every > 0 and (day * DAYS_APART + index) % every == 0
