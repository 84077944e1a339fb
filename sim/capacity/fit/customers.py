"""What customers wish and change: days to the visit, moves, and orders that operators cancel.

A wish is not recorded, only the visit that came of it: the first on offer from the wished day on. Each visit therefore
stands for all the wishes that would have led to it, and their shares are found by turns (expectation, maximisation).
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from reference_impl.civil_time import civil_day, instant_of, wall_clock, weekday
from reference_impl.deadlines import slot_can_be_offered
from reference_impl.policy import Policy
from sim.capacity.engine.draws import CANCELS_WITHIN
from sim.capacity.fit.delays import Acts
from sim.capacity.fit.findings import Curve, Finding, Origin
from sim.capacity.fit.records import CANCELLED, NONE, OPEN, VISITED, Records
from sim.capacity.scenario.distributions import Floats

LONGEST_WISH = 60  # days
TURNS = 200
LEAST_VISITS = 30
LEAST_WEIGHT = 0.004  # of all: rarer wishes are left out
WORKING_SHARE = 0.02  # of the visits of an average day: a weekday with fewer has no technicians


def customer_findings(
    records: Records, acts: Acts, policy: Policy, holidays: frozenset[int], days_of_visits: frozenset[int]
) -> list[Finding]:
    """Wishes, moves and cancellations."""
    return [
        *_wishes(records, policy, holidays, days_of_visits),
        *_moves(records),
        *_cancellations(records, acts),
    ]


def weekdays_of_visits(records: Records) -> frozenset[int]:
    """The weekdays on which visits take place."""
    visits = records.visit_at[records.outcome == VISITED].tolist()
    counts = np.bincount([weekday(civil_day(visit)) for visit in visits], minlength=7)
    return frozenset(np.flatnonzero(counts > WORKING_SHARE * counts.mean()).tolist()) if visits else frozenset()


def _wishes(
    records: Records, policy: Policy, holidays: frozenset[int], days_of_visits: frozenset[int]
) -> list[Finding]:
    visited = (records.outcome == VISITED) & (records.booked_at != NONE) & (records.reschedules <= 0)
    if int(visited.sum()) < LEAST_VISITS:
        return []
    knows_capacity = "capacity_days" in records.present
    added = np.maximum(records.added_ms, 0) if knows_capacity else np.zeros(len(records), dtype=np.int64)
    days = _VisitDays(records.days, policy, holidays, days_of_visits)
    met: Counter[tuple[int, tuple[int, ...]]] = Counter()
    for booked, visit in zip(
        records.booked_at[visited].tolist(), (records.visit_at - added)[visited].tolist(), strict=True
    ):
        lag = civil_day(visit) - civil_day(booked)
        lags = days.lags(booked, visit)
        if lag in lags:
            met[lag, lags] += 1
    if not met:
        return []
    shares = _shares(met)
    frequent = np.flatnonzero(shares >= LEAST_WEIGHT)
    weights = [round(float(share) * 100, 1) for share in shares[frequent]]
    recorded, fitted = _lags_of(met, shares)
    return [
        Finding(
            "customers.wishes_days",
            {"values": [int(day) for day in frequent], "weights": weights},
            Origin.FITTED,
            sum(met.values()),
            round(float(np.abs(recorded - fitted).max()), 4),
            () if knows_capacity else ("capacity_within",),
            Curve("days", np.arange(LONGEST_WISH + 1.0), recorded, fitted),
        )
    ]


class _VisitDays:
    """After how many days each wish leads to a visit, had nobody else booked."""

    def __init__(self, days: range, policy: Policy, holidays: frozenset[int], weekdays: frozenset[int]) -> None:
        self._policy = policy
        self._days = range(days[0], days[-1] + 4 * LONGEST_WISH)
        following, self._next = self._days[-1] + 1, [0] * len(self._days)
        for place in reversed(range(len(self._days))):
            day = self._days[place]
            if weekday(day) in weekdays and day not in holidays:
                following = day
            self._next[place] = following

    def lags(self, booked_at: int, visit_at: int) -> tuple[int, ...]:
        """The days to the visit of each wish from 0 on, of whoever booked at an instant; slots begin as that visit."""
        today, time = civil_day(booked_at), wall_clock(visit_at)[1]
        if not self._days[0] <= today < self._days[-1] - 2 * LONGEST_WISH:
            return ()
        first = self._following(today)
        while not slot_can_be_offered(instant_of(first, time), booked_at, self._policy):
            first = self._following(first + 1)
        return tuple(self._following(max(today + wish, first)) - today for wish in range(LONGEST_WISH + 1))

    def _following(self, day: int) -> int:
        return self._next[day - self._days[0]]


def _shares(met: Counter[tuple[int, tuple[int, ...]]]) -> Floats:
    """The share of each wish that makes the visits most likely."""
    members = np.array([[float(other == lag) for other in lags] for lag, lags in met])
    counts = np.array(list(met.values()), dtype=np.float64)
    used = members.any(axis=0)
    shares: Floats = np.where(used, 1.0, 0.0) / used.sum()
    for _ in range(TURNS):
        parts = members * shares
        shares = (parts * (counts / parts.sum(axis=1))[:, None]).sum(axis=0) / counts.sum()
    return shares


def _lags_of(met: Counter[tuple[int, tuple[int, ...]]], shares: Floats) -> tuple[Floats, Floats]:
    """Days from booking to visit, cumulated: as recorded, and as the wishes give them."""
    recorded, fitted = np.zeros(3 * LONGEST_WISH), np.zeros(3 * LONGEST_WISH)
    for (lag, lags), count in met.items():
        recorded[lag] += count
        np.add.at(fitted, list(lags), shares * count)
    shown = slice(LONGEST_WISH + 1)
    return np.cumsum(recorded)[shown] / recorded.sum(), np.cumsum(fitted)[shown] / fitted.sum()


def _moves(records: Records) -> list[Finding]:
    booked = (records.booked_at != NONE) & (records.outcome != OPEN)
    if "reschedules" not in records.present or int(booked.sum()) < LEAST_VISITS:
        return []
    moved = float((records.reschedules[booked] > 0).mean())
    return [Finding("customers.reschedules", round(moved, 3), Origin.COUNTED, int(booked.sum()))]


def _cancellations(records: Records, acts: Acts) -> list[Finding]:
    """The share that operators cancel: of the time in which an order could be cancelled, what part it lasted."""
    ended = acts.engaged & (records.outcome != OPEN)
    if "state" not in records.present or int(ended.sum()) < LEAST_VISITS:
        return []
    end = np.where(records.outcome == VISITED, records.visit_at, acts.closes_at)
    end = np.where((records.refused_at != NONE) & (records.outcome != VISITED), records.refused_at, end)
    lasted = np.clip((end - acts.sms_at)[ended & (records.outcome != CANCELLED)] / CANCELS_WITHIN, 0.0, 1.0)
    cancelled = int((ended & (records.outcome == CANCELLED)).sum())
    exposed = float(lasted.mean()) if len(lasted) else 1.0
    share = min(cancelled / (int(ended.sum()) * max(exposed, 0.05)), 1.0)
    return [Finding("customers.cancels", round(share, 4), Origin.FITTED, int(ended.sum()))]
