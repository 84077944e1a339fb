"""The steps about an operator's own system: the model operator lives in the world and its acts are looked at.

What it does is decided by its code alone; a step only employs it, calls its call centre, or reads the trace.
"""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from steps import dates
from steps.context import Story, shown_times, times
from steps.definitions.patterns import AT, SLOT
from steps.drivers.verbs import Employed
from steps.words import ANSWERS, PROBES

DISTURBED = {"in ritardo": "late", "superate dalle successive": "overtaken", "doppie": "duplicated"}
ACTS = ("appointment.confirmed", "appointment.rescheduled", "appointment.declined", "agent.rejected", "agent.opened")
CODES = {"soltanto il codice progetto": {"project_code"}, "soltanto il codice delivery": {"delivery_code"}}


@given(parsers.re(r"che Alfa lavora con il sistema di esempio"))
def employs_the_model_operator(story: Story) -> None:
    """The world is about the operator, and the model operator is its system."""
    story.employed, story.under_test = "ALFA", "operator"


@given(parsers.re(r"che le notifiche arrivano (?P<disturbance>in ritardo|superate dalle successive|doppie)"))
def notifications_are_disturbed(story: Story, disturbance: str) -> None:
    """What befalls every notification on its way."""
    story.disturbed = DISTURBED[disturbance]


@given(parsers.re(r"che il sistema di esempio lascia al cliente (?P<hours>\d+) ore"))
def leaves_the_customer_hours(story: Story, hours: str) -> None:
    """How long the operator waits before it books for the customer."""
    story.habits["waits_hours"] = float(hours)


@given("che il sistema di esempio non conosce il limite delle 18")
def does_not_know_the_cutoff(story: Story) -> None:
    """It leaves it to the Virtual Agent to refuse a late move."""
    story.habits["knows_cutoff"] = False


@given("che il sistema di esempio usa il codice delivery")
def uses_the_delivery_code(story: Story) -> None:
    """It writes its delivery code instead of its project code."""
    story.habits |= {"project_code": None, "delivery_code": "DEL-ALFA"}


def at_work(story: Story, at: str) -> Employed:
    """The operator that lives in the world, at an instant."""
    story.run_until(dates.instant(at))
    assert story.at_work is not None, "nessun sistema di esempio vive nel mondo"
    return story.at_work


@when(parsers.re(rf"{AT} il cliente chiede al call center di (?P<errand>spostare|rinunciare)"))
def asks_the_call_centre(story: Story, at: str, errand: str) -> None:
    """The customer telephones the operator."""
    at_work(story, at).system.customer_asks(story.order.code, "move" if errand == "spostare" else "decline")


@when(parsers.re(rf"il cliente fissa {SLOT} mentre l'operatore guarda"))
def books_while_the_operator_looks(story: Story, slot: str) -> None:
    """The customer confirms after the operator's next look and before what it does then."""
    bounds = dates.band(slot)
    story.last_date = max(story.last_date, bounds[1])
    driver = story.reach(story.clock)
    link = story.link("customer")
    driver.when_operator_looks(lambda: driver.act("confirm", link, "customer", bounds))


@when(parsers.re(rf"{AT} l'operatore riceve una (?P<code>\w+) (?P<kind>contraffatta|vecchia|ripetuta)"))
def receives_what_is_not_genuine(story: Story, at: str, code: str, kind: str) -> None:
    """A notification that must have no effect reaches the operator."""
    at_work(story, at).probe(PROBES[kind], story.order.code, code)


@when(parsers.re(rf"{AT} l'Agente Virtuale comincia a dire all'operatore di aspettare (?P<minutes>\d+) minuti"))
def is_told_to_wait(story: Story, at: str, minutes: str) -> None:
    """From then on the operator's next request is answered with 429."""
    at_work(story, at).limit(int(minutes) * 60)


@then("nessuna notifica contraffatta ha avuto risposta 2xx")
def forged_are_turned_away(story: Story) -> None:
    """Every probe was seen, and no forged one was taken over."""
    story.settle()
    probes = story.events("notification.probed")
    statuses = [event["data"]["status"] for event in probes if event["data"]["kind"] == "forged"]
    assert probes, "attesa: una notifica non autentica; osservata: nessuna"
    assert not any(200 <= status < 300 for status in statuses), f"attesa: nessuna risposta 2xx; osservate: {statuses}"


