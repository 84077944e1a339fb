"""The five-day life over real sockets ends well for every order."""

from __future__ import annotations

import asyncio

from tests.sandbox.life import five_days
from tests.sandbox.process import sandbox


def test_every_order_lives_from_its_sms_to_its_visit_over_real_sockets() -> None:
    number = 12
    with sandbox("--notify-timeout", "300") as box:
        life = asyncio.run(five_days(box, number))
    assert life.states == {"visited": number}
    assert life.csv_rows == number
    assert life.sms["engagement"] == number
    assert life.sms["reminder"] >= number
    assert life.notified == {"CO": number, "W08": number, "W09": 2 * number}
