"""`Allora …` about SMS: when they leave, to whom, what they say, and which slot a reminder is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_bdd import parsers, then

from steps import dates
from steps.context import Story, all_sms, national, shown_times, times, until
from steps.definitions.patterns import AT, SLOT
from steps.drivers.verbs import Bounds, TraceEvent
from steps.words import SMS_KINDS

KIND = r"(?P<kind>di ingaggio|di promemoria)"
FROM, TO = r"(?P<opens>\d\d:\d\d)", r"(?P<closes>\d\d:\d\d)"
ADDRESS = re.compile(r"https?://\S+")
CLOSING_SIGNS = '.,;:!?)»"'


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
    outside = [at for at in times(all_sms(story, kind)) if dates.shown(at).startswith(dates.WEEKDAYS[-1])]
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
    observed = _last_of(story, kind)["to"]
    assert national(observed) == national(number), f"numero atteso: {number}; osservato: {observed}"


@then(parsers.re(rf"l'SMS {KIND} dice \"(?P<text>.*)\""))
def sms_says(story: Story, kind: str, text: str) -> None:
    """The whole text; `{link}` stands for the link of the customer."""
    data = _last_of(story, kind)
    expected = text.replace("{link}", str(data.get("link")))
    assert data["text"] == expected, f"testo atteso: {expected!r}; osservato: {data['text']!r}"


@then(parsers.re(rf"l'SMS {KIND} contiene \"(?P<text>.*)\""))
def sms_contains(story: Story, kind: str, text: str) -> None:
    """A part of the text; `{link}` stands for the link of the customer."""
    data = _last_of(story, kind)
    expected = text.replace("{link}", str(data.get("link")))
    assert expected in data["text"], f"atteso nel testo: {expected!r}; osservato: {data['text']!r}"


@then("l'SMS di ingaggio porta il suo link, intero")
def sms_carries_link(story: Story) -> None:
    """The address that the customer reads in the text is the link, and nothing sticks to it."""
    data = _last_of(story, "di ingaggio")
    addresses = [address.rstrip(CLOSING_SIGNS) for address in ADDRESS.findall(data["text"])]
    assert addresses == [data.get("link")], f"nel testo atteso il link {data.get('link')}; osservati: {addresses}"


@then(parsers.re(r"l'SMS di ingaggio parte dopo la notifica (?P<code>AC|CO)"))
def sms_after_line_event(story: Story, code: str) -> None:
    """The operator has been told AC or CO when the SMS leaves."""
    story.settle()
    sms, notices = all_sms(story, "di ingaggio"), story.events("notification.sent", code=code)
    assert sms, "atteso: un SMS di ingaggio; osservato: nessuno"
    assert notices, f"{code} atteso prima dell'SMS; osservato: mai"
    trace = story.reach(story.clock).trace
    is_told = trace.index(notices[0]) < trace.index(sms[0])
    assert is_told, f"{code} atteso prima dell'SMS delle {shown_times(sms)}; osservato: {shown_times(notices)}"


@then(parsers.re(rf"l'SMS {KIND} ha l'alias \"(?P<alias>.*)\""))
def sms_alias(story: Story, kind: str, alias: str) -> None:
    """The sender that the customer sees."""
    observed = _last_of(story, kind)["alias"]
    assert observed == alias, f"alias atteso: {alias!r}; osservato: {observed!r}"


@then(parsers.re(rf"l'SMS {KIND} ha un alias di (?P<length>\d+) caratteri al più"))
def sms_alias_length(story: Story, kind: str, length: str) -> None:
    """The standard sender fits."""
    observed = _last_of(story, kind)["alias"]
    assert 0 < len(observed) <= int(length), f"alias atteso: al più {length} caratteri; osservato: {observed!r}"


@then(parsers.re(rf"per la fascia {SLOT} parte un solo promemoria(?:, entro {AT})?"))
def one_reminder(story: Story, slot: str, at: str | None) -> None:
    """One reminder, and not a second one, names the slot; it leaves by an instant."""
    reminders = _reminders_about(story, slot)
    assert len(reminders) == 1, f"atteso: un promemoria per {slot}; osservati: {shown_times(reminders)}"
    if at:
        is_right = times(reminders)[0] <= dates.instant(at)
        assert is_right, f"promemoria atteso entro {at}; osservato: {shown_times(reminders)}"


@then(parsers.re(rf"nessun promemoria per la fascia {SLOT} parte(?: dopo {AT})?"))
def no_reminder(story: Story, slot: str, at: str | None) -> None:
    """No reminder names the slot, after an instant or at all."""
    reminders = _reminders_about(story, slot)
    reminders = [sms for sms in reminders if not at or dates.from_trace(sms["time"]) > dates.instant(at)]
    assert not reminders, f"atteso: nessun promemoria per {slot}; osservati: {shown_times(reminders)}"


def _last_of(story: Story, kind: str) -> Mapping[str, Any]:
    """What the trace says of the last SMS of a kind, to the end."""
    story.settle()
    data: Mapping[str, Any] = story.the_last("sms.sent", kind=SMS_KINDS[kind])["data"]
    return data


def _reminders_about(story: Story, slot: str) -> list[TraceEvent]:
    """The reminders of a slot, to the end."""
    story.settle()
    return [sms for sms in all_sms(story, "di promemoria") if is_about(sms, dates.band(slot))]


def is_about(sms: TraceEvent, bounds: Bounds) -> bool:
    """Whether a reminder concerns a slot: it says so in the trace, else its text has the date."""
    named = dates.bounds_of(sms["data"].get("slot"))
    return named == bounds if named else dates.italian(bounds[0]) in sms["data"]["text"]
