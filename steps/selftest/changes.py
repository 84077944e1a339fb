"""A named change to the running service or its wires: how a system becomes wrong in one way, or lawful and strange.

What lives here: what a change is, and the few ways of making one. A change is in force inside `in_force()` and undone
after it; changes to wires are given to a world as its `rewire`. Nothing here knows which change is wrong.

The ways, from the outside in:
    sms, notices, files, journal     a filter over what leaves the service at a wire: none, one or several come out
    readings                         the service behaves by another reading than the world declares
    effects                          a filter over the effects that the life cycle wants done
    entry                            one entry of a table (transitions, refusals, labels) is another, or none
    function, method, constant       one pure function, one method, one constant of `reference_impl` is another
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from reference_impl.life_cycle.effects import Effects
from reference_impl.life_cycle.transitions import apply
from reference_impl.orders import NO_DETAIL, Detail, Event, Order
from reference_impl.policy import Policy
from reference_impl.ports import (
    FileDrop,
    Journal,
    Notification,
    OperatorNotifier,
    OrderKey,
    Sms,
    SmsGateway,
    members_of,
)
from reference_impl.slot_agenda import SlotAgenda
from sim.world import Rewire, Wiring, World
from steps.selftest.open_site import OpenSite
from steps.selftest.patience import limited

Patch = Callable[[], AbstractContextManager[None]]
File = tuple[str, str, bytes]  # operator, name, content
Entry = tuple[str, str, OrderKey | str | None, Mapping[str, object]]  # source, type, subject, data
PATCHED_ROOMS = ("reference_impl", "sim.operators")
COMPUTING_ROOMS = (*PATCHED_ROOMS, "steps.selftest.exploration")
GONE = object()  # the entry that a table has lost


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed: patches for the time of a run, and wires of every world in it. Changes add up."""

    patches: tuple[Patch, ...] = ()
    rewires: tuple[Rewire, ...] = ()

    def __add__(self, other: Change) -> Change:
        return Change(self.patches + other.patches, self.rewires + other.rewires)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Have the patches in force; whatever was computed before or under them is forgotten."""
        with ExitStack() as stack:
            stack.callback(forget_computed)
            forget_computed()
            for patch in self.patches:
                stack.enter_context(patch())
            yield

    def rewire(self, world: World, wiring: Wiring) -> Wiring:
        """The wires of one world, whose events are limited: an open site, and the changed wires."""
        world.drop = OpenSite(world.recorder, world.policy.csv_dialect)
        wiring = limited(world, replace(wiring, drop=world.drop))
        for rewire in self.rewires:
            wiring = rewire(world, wiring)
        return wiring


NOTHING = Change()


def forget_computed() -> None:
    """Empty every cache of the service: what a changed function computed must not outlive it, nor the reverse."""
    for module in _rooms(COMPUTING_ROOMS):
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _rooms(names: tuple[str, ...] = PATCHED_ROOMS) -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith(names)]


# --- patches --------------------------------------------------------------------------------------------------------


def function(original: Any, by: Callable[[Any], Any]) -> Change:
    """A function is another one wherever it is imported: `by(original)`."""

    @contextmanager
    def patch() -> Iterator[None]:
        changed = by(original)
        places = [(room, name) for room in _rooms() for name, value in list(vars(room).items()) if value is original]
        for room, name in places:
            setattr(room, name, changed)
        try:
            yield
        finally:
            for room, name in places:
                setattr(room, name, original)

    return Change((patch,))


def method(owner: type, name: str, by: Callable[[Any], Any]) -> Change:
    """A method of a class is another one: `by(original)`, which receives `self` first."""
    return constant(owner, name, by)


def constant(owner: Any, name: str, by: Callable[[Any], Any]) -> Change:
    """An attribute of a class or a module is another one: `by(original)`. Other modules keep their own name for it."""

    @contextmanager
    def patch() -> Iterator[None]:
        original = owner.__dict__[name]
        setattr(owner, name, by(original))
        try:
            yield
        finally:
            setattr(owner, name, original)

    return Change((patch,))


def entry(table: Mapping[Any, Any], key: object, value: object) -> Change:
    """One entry of a table is another one, or `GONE`; afterwards the table is what it was, in its order."""
    assert isinstance(table, MutableMapping)

    @contextmanager
    def patch() -> Iterator[None]:
        original = dict(table)
        if value is GONE:
            table.pop(key, None)
        else:
            table[key] = value
        try:
            yield
        finally:
            table.clear()
            table.update(original)

    return Change((patch,))


EffectFilter = Callable[[Order, Event, int, Effects], Iterable[Any]]


def effects(change: EffectFilter) -> Change:
    """The life cycle wants other effects: `change(order, event, now, effects)`; the order has its new state by then."""

    def by(original: Callable[..., Effects]) -> Callable[..., Effects]:
        def changed(order: Order, event: Event, now: int, policy: Policy, detail: Detail = NO_DETAIL) -> Effects:
            return tuple(change(order, event, now, original(order, event, now, policy, detail)))

        return changed

    return function(apply, by)


# --- wires ----------------------------------------------------------------------------------------------------------


def readings(**values: object) -> Change:
    """The service behaves by these readings, whatever the world declares."""

    def rewire(world: World, wiring: Wiring) -> Wiring:
        policy = replace(wiring.policy, **{name: getattr(Policy.from_readings(values), name) for name in values})
        return replace(wiring, policy=policy, agenda=SlotAgenda(policy, world.territories))

    return Change(rewires=(rewire,))


@dataclass(frozen=True, slots=True)
class FilteredSms:
    """A gateway behind a filter."""

    gateway: SmsGateway
    world: World
    passes: Callable[[Sms], Iterable[Sms]]
    delay_ms: Callable[[Sms], int]

    def send(self, sms: Sms) -> None:
        """Send what passes, when it passes."""
        for message in self.passes(sms):
            _later(self.world, self.delay_ms(message), self.gateway.send, message)


@dataclass(frozen=True, slots=True)
class FilteredNotices:
    """A notifier behind a filter."""

    notifier: OperatorNotifier
    world: World
    passes: Callable[[Notification], Iterable[Notification]]
    delay_ms: Callable[[Notification], int]

    def notify(self, notification: Notification) -> None:
        """Deliver what passes, when it passes."""
        for notice in self.passes(notification):
            _later(self.world, self.delay_ms(notice), self.notifier.notify, notice)


@dataclass(frozen=True, slots=True)
class FilteredFiles:
    """A file drop behind a filter."""

    drop: FileDrop
    world: World
    passes: Callable[[File], Iterable[File]]
    delay_ms: Callable[[File], int]

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Deposit what passes, when it passes."""
        for file in self.passes((operator, name, data)):
            _later(self.world, self.delay_ms(file), self.drop.deposit, *file)
        return name


