"""Somebody who goes through a guided run from outside: by the HTTP interface, or on the pages with a browser."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from playwright.sync_api import Page, expect

from sim.operators.model_program import Folder
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import order
from tests.sandbox.pages.page_visitors import DESK, Visitor
from tests.sandbox.process import SandboxProcess

PLAN = """extends = "essential"
stories = ["operator-books", "customer-declines"]
rules = ["OP-1", "OP-2", "OP-3", "OP-4", "OP-5"]
"""


class Walker:
    """Somebody who goes through a run by its HTTP interface, and fetches files with an SFTP client."""

    def __init__(self, box: SandboxProcess) -> None:
        self.box, self.world = box, "guided"

    @property
    def path(self) -> str:
        """Where the run's world is."""
        return f"/worlds/{self.world}"

    @property
    def base(self) -> str:
        """The address of the run's world."""
        return f"{self.box.url}{self.path}"

    @property
    def run(self) -> dict[str, Any]:
        """How far the run is."""
        answer: dict[str, Any] = self.box.get(f"{self.path}/_sandbox/guided")
        return answer

    def begin(self) -> None:
        """Begin a run of one's own plan."""
        self.box.post("/_sandbox/guided", {"plan": "own", "text": PLAN})

    def go_to(self, story: str, step: str, task: str = "") -> None:
        """Go through the run until an act comes up, and what is to do before it."""
        while (act := self.run["current"]) is not None:
            tasks = [task["kind"] for task in act["tasks"]]
            if (act["story"], act["step"], tasks[0] if tasks else "") == (story, step, task):
                return
            self.do(act)
        raise AssertionError(f"{step} of {story} never came up")

    def go_through(self) -> None:
        """Go through the run to its last act."""
        while (act := self.run["current"]) is not None:
            self.do(act)

    def do(self, act: dict[str, Any]) -> None:
        """Do one thing: the most urgent task of the operator, or let the harness do its part."""
        if not act["tasks"]:
            self.hand_in() if act["owner"] == "operator" else self.go_on()
        elif act["tasks"][0]["kind"] == "fetch":
            self.fetch(act["tasks"][0]["name"].rpartition("/")[2])
        else:
            self.book(act["tasks"][0]["name"])

    def go_on(self) -> None:
        """Let the harness do its part."""
        self.box.post(f"{self.path}/_sandbox/guided/go-on", {})

    def hand_in(self) -> None:
        """Hand in an order whose line is ready at once."""
        number = len(self.box.get(f"{self.path}/_sandbox/orders")["orders"]) + 1
        code, phone = f"OL-{number:04d}", f"+3933301{40_000 + number}"
        self.box.post(f"{self.path}/_sandbox/orders", {**order(code), "phone": phone, "territory": "LAZIO"})
        self.box.post(f"{self.path}/_sandbox/orders/{code}/line", {"code": "CO"})

    def book(self, code: str) -> None:
        """Book the first slot that the operator's link offers."""
        links = self.box.get(f"{self.path}/_sandbox/orders/{code}/links")["links"]
        (link,) = (link["link"] for link in links if link["channel"] == "operator")
        token = link.rpartition("/")[2]
        slot = self.box.get(f"/agent/{token}")["slots"][0]
        self.box.post(f"/agent/{token}/confirm", {"slot": slot})

    def fetch(self, name: str) -> None:
        """Read a file from the operator's folder, as its own SFTP client does."""
        account, introduction = self.box.get(f"{self.path}/_sandbox/operators/ALFA"), self.box.introduction
        host, _, port = introduction["sftp"].rpartition(":")
        facts = {"host": host, "port": int(port), "username": account["sftp_user"],
                 "client_keys": account["sftp_key_file"], "known_hosts": introduction["sftp_known_hosts"]}  # fmt: skip

        def read_file() -> None:
            folder = Folder(facts)
            try:
                folder.ask("read", name)
            finally:
                folder.close()

        with ThreadPoolExecutor(1) as thread:  # a browser's thread can have no event loop
            thread.submit(read_file).result(HANG_SECONDS)

    def end(self) -> dict[str, bytes]:
        """End the run and download its report."""
        self.box.post(f"{self.path}/_sandbox/guided/end", {})
        answer = self.box.http.get(f"{self.base}/_sandbox/guided/report")
        return unpacked(answer.content)


class PageWalker(Walker):
    """Somebody who does the same on the pages."""

    def __init__(self, box: SandboxProcess, page: Page) -> None:
        super().__init__(box)
        self.page = page

    def begin(self) -> None:
        self.page.goto(f"{self.box.url}/guided")
        self.page.get_by_text("A plan of your own, in TOML").click()
        form = self.page.locator("#own-plan form")
        form.get_by_label("Plan").fill(PLAN)
        form.get_by_role("button", name="Begin").click()
        self.page.wait_for_url(f"{self.base}/guided")

    def go_on(self) -> None:
        self.show()
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.get_by_role("button", name="Go on", exact=True).click()
        expect(self.page.locator("body.busy")).to_have_count(0)  # while its answer is taken, a form is not sent again
        expect(self.page.locator("[data-moving]")).to_have_count(0)

    def hand_in(self) -> None:
        self.page.goto(f"{self.base}/")
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.get_by_role("button", name="Send the order").click()
        expect(self.page.locator("article.order").first).to_contain_text("VULA")

    def book(self, code: str) -> None:
        self.show()
        with self.page.expect_popup() as popup:
            self.page.locator("#next").get_by_role("link", name="operator's page").click()
        agent = popup.value
        agent.locator(".band:visible").first.click()
        agent.get_by_role("button", name="Confirm").click()
        agent.wait_for_url("**done=confirmed**")
        agent.close()

    def end(self) -> dict[str, bytes]:
        self.show()
        self.page.get_by_role("button", name="End and judge").click()
        expect(self.page.get_by_role("heading", name="The judgement")).to_be_visible()
        findings = self.page.locator("p.finding").all_inner_texts()
        assert findings
        assert len(findings) == len(set(findings)), "the same is said once"
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download the sealed report").click()
        return unpacked(download.value.path().read_bytes())

    def show(self) -> None:
        """Go to the page of the run, unless the browser shows it; the page follows the world by itself."""
        if self.page.url != f"{self.base}/guided":
            self.page.goto(f"{self.base}/guided")


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def walker(box: SandboxProcess, visitor: Visitor) -> PageWalker:
    return PageWalker(box, visitor(viewport=DESK, locale="en-GB").new_page())
