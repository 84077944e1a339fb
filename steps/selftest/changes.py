"""A named change to the running service or its wires: how a system becomes wrong in one way, or lawful and strange.

What lives here: what a change is, and the few ways of making one. A change is in force inside `in_force()` and undone
after it; changes to wires are given to a world as its `rewire`. Nothing here knows which change is wrong.

The ways, from the outside in:
    sms, notices, files, journal     a filter over what leaves the service at a wire: none, one or several come out
    readings                         the service behaves by another reading than the world declares
    effects                          a filter over the effects that the life cycle wants done
    entry                            one entry of a table (transitions, refusals, labels) is another, or none
    function, attribute              one pure function, one method or constant of `reference_impl` is another
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

from reference_impl.life_cycle.effects import Effects
from reference_impl.life_cycle.transitions import apply
from reference_impl.orders import NO_DETAIL, Detail, Event, Order
from reference_impl.policy import Policy
from reference_impl.ports import Notification, OrderKey, Sms, members_of
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


def attribute(owner: Any, name: str, by: Callable[[Any], Any]) -> Change:
    """An attribute of a class or a module is another one: `by(original)`. Other modules keep their own name for it.

    Of a class it may be a method, which receives `self` first.
    """

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
class Filtered:
    """A port behind a filter, whichever of the four it is: what passes goes on, when it passes."""

    port: Any
    world: World
    passes: Callable[[Any], Iterable[Any]]
    delay_ms: Callable[[Any], int]

    def send(self, sms: Sms) -> None:
        """An SMS for the gateway."""
        self._let_pass(self.port.send, sms)

    def notify(self, notification: Notification) -> None:
        """A notification for the notifier."""
        self._let_pass(self.port.notify, notification)

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """A file for the drop."""
        self._let_pass(lambda file: self.port.deposit(*file), (operator, name, data))
        return name

    def record(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> object:
        """An event for the journal, of the wires that have no endpoint of their own."""
        self._let_pass(lambda event: self.port.record(*event), (source, type, subject, members_of(data)))
        return None

    def _let_pass(self, act: Callable[[Any], None], message: Any) -> None:
        for passing in self.passes(message):
            delay_ms = self.delay_ms(passing)
            if delay_ms:
                self.world.at(self.world.now + delay_ms, partial(act, passing))
            else:
                act(passing)


def _as_it_is(message: Any) -> Iterable[Any]:
    return (message,)


def _at_once(message: Any) -> int:
    return 0


def sms(passes: Callable[[Sms], Iterable[Sms]] = _as_it_is, delay_ms: Callable[[Sms], int] = _at_once) -> Change:
    """What becomes of each SMS on its way to the gateway."""
    return _wire("sms", passes, delay_ms)


def notices(
    passes: Callable[[Notification], Iterable[Notification]] = _as_it_is,
    delay_ms: Callable[[Notification], int] = _at_once,
) -> Change:
    """What becomes of each notification on its way to the operator."""
    return _wire("notifier", passes, delay_ms)


def files(passes: Callable[[File], Iterable[File]] = _as_it_is, delay_ms: Callable[[File], int] = _at_once) -> Change:
    """What becomes of each file on its way to the SFTP site."""
    return _wire("drop", passes, delay_ms)


def journal(
    passes: Callable[[Entry], Iterable[Entry]] = _as_it_is, delay_ms: Callable[[Entry], int] = _at_once
) -> Change:
    """What becomes of each event at a wire without an endpoint: intake, agent, field, telephone, SLA."""
    return _wire("journal", passes, delay_ms)


def _wire(port: str, passes: Callable[..., Iterable[Any]], delay_ms: Callable[..., int]) -> Change:
    def rewire(world: World, wiring: Wiring) -> Wiring:
        filtered = Filtered(getattr(wiring, port), world, passes, delay_ms)
        return replace(wiring, **{port: filtered})  # type: ignore[arg-type]

    return Change(rewires=(rewire,))
