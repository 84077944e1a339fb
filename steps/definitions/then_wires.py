"""`Allora …` about SMS, CSV files and causals, as the wires saw them."""

from __future__ import annotations

from urllib.parse import urlsplit

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, shown_times, times, until
from steps.drivers.verbs import TraceEvent
from steps.words import SMS_KINDS

AT = rf"(?P<at>{dates.INSTANT})"
KIND = r"(?P<kind>di ingaggio|di promemoria)"
CODES = r"(?P<codes>[A-Z]+\d*(?:, [A-Z]+\d*)*)"
COLUMNS = {"codice ordine": "order", "data": "date", "telefono": "phone"}


def all_sms(story: Story, kind: str) -> list[TraceEvent]:
    """The SMS of a kind that the order at hand has had."""
    return story.events("sms.sent", kind=SMS_KINDS[kind])


@then(parsers.re(rf"l'SMS {KIND} è inviato {AT}"))
def sms_at(story: Story, kind: str, at: str) -> None:
    """An SMS at exactly that instant."""
    moment = dates.instant(at)
    story.reach(moment)
    sent = all_sms(story, kind)
    assert times(sent)[-1:] == [moment], f"SMS {kind} atteso {at}; osservato: {shown_times(sent)}"


@then(parsers.re(rf"nessun SMS {KIND} è inviato(?: fino a {AT})?"))
def no_sms(story: Story, kind: str, at: str | None) -> None:
    """No SMS of that kind, up to an instant or to the end."""
    story.reach(dates.instant(at)) if at else story.settle()
    sent = until(all_sms(story, kind), dates.instant(at)) if at else all_sms(story, kind)
    assert not sent, f"atteso: nessun SMS {kind}; osservato: {shown_times(sent)}"


@then(parsers.re(rf"in tutto part(?:e|ono) (?P<count>\d+) SMS {KIND}"))
def sms_count(story: Story, kind: str, count: str) -> None:
    """How many SMS of a kind to the end."""
    story.settle()
    sent = all_sms(story, kind)
    assert len(sent) == int(count), f"SMS {kind} attesi: {count}; osservati: {len(sent)} ({shown_times(sent)})"


@then(parsers.re(rf"l'SMS {KIND} arriva al numero (?P<number>\S+)"))
def sms_to(story: Story, kind: str, number: str) -> None:
    """The number that got it."""
    observed = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]["to"]
    assert observed == number, f"numero atteso: {number}; osservato: {observed}"


@then(parsers.re(rf"l'SMS {KIND} dice \"(?P<text>.*)\""))
def sms_says(story: Story, kind: str, text: str) -> None:
    """The whole text; `{link}` stands for the link of the customer."""
    story.settle()
    data = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]
    expected = text.replace("{link}", str(data.get("link")))
    assert data["text"] == expected, f"testo atteso: {expected!r}; osservato: {data['text']!r}"


@then(parsers.re(rf"l'SMS {KIND} contiene \"(?P<text>.*)\""))
def sms_contains(story: Story, kind: str, text: str) -> None:
    """A part of the text; `{link}` stands for the link of the customer."""
    story.settle()
    data = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]
    expected = text.replace("{link}", str(data.get("link")))
    assert expected in data["text"], f"atteso nel testo: {expected!r}; osservato: {data['text']!r}"


@then(parsers.re(rf"l'SMS {KIND} occupa (?P<count>\d+) segment[oi] in (?P<encoding>GSM-7|UCS-2)"))
def sms_size(story: Story, kind: str, count: str, encoding: str) -> None:
    """What the message costs: its segments, in its encoding."""
    story.settle()
    data = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]
    observed = f"{data['segments']} in {data['encoding']}"
    assert observed == f"{count} in {encoding}", f"segmenti attesi: {count} in {encoding}; osservati: {observed}"


@then(parsers.re(rf"l'SMS {KIND} ha l'alias \"(?P<alias>.*)\""))
def sms_alias(story: Story, kind: str, alias: str) -> None:
    """The sender that the customer sees."""
    story.settle()
    observed = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]["alias"]
    assert observed == alias, f"alias atteso: {alias!r}; osservato: {observed!r}"


