"""What the planner's page says, in Italian and English.

What lives here: text only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.words.labels import Term

PLANNER_WORDS: Mapping[str, Term] = MappingProxyType(
    {
        "title": Term("Banco del pianificatore", "Planner's desk"),
        "lead": Term(
            "Scegli uno scenario, muovi qualche valore, e guarda prima e dopo fianco a fianco. I due lati incontrano "
            "gli stessi ordini con la stessa fortuna: le differenze sono dei valori, non del caso.",
            "Choose a scenario, move a few values, and see before and after side by side. Both sides meet the same "
            "orders with the same luck: the differences are those of the values, not of chance.",
        ),
        "scenarios": Term("Scenari", "Scenarios"),
        "scenario": Term("Scenario", "Scenario"),
        "own_file": Term(
            "Un file tuo si offre all'avvio: appuntamento capacity mio.toml",
            "To offer a file: appuntamento capacity mine.toml",
        ),
        "open": Term("Apri", "Open"),
        "values": Term("Che cosa cambia", "What changes"),
        "values_note": Term(
            "Il valore scritto è quello dello scenario; quel che resta com'è non cambia.",
            "What is written is the scenario's value; what stays as it is changes nothing.",
        ),
        "in_scenario": Term("nello scenario: {value}", "in the scenario: {value}"),
        "replications": Term("Repliche per lato", "Replications a side"),
        "seed": Term("Seme", "Seed"),
        "run": Term("Calcola prima e dopo", "Run before and after"),
        "run_again": Term("Cambia e calcola ancora", "Change and run again"),
        "wrong": Term("Non si può calcolare", "This cannot be run"),
        "running": Term("In corso", "Under way"),
        "failed": Term("Non riuscito", "Failed"),
        "refresh": Term(
            "La pagina si ricarica da sola ogni 3 secondi.", "The page reloads by itself every three seconds."
        ),
        "before": Term("Prima", "Before"),
        "after": Term("Dopo", "After"),
        "end": Term("Ferma", "Stop"),
        "changed": Term("Cambiato", "Changed"),
        "nothing_changed": Term(
            "Nulla è cambiato: i due lati sono uguali.", "Nothing was changed: both sides are equal."
        ),
        "indicator": Term("Indicatore", "Indicator"),
        "difference": Term("Differenza (dopo − prima)", "Difference (after − before)"),
        "meaning": Term("Che cosa ne viene", "What comes of it"),
        "no_difference": Term("non si distingue da zero", "cannot be told from zero"),
        "better": Term("meglio", "better"),
        "worse": Term("peggio", "worse"),
        "differs": Term("diverso", "differs"),
        "intervals": Term(
            "Medie sulle repliche; sotto, l'intervallo al 95 %. Le differenze sono per coppie di repliche con la "
            "stessa fortuna: si dicono «meglio» o «peggio» solo dove l'intervallo non contiene lo zero.",
            "Means over replications; below, the 95% interval. Differences are of pairs of replications with the same "
            "luck: they are called “better” or “worse” only where the interval holds no zero.",
        ),
        "full_before": Term("Pagina intera: prima", "Full page: before"),
        "full_after": Term("Pagina intera: dopo", "Full page: after"),
        "command": Term("Lo stesso da terminale", "The same in a terminal"),
        "home": Term("Altro scenario", "Another scenario"),
        "past": Term("Già calcolati", "Run before"),
        "question": Term("n. {number}: {scenario}", "no. {number}: {scenario}"),
        "none_yet": Term("Ancora nessuno.", "None yet."),
        "gone": Term("Questa pagina non c'è (più).", "There is no such page (any more)."),
        "language": Term("Lingua", "Language"),
    }
)
