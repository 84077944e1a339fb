"""Every word of the Virtual Agent's pages, Italian and English, and the choice between the two.

What lives here: text only. It must not know what an order looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sim.sandbox.pages.civil_words import ENGLISH, ITALIAN, LANGUAGES

Words = Callable[..., str]


def _said(italian: str, english: str) -> Mapping[str, str]:
    return MappingProxyType({ITALIAN: italian, ENGLISH: english})


WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "over": _said("Attivazione della linea", "Activation of the line"),
        "by_operator": _said("per conto di {operator}", "on behalf of {operator}"),
        "skip": _said("Vai al contenuto", "Skip to the content"),
        "language": _said("Lingua", "Language"),
        "simulated": _said(
            "Ambiente di prova: qui sono le {time} di {day}. Nessun tecnico verrà davvero.",
            "Test environment: here it is {time} on {day}. No technician will really come.",
        ),
        "facts": _said("L'ordine", "The order"),
        "order": _said("Ordine", "Order"),
        "service": _said("Servizio", "Service"),
        "operator": _said("Operatore", "Operator"),
        # to book
        "choose_title": _said("Quando può venire il tecnico?", "When may the technician come?"),
        "choose_lead": _said(
            "Scelga un giorno e una fascia oraria, poi confermi. Può farlo {until}.",
            "Choose a day and a time band, then confirm. You can do so {until}.",
        ),
        "choose_lead_late": _said(
            "Scelga un giorno e una fascia oraria, poi confermi.", "Choose a day and a time band, then confirm."
        ),
        "week": _said("Da {day}", "From {day}"),
        "bands": _said("{number} fasce", "{number} bands"),
        "confirm": _said("Conferma l'appuntamento", "Confirm the appointment"),
        "no_slots": _said(
            "Al momento nessuna fascia è libera. Riprovi più tardi: i posti possono liberarsi.",
            "No band is free at the moment. Please try again later: places may become free.",
        ),
        "decline_link": _said("Non voglio fissare un appuntamento", "I do not want to make an appointment"),
        # booked
        "booked_title": _said("Appuntamento fissato", "The appointment is fixed"),
        "booked_by_you": _said("Fissato da lei.", "Fixed by you."),
        "booked_by_customer": _said("Fissato dal cliente.", "Fixed by the customer."),
        "booked_by_operator": _said("Fissato dall'operatore.", "Fixed by the operator."),
        "can_move": _said(
            "Se serve, può spostarlo {until}, a una data precedente o successiva.",
            "If need be you can move it {until}, to an earlier or a later date.",
        ),
        "cannot_move": _said(
            "Non si può più spostare: era possibile {until}.",
            "It can no longer be moved: that was possible {until}.",
        ),
        "no_more_moves": _said(
            "Non si può più spostare: gli spostamenti previsti sono esauriti.",
            "It can no longer be moved: no further change is allowed.",
        ),
        "reminder": _said(
            "Prima della visita arriva un SMS di promemoria.",
            "A reminder comes by SMS before the visit.",
        ),
        "move_link": _said("Sposta l'appuntamento", "Move the appointment"),
        "move_title": _said("A quando vuole spostarlo?", "When shall it be instead?"),
        "move_lead": _said(
            "Oggi è fissato per {slot}. Finché non conferma la nuova data, resta valido.",
            "It is now fixed for {slot}. It stands until you confirm the new date.",
        ),
        "move": _said("Sposta a questa data", "Move to this date"),
        "keep": _said("Lascia com'è", "Leave it as it is"),
        # to decline
        "decline_title": _said("Rifiutare l'appuntamento?", "Decline the appointment?"),
        "decline_lead": _said(
            "Se rifiuta, da qui non sarà più possibile fissare l'appuntamento e l'ordine torna all'operatore.",
            "If you decline, no appointment can be made here any more and the order goes back to the operator.",
        ),
        "decline": _said("Sì, rifiuto", "Yes, I decline"),
        "do_not_decline": _said("No, torna alle date", "No, back to the dates"),
        # over
        "declined_title": _said("Rifiuto registrato", "You have declined"),
        "declined_lead": _said(
            "Per riprendere l'attivazione si rivolga all'operatore {operator}.",
            "To take up the activation again please contact the operator {operator}.",
        ),
        "refused_title": _said("L'appuntamento è stato rifiutato", "The appointment was declined"),
        "term_over_title": _said("Il tempo per fissare è scaduto", "The time to book is over"),
        "term_over_lead": _said(
            "L'appuntamento si poteva fissare {until}. Per riprendere l'attivazione si rivolga "
            "all'operatore {operator}.",
            "The appointment could be made {until}. To take up the activation again please contact the "
            "operator {operator}.",
        ),
        "visited_title": _said("La visita è iniziata", "The visit has begun"),
        "visited_lead": _said("Era fissata per {slot}.", "It was fixed for {slot}."),
        "cancelled_title": _said("L'ordine è stato annullato", "The order was cancelled"),
        "cancelled_lead": _said(
            "Nessun tecnico verrà. Per informazioni si rivolga all'operatore {operator}.",
            "No technician will come. For information please contact the operator {operator}.",
        ),
        "gone_title": _said("Questo collegamento non è valido", "This link is not valid"),
        "gone_lead": _said(
            "Non esiste, oppure non vale più: per fissare un appuntamento c'è un tempo limitato.",
            "It does not exist, or is no longer good: the time to make an appointment is limited.",
        ),
        "gone_hint": _said(
            "Se la pagina era già aperta da un po', riapra il collegamento che ha ricevuto. "
            "Altrimenti si rivolga al suo operatore.",
            "If the page has been open for a while, open the link that you received once more. "
            "Otherwise please contact your operator.",
        ),
        "go_on_title": _said("Ancora un passo", "One more step"),
        "go_on": _said("Apri la pagina dell'appuntamento", "Open the appointment page"),
        # what was done
        "done_confirmed": _said("Fatto. L'appuntamento è confermato.", "Done. The appointment is confirmed."),
        "done_moved": _said("Fatto. Ora vale questo appuntamento.", "Done. This is the appointment now."),
        # what was refused, and why
        "refused_already_booked": _said(
            "Qualcuno è arrivato prima: l'appuntamento era già fissato. Vale quello indicato qui.",
            "Somebody was first: the appointment had already been made. The one shown here holds.",
        ),
        "refused_slot_taken": _said(
            "Nel frattempo quella fascia è stata presa da un altro. Ne scelga un'altra.",
            "Meanwhile that band was taken by somebody else. Please choose another one.",
        ),
        "refused_slot_not_offered": _said(
            "Quella fascia non è tra quelle disponibili. Ne scelga una dell'elenco.",
            "That band is not among those available. Please choose one of the list.",
        ),
        "refused_no_slot": _said("Prima scelga una fascia.", "Please choose a band first."),
        "refused_term_over": _said(
            "Troppo tardi: il tempo per fissare l'appuntamento è scaduto.",
            "Too late: the time to make the appointment is over.",
        ),
        "refused_cutoff_passed": _said(
            "Troppo tardi per spostarlo: si può fino alle 18:00 del giorno prima della visita.",
            "Too late to move it: that is possible until 18:00 of the day before the visit.",
        ),
        "refused_reschedules_exhausted": _said(
            "Gli spostamenti previsti sono esauriti: l'appuntamento resta com'è.",
            "No further change is allowed: the appointment stays as it is.",
        ),
        "refused_not_booked": _said(
            "Non c'è ancora un appuntamento da spostare: lo fissi qui.",
            "There is no appointment to move yet: make it here.",
        ),
        "refused_closed": _said(
            "Non è più possibile: per questo ordine è tutto concluso.",
            "This is no longer possible: everything is settled for this order.",
        ),
    }
)
SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "ULL": "ULL",
        "SLU": "SLU",
        "VULA_FTTCAB": "VULA FTTCab",
        "VULA_FTTH": "VULA FTTH",
        "BITSTREAM_NGA_FTTCAB": "Bitstream NGA FTTCab",
        "BITSTREAM_NGA_FTTH": "Bitstream NGA FTTH",
    }
)
REFUSED, DONE = "refused_", "done_"


def words_in(language: str) -> Words:
    """A function that says a thing in a language: its key, and the values that its text names."""

    def say(key: str, **values: object) -> str:
        return WORDS[key][language].format(**values)

    return say


def language_of(asked: str | None, accepted: str) -> str:
    """The language of an answer: the one that was asked for, else the first accepted one that there is, else Italian.

    `accepted` is the header Accept-Language; the weight of each of its languages counts, then their order.
    """
    if asked in LANGUAGES:
        return asked
    weighed = [(-_weight(part), place, part) for place, part in enumerate(accepted[:1000].split(","))]
    for weight, _, part in sorted(weighed):
        name = part.partition(";")[0].strip().lower().partition("-")[0]
        if name in LANGUAGES and weight < 0:
            return name
    return ITALIAN


def _weight(part: str) -> float:
    _, sign, weight = part.partition("q=")
    try:
        return min(max(float(weight), 0.0), 1.0) if sign else 1.0
    except ValueError:
        return 0.0