@then(parsers.re(rf"l'SMS {KIND} ha un alias di (?P<most>\d+) caratteri al più"))
def sms_alias_length(story: Story, kind: str, most: str) -> None:
    """The standard sender fits."""
    story.settle()
    observed = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]["alias"]
    assert 0 < len(observed) <= int(most), f"alias atteso: al più {most} caratteri; osservato: {observed!r}"


@then(parsers.re(rf"il file CSV con l'ordine è depositato (?P<how>esattamente|entro|non prima di) {AT}"))
def csv_at(story: Story, how: str, at: str) -> None:
    """When the file with the order's row came."""
    moment = dates.instant(at)
    story.reach(moment if how != "non prima di" else moment - 1)
    found = story.deposits()
    if how == "non prima di":
        found = until(found, moment - 1)
        assert not found, f"deposito atteso non prima di {at}; osservato: {shown_times(found)}"
        return
    assert found, f"deposito atteso {how} {at}; osservato: mai"
    observed = times(found)[-1]
    kept = observed == moment if how == "esattamente" else observed <= moment
    assert kept, f"deposito atteso {how} {at}; osservato: {shown_times(found)}"


@then(parsers.re(r"per (?P<operator>\w+) (?:è depositato|sono depositati) in tutto (?P<count>\d+) file CSV"))
def csv_count(story: Story, operator: str, count: str) -> None:
    """How many files to the end, each with a name of its own."""
    story.settle()
    found = story.events("csv.deposited", True, operator=operator.upper())
    paths = {event["data"]["path"] for event in found}
    assert len(found) == len(paths) == int(count), f"file attesi: {count}; osservati: {sorted(paths)}"


@then(parsers.re(r"il file CSV con l'ordine ha (?P<count>\d+) rig(?:a|he)"))
def csv_rows(story: Story, count: str) -> None:
    """How many rows the file of the order holds."""
    story.settle()
    observed = len(story.deposits()[-1]["data"]["rows"])
    assert observed == int(count), f"righe attese: {count}; osservate: {observed}"


@then(parsers.re(r"il file CSV con l'ordine si chiama (?P<path>\S+)"))
def csv_path(story: Story, path: str) -> None:
    """Directory and name."""
    story.settle()
    observed = [event["data"]["path"] for event in story.deposits()]
    assert observed[-1:] == [path], f"percorso atteso: {path}; osservato: {', '.join(observed) or 'nessuno'}"


@then(parsers.re(r"nella riga il campo (?P<column>codice ordine|data|telefono) vale (?P<value>.+)"))
def csv_cell(story: Story, column: str, value: str) -> None:
    """One cell of the order's row."""
    story.settle()
    row = story.row()
    assert row is not None, "attesa: una riga CSV; osservata: nessuna"
    expected = story.order.code if value == "quello dell'ordine" else value
    observed = row[COLUMNS[column]]
    assert observed == expected, f"{column}: atteso {expected}; osservato {observed}"


@then(parsers.re(r"l'ordine ha in tutto (?P<count>\d+) rig(?:a|he) nei file CSV"))
def csv_rows_of_order(story: Story, count: str) -> None:
    """How many rows the order has in all files."""
    story.settle()
    observed = len(story.rows())
    assert observed == int(count), f"righe dell'ordine attese: {count}; osservate: {observed}"


@then(parsers.re(r"il file è scritto come (?P<form>.+)"))
def csv_bytes(story: Story, form: str) -> None:
    """The bytes of the file; ORDINE and LINK stand for those of the row, [CR], [LF], [BOM] for what cannot be seen."""
    story.settle()
    row = story.row()
    assert row is not None, "attesa: una riga CSV; osservata: nessuna"
    observed = story.reach(story.clock).fetch(story.deposits()[-1]["data"]["path"])
    expected = form.replace("ORDINE", row["order"]).replace("LINK", row["link"])
    expected = expected.replace("[CR]", "\r").replace("[LF]", "\n").replace("[BOM]", "\ufeff")
    assert observed == expected.encode(), f"atteso: {expected!r}; osservato: {observed!r}"


