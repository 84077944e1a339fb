"""Lawful strangers in their ways: slower where no bound stands, other texts, links, orders of one instant, words."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import sim.recorder
from reference_impl import sms_text
from reference_impl.civil_time import format_instant
from reference_impl.deadlines import deposit_run_at, engagement_sms_at, reminder_at
from reference_impl.errors import UnknownOrder
from reference_impl.life_cycle import effects as fx
from reference_impl.orders import State
from reference_impl.ports import LinkKeys, OrderKey, Subject, WakeUps
from reference_impl.virtual_agent import REFUSALS
from sim.world import Wiring, World
from steps.selftest.changes import Change, Entry, attribute, effects, entry, function, journal
from steps.selftest.systems import LawfulStranger
from steps.selftest.wrong.ways import (
    ENGAGEMENT,
    FIRST,
    HOUR,
    LINE,
    LOST,
    MINUTE,
    SATURDAY,
    SECOND,
    TAKEN,
    causals,
    civil_day,
    instant_of,
    rewritten,
    sms_with,
    wall_clock,
    weekday,
)


@dataclass(frozen=True, slots=True)
class Slow:
    """A port that acts some time later than it is called, unless the order was cancelled meanwhile."""

    world: World
    act: Callable[..., object]
    order_of: Callable[..., object]
    delay_ms: Callable[..., int]

    def __call__(self, *arguments: Any) -> None:
        """Do it later, or now."""
        delay = self.delay_ms(*arguments)
        if delay:
            self.world.at(self.world.now + delay, lambda: self._do(*arguments))
        else:
            self.act(*arguments)

    def _do(self, *arguments: Any) -> None:
        key = self.order_of(*arguments)
        if not isinstance(key, OrderKey):
            return
        with suppress(UnknownOrder):
            if self.world.service.find(key.code, key.operator).state is not State.CANCELLED:
                self.act(*arguments)


@dataclass(frozen=True, slots=True)
class SlowNotifier:
    """A notifier that takes its time."""

    notify: Slow


@dataclass(frozen=True, slots=True)
class SlowJournal:
    """A journal that takes its time."""

    record: Slow


def slow(codes: tuple[str, ...], delay_ms: int) -> Change:
    """These causals, and the suspensions that they open, come later, unless the order was cancelled meanwhile."""

    def rewire(world: World, wiring: Wiring) -> Wiring:
        notify = Slow(
            world, wiring.notifier.notify, lambda notice: notice.key,
            lambda notice: delay_ms if notice.code in codes else 0,
        )  # fmt: skip
        record = Slow(
            world, wiring.journal.record, lambda *entry: entry[2],
            lambda *entry: delay_ms if _follows(codes, entry[1], entry[3]) else 0,
        )  # fmt: skip
        return replace(wiring, notifier=SlowNotifier(notify), journal=SlowJournal(record))

    return Change(rewires=(rewire,))


def _follows(codes: tuple[str, ...], type: str, data: object) -> bool:
    """Whether an event belongs to one of these causals: the suspension it opens, the hand-back after it."""
    if type == "sla.suspended":
        return isinstance(data, dict) and data["code"] in codes
    return type == "order.handed_back" and not set(codes).isdisjoint(LOST)


@dataclass(frozen=True, slots=True)
class LongKeys:
    """Secrets of links in hexadecimal, twice as long, below a path."""

    seed: str

    def issue(self, order: OrderKey, channel: str) -> str:
        """The secret of an order and channel."""
        return "prenota/2/" + sha256(f"{self.seed}/{order.operator}/{order.code}/{channel}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeysInQueries:
    """Secrets of links in the query of an address."""

    seed: str

    def issue(self, order: OrderKey, channel: str) -> str:
        """The secret of an order and channel."""
        secret = sha256(f"{self.seed}/{order.operator}/{order.code}/{channel}".encode()).hexdigest()
        return f"fissa?lingua=it&chiave={secret[:32]}"


@dataclass(frozen=True, slots=True)
class LastFirst:
    """Promises of one instant kept in the reverse order of their orders; those of one order as they were made."""

    wake_ups: WakeUps
    promises_at: dict[int, dict[OrderKey | None, list[tuple[Callable[[Any, int], None], Any]]]]

    def wake_at(self, instant: int, act: Callable[[Subject, int], None], subject: Subject) -> None:
        """Promise a call of `act(subject, instant)`."""
        if instant not in self.promises_at:
            self.promises_at[instant] = {}
            self.wake_ups.wake_at(instant, self._keep, subject)
        self.promises_at[instant].setdefault(getattr(subject, "key", None), []).append((act, subject))

    def _keep(self, subject: object, now: int) -> None:
        for promises in reversed(self.promises_at.pop(now).values()):
            for act, promised in promises:
                act(promised, now)


def engaged(at: Callable[[int, int], int]) -> Change:
    """The engagement SMS is made ready at another instant: `at(trigger, lawful)`, then put into the window."""
    return function(
        engagement_sms_at,
        lambda original: lambda trigger, policy: original(at(trigger, original(trigger, policy)), policy),
    )


def _from_monday(trigger: int, lawful: int) -> int:
    day = civil_day(lawful)
    return instant_of(day + 2, 7 * HOUR) if weekday(day) == SATURDAY else lawful


def _by_seven(trigger: int, lawful: int) -> int:
    day, time_of_day = wall_clock(lawful)
    return lawful if time_of_day <= 19 * HOUR else instant_of(day + 1, 7 * HOUR)


def visits_late(delay_ms: int) -> Change:
    """Technicians come later, and a suspension that ends with the visit ends with it."""

    def delay(entry: Entry) -> int:
        ends_or_visits = entry[1] == "visit.started" or entry[3].get("cause") == "visit"
        return delay_ms if ends_or_visits else 0

    return journal(delay_ms=delay)


def texts(**standard: str) -> Change:
    """Other standard texts."""
    return attribute(sms_text, "STANDARD_TEXTS", lambda original: MappingProxyType({**original, **standard}))


def ordered(rank: Callable[[Any], int]) -> Change:
    """The effects of one instant come in another order, as long as no cause comes after its effect."""
    return effects(lambda order, event, now, done: sorted(done, key=rank))


def _suspends_first(effect: Any) -> int:
    return {fx.SendSms: 0, fx.Suspend: 1, fx.HandBack: 1}.get(type(effect), 2)


def _utc(instant: int, milliseconds: bool = False) -> str:
    written = datetime.fromtimestamp(instant / 1_000, UTC).isoformat(timespec="milliseconds")
    return written.replace("+00:00", "Z")


def _reversed_rows(data: bytes) -> bytes:
    """The rows the other way round; a byte order mark and a header stay where they belong."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    lines = data.removeprefix(mark).splitlines(keepends=True)
    header = [line for line in lines[:1] if b"://" not in line]
    return mark + b"".join([*header, *reversed(lines[len(header) :])])


