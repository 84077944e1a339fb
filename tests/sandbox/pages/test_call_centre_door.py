"""Beyond loopback a call centre comes in with its operator's API key, and finds what is that operator's and no more.

The attacks: another operator's rows and orders, cookies that were forged or belong elsewhere, forms of other sites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect

from sim.sandbox.http.dependencies import ENTERED, ROOM_PURPOSE
from sim.sandbox.pages.call_centre import DESK_COOKIE, DESK_COOKIE_SECONDS, DESK_PURPOSE
from sim.sandbox.world.vault import Vault
from tests.patience import PatientSession
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Site, Visitor, cut_texts, pressed, running_site

NUMBER_OF_BETA = "7654321"
STRANGER = "http://stranger.example/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Beyond loopback: two operators with a file each, and another world with the same names."""
    with running_site(tmp_path_factory.mktemp("site"), host="0.0.0.0", world=("other",)) as site:
        site.url = site.url.replace("0.0.0.0", "127.0.0.1")
        site.engage("OURS-1", phone="+393330140311")
        site.engage("THEIRS-1", phone=f"+39333{NUMBER_OF_BETA}", operator="BETA", project_code="PRJ-BETA")
        site.advance("5 h")
        yield site


class Desk(PatientSession):
    """A browser of a call centre."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site

    def ask(self, method: str, path: str, **options: object) -> requests.Response:
        """What an address answers."""
        return self.request(method, self.site.url + path, **options)

    def enter(self, operator: str = "ALFA", world: str = "default") -> requests.Response:
        """Bring the API key of an operator."""
        key = self.site.ask(lambda live: live.api_key(operator), world)
        base = "" if world == "default" else f"/worlds/{world}"
        return self.ask("POST", f"{base}/operator/enter", data={"key": key})


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    with Desk(site) as desk:
        yield desk


def orders_in(page: str) -> set[str]:
    """The orders that a work list names."""
    return set(re.findall(r"[A-Z]+-1(?=</a></th>)", page))


def test_the_work_list_opens_to_the_key_of_an_operator_and_shuts_again(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport={"width": 768, "height": 1024}, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/operator/work")
    assert cut_texts(page) == []
    page.get_by_label("Chiave API").fill("ak_wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Non è la chiave API di un operatore di questo mondo.")
    page.get_by_label("Chiave API").fill(site.ask(lambda live: live.api_key("ALFA")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lavoro del call centre: ALFA")
    expect(page.locator("tbody th")).to_have_text(["OURS-1"])
    page.get_by_label("Cerca per ordine, numero, stato").fill("140311")
    page.get_by_role("button", name="Cerca").click()
    page.wait_for_url("**find=ALFA**")
    assert "140311" not in page.url
    page.get_by_role("link", name="OURS-1").click()
    page.get_by_role("link", name="Torna al lavoro del call centre").click()
    page.get_by_role("button", name="Esci: ALFA").click()
    expect(page.get_by_label("Chiave API")).to_be_visible()


def test_the_door_is_accessible(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto(f"{site.url}/operator/work?lang=en")
    expect(page.get_by_text("The operator's API key opens the work of its call centre")).to_be_visible()
    assert accessibility_faults(page) == []


def test_whoever_asks_for_another_operators_rows_sees_his_own(desk: Desk) -> None:
    assert orders_in(desk.enter().text) == {"OURS-1"}
    for query in ("operator=BETA", "operator=BETA&find=THEIRS-1", "find=BETA/THEIRS-1", "operator=BETA&open=1"):
        page = desk.ask("GET", f"/operator/work?{query}").text
        assert "THEIRS-1</a>" not in page
        assert NUMBER_OF_BETA not in page
        assert "Lavoro del call centre: ALFA" in page
    with Desk(desk.site) as other:
        assert orders_in(other.enter("BETA").text) == {"THEIRS-1"}


def test_a_search_by_number_tells_nothing_of_another_operators_orders(desk: Desk) -> None:
    desk.enter()
    for wanted in (NUMBER_OF_BETA, "0000000"):
        found = desk.ask("POST", "/operator/find", data={"find": wanted, "operator": "BETA"})
        assert (found.status_code, "THEIRS" in found.url + found.text) == (422, False)


def test_the_key_opens_neither_the_room_nor_the_controls(desk: Desk) -> None:
    desk.enter()
    for method, path in (
        ("GET", "/"),
        ("GET", "/orders/ALFA/OURS-1"),
        ("GET", "/rules/SMS-1"),
        ("GET", "/control/clock"),
        ("POST", "/control/clock"),
        ("POST", "/control/find"),
        ("GET", "/_sandbox/trace"),
        ("GET", "/_sandbox/orders"),
        ("POST", "/_sandbox/clock"),
    ):
        assert desk.ask(method, path).status_code == 401, path


def test_a_key_opens_its_own_world_only(desk: Desk) -> None:
    desk.enter()
    assert desk.ask("GET", "/worlds/other/operator/work").status_code == 401
    key_of_here = desk.site.ask(lambda live: live.api_key("ALFA"))
    assert desk.ask("POST", "/worlds/other/operator/enter", data={"key": key_of_here}).status_code == 401
    assert desk.enter(world="other").status_code == 200
    assert desk.ask("GET", "/operator/work").status_code == 401, "one desk at a time in a browser"


def test_the_page_of_another_operators_order_leads_to_no_work_list(desk: Desk) -> None:
    desk.enter()
    leads = {
        code: "operator/work"
        in desk.ask("GET", f"{urlsplit(desk.site.page_of(code, 'operator')).path}?channel=operator").text
        for code in ("OURS-1", "THEIRS-1")
    }
    assert leads == {"OURS-1": True, "THEIRS-1": False}


@pytest.mark.parametrize(
    "forge",
    [
        lambda vault, cookie: "",
        lambda vault, cookie: cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB"),
        lambda vault, cookie: Vault(b"guessed").seal(DESK_PURPOSE, {"world": "default", "operator": "BETA"}),
        lambda vault, cookie: vault.seal(ROOM_PURPOSE, ENTERED),
        lambda vault, cookie: vault.seal("agent page", {"world": "default", "operator": "BETA"}),
        lambda vault, cookie: vault.seal(DESK_PURPOSE, {"world": "default", "operator": "ZETA"}),
        lambda vault, cookie: vault.seal(DESK_PURPOSE, {"world": "gone", "operator": "BETA"}),
    ],
    ids=["none", "changed", "another vault", "the room's", "an order's", "no operator", "no world"],
)
def test_a_cookie_that_is_not_the_desks_opens_nothing(desk: Desk, forge: Callable[[Vault, str], str]) -> None:
    desk.enter()
    vault, cookie = desk.site.ask(lambda live: live.vault), desk.cookies[DESK_COOKIE]
    desk.cookies.clear()
    desk.cookies.set(DESK_COOKIE, forge(vault, cookie))
    answer = desk.ask("GET", "/operator/work?operator=BETA")
    assert (answer.status_code, orders_in(answer.text)) == (401, set())


def test_the_cookie_of_the_desk_is_no_cookie_of_the_room(desk: Desk) -> None:
    desk.enter()
    desk.cookies.set("control", desk.cookies[DESK_COOKIE])
    assert desk.ask("GET", "/").status_code == 401


def test_a_desk_is_shut_when_the_day_is_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.enter()
    monkeypatch.setattr("sim.sandbox.pages.call_centre.DESK_COOKIE_SECONDS", -1)
    assert desk.ask("GET", "/operator/work").status_code == 401
    assert DESK_COOKIE_SECONDS > 0


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(desk: Desk) -> None:
    key = desk.site.ask(lambda live: live.api_key("ALFA"))
    answer = desk.ask("POST", "/operator/enter", data={"key": key}, allow_redirects=False)
    said = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in said.split(";")}
    assert key not in said
    assert key not in answer.headers["Location"]


@pytest.mark.parametrize("act", ["enter", "find", "leave"])
def test_forms_of_other_sites_are_refused(desk: Desk, act: str) -> None:
    desk.enter()
    for headers in ({"Origin": STRANGER.rstrip("/")}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = desk.ask("POST", f"/operator/{act}", data={"key": "x"}, headers=headers)
        assert answer.status_code == 403
        assert DESK_COOKIE not in answer.headers.get("Set-Cookie", "")


def test_a_page_of_another_site_neither_frames_nor_enters(site: Site, visitor: Visitor) -> None:
    page = visitor().new_page()
    key = site.ask(lambda live: live.api_key("BETA"))
    form = f'<form method="post" action="{site.url}/operator/enter"><input name="key" value="{key}"><button>go</button>'
    page.context.route(STRANGER, lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(STRANGER)
    refused = pressed(page)
    assert refused.status == 403
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]
    assert urlsplit(page.url).path == "/operator/enter"
    assert page.context.cookies(site.url) == []
