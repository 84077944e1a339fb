"""What tests of the opening state share: rows of open orders and taken slots, and a scenario that begins with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sim.capacity.scenario.reader import read_scenario
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.cases import values

START = date(2026, 3, 2)  # a Monday
BANDS = ("08:00-10:00", "10:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00")
ORDERS_HEAD = "received_at,operator,service,territory,line_ready_at"
BOOKED_HEAD = f"{ORDERS_HEAD},visit_date,visit_band"
SLOTS_HEAD = "territory,date,band,taken"
WAITING = "2026-02-26T10:00:00,ALFA,ULL,lazio,"
ENGAGED = "2026-02-25T10:00:00,ALFA,VULA_FTTH,lazio,2026-02-27T09:00:00"
BOOKED = f"{ENGAGED},2026-03-05,{BANDS[1]}"
Changes = dict[str, Any]


def with_opening(folder: Path, orders: Sequence[str] = (), slots: Sequence[str] = (), **changes: Any) -> Scenario:
    """The small scenario with these rows of open orders and of taken slots."""
    opening: dict[str, str] = {}
    for name, head, rows in (("orders", ORDERS_HEAD, orders), ("slots", SLOTS_HEAD, slots)):
        if rows:
            written = BOOKED_HEAD if rows[0].count(",") > head.count(",") else head
            (folder / f"{name}.csv").write_text("\n".join([written, *rows]))
            opening[name] = f"{name}.csv"
    more: Changes = {"opening": opening} if opening else {}
    return read_scenario(str(folder / "x.toml"), values(**{"horizon__start": START, **more, **changes}))
