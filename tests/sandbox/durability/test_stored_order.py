"""A sandbox is restored, in whatever order a caller has written the members."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sim.sandbox.world.commands import TakeSms
from sim.sandbox.world.spec import WorldSpec
from tests.sandbox.in_process import ALFA, START, order, running_sandbox

DECLARED = {"working_week": "mon_sat", "first_day": "always", "csv_dialect": {"separator": ",", "header": True}}
TERRITORIES = {"UMBRIA": 1, "LAZIO": 2}


def test_members_in_any_order_come_back_as_they_were(tmp_path: Path) -> None:
    async def life() -> list[dict[str, object]]:
        async with running_sandbox(tmp_path, []) as sandbox:
            if "w2" not in sandbox.worlds:
                live = sandbox.create_world(WorldSpec("w2", START, declared=DECLARED, territories=TERRITORIES))
                live.register_operator(dict(reversed(ALFA.items())))
                live.submit_order(dict(reversed(order("OL-1").items())))
                live.take_sms(TakeSms("x", "+393331234567", "y", "GSM-7", 1))
            return list(sandbox.world("w2").trace)

    assert asyncio.run(life()) == asyncio.run(life())
