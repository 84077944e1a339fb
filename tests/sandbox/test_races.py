"""Many who confirm at the same time: one of them gets the appointment, over real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import uvloop

from sim.recorder import slot_members
from sim.sandbox.http import limits as http_limits
from sim.sandbox.http import server as http_server
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.link_index import digest_of
from tests.patience import HANG_SECONDS
from tests.sandbox.client import Answer, connections
from tests.sandbox.in_process import order, running_sandbox

REPETITIONS = 50
CALLERS = 64
UNLIMITED = 1_000_000  # requests a second: no test is fast enough to be put off


@pytest.fixture(autouse=True)
def _patient_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs up on nobody, however slow the machine is: the clock of its deadlines stands still."""
    monkeypatch.setattr(http_server, "monotonic", lambda: 0.0)
    monkeypatch.setattr(http_server, "KEEP_ALIVE_SECONDS", HANG_SECONDS)
    monkeypatch.setattr(http_limits, "BODY_SECONDS", HANG_SECONDS)


async def engage(sandbox: Sandbox, number: int) -> dict[str, list[str]]:
    """The tokens of the links of so many orders: the customer's and the operator's of each."""
    live = sandbox.world("default")
    codes = [f"A-{position}" for position in range(number)]
    for code in codes:
        live.submit_order(order(code))
        live.report_line(code, "CO")
    await sandbox.clock("default").until("csv-deadline")
    links_of_orders = {
        code: [live.link_of(code, channel) or "" for channel in ("customer", "operator")] for code in codes
    }
    return {code: [link.rpartition("/")[2] for link in links] for code, links in links_of_orders.items()}


async def confirm_at_once(url: str, tokens: dict[str, list[str]], slots: Sequence[object]) -> list[list[Answer]]:
    """The answers for each order: 64 callers confirm at once, half with the customer's link, each with another slot."""
    async with connections(url, CALLERS) as callers:
        return [
            await asyncio.gather(
                *(
                    caller.send("POST", f"/agent/{links[number % 2]}/confirm", {"slot": slots[number]})
                    for number, caller in enumerate(callers)
                )
            )
            for links in tokens.values()
        ]


def test_of_64_who_confirm_one_order_at_once_one_wins_50_times_out_of_50(tmp_path: Path) -> None:
    async def story() -> None:
        async with running_sandbox(tmp_path, rate=UNLIMITED) as sandbox:
            live, tokens = sandbox.world("default"), await engage(sandbox, REPETITIONS)
            slots = live.offered_slots(digest_of(tokens["A-0"][0]))[:CALLERS]
            for slot in slots:
                live.set_capacity("LAZIO", slot, REPETITIONS)
            rounds = await confirm_at_once(sandbox.addresses["http"], tokens, [slot_members(slot) for slot in slots])
            assert [Counter(answer.status for answer in answers) for answers in rounds] == [
                Counter({200: 1, 409: CALLERS - 1})
            ] * REPETITIONS
            events: list[Any] = list(live.trace)
            confirmed = [event for event in events if event["type"] == "appointment.confirmed"]
            notices = [event for event in events if event["type"] == "notification.sent"]
            assert [event["subject"] for event in confirmed] == list(tokens)
            assert [event["data"]["code"] for event in notices].count("W09") == REPETITIONS
            reasons = {answer.body["reason"] for answers in rounds for answer in answers if answer.status == 409}
            assert reasons == {"already_booked"}

    uvloop.run(story())


def test_the_last_place_of_a_slot_goes_to_one_of_many_orders(tmp_path: Path) -> None:
    async def story() -> list[Answer]:
        async with running_sandbox(tmp_path, rate=UNLIMITED) as sandbox:
            live, tokens = sandbox.world("default"), await engage(sandbox, CALLERS)
            slot = live.offered_slots(digest_of(tokens["A-0"][0]))[7]
            live.set_capacity("LAZIO", slot, 1)
            async with connections(sandbox.addresses["http"], len(tokens)) as callers:
                sends = [
                    caller.send("POST", f"/agent/{links[0]}/confirm", {"slot": slot_members(slot)})
                    for caller, links in zip(callers, tokens.values(), strict=True)
                ]
                return await asyncio.gather(*sends)

    answers = uvloop.run(story())
    assert Counter(answer.status for answer in answers) == Counter({200: 1, 409: CALLERS - 1})
    assert {answer.body["reason"] for answer in answers if answer.status == 409} == {"slot_taken"}
