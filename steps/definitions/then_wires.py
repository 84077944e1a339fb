"""`Allora …` about SMS, CSV files and causals, as the wires saw them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, shown_times, times, until
from steps.drivers.verbs import Bounds, TraceEvent
from steps.words import SMS_KINDS

AT = rf"(?P<at>{dates.INSTANT})"
SLOT = rf"(?P<slot>{dates.BAND})"
FROM, TO = r"(?P<opens>\d\d:\d\d)", r"(?P<closes>\d\d:\d\d)"
KIND = r"(?P<kind>di ingaggio|di promemoria)"
CODES = r"(?P<codes>[A-Z]+\d*(?:, [A-Z]+\d*)*)"
NAMING_AN_ORDER = ("notification.sent", "sms.sent", "appointment.confirmed", "visit.started", "order.handed_back")
ADDRESS = re.compile(r"https?://\S+")
CLOSING_SIGNS = '.,;:!?)»"'
OPERATING_MS = 5 * 3_600_000
COLUMNS = {"codice ordine": "order", "data": "date", "telefono": "phone"}


def all_sms(story: Story, kind: str) -> list[TraceEvent]:
    """The SMS of a kind that the order at hand has had."""
    return story.events("sms.sent", kind=SMS_KINDS[kind])


@then(parsers.re(rf"l'SMS {KIND} parte non prima di {AT}"))
def sms_not_before(story: Story, kind: str, at: str) -> None:
    """An SMS leaves, however late, but none before that instant."""
    story.settle()
    sent = all_sms(story, kind)
    assert sent, f"SMS {kind} atteso non prima di {at}; osservato: mai"
    assert times(sent)[0] >= dates.instant(at), f"SMS {kind} atteso non prima di {at}; osservato: {shown_times(sent)}"


@then(parsers.re(rf"l'SMS {KIND} parte soltanto dalle {FROM} alle {TO}"))
def sms_in_window(story: Story, kind: str, opens: str, closes: str) -> None:
    """On the clock of the wall every SMS leaves between two times of day, both included to the millisecond."""
    story.settle()
    outside = [at for at in times(all_sms(story, kind)) if not opens <= dates.clock(at) <= f"{closes}:00.000"]
    assert not outside, (
        f"SMS {kind} attesi fra le {opens} e le {closes}; osservati: {', '.join(map(dates.shown, outside))}"
    )


@then(parsers.re(rf"l'SMS {KIND} parte soltanto dal lunedì al sabato"))
def sms_on_weekdays(story: Story, kind: str) -> None:
    """No SMS leaves on a Sunday."""
    story.settle()
    outside = [at for at in times(all_sms(story, kind)) if dates.shown(at).startswith("dom")]
    assert not outside, f"SMS {kind} attesi dal lunedì al sabato; osservati: {', '.join(map(dates.shown, outside))}"


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
    story.settle()
    observed = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]["to"]
    assert national(observed) == national(number), f"numero atteso: {number}; osservato: {observed}"


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


@then("l'SMS di ingaggio porta il suo link, intero")
def sms_carries_link(story: Story) -> None:
    """The address that the customer reads in the text is the link, and nothing sticks to it."""
    story.settle()
    data = story.the_last("sms.sent", kind="engagement")["data"]
    read = [address.rstrip(CLOSING_SIGNS) for address in ADDRESS.findall(data["text"])]
    assert read == [data.get("link")], f"nel testo atteso il link {data.get('link')}; osservati: {read}"


@then(parsers.re(r"l'SMS di ingaggio parte dopo la notifica (?P<code>AC|CO)"))
def sms_after_line_event(story: Story, code: str) -> None:
    """The operator has been told AC or CO when the SMS leaves."""
    story.settle()
    sms, notices = all_sms(story, "di ingaggio"), story.events("notification.sent", code=code)
    assert sms, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert notices, f"{code} atteso prima dell'SMS; osservato: mai"
    trace = story.reach(story.clock).trace
    told = trace.index(notices[0]) < trace.index(sms[0])
    assert told, f"{code} atteso prima dell'SMS delle {shown_times(sms)}; osservato: {shown_times(notices)}"


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


@then(parsers.re(rf"il file CSV con l'ordine arriva entro {AT}, se l'SMS è partito (?P<sms>{dates.INSTANT})"))
def csv_by(story: Story, at: str, sms: str) -> None:
    """The row comes after its SMS and by the bound; an SMS of another instant has a bound of its own."""
    story.settle()
    sent, deposits = times(all_sms(story, "di ingaggio")), story.deposits()
    assert sent, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert deposits, f"deposito atteso entro {at}; osservato: mai"
    skips_sundays = story.reading("csv_rollover") == "operating_day"
    if dates.midnight(sent[-1]) == dates.midnight(dates.instant(sms)):
        late = sent[-1] - dates.instant(sms)
        bound = dates.operating_later(dates.instant(at), late, skips_sundays=skips_sundays)
    else:
        bound = dates.operating_later(sent[-1], OPERATING_MS, skips_sundays=skips_sundays)
    observed = times(deposits)[-1]
    assert observed <= bound, f"deposito atteso entro {dates.shown(bound)}; osservato: {shown_times(deposits)}"
    assert observed >= sent[-1], f"deposito atteso dopo l'SMS; osservato: {shown_times(deposits)}"


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


@then(parsers.re(r"il file CSV con l'ordine sta nella cartella di (?P<operator>\w+)"))
def csv_folder(story: Story, operator: str) -> None:
    """The directory dedicated to the operator."""
    story.settle()
    observed = [event["data"]["path"] for event in story.deposits()]
    assert observed, "atteso: un file; osservato: nessuno"
    folders = {path.split("/")[1] for path in observed}
    assert folders == {operator.upper()}, f"cartella attesa: {operator.upper()}; osservati: {', '.join(observed)}"


@then("il file CSV con l'ordine resta com'è fino alla fine")
def csv_unchanged(story: Story) -> None:
    """Nothing is added to a file that was deposited, and no other takes its place."""
    driver = story.reach(story.clock)
    path = story.deposits()[-1]["data"]["path"]
    before = driver.fetch(path)
    story.settle()
    after = driver.fetch(path, anew=True)
    assert after == before, f"{path}: attesi gli stessi byte; osservati: {before!r}, poi {after!r}"


@then(parsers.re(r"nella riga il campo (?P<column>codice ordine|data|telefono) vale (?P<value>.+)"))
def csv_cell(story: Story, column: str, value: str) -> None:
    """One cell of the order's row."""
    story.settle()
    row = story.row()
    assert row is not None, "attesa: una riga CSV; osservata: nessuna"
    expected = story.order.code if value == "quello dell'ordine" else value
    observed = row[COLUMNS[column]]
    assert national(observed) == national(expected), f"{column}: atteso {expected}; osservato {observed}"


