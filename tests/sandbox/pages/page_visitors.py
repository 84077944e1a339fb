"""A sandbox with its pages beside a test, and browsers that visit them: Debian's Chromium through Playwright.

The sandbox runs in this process, in an event loop of its own thread; `Site.ask` calls a function there, so what a test
looks at is the very world behind the pages.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize

from reference_impl.ports import Slot
from reports.judging.profiles import single_behaviour
from sim.sandbox.options import Options
from sim.sandbox.sandbox import Sandbox, opened, standard_operator
from sim.sandbox.wiring import wires_of
from sim.sandbox.world.clock_words import parse_span
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from tests.patience import HANG_SECONDS, PAGE_SECONDS
from tests.places import ROOT
from tests.sandbox.in_process import order

# Texts that leave the screen, or whose box is smaller than they are.
CUT = """() => {
  const faults = [], wide = document.documentElement.clientWidth;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, range = document.createRange();
    if (!node.data.trim() || parent.closest('.vh, .skip, .scroll, .payload') || !parent.checkVisibility()) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.left < -1 || box.right > wide + 1) { faults.push(node.data.trim()); break; }
    const own = getComputedStyle(parent);
    if (own.display !== 'inline' && parent.scrollWidth > parent.clientWidth + 1) faults.push(node.data.trim());
  }
  if (document.documentElement.scrollWidth > wide) faults.push('scrolls sideways');
  return faults;
}"""
# Words that a line parts where no hyphen shows it.
PARTED = """() => {
  const words = new Set(), range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('.vh, .skip')) continue;
    for (const word of node.data.matchAll(/[^\\s\\u2013-]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (lines.size > 1 && !word[0].includes('\\u00ad')) words.add(word[0]);
    }
  }
  return [...words];
}"""
# Of a table that is read as cards: what does not fit its place, and each cell's column as its head and its sign say it.
CARDS = """() => {
  const table = document.querySelector('table.cards'), place = table.closest('.scroll');
  const heads = [...table.querySelectorAll('thead th')].map(head => head.textContent);
  const top = part => part.getBoundingClientRect().top;
  const told = row => [...row.querySelectorAll('td')].map((cell, at) => ({
    head: heads[at + 1], sign: getComputedStyle(cell, '::before').content.replaceAll('"', ''),
    below: top(cell) > top(row.querySelector('th')) + 8 }));
  const cells = [...table.querySelectorAll('tbody tr')].flatMap(told);
  return { beyond: place.scrollWidth - place.clientWidth, cells };
}"""
Result = TypeVar("Result")
Theme = Literal["light", "dark"]
IMAGES = ROOT / "docs" / "images"
LARGEST_IMAGE_BYTES = 200_000
CLIPBOARD = ["clipboard-write"]  # a browser with windows lets whoever clicks write there; one without asks
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 1000}
# A page that moves is drawn sixty times a second, and what a test clicks on may be on its way.
USUAL = {"viewport": PHONE, "locale": "it-IT", "permissions": CLIPBOARD, "reduced_motion": "reduce"}


class Site:
    """A running sandbox, seen from another thread."""

    def __init__(self, sandbox: Sandbox, loop: asyncio.AbstractEventLoop) -> None:
        self._sandbox, self._loop = sandbox, loop
        self.url = sandbox.addresses["http"]

    def ask(self, question: Callable[[LiveWorld], Result], world: str = "default") -> Result:
        """Call a function with a world, in the sandbox's own thread."""

        async def answer() -> Result:
            return question(self._sandbox.world(world))

        return self._wait(answer())

    def engage(self, code: str, **members: object) -> str:
        """Send an order whose line is ready at once; return the local address of its customer's link."""

        def send(live: LiveWorld) -> None:
            live.submit_order(order(code, **members))
            live.report_line(code, "CO")

        self.ask(send)
        return self.page_of(code, "customer")

    def page_of(self, code: str, channel: str) -> str:
        """The local address of the link of one of an order's parties."""
        link = self.ask(lambda live: live.link_of(code, channel))
        assert link is not None, f"{code}: no link for the {channel} yet"
        return f"{self.url}/va/{link.rpartition('/')[2]}"

    def digest(self, code: str) -> str:
        """The digest of the link of an order's customer."""
        return digest_of(self.page_of(code, "customer"))

    def book(self, code: str, place: int, act: str = "confirm") -> None:
        """Book, or move, an appointment as the customer: the slot at a place among those that are offered."""
        digest = self.digest(code)
        self.ask(lambda live: live.act(act, digest, live.offered_slots(digest)[place]))

    def decline(self, code: str) -> None:
        """Refuse an appointment as the customer."""
        digest = self.digest(code)
        self.ask(lambda live: live.act("decline", digest))

    def register_anew(self, name: str, **members: object) -> None:
        """Register an operator anew; members that are not given follow from its name."""
        self.ask(lambda live: live.register_anew({**standard_operator(name), **members}))

    def advance(self, span: str) -> None:
        """Let simulated time pass."""
        self._wait(self._sandbox.clock("default").advance(parse_span(span)))

    def state(self, code: str) -> str:
        """The state of an order."""
        return self.ask(lambda live: str(live.order(code).state))

    def slot(self, code: str) -> Slot | None:
        """The appointment in force of an order."""
        return self.ask(lambda live: live.order(code).slot)

    def codes(self, order_code: str) -> list[str]:
        """The notifications of an order so far."""
        return self.ask(
            lambda live: [
                each.notification.code for each in live.deliveries.postings() if each.notification.order == order_code
            ]
        )

    def count(self, kind: str) -> int:
        """How many events of a type there are."""
        return self.ask(lambda live: sum(event["type"] == kind for event in live.trace))

    def _wait(self, work: Awaitable[Result]) -> Result:
        async def done() -> Result:
            return await work

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(HANG_SECONDS)


