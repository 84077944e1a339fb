"""What each step of a plan is called in the list of acts, short, in Italian and English: of no order by name.

What lives here: text only. The next act in whole sentences, with its order and its end, stands in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.words.labels import Term
from sim.validation.guided.acts import Act
from sim.validation.guided.words import ACTS, act_key

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
    "rest": Term("finché non c'è più nulla in programma", "until nothing is to come"),
}


def step_words(act: Act, language: str) -> str:
    """An act in short."""
    terms = {**ACTS, **STEPS}
    first, last = (act.arguments or ("",))[0], (act.arguments or ("",))[-1]
    text = terms[act_key(act, terms)].in_language(language)
    return text.format(service=first.replace("_", " "), code=last, rest=" ".join(act.arguments))