def national(number: str) -> str:
    """A telephone number without the prefix of Italy; whoever sends may write either."""
    return number.removeprefix("+39")


@then(parsers.re(r"nella riga la data è il giorno (?P<which>dell'SMS|del deposito), scritto gg/mm/aaaa"))
def csv_day(story: Story, which: str) -> None:
    """The date of the row is the day of its SMS, or the day on which its file came."""
    story.settle()
    row = story.row()
    assert row is not None, "attesa: una riga CSV; osservata: nessuna"
    events = story.deposits() if which == "del deposito" else all_sms(story, "di ingaggio")
    expected = dates.italian(times(events)[-1])
    assert row["date"] == expected, f"data: attesa {expected}; osservata {row['date']}"


@then(parsers.re(rf"l'ordine non ha righe nei file CSV fino a {AT}"))
def no_row(story: Story, at: str) -> None:
    """No file up to an instant names the order."""
    story.reach(dates.instant(at))
    found = until(story.deposits(), dates.instant(at))
    assert not found, f"attesa: nessuna riga fino a {at}; osservate: {shown_times(found)}"


@then("ogni evento nomina un ordine noto, e ogni notifica il suo operatore")
def everything_is_named(story: Story) -> None:
    """Subjects, rows and operators of the whole trace are those of the scenario."""
    story.settle()
    operators = {sheet.code: sheet.operator for sheet in story.orders}
    notices = story.events("notification.sent", True)
    subjects = {event["subject"] for kind in NAMING_AN_ORDER for event in story.events(kind, True)}
    rows = {row["order"] for event in story.events("csv.deposited", True) for row in event["data"]["rows"]}
    assert subjects | rows <= set(operators), f"ordini ignoti: {', '.join(sorted((subjects | rows) - set(operators)))}"
    strays = [event for event in notices if event["data"]["operator"] != operators[event["subject"]]]
    assert not strays, f"notifiche a un altro operatore: {shown_times(strays)}"


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


