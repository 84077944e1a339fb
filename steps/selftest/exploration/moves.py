"""What can happen next: acts of both parties, line events, cancellations, and the instants worth standing at.

A bound is an instant at which a rule turns: the window opens or closes, a file or a causal is due, the term ends, the
eve strikes 18:00, a slot begins. The parties act one millisecond before it, at it before and after what is due then,
and one millisecond after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from reference_impl.civil_time import DAY, civil_day, format_instant, instant_of
from reference_impl.deadlines import CUTOFF, WINDOW_CLOSES, WINDOW_OPENS
from reference_impl.life_cycle.transitions import AWAITED_IN, ENDS
from reference_impl.links import CHANNELS, SHARED
from reference_impl.orders import Order, State
from reference_impl.ports import Slot
from reference_impl.services import TRIGGERS
from steps.selftest.exploration.copied_world import CopiedWorld
from steps.selftest.exploration.scenes import Scene

BEFORE_ITS_SMS = (State.WAITING, State.ENGAGING, State.UNREACHABLE)
NO_LINK = "https://agente.alfa.example/nobody"


class Move(NamedTuple):
    """One step of a sequence. `act` is `wait` for a step in time, with its instant and whether what is due is done."""

    act: str
    order: str = ""
    channel: str = ""
    slot: Slot | None = None
    instant: int = 0
    rung: bool = True
    code: str = ""

    def __str__(self) -> str:
        if self.act == "wait":
            return f"wait until {format_instant(self.instant, True)}{'' if self.rung else ', before what is due then'}"
        if self.act in {"line", "cancel"}:
            return f"{self.act} {self.code} {self.order}".replace("  ", " ")
        slot = f" {format_instant(self.slot.start)}" if self.slot else ""
        return f"{self.channel} {self.act} {self.order}{slot}"


def acts(world: CopiedWorld, scene: Scene) -> Iterator[Move]:
    """Every act that a party, the network or the operator's systems can try now, allowed or not."""
    links = world.links()
    for order in world.orders:
        for code in TRIGGERS:
            yield Move("line", order.code, code=code)
        yield Move("cancel", order.code)
        for channel in CHANNELS:
            if (order.code, channel) not in links and (order.code, SHARED) not in links:
                continue
            yield Move("open", order.code, channel)
            yield Move("decline", order.code, channel)
            for slot in (*scene.slots, scene.off_the_grid):
                yield Move("confirm", order.code, channel, slot)
                yield Move("reschedule", order.code, channel, slot)
    yield Move("open", "", CHANNELS[0])


def perform(world: CopiedWorld, move: Move) -> None:
    """Let one step happen. Raises what the service raises."""
    if move.act == "wait":
        (world.run_until if move.rung else world.stand_at)(move.instant)
    elif move.act == "line":
        world.report_line(move.order, move.code)
    elif move.act == "cancel":
        world.cancel_order(move.order)
    else:
        _through_a_link(world, move)


def _through_a_link(world: CopiedWorld, move: Move) -> None:
    links = world.links()
    link = links.get((move.order, move.channel)) or links.get((move.order, SHARED), NO_LINK)
    act = getattr(world.agent, move.act)
    if move.slot is None:
        act(link, move.channel)
    else:
        act(link, move.slot, move.channel)


def bounds(world: CopiedWorld, scene: Scene) -> frozenset[int]:
    """The instants to come at which something turns for an order of this world."""
    now = world.now
    instants = {instant for order in world.orders for instant in _bounds_of(order, world, scene)}
    instants |= {run for run, _ in world.rows_due()}
    return frozenset(instant for instant in instants if instant >= now)


def _bounds_of(order: Order, world: CopiedWorld, scene: Scene) -> Iterator[int]:
    for field in AWAITED_IN.values():
        awaited = getattr(order, field)
        if awaited is not None:
            yield awaited
    if order.state in BEFORE_ITS_SMS or world.policy.reengage == "yes":
        today = civil_day(world.now)
        yield from (instant_of(day, clock) for day in (today, today + 1) for clock in (WINDOW_OPENS, WINDOW_CLOSES))
    if order.state in ENDS and not (order.state is State.TIMED_OUT and world.policy.late_booking == "accept"):
        return
    if order.closes_at is not None:
        yield order.closes_at
    if order.sms_at is not None:
        for slot in scene.slots:
            yield instant_of(civil_day(slot.start - DAY), CUTOFF)
            yield slot.start


def waits(now: int, due: Collection[int], new_bounds: Collection[int]) -> Iterator[Move]:
    """The steps in time: just before each bound, at it on either side of what is due then, just after it."""
    for bound in sorted(new_bounds):
        if bound - 1 > now:
            yield Move("wait", instant=bound - 1)
        if bound in due and bound > now:
            yield Move("wait", instant=bound, rung=False)
        if bound > now or bound in due:
            yield Move("wait", instant=bound)
        yield Move("wait", instant=bound + 1)
