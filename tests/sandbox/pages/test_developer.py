"""The developer's job in the control room: why a notification failed, an honest clock, orders, rules, worlds.

The pictures in docs/images are made anew only with APPUNTAMENTO_SCREENSHOTS=1.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from reference_impl.civil_time import DAY
from tests.patience import HANG_SECONDS
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import DESK, Pictures, Site, Visitor, cut_texts, running_site
from tests.world.ports_servers import operator_endpoint

CLICKS = 200
UNREACHABLE = "http://127.0.0.1:9/"  # nobody listens at the port for discarding


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A world in which one operator cannot be reached: of three orders, one is BETA's."""
    with running_site(tmp_path_factory.mktemp("site"), notify=(f"BETA={UNREACHABLE}",), world=("other",)) as site:
        site.engage("ORD-1", phone="+393330140311")
        site.engage("ORD-2", phone="+393330140312")
        site.engage("FAIL-1", phone="+393337654321", operator="BETA", project_code="PRJ-BETA")
        site.advance("5 h")
        yield site


def room(site: Site, visitor: Visitor, **settings: object) -> Page:
    page = visitor(**{"viewport": DESK, "locale": "en-GB", **settings}).new_page()
    page.goto(site.url)
    return page


def test_a_developer_finds_by_phone_number_why_a_notification_failed(
    site: Site, visitor: Visitor, pictures: Pictures
) -> None:
    page = room(site, visitor)
    page.get_by_label("Find by order, number, state, operator").fill("7654321")
    page.get_by_role("button", name="Find").click()  # 1
    assert page.url == f"{site.url}/?find=BETA%2FFAIL-1", "no telephone number in an address"
    page.locator("#order-BETA-FAIL-1").get_by_role("link", name="FAIL-1", exact=True).click()  # 2
    reply = page.locator("#notifications .reply.bad").first
    expect(reply).to_contain_text("not reached: connection refused")
    notification = json.loads(page.locator("#notifications pre").first.inner_text())
    assert (notification["code"], notification["order"]) == ("CO", "FAIL-1")
    pictures.take(page, "order-page")


def test_the_operators_own_words_stand_beside_its_refusal(visitor: Visitor, tmp_path: Path) -> None:
    with operator_endpoint() as endpoint:
        endpoint.answer, endpoint.answer_body = 422, b'{"error": "<b>unknown</b> order", "call": "+393331234567"}'
        with running_site(tmp_path, notify=(f"ALFA={endpoint.url}",)) as site:
            site.engage("WORDS-1")
            site.advance("10 min")
            page = visitor(viewport=DESK, locale="en-GB").new_page()
            page.goto(f"{site.url}/orders/ALFA/WORDS-1")
            notification = page.locator("#notifications article").first
            expect(notification.locator(".reply.bad")).to_have_count(3)
            words = notification.locator("dd").nth(1).locator("pre")  # said once, though it came three times
            expect(words).to_have_text('{"error": "<b>unknown</b> order", "call": "+39…567"}')
            page.goto(site.url)
            page.locator("#notification-list summary").first.click()
            expect(page.locator("#notification-list pre:visible").nth(1)).to_contain_text("unknown")
            assert "1234567" not in page.locator("#notifications").inner_text()


def test_the_search_filters_every_panel(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    page.goto(f"{site.url}/?find=beta")
    expect(page.locator("article.order h3")).to_have_text(["FAIL-1"])
    assert set(page.locator("#notification-list tbody td:nth-child(3)").all_inner_texts()) == {"FAIL-1"}
    assert set(page.locator("#log-list b").all_inner_texts()) == {"FAIL-1"}
    expect(page.locator(".phone-number")).to_have_text("+393337654321")
    expect(page.locator("#file-tree details")).to_have_count(1)
    page.goto(f"{site.url}/?find=customer+engaged")
    expect(page.locator("article.order")).to_have_count(3)
    page.goto(f"{site.url}/?find=nobody")
    expect(page.get_by_text("No order matches nobody.")).to_be_visible()
    page.get_by_label("Find by order, number, state, operator").fill("33301403")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("article.order")).to_have_count(2)
    page.get_by_label("Find by order, number, state, operator").fill("0000000")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("digits of a number that 1 to 20 orders have")).to_be_visible()
    assert "0000000" not in page.url


