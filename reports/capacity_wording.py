"""What the capacity page says that depends on no number, in Italian and English.

What lives here: text only, as in `wording`. It must not know the tables of a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.wording import Term

# The indicators of the first screen, in groups.
GROUPS: tuple[tuple[Term, tuple[str, ...]], ...] = (
    (
        Term("Quanto si aspetta", "How long it takes"),
        (
            "mean_days_to_booking",
            "mean_days_to_visit",
            "p95_days_to_visit",
            "share_visited_in_7_days",
            "mean_days_suspended",
        ),
    ),
    (
        Term("Come finiscono gli ordini", "How orders end"),
        ("share_booked", "share_timed_out", "share_refused", "share_no_slot", "reschedules_per_order"),
    ),
    (
        Term("Che carico ne viene", "What load that is"),
        (
            "utilisation",
            "sms_at_opening_peak",
            "sms_backlog_peak",
            "notifications_per_second_peak",
            "sessions_peak",
        ),
    ),
)

CAPACITY: Mapping[str, Term] = MappingProxyType(
    {
        "title": Term("Appuntamento Digitale · Rapporto di capacità", "Appuntamento Digitale · Capacity report"),
        "name": Term("Rapporto di capacità", "Capacity report"),
        "skip": Term("Vai agli indicatori", "Skip to the indicators"),
        "contents": Term("Indice", "Contents"),
        "language": Term("Lingua", "Language"),
        "orders_simulated": Term("Ordini simulati", "Orders simulated"),
        "replications": Term("Repliche", "Replications"),
        "variants": Term("Varianti", "Variants"),
        "horizon": Term("Periodo", "Period"),
        "measured": Term("Giorni misurati", "Measured days"),
        "profile": Term("Profilo", "Profile"),
        "seed": Term("Seme", "Seed"),
        "file": Term("Scenario", "Scenario"),
        "judged": Term("Il giudice", "The judge"),
        "indicators": Term("In breve", "In short"),
        "all_indicators": Term("Tutti gli indicatori", "All indicators"),
        "indicator": Term("Indicatore", "Indicator"),
        "mean": Term("Media", "Mean"),
        "interval": Term("Intervallo al 95 %", "95% interval"),
        "least": Term("Minimo", "Least"),
        "largest": Term("Massimo", "Largest"),
        "single": Term("una sola replica: nessun intervallo", "one replication: no interval"),
        "assumptions": Term("Ipotesi e fonti", "Assumptions and sources"),
        "about": Term("Riguarda", "About"),
        "assumption": Term("Ipotesi", "Assumption"),
        "source": Term("Fonte", "Source"),
        "no_source": Term("nessuna fonte: è un'ipotesi", "no source: an assumption"),
        "data": Term("I numeri del grafico", "The numbers behind the plot"),
    }
)
