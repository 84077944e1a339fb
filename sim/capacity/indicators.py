"""The indicators of one replication, each a function of its counts. One table; everything else looks them up here.

An indicator with nothing to count is nan, and is then left out of means. `better` says which way is good, for
comparisons and plans: `less`, `more` or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, HOUR, MINUTE, instant_of
from reference_impl.deadlines import WINDOW_OPENS
from sim.capacity.histogram import edges_ms, quantile_ms, share_within
from sim.capacity.tally import SCALARS, Arrays, Load, Measure, Outcome, Wait

ALL = ""  # the territory of what concerns all of them


class Counts:
    """The arrays of one replication, with the questions that indicators ask; of one territory by its number, or all."""

    def __init__(self, arrays: Arrays, place: int | None = None) -> None:
        self.arrays = arrays
        self._places = slice(None) if place is None else slice(place, place + 1)
        first, days, first_measured, measured_days = (int(value) for value in arrays["days"])
        self.days, self.measured = range(first, first + days), range(first_measured, first_measured + measured_days)

    def outcome(self, *outcomes: Outcome) -> int:
        """How many measured orders met one of these outcomes."""
        found = self.arrays["outcomes"][self._places]
        return int(sum(found[:, outcome].sum() for outcome in outcomes))

    def share(self, *outcomes: Outcome) -> float:
        """The same, of the orders in the service."""
        return _ratio(self.outcome(*outcomes), self.outcome(Outcome.IN_SERVICE))

    def days_at(self, measure: Measure, share: float) -> float:
        """A quantile of a duration, in days."""
        return quantile_ms(self.durations(measure), share) / DAY

    def durations(self, measure: Measure) -> NDArray[np.int64]:
        """The histogram of a duration."""
        counts: NDArray[np.int64] = self.arrays["measures"][self._places, measure].sum(axis=0)
        return counts

    def mean_days(self, measure: Measure) -> float:
        """The mean of a duration, in days, to the width of the bins."""
        counts, edges = self.durations(measure), edges_ms()
        return _ratio(float((counts * (edges[:-1] + edges[1:]) / 2).sum()), int(counts.sum())) / DAY

    def hours(self, load: Load) -> NDArray[np.int64]:
        """A load by hour, within the measured days."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // HOUR
        last = (instant_of(self.measured[-1] + 1) - start) // HOUR
        counts: NDArray[np.int64] = self.arrays["hours"][first:last, load].astype(np.int64)
        return counts

    def peak(self, load: Load) -> float:
        """The largest value of a load by hour."""
        return float(self.hours(load).max(initial=0))

    def minutes(self, name: str) -> NDArray[np.int64]:
        """A count by minute, within the measured days."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // MINUTE
        last = (instant_of(self.measured[-1] + 1) - start) // MINUTE
        counts: NDArray[np.int64] = self.arrays[name][first:last].astype(np.int64)
        return counts

    def backlog(self) -> NDArray[np.int64]:
        """SMS that wait in the gateway at the end of each measured minute."""
        start = instant_of(self.days[0])
        first = (instant_of(self.measured[0]) - start) // MINUTE
        handed, sent = self.arrays["minutes_handed"].astype(np.int64), self.arrays["minutes_sent"].astype(np.int64)
        waiting: NDArray[np.int64] = np.cumsum(handed - sent)
        return waiting[first : first + len(self.minutes("minutes_handed"))]

    def at_opening(self) -> NDArray[np.int64]:
        """SMS handed to the gateway in the first minute of the window, each measured day."""
        start = instant_of(self.days[0])
        openings = [(instant_of(day, WINDOW_OPENS) - start) // MINUTE for day in self.measured]
        handed: NDArray[np.int64] = self.arrays["minutes_handed"][openings].astype(np.int64)
        return handed

    def wait_seconds(self, wait: Wait, share: float) -> float:
        """A quantile of a wait, in seconds."""
        return quantile_ms(self.arrays["waits"][wait], share) / 1_000

    def scalar(self, name: str) -> float:
        """One of the plain numbers."""
        return float(self.arrays["scalars"][SCALARS.index(name)])

    def utilisation(self) -> float:
        """Visits over technician slots, on measured days."""
        visits, capacity = self.arrays["visits"][self._places], self.arrays["capacity"][self._places]
        return _ratio(int(visits.sum()), int(capacity.sum()))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: name, unit, titles, which way is better, its function, and whether a territory has its own."""

    name: str
    unit: str
    title_it: str
    title_en: str
    better: str
    of: Callable[[Counts], float]
    by_territory: bool = False


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _mean(values: NDArray[np.int64]) -> float:
    return float(values.mean()) if len(values) else float("nan")


