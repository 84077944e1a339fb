"""`Allora …` about the Virtual Agent, the appointment, the visit and the suspension of the SLA."""

from __future__ import annotations

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, shown_times, times
from steps.definitions.patterns import AT, SLOT
from steps.words import ALSO_TRUE, ANSWERS, CHANNELS, RESUMPTIONS

HOUR_MS = 3_600_000
ENDS_OF_SUSPENSION = {"booking": "appointment.confirmed", "visit": "visit.started", "cancelled": "order.cancelled"}


@then("l'Agente Virtuale accetta")
def accepted(story: Story) -> None:
    """The last act was allowed."""
    why = story.pending_refusals.pop().why if not story.was_accepted and story.pending_refusals else ""
    assert story.was_accepted, f"atteso: atto accettato; osservato: respinto ({why or 'nessun atto'})"


@then(parsers.re(r"l'Agente Virtuale risponde di no: (?P<answer>.+)"))
def rejected(story: Story, answer: str) -> None:
    """The last act was refused, for a reason that is true, and the trace says so too."""
    assert story.pending_refusals, f"atteso: {answer}; osservato: atto accettato"
    refusal = story.pending_refusals.pop()
    allowed = {ANSWERS[answer], *ALSO_TRUE.get(answer, ())}
    assert refusal.why in allowed, f"motivo atteso: {ANSWERS[answer]} ({answer}); osservato: {refusal.why}"
    story.was_accepted = False
    denials = story.events("agent.rejected", True, reason=refusal.why, act=refusal.what)
    assert denials, f"attesa nella traccia: agent.rejected {refusal.why}; osservata: assente"


@then(parsers.re(rf"l'appuntamento è {SLOT}"))
def appointment_is(story: Story, slot: str) -> None:
    """The appointment in force."""
    observed = story.appointment()
    slot_words = dates.shown_band(observed) if observed else "nessuno"
    assert observed == dates.band(slot), f"appuntamento atteso: {slot}; osservato: {slot_words}"


@then("l'appuntamento è nato sull'Agente Virtuale")
def fixed_at_the_agent(story: Story) -> None:
    """What fixed the appointment was seen at the wire of the Virtual Agent."""
    sources = {event["source"] for event in story.events("appointment.confirmed")}
    assert sources == {"/agent"}, f"attesa: una conferma da /agent; osservate da: {', '.join(sources) or 'nessuno'}"


@then("non c'è alcun appuntamento")
def no_appointment(story: Story) -> None:
    """Nothing was ever fixed."""
    assert story.appointment() is None, "atteso: nessun appuntamento; osservato: fissato"


@then(parsers.re(r"l'appuntamento è stato fissato una volta sola, da (?P<party>cliente|operatore)"))
def confirmed_once(story: Story, party: str) -> None:
    """One confirmation, by one party."""
    story.settle()
    channels = [event["data"]["channel"] for event in story.events("appointment.confirmed")]
    expected = "customer" if party == "cliente" else "operator"
    assert channels == [expected], f"attesa: una conferma ({expected}); osservate: {', '.join(channels) or 'nessuna'}"


@then(parsers.re(r"uno solo riesce(?:, e agli altri è detto: (?P<answer>.+))?"))
def only_one_succeeds(story: Story, answer: str | None) -> None:
    """Of several acts in one instant one was allowed; the others were told no, for a reason that is true."""
    refusals = [outcome for outcome in story.joint_outcomes if outcome is not None]
    reasons = ", ".join(refusal.why for refusal in refusals) or "nessun no"
    assert len(refusals) == len(story.joint_outcomes) - 1, f"atteso: uno solo riesce; osservati: {reasons}"
    if answer:
        allowed = {ANSWERS[answer], *ALSO_TRUE.get(answer, ())}
        assert {refusal.why for refusal in refusals} <= allowed, f"motivo atteso: {answer}; osservati: {reasons}"
    denials = story.events("agent.rejected", True)
    assert len(denials) == len(refusals), (
        f"attesi nella traccia: {len(refusals)} dinieghi; osservati: {shown_times(denials)}"
    )


@then("per ogni ordine uno solo riesce, e all'altro è detto: appuntamento già fissato")
def one_succeeds_for_every_order(story: Story) -> None:
    """Every order has one appointment, and one party that was told that it has."""
    for sheet in story.orders:
        story.focus = sheet
        fixed, denied = story.events("appointment.confirmed"), story.events("agent.rejected", reason="already_booked")
        assert len(fixed) == len(denied) == 1, (
            f"{sheet.code}: atteso: uno solo riesce; osservati: {len(fixed)} sì, {len(denied)} no"
        )


@then(parsers.re(r"gli appuntamenti fissati sono in tutto (?P<count>\d+)"))
def confirmed_in_all(story: Story, count: str) -> None:
    """How many appointments were fixed, of all orders."""
    story.settle()
    bookings = story.events("appointment.confirmed", True)
    assert len(bookings) == int(count), f"appuntamenti attesi: {count}; osservati: {shown_times(bookings)}"


