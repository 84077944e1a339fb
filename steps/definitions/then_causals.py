"""`Allora …` about notifications to operators: which causals, when, in what order, and what they say."""

from __future__ import annotations

from pytest_bdd import parsers, then

from reference_impl.services import TRIGGERS
from steps import dates
from steps.context import Story, all_sms, shown_times, times, until
from steps.definitions.patterns import AT, SLOT
from steps.drivers.verbs import TraceEvent

CODES = r"(?P<codes>[A-Z]+\d*(?:, [A-Z]+\d*)*)"
NAMING_AN_ORDER = ("notification.sent", "sms.sent", "appointment.confirmed", "visit.started", "order.handed_back")


@then("ogni evento nomina un ordine noto, e ogni notifica il suo operatore")
def everything_is_named(story: Story) -> None:
    """Subjects, rows and operators of the whole trace are those of the scenario."""
    story.settle()
    orders = {(sheet.operator, sheet.code) for sheet in story.orders}
    codes, notices = {code for _, code in orders}, story.events("notification.sent", True)
    subjects = {event["subject"] for kind in NAMING_AN_ORDER for event in story.events(kind, True)}
    rows = {row["order"] for event in story.events("csv.deposited", True) for row in event["data"]["rows"]}
    assert subjects | rows <= codes, f"ordini ignoti: {', '.join(sorted((subjects | rows) - codes))}"
    strays = [event for event in notices if (event["data"]["operator"], event["subject"]) not in orders]
    assert not strays, f"notifiche a un altro operatore: {shown_times(strays)}"


@then("ogni riga, causale e promemoria segue l'SMS di ingaggio del suo ordine")
def everything_follows_its_sms(story: Story) -> None:
    """For every order of the scenario: nothing of the service without an engagement SMS before it."""
    story.settle()
    engaged: set[tuple[str, str]] = set()
    for event in story.reach(story.clock).trace:
        data = event["data"]
        if event["type"] == "sms.sent" and data["kind"] == "engagement":
            engaged.add((data["operator"], event["subject"]))
        early = {code for code in of_the_service(event) if (data["operator"], code) not in engaged}
        assert not early, f"atteso: prima l'SMS di ingaggio; osservato: {event['type']} di {', '.join(early)}"


def of_the_service(event: TraceEvent) -> set[str]:
    """The orders for which an event is a row, a causal or a reminder of the service."""
    data = event["data"]
    if event["type"] == "csv.deposited":
        return {row["order"] for row in data["rows"]}
    is_causal = event["type"] == "notification.sent" and bool(without_line([data["code"]]))
    is_reminder = event["type"] == "sms.sent" and data["kind"] == "reminder"
    return {event["subject"]} if is_causal or is_reminder else set()


@then(parsers.re(rf"l'operatore riceve {CODES} non prima di {AT}"))
def causal_not_before(story: Story, codes: str, at: str) -> None:
    """A causal comes, however late, but not before that instant."""
    story.settle()
    notices = story.events("notification.sent", code=codes)
    assert notices, f"{codes} atteso non prima di {at}; osservato: mai"
    assert times(notices)[0] >= dates.instant(at), (
        f"{codes} atteso non prima di {at}; osservato: {shown_times(notices)}"
    )


@then(parsers.re(rf"l'operatore riceve {CODES} fra {AT} e (?P<end>{dates.INSTANT})"))
def causal_between(story: Story, codes: str, at: str, end: str) -> None:
    """A causal comes in a time; the end of it is too late."""
    story.settle()
    notices = story.events("notification.sent", code=codes)
    is_right = notices and dates.instant(at) <= times(notices)[0] < dates.instant(end)
    assert is_right, f"{codes} atteso fra {at} e {end}; osservato: {shown_times(notices)}"


@then(parsers.re(rf"l'operatore riceve {CODES} dopo l'SMS di ingaggio"))
def causal_after_sms(story: Story, codes: str) -> None:
    """A causal comes, and the SMS has come before it."""
    story.settle()
    sms, notices = all_sms(story, "di ingaggio"), story.events("notification.sent", code=codes)
    assert sms, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert notices, f"{codes} atteso dopo l'SMS; osservato: mai"
    trace = story.reach(story.clock).trace
    is_after = trace.index(notices[0]) > trace.index(sms[0])
    assert is_after, f"{codes} atteso dopo l'SMS delle {shown_times(sms)}; osservato: {shown_times(notices)}"


@then(parsers.re(rf"l'operatore non riceve {CODES}(?: fino a {AT})?"))
def no_causal(story: Story, codes: str, at: str | None) -> None:
    """None of these causals, up to an instant or to the end."""
    story.reach(dates.instant(at)) if at else story.settle()
    unwanted = codes.split(", ")
    notices = [event for event in story.events("notification.sent") if event["data"]["code"] in unwanted]
    notices = until(notices, dates.instant(at)) if at else notices
    assert not notices, f"attesi: nessun {codes}; osservati: {shown_times(notices)}"


@then(parsers.re(rf"nell'ordine l'operatore riceve {CODES}, e niente altro"))
def causals_in_order(story: Story, codes: str) -> None:
    """All causals of the order to the end, in order, the line's first; AC and CO may be told again."""
    story.settle()
    observed = [event["data"]["code"] for event in story.events("notification.sent")]
    expected = codes.split(", ")
    is_right = observed[:1] == expected[:1] and without_line(observed) == without_line(expected)
    assert is_right, f"notifiche attese: {codes}; osservate: {', '.join(observed) or 'nessuna'}"


def without_line(codes: list[str]) -> list[str]:
    """The causals of the service among some codes."""
    return [code for code in codes if code not in TRIGGERS]


@then(parsers.re(r"la notifica (?P<code>\w+) dice «(?P<label>.+)»"))
def causal_label(story: Story, code: str, label: str) -> None:
    """The label that goes with a causal; capitals and the kind of dash are nobody's business."""
    story.settle()
    observed = story.the_last("notification.sent", code=code)["data"]["label"]
    assert plain(observed) == plain(label), f"etichetta attesa: {label}; osservata: {observed}"


def plain(label: str) -> str:
    """A label without what the text itself writes in two ways."""
    return label.casefold().replace("–", "-")


@then(parsers.re(rf"la notifica (?P<code>\w+), se nomina una fascia, nomina {SLOT}"))
def causal_slot(story: Story, code: str, slot: str) -> None:
    """The slot in the last notification of a causal, where it names one."""
    story.settle()
    observed = dates.bounds_of(story.the_last("notification.sent", code=code)["data"].get("slot"))
    if observed is not None:
        assert observed == dates.band(slot), f"fascia attesa: {slot}; osservata: {dates.shown_band(observed)}"
