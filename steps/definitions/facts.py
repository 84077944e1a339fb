"""Facts in the past: a story told by hand, wire by wire. Allowed after any keyword, so that a story reads as one."""

from __future__ import annotations

from datetime import datetime

from pytest_bdd import parsers, step

from steps import dates
from steps.chronicle import STANDARD_REMINDER, STANDARD_TEXT, Chronicle, notice
from steps.definitions.patterns import AT, PARTY, SLOT
from steps.words import ANSWERS, CHANNELS, COMMERCIAL, FLOWS, HAND_BACKS, PROBES, RESUMPTIONS, SMS_KINDS

DETAILS = r"(?P<details>(?:, [^,]+)*)"
ACTS = {"fissare": "confirm", "spostare": "reschedule", "rifiutare": "decline", "aprire il link": "open"}


def members_of(details: str, names: dict[str, str]) -> dict[str, str]:
    """`, al numero X, con il link Y` as members; `names` are the members by prefix. Raises ValueError for others."""
    members = {}
    for detail in filter(None, details.split(", ")):
        prefix = next((prefix for prefix in names if detail.startswith(prefix)), None)
        if prefix is None:
            raise ValueError(f"dettaglio {detail!r} ignoto; si ammettono: {', '.join(names)}")
        members[names[prefix]] = detail.removeprefix(prefix).strip().strip('"')
    return members


@step(parsers.re(r"si parla dell'ordine (?P<label>\w+)"))
def speak_of(chronicle: Chronicle, label: str) -> None:
    """The following steps speak of that order."""
    chronicle.story.speak_of(label)


@step(parsers.re(r"che non è dichiarata alcuna lettura"))
def any_reading(chronicle: Chronicle) -> None:
    """The judge has to try every reading."""
    chronicle.any_reading = True


@step("che la storia riguarda il sistema dell'operatore")
def about_the_operator(chronicle: Chronicle) -> None:
    """The system under test is the operator's."""
    chronicle.story.under_test = "operator"


@step(parsers.re(rf"la rete ha notificato (?P<code>CO|AC) {AT}"))
def line_told(chronicle: Chronicle, code: str, at: str) -> None:
    """AC or CO was notified."""
    chronicle.facts.append(notice(dates.instant(at), chronicle.story.order, code))


@step("la rete non ha notificato nulla")
def line_silent(chronicle: Chronicle) -> None:
    """Neither AC nor CO was ever notified."""
    chronicle.silent_line = True


@step(parsers.re(r"l'ordine è stato instradato come (?P<flow>del servizio|ordinario|disaggregato)"))
def routed_as(chronicle: Chronicle, flow: str) -> None:
    """The way that was chosen for the order."""
    chronicle.flows[chronicle.story.order.code] = FLOWS[flow]


@step(parsers.re(r"il documento XML dell'ordine era (?P<document><.*>)"))
def document_was(chronicle: Chronicle, document: str) -> None:
    """The order was exchanged in that form."""
    chronicle.story.order.members["document"] = document


@step(parsers.re(rf"l'SMS (?P<kind>di ingaggio|di promemoria) è partito {AT}(?: per {SLOT})?{DETAILS}"))
def sms_left(chronicle: Chronicle, kind: str, at: str, slot: str | None, details: str) -> None:
    """An SMS was sent, with the standard text unless told otherwise."""
    order = chronicle.story.order
    operator = chronicle.story.operators[order.operator]
    names = {"al numero ": "to", "con il testo ": "text", "con l'alias ": "alias", "con il link ": "link"}
    members = members_of(details, names)
    sms_kind = SMS_KINDS[kind]
    alias = operator.get(f"{sms_kind}_alias", "Appuntament")
    data: dict[str, object] = {"kind": sms_kind, "to": order.members["phone"], "alias": alias}
    if sms_kind == "engagement":
        link = members.get("link", chronicle.link("customer"))
        template = str(operator.get("engagement_text", STANDARD_TEXT))
        data |= {"link": link, "text": template.replace("{link}", link)}
    elif slot is not None:
        bounds = dates.band(slot)
        template = str(operator.get("reminder_text", STANDARD_REMINDER))
        data |= {"slot": dates.slot_of(bounds), "text": reminder_of(template, slot)}
    chronicle.tell(dates.instant(at), "/sms", "sms.sent", data | members)


def reminder_of(template: str, slot: str) -> str:
    """A reminder's text with the date and the band of a slot."""
    clocks = slot.rpartition(" ")[2]
    return template.replace("{date}", f"{dates.day(slot.rpartition(' ')[0]):%d/%m/%Y}").replace("{band}", clocks)