def keys_of(kind: Callable[[str], LinkKeys]) -> Change:
    """Links whose secrets have another shape."""
    return Change(rewires=(lambda world, wiring: replace(wiring, keys=kind(f"{world.seed}/{world.name}")),))


def _last_first(world: World, wiring: Wiring) -> Wiring:
    return replace(wiring, wake_ups=LastFirst(wiring.wake_ups, {}))


def _finer(instant: int, milliseconds: bool = False) -> str:
    return format_instant(instant, True).replace("+", "000000+")


def _with_a_log(entry: Any) -> Iterable[Any]:
    return entry, ("/internal", "log.written", None, {"level": "info"})


def stranger(name: str, does: str, change: Change) -> LawfulStranger:
    """A system that declares nothing."""
    return LawfulStranger(name, does, change)


EVERY_CAUSAL = (*FIRST, *TAKEN, *LOST)

SHELF = (
    stranger("two-seconds-slower", "everything without a bound comes two seconds later",
             engaged(lambda trigger, lawful: trigger + 2 * SECOND) + slow(EVERY_CAUSAL, 2 * SECOND)),
    stranger("ten-minutes-slower", "causals come ten minutes later", slow(EVERY_CAUSAL, 10 * MINUTE)),
    stranger("booked-causal-at-night", "the booked causal comes half an hour later", slow(TAKEN, 30 * MINUTE)),
    stranger("time-out-in-the-morning", "the causal of the end comes nine hours later", slow(LOST, 9 * HOUR)),
    stranger("technicians-at-ease", "technicians come in the middle of the band",
             visits_late(HOUR)),
    stranger("technicians-at-the-last-instant", "technicians come at the last instant of the band",
             visits_late(2 * HOUR)),
    stranger("engages-ten-minutes-later", "the engagement SMS leaves ten minutes after AC or CO",
             engaged(lambda trigger, lawful: trigger + 10 * MINUTE)),
    stranger("saturdays-off", "no SMS leaves on Saturdays", engaged(_from_monday)),
    stranger("closes-at-seven", "no SMS leaves after 19:00", engaged(_by_seven)),
    stranger("dots-after-the-link", "the standard text ends with a dot right after the link",
             texts(engagement="Gentile cliente, fissi qui il suo appuntamento: {link}.")),
    stranger("link-in-brackets", "the standard text has the link in brackets, and dots before it",
             texts(engagement="Fissi l'appuntamento... ({link}), grazie.")),
    stranger("reminder-without-words", "the standard reminder names neither day nor band",
             texts(reminder="Promemoria: il tecnico sta per arrivare.")),
    stranger("trigger-told-twice", "AC and CO are told twice", causals(LINE, lambda notice: (notice, notice))),
    stranger("longer-links", "links are longer and have a path", keys_of(LongKeys)),
    stranger("links-with-queries", "the secret of a link stands in its query", keys_of(KeysInQueries)),
    stranger("suspension-first", "in one instant the suspension is written before its causal, as is the hand-back",
             ordered(_suspends_first)),
    stranger("times-in-utc", "all times are written in UTC", attribute(sim.recorder, "format_instant", lambda o: _utc)),
    stranger("times-to-the-nanosecond", "all times are written to the nanosecond",
             attribute(sim.recorder, "format_instant", lambda o: _finer)),
    stranger("last-come-first-served", "what is due for several orders in one instant is done in the reverse order",
             Change(rewires=(_last_first,))),
    stranger("labels-shouted", "labels are written in capitals",
             causals(EVERY_CAUSAL, lambda notice: (notice._replace(label=notice.label.upper()),))),
    stranger("national-sms-numbers", "SMS go to numbers without country code",
             sms_with(ENGAGEMENT, to=lambda message: message.to.removeprefix("+39"))),
    stranger("rows-reversed", "the rows of a file are in reverse order", rewritten(_reversed_rows)),
    stranger("chatty", "the trace has events of its own, of a wire of its own", journal(_with_a_log)),
    stranger("reminders-two-days-before", "reminders leave a day earlier, where there is time",
             function(reminder_at, lambda o: lambda start, booked_at, policy: max(
                 booked_at, o(start, booked_at, policy) - 24 * HOUR))),
    stranger("reminders-at-once", "reminders leave a minute after the booking",
             function(reminder_at, lambda o: lambda start, booked_at, policy: min(
                 booked_at + MINUTE, o(start, booked_at, policy)))),
    stranger("files-an-hour-early", "files come an hour before their deadline at the latest",
             function(deposit_run_at, lambda o: lambda sms_at, policy: min(
                 o(sms_at, policy), (sms_at // SECOND + 4 * 3_600) * SECOND))),
    stranger("says-closed", "after the term every act is told that it is closed",
             entry(REFUSALS["confirm"], State.TIMED_OUT, "closed") + entry(
                 REFUSALS["reschedule"], State.TIMED_OUT, "closed") + entry(
                 REFUSALS["decline"], State.TIMED_OUT, "closed")),
)  # fmt: skip
