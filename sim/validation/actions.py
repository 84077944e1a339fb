"""What a step of a story may say: one action for each first word. The harness plays customer, field, wires and clock.

order SERVICE [nowhere] [disaggregated]   an order is handed in; `nowhere` has no technicians
line                                      the network reports AC or CO; the engagement SMS follows
customer confirm|reschedule|decline       the customer acts from the link in its SMS
desk move|decline                         the customer asks the operator's call centre
cancel                                    the order is cancelled
clock csv-deadline|term-end|eve-18:00     the clock goes to an instant of the order
advance SPAN                              the clock goes on
saturday                                  the clock goes to the next Saturday morning
again CODE                                the last notification with that code is sent once more
disturb HOW [CODE]                        what may befall an operator: `appuntamento operators disturb --help`
wait SECONDS                              real time passes, as a Retry-After asks

An operator whose desk accepts an errand and does nothing breaks no rule, but a rule then has no occasion. A WARNING
names the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reference_impl.links import CUSTOMER, OPERATOR
from reports.words.labels import Term
from reports.words.number_words import filled
from sim.validation.outcome import OPERATOR as BY_OPERATOR
from sim.validation.outcome import Blamed
from sim.validation.stage import PlayedOrder, Stage, StageError

ROME = ZoneInfo("Europe/Rome")
TUESDAY, SATURDAY, MORNING_HOUR = 1, 5, 9
NOWHERE = "NOWHERE"
CLEAR_DAY = 13  # from then on no date can be read the other way round
MOST_WAKES = 50
Arguments = Sequence[str]
Event = Mapping[str, Any]
MOVE, DECLINE = "move", "decline"
EVENT_OF = {
    "confirm": "appointment.confirmed",
    "reschedule": "appointment.rescheduled",
    MOVE: "appointment.rescheduled",
    DECLINE: "appointment.declined",
}
REFUSED_ACT = {MOVE: "reschedule", DECLINE: "decline"}
RULES: Mapping[str, str] = {MOVE: "OP-6", DECLINE: "OP-10"}  # which an errand is an occasion of
EXPECTED: Mapping[str, Term] = {
    MOVE: Term("il cliente ha chiesto di spostare: si sposta", "its customer asked to move: it is moved"),
    DECLINE: Term("il cliente ha chiesto di rinunciare: si rinuncia", "its customer asked to decline: it is declined"),
}
OBSERVED = Term("dal link dell'operatore non ne è venuto nulla", "nothing of it came from the operator's link")
ENGAGEMENT_SMS = Term("l'SMS di ingaggio di {order}", "the engagement SMS of {order}")
IT_STAYS = Term("non parte", "it does not leave")
MEND = Term(
    "fa' dal link della riga ciò per cui lo sportello risponde 2xx", "do from the row's link what the desk says 2xx to"
)


@dataclass(frozen=True, slots=True)
class Errand:
    """What a customer asked, of which order."""

    act: str
    order: str


@dataclass(slots=True)
class StoryUnderWay:
    """One story on a stage: its orders so far, and where it is."""

    stage: Stage
    number: int
    orders: list[PlayedOrder] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)  # of the desk, beside orders

    @property
    def order(self) -> PlayedOrder:
        """The order that the steps speak of: the last one."""
        return self.orders[-1]

    def morning(self, weekday: int = TUESDAY, first_day: int = 1) -> None:
        """Let time pass to the next morning of a weekday, on that day of a month or a later one."""
        goal = next_morning(datetime.fromisoformat(self.stage.ask("GET", "/_sandbox/clock").members["now"]), weekday)
        while goal.day < first_day:
            goal = next_morning(goal, weekday)
        self.stage.clock(to=goal.isoformat())

    def do(self, step: str) -> None:
        """Do one step, and wait until everybody has gone quiet."""
        verb, *arguments = step.split()
        ACTIONS[verb](self, arguments)
        self.stage.settle()


def next_morning(now: datetime, weekday: int) -> datetime:
    """The next morning of a weekday, in Rome; of today as long as it is still to come."""
    today = now.astimezone(ROME)
    days = (weekday - today.weekday()) % 7
    if days == 0 and today.hour >= MORNING_HOUR:
        days = 7
    return datetime.combine(today.date() + timedelta(days=days), datetime.min.time(), ROME).replace(hour=MORNING_HOUR)


def _order(story: StoryUnderWay, arguments: Arguments) -> None:
    service, *options = arguments
    code = f"S{story.number:02d}-{len(story.orders) + 1}"
    order = PlayedOrder(code, service, f"+39333{story.number:04d}{len(story.orders):01d}10")
    members: dict[str, Any] = {"territory": NOWHERE} if "nowhere" in options else {}
    members |= {"disaggregated": True} if "disaggregated" in options else {}
    story.orders.append(order)
    story.stage.submit(order, members)


def _line(story: StoryUnderWay, arguments: Arguments) -> None:
    """The SMS leaves at once by day; on a holiday, the next time that it may."""
    story.stage.line_ready(story.order)


def _customer(story: StoryUnderWay, arguments: Arguments) -> None:
    _wait_for_sms(story)
    story.stage.customer(story.order, arguments[0])


def _desk(story: StoryUnderWay, arguments: Arguments) -> None:
    story.stage.call_desk({"do": arguments[0], "order": story.order.code})
    story.errands.append(Errand(arguments[0], story.order.code))


def _cancel(story: StoryUnderWay, arguments: Arguments) -> None:
    story.stage.cancel(story.order)


def _clock(story: StoryUnderWay, arguments: Arguments) -> None:
    _wait_for_sms(story)
    move = {"until": arguments[0], "order": story.order.code, "operator": story.stage.operator.operator}
    try:
        story.stage.clock(**move)
    except StageError as error:
        if "still to come" not in str(error):  # it has passed already, by another order's clock
            raise


def _advance(story: StoryUnderWay, arguments: Arguments) -> None:
    story.stage.advance(" ".join(arguments))


def _saturday(story: StoryUnderWay, arguments: Arguments) -> None:
    story.morning(SATURDAY)


def _again(story: StoryUnderWay, arguments: Arguments) -> None:
    story.stage.send_again(story.order, arguments[0])


def _disturb(story: StoryUnderWay, arguments: Arguments) -> None:
    how, *code = arguments
    more = {"code": code[0]} if code else {}
    story.stage.disturb(how, {"order": story.order.code, **more})


def _wait(story: StoryUnderWay, arguments: Arguments) -> None:
    story.stage.sleep(float(arguments[0]))


def _wait_for_sms(story: StoryUnderWay) -> None:
    for _ in range(MOST_WAKES):
        if story.stage.has_sms(story.order):
            return
        story.stage.clock(until="next-effect")
    raise StageError(filled(ENGAGEMENT_SMS, order=story.order.code), IT_STAYS)


ACTIONS: Mapping[str, Callable[[StoryUnderWay, Arguments], None]] = {
    "order": _order,
    "line": _line,
    "customer": _customer,
    "desk": _desk,
    "cancel": _cancel,
    "clock": _clock,
    "advance": _advance,
    "saturday": _saturday,
    "again": _again,
    "disturb": _disturb,
    "wait": _wait,
}


# --- errands ---


def is_errand(act: str, event: Event) -> bool:
    """Whether an operator has done what its customer asked, or was refused it."""
    data = event["data"]
    if data.get("channel") != OPERATOR:
        return False
    kind = event["type"]
    return bool(kind == EVENT_OF[act] or (kind == "agent.rejected" and data.get("act") == REFUSED_ACT[act]))


def warnings_of(errands: Iterable[Errand], scope: Sequence[str]) -> Iterator[Blamed]:
    """A warning for each errand that was left undone, at the rule in scope that so has no occasion."""
    for errand in errands:
        if (rule := RULES[errand.act]) in scope:
            yield Blamed(rule, "WARNING", BY_OPERATOR, errand.order, EXPECTED[errand.act], OBSERVED, MEND)


def undone(trace: Sequence[Event], operator: str, errands: Sequence[Errand]) -> Iterator[Errand]:
    """The errands that could be done and that no wire has seen done."""
    for errand in errands:
        events = [event for event in trace if is_of(errand.order, operator, event)]
        is_done = any(is_errand(errand.act, event) for event in events)
        if not is_done and _could_be_done(errand, events, _has_row(trace, operator, errand.order)):
            yield errand


def is_of(order: str, operator: str, event: Event) -> bool:
    """Whether an event is about an order."""
    return event.get("subject") == order and event["data"].get("operator") == operator


def _could_be_done(errand: Errand, events: Sequence[Event], has_row: bool) -> bool:
    """Whether the operator had the link, and there was something to move, or nobody else ended what was to decline."""
    types = {event["type"] for event in events}
    if not has_row or "order.cancelled" in types:
        return False
    if errand.act == MOVE:
        return EVENT_OF["confirm"] in types
    return not any(event["data"].get("channel") == CUSTOMER and event["type"] in EVENT_OF.values() for event in events)


def _has_row(trace: Sequence[Event], operator: str, order: str) -> bool:
    deposits = (event["data"] for event in trace if event["type"] == "csv.deposited")
    return any(row["order"] == order for data in deposits if data["operator"] == operator for row in data["rows"])


# What a step is called, short and of no order by name; what is about no order, a guided act is called too.
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
