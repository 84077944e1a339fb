"""When two worlds are the same: the key under which the exploration merges states.

Two worlds with one key have the same future, and the judge holds the same things against it. The key is made of

- what the service knows and may still use: the instant, what each order holds and awaits, the places taken, the rows
  due and the links given out. A promise that no order awaits any more is left out: the life cycle ignores it when it
  comes;
- the *shape* of what each order lived: its events in their order, with who, which slot and which code, and without
  their instants.

Left out of a history is what cannot matter any more:

- acts that left the service as it was (opened, refused, told again). A rule judges such an act where it stands. Each is
  tried in every state, and its trace is judged there to its end;
- the instants of events that have been: a rule compares them with what came before, which the trace that first reached
  the state shows, or with a deadline that they set, and the state of the service holds every deadline still to come.

That is an argument about the judge, not a proof of it. `tests/selftest` compares the findings with those of an
exploration that merges nothing, for the reference and for planted faults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from reference_impl.orders import Order, State
from sim.recorder import Event
from steps.selftest.exploration.copied_world import CopiedWorld

HELD = attrgetter(
    "state", "engage_at", "first_notice_at", "term_end_at", "refusal_stands_at", "remind_at", "visit_at", "attempt_at",
    "slot", "booked_by", "reschedules", "reminders", "attempts", "declined_by", "ended_at",
)  # fmt: skip
TERM_MATTERS = (State.ENGAGED, State.REFUSING, State.TIMED_OUT)
TELLING = ("kind", "code", "channel", "slot", "previous", "reason", "cause", "attempt", "name")
Key = tuple[Any, ...]
Shapes = Mapping[str, Key]


def state_of(world: CopiedWorld) -> Key:
    """All that the service of this world may still use."""
    deposited_at = world.service.deposits.deposited_at
    return (
        world.now,
        tuple(map(_held_by, world.orders)),
        tuple(world.live_promises()),
        world.places_taken(),
        world.rows_due(),
        len(world.service._links._bearers),
        deposited_at if deposited_at == world.now else None,  # a run that is just over takes no more rows
    )


def _held_by(order: Order) -> Key:
    suspended = bool(order.suspensions) and order.suspensions[-1].closed_at is None
    return HELD(order), order.closes_at if order.state in TERM_MATTERS else None, suspended


def shapes_after(shapes: Shapes, events: Sequence[Event]) -> Shapes:
    """What each order has lived, after these events too."""
    grown = dict(shapes)
    for event in events:
        data: Any = event["data"]
        telling = (event["type"], *(_plain(data[name]) for name in TELLING if name in data))
        concerned = [str(event.get("subject", ""))] if "rows" not in data else [row["order"] for row in data["rows"]]
        for code in concerned:
            grown[code] = (*grown.get(code, ()), telling)
    return grown


def _plain(value: Any) -> object:
    return value["start"] if isinstance(value, Mapping) else value
