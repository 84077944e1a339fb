"""Tests that are stories: an asynchronous function in which things happen to a world, played from beginning to end."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import Posting
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import order, running_sandbox
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint

Story = Callable[..., Any]
Play = Callable[[Path, Story], None]
EndpointStory = Callable[[Sandbox, LiveWorld, OperatorEndpoint], Awaitable[None]]


def told_by(play: Play, actors: int = 1) -> Callable[[Story], Callable[..., None]]:
    """A decorator that makes a test of a story.

    `play` gets the folder and the story, and calls the story with its first parameters, the actors; `actors` is their
    number. pytest passes the folder and all other parameters, which are fixtures or values of `parametrize`.
    """

    def test_of(story: Story) -> Callable[..., None]:
        @wraps(story)
        def test(tmp_path: Path, **values: Any) -> None:
            play(tmp_path, partial(story, **values))

        folder = inspect.Parameter("tmp_path", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        others = list(inspect.signature(story).parameters.values())[actors:]
        test.__signature__ = inspect.Signature([folder, *others])  # type: ignore[attr-defined]
        return test

    return test_of


def play_with_endpoint(folder: Path, story: EndpointStory) -> None:
    """Let a story happen between a sandbox, in which ALFA has handed in A-1, and a real endpoint of ALFA."""

    async def stage(endpoint: OperatorEndpoint) -> None:
        notify = (f"ALFA={endpoint.url}",)
        async with running_sandbox(folder, wires=(), notify=notify, notify_timeout=HANG_SECONDS) as sandbox:
            live = sandbox.world("default")
            live.submit_order(order("A-1"))
            await story(sandbox, live, endpoint)

    with operator_endpoint() as endpoint:
        asyncio.run(stage(endpoint))


async def engage_and_deliver(live: LiveWorld) -> list[Posting]:
    """Report CO at 08:00; return the notifications CO and W08, which are delivered."""
    live.report_line("A-1", "CO")
    await live.rest()
    return live.deliveries.postings("ALFA")