@contextmanager
def running_site(folder: Path, **members: Any) -> Iterator[Site]:
    """A sandbox with all its wires on free ports."""
    started, over = threading.Event(), threading.Event()
    sites: list[Site] = []

    async def serve() -> None:
        options = Options(**{"port": 0, "sftp_port": 0, "data": folder, **members})
        async with opened(options, single_behaviour("default"), wires_of(options)) as sandbox:
            sites.append(Site(sandbox, asyncio.get_running_loop()))
            started.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="sandbox")
    thread.start()
    try:
        assert started.wait(HANG_SECONDS), "the sandbox did not start"
        yield sites[0]
    finally:
        over.set()
        thread.join(HANG_SECONDS)


class Visitor(Protocol):
    """Opens a browser context with a device, cookies and a language of its own; it is closed when the test ends."""

    def __call__(self, **settings: Any) -> BrowserContext: ...


@contextmanager
def visitors(browser: Browser) -> Iterator[Visitor]:
    """A function that opens browser contexts; they are closed when this ends."""
    with ExitStack() as present:

        def visitor(**settings: Any) -> BrowserContext:
            context = browser.new_context(**{**USUAL, **settings})
            context.set_default_timeout(PAGE_SECONDS * 1000)
            return present.enter_context(context)

        yield visitor


@dataclass(frozen=True, slots=True)
class Pictures:
    """The folder for the pictures of the documentation."""

    folder: Path

    def take(self, page: Page, name: str) -> None:
        """Take a picture of what a visitor sees, small enough to keep."""
        path = self.folder / f"{name}.png"
        page.screenshot(path=path)
        assert path.stat().st_size < LARGEST_IMAGE_BYTES, f"{path.name} is too large to keep"


def pictures_in(folder: Path) -> Pictures:
    """The pictures of a test run: in docs/images with APPUNTAMENTO_SCREENSHOTS=1, else in a folder of its own."""
    destination = IMAGES if os.environ.get("APPUNTAMENTO_SCREENSHOTS") == "1" else folder
    destination.mkdir(parents=True, exist_ok=True)
    return Pictures(destination)


def pressed(page: Page) -> Response:
    """The answer to the form that the one button of a page sends."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as response:
        page.get_by_role("button").click()
    return response.value


def parted_words(page: Page) -> list[str]:
    """The words of a page that go on in another line without a hyphen."""
    return list(page.evaluate(PARTED))


def is_read_as_cards(page: Page) -> bool:
    """Whether a table stands as cards that fit, each cell below its line's head and behind its column's name.

    AssertionError where it does only in part.
    """
    table = page.evaluate(CARDS)
    assert table["cells"]
    if not all(cell["below"] for cell in table["cells"]):
        return False
    assert table["beyond"] <= 0
    assert [cell["sign"] for cell in table["cells"]] == [cell["head"] for cell in table["cells"]]
    return True


def cut_texts(page: Page) -> list[str]:
    """The texts of a page that the screen cuts. What can be scrolled sideways in its own box is not cut."""
    return list(page.evaluate(CUT))
