"""`Allora …` about CSV files, their rows and bytes, and the links that SMS and rows carry."""

from __future__ import annotations

from urllib.parse import urlsplit

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, all_sms, national, shown_times, times, until

AT = rf"(?P<at>{dates.INSTANT})"
OPERATING_MS = 5 * 3_600_000
COLUMNS = {"codice ordine": "order", "data": "date", "telefono": "phone"}


@then(parsers.re(rf"il file CSV con l'ordine arriva entro {AT}, se l'SMS è partito (?P<sms>{dates.INSTANT})"))
def csv_by(story: Story, at: str, sms: str) -> None:
    """The row comes after its SMS and by the bound; an SMS of another instant has a bound of its own."""
    story.settle()
    sent, deposits = times(all_sms(story, "di ingaggio")), story.deposits()
    assert sent, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert deposits, f"deposito atteso entro {at}; osservato: mai"
    skips_sundays = story.may_be_read_as("csv_rollover", "operating_day")
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
    deposits = story.events("csv.deposited", True, operator=operator.upper())
    paths = {event["data"]["path"] for event in deposits}
    assert len(deposits) == len(paths) == int(count), f"file attesi: {count}; osservati: {sorted(paths)}"


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
    deposits = until(story.deposits(), dates.instant(at))
    assert not deposits, f"attesa: nessuna riga fino a {at}; osservate: {shown_times(deposits)}"


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
