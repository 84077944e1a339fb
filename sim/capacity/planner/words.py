"""What the planner's page says, in Italian and English.

What lives here: text only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.sandbox.pages.page_languages import in_both

PLANNER_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "title": in_both("Banco del pianificatore", "Planner's desk"),
        "lead": in_both(
            "Scegli uno scenario, muovi qualche valore, e guarda prima e dopo fianco a fianco. I due lati incontrano "
            "gli stessi ordini con la stessa fortuna: le differenze sono dei valori, non del caso.",
            "Choose a scenario, move a few values, and see before and after side by side. Both sides meet the same "
            "orders with the same luck: the differences are those of the values, not of chance.",
        ),
        "scenarios": in_both("Scenari", "Scenarios"),
        "scenario": in_both("Scenario", "Scenario"),
        "own_file": in_both(
            "Un file tuo si offre all'avvio: appuntamento capacity mio.toml",
            "To offer a file: appuntamento capacity mine.toml",
        ),
        "open": in_both("Apri", "Open"),
        "values": in_both("Che cosa cambia", "What changes"),
        "values_note": in_both(
            "Il valore scritto è quello dello scenario; quel che resta com'è non cambia.",
            "What is written is the scenario's value; what stays as it is changes nothing.",
        ),
        "in_scenario": in_both("nello scenario: {value}", "in the scenario: {value}"),
        "replications": in_both("Repliche per lato", "Replications a side"),
        "seed": in_both("Seme", "Seed"),
        "run": in_both("Calcola prima e dopo", "Run before and after"),
        "run_again": in_both("Cambia e calcola ancora", "Change and run again"),
        "wrong": in_both("Non si può calcolare", "This cannot be run"),
        "running": in_both("In corso", "Under way"),
        "failed": in_both("Non riuscito", "Failed"),
        "refresh": in_both(
            "La pagina si ricarica da sola ogni 3 secondi.", "The page reloads by itself every three seconds."
        ),
        "before": in_both("Prima", "Before"),
        "after": in_both("Dopo", "After"),
        "end": in_both("Ferma", "Stop"),
        "changed": in_both("Cambiato", "Changed"),
        "nothing_changed": in_both(
            "Nulla è cambiato: i due lati sono uguali.", "Nothing was changed: both sides are equal."
        ),
        "indicator": in_both("Indicatore", "Indicator"),
        "difference": in_both("Differenza (dopo − prima)", "Difference (after − before)"),
        "meaning": in_both("Che cosa ne viene", "What comes of it"),
        "no_difference": in_both("non si distingue da zero", "cannot be told from zero"),
        "better": in_both("meglio", "better"),
        "worse": in_both("peggio", "worse"),
        "differs": in_both("diverso", "differs"),
        "intervals": in_both(
            "Medie sulle repliche; sotto, l'intervallo al 95 %. Le differenze sono per coppie di repliche con la "
            "stessa fortuna: si dicono «meglio» o «peggio» solo dove l'intervallo non contiene lo zero.",
            "Means over replications; below, the 95% interval. Differences are of pairs of replications with the same "
            "luck: they are called “better” or “worse” only where the interval holds no zero.",
        ),
        "full_before": in_both("Pagina intera: prima", "Full page: before"),
        "full_after": in_both("Pagina intera: dopo", "Full page: after"),
        "command": in_both("Lo stesso da terminale", "The same in a terminal"),
        "home": in_both("Altro scenario", "Another scenario"),
        "past": in_both("Già calcolati", "Run before"),
        "question": in_both("n. {number}: {scenario}", "no. {number}: {scenario}"),
        "none_yet": in_both("Ancora nessuno.", "None yet."),
        "gone": in_both("Questa pagina non c'è (più).", "There is no such page (any more)."),
        "language": in_both("Lingua", "Language"),
    }
)