BOOKED = (Outcome.BOOKED_BY_CUSTOMER, Outcome.BOOKED_BY_OPERATOR)
TABLE = (
    Indicator("orders", "orders", "Ordini", "Orders", "", lambda c: c.outcome(Outcome.RECEIVED), True),
    Indicator("share_booked", "share", "Appuntamenti presi", "Booked", "more", lambda c: c.share(*BOOKED), True),
    Indicator(
        "share_booked_by_customer",
        "share",
        "Presi dal cliente",
        "Booked by the customer",
        "",
        lambda c: c.share(BOOKED[0]),
        True,
    ),
    Indicator(
        "share_booked_by_operator",
        "share",
        "Presi dall'operatore",
        "Booked by the operator",
        "",
        lambda c: c.share(BOOKED[1]),
        True,
    ),
    Indicator("share_refused", "share", "Rifiutati", "Refused", "less", lambda c: c.share(Outcome.REFUSED), True),
    Indicator(
        "share_timed_out",
        "share",
        "Scaduti (W24/Z36)",
        "Timed out (W24/Z36)",
        "less",
        lambda c: c.share(Outcome.TIMED_OUT),
        True,
    ),
    Indicator("share_cancelled", "share", "Annullati", "Cancelled", "", lambda c: c.share(Outcome.CANCELLED), True),
    Indicator("share_visited", "share", "Visitati", "Visited", "more", lambda c: c.share(Outcome.VISITED), True),
    Indicator(
        "share_no_slot",
        "share",
        "Senza posto libero",
        "Found no slot",
        "less",
        lambda c: c.share(Outcome.FOUND_NO_SLOT),
        True,
    ),
    Indicator(
        "share_answered_too_late",
        "share",
        "Risposta oltre il termine",
        "Answered too late",
        "less",
        lambda c: c.share(Outcome.ANSWERED_TOO_LATE),
        True,
    ),
    Indicator(
        "mean_days_to_booking",
        "days",
        "Giorni fino alla prenotazione, media",
        "Days to booking, mean",
        "less",
        lambda c: c.mean_days(Measure.TO_BOOKING),
        True,
    ),
    Indicator(
        "p50_days_to_booking",
        "days",
        "Giorni fino alla prenotazione, mediana",
        "Days to booking, median",
        "less",
        lambda c: c.days_at(Measure.TO_BOOKING, 0.5),
        True,
    ),
    Indicator(
        "p95_days_to_booking",
        "days",
        "Giorni fino alla prenotazione, 95 %",
        "Days to booking, 95 %",
        "less",
        lambda c: c.days_at(Measure.TO_BOOKING, 0.95),
        True,
    ),
    Indicator(
        "mean_days_to_visit",
        "days",
        "Giorni fino alla visita, media",
        "Days to visit, mean",
        "less",
        lambda c: c.mean_days(Measure.TO_VISIT),
        True,
    ),
    Indicator(
        "p50_days_to_visit",
        "days",
        "Giorni fino alla visita, mediana",
        "Days to visit, median",
        "less",
        lambda c: c.days_at(Measure.TO_VISIT, 0.5),
        True,
    ),
    Indicator(
        "p90_days_to_visit",
        "days",
        "Giorni fino alla visita, 90 %",
        "Days to visit, 90 %",
        "less",
        lambda c: c.days_at(Measure.TO_VISIT, 0.9),
        True,
    ),
    Indicator(
        "p95_days_to_visit",
        "days",
        "Giorni fino alla visita, 95 %",
        "Days to visit, 95 %",
        "less",
        lambda c: c.days_at(Measure.TO_VISIT, 0.95),
        True,
    ),
    Indicator(
        "share_visited_in_7_days",
        "share",
        "Visite entro 7 giorni",
        "Visits within 7 days",
        "more",
        lambda c: share_within(c.durations(Measure.TO_VISIT), 7 * DAY),
        True,
    ),
    Indicator(
        "mean_days_suspended",
        "days",
        "Giorni di sospensione SLA, media",
        "Days of SLA suspension, mean",
        "less",
        lambda c: c.mean_days(Measure.SUSPENDED),
        True,
    ),
    Indicator(
        "p95_days_suspended",
        "days",
        "Giorni di sospensione SLA, 95 %",
        "Days of SLA suspension, 95 %",
        "less",
        lambda c: c.days_at(Measure.SUSPENDED, 0.95),
        True,
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
    Indicator(
        "sms_at_opening_mean",
        "sms",
        "SMS all'apertura, media",
        "SMS at window opening, mean",
        "",
        lambda c: _mean(c.at_opening()),
    ),
    Indicator(
        "sms_at_opening_peak",
        "sms",
        "SMS all'apertura, massimo",
        "SMS at window opening, peak",
        "",
        lambda c: float(c.at_opening().max(initial=0)),
    ),
    Indicator(
        "sms_per_minute_peak",
        "sms",
        "SMS inviati al minuto, massimo",
        "SMS sent per minute, peak",
        "",
        lambda c: float(c.minutes("minutes_sent").max(initial=0)),
    ),
    Indicator(
        "sms_backlog_peak",
        "sms",
        "SMS in coda, massimo",
        "SMS backlog, peak",
        "less",
        lambda c: float(c.backlog().max(initial=0)),
    ),
    Indicator(
        "p95_sms_delay_seconds",
        "seconds",
        "Attesa degli SMS, 95 %",
        "SMS delay, 95 %",
        "less",
        lambda c: c.wait_seconds(Wait.SMS, 0.95),
    ),
    Indicator(
        "sms_delay_peak_minutes",
        "minutes",
        "Attesa degli SMS, massimo",
        "SMS delay, peak",
        "less",
        lambda c: c.scalar("largest_sms_delay_ms") / MINUTE,
    ),
    Indicator(
        "sms_after_window",
        "sms",
        "SMS usciti dopo le 20:00",
        "SMS out after 20:00",
        "less",
        lambda c: c.scalar("sms_after_window"),
    ),
    Indicator(
        "reminders_per_hour_peak",
        "sms",
        "Promemoria all'ora, massimo",
        "Reminders per hour, peak",
        "",
        lambda c: c.peak(Load.REMINDERS),
    ),
    Indicator(
        "deposits_per_day",
        "files",
        "Depositi al giorno",
        "Deposits a day",
        "",
        lambda c: _ratio(float(c.hours(Load.DEPOSITS).sum()), len(c.measured)),
    ),
    Indicator(
        "rows_per_deposit_mean",
        "rows",
        "Righe per deposito, media",
        "Rows per deposit, mean",
        "",
        lambda c: _ratio(float(c.hours(Load.ROWS).sum()), float(c.hours(Load.DEPOSITS).sum())),
    ),
    Indicator(
        "rows_per_deposit_peak",
        "rows",
        "Righe per deposito, massimo",
        "Rows per deposit, peak",
        "",
        lambda c: c.peak(Load.LARGEST_DEPOSIT),
    ),
    Indicator(
        "notifications_per_second_peak",
        "notifications",
        "Notifiche al secondo, massimo",
        "Notifications per second, peak",
        "",
        lambda c: c.peak(Load.NOTIFICATIONS_IN_A_SECOND),
    ),
    Indicator(
        "notifications_waiting_peak",
        "notifications",
        "Notifiche in coda, massimo",
        "Notifications queued, peak",
        "less",
        lambda c: c.peak(Load.NOTIFICATIONS_WAITING),
    ),
    Indicator(
        "p95_notification_wait_seconds",
        "seconds",
        "Attesa delle notifiche, 95 %",
        "Notification wait, 95 %",
        "less",
        lambda c: c.wait_seconds(Wait.NOTIFICATION, 0.95),
    ),
    Indicator(
        "sessions_peak",
        "sessions",
        "Sessioni contemporanee, massimo",
        "VA sessions at once, peak",
        "",
        lambda c: c.peak(Load.SESSIONS_PEAK),
    ),
    Indicator(
        "calls_per_day",
        "calls",
        "Telefonate degli operatori al giorno",
        "Operators' calls a day",
        "",
        lambda c: _ratio(float(c.hours(Load.CALLS).sum()), len(c.measured)),
    ),
    Indicator(
        "orders_under_way_peak",
        "orders",
        "Ordini in corso, massimo",
        "Orders under way, peak",
        "",
        lambda c: c.peak(Load.ALIVE),
    ),
    Indicator(
        "slots_over_capacity",
        "appointments",
        "Appuntamenti oltre la capacità (INV-6)",
        "Appointments over capacity (INV-6)",
        "less",
        lambda c: c.scalar("slots_over_capacity"),
    ),
)
INDICATORS: Mapping[str, Indicator] = {indicator.name: indicator for indicator in TABLE}


def indicators_of(arrays: Arrays, territories: list[str]) -> dict[tuple[str, str], float]:
    """Every indicator of a replication by (territory, name); the territory "" is all of them together."""
    whole = Counts(arrays)
    values = {(ALL, indicator.name): float(indicator.of(whole)) for indicator in TABLE}
    for number, territory in enumerate(territories):
        counts = Counts(arrays, number)
        values |= {(territory, item.name): float(item.of(counts)) for item in TABLE if item.by_territory}
    return values
