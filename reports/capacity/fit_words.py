"""What a fit says, in Italian and English: where numbers come from, what must be known, what a backtest means.

What lives here: text only, by the keys that `fit.json` has.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reports.words.labels import Term
from reports.words.number_words import filled, joined, number

ORIGINS: Mapping[str, Term] = MappingProxyType(
    {
        "fitted": Term(
            "Stimato da {records:# ordine|# ordini} di {file}.", "Fitted from {records:# order|# orders} of {file}."
        ),
        "counted": Term(
            "Contato su {records:# ordine|# ordini} di {file}.", "Counted in {records:# order|# orders} of {file}."
        ),
        "bound": Term(
            "Visto in {records:# ordine|# ordini} di {file}: il vero limite può essere più largo.",
            "Seen in {records:# order|# orders} of {file}: the true limit may be wider.",
        ),
        "assumed": Term("Non è negli ordini registrati: assunto.", "Not in the records: assumed."),
    }
)
SHORT: Mapping[str, Term] = MappingProxyType(
    {
        "fitted": Term("stimato", "fitted"),
        "counted": Term("contato", "counted"),
        "bound": Term("limite visto", "limit seen"),
        "assumed": Term("assunto", "assumed"),
    }
)
DISTANCE = Term(
    "Distanza massima fra le funzioni di ripartizione: {distance}.",
    "Largest gap between the distribution functions: {distance}.",
)
NOTES: Mapping[str, Term] = MappingProxyType(
    {
        "like": Term("Preso da {like}.", "Taken from {like}."),
        "default": Term("Valore predefinito.", "A default."),
        "few": Term("Pochi ordini: il numero è grossolano.", "Few orders: the number is rough."),
        "season": Term(
            "Meno di un anno: la stagione registrata vale come media.",
            "Less than a year: the season recorded counts as an average one.",
        ),
        "months_assumed": Term(
            "Meno di un anno: i pesi dei mesi sono quelli di {like}.",
            "Less than a year: the weights of months are those of {like}.",
        ),
        "nobody_named": Term(
            "Senza acted_by ogni atto vale come del cliente.", "Without acted_by every act counts as the customer's."
        ),
        "censored": Term(
            "Chi non ha risposto entro il termine, o prima della chiamata, conta come attesa non finita.",
            "Who had not answered by the end of the term, or by the call, counts as a wait that had not ended.",
        ),
        "capacity_within": Term(
            "Senza capacity_days comprende i giorni che ha aggiunto la capacità: desideri in realtà più brevi.",
            "Without capacity_days it includes the days that capacity added: true wishes are shorter.",
        ),
        "attempts_assumed": Term(
            "Senza calls il numero di tentativi è assunto.", "Without calls the number of attempts is assumed."
        ),
        "agents": Term(
            "Tanti quanti bastano alle chiamate fatte, occupati al 60 %.",
            "As many as the calls that were made need, 60% busy.",
        ),
        "days_only": Term(
            "Gli ordini registrati hanno solo giorni, senza ora: non è stimabile.",
            "The records have days alone, without a time: it cannot be fitted.",
        ),
        "days_technicians": Term(
            "Le visite hanno solo giorni: quelle del giorno più pieno, divise fra le sue fasce.",
            "Visits have days alone: those of the fullest day, spread over its bands.",
        ),
        "no_visits": Term("Nessuna visita registrata qui.", "No visit was recorded here."),
        "technicians": Term(
            "Il massimo di visite viste in una fascia: se non fu mai piena, i tecnici erano di più.",
            "The most visits seen in a slot: if it was never full, there were more technicians.",
        ),
    }
)
OPENING = (
    "Proposed from {records} orders of {file}, received from {first} to {last}.\n"
    "Above each number: where it comes from. Distances are between distribution functions (0 is perfect)."
)


INDICATORS: Mapping[str, Term] = MappingProxyType(
    {
        "orders": Term("Ordini ricevuti", "Orders received"),
        "share_refused": Term("Rifiutati", "Refused"),
        "share_timed_out": Term("Scaduti", "Timed out"),
        "share_cancelled": Term("Annullati", "Cancelled"),
        "share_visited": Term("Visitati", "Visited"),
        "share_by_operator": Term("Primo ad agire: l'operatore", "First to act: the operator"),
        "share_moved": Term("Appuntamenti spostati", "Appointments moved"),
        "p50_days_to_line": Term("Giorni alla linea pronta, mediana", "Days to the line, median"),
        "p95_days_to_line": Term("Giorni alla linea pronta, 95°", "Days to the line, 95th"),
        "p50_days_to_booking": Term("Giorni alla prenotazione, mediana", "Days to booking, median"),
        "p95_days_to_booking": Term("Giorni alla prenotazione, 95°", "Days to booking, 95th"),
        "p50_days_to_visit": Term("Giorni alla visita, mediana", "Days to the visit, median"),
        "p95_days_to_visit": Term("Giorni alla visita, 95°", "Days to the visit, 95th"),
        "share_visits_0": Term("Visite di lunedì", "Visits on Mondays"),
        "share_visits_1": Term("Visite di martedì", "Visits on Tuesdays"),
        "share_visits_2": Term("Visite di mercoledì", "Visits on Wednesdays"),
        "share_visits_3": Term("Visite di giovedì", "Visits on Thursdays"),
        "share_visits_4": Term("Visite di venerdì", "Visits on Fridays"),
        "share_visits_5": Term("Visite di sabato", "Visits on Saturdays"),
        "share_visits_6": Term("Visite di domenica", "Visits on Sundays"),
    }
)
OF_LINES = Term("le linee tengono un altro passo: line_ready.*", "lines keep another pace: line_ready.*")
OF_ANSWERS = Term(
    "risposte o chiamate hanno un altro passo: customers.answers_after_hours, call_centre.*",
    "answers or calls keep another pace: customers.answers_after_hours, call_centre.*",
)
OF_PLACES = Term(
    "capacità o desideri non sono questi: dire i tecnici veri in territories.*",
    "capacity or wishes are not these: give the true technicians in territories.*",
)
# What an indicator outside its interval suggests, by the beginning of its name.
SUGGESTIONS: Mapping[str, Term] = MappingProxyType(
    {
        "orders": Term(
            "il volume non è quello dei primi tre quarti: stagione o crescita",
            "the volume is not that of the first three quarters: a season, or growth",
        ),
        "share_visits": Term(
            "i giorni offerti o i tecnici per giorno sono cambiati: guardare territories.*",
            "days on offer, or technicians by weekday, have changed: look at territories.*",
        ),
        "share_by_operator": Term(
            "il call centre chiama prima o raggiunge più di quanto stimato: guardare call_centre.*",
            "the call centre calls earlier, or reaches more, than was fitted: look at call_centre.*",
        ),
        "share": Term(
            "i clienti si comportano diversamente da prima: guardare customers.* e call_centre.*",
            "customers do otherwise than before: look at customers.* and call_centre.*",
        ),
        "p50_days_to_line": OF_LINES,
        "p95_days_to_line": OF_LINES,
        "p50_days_to_booking": OF_ANSWERS,
        "p95_days_to_booking": OF_ANSWERS,
        "p50_days_to_visit": OF_PLACES,
        "p95_days_to_visit": OF_PLACES,
    }
)
IMPOSSIBLE: Mapping[str, Term] = MappingProxyType(
    {
        "too_short": Term(
            "Nessuna verifica a posteriori: servono almeno {days} giorni di ordini registrati.",
            "No backtest: it takes at least {days} days of recorded orders.",
        ),
        "too_few": Term(
            "Nessuna verifica a posteriori: servono almeno {orders} ordini registrati.",
            "No backtest: it takes at least {orders} recorded orders.",
        ),
        "uneven": Term(
            "Nessuna verifica a posteriori: troppo pochi ordini nei primi tre quarti dei giorni, o nell'ultimo.",
            "No backtest: too few orders in the first three quarters of the days, or in the last.",
        ),
        "days_only": Term(
            "Nessuna verifica a posteriori: con i soli giorni non si confrontano tempi.",
            "No backtest: with days alone no times can be compared.",
        ),
        "not_asked": Term("Nessuna verifica a posteriori: non richiesta.", "No backtest: not asked for."),
    }
)
TRIED = Term(
    "Verifica a posteriori: stimato sui primi tre quarti dei giorni, provato su {orders:# ordine|# ordini} dal "
    "{first} al {last}, "
    "{replications:# replica|# repliche}. Dentro l'intervallo al 95 %: {inside:# indicatore|# indicatori} su {count}.",
    "Backtest: fitted on the first three quarters of the days, tried on {orders:# order|# orders} from {first} to "
    "{last}, "
    "{replications:# replication|# replications}. Of {count} indicators {inside:# is|# are} inside their 95% "
    "intervals.",
)
ALL_INSIDE = Term("Lo scenario riproduce ciò che non ha visto.", "The scenario reproduces what it has not seen.")
SOME_OUTSIDE = Term("Fuori anche per caso è circa uno su venti.", "By chance alone about one in twenty is outside.")
WHOLE_DAYS = Term(
    "Solo giorni, senza ora, in {columns}. Ciò che chiede l'ora non è stimato e resta al valore predefinito o di "
    "partenza, segnato come assunto: ritmi entro il giorno, tempi di linee e risposte, desideri, call centre, tecnici "
    "per fascia.",
    "Days alone, without a time, in {columns}. What needs the time of day is not fitted and keeps its default, or the "
    "value it starts from, marked as assumed: the pace within a day, delays of lines and answers, wishes, call "
    "centres, technicians by band.",
)
HISTORIES = Term(
    "La tabella ha {histories} storie (varianti o repliche): si è letta la prima, {orders:# ordine|# ordini}.",
    "The table has {histories} histories (variants or replications): the first was read, {orders:# order|# orders}.",
)


def finding_text(finding: Mapping[str, Any], file: str, like: str) -> Term:
    """Where a number comes from, and what must be known of it. The members are those of `fit.json`."""
    parts = [filled(ORIGINS[finding["origin"]], records=number(finding["records"], 0), file=file)]
    if finding["distance"] is not None:
        parts.append(filled(DISTANCE, distance=number(finding["distance"], 3)))
    parts += [filled(NOTES[note], like=like) for note in finding["notes"]]
    return joined(parts, " ")


def suggestion(name: str) -> Term:
    """What to look at where an indicator is outside."""
    fitting = [key for key in SUGGESTIONS if name.startswith(key)]
    return SUGGESTIONS[max(fitting, key=len)]
