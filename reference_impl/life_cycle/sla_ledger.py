"""The SLA ledger of an order: gross, suspended and net time, with the causals that opened the suspensions (UNR-3).

The life cycle opens and closes suspensions; this only adds them up. Times are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.orders import Order, State, Suspension


@dataclass(frozen=True, slots=True)
class Ledger:
    """Gross, suspended and net milliseconds of an order."""

    gross_ms: int
    suspended_ms: int
    net_ms: int


def suspend(order: Order, code: str, now: int) -> bool:
    """Open a suspension, unless one is open (UNR-3). Return whether it was opened."""
    if order.suspensions and order.suspensions[-1].closed_at is None:
        return False
    order.suspensions.append(Suspension(code, now))
    return True


def resume(order: Order, cause: str, now: int) -> bool:
    """Close the open suspension. Return whether there was one."""
    if not order.suspensions or order.suspensions[-1].closed_at is not None:
        return False
    order.suspensions[-1].closed_at, order.suspensions[-1].cause = now, cause
    return True


def ledger(order: Order, now: int) -> Ledger:
    """The ledger as it stands at `now`; what is still open is counted up to `now`.

    The clock of an order stops with its visit or its cancellation. A suspension that a time-out or a refusal
    leaves open stays open.
    """
    end = now
    if order.state in (State.VISITED, State.CANCELLED) and order.ended_at is not None:
        end = order.ended_at
    gross_ms = end - order.received_at
    suspended_ms = sum((s.closed_at if s.closed_at is not None else end) - s.opened_at for s in order.suspensions)
    return Ledger(gross_ms, suspended_ms, gross_ms - suspended_ms)