@then(parsers.re(r"l'operatore ha aspettato (?P<minutes>\d+) minuti"))
def waited(story: Story, minutes: str) -> None:
    """It was told once, and asked nothing before the time was over."""
    story.settle()
    limits = [event["data"] for event in story.events("request.limited", True)]
    observed = [data.get("since_told_ms", "detto") for data in limits]
    assert observed == ["detto"], f"atteso: detto una volta di aspettare {minutes} minuti; osservato: {observed}"


@then(parsers.re(r"l'ordine porta (?P<codes>soltanto il codice progetto|soltanto il codice delivery|nessun codice)"))
def order_carries(story: Story, codes: str) -> None:
    """Which codes the operator wrote on the order."""
    data = story.the_last("order.received")["data"]
    observed = {name for name in ("project_code", "delivery_code") if data.get(name)}
    assert observed == CODES.get(codes, set()), (
        f"attesi: {codes}; osservati: {', '.join(sorted(observed)) or 'nessuno'}"
    )


@then("l'operatore ha risposto 2xx a ogni notifica")
def answered_everything(story: Story) -> None:
    """Every delivery, doubled ones too."""
    story.settle()
    notices = {event["id"] for event in story.events("notification.sent")}
    answers = story.events("notification.answered")
    statuses = sorted({event["data"]["status"] for event in answers})
    assert {event["data"]["notification"] for event in answers} == notices, "attesa: una risposta a ogni notifica"
    assert all(200 <= status < 300 for status in statuses), f"attese: risposte 2xx; osservate: {statuses}"


@then(parsers.re(rf"l'operatore ha prelevato ogni file una volta sola(?:, prima di {AT})?"))
def fetched_everything(story: Story, at: str | None) -> None:
    """Every deposited file, and nothing else; by then, while there is time to act on its rows."""
    story.settle()
    deposited = [event["data"]["path"] for event in story.events("csv.deposited", True)]
    events = story.events("csv.fetched", True)
    observed = [event["data"]["path"] for event in events]
    assert sorted(observed) == sorted(deposited), f"attesi: {deposited}; prelevati: {observed}"
    in_time = at is None or all(moment < dates.instant(at) for moment in times(events))
    assert in_time, f"file da prelevare prima di {at}; prelevati: {shown_times(events)}"


@then(parsers.re(rf"l'operatore fissa fra {AT} e (?P<end>{dates.INSTANT})"))
def operator_books_between(story: Story, at: str, end: str) -> None:
    """The operator's system books for the customer, once, in that time."""
    story.settle()
    bookings = story.events("appointment.confirmed", channel="operator")
    is_right = len(bookings) == 1 and dates.instant(at) <= times(bookings)[0] < dates.instant(end)
    assert is_right, f"prenotazione attesa fra {at} e {end}; osservata: {shown_times(bookings)}"


@then(parsers.re(r"sull'Agente Virtuale l'operatore ha (?P<act>fissato|spostato|rifiutato) (?P<count>\d+) volt[ae]"))
def operator_acted(story: Story, act: str, count: str) -> None:
    """How often the operator's system did that to the end."""
    story.settle()
    kinds = {"fissato": "appointment.confirmed", "spostato": "appointment.rescheduled"}
    acts = story.events(kinds.get(act, "appointment.declined"), channel="operator")
    assert len(acts) == int(count), f"{act}: atteso {count} volte; osservato: {shown_times(acts)}"


@then(parsers.re(r"l'operatore si è sentito dire una volta: (?P<answer>.+)"))
def operator_was_told(story: Story, answer: str) -> None:
    """One refusal, and no insisting."""
    story.settle()
    reasons = [event["data"]["reason"] for event in story.events("agent.rejected", channel="operator")]
    assert reasons == [ANSWERS[answer]], f"atteso: un solo no ({ANSWERS[answer]}); osservati: {reasons or 'nessuno'}"


@then("l'operatore non si è mai sentito dire di no")
def operator_was_never_refused(story: Story) -> None:
    """The operator's system tried nothing that the Virtual Agent had to turn down."""
    story.settle()
    reasons = [event["data"]["reason"] for event in story.events("agent.rejected", True)]
    assert not reasons, f"atteso: nessun no; osservati: {', '.join(reasons)}"


@then(parsers.re(rf"dopo {AT} l'operatore non usa più il link"))
def link_is_left_alone(story: Story, at: str) -> None:
    """No act of the operator after that instant."""
    story.settle()
    acts = [event for kind in ACTS for event in story.events(kind, channel="operator")]
    late = [event for event in acts if dates.from_trace(event["time"]) > dates.instant(at)]
    assert not late, f"attesi: nessun atto dopo {at}; osservati: {shown_times(late)}"
