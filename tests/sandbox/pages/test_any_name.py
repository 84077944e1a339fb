"""The pages under names that are not loopback's, over plain HTTP: an operator's link domain and an allowed name.

Beyond loopback a browser leaves out `Sec-Fetch-Site`, so all that tells our own page from a stranger's is `Origin`. The
same names see the attacks of other sites: each is answered 403, and nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.sandbox.pages.page_visitors import DESK, Site, Visitor, pressed, running_site

ROOM = "sandbox.example"
DOMAIN = "appuntamenti.alfa.example"  # of the links of ALFA
STRANGER = "stranger.example"
FORM = '<form method="post" action="{action}"><button>go</button></form>'
HIDDEN_ORIGIN = {"no referrer": '<meta name="referrer" content="no-referrer">', "with referrer": ""}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site"), host="0.0.0.0", allowed_host=(ROOM,)) as site:
        yield site


def under(site: Site, name: str) -> str:
    """The address of the sandbox under a name."""
    return f"http://{name}:{urlsplit(site.url).port}"


def link_under_domain(site: Site, code: str) -> str:
    """The link of an order's customer as the SMS says it, but for the port and the missing certificate."""
    return f"{under(site, DOMAIN)}/{site.engage(code).rpartition('/')[2]}"


def enter(site: Site, page: Page) -> None:
    """Go to the control room and bring its token."""
    page.goto(f"{under(site, ROOM)}/?lang=en")
    page.get_by_label("Control token").fill(site.ask(lambda live: live.vault.control_token()))
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("button", name="Send the order")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_the_link_of_the_sms_serves_under_the_operators_domain(site: Site, visitor: Visitor, scripted: bool) -> None:
    code = f"DOMAIN-{scripted}".upper()
    page = visitor(java_script_enabled=scripted).new_page()
    page.goto(link_under_domain(site, code))
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Conferma").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appuntamento fissato")
    page.get_by_role("link", name="Sposta l'appuntamento").click()
    page.get_by_role("radio").nth(3).check()
    page.locator("form button").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert site.codes(code) == ["CO", "W08", "W09", "W09"]
    assert urlsplit(page.url).hostname == DOMAIN


def test_a_refusal_is_taken_under_the_operators_domain(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(link_under_domain(site, "DOMAIN-NO"))
    page.get_by_role("link", name="Non voglio fissare").click()
    page.get_by_role("button", name="Sì, rifiuto").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rifiuto registrato")


def test_a_link_followed_from_a_page_of_another_site_opens_the_order(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    serve(page.context, f'<a href="{link_under_domain(site, "DOMAIN-MAIL")}">link</a>')
    page.goto(f"http://{STRANGER}/")
    page.get_by_role("link").click()
    page.wait_for_url("**/va/order/**")
    expect(page.get_by_role("radio").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_the_control_room_is_entered_and_used_under_an_allowed_name(
    site: Site, visitor: Visitor, scripted: bool
) -> None:
    page = visitor(viewport=DESK, locale="en-GB", java_script_enabled=scripted).new_page()
    enter(site, page)
    code = page.get_by_label("Order", exact=True).input_value()
    page.get_by_role("button", name="Send the order").click()
    expect(page.locator(f"#order-ALFA-{code}")).to_be_visible()
    assert site.state(code) == "engaged"


def test_an_entered_room_follows_the_world_by_itself(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport=DESK, locale="en-GB").new_page()
    with page.expect_response(re.compile("_sandbox/events")) as stream:
        enter(site, page)
    assert stream.value.status == 200
    site.engage("LIVE-UNDER-A-NAME")
    expect(page.locator("#order-ALFA-LIVE-UNDER-A-NAME")).to_be_visible()


def test_having_entered_opens_what_is_read_and_nothing_that_changes(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport=DESK).new_page()
    enter(site, page)
    status = "how => fetch('/_sandbox/clock', how).then(answer => answer.status)"
    move = {"method": "POST", "headers": {"Content-Type": "application/json"}, "body": '{"advance": "1 h"}'}
    assert (page.evaluate(status, {}), page.evaluate(status, move)) == (200, 401)
    page.context.clear_cookies()
    assert page.evaluate(status, {}) == 401


def serve(context: BrowserContext, body: str, name: str = STRANGER) -> None:
    """Serve a page under another host name."""
    context.route(f"http://{name}/", lambda route: route.fulfill(body=body, content_type="text/html"))


@pytest.mark.parametrize("head", HIDDEN_ORIGIN.values(), ids=HIDDEN_ORIGIN.keys())
def test_a_form_of_another_site_declines_nothing(site: Site, visitor: Visitor, head: str) -> None:
    code = f"ATTACKED-{bool(head)}".upper()
    page = visitor().new_page()
    page.goto(link_under_domain(site, code))
    page.wait_for_url("**/va/order/**")
    serve(page.context, head + FORM.format(action=f"{page.url}/decline"))
    attack(page, f"http://{STRANGER}/")
    assert site.state(code) == "engaged"


@pytest.mark.parametrize("head", HIDDEN_ORIGIN.values(), ids=HIDDEN_ORIGIN.keys())
def test_a_form_of_another_site_moves_no_clock(site: Site, visitor: Visitor, head: str) -> None:
    page = visitor(viewport=DESK).new_page()
    enter(site, page)
    now = site.ask(lambda live: live.now)
    serve(page.context, head + FORM.format(action=f"{under(site, ROOM)}/control/clock?advance=1h"))
    attack(page, f"http://{STRANGER}/")
    assert site.ask(lambda live: live.now) == now


def test_a_neighbour_under_the_same_registered_domain_is_a_stranger_too(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto(link_under_domain(site, "NEIGHBOUR-1"))
    page.wait_for_url("**/va/order/**")
    serve(page.context, FORM.format(action=f"{page.url}/decline"), name="altro.alfa.example")
    attack(page, "http://altro.alfa.example/")
    assert site.state("NEIGHBOUR-1") == "engaged"


def test_a_script_of_another_site_neither_writes_nor_reads(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport=DESK, bypass_csp=True).new_page()
    enter(site, page)
    page.goto(link_under_domain(site, "SCRIPT-1"))  # from the same machine, lest the browser forbid it by itself
    page.wait_for_url("**/va/order/**")
    send = "([url, how]) => fetch(url, {credentials: 'include', ...how}).then(a => a.text(), () => 'kept apart')"
    room = under(site, ROOM)
    now = site.ask(lambda live: live.now)
    with page.expect_event("requestfailed") as failed_request:
        page.evaluate(send, [f"{room}/control/clock", {"method": "POST", "mode": "no-cors", "body": "advance=1h"}])
    assert "BLOCKED_BY_RESPONSE" in str(failed_request.value.failure)
    assert site.ask(lambda live: live.now) == now
    assert page.evaluate(send, [f"{room}/_sandbox/trace", {}]) == "kept apart"


def attack(page: Page, address: str) -> None:
    """Let a visitor press the button of a stranger's page; what it sends is refused."""
    page.goto(address)
    assert pressed(page).status == 403
