"""`Quando …`: what the driver makes happen, at an instant."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from pytest_bdd import parsers, when

from steps import dates
from steps.context import Story
from steps.definitions.given import TEXT_FIELDS
from steps.definitions.patterns import AT, PARTY, SLOT
from steps.drivers.verbs import AgentAct, Bounds, Refused
from steps.words import CHANNELS

OF_ALL_ORDERS = {
    "i clienti di tutti gli ordini": ("customer",),
    "per ogni ordine il cliente e l'operatore": ("customer", "operator"),
}
OPERATOR_SLOT = rf"(?P<operator_slot>{dates.BAND})"
GLANCE_MS, LONGEST_WAIT_MS = 5_000, 3_600_000


@when(parsers.re(rf"l'ordine è consegnato {AT}"))
def handed_in(story: Story, at: str) -> None:
    """The order at hand is received at that very instant; a refusal waits for a step that expects it."""
    story.order.submitted = True
    story.run_until(dates.instant(at))
    try:
        story.submit(story.order)
    except Refused as refusal:
        story.pending_refusals.append(refusal)


@when("l'operatore si registra")
def registers(story: Story) -> None:
    """The operators are registered now; a refusal waits for a step that expects it."""
    try:
        story.run_until(dates.instant("mar 2026-03-03 00:00:00"))
    except Refused as refusal:
        story.pending_refusals.append(refusal)


@when(
    parsers.re(
        rf"{AT} (?P<name>\w+) si registra di nuovo, con (?:il dominio (?P<domain>\S+)"
        r"|per (?P<kind>l'ingaggio|il promemoria) (?P<wording>il testo|l'alias) \"(?P<text>.*)\")"
    )
)
def registers_anew(story: Story, at: str, name: str, domain: str, kind: str, wording: str, text: str) -> None:
    """An operator asks for another domain, text or alias while its orders are under way."""
    driver = story.run_until(dates.instant(at))
    changed = {"agent_domain": domain} if domain else {TEXT_FIELDS[kind, wording]: text}
    story.declare_operator(name, **changed)
    driver.register(story.operators[name.upper()])


@when(parsers.re(rf"la rete notifica (?P<code>CO|AC|l'innesco) {AT}"))
def line_event(story: Story, code: str, at: str) -> None:
    """The field network reports CO or AC of the order at hand; `l'innesco` is the one of its family."""
    driver = story.run_until(dates.instant(at))
    driver.line(story.order.operator, story.order.code, story.order.causals.trigger if code == "l'innesco" else code)
    story.run_until(dates.instant(at))


@when(parsers.re(rf"la rete notifica l'innesco di ogni ordine {AT}"))
def line_event_of_all(story: Story, at: str) -> None:
    """The field network reports CO or AC of all orders, in the order in which they were declared."""
    driver = story.run_until(dates.instant(at))
    for sheet in story.orders:
        driver.line(sheet.operator, sheet.code, sheet.causals.trigger)
    story.run_until(dates.instant(at))


@when(parsers.re(rf"appena riceve l'SMS il cliente fissa {SLOT}"))
def confirms_as_soon_as_told(story: Story, slot: str) -> None:
    """The customer confirms within seconds of the engagement SMS, whenever that comes."""
    moment = story.clock
    while not story.events("sms.sent", kind="engagement") and moment < story.clock + LONGEST_WAIT_MS:
        moment += GLANCE_MS
        story.reach(story.clock).run_until(moment)
    story.act("confirm", "customer", dates.band(slot), moment)


@when(parsers.re(rf"{AT} {PARTY} apre il link"))
def opens(story: Story, at: str, party: str) -> None:
    """A party opens its link."""
    story.act("open", CHANNELS[party], None, dates.instant(at))


@when(parsers.re(rf"{AT} {PARTY} fissa {SLOT}"))
def confirms(story: Story, at: str, party: str, slot: str) -> None:
    """A party confirms a band."""
    story.act("confirm", CHANNELS[party], dates.band(slot), dates.instant(at))


@when(parsers.re(rf"{AT} {PARTY} sposta a {SLOT}"))
def moves(story: Story, at: str, party: str, slot: str) -> None:
    """A party moves the appointment to another band."""
    story.act("reschedule", CHANNELS[party], dates.band(slot), dates.instant(at))


@when(parsers.re(rf"{AT} {PARTY} rifiuta"))
def declines(story: Story, at: str, party: str) -> None:
    """A party refuses to fix an appointment."""
    story.act("decline", CHANNELS[party], None, dates.instant(at))


@when(parsers.re(rf"{AT} qualcuno fissa {SLOT} con un link inventato"))
def confirms_with_a_made_up_link(story: Story, at: str, slot: str) -> None:
    """Somebody confirms through a link that was never given out."""
    link = f"https://agente.{story.order.operator.lower()}.example/mai-esistito"
    story.act("confirm", "customer", dates.band(slot), dates.instant(at), link)


@when(parsers.re(rf"{AT} il cliente fissa {SLOT} con il suo link, ma sotto il dominio di (?P<name>\w+)"))
def confirms_under_another_domain(story: Story, at: str, slot: str, name: str) -> None:
    """The customer uses its link under the domain of another operator."""
    story.run_until(dates.instant(at))
    own_link = story.link("customer")
    link = own_link.replace(str(urlsplit(own_link).hostname), str(story.operators[name.upper()]["agent_domain"]), 1)
    story.act("confirm", "customer", dates.band(slot), dates.instant(at), link)


@when(parsers.re(rf"{AT} il cliente e l'operatore fissano insieme, uno {SLOT} e l'altro {OPERATOR_SLOT}"))
def both_confirm(story: Story, at: str, slot: str, operator_slot: str) -> None:
    """Customer and operator confirm in one instant, over real wires at the same moment."""
    customer_act = "confirm", "customer", dates.band(slot)
    operator_act = "confirm", "operator", dates.band(operator_slot)
    act_together(story, at, customer_act, operator_act)


@when(parsers.re(rf"{AT} insieme il cliente rifiuta e l'operatore fissa {SLOT}"))
def one_declines_one_confirms(story: Story, at: str, slot: str) -> None:
    """The customer refuses in the instant in which the operator confirms."""
    act_together(story, at, ("decline", "customer", None), ("confirm", "operator", dates.band(slot)))


@when(parsers.re(rf"{AT} (?P<parties>{'|'.join(OF_ALL_ORDERS)}) fissano insieme {SLOT}"))
def all_confirm(story: Story, at: str, parties: str, slot: str) -> None:
    """The parties of all orders confirm the same band in one instant."""
    acts = []
    for sheet in story.orders:
        story.focus = sheet
        acts += [AgentAct("confirm", story.link(party), party, dates.band(slot)) for party in OF_ALL_ORDERS[parties]]
    story.act_at_once(acts, dates.instant(at))


def act_together(story: Story, at: str, *acts: tuple[str, str, Bounds | None]) -> None:
    """Let acts, each of a party on a band, happen to the order at hand in one instant."""
    story.run_until(dates.instant(at))
    agent_acts = [AgentAct(act, story.link(channel), channel, bounds) for act, channel, bounds in acts]
    story.act_at_once(agent_acts, dates.instant(at))


@when(parsers.re(rf"la rete notifica per errore (?P<code>CO|AC) {AT}"))
def wrong_line_event(story: Story, code: str, at: str) -> None:
    """The field network reports what such an order does not await; the system may refuse it, or let it pass."""
    driver = story.run_until(dates.instant(at))
    with suppress(Refused):
        driver.line(story.order.operator, story.order.code, code)
    story.run_until(dates.instant(at))


@when(parsers.re(rf"{AT} l'operatore annulla l'ordine"))
def cancels(story: Story, at: str) -> None:
    """The operator cancels the order at hand."""
    story.run_until(dates.instant(at)).cancel(story.order.operator, story.order.code, "operator")


@when(parsers.re(rf"purché l'SMS di ingaggio parta entro {AT}"))
def provided_that_it_leaves(story: Story, at: str) -> None:
    """The scenario is about systems whose SMS has left by then; the text has no bound, so others are passed over."""
    story.run_until(dates.instant(at))
    if not story.events("sms.sent", kind="engagement"):
        pytest.skip(f"l'SMS di ingaggio non è partito entro {at}")


@when(parsers.re(rf"il tempo passa fino a {AT}"))
def time_passes(story: Story, at: str) -> None:
    """Nothing more than time."""
    story.run_until(dates.instant(at))
