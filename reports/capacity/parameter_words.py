"""The parameters of a scenario as people call them: «Posti per fascia in Lazio» for territories.lazio.slots_per_band.

What lives here: one table of words and the look-up. It must not know what a parameter does; a path that nobody has
words for stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from reports.capacity.figure import Cell
from reports.capacity.run_folder import CapacityRun
from reports.facts import WEEKDAYS
from reports.words.labels import Term, same
from reports.words.masking import printable
from reports.words.number_words import filled, number

WORDS: Mapping[str, Term] = MappingProxyType(
    {
        "territories.slots_per_band": Term(
            "Posti per fascia in tutti i territori", "Slots per band in all territories"
        ),
        "territories.NAME.slots_per_band": Term("Posti per fascia in {name}", "Slots per band in {name}"),
        "territories.NAME.share": Term("Peso degli ordini di {name}", "Weight of the orders of {name}"),
        "operators.NAME.orders_per_year": Term("Ordini l'anno di {name}", "Orders a year of {name}"),
        "operators.NAME.share_with_code": Term("Ordini di {name} con codice", "Orders of {name} with a code"),
        "operators.NAME.call_centre.agents": Term(
            "Addetti del call centre di {name}", "Agents of the call centre of {name}"
        ),
        "operators.NAME.call_centre.minutes_per_call": Term(
            "Minuti per telefonata di {name}", "Minutes a call of {name}"
        ),
        "operators.NAME.call_centre.attempts": Term("Tentativi di chiamata di {name}", "Call attempts of {name}"),
        "operators.NAME.call_centre.reached_per_attempt": Term(
            "Clienti di {name} raggiunti a ogni tentativo", "Customers of {name} reached at each attempt"
        ),
        "operators.NAME.call_centre.refuses": Term(
            "Clienti di {name} che rifiutano al telefono", "Customers of {name} who refuse on the telephone"
        ),
        "operators.NAME.call_centre.hours_between_attempts": Term(
            "Ore fra due tentativi di {name}", "Hours between two attempts of {name}"
        ),
        "operators.NAME.call_centre.first_call_after_hours": Term(
            "Ore prima della prima telefonata di {name}", "Hours before the first call of {name}"
        ),
        "sms.per_second": Term("SMS al secondo", "SMS a second"),
        "notifications.concurrency": Term("Connessioni verso gli operatori", "Connections to the operators"),
        "notifications.latency_ms": Term("Latenza delle notifiche", "Latency of notifications"),
        "customers.books": Term("Clienti che prenotano da soli", "Customers who book by themselves"),
        "customers.refuses": Term("Clienti che rifiutano", "Customers who refuse"),
        "customers.answers_after_hours": Term("Ore prima della risposta", "Hours before the answer"),
        "customers.wishes_days": Term("Giorni che i clienti desiderano", "Days that customers wish"),
        "customers.session_minutes": Term("Minuti di una sessione", "Minutes of a session"),
        "customers.reschedules": Term("Clienti che spostano l'appuntamento", "Customers who move their appointment"),
        "customers.cancels": Term("Ordini annullati dall'operatore", "Orders that the operator cancels"),
        "customers.retries_after_hours": Term("Ore prima di guardare di nuovo", "Hours before looking again"),
        "arrivals.holiday_factor": Term("Ordini nei festivi, quota del normale", "Orders on holidays, share of normal"),
        "arrivals.overdispersion": Term("Variabilità dei giorni oltre il caso", "Variance of days beyond chance"),
        "customers.no_show": Term("Clienti assenti alla visita, quota", "Customers not home at the visit, share"),
        "technicians.second_visit": Term("Lavori che chiedono un'altra visita", "Work that needs another visit"),
        "technicians.second_visit_after_days": Term("Giorni prima di un'altra visita", "Days before another visit"),
        "technicians.absence": Term("Tecnici assenti, quota", "Technicians absent, share"),
        "line_ready.copper.after_hours": Term("Ore prima di AC (rame)", "Hours before AC (copper)"),
        "line_ready.nga.after_hours": Term("Ore prima di CO (NGA)", "Hours before CO (NGA)"),
        "horizon.warm_up_days": Term("Giorni di avviamento", "Days of warm-up"),
        "horizon.days": Term("Giorni", "Days"),
        "service_level.days": Term("Giorni del livello di servizio", "Days of the service level"),
        "costs.technician_hour": Term("Costo di un'ora di tecnico", "Cost of a technician-hour"),
        "costs.agent_hour": Term("Costo di un'ora di addetto", "Cost of an agent-hour"),
        "costs.sms": Term("Costo di un SMS", "Cost of an SMS"),
        "costs.day_of_delay": Term("Costo di un giorno di ritardo", "Cost of a day of delay"),
        **{
            f"territories.NAME.{day.key}": Term(
                f"Posti per fascia in {{name}}, {day.it}", f"Slots per band in {{name}}, {day.en}"
            )
            for day in WEEKDAYS
        },
        "readings.NAME": Term("Lettura {name}", "Reading {name}"),
    }
)
NAMED = re.compile(r"(territories|operators|readings)\.([^.]+)(.*)")


def parameter_words(run: CapacityRun, path: str) -> Term:
    """A parameter by its dotted path, in words."""
    if path in WORDS:
        return WORDS[path]
    match = NAMED.fullmatch(path)
    words = WORDS.get(f"{match[1]}.NAME{match[3]}") if match else None
    if match is None or words is None:
        return same(printable(path))
    return filled(words, name=printable(_name(run, match[1], match[2])))


def value_words(value: object) -> Cell:
    """A value of a parameter: a number as each language writes it, anything else as it stands."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return number(float(value)) if is_number else printable(str(value))  # type: ignore[arg-type]


def _name(run: CapacityRun, table: str, key: str) -> str:
    if table == "territories":
        return run.territory_titles.get(key, key)
    operators = run.scenario.get("operators") or []
    if table == "operators" and key.isdecimal() and 1 <= int(key) <= len(operators):
        return str(operators[int(key) - 1].get("name", key))
    return key
