"""What each step of a plan is called, short, in Italian and English: of no order by name.

What lives here: text only. The next act of a guided run in whole sentences, with its order and its end, stands in
`guided/words`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.words.labels import Term
from reports.words.number_words import filled

# What is said the same of a step and of a guided act, for it is about no order.
OF_NO_ORDER: Mapping[str, Term] = {
    "disturb hold": Term("le notifiche restano ferme", "notifications are held back"),
    "disturb release": Term("le notifiche partono, l'ultima per prima", "notifications go out, the last one first"),
    "disturb limit": Term(
        "al tuo prossimo uso di un link ti sarà chiesto di aspettare", "at your next use of a link you are told to wait"
    ),
    "disturb part-file": Term(
        "nella tua cartella appare un file dal nome provvisorio", "a file with a temporary name appears in your folder"
    ),
    "disturb close-site": Term("la tua cartella SFTP si chiude", "your SFTP folder closes"),
    "disturb open-site": Term("la tua cartella SFTP si riapre", "your SFTP folder opens again"),
    "wait": Term(
        "{rest:passa # secondo vero|passano # secondi veri}", "{rest:# real second passes|# real seconds pass}"
    ),
}
STEPS: Mapping[str, Term] = {
    "morning": Term("un nuovo mattino", "a new morning"),
    "saturday": Term("sabato mattina", "Saturday morning"),
    "order": Term("un ordine {service}", "an order {service}"),
    "order disaggregated": Term("un ordine {service} disaggregato", "a disaggregated order {service}"),
    "order nowhere": Term(
        "un ordine {service} dove nessuna fascia è libera", "an order {service} where no slot is free"
    ),
    "line": Term("la linea è pronta", "the line is ready"),
    "customer confirm": Term("il cliente fissa", "the customer books"),
    "customer reschedule": Term("il cliente sposta", "the customer moves"),
    "customer decline": Term("il cliente rinuncia", "the customer declines"),
    "desk move": Term("il cliente ti chiede di spostare", "the customer asks you to move"),
    "desk decline": Term("il cliente ti chiede di rinunciare", "the customer asks you to decline"),
    "cancel": Term("l'ordine è annullato", "the order is cancelled"),
    "clock csv-deadline": Term("alla scadenza del file", "to the deadline of the file"),
    "clock term-end": Term("alla fine del termine", "to the end of the term"),
    "clock eve-18:00": Term("alle 18 della vigilia", "to 18:00 on the eve"),
    "advance": Term("avanti di {rest}", "on by {rest}"),
    "again": Term("{rest} un'altra volta", "{rest} once more"),
    "disturb race": Term("il cliente arriva prima di te", "the customer comes before you"),
    "disturb forged": Term("una {code} contraffatta", "a forged {code}"),
    "disturb stale": Term("una {code} vecchia", "a stale {code}"),
    "disturb replayed": Term("una {code} rispedita da altri", "a {code} that others send again"),
    **OF_NO_ORDER,
    "rest": Term("finché non c'è più nulla in programma", "until nothing is to come"),
}


def step_key(step: str, terms: Mapping[str, Term]) -> str:
    """Under what a step stands in a table: its verb with what matters of its arguments."""
    verb, *arguments = step.split()
    keys = [f"{verb} {word}" for word in (*arguments[1:], *arguments[:1])] + [verb]
    return next(key for key in keys if key in terms)


def step_words(step: str) -> Term:
    """A step in short."""
    _, *arguments = step.split()
    first, last = (arguments or ("",))[0], (arguments or ("",))[-1]
    return filled(STEPS[step_key(step, STEPS)], service=first.replace("_", " "), code=last, rest=" ".join(arguments))


def named_step(step: str) -> Term:
    """A step where it is named: in Italian by what happens, in English as plans write it."""
    return Term(step_words(step).it, step)
