"""The drawing of an order, in the page and in a terminal: every mark at its instant, in its lane, over its day."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from appuntamento import main
from reference_impl.life_cycle.shared_effects import RESUMED_BY
from reports.facts import FLOWS
from reports.judging.judge_calendar import holidays_of
from reports.rome_time import Instant, parse_instant
from reports.timeline.characters import draw_text
from reports.timeline.days_off import AS_READ, DaysOff, days_off
from reports.timeline.drawing import draw, symbols, timeline_picture
from reports.timeline.marks import Deadline, marks_of, meaning_of, spans_of
from reports.timeline.scale import ACTIVE_WIDTH, columns_of, place
from reports.words.labels import REASONS, Lexicon, Term
from reports.words.trace_names import DETAILS
from tests.pages.sample_report import HOSTILE, LIVES, Event, World, rome, sample_events

FLAG = re.compile(r"translate\(([\d.]+) (\d+)\)")


def order_of(life: str, service: str = "ULL") -> list[Event]:
    world = World("w", "ORD-1", service)
    next(life_function for life_function in LIVES if life_function.__name__ == life)(world)
    return world.events


def drawn(events: list[Event], *deadlines: Deadline, language: str = "it") -> Any:
    return etree.fromstring(draw(events, deadlines=deadlines, lexicon=Lexicon(language), name="ORD-1"))


def titles(picture: Any) -> list[str]:
    return [str(title.text) for title in picture.iter("title")]


@pytest.mark.parametrize("life", [each.__name__ for each in LIVES])
def test_every_mark_says_what_it_is_and_its_exact_instant(life: str) -> None:
    picture = drawn(order_of(life))
    flags = picture.xpath("//g[starts-with(@class, 'm')]")
    assert len(flags) == len(marks_of(order_of(life)))
    for flag in flags:
        assert re.search(r" · \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{3})?$", flag.find("title").text)


def test_each_party_has_its_lane() -> None:
    lanes = {mark.meaning.en: mark.lane for mark in marks_of(order_of("_booked"))}
    assert lanes["Opens the Virtual Agent"] == "customer"
    assert lanes["Act rejected: already booked"] == "operator"
    assert lanes["PA Causale PA"] == "tim"


def test_no_flag_hides_another_nor_leaves_the_picture() -> None:
    picture = drawn(order_of("_moved"))
    places: dict[str, list[tuple[float, float]]] = {}
    for flag in picture.xpath("//g[starts-with(@class, 'm')]"):
        x, y = FLAG.fullmatch(flag.get("transform")).groups()  # type: ignore[union-attr]
        places.setdefault(y, []).append((float(x), float(x) + float(flag.find("rect").get("width"))))
    for row in places.values():
        row.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(row))
        assert row[-1][1] <= float(picture.get("width"))


def test_days_off_are_shaded_and_idle_weeks_folded() -> None:
    grounds = [use.get("href") for use in drawn(order_of("_timed_out")).iter("use")]  # Easter: 2026-04-05
    assert grounds == ["#d-active", "#d-active", "#d-idle-rest", "#d-idle-off", "#d-idle-off", "#d-idle", "#d-active"]
    assert "#d-gap" in [use.get("href") for use in drawn(order_of("_moved")).iter("use")]
    symbol_ids = {symbol.get("id") for symbol in etree.fromstring(symbols()).iter("g")}
    assert {ground[1:] for ground in grounds} | {"d-gap"} <= symbol_ids


def test_a_deadline_stands_at_its_instant_with_its_verdict() -> None:
    at = parse_instant(rome("2026-03-04 09:00:00"))
    line = drawn(order_of("_booked"), Deadline(at, Term("file CSV", "CSV file"), "FAIL")).xpath(
        "//g[@class='dl fail']"
    )[0]
    assert line.find("title").text == "file CSV · 2026-03-04 09:00:00"
    assert line.find("text").text == "file CSV"


def test_a_deadline_far_beyond_the_last_event_widens_the_picture() -> None:
    short = drawn(order_of("_ordinary"))
    late = drawn(order_of("_ordinary"), Deadline(parse_instant(rome("2026-05-04 09:00:00")), Term("x", "x")))
    assert float(late.get("width")) > float(short.get("width"))


def test_a_midnight_closes_the_day_before_it() -> None:
    midnight = parse_instant(rome("2026-03-05 00:00:00"))
    assert Deadline(midnight, Term("x", "x")).shown_at < midnight
    columns = [text.text for text in drawn(order_of("_ordinary"), Deadline(midnight, Term("x", "x"))).iter("text")]
    assert "mer 2026-03-04" in columns
    assert not any(str(label).startswith("gio") for label in columns)


def living(events: list[Event], now: Instant, **more: Any) -> Any:
    return etree.fromstring(draw(events, lexicon=Lexicon("en", has_switch=False), now=now, **more))


def test_a_living_order_is_drawn_up_to_now_and_what_is_due_beyond_it() -> None:
    now = parse_instant(rome("2026-03-06 10:00:00"))
    due = Deadline(parse_instant(rome("2026-03-07 09:00:00")), Term("dopo", "later"))
    picture = living(order_of("_ordinary"), now, deadlines=[due])
    (line,) = picture.xpath("//g[@class='now']")
    assert line.find("title").text == "Now · 2026-03-06 10:00:00"
    assert picture.xpath("//text[. = 'Sat 2026-03-07']")
    assert not picture.xpath("//*[@data-t]"), "nothing switches the language of a page that has one"


def test_a_suspension_that_is_open_lasts_until_now() -> None:
    events = [event for event in order_of("_moved") if event["type"] != "sla.resumed"]
    now = parse_instant(rome("2026-06-01 10:00:00"))
    (open_one,) = [span for span in spans_of(events, now) if span.kind == "sla"]
    assert open_one.end == now
    assert max(span.end for span in spans_of(events) if span.kind == "sla") < now


PATRON = DaysOff(holidays=("national", "03-06"))
DAYS = (
    # a day, its calendar, the ground of its drawing, what the terminal says behind it, whether SMS leave
    ("2026-03-06", AS_READ, "#d-active", "", True),  # a Friday
    ("2026-03-06", PATRON, "#d-active-off", "festivo", False),
    ("2026-03-06", DaysOff(sms_on_holidays="yes", holidays=("03-06",)), "#d-active-rest", "festivo", True),
    ("2026-03-07", AS_READ, "#d-active-rest", "riposo", True),  # a Saturday
    ("2026-03-07", DaysOff(working_week="mon_sat"), "#d-active", "", True),
    ("2026-03-08", AS_READ, "#d-active-off", "domenica", False),
    ("2026-04-06", AS_READ, "#d-active-off", "festivo", False),  # Easter Monday
    ("2026-04-06", DaysOff(holidays="none"), "#d-active", "", True),
)


@pytest.mark.parametrize(("day", "calendar", "ground", "word", "has_window"), DAYS)
def test_days_are_shaded_by_the_calendar_in_force(
    day: str, calendar: DaysOff, ground: str, word: str, has_window: bool
) -> None:
    noon = parse_instant(rome(f"{day} 12:00:00"))
    grounds = [use.get("href") for use in living([], noon, calendar=calendar).iter("use")]
    assert grounds == [ground]
    assert f'id="{ground[1:]}"' in symbols()
    row = next(line for line in draw_text([(noon, "now")], 80, "it", calendar).splitlines() if day in line)
    assert row.rpartition(" ")[2] == word if word else "·" in row.rsplit(" ", 1)[-1]
    assert ("·" in row, "░" in row) == (has_window, not has_window)


def test_the_calendar_is_that_of_the_readings() -> None:
    readings = {"working_week": "mon_sat", "holidays": ["national", "06-29"], "sms_on_holidays": "yes"}
    assert days_off(readings) == DaysOff("mon_sat", "yes", ("national", "06-29"))
    assert days_off({}) == AS_READ
    assert (holidays_of("none"), holidays_of(["national"]), holidays_of(None)) == ("none", ("national",), "none")


@pytest.mark.parametrize(("holidays", "shaded"), [('["national", "03-04"]', True), ('"national"', False)])
def test_the_command_shades_the_patron_day_of_its_profile(
    holidays: str, shaded: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "city.toml").write_text(f'extends = "default"\nholidays = {holidays}\n', "utf-8")
    profile = ["--profile", str(tmp_path / "city.toml")]
    assert main(["timeline", "--service", "VULA_FTTH", "--trigger", "2026-03-03T17:00", *profile]) == 0
    (row,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("mer 2026-03-04 "))
    assert ("░" in row and row.endswith("festivo")) is shaded


@pytest.mark.parametrize(
    ("kind", "data", "italian", "english"),
    [
        ("order.handed_back", {"reason": "refused"}, "rifiuto", "refused"),
        ("order.handed_back", {"reason": "timeout"}, "termine scaduto", "timeout"),
        ("order.cancelled", {"reason": "operator"}, "dall'operatore", "operator"),
        ("order.routed", {"flow": "ordinary"}, "processo ordinario", "ordinary"),
        ("sla.resumed", {"cause": "cancelled"}, "annullamento", "cancelled"),
        ("agent.rejected", {"reason": "slot_taken"}, "fascia già presa", "slot taken"),
        ("order.cancelled", {"reason": "customer moved away"}, "customer moved away", "customer moved away"),
    ],
)
def test_what_an_event_says_of_itself_is_in_the_language_of_the_drawing(
    kind: str, data: dict[str, str], italian: str, english: str
) -> None:
    words = meaning_of({"type": kind, "data": data})
    assert (words.it.partition(": ")[2], words.en.partition(": ")[2]) == (italian, english)


def test_every_name_that_the_service_writes_of_an_event_has_words() -> None:
    assert {*RESUMED_BY, *FLOWS, *REASONS} <= DETAILS.keys()


def test_a_page_that_is_opened_twice_within_an_instant_is_marked_once() -> None:
    (opened,) = [event for event in order_of("_booked") if event["type"] == "agent.opened"][:1]
    sent = next(event for event in order_of("_booked") if event["type"] == "sms.sent")
    assert len(marks_of([opened, opened])) == 1
    assert len(marks_of([sent, sent])) == 2, "but what a system did twice is shown twice"


def test_the_booked_band_the_band_given_up_and_the_suspension_are_spans() -> None:
    kinds = [span.kind for span in spans_of(order_of("_moved"))]
    assert sorted(kinds) == ["sla", "slot", "slot_left"]
    assert {rect.get("class") for rect in drawn(order_of("_moved")).iter("rect") if rect.get("class")} >= set(kinds)


def test_the_drawing_speaks_either_language() -> None:
    assert "SMS di ingaggio · 2026-03-03 17:00:00" in titles(drawn(order_of("_booked"), language="it"))
    assert "Engagement SMS · 2026-03-03 17:00:00" in titles(drawn(order_of("_booked"), language="en"))


def test_hostile_words_stay_words() -> None:
    events = order_of("_booked")
    events[2]["data"]["label"] = HOSTILE
    events[2]["data"]["code"] = HOSTILE
    picture = drawn(events)
    assert not picture.xpath("//script")
    assert any(HOSTILE in title for title in titles(picture))


def test_nothing_to_draw_gives_nothing() -> None:
    assert draw([]) == ""
    assert draw_text([]) == ""
    assert timeline_picture({"service": "ULL", "trigger": None}) == ""


def test_hours_of_the_window_are_wide_and_instants_keep_their_order_within_a_day() -> None:
    instants = [parse_instant(rome(f"2026-03-03 {hour:02d}:30:00")) for hour in range(24)]
    columns = columns_of(instants)
    places = [place(columns, instant) for instant in instants]
    assert places == sorted(places)
    assert 0 <= places[0] < places[-1] <= ACTIVE_WIDTH
    assert places[12] - places[11] > places[3] - places[2]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_nights_when_clocks_change_are_drawn(day: str) -> None:
    hours = [parse_instant(f"{day}T{hour:02d}:00:00+00:00") for hour in range(22)]
    columns = columns_of(hours)
    assert len(columns) == 1
    assert all(0 <= place(columns, hour) <= ACTIVE_WIDTH for hour in hours)


def test_every_drawing_of_a_run_is_well_formed() -> None:
    worlds: dict[str, list[Event]] = {}
    for event in sample_events():
        if event.get("subject"):
            worlds.setdefault(event["world"], []).append(event)
    assert all(drawn(events).tag == "svg" for events in worlds.values())


MEMBERS = {
    "service": "VULA_FTTH",
    "trigger": "2026-04-02T17:00:00.000+02:00",
    "engagement_sms": "2026-04-02T17:00:00.000+02:00",
    "csv_deadline": "2026-04-03T09:00:00.000+02:00",
    "first_notice": {"code": "W08", "not_before": "2026-04-02T17:00:00.000+02:00"},
    "last_booking_day": "2026-04-07",
    "booking_closes": "2026-04-08T00:00:00.000+02:00",
    "timeout_notice": {"code": "W24", "not_before": "2026-04-08T00:00:00.000+02:00"},
    "booked_notice": {"code": "W09"},
    "reminder_deadline": None,
}


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("language", ["it", "en"])
def test_the_terminal_picture_fits_and_names_every_day(width: int, language: str) -> None:
    lines = timeline_picture(MEMBERS, width, language).splitlines()
    assert max(map(len, lines)) <= width
    days = [line for line in lines if re.match(r"\w{3} 2026-04-\d\d ", line)]
    assert len(days) == 7
    assert all("░" in line and line.endswith(("festivo", "holiday")) for line in days if re.search("04-0[56]", line))


def test_simultaneous_letters_stand_beside_each_other_and_the_legend_is_exact() -> None:
    picture = timeline_picture(MEMBERS)
    assert "TSN" in picture
    assert "T  gio 2026-04-02 17:00:00  evento che avvia l'ordine (AC/CO)" in picture
    assert "K  mer 2026-04-08 00:00:00  causale di time-out, non prima di W24" in picture


def test_what_a_letter_means_is_told_whole_in_lines_that_fit() -> None:
    meaning = "Deposito del file CSV: /ALFA/APPDIG_ALFA_20270323120000.csv"
    picture = draw_text([(parse_instant("2027-03-23T12:00:00Z"), meaning)], language="it")
    *_, first, second = picture.splitlines()
    assert max(len(first), len(second)) <= 80
    assert f"{first} {second.strip()}".endswith(meaning)


def test_long_idle_stretches_are_folded_in_the_terminal() -> None:
    first, last = parse_instant("2026-03-02T09:00:00Z"), parse_instant("2026-04-20T09:00:00Z")
    picture = draw_text([(first, "one"), (last, "two")], language="en")
    assert "48 days without events" in picture
    assert len(picture.splitlines()) < 10