@step(parsers.re(rf"il file CSV è stato depositato {AT}{DETAILS}"))
def csv_deposited(chronicle: Chronicle, at: str, details: str) -> None:
    """A file with a row of the order at hand, as the last SMS would have it unless told otherwise."""
    order, moment = chronicle.story.order, dates.instant(at)
    columns = {"con l'ordine ": "order", "con data ": "date", "con il link ": "link", "con il telefono ": "phone"}
    names = columns | {"con il nome ": "name", "nella cartella ": "folder", "senza righe": "empty"}
    members = members_of(details, names)
    written = datetime.fromisoformat(dates.to_trace(moment))
    folder, name = members.pop("folder", order.operator), f"APPDIG_{order.operator}_{written:%Y%m%d%H%M%S}.csv"
    path = f"/{folder}/{members.pop('name', name)}"
    is_empty = members.pop("empty", None) is not None
    row = {
        "order": order.code,
        "date": sms_date(chronicle),
        "link": chronicle.link("operator"),
        "phone": str(order.members["phone"]),
    }
    data = {"operator": order.operator, "path": path, "rows": [] if is_empty else [row | members]}
    chronicle.tell(moment, "/sftp", "csv.deposited", data, subject=path)


def sms_date(chronicle: Chronicle) -> str:
    """The day of the last engagement SMS told of the order at hand, gg/mm/aaaa."""
    code = chronicle.story.order.code
    sms = [fact for fact in chronicle.facts if fact.type == "sms.sent" and fact.subject == code]
    day = datetime.fromisoformat(dates.to_trace(sms[-1].moment)) if sms else datetime(2026, 3, 3)
    return f"{day:%d/%m/%Y}"


@step(parsers.re(rf"l'operatore ha ricevuto (?P<code>[A-Z]+\d*) {AT}(?: per {SLOT})?"))
def causal_received(chronicle: Chronicle, code: str, at: str, slot: str | None) -> None:
    """A causal was notified."""
    members = {"slot": dates.slot_of(dates.band(slot))} if slot else {}
    chronicle.facts.append(notice(dates.instant(at), chronicle.story.order, code, **members))


@step(parsers.re(rf"{PARTY} ha fissato {SLOT} {AT}"))
def confirmed(chronicle: Chronicle, party: str, slot: str, at: str) -> None:
    """An appointment was fixed through the Virtual Agent."""
    channel = CHANNELS[party]
    data = {"channel": channel, "slot": dates.slot_of(dates.band(slot)), "link": chronicle.link(channel)}
    chronicle.tell(dates.instant(at), "/agent", "appointment.confirmed", data)


@step(parsers.re(rf"{PARTY} ha spostato da (?P<previous>{dates.BAND}) a {SLOT} {AT}"))
def moved(chronicle: Chronicle, party: str, previous: str, slot: str, at: str) -> None:
    """An appointment was moved."""
    data = {
        "channel": CHANNELS[party],
        "slot": dates.slot_of(dates.band(slot)),
        "previous": dates.slot_of(dates.band(previous)),
    }
    chronicle.tell(dates.instant(at), "/agent", "appointment.rescheduled", data)


@step(parsers.re(rf"{PARTY} ha rifiutato {AT}"))
def declined(chronicle: Chronicle, party: str, at: str) -> None:
    """A party refused to fix an appointment."""
    chronicle.tell(dates.instant(at), "/agent", "appointment.declined", {"channel": CHANNELS[party]})


@step(parsers.re(rf"{PARTY} ha aperto il link {AT}"))
def opened(chronicle: Chronicle, party: str, at: str) -> None:
    """A party looked at the Virtual Agent."""
    chronicle.tell(dates.instant(at), "/agent", "agent.opened", {"channel": CHANNELS[party]})


@step(parsers.re(rf"{PARTY} voleva (?P<act>{'|'.join(ACTS)})(?: {SLOT})? {AT}: (?P<answer>.+)"))
def refused(chronicle: Chronicle, party: str, act: str, slot: str | None, at: str, answer: str) -> None:
    """A party was turned down by the Virtual Agent."""
    channel = CHANNELS[party]
    data: dict[str, object] = {"channel": channel, "act": ACTS[act], "reason": ANSWERS[answer]}
    data["link"] = chronicle.link(channel)
    if slot:
        data["slot"] = dates.slot_of(dates.band(slot))
    chronicle.tell(dates.instant(at), "/agent", "agent.rejected", data)


@step(parsers.re(rf"l'ordine è stato (?:annullato|restituito per (?P<reason>[\w -]+?)) {AT}"))
def ended(chronicle: Chronicle, reason: str | None, at: str) -> None:
    """The order was cancelled by the operator, or handed back to it."""
    moment = dates.instant(at)
    if reason is None:
        chronicle.tell(moment, "/intake", "order.cancelled", {"reason": "operator"})
    else:
        chronicle.tell(moment, "/intake", "order.handed_back", {"reason": HAND_BACKS[reason]})


