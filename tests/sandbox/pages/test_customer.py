"""The customer's whole job, as a walk with pictures, and what a phone asks of a page: size, words, sessions, order.

A browser draws every page at 280, 320 and 360 pixels, with text at 100, 150 and 200 % and with a font of 32 pixels.
The pictures in docs/images are made anew only with APPUNTAMENTO_SCREENSHOTS=1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sim.sandbox.http.limits import LARGEST_BODY_BYTES
from tests.patience import PatientSession
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Pictures, Site, Theme, Visitor, cut_texts, parted_words, running_site

THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (280, 320, 360)
TEXT_SIZES = (100, 150, 200)  # per cent
BROWSER_FONT = 32  # pixels
AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        site.register_anew("ALFA", telephone="800 123 456")
        yield site


def booked(site: Site, code: str) -> str:
    """An order whose customer has booked; the address of its page."""
    address = site.engage(code)
    site.book(code, place=12)
    return address


def pages_of_a_customer(site: Site, page: Page, code: str) -> Iterator[str]:
    """Visit the pages of a customer, one after the other; the code is for the orders that they are about."""
    page.goto(site.engage(f"{code}-1"))
    page.locator(".week summary").first.click()
    page.get_by_role("radio").first.check()
    yield "to book"
    page.goto(f"{page.url}?refused=slot_taken")
    yield "refused"
    page.goto(f"{page.url.partition('?')[0]}/decline")
    yield "to decline"
    page.get_by_role("button", name="Sì, rifiuto").click()
    page.wait_for_url(re.compile(r"/va/order/\w+$"))  # and for its style sheet
    yield "declined"
    page.goto(booked(site, f"{code}-2"))
    yield "booked"
    page.get_by_role("link", name="Sposta").click()
    page.wait_for_url("**/move*")
    page.get_by_role("radio").first.check()
    yield "to move"
    page.locator("form button").click()
    page.wait_for_url("**done=moved*")
    yield "moved"
    site.ask(lambda live: live.cancel_order(f"{code}-2"))
    page.reload()
    yield "cancelled"
    page.goto(f"{site.url}/va/nothing")
    yield "gone"
    page.goto(f"{site.url}/va/order/{'0' * 16}")
    yield "expired"
    page.goto(f"{site.url}/nowhere")
    yield "not there"


def test_nothing_is_cut_on_a_small_phone_with_large_text(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport={"width": 360, "height": 740}).new_page()
    browser_settings = page.context.new_cdp_session(page)
    faults: dict[tuple[str, int, str], list[str]] = {}
    for name in pages_of_a_customer(site, page, "FIT"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            for size in TEXT_SIZES:
                page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{size}%")
                faults[name, width, f"{size}%"] = cut_texts(page) + parted_words(page)
            page.evaluate("document.documentElement.style.fontSize = ''")
            browser_settings.send("Page.setFontSizes", {"fontSizes": {"standard": BROWSER_FONT}})
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{BROWSER_FONT}px"
            faults[name, width, "browser"] = cut_texts(page)
            browser_settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    assert {case: cut for case, cut in faults.items() if cut} == {}


def test_slots_stand_in_as_many_columns_as_fit(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto(site.engage("COLUMNS-1"))
    columns = "getComputedStyle(document.querySelector('.bands')).gridTemplateColumns.split(' ').length"
    counts = []
    for width in (280, 320, 390, 620):
        page.set_viewport_size({"width": width, "height": 740})
        counts.append(page.evaluate(columns))
    assert counts == [2, 2, 3, 4]


def test_a_customer_books_in_three_acts(site: Site, visitor: Visitor, pictures: Pictures) -> None:
    page = visitor(viewport={"width": 390, "height": 780}).new_page()
    page.goto(site.engage("WALK-1"))  # 1
    page.get_by_role("group", name="giovedì 5 marzo").get_by_role("radio", name="10:00–12:00").check()  # 2
    expect(page.locator(".chosen:visible")).to_have_text("giovedì 5 marzo, 10:00–12:00")
    pictures.take(page, "customer-chooses")
    page.get_by_role("button", name="Conferma l'appuntamento").click()  # 3
    expect(page.get_by_text("Appuntamento preso da Lei.")).to_be_visible()
    expect(page.get_by_role("link", name="800 123 456")).to_have_attribute("href", "tel:800123456")
    expect(page.get_by_text("Riceverà un SMS di promemoria entro le 18:00 di mercoledì 4 marzo.")).to_be_visible()
    expect(page.get_by_text("Fibra (FTTH)")).to_be_visible()
    pictures.take(page, "customer-booked")
    assert site.state("WALK-1") == "booked"


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_the_choice_stands_beside_the_button_and_not_on_it(site: Site, visitor: Visitor, size: int) -> None:
    page = visitor(viewport={"width": 280, "height": 740}).new_page()
    page.goto(site.engage(f"BESIDE-{size}"))
    page.get_by_role("radio").nth(3).check()
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{size}%")
    button, top, bottom = page.evaluate(
        """() => {
          const text = document.createRange();
          text.selectNodeContents([...document.querySelectorAll('.chosen')].find(node => node.checkVisibility()));
          const words = text.getBoundingClientRect();
          return [document.querySelector('.act button').getBoundingClientRect().bottom, words.top, words.bottom];
        }"""
    )
    assert button <= top < bottom <= 740


def test_a_page_left_open_too_long_keeps_what_was_chosen(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    link = site.engage("LONG-1")
    page.goto(link)
    page.get_by_role("group", name="venerdì 6 marzo").get_by_role("radio", name="14:00–16:00").check()
    page.context.clear_cookies()  # as after half an hour
    page.get_by_role("button", name="Conferma").click()
    expect(page).to_have_title("Pagina scaduta")
    expect(page.get_by_text("Riapra il link dell'SMS")).to_be_visible()
    expect(page.get_by_text("venerdì 6 marzo, 14:00–16:00")).to_be_visible()
    assert site.state("LONG-1") == "engaged"
    page.goto(link)
    expect(page.get_by_role("status")).to_contain_text("ancora segnata: venerdì 6 marzo, 14:00–16:00")
    page.get_by_role("button", name="Conferma").click()
    expect(page.locator(".ticket")).to_contain_text("14:00–16:00")
    assert "chosen" not in {cookie.get("name") for cookie in page.context.cookies(page.url)}


def test_a_folded_week_leaves_its_choice_beside_the_button(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(site.engage("FOLD-1"))
    week = page.locator(".week").first
    week.locator("summary").click()
    band = week.get_by_role("radio").first
    band.check()
    words = page.locator(".chosen:visible").inner_text()
    week.locator("summary").click()
    assert week.get_attribute("open") is None
    expect(page.locator(".chosen:visible")).to_have_text(words)
    assert page.locator(".chosen:visible").bounding_box()["y"] > page.locator(".act button").bounding_box()["y"]  # type: ignore[index]
    expect(band).to_be_hidden()
    week.locator("summary").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".week").nth(1).locator("summary")).to_be_focused()  # nothing that is folded away
    page.get_by_role("button", name="Conferma").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appuntamento fissato")
    assert site.state("FOLD-1") == "booked"


def test_an_agents_page_left_open_too_long_speaks_to_the_agent(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    site.engage("LONG-2")
    site.advance("5 h")
    page.goto(f"{site.page_of('LONG-2', 'operator')}?channel=operator")
    page.get_by_role("radio").first.check()
    page.context.clear_cookies()  # as after half an hour
    page.get_by_role("button", name="Conferma per il cliente").click()
    expect(page).to_have_title("Pagina scaduta")
    expect(page.get_by_text("Riaprite la riga dal lavoro del call centre")).to_be_visible()
    expect(page.get_by_text("resta segnata: riaperta la riga")).to_be_visible()


@pytest.mark.parametrize("act", ["confirm", "reschedule", "nonsense"])
def test_the_address_of_an_act_leads_to_the_order(site: Site, visitor: Visitor, act: str) -> None:
    page = visitor().new_page()
    page.goto(site.engage(f"ADDRESS-{act.upper()}"))
    page.goto(f"{page.url}/{act}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quando può venire il tecnico?")


def test_no_address_shows_a_browser_anything_but_a_page(site: Site) -> None:
    with PatientSession() as session:
        order = session.get(site.engage("PAGES-1")).url
        answers = [
            session.request(method, address, headers=AS_A_BROWSER | headers, data=body)
            for method, address, headers, body in (
                ("GET", f"{site.url}/nowhere", {}, None),
                ("DELETE", order, {}, None),
                ("POST", f"{order}/confirm", {}, "slot=" + "1" * LARGEST_BODY_BYTES),
                ("POST", f"{order}/confirm", {"Origin": "https://elsewhere.example"}, "slot="),
                ("POST", f"{order}/confirm", {}, "&".join(f"f{number}=1" for number in range(40))),
                ("GET", f"{site.url}/nowhere", {"Host": "unknown.example"}, None),
            )
        ]
    assert [answer.status_code for answer in answers] == [404, 405, 413, 403, 400, 421]
    for answer in answers:
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "<h1>" in answer.text
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_program_still_gets_a_problem(site: Site) -> None:
    with PatientSession() as session:
        answer = session.get(f"{site.url}/nowhere")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_the_calendar_keeps_one_event_through_move_and_cancellation(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto(booked(site, "CALENDAR-1"))
    order = page.url
    files = [calendar_of(page, "Aggiungi al calendario")]
    site.book("CALENDAR-1", place=7, act="reschedule")
    page.goto(order)
    files.append(calendar_of(page, "Aggiorna il calendario"))
    site.ask(lambda live: live.cancel_order("CALENDAR-1"))
    page.goto(order)
    files.append(calendar_of(page, "Togli dal calendario"))
    assert len({file["UID"] for file in files}) == 1
    assert [file["SEQUENCE"] for file in files] == ["0", "1", "2"]
    assert [file["METHOD"] for file in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [file["STATUS"] for file in files] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [file["DTSTART"] for file in files] == ["20260306T110000Z", "20260305T110000Z", "20260305T110000Z"]


def calendar_of(page: Page, name: str) -> dict[str, str]:
    """The lines of a calendar file, as they are when unfolded."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    text = download.value.path().read_bytes().decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_after_the_reminder_the_page_says_that_it_came(visitor: Visitor, tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        address = site.engage("REMINDED-1")
        site.book("REMINDED-1", place=12)
        site.advance("58 h")
        page = visitor().new_page()
        page.goto(address)
        expect(page.get_by_text("Ha ricevuto un SMS di promemoria.")).to_be_visible()


