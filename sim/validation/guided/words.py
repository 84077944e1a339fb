"""What the next act of a guided run is called, in Italian and English: who has to do what, until when.

What lives here: text, and the values that it names. It must not decide anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from reference_impl.civil_time import wall_clock
from reports.words.labels import Term
from reports.words.number_words import with_forms
from sim.sandbox.pages.civil_words import clock_words, day_words_of, short_instant
from sim.sandbox.world.live import LiveWorld
from sim.validation.actions import OF_NO_ORDER, step_key
from sim.validation.guided.recognition import Standing
from sim.validation.guided.tasks import BOOK, CLOCK, FETCH, HARNESS, OPERATOR, Task, has_link

OWNERS: Mapping[str, Term] = {
    OPERATOR: Term("tocca a te", "your turn"),
    HARNESS: Term("tocca al banco di prova", "the harness's turn"),
    CLOCK: Term("tocca all'orologio", "the clock's turn"),
}
# Of an act: its verb, with what matters of its arguments behind it.
ACTS: Mapping[str, Term] = {
    "morning": Term("comincia una storia: l'orologio va a {goal}", "a story begins: the clock goes to {goal}"),
    "saturday": Term("l'orologio va a {goal}", "the clock goes to {goal}"),
    "order": Term(
        "invia un ordine {service} con il tuo codice ({codes})", "hand in an order {service} with your code ({codes})"
    ),
    "order disaggregated": Term(
        "invia un ordine {service} disaggregato: il codice delivery non vale ({codes})",
        "hand in a disaggregated order {service}: a delivery code does not count ({codes})",
    ),
    "order nowhere": Term(
        "il banco di prova invia per te un ordine {service} dove nessuna fascia è libera",
        "the harness hands in an order {service} for you where no slot is free",
    ),
    "line": Term("il campo segnala pronta la linea di {order}", "the field reports the line of {order} ready"),
    "customer confirm": Term(
        "il cliente di {order} fissa dal link del suo SMS", "the customer of {order} books from the link in its SMS"
    ),
    "customer reschedule": Term(
        "il cliente di {order} sposta l'appuntamento dal suo link",
        "the customer of {order} moves the appointment from its link",
    ),
    "customer decline": Term(
        "il cliente di {order} rinuncia dal link del suo SMS", "the customer of {order} declines from its link"
    ),
    "desk move": Term(
        "il cliente di {order} ti chiede di spostare: prova dal link del file",
        "the customer of {order} asks you to move the appointment: try from the link in the file",
    ),
    "desk decline": Term(
        "il cliente di {order} ti chiede di rinunciare: fallo dal link del file",
        "the customer of {order} asks you to decline: do it from the link in the file",
    ),
    "told move": Term(
        "il cliente di {order} ti chiede di spostare: lo farai quando avrai il file",
        "the customer of {order} asks you to move: you will when you have the file",
    ),
    "told decline": Term(
        "il cliente di {order} ti dice che rinuncia: lo farai quando avrai il file",
        "the customer of {order} tells you that it declines: you will when you have the file",
    ),
    "cancel": Term("l'ordine {order} è annullato a tuo nome", "the order {order} is cancelled in your name"),
    "clock csv-deadline": Term(
        "l'orologio va alla scadenza del file con {order}", "the clock goes to the deadline of the file with {order}"
    ),
    "clock term-end": Term(
        "l'orologio va alla fine del termine di {order}", "the clock goes to the end of the term of {order}"
    ),
    "clock eve-18:00": Term(
        "l'orologio va alle 18 della vigilia della visita di {order}",
        "the clock goes to 18:00 on the eve of the visit of {order}",
    ),
    "advance": Term("l'orologio va avanti di {rest}", "the clock goes on by {rest}"),
    "again": Term("la notifica {rest} di {order} parte un'altra volta", "notification {rest} of {order} is sent again"),
    "disturb race": Term(
        "quando fissi {order} il cliente arriva prima di te", "when you book {order} its customer comes before you"
    ),
    "disturb forged": Term("arriva una notifica contraffatta di {order}", "a forged notification of {order} comes"),
    "disturb stale": Term("arriva una notifica vecchia di {order}", "a stale notification of {order} comes"),
    "disturb replayed": Term(
        "altri rispediscono una notifica di {order}", "others send a notification of {order} again"
    ),
    **OF_NO_ORDER,
    "rest": Term(
        "l'orologio va avanti finché non c'è più nulla in programma", "the clock goes on until nothing is to come"
    ),
}
TASKS: Mapping[str, Term] = {
    FETCH: Term("preleva {name} dalla tua cartella SFTP {until}", "fetch {name} from your SFTP folder {until}"),
    BOOK: Term("prenota per {name} dal link del file {until}", "book for {name} from the link in the file {until}"),
    "move": Term("sposta l'appuntamento di {name} dal link del file", "move the appointment of {name} from its link"),
    "decline": Term(
        "rinuncia per {name} dal link del file {until}", "decline for {name} from the link in the file {until}"
    ),
}
OVER = Term("tutti gli atti sono fatti: chiudi per avere il giudizio", "all acts are done: end it to have it judged")
WAS_LEFT_OUT, NOT_REACHED = Term("lasciato", "left out"), Term("non raggiunto", "not reached")
ENDED = Term("la prova è chiusa", "the run has ended")
TO_THE_INSTANT = Term("{act} ({goal})", "{act} ({goal})")
UNTIL, UNTIL_MIDNIGHT = Term("entro {at}", "before {at}"), Term("entro {day} alle 24", "by the end of {day}")


def act_words(live: LiveWorld, operator: str, standing: Standing, language: str) -> str:
    """What the next act is; what is to do before it, `task_words` says."""
    act = standing.current
    if act is None:
        return OVER.in_language(language)
    first = act.arguments[:1]
    told = act.verb == "desk" and not has_link(live, operator, standing.order)
    key = f"told {first[0]}" if told else step_key(act.step, ACTS)
    codes = live.account(operator).operator
    goal = "" if standing.goal is None else short_instant(standing.goal, language)
    parts = {
        "service": (first or ("",))[0].replace("_", " "),
        "order": standing.order,
        "rest": " ".join(act.arguments),
        "codes": " / ".join((*codes.project_codes, *codes.delivery_codes)),
        "goal": goal,
    }
    text = with_forms(ACTS[key].in_language(language), parts)
    is_said = "{goal}" in ACTS[key].it or not goal
    return text if is_said else TO_THE_INSTANT.in_language(language).format(act=text, goal=goal)


def task_words(task: Task, language: str) -> str:
    """What the operator has to do, until when."""
    until = "" if task.until is None else until_words(task.until, language)
    return TASKS[task.kind].in_language(language).format(name=task.name, until=until).strip()


def until_words(too_late: int, language: str) -> str:
    """`entro giovedì 5 marzo alle 24`: the last time before an instant that is too late."""
    if wall_clock(too_late)[1] == 0:
        return UNTIL_MIDNIGHT.in_language(language).format(day=day_words_of(too_late - 1, language))
    return UNTIL.in_language(language).format(at=f"{day_words_of(too_late, language)} {clock_words(too_late)}")
