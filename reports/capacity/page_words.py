"""What the capacity page says that depends on no number, in Italian and English.

What lives here: text only, as in `labels`. It must not know the tables of a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.facts import WEEKDAYS
from reports.words.labels import Term

# Weekdays within a sentence, from Monday.
ON_WEEKDAYS = tuple(Term(f"{'la' if day.it.endswith('a') else 'il'} {day.it}", f"on {day.en}s") for day in WEEKDAYS)

# The indicators of the first screen, in groups.
GROUPS: tuple[tuple[Term, tuple[str, ...]], ...] = (
    (
        Term("Quanto si aspetta", "How long it takes"),
        (
            "mean_days_to_booking",
            "mean_days_to_visit",
            "p95_days_to_visit",
            "share_visited_in_7_days",
            "p95_days_to_done",
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
            "share_of_visits_again",
            "sms_at_opening_peak",
            "sms_backlog_peak",
            "notifications_per_second_peak",
            "sessions_peak",
        ),
    ),
    (
        Term("Quanto costa", "What it costs"),
        ("cost", "cost_technicians", "cost_agents", "cost_sms", "cost_delay"),
    ),
)

HEADLINE = Term(
    "95 visite su 100 avvengono entro {days} dall'ordine; {booked} degli ordini prende appuntamento",
    "95 visits in 100 take place within {days} of the order; {booked} of the orders book",
)

SWEPT = Term(
    "{count:# variante|# varianti}: che cosa cambia con {paths}",
    "{count:# variant|# variants}: what changes with {paths}",
)

CAPACITY: Mapping[str, Term] = MappingProxyType(
    {
        "title": Term("Appuntamento Digitale · Rapporto di capacità", "Appuntamento Digitale · Capacity report"),
        "name": Term("Rapporto di capacità", "Capacity report"),
        "example": Term(
            "Esempio: dati inventati. Questo scenario viene con il programma e non descrive nessuna rete vera.",
            "Example: invented data. This scenario comes with the program and describes no real network.",
        ),
        "skip": Term("Vai al contenuto", "Skip to the content"),
        "contents": Term("Indice", "Contents"),
        "language": Term("Lingua", "Language"),
        "orders_simulated": Term("Ordini simulati", "Orders simulated"),
        "replications": Term("Repliche", "Replications"),
        "variant": Term("Variante", "Variant"),
        "variants": Term("Varianti", "Variants"),
        "variants_counted": Term("varianti", "variants"),
        "variants_note": Term(
            "Medie sulle repliche con l'intervallo al 95 %; il nome di una variante porta alla sua pagina.",
            "Means over replications with their 95% intervals; the name of a variant leads to its page.",
        ),
        "back": Term("← tutte le varianti", "← all variants"),
        "horizon": Term("Periodo", "Period"),
        "measured": Term("Giorni misurati", "Measured days"),
        "profile": Term("Profilo", "Profile"),
        "made_with": Term("Eseguito con", "Run with"),
        "made_at": Term("Eseguito il", "Run on"),
        "csv": Term("Tabella in CSV", "Table as CSV"),
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
        "from": Term("dal", "from"),
        "days": Term("giorni", "days"),
        "warm_up": Term("avviamento", "warm-up"),
        "again": Term("Per rifare questa corsa", "To run this again"),
        "indicators_note": Term(
            "Sotto ogni numero: un punto per replica, l'intervallo al 95 % della media come fascia.",
            "Below each number: a dot for each replication, the 95% interval of the mean as a band.",
        ),
        "shown_variant": Term(
            "Da qui in giù gli indicatori e i grafici sono della variante",
            "From here on indicators and plots are those of variant",
        ),
        "judged_note": Term(
            "Il giudice legge le vite intere degli ordini campionati in questa corsa, regola per regola.",
            "The judge reads the whole lives of the orders sampled in this run, rule by rule.",
        ),
        "findings": Term("Rilievi", "Findings"),
        "more": Term("altri in verdicts.json", "more in verdicts.json"),
        "expected": Term("Atteso", "Expected"),
        "observed": Term("Osservato", "Observed"),
        "occasions": Term("occasioni", "occasions"),
        "assumptions_note": Term(
            "I numeri di questa pagina valgono quanto queste ipotesi. Il numero accanto a un valore dello scenario "
            "dice su quale ipotesi poggia.",
            "The numbers of this page are worth as much as these assumptions. The number beside a value of the "
            "scenario says on which assumption it rests.",
        ),
        "no_assumptions": Term("Lo scenario non dichiara ipotesi.", "The scenario declares no assumption."),
        "values": Term("Valori dello scenario", "Values of the scenario"),
        "readings": Term("Letture del profilo", "Readings of the profile"),
        "by_territory": Term("Per territorio", "By territory"),
        "territory": Term("Territorio", "Territory"),
        "data": Term("I numeri del grafico", "The numbers behind the plot"),
    }
)