@dataclass(frozen=True, slots=True)
class FilteredJournal:
    """A journal behind a filter: for the wires that have no endpoint of their own."""

    journal: Journal
    world: World
    passes: Callable[[Entry], Iterable[Entry]]
    delay_ms: Callable[[Entry], int]

    def record(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> object:
        """Record what passes, when it passes."""
        for kept in self.passes((source, type, subject, members_of(data))):
            _later(self.world, self.delay_ms(kept), self.journal.record, *kept)
        return None


def _later(world: World, delay_ms: int, act: Callable[..., object], *what: Any) -> None:
    if delay_ms:
        world.at(world.now + delay_ms, lambda: _do(act, *what))
    else:
        act(*what)


def _do(act: Callable[..., object], *what: Any) -> None:
    act(*what)


def _as_it_is(thing: Any) -> Iterable[Any]:
    return (thing,)


def _at_once(thing: Any) -> int:
    return 0


def sms(passes: Callable[[Sms], Iterable[Sms]] = _as_it_is, delay_ms: Callable[[Sms], int] = _at_once) -> Change:
    """What becomes of each SMS on its way to the gateway."""
    return _wire("sms", FilteredSms, passes, delay_ms)


def notices(
    passes: Callable[[Notification], Iterable[Notification]] = _as_it_is,
    delay_ms: Callable[[Notification], int] = _at_once,
) -> Change:
    """What becomes of each notification on its way to the operator."""
    return _wire("notifier", FilteredNotices, passes, delay_ms)


def files(passes: Callable[[File], Iterable[File]] = _as_it_is, delay_ms: Callable[[File], int] = _at_once) -> Change:
    """What becomes of each file on its way to the SFTP site."""
    return _wire("drop", FilteredFiles, passes, delay_ms)


def journal(
    passes: Callable[[Entry], Iterable[Entry]] = _as_it_is, delay_ms: Callable[[Entry], int] = _at_once
) -> Change:
    """What becomes of each event at a wire without an endpoint: intake, agent, field, telephone, SLA."""
    return _wire("journal", FilteredJournal, passes, delay_ms)


def _wire(port: str, kind: Callable[..., object], passes: Callable[..., object], delay_ms: object) -> Change:
    def rewire(world: World, wiring: Wiring) -> Wiring:
        return replace(wiring, **{port: kind(getattr(wiring, port), world, passes, delay_ms)})  # type: ignore[arg-type]

    return Change(rewires=(rewire,))
