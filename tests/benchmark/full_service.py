"""The full service, as a capacity run drives it, with its counts under the names of the plain models."""

from __future__ import annotations

from collections import Counter

from sim.capacity.engine import run_replication
from sim.capacity.scenario import Scenario
from sim.capacity.tally import SCALARS, Arrays, Cohort, Load

LOADS = {
    "orders": Load.RECEIVED,
    "engagement_sms": Load.ENGAGEMENT_SMS,
    "reminders": Load.REMINDERS,
    "notifications": Load.NOTIFICATIONS,
    "deposits": Load.DEPOSITS,
    "rows": Load.ROWS,
    "sessions": Load.SESSIONS,
    "booked": Load.BOOKED_BY_CUSTOMER,
    "refused": Load.REFUSED,
    "timed_out": Load.TIMED_OUT,
    "cancelled": Load.CANCELLED,
    "reschedules": Load.RESCHEDULES,
    "visited": Load.VISITS,
    "no_slot": Load.NO_SLOT,
}


def run(scenario: Scenario, seed: int) -> Counter[str]:
    """Run the scenario once and return its counts."""
    return counts_of(run_replication(scenario, seed, 0).arrays)


def counts_of(arrays: Arrays) -> Counter[str]:
    """The counts of a replication."""
    counts = Counter({name: int(arrays["hours"][:, load].sum()) for name, load in LOADS.items()})
    counts["ms_to_visit"] = int(arrays["cohorts"][:, Cohort.DAYS_TO_VISIT_MS].sum())
    counts["sms_delay_ms"] = scalar(arrays, "sms_delay_ms")
    counts["notification_wait_ms"] = scalar(arrays, "notification_wait_ms")
    return Counter({name: count for name, count in counts.items() if count})


def scalar(arrays: Arrays, name: str) -> int:
    """One of the plain numbers of a replication."""
    return int(arrays["scalars"][SCALARS.index(name)])
