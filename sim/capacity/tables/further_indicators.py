"""Indicators of visits in vain and of those that follow them; each territory has its own.

What lives here: one table. A run has them where its scenario says anything of visits in vain.
"""

from __future__ import annotations

from reference_impl.civil_time import DAY
from sim.capacity.engine.tally import Outcome
from sim.capacity.histogram import quantile_ms
from sim.capacity.tables.counts import Counts, mean_days_of, ratio
from sim.capacity.tables.indicator import Indicator


def _share_not_done(counts: Counts) -> float:
    visited = counts.outcome(Outcome.VISITED)
    return ratio(visited - int(counts.durations_to_done().sum()), visited)


FURTHER_INDICATORS = (
    Indicator(
        "share_of_visits_again",
        "share",
        "Visite successive alla prima, quota delle visite",
        "Visits after the first, share of all visits",
        "less",
        lambda c: ratio(c.again("visits_again"), c.visits()),
        True,
    ),
    Indicator(
        "share_visited_again",
        "share",
        "Ordini con più di una visita, quota dei visitati",
        "Orders with more than one visit, share of those visited",
        "less",
        lambda c: ratio(c.again("orders_again"), c.outcome(Outcome.VISITED)),
        True,
    ),
    Indicator(
        "mean_days_to_done",
        "days",
        "Giorni fino al lavoro finito, media",
        "Days until the work is done, mean",
        "less",
        lambda c: mean_days_of(c.durations_to_done()),
        True,
    ),
    Indicator(
        "p95_days_to_done",
        "days",
        "Giorni fino al lavoro finito, 95° percentile",
        "Days until the work is done, 95th percentile",
        "less",
        lambda c: quantile_ms(c.durations_to_done(), 0.95) / DAY,
        True,
    ),
    Indicator(
        "share_not_done",
        "share",
        "Visitati con il lavoro ancora da finire",
        "Visited, the work still to be done",
        "less",
        _share_not_done,
        True,
    ),
)
