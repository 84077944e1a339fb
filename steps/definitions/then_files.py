"""`Allora …` about CSV files, their rows and bytes, and the links that SMS and rows carry."""

from __future__ import annotations

from urllib.parse import urlsplit

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, all_sms, national, shown_times, times, until
from steps.definitions.patterns import AT

OPERATING_MS = 5 * 3_600_000
COLUMNS = {"codice ordine": "order", "data": "date", "telefono": "phone"}


@then(parsers.re(rf"il file CSV con l'ordine arriva entro {AT}, se l'SMS è partito (?P<sms>{dates.INSTANT})"))
def csv_by(story: Story, at: str, sms: str) -> None:
    """The row comes after its SMS and by the bound; an SMS of another instant has a bound of its own."""
    story.settle()
    sms_times, deposits = times(all_sms(story, "di ingaggio")), story.deposits()
    assert sms_times, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert deposits, f"deposito atteso entro {at}; osservato: mai"
    skips_sundays = story.may_be_read_as("csv_rollover", "operating_day")
    if dates.midnight(sms_times[-1]) == dates.midnight(dates.instant(sms)):
        delay_ms = sms_times[-1] - dates.instant(sms)
        bound = dates.operating_later(dates.instant(at), delay_ms, skips_sundays=skips_sundays)
    else:
        bound = dates.operating_later(sms_times[-1], OPERATING_MS, skips_sundays=skips_sundays)
    observed = times(deposits)[-1]
    assert observed <= bound, f"deposito atteso entro {dates.shown(bound)}; osservato: {shown_times(deposits)}"
    assert observed >= sms_times[-1], f"deposito atteso dopo l'SMS; osservato: {shown_times(deposits)}"


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
    content = driver.fetch(path)
    story.settle()
    final_content = driver.fetch(path, anew=True)
    assert final_content == content, f"{path}: attesi gli stessi byte; osservati: {content!r}, poi {final_content!r}"


@then(parsers.re(r"nella riga il campo (?P<column>codice ordine|data|telefono) vale (?P<value>.+)"))
def csv_cell(story: Story, column: str, value: str) -> None:
    """One cell of the order's row."""
    row = _row_of(story)
    expected = story.order.code if value == "quello dell'ordine" else value
    observed = row[COLUMNS[column]]
    assert national(observed) == national(expected), f"{column}: atteso {expected}; osservato {observed}"


@then(parsers.re(r"nella riga la data è il giorno (?P<day>dell'SMS|del deposito), scritto gg/mm/aaaa"))
def csv_day(story: Story, day: str) -> None:
    """The date of the row is the day of its SMS, or the day on which its file came."""
    row = _row_of(story)
    events = story.deposits() if day == "del deposito" else all_sms(story, "di ingaggio")
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
    row = _row_of(story)
    observed = story.reach(story.clock).fetch(story.deposits()[-1]["data"]["path"])
    expected = form.replace("ORDINE", row["order"]).replace("LINK", row["link"])
    expected = expected.replace("[CR]", "\r").replace("[LF]", "\n").replace("[BOM]", "\ufeff")
    assert observed == expected.encode(), f"atteso: {expected!r}; osservato: {observed!r}"


@then(parsers.re(r"il link (?P<source>dell'SMS|del file CSV) porta al dominio (?P<domain>\S+)"))
def link_host(story: Story, source: str, domain: str) -> None:
    """The host of a link."""
    story.settle()
    link = story.link("customer" if source == "dell'SMS" else "operator")
    observed = urlsplit(link).hostname
    assert observed == domain, f"dominio atteso: {domain}; osservato: {observed}"


@then(parsers.re(r"il link dell'SMS e quello del file CSV sono (?P<comparison>uguali|diversi)"))
def links_compared(story: Story, comparison: str) -> None:
    """Whether both parties have the same link."""
    story.settle()
    is_same = story.link("customer") == story.link("operator")
    assert is_same == (comparison == "uguali"), (
        f"link attesi: {comparison}; osservati: {'uguali' if is_same else 'diversi'}"
    )


def _row_of(story: Story) -> dict[str, str]:
    """The last row of the order at hand, at the end of the scenario."""
    story.settle()
    row = story.row()
    assert row is not None, "attesa: una riga CSV; osservata: nessuna"
    return row
