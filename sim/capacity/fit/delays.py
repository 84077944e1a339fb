"""How long lines take to be ready, and customers to answer, in the hours that count for a scenario.

A line's delay counts while its side of the house is open, an answer's while the customer is awake; both are guessed
from the instants themselves. Customers who did not act before the term was over, or before the call centre reached
them, may have acted later: their waits take part in the fit, and so do those of lines that were not ready when the
records end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR
from reference_impl.deadlines import booking_closes, engagement_sms_at
from reference_impl.policy import Policy
from reference_impl.services import FAMILIES, SERVICES
from sim.capacity.fit.families import Durations, Fit, fit_durations
from sim.capacity.fit.findings import Finding, Origin
from sim.capacity.fit.records import CANCELLED, CUSTOMER, ELSEWHERE, NONE, OPEN, OPERATOR, REFUSED, Numbers, Records
from sim.capacity.fit.working_hours import hours_members, hours_seen
from sim.capacity.scenario.distributions import Distribution, Floats
from sim.capacity.scenario.open_hours import Hours, OpenTime
from sim.capacity.scenario.scenario import SERVICE_NAMES

Chosen = NDArray[np.bool_]
BEFORE_DAYS, BEYOND_DAYS = 30, 2 * 366
LEAST_ACTS = 30


@dataclass(frozen=True, slots=True)
class Acts:
    """The first act of each order, by the customer or the operator: when, by whom, whether it refused; -1 for none.

    `engaged` are the orders whose customer got the SMS, at `sms_at`; their term is over at `closes_at`.
    """

    engaged: Chosen
    sms_at: Numbers
    closes_at: Numbers
    acted_at: Numbers
    by: Numbers
    refused: Chosen


def acts_of(records: Records, policy: Policy) -> Acts:
    """Who acted first on each order. Without a recorded SMS it is taken to leave when the rules let it."""
    sms_at = records.sms_at
    if "sms_at" not in records.present:
        ready = records.line_ready_at.tolist()
        planned = [NONE if instant == NONE else engagement_sms_at(instant, policy) for instant in ready]
        sms_at = np.array(planned, dtype=np.int64)
    acted_at = np.where(records.looked_at != NONE, records.looked_at, records.booked_at)
    refused_at = records.refused_at
    refuses = (refused_at != NONE) & ((acted_at == NONE) | (refused_at < acted_at))
    acted_at = np.where(refuses, refused_at, acted_at)
    engaged = (sms_at != NONE) & (sms_at <= records.until) & (records.outcome != ELSEWHERE)
    engaged &= (acted_at == NONE) | (acted_at >= sms_at)
    closes_at = np.array([booking_closes(sms, policy) if sms != NONE else NONE for sms in sms_at.tolist()])
    by = np.where(acted_at == NONE, NONE, np.where(records.acted_by == OPERATOR, OPERATOR, CUSTOMER))
    return Acts(engaged, sms_at, closes_at, acted_at, by, refuses | (records.outcome == REFUSED))


def line_findings(records: Records, holidays: frozenset[int]) -> list[Finding]:
    """The delay of each kind of line, with the hours in which it counts."""
    findings = []
    for family in FAMILIES:
        of_family = np.array([SERVICES[name].name == family.name for name in SERVICE_NAMES])[records.service]
        findings += _line_finding(f"line_ready.{family.name}", records.where(of_family), holidays)
    return findings


def _line_finding(path: str, records: Records, holidays: frozenset[int]) -> list[Finding]:
    ready = records.line_ready_at != NONE
    if not ready.any():
        return []
    hours = hours_seen(records.line_ready_at[ready], records.days, holidays)
    time = _open_time(hours or Hours(), records, holidays)
    open_end = (~ready) & (records.outcome == OPEN)
    durations = Durations(
        _hours_between(time, records.received_at[ready], records.line_ready_at[ready]),
        _hours_between(time, records.received_at[open_end], np.full(int(open_end.sum()), records.until)),
    )
    fit = fit_durations(durations)
    if fit is None:
        return []
    return [_delay(f"{path}.after_hours", fit, int(ready.sum())), *_hours_findings(path, hours, int(ready.sum()))]


def answer_findings(records: Records, acts: Acts, holidays: frozenset[int]) -> list[Finding]:
    """Who books and who refuses by themselves, how fast they answer, and when they are awake."""
    by_customer = acts.engaged & (acts.by == CUSTOMER)
    if int(by_customer.sum()) < LEAST_ACTS:
        return []
    hours = hours_seen(acts.acted_at[by_customer], records.days, holidays)
    time = _open_time(hours or Hours(), records, holidays)
    waits = acts.engaged & ~by_customer & (records.outcome != CANCELLED) & ~(acts.refused & (acts.acted_at == NONE))
    end = np.minimum(acts.closes_at, records.until)
    end = np.where(acts.by == OPERATOR, np.minimum(end, acts.acted_at), end)
    durations = Durations(
        _hours_between(time, acts.sms_at[by_customer], acts.acted_at[by_customer]),
        _hours_between(time, acts.sms_at[waits], end[waits]),
    )
    fit = fit_durations(durations, some_never=True)
    if fit is None:
        return []
    number = int(by_customer.sum())
    notes = () if "acted_by" in records.present else ("nobody_named",)
    timeless = acts.engaged & acts.refused & (acts.acted_at == NONE)
    refused_share = float((by_customer & acts.refused).sum()) / number
    untimed = float(timeless.sum()) / max(int(acts.engaged.sum()), 1)
    books = fit.share * (1 - refused_share) * (1 - untimed)
    refuses = fit.share * refused_share * (1 - untimed) + untimed
    return [
        Finding("customers.books", round(books, 3), Origin.FITTED, int(acts.engaged.sum()), notes=notes),
        Finding("customers.refuses", round(refuses, 3), Origin.FITTED, int(acts.engaged.sum()), notes=notes),
        _delay("customers.answers_after_hours", fit, number, (*notes, "censored")),
        *_hours_findings("customers.awake", hours, number),
    ]


def _delay(path: str, fit: Fit, number: int, notes: tuple[str, ...] = ()) -> Finding:
    return Finding(
        path,
        distribution_members(fit.distribution),
        Origin.FITTED,
        number,
        round(fit.distance, 4),
        notes=notes,
        curve=fit.curve,
    )


def _hours_findings(path: str, hours: Hours | None, number: int) -> list[Finding]:
    """The opening hours, unless they never close or are not known."""
    if hours is None or hours.always:
        return []
    return [Finding(f"{path}.{key}", value, Origin.BOUND, number) for key, value in hours_members(hours).items()]


def _open_time(hours: Hours, records: Records, holidays: frozenset[int]) -> OpenTime:
    days = records.days
    return OpenTime(hours, range(days[0] - BEFORE_DAYS, days[-1] + BEYOND_DAYS), holidays)


def _hours_between(time: OpenTime, first: Numbers, last: Numbers) -> Floats:
    """The open hours from one instant to another, of many."""
    pairs = zip(first.tolist(), last.tolist(), strict=True)
    return np.array([(time.position(end) - time.position(start)) / HOUR for start, end in pairs], dtype=np.float64)


def distribution_members(distribution: Distribution) -> Mapping[str, object]:
    """A distribution as a scenario writes it."""
    if distribution.constant is not None:
        return {"constant": distribution.constant}
    if distribution.kind == "quantiles":
        return {"quantiles": list(distribution.values)}
    if distribution.kind == "values":
        return {"values": list(distribution.values), "weights": list(distribution.weights)}
    return {"distribution": distribution.name, **dict(distribution.parameters)}
