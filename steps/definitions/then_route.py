"""`Allora …` about intake and routing: which way the order went, what started for it, its documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pytest_bdd import parsers, then

from reference_impl.errors import CallerError
from reference_impl.formats.documents import Schemas, load_schemas
from reference_impl.services import TRIGGERS
from steps import dates
from steps.context import Story, shown_times, times
from steps.definitions.patterns import AT
from steps.drivers.verbs import TraceEvent
from steps.words import COMMERCIAL, FLOWS

SCHEMAS = Path(__file__).parents[2] / "features" / "schemas"
TAG = re.compile(r"<(?:\w+:)?(\w+)[ >/]")
GRACE_MS = 60_000
HAPPENINGS = (
    "sms.sent",
    "notification.sent",
    "appointment.confirmed",
    "appointment.rescheduled",
    "appointment.declined",
    "visit.started",
    "contact_policy.started",
    "commercial_service.started",
    "order.handed_back",
)
CODE_TAG = re.compile(r"code", re.IGNORECASE)


@then(parsers.re(r"l'ordine è (?P<flow>del servizio|ordinario|disaggregato)"))
def flow_is(story: Story, flow: str) -> None:
    """The way the order was routed."""
    observed = story.the_last("order.routed")["data"]["flow"]
    assert observed == FLOWS[flow], f"instradamento atteso: {flow} ({FLOWS[flow]}); osservato: {observed}"


@then("l'ordine non è instradato e torna all'operatore")
def rejected_at_intake(story: Story) -> None:
    """The order was handed back and never routed."""
    story.settle()
    assert not story.events("order.routed"), "atteso: nessun instradamento; osservato: order.routed"
    story.the_last("order.handed_back")


@then(parsers.re(r"la richiesta è respinta(?P<code> per il codice d'ordine)?"))
def request_refused(story: Story, code: str | None) -> None:
    """A registration or an order was turned down; or an order was, and its code was named."""
    assert story.pending_refusals, "atteso: richiesta respinta; osservato: accolta"
    field = story.pending_refusals.pop().what
    assert not code or field == "order", f"campo atteso: order; osservato: {field}"


@then("nessuno telefona al cliente")
def no_contact_policy(story: Story) -> None:
    """ROUTE-1 as seen on the telephone wire."""
    story.settle()
    calls = story.events("contact_policy.started")
    assert not calls, f"attesa: nessuna telefonata; osservate: {shown_times(calls)}"


@then("il cliente è chiamato secondo la Policy di Contatto")
def contact_policy(story: Story) -> None:
    """The ordinary process calls."""
    story.settle()
    story.the_last("contact_policy.started")


@then(parsers.re(r"(?P<negated>non )?parte il servizio commerciale (?P<name>.+)"))
def commercial_service(story: Story, negated: str | None, name: str) -> None:
    """A commercial service of the operator started, or did not."""
    story.settle()
    started = story.events("commercial_service.started", name=COMMERCIAL[name])
    assert bool(started) != bool(negated), f"{name}: osservato {shown_times(started)}"


@then("del servizio non accade nulla")
def nothing_of_the_service(story: Story) -> None:
    """No SMS, no row, no causal beyond AC or CO."""
    story.settle()
    codes = [event["data"]["code"] for event in story.events("notification.sent")]
    assert set(codes) <= {*TRIGGERS}, f"attesi: solo {' o '.join(TRIGGERS)}; osservati: {', '.join(codes)}"
    assert not story.events("sms.sent"), "atteso: nessun SMS; osservato: sms.sent"
    assert not story.rows(), "attesa: nessuna riga CSV; osservata: una riga"


@then(parsers.re(rf"dopo {AT} all'ordine non accade più nulla, riga del file a parte"))
def nothing_more(story: Story, at: str) -> None:
    """After an instant, and a minute of grace, no SMS, no causal, no act, no visit, no call, no hand-back."""
    story.settle()
    late = [
        event
        for kind in HAPPENINGS
        for event in story.events(kind)
        if dates.from_trace(event["time"]) > dates.instant(at) + GRACE_MS
    ]
    seen = ", ".join(f"{event['type']} {dates.shown(dates.from_trace(event['time']))}" for event in late)
    assert not late, f"atteso: più nulla dopo {at}; osservati: {seen}"


@then("l'ordine riceve SMS, riga del file e causale")
def gets_the_service(story: Story) -> None:
    """ROUTE-8: the service is there."""
    story.settle()
    story.the_last("sms.sent", kind="engagement")
    assert story.rows(), "attesa: una riga CSV; osservata: nessuna"
    story.the_last("notification.sent", code=story.order.causals.first)


@then("l'ordine e le sue notifiche sono validi secondo gli XSD")
def documents_are_valid(story: Story) -> None:
    """Every document of the order validates against the schemas in use."""
    story.settle()
    orders, notices = story.events("order.received"), story.events("notification.sent")
    assert orders, "atteso: un ordine; osservato: nessuno"
    assert notices, "attesa: almeno una notifica; osservata: nessuna"
    for event in orders:
        assert_valid(schemas().validate_order, event)
    for event in notices:
        assert_valid(schemas().validate_notification, event)


def assert_valid(validate: Callable[[str], None], event: TraceEvent) -> None:
    """The document of an event is there and fits its schema."""
    document = event["data"].get("document")
    assert document, f"atteso: un documento con {event['type']}; osservato: nessuno"
    try:
        validate(document)
    except CallerError as error:
        raise AssertionError(f"{event['type']}: documento fuori tracciato: {error}") from error


@then("tutti gli ordini hanno gli stessi elementi XML, codice a parte")
def same_elements(story: Story) -> None:
    """ROUTE-7: the code is the only difference between an order with it and one without."""
    received = story.events("order.received", True)
    shapes = {
        frozenset(tag for tag in TAG.findall(event["data"]["document"]) if not CODE_TAG.search(tag))
        for event in received
    }
    assert len(received) > 1, "attesi: almeno due ordini da confrontare"
    assert len(shapes) == 1, f"atteso: un solo tracciato; osservati: {sorted(map(sorted, shapes))}"


@then(parsers.re(rf"l'ordine torna all'operatore(?: non prima di (?P<at>{dates.INSTANT}))?"))
def handed_back(story: Story, at: str | None) -> None:
    """One hand-back, however late, but not before that instant."""
    story.settle()
    returns = story.events("order.handed_back")
    assert len(returns) == 1, f"attesa: una riconsegna; osservate: {shown_times(returns)}"
    if at:
        is_right = times(returns)[0] >= dates.instant(at)
        assert is_right, f"riconsegna attesa non prima di {at}; osservata: {shown_times(returns)}"


@then(parsers.re(r"l'ordine non torna all'operatore prima di (?P<code>\w+)"))
def not_handed_back_before(story: Story, code: str) -> None:
    """The hand-back is no earlier than the causal that says why."""
    story.settle()
    returns, notices = story.events("order.handed_back"), story.events("notification.sent", code=code)
    assert returns, "attesa: una riconsegna; osservata: mai"
    assert notices, f"{code} atteso; osservato: mai"
    is_right = times(returns)[0] >= times(notices)[0]
    assert is_right, f"riconsegna attesa non prima di {code} {shown_times(notices)}; osservata: {shown_times(returns)}"


@then("l'ordine non torna all'operatore")
def not_handed_back(story: Story) -> None:
    """No hand-back to the end."""
    story.settle()
    returns = story.events("order.handed_back")
    assert not returns, f"attesa: nessuna riconsegna; osservata: {shown_times(returns)}"


@lru_cache(maxsize=1)
def schemas() -> Schemas:
    """The schemas that ship with the features, read once."""
    return load_schemas(SCHEMAS)
