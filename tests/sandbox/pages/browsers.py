"""Debian's Chromium through Playwright: the driver is shared by a worker's files, a browser belongs to one of them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.patience import HANG_SECONDS, PAGE_SECONDS

BROWSERS = ("chromium-headless-shell", "chromium")  # the first, which has no windows, takes half the processor time
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP *.example 127.0.0.1",  # the domains of links, and other names of a sandbox
)
Driver = Callable[[], AbstractContextManager[Playwright]]


@contextmanager
def driver() -> Iterator[Driver]:
    """Playwright's driver: it starts five times as long as a browser, so all files of a worker share it.

    Between its calls it leaves an event loop running in this thread; only who takes the driver sees that.
    """
    with sync_playwright() as playwright:
        expect.set_options(timeout=PAGE_SECONDS * 1000)
        loop = asyncio._get_running_loop()

        @contextmanager
        def taken() -> Iterator[Playwright]:
            asyncio._set_running_loop(loop)
            try:
                yield playwright
            finally:
                asyncio._set_running_loop(None)

        asyncio._set_running_loop(None)
        try:
            yield taken
        finally:
            asyncio._set_running_loop(loop)


@contextmanager
def running_browser(driver: Driver) -> Iterator[Browser]:
    """A browser without a profile of its own."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program is not None, f"none of {', '.join(BROWSERS)} is there: make programs"
    with (
        driver() as playwright,
        playwright.chromium.launch(executable_path=program, args=list(QUIET), timeout=HANG_SECONDS * 1000) as browser,
    ):
        yield browser
