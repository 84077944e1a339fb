"""What an operator does at the Virtual Agent while a notification is under way to it.

An operator may act first and answer afterwards. Then its acts stand before its answer in the trace, and only the
sender of the notification knows that they came after the delivery had begun. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.links import OPERATOR
from reference_impl.ports import OrderKey
from sim.recorder import Event

ACTS = ("agent.", "appointment.")


def meanwhile(trace: Sequence[Event], began: int | None, order: OrderKey) -> dict[str, object]:
    """The member `meanwhile`: the ids of the operator's acts on the order since the trace had `began` events."""
    acts = [] if began is None else [str(event["id"]) for event in trace[began:] if _is_its_act(event, order)]
    return {"meanwhile": acts} if acts else {}


def _is_its_act(event: Event, order: OrderKey) -> bool:
    data = event["data"]
    assert isinstance(data, dict)
    return (
        str(event["type"]).startswith(ACTS)
        and event.get("subject") == order.code
        and data.get("operator") == order.operator
        and data.get("channel") == OPERATOR
    )