def test_only_what_failed_can_be_shown(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    page.get_by_role("link", name="Failed only (2)").click()
    expect(page.locator("#notification-list .attempt.bad").first).to_contain_text("connection refused")
    assert set(page.locator("#notification-list tbody td:nth-child(4)").all_inner_texts()) == {"BETA"}


def test_why_a_notification_failed_is_said_in_italian_too(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor, locale="it-IT")
    reason = "non raggiunto: connessione rifiutata"
    expect(page.locator("#notification-list .attempt.bad").first).to_contain_text(reason)
    expect(page.locator("#clock option[value=real]")).to_have_text("tempo reale")
    page.goto(f"{site.url}/orders/BETA/FAIL-1")
    expect(page.locator("#notifications .reply.bad").first).to_contain_text(reason)


def test_an_order_goes_to_programs_as_json_and_as_trace(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    page.goto(f"{site.url}/orders/BETA/FAIL-1")
    texts = {}
    for name in ("Download as JSON", "Download as trace"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        texts[name] = download.value.path().read_text(encoding="utf-8")
    order = json.loads(texts["Download as JSON"])
    assert [notice["code"] for notice in order["notifications"]] == ["CO", "W08"]
    assert [json.loads(line) for line in texts["Download as trace"].splitlines()] == order["events"]
    page.get_by_role("button", name="Copy the address").click()
    expect(page.locator(".copied")).to_have_count(1)


def test_many_notifications_are_sent_again_only_when_asked_twice(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    page.locator("#notifications").get_by_label("of").select_option("BETA")
    page.locator("#notifications .quick").get_by_role("button", name="Resend").click()
    expect(page.locator(".question")).to_contain_text("Send 2 notifications again?")
    answer_count = site.count("notification.answered")
    page.get_by_role("link", name="No", exact=True).click()
    assert site.count("notification.answered") == answer_count


def test_a_verdict_leads_to_its_rule_which_says_why(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    page.locator(".rule.INCONCLUSIVE, .rule.NOT_EXERCISED").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(":")
    expect(page.locator(".finding, .empty").first).not_to_be_empty()
    page.goto(f"{site.url}/rules/SMS-1")
    expect(page.get_by_text("occasions: 3")).to_be_visible()
    expect(page.get_by_text("No findings.")).to_be_visible()
    answer = page.goto(f"{site.url}/rules/NONE-1")
    assert answer is not None
    assert answer.status == 404


def test_worlds_are_created_and_dropped_in_the_room(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    form = page.locator("#new-world")
    form.get_by_label("New world").fill("autumn")
    form.get_by_label("with operators").fill("DELTA")
    form.get_by_role("button", name="Create").click()
    page.wait_for_url("**/worlds/autumn/")
    page.get_by_role("button", name="Send the order").click()
    expect(page.locator("#order-DELTA-OL-0001")).to_be_visible()
    page.get_by_role("button", name="drop autumn").click()
    expect(page.locator(".question")).to_contain_text("Drop the world autumn (orders: 1) for good?")
    page.get_by_role("button", name="Yes, drop it").click()
    page.wait_for_url(f"{site.url}/")
    expect(page.locator("#world-list")).not_to_contain_text("autumn")


def test_an_empty_world_says_how_to_begin(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    form = page.locator("#new-world")
    form.get_by_label("New world").fill("bare")
    form.get_by_label("with operators").fill("")
    form.get_by_role("button", name="Create").click()
    page.wait_for_url("**/worlds/bare/")
    expect(page.get_by_text("This world has no operators.")).to_be_visible()
    page.locator("#new-operator").get_by_role("button", name="Register").click()
    expect(page.get_by_role("button", name="Send the order")).to_be_visible()


def test_the_room_speaks_the_language_that_was_asked_for_and_so_do_its_dates(site: Site, visitor: Visitor) -> None:
    page = room(site, visitor)
    expect(page.locator(".face-day")).to_have_text("Tuesday 3 March 2026")
    page.get_by_role("link", name="Italiano").click()
    expect(page.locator(".face-day")).to_have_text("martedì 3 marzo 2026")
    expect(page.locator("#order-ALFA-ORD-1 .state")).to_have_text("cliente ingaggiato")
    page.goto(f"{site.url}/orders/ALFA/ORD-1")
    expect(page.locator("html")).to_have_attribute("lang", "it")
    expect(page.get_by_text("ricevuto mar 3 mar 08:00")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/?lang=it", "/orders/BETA/FAIL-1", "/rules/CSV-4"])
def test_nothing_is_cut_on_a_tablet_and_nothing_is_inaccessible(site: Site, visitor: Visitor, path: str) -> None:
    page = room(site, visitor, viewport={"width": 768, "height": 1024})
    page.goto(site.url + path)
    expect(page.locator("[data-pending]")).to_have_count(0)
    assert cut_texts(page) == []
    if path.count("/") > 1:  # the room itself is looked at in test_looks
        assert accessibility_faults(page) == []


# --- the clock ---

PRESS = "times => { while (times--) document.querySelector('button[name=advance][value=\"1 d\"]').click() }"
POST = """async times => {
  const ask = () => fetch('/control/clock', {method: 'POST', body: new URLSearchParams({advance: '1 d'})});
  const answers = await Promise.all(Array.from({length: times}, ask));
  return Promise.all(answers.map(async answer => [answer.status, (await answer.text()).includes('stands still')]));
}"""


class HeldEndpoint:
    """An operator that answers nothing until it is let go."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()

    def wait(self, body: object) -> None:
        self.gate.wait()


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Site, HeldEndpoint]]:
    """A sandbox whose clock has to wait for an operator; nothing times out before the test lets go."""
    hold = HeldEndpoint()
    with operator_endpoint() as endpoint:
        endpoint.before_answer = hold.wait
        try:
            with running_site(tmp_path, notify=(f"ALFA={endpoint.url}",), notify_timeout=HANG_SECONDS) as site:
                hold.gate.clear()
                site.engage("HELD-1")
                yield site, hold
                hold.gate.set()
        finally:
            hold.gate.set()


def test_two_tabs_and_a_slow_endpoint_move_as_many_days_as_were_accepted(
    held: tuple[Site, HeldEndpoint], visitor: Visitor, pictures: Pictures
) -> None:
    site, hold = held
    tabs = [room(site, visitor) for _ in range(2)]
    statuses: list[int] = []

    def count(answer: Response) -> None:
        if answer.request.method == "POST":
            statuses.append(answer.status)

    began = site.ask(lambda live: live.now)
    for tab in tabs:
        tab.context.on("response", count)
    with tabs[0].expect_response(lambda answer: answer.request.method == "POST"):  # before the page is left
        tabs[0].evaluate(PRESS, CLICKS // 4)
    tabs[1].evaluate(PRESS, CLICKS // 4)  # asks once at most, if it has not heard yet that the clock moves
    for tab in tabs:
        expect(tab.locator(".moving")).to_be_visible()
        expect(tab.get_by_role("button", name="+1 d")).to_be_disabled()
    pictures.take(tabs[0], "clock-moves")
    for tab in tabs:
        tab.reload()
        expect(tab.get_by_role("button", name="+1 d")).to_be_disabled()
        answers = tab.evaluate(POST, CLICKS // 4)
        assert {status for status, _ in answers} == {409}
        assert not any(says_it_stands_still for _, says_it_stands_still in answers)
        expect(tab.locator(".moving")).to_be_visible()
    hold.gate.set()
    for tab in tabs:
        expect(tab.locator(".face-state")).to_contain_text("stands still")
    assert statuses.count(303) == 1
    assert set(statuses) == {303, 409}
    assert len(statuses) - CLICKS // 2 in (1, 2)
    assert site.ask(lambda live: live.now) == began + statuses.count(303) * DAY


def test_a_move_is_stopped_where_it_is(held: tuple[Site, HeldEndpoint], visitor: Visitor) -> None:
    site, hold = held
    page = room(site, visitor)
    began = site.ask(lambda live: live.now)
    page.get_by_role("button", name="+1 d").click()
    page.get_by_role("button", name="stop").click()
    expect(page.get_by_role("button", name="stopping")).to_be_disabled()
    hold.gate.set()
    expect(page.locator(".face-state")).to_contain_text("stands still")
    assert site.ask(lambda live: live.now) == began


def test_without_a_script_the_page_shows_the_move_too(held: tuple[Site, HeldEndpoint], visitor: Visitor) -> None:
    site, hold = held
    page = room(site, visitor, java_script_enabled=False)
    page.get_by_role("button", name="+1 d").click()
    expect(page.locator(".moving")).to_be_visible()
    expect(page.get_by_role("button", name="+1 h")).to_be_disabled()
    hold.gate.set()
    expect(page.locator(".face-state")).to_contain_text("stands still")
