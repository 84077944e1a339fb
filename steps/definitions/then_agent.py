"""`Allora …` about the Virtual Agent, the appointment, the visit and the suspension of the SLA."""

from __future__ import annotations

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, shown_times, times
from steps.words import ANSWERS, CHANNELS, RESUMPTIONS

AT = rf"(?P<at>{dates.INSTANT})"
SLOT = rf"(?P<slot>{dates.BAND})"
HOUR_MS = 3_600_000


@then("l'Agente Virtuale accetta")
def accepted(story: Story) -> None:
    """The last act was allowed."""
    why = story.pending.pop().why if not story.answered and story.pending else ""
    assert story.answered, f"atteso: atto accettato; osservato: respinto ({why or 'nessun atto'})"


@then(parsers.re(r"l'Agente Virtuale risponde di no: (?P<answer>.+)"))
def rejected(story: Story, answer: str) -> None:
    """The last act was refused, for a reason, and the trace says so too."""
    assert story.pending, f"atteso: {answer}; osservato: atto accettato"
    refused = story.pending.pop()
    assert refused.why == ANSWERS[answer], f"motivo atteso: {ANSWERS[answer]} ({answer}); osservato: {refused.why}"
    story.answered = False
    seen = story.events("agent.rejected", True, reason=refused.why, act=refused.what)
    assert seen, f"attesa nella traccia: agent.rejected {refused.why}; osservata: assente"


@then(parsers.re(rf"l'appuntamento è {SLOT}"))
def appointment_is(story: Story, slot: str) -> None:
    """The appointment in force."""
    observed = story.appointment()
    seen = dates.shown_band(observed) if observed else "nessuno"
    assert observed == dates.band(slot), f"appuntamento atteso: {slot}; osservato: {seen}"


@then("non c'è alcun appuntamento")
def no_appointment(story: Story) -> None:
    """Nothing was ever fixed."""
    assert story.appointment() is None, "atteso: nessun appuntamento; osservato: fissato"


@then(parsers.re(r"l'appuntamento è stato fissato una volta sola, da (?P<who>cliente|operatore)"))
def confirmed_once(story: Story, who: str) -> None:
    """One confirmation, by one party."""
    story.settle()
    found = [event["data"]["channel"] for event in story.events("appointment.confirmed")]
    expected = "customer" if who == "cliente" else "operator"
    assert found == [expected], f"attesa: una conferma ({expected}); osservate: {', '.join(found) or 'nessuna'}"


@then(parsers.re(r"l'appuntamento è stato spostato (?P<count>\d+) volt[ae]"))
def moved_times(story: Story, count: str) -> None:
    """How often the appointment was moved."""
    found = story.events("appointment.rescheduled")
    assert len(found) == int(count), f"spostamenti attesi: {count}; osservati: {len(found)}"


@then(parsers.re(rf"{AT} la fascia {SLOT} (?P<negated>non )?è offerta (?:a|all')(?P<who>l cliente|operatore)"))
def slot_offered(story: Story, at: str, slot: str, negated: str | None, who: str) -> None:
    """Whether a band is on offer behind a link at an instant."""
    driver = story.reach(dates.instant(at))
    channel = CHANNELS["l'operatore" if who == "operatore" else "il cliente"]
    offered = dates.band(slot) in driver.offered(story.link(channel))
    assert offered != bool(negated), f"fascia {slot}: osservata {'offerta' if offered else 'non offerta'}"


@then(parsers.re(rf"{AT} la prima fascia offerta è {SLOT}"))
def first_offered(story: Story, at: str, slot: str) -> None:
    """The first band on offer at an instant."""
    driver = story.reach(dates.instant(at))
    observed = driver.offered(story.link("customer"))[0]
    assert observed == dates.band(slot), f"prima fascia attesa: {slot}; osservata: {dates.shown_band(observed)}"


@then(parsers.re(rf"il tecnico arriva {SLOT}"))
def visited(story: Story, slot: str) -> None:
    """One visit, at the beginning of that band."""
    story.settle()
    bounds = dates.band(slot)
    found = story.events("visit.started")
    assert times(found) == [bounds[0]], f"visita attesa {slot}; osservata: {shown_times(found)}"
    assert dates.bounds_of(found[0]["data"]["slot"]) == bounds, f"fascia della visita attesa: {slot}"


@then("nessun tecnico arriva")
def not_visited(story: Story) -> None:
    """No visit to the end."""
    story.settle()
    found = story.events("visit.started")
    assert not found, f"attesa: nessuna visita; osservata: {shown_times(found)}"


@then(parsers.re(rf"la sospensione si apre {AT} con (?P<code>\w+)"))
def suspended(story: Story, at: str, code: str) -> None:
    """The suspension opens once, at an instant, with a causal."""
    story.reach(dates.instant(at))
    found = story.events("sla.suspended")
    assert times(found) == [dates.instant(at)], f"sospensione attesa {at}; osservata: {shown_times(found)}"
    assert found[0]["data"]["code"] == code, f"causale attesa: {code}; osservata: {found[0]['data']['code']}"


@then(parsers.re(rf"la sospensione si chiude {AT} per (?P<cause>\w+)"))
def resumed(story: Story, at: str, cause: str) -> None:
    """The suspension closes once, at an instant, for a cause."""
    story.reach(dates.instant(at))
    found = story.events("sla.resumed")
    assert times(found) == [dates.instant(at)], f"ripresa attesa {at}; osservata: {shown_times(found)}"
    observed = found[0]["data"]["cause"]
    assert observed == RESUMPTIONS[cause], f"causa attesa: {RESUMPTIONS[cause]}; osservata: {observed}"


@then("la sospensione resta aperta")
def still_suspended(story: Story) -> None:
    """Opened and never closed."""
    story.settle()
    story.the_last("sla.suspended")
    found = story.events("sla.resumed")
    assert not found, f"attesa: nessuna ripresa; osservata: {shown_times(found)}"


@then(parsers.re(rf"{AT} il tempo sospeso è di (?P<suspended>\d+) ore su (?P<gross>\d+)"))
def ledger_is(story: Story, at: str, suspended: str, gross: str) -> None:
    """The SLA ledger of the order: suspended and gross hours; net is what is left."""
    observed = story.reach(dates.instant(at)).ledger(story.order.code)
    expected = int(gross) * HOUR_MS, int(suspended) * HOUR_MS, (int(gross) - int(suspended)) * HOUR_MS
    shown = ", ".join(f"{part / HOUR_MS:g} ore" for part in observed)
    assert observed == expected, f"attese: {gross} ore, {suspended} sospese; osservate (lordo, sospeso, netto): {shown}"
