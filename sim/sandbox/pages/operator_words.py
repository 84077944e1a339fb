"""What the Virtual Agent's pages say to an operator's agent, where that differs from what a customer is told.

What lives here: text only, under the keys of `agent_words`.
"""

from __future__ import annotations

from types import MappingProxyType

from reports.words.labels import Term
from sim.sandbox.pages.page_languages import Texts

BANNER, TO_WORK = "banner", "to_work"
OPERATOR_WORDS: Texts = MappingProxyType(
    {
        BANNER: Term(
            "{operator} agisce per il cliente {phone}, ordine {order}",
            "{operator} acts for the customer {phone}, order {order}",
        ),
        TO_WORK: Term("Torna al lavoro del call centre", "Back to the work of the call centre"),
        "over": Term("Attivazione della linea", "Activation of the line"),
        "facts": Term("L'ordine", "The order"),
        "choose_title": Term("Quando può andare il tecnico?", "When may the technician go?"),
        "choose_lead": Term(
            "Scegliete con il cliente un giorno e una fascia oraria, poi confermate. Potete farlo {until}.",
            "Choose a day and a time band with the customer, then confirm. You can do so {until}.",
        ),
        "choose_lead_late": Term(
            "Scegliete con il cliente un giorno e una fascia oraria, poi confermate.",
            "Choose a day and a time band with the customer, then confirm.",
        ),
        "confirm": Term("Conferma per il cliente", "Confirm for the customer"),
        "no_slots": Term(
            "Al momento nessuna fascia è libera. Riprovate più tardi: i posti possono liberarsi.",
            "No band is free at the moment. Try again later: places may become free.",
        ),
        "decline_link": Term("Il cliente non vuole", "The customer does not want one"),
        "expired_lead": Term(
            "Riaprite la riga dal lavoro del call centre: la pagina è rimasta aperta troppo a lungo, e nulla è stato "
            "cambiato.",
            "Open the row again from the work of the call centre: the page was open for too long, and nothing has been "
            "changed.",
        ),
        "expired_choice": Term(
            "La vostra scelta, {slot}, resta segnata: riaperta la riga, basta confermarla.",
            "Your choice, {slot}, stays marked: once the row is open you only have to confirm it.",
        ),
        "kept": Term(
            "La fascia che avevate scelto è ancora segnata: {slot}. Basta confermare.",
            "The band that you had chosen is still marked: {slot}. You only have to confirm.",
        ),
        "kept_gone": Term(
            "La fascia che avevate scelto, {slot}, non è più disponibile. Sceglietene un'altra.",
            "The band that you had chosen, {slot}, is no longer available. Choose another one.",
        ),
        "booked_by_you": Term("Preso da voi per il cliente.", "Made by you for the customer."),
        "reminder_to_come": Term(
            "Il cliente riceverà un SMS di promemoria {until}.", "The customer will receive a reminder by SMS {until}."
        ),
        "reminder_sent": Term(
            "Il cliente ha ricevuto un SMS di promemoria.", "The customer has received a reminder by SMS."
        ),
        "technician": Term(
            "Il tecnico va dal cliente {day} nella fascia {band}.",
            "The technician goes to the customer on {day} in the band {band}.",
        ),
        "can_move": Term(
            "Se serve, potete spostarlo {until}, a una data precedente o successiva.",
            "If need be you can move it {until}, to an earlier or a later date.",
        ),
        "move_title": Term("A quando lo sposta il cliente?", "When does the customer want it instead?"),
        "move_lead": Term(
            "Ora è fissato per {slot}. Finché non confermate la nuova data, resta valido.",
            "It is now fixed for {slot}. It stands until you confirm the new date.",
        ),
        "decline_title": Term("Il cliente non vuole l'appuntamento?", "Does the customer not want the appointment?"),
        "decline_lead": Term(
            "Se lo confermate, da qui non sarà più possibile fissare l'appuntamento e l'ordine torna a voi.",
            "If you say so, no appointment can be made here any more and the order goes back to you.",
        ),
        "decline": Term("Sì, il cliente non vuole", "Yes, the customer does not want it"),
        "declined_title": Term("Registrato: il cliente non vuole", "Noted: the customer does not want it"),
        "declined_lead": Term("L'ordine è tornato a {operator}.", "The order has gone back to {operator}."),
        "term_over_lead": Term(
            "L'appuntamento si poteva fissare {until}. L'ordine è tornato a {operator}.",
            "The appointment could be made {until}. The order has gone back to {operator}.",
        ),
        "cancelled_lead": Term(
            "Nessun tecnico andrà dal cliente: {operator} ha annullato l'ordine.",
            "No technician will go to the customer: {operator} cancelled the order.",
        ),
        "refused_already_booked": Term(
            "L'appuntamento era già fissato, forse dal cliente. Vale quello indicato qui.",
            "The appointment had already been made, perhaps by the customer. The one shown here holds.",
        ),
        "refused_slot_taken": Term(
            "Quella fascia non è più disponibile: nel frattempo è stata presa. Sceglietene un'altra.",
            "That band is no longer available: meanwhile it was taken. Choose another one.",
        ),
        "refused_slot_not_offered": Term(
            "Quella fascia non è più disponibile. Sceglietene una dell'elenco.",
            "That band is no longer available. Choose one of the list.",
        ),
        "refused_no_slot": Term("Prima scegliete una fascia.", "Choose a band first."),
        "refused_not_booked": Term(
            "Non c'è ancora un appuntamento da spostare: fissatelo qui.",
            "There is no appointment to move yet: make it here.",
        ),
    }
)
