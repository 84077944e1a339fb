"""Indicators of the orders: what became of them, how long it took, how many technicians. Each territory has its own.

What lives here: one table. It must not know how anything is counted.
"""

from __future__ import annotations

from reference_impl.civil_time import DAY
from reference_impl.services import COPPER, NGA
from sim.capacity.engine.tally import DurationKind, Outcome
from sim.capacity.histogram import share_within
from sim.capacity.tables.counts import Counts, ratio
from sim.capacity.tables.indicator import Indicator

NOT_BOOKED = f"{NGA.not_booked}/{COPPER.not_booked}"
BOOKED = (Outcome.BOOKED_BY_CUSTOMER, Outcome.BOOKED_BY_OPERATOR)


def _share(name: str, title_it: str, title_en: str, better: str, *outcomes: int) -> Indicator:
    """The share of the orders in the service that met one of these outcomes."""
    return Indicator(name, "share", title_it, title_en, better, lambda c: c.share(*outcomes), True)


def _share_of_all(name: str, title_it: str, title_en: str, outcome: int) -> Indicator:
    """The share of all orders received, many of which are not in the service."""
    return Indicator(
        name, "share", title_it, title_en, "", lambda c: ratio(c.outcome(outcome), c.outcome(Outcome.RECEIVED)), True
    )


def _mean_days(name: str, title_it: str, title_en: str, kind: int) -> Indicator:
    """The mean of a duration."""
    return Indicator(name, "days", title_it, title_en, "less", lambda c: c.mean_days(kind), True)


def _days(name: str, title_it: str, title_en: str, kind: int, share: float) -> Indicator:
    """The duration within which a share of the orders stays."""
    return Indicator(name, "days", title_it, title_en, "less", lambda c: c.days_at(kind, share), True)


TO_BOOKING, TO_VISIT, SUSPENDED = DurationKind.TO_BOOKING, DurationKind.TO_VISIT, DurationKind.SUSPENDED
ORDER_INDICATORS = (
    Indicator("orders", "orders", "Ordini", "Orders", "", lambda c: c.outcome(Outcome.RECEIVED), True),
    _share("share_booked", "Appuntamenti presi", "Booked", "more", *BOOKED),
    _share("share_booked_by_customer", "Presi dal cliente", "Booked by the customer", "", BOOKED[0]),
    _share("share_booked_by_operator", "Presi dall'operatore", "Booked by the operator", "", BOOKED[1]),
    _share("share_refused", "Rifiutati", "Refused", "less", Outcome.REFUSED),
    _share("share_timed_out", f"Scaduti ({NOT_BOOKED})", f"Timed out ({NOT_BOOKED})", "less", Outcome.TIMED_OUT),
    _share("share_cancelled", "Annullati", "Cancelled", "", Outcome.CANCELLED),
    _share_of_all("share_ordinary", "Fuori dal servizio", "Outside the service", Outcome.ORDINARY),
    _share_of_all("share_open", "Ancora aperti", "Still open", Outcome.OPEN),
    _share("share_visited", "Visitati", "Visited", "more", Outcome.VISITED),
    _share("share_no_slot", "Senza posto libero", "Found no slot", "less", Outcome.FOUND_NO_SLOT),
    _share(
        "share_answered_too_late", "Risposta oltre il termine", "Answered too late", "less", Outcome.ANSWERED_TOO_LATE
    ),
    _mean_days("mean_days_to_booking", "Giorni fino alla prenotazione, media", "Days to booking, mean", TO_BOOKING),
    _days("p50_days_to_booking", "Giorni fino alla prenotazione, mediana", "Days to booking, median", TO_BOOKING, 0.5),
    _days(
        "p95_days_to_booking",
        "Giorni fino alla prenotazione, 95° percentile",
        "Days to booking, 95th percentile",
        TO_BOOKING,
        0.95,
    ),
    _mean_days("mean_days_to_visit", "Giorni fino alla visita, media", "Days to visit, mean", TO_VISIT),
    _days("p50_days_to_visit", "Giorni fino alla visita, mediana", "Days to visit, median", TO_VISIT, 0.5),
    _days(
        "p90_days_to_visit", "Giorni fino alla visita, 90° percentile", "Days to visit, 90th percentile", TO_VISIT, 0.9
    ),
    _days(
        "p95_days_to_visit", "Giorni fino alla visita, 95° percentile", "Days to visit, 95th percentile", TO_VISIT, 0.95
    ),
    Indicator(
        "share_visited_in_7_days",
        "share",
        "Visite entro 7 giorni",
        "Visits within 7 days",
        "more",
        lambda c: share_within(c.durations(TO_VISIT), 7 * DAY),
        True,
    ),
    _mean_days("mean_days_suspended", "Giorni di sospensione SLA, media", "Days of SLA suspension, mean", SUSPENDED),
    _days(
        "p95_days_suspended",
        "Giorni di sospensione SLA, 95° percentile",
        "Days of SLA suspension, 95th percentile",
        SUSPENDED,
        0.95,
    ),
    Indicator("utilisation", "share", "Impiego dei tecnici", "Slot utilisation", "", Counts.utilisation, True),
    Indicator(
        "reschedules_per_order",
        "number",
        "Spostamenti per ordine",
        "Reschedules per order",
        "less",
        lambda c: c.share(Outcome.RESCHEDULES),
        True,
    ),
)