@then(parsers.re(r"il link (?P<where>dell'SMS|del file CSV) porta al dominio (?P<domain>\S+)"))
def link_host(story: Story, where: str, domain: str) -> None:
    """The host of a link."""
    story.settle()
    link = story.link("customer" if where == "dell'SMS" else "operator")
    observed = urlsplit(link).hostname
    assert observed == domain, f"dominio atteso: {domain}; osservato: {observed}"


@then(parsers.re(r"il link dell'SMS e quello del file CSV sono (?P<how>uguali|diversi)"))
def links_compared(story: Story, how: str) -> None:
    """Whether both parties have the same link."""
    story.settle()
    same = story.link("customer") == story.link("operator")
    assert same == (how == "uguali"), f"link attesi: {how}; osservati: {'uguali' if same else 'diversi'}"


@then(parsers.re(rf"l'operatore riceve {CODES} {AT}"))
def causal_at(story: Story, codes: str, at: str) -> None:
    """A causal at exactly that instant, and not before."""
    moment = dates.instant(at)
    story.reach(moment)
    found = story.events("notification.sent", code=codes)
    assert times(found)[-1:] == [moment], f"{codes} atteso {at}; osservato: {shown_times(found)}"


@then(parsers.re(rf"l'operatore non riceve {CODES}(?: fino a {AT})?"))
def no_causal(story: Story, codes: str, at: str | None) -> None:
    """None of these causals, up to an instant or to the end."""
    story.reach(dates.instant(at)) if at else story.settle()
    unwanted = codes.split(", ")
    found = [event for event in story.events("notification.sent") if event["data"]["code"] in unwanted]
    found = until(found, dates.instant(at)) if at else found
    assert not found, f"attesi: nessun {codes}; osservati: {shown_times(found)}"


@then(parsers.re(rf"nell'ordine l'operatore riceve {CODES}, e niente altro"))
def causals_in_order(story: Story, codes: str) -> None:
    """All notifications of the order to the end, in order."""
    story.settle()
    observed = ", ".join(event["data"]["code"] for event in story.events("notification.sent"))
    assert observed == codes, f"notifiche attese: {codes}; osservate: {observed}"


@then(parsers.re(r"la notifica (?P<code>\w+) dice «(?P<label>.+)»"))
def causal_label(story: Story, code: str, label: str) -> None:
    """The label that goes with a causal."""
    story.settle()
    observed = story.the_last("notification.sent", code=code)["data"]["label"]
    assert observed == label, f"etichetta attesa: {label}; osservata: {observed}"


@then(parsers.re(rf"la notifica (?P<code>\w+) nomina la fascia (?P<slot>{dates.BAND})"))
def causal_slot(story: Story, code: str, slot: str) -> None:
    """The slot in the last notification of a causal."""
    story.settle()
    observed = dates.bounds_of(story.the_last("notification.sent", code=code)["data"].get("slot"))
    seen = dates.shown_band(observed) if observed else "nessuna"
    assert observed == dates.band(slot), f"fascia attesa: {slot}; osservata: {seen}"


@then(parsers.re(rf"il promemoria nomina la fascia (?P<slot>{dates.BAND})"))
def reminder_slot(story: Story, slot: str) -> None:
    """The slot in the last reminder."""
    story.settle()
    observed = dates.bounds_of(story.the_last("sms.sent", kind="reminder")["data"].get("slot"))
    seen = dates.shown_band(observed) if observed else "nessuna"
    assert observed == dates.band(slot), f"fascia attesa: {slot}; osservata: {seen}"


@then(parsers.re(rf"il promemoria è inviato entro {AT}"))
def reminder_by(story: Story, at: str) -> None:
    """A reminder not later than an instant."""
    story.reach(dates.instant(at))
    assert until(all_sms(story, "di promemoria"), dates.instant(at)), f"promemoria atteso entro {at}; osservato: mai"