@step(parsers.re(rf"il tecnico è arrivato {SLOT}"))
def visit_started(chronicle: Chronicle, slot: str) -> None:
    """A visit began at the start of a band."""
    bounds = dates.band(slot)
    chronicle.tell(bounds[0], "/field", "visit.started", {"slot": dates.slot_of(bounds)})


@step(parsers.re(rf"la Policy di Contatto è partita {AT}"))
def called(chronicle: Chronicle, at: str) -> None:
    """Somebody telephoned the customer."""
    chronicle.tell(dates.instant(at), "/telephone", "contact_policy.started", {"attempt": 1})


@step(parsers.re(rf"il servizio commerciale (?P<name>.+) è partito {AT}"))
def commercial_started(chronicle: Chronicle, name: str, at: str) -> None:
    """A commercial service of the ordinary process began."""
    data = {"name": COMMERCIAL[name]}
    chronicle.tell(dates.instant(at), "/commercial", "commercial_service.started", data)


@step(parsers.re(rf"la sospensione è stata aperta {AT} con (?P<code>\w+)"))
def suspension_opened(chronicle: Chronicle, at: str, code: str) -> None:
    """The ledger opened a suspension."""
    chronicle.tell(dates.instant(at), "/sla", "sla.suspended", {"code": code})


@step(parsers.re(rf"la sospensione è stata chiusa {AT} per (?P<cause>\w+)"))
def suspension_closed(chronicle: Chronicle, at: str, cause: str) -> None:
    """The ledger closed a suspension."""
    chronicle.tell(dates.instant(at), "/sla", "sla.resumed", {"cause": RESUMPTIONS[cause]})


@step(parsers.re(rf"Alfa ha prelevato il file (?P<name>\S+) {AT}"))
def fetched(chronicle: Chronicle, name: str, at: str) -> None:
    """The operator fetched a file; `depositato` is the last one told."""
    paths = [fact.data["path"] for fact in chronicle.facts if fact.type == "csv.deposited"]
    path = str(paths[-1]) if name == "depositato" else f"/ALFA/{name}"
    chronicle.tell(dates.instant(at), "/sftp", "csv.fetched", {"operator": "ALFA", "path": path}, subject=path)


@step(parsers.re(rf"l'operatore ha risposto (?P<status>\d+) a (?P<code>[A-Z]+\d*) {AT}(?:, copia (?P<copy>\d+))?"))
def answered(chronicle: Chronicle, status: str, code: str, at: str, copy: str | None) -> None:
    """The operator's endpoint answered a notification."""
    chronicle.tell(
        dates.instant(at),
        "/notifications",
        "notification.answered",
        {
            "operator": chronicle.story.order.operator,
            "notification": code,
            "copy": int(copy or 1),
            "status": int(status),
        },
    )


@step(parsers.re(rf"l'operatore ha risposto (?P<status>\d+) a una (?P<code>\w+) (?P<kind>\w+) {AT}"))
def probed(chronicle: Chronicle, status: str, code: str, kind: str, at: str) -> None:
    """The operator's endpoint answered a notification that was not genuine."""
    operator = chronicle.story.order.operator
    data = {"operator": operator, "kind": PROBES[kind], "code": code, "status": int(status)}
    chronicle.tell(dates.instant(at), "/notifications", "notification.probed", data)


@step(parsers.re(rf"l'Agente Virtuale ha detto all'operatore di aspettare (?P<seconds>\d+) secondi {AT}"))
def told_to_wait(chronicle: Chronicle, seconds: str, at: str) -> None:
    """A request of the operator was answered with 429."""
    data = {"operator": chronicle.story.order.operator, "retry_after_seconds": int(seconds)}
    chronicle.tell(dates.instant(at), "/agent", "request.limited", data, subject=None)


@step(parsers.re(r"l'operatore ha chiesto di nuovo dopo (?P<seconds>\d+) secondi"))
def asked_again(chronicle: Chronicle, seconds: str) -> None:
    """The operator sent another request, so long after it had been told to wait."""
    limit = next(fact for fact in reversed(chronicle.facts) if fact.type == "request.limited")
    since_told_ms = int(seconds) * 1000
    data = {**limit.data, "since_told_ms": since_told_ms}
    chronicle.tell(limit.moment + since_told_ms, "/agent", "request.limited", data, subject=None)


@step(parsers.re(rf"la traccia finisce {AT}"))
def trace_ends(chronicle: Chronicle, at: str) -> None:
    """What comes later was not observed."""
    chronicle.end_of_trace = dates.instant(at)


@step(parsers.re(r"la traccia non vede (?P<wire>/\w+)"))
def wire_unseen(chronicle: Chronicle, wire: str) -> None:
    """A wire that nobody watched."""
    chronicle.unseen.add(wire)
