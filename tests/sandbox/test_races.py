"""Many who confirm at the same time: one of them gets the appointment, over real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.patience import HANG_SECONDS
from tests.sandbox.client import Answer, connections
from tests.sandbox.in_process import order
from tests.sandbox.process import SandboxProcess, sandbox

REPETITIONS = 200
CALLERS = 64


def engage(box: SandboxProcess, number: int) -> dict[str, list[str]]:
    """Orders with both of their links out: the tokens of each."""
    tokens: dict[str, list[str]] = {}
    for each in range(number):
        box.post("/_sandbox/orders", order(f"A-{each}"))
        box.post(f"/_sandbox/orders/A-{each}/line", {"code": "CO"})
    box.post("/_sandbox/clock", {"until": "csv-deadline"})
    for message in box.get("/_sandbox/sms")["messages"]:
        tokens[message["order"]] = [message["link"].rpartition("/")[2]]
    file = box.get("/_sandbox/files")["files"][0]
    rows = box.http.get(f"{box.url}/_sandbox/files/{file['operator']}/{file['name']}", timeout=HANG_SECONDS).text
    for row in rows.splitlines():
        code, _, link, _ = row.split(";")
        tokens[code].append(link.rpartition("/")[2])
    return tokens


async def confirm_at_once(url: str, tokens: dict[str, list[str]], slots: list[object]) -> list[list[Answer]]:
    """Of each order: 64 callers, half of them the customer, each with a slot of its own."""
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


def test_of_64_who_confirm_one_order_at_once_one_wins_200_times_out_of_200() -> None:
    with sandbox() as box:
        tokens = engage(box, REPETITIONS)
        slots = box.get(f"/agent/{tokens['A-0'][0]}")["slots"]
        for band in slots[:CALLERS]:
            box.put("/_sandbox/slots", {"territory": "LAZIO", "slot": band, "capacity": REPETITIONS})
        rounds = asyncio.run(confirm_at_once(box.url, tokens, slots))
        assert [Counter(answer.status for answer in answers) for answers in rounds] == [
            Counter({200: 1, 409: CALLERS - 1})
        ] * REPETITIONS
        events = box.http.get(f"{box.url}/_sandbox/trace", timeout=HANG_SECONDS).text
        assert events.count('"type":"appointment.confirmed"') == REPETITIONS
        assert events.count('"code":"W09"') == REPETITIONS
        reasons = {answer.body["reason"] for answers in rounds for answer in answers if answer.status == 409}
        assert reasons == {"already_booked"}


def test_the_last_place_of_a_slot_goes_to_one_of_many_orders() -> None:
    with sandbox() as box:
        tokens = engage(box, CALLERS)
        band = box.get(f"/agent/{tokens['A-0'][0]}")["slots"][7]
        box.put("/_sandbox/slots", {"territory": "LAZIO", "slot": band, "capacity": 1})

        async def all_at_once() -> list[Answer]:
            async with connections(box.url, len(tokens)) as callers:
                sends = [
                    caller.send("POST", f"/agent/{links[0]}/confirm", {"slot": band})
                    for caller, links in zip(callers, tokens.values(), strict=True)
                ]
                return await asyncio.gather(*sends)

        answers = asyncio.run(all_at_once())
        assert Counter(answer.status for answer in answers) == Counter({200: 1, 409: CALLERS - 1})
        assert {answer.body["reason"] for answer in answers if answer.status == 409} == {"slot_taken"}
