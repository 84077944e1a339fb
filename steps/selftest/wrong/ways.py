"""Words that the shelves of wrong systems share: which SMS, which causal, which day, and small changes of one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from reference_impl.civil_time import DAY, HOUR, MINUTE, SECOND, civil_day, day_of, instant_of, wall_clock, weekday
from reference_impl.deadlines import WINDOW_OPENS, engagement_sms_at, in_window
from reference_impl.life_cycle import effects as fx
from reference_impl.orders import Order
from reference_impl.policy import Policy
from reference_impl.ports import Notification, Sms
from reference_impl.virtual_agent import VirtualAgent
from steps.selftest.changes import Change, Entry, attribute, effects, files, function, journal, notices, sms

__all__ = ["DAY", "HOUR", "MINUTE", "SECOND", "civil_day", "instant_of", "wall_clock", "weekday"]

FIRST, TAKEN, LOST, LINE = ("W08", "Z18"), ("W09", "PA"), ("W24", "Z36"), ("AC", "CO")
COPPER = ("ULL", "SLU")
ENGAGEMENT, REMINDER = "engagement", "reminder"
SATURDAY, SUNDAY = 5, 6


# --- SMS ------------------------------------------------------------------------------------------------------------


def sms_each(kind: str, become: Callable[[Sms], Iterable[Sms]]) -> Change:
    """Every SMS of a kind becomes none, one or several."""
    return sms(lambda message: become(message) if message.kind == kind else (message,))


def sms_with(kind: str, **members: Callable[[Sms], Any]) -> Change:
    """Every SMS of a kind has these members, made from it."""
    return sms_each(kind, lambda message: (message._replace(**{name: of(message) for name, of in members.items()}),))


def late_sms(kind: str, delay_ms: int) -> Change:
    """Every SMS of a kind leaves late."""
    return sms(delay_ms=lambda message: delay_ms if message.kind == kind else 0)


def at_once(trigger: int) -> int:
    """When an SMS leaves that looks at no day: now, or when the window of the day opens or opened."""
    day, time_of_day = wall_clock(trigger)
    return trigger if time_of_day >= WINDOW_OPENS else instant_of(day, WINDOW_OPENS)


def engages_on(is_day: Callable[[int], bool]) -> Change:
    """The engagement SMS of a trigger on such a day leaves on that day, in the window."""

    def by(original: Callable[[int, Policy], int]) -> Callable[[int, Policy], int]:
        def changed(trigger: int, policy: Policy) -> int:
            lawful = original(trigger, policy)
            same_day = at_once(trigger)
            return same_day if is_day(civil_day(trigger)) and in_window(wall_clock(same_day)[1], policy) else lawful

        return changed

    return function(engagement_sms_at, by)


def day(year: int, month: int, of_month: int) -> int:
    """A day number."""
    return day_of(date(year, month, of_month))


# --- notifications --------------------------------------------------------------------------------------------------


def causals(codes: tuple[str, ...], become: Callable[[Notification], Iterable[Notification]]) -> Change:
    """Every notification with one of these causals becomes none, one or several."""
    return notices(lambda notice: become(notice) if notice.code in codes else (notice,))


def no_causals(codes: tuple[str, ...]) -> Change:
    """These causals are never sent."""
    return causals(codes, lambda notice: ())


def late_causals(codes: tuple[str, ...], delay_ms: int) -> Change:
    """These causals are sent late."""
    return notices(delay_ms=lambda notice: delay_ms if notice.code in codes else 0)


def other_code(old: str, new: str) -> Change:
    """One causal is sent instead of another."""
    return causals((old,), lambda notice: (notice._replace(code=new),))


# --- files ----------------------------------------------------------------------------------------------------------


def rewritten(become: Callable[[bytes], bytes]) -> Change:
    """Every file has other bytes."""
    return files(lambda file: ((file[0], file[1], become(file[2])),))


def cells(become: Callable[[list[str]], list[str]]) -> Change:
    """Every row has other cells."""

    def rewrite(data: bytes) -> bytes:
        rows = (become(line.split(";")) for line in data.decode().splitlines())
        return "".join(";".join(row) + "\r\n" for row in rows).encode()

    return rewritten(rewrite)


# --- effects and events ---------------------------------------------------------------------------------------------


def also(applies: Callable[[Order, Any], bool], *further_effects: Any) -> Change:
    """Further effects after those of an event, where `applies(order, event)`."""
    return effects(lambda order, event, now, done: (*done, *further_effects) if applies(order, event) else done)


def without(kind: type, applies: Callable[[Order], bool] = lambda order: True) -> Change:
    """Effects of one kind are not done."""
    return effects(
        lambda order, event, now, done: [effect for effect in done if not (isinstance(effect, kind) and applies(order))]
    )


def waking(event: Any, instant_of_wake_up: Callable[[Order, int], int]) -> Change:
    """A wake-up comes at another instant: `instant_of_wake_up(order, instant)`."""
    field = {"visit": "visit_at", "term_end": "term_end_at", "remind": "remind_at"}[str(event)]

    def moved(order: Order, effect: Any) -> Any:
        if not isinstance(effect, fx.WakeAt) or effect.event != event:
            return effect
        setattr(order, field, instant_of_wake_up(order, effect.instant))
        return fx.WakeAt(event, instant_of_wake_up(order, effect.instant))

    return effects(lambda order, happened, now, done: [moved(order, effect) for effect in done])


def recorded(type: str, become: Callable[[Entry], Iterable[Entry]]) -> Change:
    """Every event of a type, at a wire without an endpoint, becomes none, one or several."""
    return journal(lambda entry: become(entry) if entry[1] == type else (entry,))


def recorded_late(type: str, delay_ms: int) -> Change:
    """Events of a type happen late."""
    return journal(delay_ms=lambda entry: delay_ms if entry[1] == type else 0)


# --- the Virtual Agent ----------------------------------------------------------------------------------------------


def denies(act: str, reason: str, applies: Callable[..., bool]) -> Change:
    """The agent refuses an act that it ought to let happen, where `applies(order, party, slot, now)`."""

    def by(original: Callable[..., Any]) -> Callable[..., Any]:
        def changed(self: VirtualAgent, link: str, *arguments: Any) -> Any:
            slot, now, channel = arguments if act != "decline" else (None, *arguments)
            order, party = self._enter(link, act, channel, now)
            self._reject_if(order, party, act, slot, reason if applies(order, party, slot, now) else None)
            return original(self, link, *arguments)

        return changed

    return attribute(VirtualAgent, act, by)
