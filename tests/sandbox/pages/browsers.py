"""Debian's Chromium through Playwright: a driver and a browser, started once for all files of a worker."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.patience import HANG_SECONDS, PAGE_SECONDS

BROWSERS = ("chromium-headless-shell", "chromium")  # the first, which has no windows, takes half the processor time
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP *.example 127.0.0.1",  # the domains of links, and other names of a sandbox
)
TakeBrowser = Callable[[], AbstractContextManager[Browser]]


@contextmanager
def running_browser() -> Iterator[TakeBrowser]:
    """A function that gives the browser to one file of tests after the other; it has no profile.

    Playwright's driver starts five times as long as a browser, and leaves an event loop running in this thread between
    its calls; only who takes the browser sees that.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program is not None, f"none of {', '.join(BROWSERS)} is there: make programs"
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=list(QUIET), timeout=HANG_SECONDS * 1000) as browser,
    ):
        expect.set_options(timeout=PAGE_SECONDS * 1000)
        loop = asyncio._get_running_loop()

        @contextmanager
        def taken() -> Iterator[Browser]:
            asyncio._set_running_loop(loop)
            try:
                yield browser
            finally:
                asyncio._set_running_loop(None)

        asyncio._set_running_loop(None)
        try:
            yield taken
        finally:
            asyncio._set_running_loop(loop)