def test_a_screen_reader_hears_the_page_in_the_order_of_the_task(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto(site.engage("READ-1"))
    page.goto(f"{page.url}?refused=slot_taken")
    lines = [line.strip(" -") for line in page.locator("body").aria_snapshot().splitlines()]
    outline = [
        'link "Vai al contenuto"',
        'navigation "Lingua"',
        "main",
        "alert",
        'heading "Quando può venire il tecnico?" [level=1]',
        'group "mercoledì 4 marzo"',
        'radio "08:00–10:00"',
        'group "giovedì 5 marzo"',
        'button "Conferma l\'appuntamento"',
        'link "Non voglio fissare un appuntamento"',
        'heading "Il Suo ordine" [level=2]',
        "contentinfo",
    ]
    places = [next(place for place, line in enumerate(lines) if line.startswith(words)) for words in outline]
    assert places == sorted(places)
    assert not [line for line in lines if re.search(r"mercoledì 4 marzo, 08:00", line)]  # said once, by its group


def test_every_page_of_a_customer_is_accessible_in_both_themes(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport={"width": 360, "height": 740}).new_page()
    faults = {}
    for name in pages_of_a_customer(site, page, "AXE"):
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            faults[name, theme] = accessibility_faults(page, only_colours=theme == "dark")
    assert {case: found for case, found in faults.items() if found} == {}
