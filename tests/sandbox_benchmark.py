"""How fast the sandbox is over real sockets: `python -m tests.sandbox_benchmark [lives|slow]`.

    lives   the scripted five-day life of one order and of 1,000; bounds 2 s and 60 s on two cores
    slow    others' 99th percentile while 500 sockets send a byte a second, beside the same without them; bound 3 times

Prints one JSON line each and ends with status 1 where a bound is broken.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from tests.sandbox_client import Connection
from tests.sandbox_life import five_days
from tests.sandbox_process import sandbox
from tests.sandbox_slow_sockets import SPREAD_SECONDS

LIFE_BOUNDS_SECONDS = {1: 2.0, 1_000: 60.0}
SLOW_SOCKETS, SLOW_SECONDS, SLOW_BOUND = 500, 30.0, 3.0
PROBES_A_SECOND = 50


def lives() -> bool:
    """One order and a thousand, each in a sandbox of its own."""
    kept = True
    for number, bound in LIFE_BOUNDS_SECONDS.items():
        with sandbox("--rate", "1000000") as box:
            life = asyncio.run(five_days(box, number))
        good = life.states == {"visited": number} and life.seconds <= bound
        said = {"orders": number, "seconds": round(life.seconds, 2), "bound_seconds": bound, "kept": good}
        print(json.dumps(said), flush=True)
        kept = kept and good
    return kept


def slow() -> bool:
    """A probe asks for the clock and hands in orders, without and with slow sockets."""
    with sandbox("--rate", "1000000") as box:
        key = {"Authorization": f"Bearer {box.operator('ALFA')['api_key']}"}
        alone, beside = asyncio.run(_alone_and_beside(box.url, key))
    ratio = beside / alone
    good = ratio <= SLOW_BOUND
    said = {
        "slow_sockets": SLOW_SOCKETS,
        "p99_alone_ms": round(alone * 1e3, 2),
        "p99_beside_ms": round(beside * 1e3, 2),
        "ratio": round(ratio, 2),
        "bound": SLOW_BOUND,
        "kept": good,
    }
    print(json.dumps(said), flush=True)
    return good


async def _alone_and_beside(url: str, key: dict[str, str]) -> tuple[float, float]:
    """The slow sockets live in a process of their own, so that the probe measures the sandbox and not them."""
    await _probe(url, key, "W", 2.0)
    alone = await _probe(url, key, "A", SLOW_SECONDS / 2)
    others = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.sandbox_slow_sockets", url, str(SLOW_SOCKETS)
    )
    try:
        await _probe(url, key, "C", SPREAD_SECONDS + 2.0)  # until they are all there
        return alone, await _probe(url, key, "B", SLOW_SECONDS)
    finally:
        others.terminate()
        await others.wait()


async def _probe(url: str, key: dict[str, str], prefix: str, seconds: float) -> float:
    """The 99th percentile of requests that come at an even pace."""
    line, took = await Connection.to(url), []
    for number in range(int(seconds * PROBES_A_SECOND)):
        order = {"order": f"{prefix}-{number}", "service": "ULL", "line_state": "LNA", "phone": "+393331234567"}
        since = time.perf_counter()
        if number % 2:
            await line.send("GET", "/_sandbox/clock")
        else:
            await line.send("POST", "/v1/orders", order, key)
        took.append(time.perf_counter() - since)
        await asyncio.sleep(max(0.0, 1 / PROBES_A_SECOND - took[-1]))
    line.close()
    return sorted(took)[int(len(took) * 0.99)]


PARTS = {"lives": lives, "slow": slow}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(PARTS)
    kept = [PARTS[name]() for name in chosen]
    sys.exit(not all(kept))
