"""What the Virtual Agent's pages say to a customer, in Italian and English; `Lei`, as the SMS says it.

What lives here: text only. It must not know what an order looks like. Where the operator acts, `operator_words` comes
before it.
"""

from __future__ import annotations

from types import MappingProxyType

from reports.words.labels import Term
from sim.sandbox.pages.page_languages import Texts

REFUSED, DONE = "refused_", "done_"

WORDS: Texts = MappingProxyType(
    {
        "over": Term("Attivazione della linea", "Activation of your line"),
        "by_operator": Term("per conto di {operator}", "on behalf of {operator}"),
        "skip": Term("Vai al contenuto", "Skip to the content"),
        "language": Term("Lingua", "Language"),
        "simulated": Term(
            "Ambiente di prova: qui sono le {time} di {day}. Nessun tecnico verrà davvero.",
            "Test environment: here it is {time} on {day}. No technician will really come.",
        ),
        "facts": Term("Il Suo ordine", "Your order"),
        "order": Term("Ordine", "Order"),
        "service": Term("Servizio", "Service"),
        "operator": Term("Operatore", "Operator"),
        "telephone": Term("Telefono", "Telephone"),
        # to book
        "choose_title": Term("Quando può venire il tecnico?", "When may the technician come?"),
        "choose_lead": Term(
            "Scelga un giorno e una fascia oraria, poi confermi. Può farlo {until}.",
            "Choose a day and a time band, then confirm. You can do so {until}.",
        ),
        "choose_lead_late": Term(
            "Scelga un giorno e una fascia oraria, poi confermi.", "Choose a day and a time band, then confirm."
        ),
        "week": Term("Da {day}", "From {day}"),
        "bands": Term("{number:# fascia|# fasce}", "{number:# band|# bands}"),
        "confirm": Term("Conferma l'appuntamento", "Confirm the appointment"),
        "no_slots": Term(
            "Al momento nessuna fascia è libera. Riprovi più tardi: i posti possono liberarsi.",
            "No band is free at the moment. Please try again later: places may become free.",
        ),
        "decline_link": Term("Non voglio fissare un appuntamento", "I do not want to make an appointment"),
        "kept": Term(
            "La fascia che aveva scelto è ancora segnata: {slot}. Basta confermare.",
            "The band that you had chosen is still marked: {slot}. You only have to confirm.",
        ),
        "kept_gone": Term(
            "La fascia che aveva scelto, {slot}, non è più disponibile. Ne scelga un'altra.",
            "The band that you had chosen, {slot}, is no longer available. Please choose another one.",
        ),
        # booked
        "booked_title": Term("Appuntamento fissato", "The appointment is fixed"),
        "booked_by_you": Term("Appuntamento preso da Lei.", "You made this appointment."),
        "booked_by_customer": Term("Appuntamento preso dal cliente.", "The customer made this appointment."),
        "booked_by_operator": Term("Appuntamento preso dal Suo operatore.", "Your operator made this appointment."),
        "next_title": Term("Che cosa succede ora", "What happens next"),
        "reminder_to_come": Term(
            "Riceverà un SMS di promemoria {until}.", "You will receive a reminder by SMS {until}."
        ),
        "reminder_sent": Term("Ha ricevuto un SMS di promemoria.", "You have received a reminder by SMS."),
        "technician": Term(
            "Il tecnico viene {day} nella fascia {band}.", "The technician comes on {day} in the band {band}."
        ),
        "calendar": Term("Aggiungi al calendario", "Add to calendar"),
        "calendar_moved": Term("Aggiorna il calendario", "Update your calendar"),
        "calendar_cancelled": Term("Togli dal calendario", "Remove it from your calendar"),
        "calendar_event": Term("Visita del tecnico ({operator})", "Visit of the technician ({operator})"),
        "can_move": Term(
            "Se serve, può spostarlo {until}, a una data precedente o successiva.",
            "If need be you can move it {until}, to an earlier or a later date.",
        ),
        "cannot_move": Term(
            "Non si può più spostare: era possibile {until}.", "It can no longer be moved: that was possible {until}."
        ),
        "no_more_moves": Term(
            "Non si può più spostare: gli spostamenti previsti sono esauriti.",
            "It can no longer be moved: no further change is allowed.",
        ),
        "move_link": Term("Sposta l'appuntamento", "Move the appointment"),
        "move_title": Term("A quando vuole spostarlo?", "When shall it be instead?"),
        "move_lead": Term(
            "Ora è fissato per {slot}. Finché non conferma la nuova data, resta valido.",
            "It is now fixed for {slot}. It stands until you confirm the new date.",
        ),
        "move": Term("Conferma il nuovo appuntamento", "Confirm the new appointment"),
        "keep": Term("Lascia com'è", "Leave it as it is"),
        # to decline
        "decline_title": Term("Rifiutare l'appuntamento?", "Decline the appointment?"),
        "decline_lead": Term(
            "Se rifiuta, da qui non sarà più possibile fissare l'appuntamento e l'ordine torna all'operatore.",
            "If you decline, no appointment can be made here any more and the order goes back to the operator.",
        ),
        "decline": Term("Sì, rifiuto", "Yes, I decline"),
        "do_not_decline": Term("No, torna alle date", "No, back to the dates"),
        # over
        "declined_title": Term("Rifiuto registrato", "You have declined"),
        "declined_lead": Term(
            "Per riprendere l'attivazione si rivolga all'operatore {operator}.",
            "To take up the activation again please contact the operator {operator}.",
        ),
        "refused_title": Term("L'appuntamento è stato rifiutato", "The appointment was declined"),
        "term_over_title": Term("Il termine per prenotare è scaduto", "The time to book is over"),
        "term_over_lead": Term(
            "L'appuntamento si poteva fissare {until}. Per riprendere l'attivazione si rivolga "
            "all'operatore {operator}.",
            "The appointment could be made {until}. To take up the activation again please contact the "
            "operator {operator}.",
        ),
        "visited_title": Term("La visita è iniziata", "The visit has begun"),
        "visited_lead": Term("Era fissata per {slot}.", "It was fixed for {slot}."),
        "cancelled_title": Term("L'ordine è stato annullato", "The order was cancelled"),
        "cancelled_lead": Term(
            "Nessun tecnico verrà. Per informazioni si rivolga all'operatore {operator}.",
            "No technician will come. For information please contact the operator {operator}.",
        ),
        # no order behind the page
        "gone_title": Term("Questo link non è più valido", "This link is no longer valid"),
        "gone_lead": Term(
            "Per fissare un appuntamento c'è un tempo limitato. Controlli che il link sia scritto per intero; "
            "altrimenti si rivolga al Suo operatore.",
            "The time to make an appointment is limited. Check that the link is complete; otherwise please "
            "contact your operator.",
        ),
        "expired_title": Term("Pagina scaduta", "This page has expired"),
        "expired_lead": Term(
            "Riapra il link dell'SMS: la pagina è rimasta aperta troppo a lungo, e nulla è stato cambiato.",
            "Open the link of the SMS again: the page was open for too long, and nothing has been changed.",
        ),
        "expired_choice": Term(
            "La Sua scelta, {slot}, resta segnata: riaperto il link, basta confermarla.",
            "Your choice, {slot}, stays marked: once the link is open you only have to confirm it.",
        ),
        "go_on_title": Term("Ancora un passo", "One more step"),
        "go_on": Term("Apri la pagina dell'appuntamento", "Open the appointment page"),
        # what was done
        "done_confirmed": Term("Fatto. L'appuntamento è confermato.", "Done. The appointment is confirmed."),
        "done_moved": Term("Fatto. Ora è fissato per {slot}.", "Done. It is now fixed for {slot}."),
        # what was refused, and why
        "refused_already_booked": Term(
            "Qualcuno è arrivato prima: l'appuntamento era già fissato. Vale quello indicato qui.",
            "Somebody was first: the appointment had already been made. The one shown here holds.",
        ),
        "refused_slot_taken": Term(
            "Quella fascia non è più disponibile: nel frattempo è stata presa. Ne scelga un'altra.",
            "That band is no longer available: meanwhile it was taken. Please choose another one.",
        ),
        "refused_slot_not_offered": Term(
            "Quella fascia non è più disponibile. Ne scelga una dell'elenco.",
            "That band is no longer available. Please choose one of the list.",
        ),
        "refused_no_slot": Term("Prima scelga una fascia.", "Please choose a band first."),
        "refused_term_over": Term(
            "Il termine per prenotare è scaduto: non è stato fissato nulla.",
            "The time to book is over: nothing was fixed.",
        ),
        "refused_cutoff_passed": Term(
            "Troppo tardi per spostarlo: si può fino alle 18:00 del giorno prima della visita.",
            "Too late to move it: that is possible until 18:00 of the day before the visit.",
        ),
        "refused_reschedules_exhausted": Term(
            "Gli spostamenti previsti sono esauriti: l'appuntamento resta com'è.",
            "No further change is allowed: the appointment stays as it is.",
        ),
        "refused_not_booked": Term(
            "Non c'è ancora un appuntamento da spostare: lo fissi qui.",
            "There is no appointment to move yet: make it here.",
        ),
        "refused_closed": Term(
            "Non è più possibile: per questo ordine è tutto concluso.",
            "This is no longer possible: everything is settled for this order.",
        ),
    }
)
FTTC = Term("Fibra fino all'armadio (FTTC)", "Fibre to the cabinet (FTTC)")
FTTH, COPPER = Term("Fibra (FTTH)", "Fibre (FTTH)"), Term("Linea in rame", "Copper line")
SERVICES: Texts = MappingProxyType(
    {
        "ULL": COPPER,
        "SLU": COPPER,
        "VULA_FTTCAB": FTTC,
        "VULA_FTTH": FTTH,
        "BITSTREAM_NGA_FTTCAB": FTTC,
        "BITSTREAM_NGA_FTTH": FTTH,
    }
)
