"""Indicators of the loads on gateway, deposits, endpoints, agent and call centres, of all territories together.

What lives here: one table. It must not know how anything is counted.
"""

from __future__ import annotations

from reference_impl.civil_time import MINUTE
from sim.capacity.engine.counts import mean_of, ratio
from sim.capacity.engine.tally import HourlyCount, Wait
from sim.capacity.tables.indicator import Indicator

LOAD_INDICATORS = (
    Indicator(
        "sms_at_opening_mean",
        "sms",
        "SMS all'apertura, media",
        "SMS at window opening, mean",
        "",
        lambda c: mean_of(c.at_opening()),
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
        "Attesa degli SMS, 95° percentile",
        "SMS delay, 95th percentile",
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
        lambda c: c.peak(HourlyCount.REMINDERS),
    ),
    Indicator(
        "deposits_per_day",
        "files",
        "Depositi al giorno",
        "Deposits a day",
        "",
        lambda c: ratio(float(c.hours(HourlyCount.DEPOSITS).sum()), len(c.measured)),
    ),
    Indicator(
        "rows_per_deposit_mean",
        "rows",
        "Righe per deposito, media",
        "Rows per deposit, mean",
        "",
        lambda c: ratio(float(c.hours(HourlyCount.ROWS).sum()), float(c.hours(HourlyCount.DEPOSITS).sum())),
    ),
    Indicator(
        "rows_per_deposit_peak",
        "rows",
        "Righe per deposito, massimo",
        "Rows per deposit, peak",
        "",
        lambda c: c.peak(HourlyCount.LARGEST_DEPOSIT),
    ),
    Indicator(
        "notifications_per_second_peak",
        "notifications",
        "Notifiche al secondo, massimo",
        "Notifications per second, peak",
        "",
        lambda c: c.peak(HourlyCount.NOTIFICATIONS_IN_A_SECOND),
    ),
    Indicator(
        "notifications_waiting_peak",
        "notifications",
        "Notifiche in coda, massimo",
        "Notifications queued, peak",
        "less",
        lambda c: c.peak(HourlyCount.NOTIFICATIONS_WAITING),
    ),
    Indicator(
        "p95_notification_wait_seconds",
        "seconds",
        "Attesa delle notifiche, 95° percentile",
        "Notification wait, 95th percentile",
        "less",
        lambda c: c.wait_seconds(Wait.NOTIFICATION, 0.95),
    ),
    Indicator(
        "sessions_peak",
        "sessions",
        "Sessioni contemporanee, massimo",
        "VA sessions at once, peak",
        "",
        lambda c: c.peak(HourlyCount.SESSIONS_PEAK),
    ),
    Indicator(
        "calls_per_day",
        "calls",
        "Telefonate degli operatori al giorno",
        "Operators' calls a day",
        "",
        lambda c: ratio(float(c.hours(HourlyCount.CALLS).sum()), len(c.measured)),
    ),
    Indicator(
        "orders_under_way_peak",
        "orders",
        "Ordini in corso, massimo",
        "Orders under way, peak",
        "",
        lambda c: c.peak(HourlyCount.ALIVE),
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