@then(parsers.re(r"l'appuntamento è stato spostato (?P<count>\d+) volt[ae]"))
def moved_times(story: Story, count: str) -> None:
    """How often the appointment was moved."""
    moves = story.events("appointment.rescheduled")
    assert len(moves) == int(count), f"spostamenti attesi: {count}; osservati: {len(moves)}"


@then(parsers.re(rf"{AT} la fascia {SLOT} (?P<negated>non )?è offerta (?:a|all')(?P<party>l cliente|operatore)"))
def slot_offered(story: Story, at: str, slot: str, negated: str | None, party: str) -> None:
    """Whether a band is on offer behind a link at an instant."""
    driver = story.reach(dates.instant(at))
    channel = CHANNELS["l'operatore" if party == "operatore" else "il cliente"]
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
    """One visit, in that band."""
    story.settle()
    bounds = dates.band(slot)
    visits = story.events("visit.started")
    is_right = len(visits) == 1 and bounds[0] <= times(visits)[0] <= bounds[1]
    assert is_right, f"visita attesa {slot}; osservata: {shown_times(visits)}"
    assert dates.bounds_of(visits[0]["data"]["slot"]) == bounds, f"fascia della visita attesa: {slot}"


@then("nessun tecnico arriva")
def not_visited(story: Story) -> None:
    """No visit to the end."""
    story.settle()
    visits = story.events("visit.started")
    assert not visits, f"attesa: nessuna visita; osservata: {shown_times(visits)}"


@then(parsers.re(r"la sospensione si apre con (?P<code>\w+)"))
def suspended(story: Story, code: str) -> None:
    """The suspension opens once, in the instant of the causal that opens it."""
    story.settle()
    openings, expected = story.events("sla.suspended"), times(story.events("notification.sent", code=code))
    assert times(openings) == expected[:1], f"sospensione attesa con {code}; osservata: {shown_times(openings)}"
    assert openings, f"sospensione attesa con {code}; osservata: mai"
    assert openings[0]["data"]["code"] == code, f"causale attesa: {code}; osservata: {openings[0]['data']['code']}"


@then(parsers.re(rf"la sospensione si chiude con (?P<cause>{'|'.join(RESUMPTIONS)})"))
def resumed(story: Story, cause: str) -> None:
    """The suspension closes once, in the instant of what closes it, and says so; a visit closes it as it is planned."""
    story.settle()
    closings, (earliest, latest) = story.events("sla.resumed"), resuming_instants(story, RESUMPTIONS[cause])
    is_right = len(closings) == 1 and earliest <= times(closings)[0] <= latest
    assert is_right, f"ripresa attesa {dates.shown(latest)}; osservata: {shown_times(closings)}"
    observed = closings[0]["data"]["cause"]
    assert observed == RESUMPTIONS[cause], f"causa attesa: {RESUMPTIONS[cause]}; osservata: {observed}"


def resuming_instants(story: Story, cause: str) -> tuple[int, int]:
    """Between which instants a suspension ends that ends for that cause."""
    bounds = story.appointment()
    if cause == "appointment":
        assert bounds is not None, "atteso: un appuntamento; osservato: nessuno"
        return bounds[0], bounds[0]
    end = times([story.the_last(ENDS_OF_SUSPENSION[cause])])[0]
    return (bounds[0] if cause == "visit" and bounds else end), end


@then("la sospensione resta aperta")
def still_suspended(story: Story) -> None:
    """Opened and never closed."""
    story.settle()
    story.the_last("sla.suspended")
    closings = story.events("sla.resumed")
    assert not closings, f"attesa: nessuna ripresa; osservata: {shown_times(closings)}"


@then(parsers.re(rf"{AT} il tempo sospeso va dall'apertura alla chiusura: al più (?P<hours>\d+) ore su (?P<gross>\d+)"))
def ledger_is(story: Story, at: str, hours: str, gross: str) -> None:
    """The SLA ledger at an instant: suspended for as long as the trace says, at the least; net is what is left."""
    moment = dates.instant(at)
    gross_ms, suspended_ms, net_ms = story.reach(moment).ledger(story.order.operator, story.order.code)
    opened, closed = times(story.events("sla.suspended")), times(story.events("sla.resumed"))
    least_ms = min([*closed, moment]) - opened[0]
    assert gross_ms == int(gross) * HOUR_MS, f"attese: {gross} ore lorde; osservate: {gross_ms / HOUR_MS:g}"
    is_right = least_ms <= suspended_ms <= int(hours) * HOUR_MS
    assert is_right, f"sospese da {least_ms / HOUR_MS:g} a {hours} ore; osservate: {suspended_ms / HOUR_MS:g}"
    assert net_ms == gross_ms - suspended_ms, f"atteso: netto = lordo - sospeso; osservati {net_ms} ms"
