"""The Virtual Agent's page in a real browser: without JavaScript wherever the browser allows to switch it off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sim.sandbox.world.live import LiveWorld
from tests.patience import PatientSession
from tests.sandbox.pages.page_visitors import Site, Visitor, pressed, running_site

CHOSEN = "12:00–14:00"
GONE = "Questo link non è più valido"
EXPIRED = "Pagina scaduta"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor(java_script_enabled=False).new_page()


@pytest.fixture
def late_site(tmp_path: Path) -> Iterator[Site]:
    """A site of its own for a test that moves the clock."""
    with running_site(tmp_path) as site:
        yield site


def choose(page: Page, day: int = 0, band: str = CHOSEN) -> None:
    page.get_by_role("group").nth(day).get_by_role("radio", name=band).check()


def confirm(page: Page) -> None:
    """Send the form and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Conferma|Sposta")).click()


def is_headed(page: Page, text: str) -> None:
    """The page that a click leads to has come, with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_customer_books_without_javascript(site: Site, page: Page) -> None:
    page.goto(site.engage("BOOK-1"))
    choose(page, day=1)
    confirm(page)
    is_headed(page, "Appuntamento fissato")
    assert page.locator(".ticket").inner_text().split("\n") == ["Giovedì 5 marzo", CHOSEN]
    expect(page.get_by_role("status")).to_contain_text("confermato")
    expect(page.get_by_text("può spostarlo entro le 18:00 di mercoledì 4 marzo")).to_be_visible()
    assert site.codes("BOOK-1") == ["CO", "W08", "W09"]


def test_the_token_leaves_the_address_and_the_cookie_is_for_this_order_only(site: Site, page: Page) -> None:
    link = site.engage("COOKIE-1")
    page.goto(link)
    assert link.rpartition("/")[2] not in page.url
    (cookie,) = page.context.cookies(page.url)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert cookie["path"].startswith("/va/order/")
    assert link.rpartition("/")[2] not in cookie["value"]


def test_two_orders_stay_open_side_by_side(site: Site, page: Page) -> None:
    page.goto(site.engage("SIDE-1"))
    second = page.context.new_page()
    second.goto(site.engage("SIDE-2"))
    choose(page, day=2)
    confirm(page)
    assert (site.state("SIDE-1"), site.state("SIDE-2")) == ("booked", "engaged")


def test_looking_changes_nothing(site: Site, page: Page) -> None:
    page.goto(site.engage("LOOK-1"))
    address, event_count = page.url, site.ask(lambda live: len(live.trace))
    for path in ("", "/move", "/decline", "?lang=en"):
        page.goto(address + path)
    assert (site.state("LOOK-1"), site.ask(lambda live: len(live.trace))) == ("engaged", event_count)


def test_a_booked_appointment_is_moved(site: Site, page: Page) -> None:
    page.goto(site.engage("MOVE-1"))
    choose(page, day=2)
    confirm(page)
    slot = site.slot("MOVE-1")
    page.get_by_role("link", name="Sposta l'appuntamento").click()
    choose(page, day=1, band="08:00–10:00")
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text("Ora è fissato per giovedì 5 marzo, 08:00–10:00")
    assert page.locator(".ticket").inner_text().split("\n") == ["Giovedì 5 marzo", "08:00–10:00"]
    assert site.slot("MOVE-1") != slot
    assert site.codes("MOVE-1") == ["CO", "W08", "W09", "W09"]


def test_a_refusal_is_asked_about_first(site: Site, page: Page) -> None:
    page.goto(site.engage("DECLINE-1"))
    page.get_by_role("link", name="Non voglio fissare").click()
    is_headed(page, "Rifiutare l'appuntamento?")
    assert site.state("DECLINE-1") == "engaged"
    page.get_by_role("button", name="Sì, rifiuto").click()
    is_headed(page, "Rifiuto registrato")
    assert site.codes("DECLINE-1") == ["CO", "W08", "W24"]


def test_of_two_browsers_the_first_gets_the_appointment_and_the_other_is_told(
    late_site: Site, visitor: Visitor
) -> None:
    late_site.engage("RACE-1")
    late_site.advance("4 h")  # the CSV file with the operator's link
    customer, operator = visitor(), visitor()
    pages = [context.new_page() for context in (customer, operator)]
    for page, channel in zip(pages, ("customer", "operator"), strict=True):
        page.goto(late_site.page_of("RACE-1", channel))
        choose(page, day=1)
    confirm(pages[0])
    choose(pages[1], day=2)
    confirm(pages[1])
    expect(pages[1].get_by_role("alert")).to_contain_text("L'appuntamento era già fissato, forse dal cliente")
    expect(pages[1].get_by_text("Appuntamento preso dal cliente.")).to_be_visible()
    assert pages[1].locator(".ticket").inner_text() == pages[0].locator(".ticket").inner_text()
    assert late_site.codes("RACE-1") == ["CO", "W08", "W09"]


def test_a_band_that_was_taken_meanwhile_is_said_to_be(site: Site, page: Page) -> None:
    page.goto(site.engage("TAKEN-1"))
    choose(page, day=3, band="16:00–18:00")
    start = int((page.locator("input:checked").get_attribute("value") or "").partition("-")[0])

    def send_technicians_away(live: LiveWorld) -> None:
        (slot,) = (slot for slot in live.world.slots.between(start, start) if slot.start == start)
        live.set_capacity("LAZIO", slot, 0)

    site.ask(send_technicians_away)
    confirm(page)
    expect(page.get_by_role("alert")).to_contain_text("non è più disponibile")
    expect(page).to_have_title(re.compile("^Quella fascia non è più disponibile.*Quando può venire il tecnico"))
    assert site.state("TAKEN-1") == "engaged"


def test_two_clicks_book_once(site: Site, visitor: Visitor) -> None:
    context = visitor()
    page = context.new_page()
    page.goto(site.engage("DOUBLE-1"))
    choose(page, day=1)
    page.get_by_role("button", name="Conferma").dblclick()
    page.wait_for_url("**done=confirmed**")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert site.codes("DOUBLE-1") == ["CO", "W08", "W09"]


@pytest.mark.parametrize("act", ["confirm", "decline"])
def test_the_same_request_twice_gets_the_same_answer(site: Site, act: str) -> None:
    code = f"TWICE-{act.upper()}"
    with PatientSession() as session:
        page = session.get(site.engage(code))
        slot = re.findall(r'value="(\d+-\d+)"', page.text)[0]
        answers = [session.post(f"{page.url}/{act}", {"slot": slot}, allow_redirects=False) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(site.codes(code)) == 3


def test_reloading_after_a_booking_sends_nothing_again(site: Site, page: Page) -> None:
    page.goto(site.engage("RELOAD-1"))
    choose(page, day=1)
    confirm(page)
    page.reload()
    is_headed(page, "Appuntamento fissato")
    assert site.codes("RELOAD-1") == ["CO", "W08", "W09"]


def test_the_keyboard_is_enough(site: Site, visitor: Visitor) -> None:
    context = visitor()
    page = context.new_page()
    page.goto(site.engage("KEYS-1"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=confirmed**")
    slot = site.slot("KEYS-1")
    assert slot is not None
    assert page.locator(".ticket-band").inner_text() == "10:00–12:00"


def test_a_form_without_a_choice_is_answered_in_words(site: Site) -> None:
    with PatientSession() as session:
        page = session.get(site.engage("EMPTY-1"))
        for nonsense in ("", "x", "1-2", "9" * 14 + "-" + "9" * 14):
            answer = session.post(f"{page.url}/confirm", {"slot": nonsense})
            assert answer.status_code == 200
            assert "Prima scelga una fascia" in answer.text


def test_links_that_never_were_and_links_that_have_expired_look_the_same(late_site: Site, page: Page) -> None:
    link = late_site.engage("EXPIRED-1")
    late_site.advance("4 d")
    assert late_site.state("EXPIRED-1") == "timed_out"
    answers = []
    for address in (link, f"{late_site.url}/va/{'A' * 22}"):
        answer = page.goto(address)
        assert answer is not None
        answers.append((answer.status, page.content()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    is_headed(page, GONE)


def test_whoever_has_the_page_open_when_the_term_ends_is_told_why(late_site: Site, page: Page) -> None:
    page.goto(late_site.engage("TERM-1"))
    choose(page, day=3)
    late_site.advance("4 d")
    confirm(page)
    expect(page.get_by_role("alert")).to_contain_text("Il termine per prenotare è scaduto")
    expect(page.get_by_text("L'appuntamento si poteva fissare entro la fine di giovedì 5 marzo.")).to_be_visible()


def test_after_the_cutoff_the_page_says_until_when_it_could_be_moved(late_site: Site, page: Page) -> None:
    page.goto(late_site.engage("CUTOFF-1"))
    choose(page, day=1)
    confirm(page)
    page.get_by_role("link", name="Sposta l'appuntamento").click()
    late_site.advance("35 h")  # from Tuesday 08:00 to Wednesday 19:00
    choose(page, day=2)
    confirm(page)
    expect(page.get_by_role("alert")).to_contain_text("18:00 del giorno prima")
    expect(page.get_by_text("era possibile entro le 18:00 di mercoledì 4 marzo")).to_be_visible()
    expect(page.get_by_role("link", name="Sposta l'appuntamento")).to_have_count(0)


def test_the_language_is_the_browsers_until_another_is_chosen(site: Site, visitor: Visitor) -> None:
    link = site.engage("WORDS-1")
    context = visitor(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    is_headed(page, "When may the technician come?")
    page.get_by_role("link", name="Italiano").click()
    is_headed(page, "Quando può venire il tecnico?")
    choose(page, day=1)
    confirm(page)
    is_headed(page, "Appuntamento fissato")
    assert page.locator("html").get_attribute("lang") == "it"


def test_a_link_followed_from_another_site_works(site: Site, page: Page) -> None:
    link = site.engage("ELSEWHERE-1").replace("127.0.0.1", "localhost")
    page.goto(f"{site.url}/openapi.json")
    page.set_content(f'<a href="{link}">link</a>')
    page.get_by_role("link").click()
    page.wait_for_url("**/va/order/**")
    is_headed(page, "Quando può venire il tecnico?")


def test_a_form_of_another_site_changes_nothing(site: Site, visitor: Visitor) -> None:
    context = visitor()
    page = context.new_page()
    page.goto(site.engage("FOREIGN-1"))
    action = page.url.replace("127.0.0.1", "localhost") + "/decline"
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{action}"><button>go</button></form>')
    assert pressed(page).status == 403
    assert site.state("FOREIGN-1") == "engaged"


def test_nothing_comes_from_outside_and_nothing_personal_is_shown(site: Site, visitor: Visitor) -> None:
    context = visitor()
    page = context.new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(site.engage("INSIDE-1", phone="+393339876543"))
    page.wait_for_load_state("networkidle")
    assert all(address.startswith(site.url) for address in addresses)
    assert "9876543" not in page.content()
    assert page.locator("script").count() == 0