@then(parsers.re(rf"l'operatore riceve {CODES} non prima di {AT}"))
def causal_not_before(story: Story, codes: str, at: str) -> None:
    """A causal comes, however late, but not before that instant."""
    story.settle()
    found = story.events("notification.sent", code=codes)
    assert found, f"{codes} atteso non prima di {at}; osservato: mai"
    assert times(found)[0] >= dates.instant(at), f"{codes} atteso non prima di {at}; osservato: {shown_times(found)}"


@then(parsers.re(rf"l'operatore riceve {CODES} dopo l'SMS di ingaggio"))
def causal_after_sms(story: Story, codes: str) -> None:
    """A causal comes, and the SMS has come before it."""
    story.settle()
    sms, notices = all_sms(story, "di ingaggio"), story.events("notification.sent", code=codes)
    assert sms, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert notices, f"{codes} atteso dopo l'SMS; osservato: mai"
    trace = story.reach(story.clock).trace
    late = trace.index(notices[0]) > trace.index(sms[0])
    assert late, f"{codes} atteso dopo l'SMS delle {shown_times(sms)}; osservato: {shown_times(notices)}"


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
    """All causals of the order to the end, in order, the line's first; AC and CO may be told again."""
    story.settle()
    observed = [event["data"]["code"] for event in story.events("notification.sent")]
    expected = codes.split(", ")
    kept = observed[:1] == expected[:1] and without_line(observed) == without_line(expected)
    assert kept, f"notifiche attese: {codes}; osservate: {', '.join(observed) or 'nessuna'}"


def without_line(codes: list[str]) -> list[str]:
    """The causals of the service among some codes."""
    return [code for code in codes if code not in ("AC", "CO")]


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


@then(parsers.re(rf"per la fascia {SLOT} parte un solo promemoria(?:, entro {AT})?"))
def one_reminder(story: Story, slot: str, at: str | None) -> None:
    """One reminder, and not a second one, names the slot; it leaves by an instant."""
    story.settle()
    found = [sms for sms in all_sms(story, "di promemoria") if is_about(sms, dates.band(slot))]
    assert len(found) == 1, f"atteso: un promemoria per {slot}; osservati: {shown_times(found)}"
    if at:
        kept = times(found)[0] <= dates.instant(at)
        assert kept, f"promemoria atteso entro {at}; osservato: {shown_times(found)}"


@then(parsers.re(rf"nessun promemoria per la fascia {SLOT} parte(?: dopo {AT})?"))
def no_reminder(story: Story, slot: str, at: str | None) -> None:
    """No reminder names the slot, after an instant or at all."""
    story.settle()
    found = [sms for sms in all_sms(story, "di promemoria") if is_about(sms, dates.band(slot))]
    found = [sms for sms in found if not at or dates.from_trace(sms["time"]) > dates.instant(at)]
    assert not found, f"atteso: nessun promemoria per {slot}; osservati: {shown_times(found)}"


def is_about(sms: TraceEvent, bounds: Bounds) -> bool:
    """Whether a reminder concerns a slot: it says so in the trace, else its text has the date."""
    named = dates.bounds_of(sms["data"].get("slot"))
    return named == bounds if named else dates.italian(bounds[0]) in sms["data"]["text"]
