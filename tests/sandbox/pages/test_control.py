"""The control room in a real browser: a newcomer's first minute, the clock, every panel; with and without script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.patience import PatientSession
from tests.sandbox.pages.page_visitors import DESK, Site, Visitor, running_site
from tests.world.ports_servers import operator_endpoint


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


@pytest.fixture
def room(site: Site, visitor: Visitor) -> Iterator[Page]:
    """The control room as a script keeps it up to date; a mistake of the script fails the test."""
    context = visitor(viewport=DESK, locale="en-GB")
    page, faults = context.new_page(), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(site.url)
    yield page
    assert faults == []


@pytest.fixture
def plain_room(site: Site, visitor: Visitor) -> Page:
    """The control room without JavaScript."""
    context = visitor(viewport=DESK, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_newcomer_books_the_first_appointment_in_two_clicks_and_a_choice(
    site: Site, scripted: bool, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue("room" if scripted else "plain_room")
    press(page, "Send the order")
    with page.expect_popup() as opened:
        page.locator(".bubble").get_by_role("link", name="Open the link").click()
    agent = opened.value
    agent.get_by_role("group").first.get_by_role("radio", name="10:00–12:00").check()
    agent.get_by_role("button", name="Confirm the appointment").click()
    expect(agent.get_by_role("heading", level=1)).to_have_text("The appointment is fixed")
    assert site.state("OL-0001") == "booked"
    if not scripted:
        page.goto(site.url)
    expect(page.locator("#order-ALFA-OL-0001 .state")).to_have_text("booked · Wed 4 Mar 10:00–12:00")
    expect(page.locator(".cell.some")).to_have_text("1/4")


def test_what_happens_elsewhere_shows_by_itself(site: Site, room: Page) -> None:
    site.engage("OTHER-1")
    expect(room.locator("#order-ALFA-OTHER-1")).to_contain_text("customer engaged")
    expect(room.locator(".phone-number")).to_have_text("+393331234567")
    expect(room.locator("#log-list li").first).to_contain_text("OTHER-1")


def test_what_the_reader_types_and_opens_stays_while_the_page_updates(site: Site, room: Page) -> None:
    room.get_by_text("More about it").click()
    alias = room.get_by_label("Alias of the engagement SMS")
    alias.press_sequentially("Alfa T")
    site.engage("MEANWHILE-1")
    expect(room.locator("#order-ALFA-MEANWHILE-1")).to_be_visible()
    expect(alias).to_have_value("Alfa T")
    expect(alias).to_be_focused()


def test_a_press_is_not_lost_where_the_page_updates_under_it(site: Site, room: Page) -> None:
    room.get_by_label("line ready at once").uncheck()
    press(room, "Send the order")
    room.get_by_role("button", name="report CO", exact=True).hover()
    room.mouse.down()
    site.engage("MEANWHILE-1")
    expect(room.locator("#log-list li").first).to_contain_text("MEANWHILE-1")
    room.mouse.up()
    expect(room.locator("#order-ALFA-OL-0001 .state")).to_have_text("customer engaged")
    expect(room.locator("#order-ALFA-MEANWHILE-1")).to_be_visible()


def test_what_is_focused_is_so_after_others_have_come_before_it(site: Site, room: Page) -> None:
    site.engage("FIRST-1")
    cancel = room.get_by_role("button", name="cancel FIRST-1")
    cancel.focus()
    site.engage("MEANWHILE-1")
    expect(room.locator("#order-ALFA-MEANWHILE-1")).to_be_visible()
    expect(cancel).to_be_focused()


def test_the_clock_moves_by_its_buttons(site: Site, room: Page) -> None:
    site.engage("CLOCK-1")
    press(room, "+1 h")
    expect(room.locator(".face-time")).to_have_text("09:00:00")
    press(room, "CSV deadline")
    expect(room.locator(".face-time")).to_have_text("13:00:00")
    expect(room.locator("#file-tree code").first).to_have_text("APPDIG_ALFA_20260303120000.csv")
    press(room, "term end")
    expect(room.locator("#order-ALFA-CLOCK-1 .state")).to_have_text("timed out")
    room.get_by_label("Move to").fill("2026-03-09T08:30")
    press(room, "go to")
    expect(room.locator(".face-day")).to_have_text("Monday 9 March 2026")
    expect(room.locator(".face-time")).to_have_text("08:30:00")


def test_a_clock_that_goes_by_itself_can_be_held(site: Site, room: Page) -> None:
    room.get_by_label("Pace").select_option("x3600")
    press(room, "set pace")
    expect(room.locator(".face-time")).not_to_have_text("08:00:00")
    press(room, "pause")
    expect(room.locator(".face-state")).to_contain_text("paused")
    press(room, "resume")
    expect(room.locator(".running")).to_have_text("x3600")


@pytest.mark.parametrize("scripted", [True, False])
def test_a_mistake_is_said_with_what_is_allowed(site: Site, scripted: bool, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue("room" if scripted else "plain_room")
    page.get_by_label("Move to").fill("2020-01-01T00:00")
    press(page, "go to")
    expect(page.get_by_role("alert")).to_contain_text("allowed: from 2026-03-03T08:00:00+01:00 on")
    expect(page.locator(".face-time")).to_have_text("08:00:00")


def test_an_operator_is_registered_and_its_notifications_are_sent_and_sent_again(site: Site, room: Page) -> None:
    with operator_endpoint() as endpoint:
        room.get_by_text("More about it").click()
        room.get_by_label("Notifications to").first.fill(endpoint.url)
        press(room, "Register")
        room.locator("#new-order").get_by_label("Operator").select_option("GAMMA")
        press(room, "Send the order")
        expect(room.locator(".attempt.ok")).to_have_count(2)
        room.get_by_role("button", name="Resend CO of OL-0001").click()
        expect(room.locator(".attempt.ok")).to_have_count(3)
        codes = [body["code"] for _, _, body in endpoint.received]
    assert codes == ["CO", "W08", "CO"]


def test_an_order_waits_for_its_line_and_can_be_cancelled(site: Site, room: Page) -> None:
    room.get_by_label("line ready at once").uncheck()
    press(room, "Send the order")
    state = room.locator("#order-ALFA-OL-0001 .state")
    expect(state).to_have_text("waits for the line")
    press(room, "report CO")
    expect(state).to_have_text("customer engaged")
    room.get_by_role("button", name="cancel OL-0001").click()
    expect(state).to_have_text("customer engaged")
    site.engage("MEANWHILE-1")
    expect(room.locator("#order-ALFA-MEANWHILE-1")).to_be_visible()
    press(room, "Yes, cancel it")
    expect(state).to_have_text("cancelled")


def test_a_slot_can_lose_its_technicians(site: Site, room: Page) -> None:
    form = room.locator("#slot-form")
    form.get_by_label("Slot").select_option(label="Wed 4 Mar 08:00–10:00")
    form.get_by_label("technicians").fill("0")
    press(room, "Set")
    expect(room.locator(".cell.shut")).to_have_text("0/0")


def test_the_verdicts_of_the_judge_are_shown(site: Site, room: Page) -> None:
    site.engage("JUDGED-1")
    expect(room.locator(".tally .PASS")).to_contain_text("pass")
    expect(room.locator(".rule.PASS[title^='SMS-1:']")).to_be_visible()
    expect(room.locator(".rule.FAIL")).to_have_count(0)


def test_a_message_that_is_lost_never_arrives_on_the_phone(site: Site, room: Page) -> None:
    site.engage("LOST-1", phone="+393330000001")
    expect(room.locator(".bubble.lost")).to_contain_text("undeliverable")
    expect(room.locator(".bubble").get_by_role("link")).to_have_count(0)


def test_numbers_are_masked_except_on_the_phone(site: Site, room: Page) -> None:
    site.engage("MASK-1", phone="+393337654321")
    site.engage("MASK-2", phone="+393331112223")
    site.advance("5 h")
    expect(room.locator("#file-tree details")).to_have_count(1)
    assert "7654321" not in room.content()
    room.locator("#phone").get_by_role("link", name="MASK-1", exact=True).click()
    expect(room.locator(".phone-number")).to_have_text("+393337654321")
    assert "7654321" not in room.url
    beyond = re.sub(r'(?s)<section class="panel" id="phone".*?</section>', "", room.content())
    assert "7654321" not in beyond


def test_the_operators_page_is_open_from_the_file(site: Site, room: Page) -> None:
    site.engage("FILE-1")
    site.advance("5 h")
    room.locator("#file-tree summary").click()
    with room.expect_popup() as popup:
        room.locator("#file-tree").get_by_role("link").click()
    popup.value.get_by_role("group").first.get_by_role("radio").first.check()
    popup.value.get_by_role("button", name="Confirm").click()
    expect(popup.value.get_by_text("Made by you for the customer.")).to_be_visible()
    assert site.ask(lambda live: live.order("FILE-1").booked_by) == "operator"


def test_each_world_has_a_control_room_of_its_own(visitor: Visitor, tmp_path: Path) -> None:
    with running_site(tmp_path, world=("other",)) as site:
        context = visitor(viewport=DESK, locale="en-GB")
        page = context.new_page()
        page.goto(site.url)
        page.get_by_role("banner").get_by_role("link", name="other", exact=True).click()
        press(page, "Send the order")
        expect(page.locator("#order-ALFA-OL-0001")).to_be_visible()
        assert site.ask(lambda live: len(live.orders())) == 0
        assert site.ask(lambda live: len(live.orders()), "other") == 1


def test_beyond_loopback_the_control_token_opens_the_room(tmp_path: Path) -> None:
    with running_site(tmp_path, host="0.0.0.0") as site, PatientSession() as session:
        address = site.url.replace("0.0.0.0", "127.0.0.1")
        assert session.get(address).status_code == 401
        assert session.post(f"{address}/control/clock", {"advance": "1 h"}).status_code == 401
        assert session.post(f"{address}/control/enter", {"token": "ct_wrong"}).status_code == 401
        token = site.ask(lambda live: live.vault.control_token())
        opened = session.post(f"{address}/control/enter", {"token": token})
        assert opened.status_code == 200
        assert "Invia l'ordine" in html.unescape(opened.text)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_of_the_room_comes_from_outside(site: Site, visitor: Visitor, motion: str) -> None:
    context = visitor(viewport=DESK, locale="en-GB", reduced_motion=motion)
    page = context.new_page()
    addresses: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site.url)
    press(page, "Send the order")
    expect(page.locator(".bubble")).to_be_visible()
    assert all(address.startswith(site.url) for address in addresses)
    assert complaints == []
