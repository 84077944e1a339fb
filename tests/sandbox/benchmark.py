"""How fast the sandbox is over real sockets: `python -m tests.sandbox.benchmark [lives|slow]`.

    lives   the scripted five-day life of one order and of 1,000; bounds 2 s and 60 s on two cores
    slow    others' 99th percentile while 500 sockets send a byte a second for 30 s, beside the same without them, where
            they come one by one and where they come in one burst; bound 3 times

Prints one JSON line each and ends with status 1 where a bound is broken.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.sandbox.client import Connection
from tests.sandbox.life import five_days
from tests.sandbox.process import sandbox

LIFE_BOUNDS_SECONDS = {1: 2.0, 1_000: 60.0}
SLOW_SOCKETS, SLOW_BOUND = 500, 3.0
MANNERS = {"one by one": 10.0, "in one burst": 0.0}  # the seconds within which they begin
WARM_UP_SECONDS, SLICE_SECONDS, SLOW_SLICES = 2.0, 10.0, 3
PROBES_A_SECOND = 50


def lives() -> bool:
    """One order and a thousand, each in a sandbox of its own."""
    all_kept = True
    for number, bound in LIFE_BOUNDS_SECONDS.items():
        with sandbox() as box:
            life = asyncio.run(five_days(box, number))
        is_kept = life.states == {"visited": number} and life.seconds <= bound
        line = {"orders": number, "seconds": round(life.seconds, 2), "bound_seconds": bound, "kept": is_kept}
        print(json.dumps(line), flush=True)
        all_kept = all_kept and is_kept
    return all_kept


def slow() -> bool:
    """A probe asks for the clock and hands in orders, in turn without and with slow sockets."""
    with sandbox() as box:
        probe = Probe(box.url, {"Authorization": f"Bearer {box.operator('ALFA')['api_key']}"})
        without_sockets, with_sockets = asyncio.run(_in_turn(probe))
    all_kept = True
    for manner, latencies in with_sockets.items():
        ratio = latencies.p99_ms / without_sockets.p99_ms
        line = {
            "slow_sockets": SLOW_SOCKETS,
            "come": manner,
            "p99_alone_ms": round(without_sockets.p99_ms, 2),
            "p99_beside_ms": round(latencies.p99_ms, 2),
            "longest_alone_ms": round(without_sockets.longest_ms, 2),
            "longest_beside_ms": round(latencies.longest_ms, 2),
            "ratio": round(ratio, 2),
            "bound": SLOW_BOUND,
            "kept": ratio <= SLOW_BOUND,
            "load": os.getloadavg()[0],
        }
        print(json.dumps(line), flush=True)
        all_kept = all_kept and ratio <= SLOW_BOUND
    return all_kept


@dataclass(frozen=True, slots=True)
class Latencies:
    """The median of the slices' 99th percentiles, and the longest of all."""

    p99_ms: float
    longest_ms: float

    @staticmethod
    def of(slices: Sequence[Sequence[float]]) -> Latencies:
        """Slices are seconds that each request took."""
        percentiles = [sorted(seconds)[int(len(seconds) * 0.99)] for seconds in slices]
        return Latencies(1e3 * statistics.median(percentiles), 1e3 * max(max(seconds) for seconds in slices))


async def _in_turn(probe: Probe) -> tuple[Latencies, dict[str, Latencies]]:
    """The latencies without and with slow sockets, measured in turn, so that other load falls on both."""
    await probe.ask(WARM_UP_SECONDS)
    without_sockets, with_sockets = [await probe.ask(SLICE_SECONDS)], {}
    for manner, spread_seconds in MANNERS.items():
        with_sockets[manner] = Latencies.of(await _beside(probe, spread_seconds))
        without_sockets.append(await probe.ask(SLICE_SECONDS))
    return Latencies.of(without_sockets), with_sockets


async def _beside(probe: Probe, spread_seconds: float) -> list[list[float]]:
    """The slow sockets live in a process of their own, so that the probe measures the sandbox and not them."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.sandbox.wires.slow_sockets", probe.url, str(SLOW_SOCKETS), str(spread_seconds)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        await process.stdout.readline()
        await probe.ask(spread_seconds)  # until they are all there; a burst is measured from its first moment
        return [await probe.ask(SLICE_SECONDS) for _ in range(SLOW_SLICES)]
    finally:
        process.terminate()
        await process.wait()


class Probe:
    """One customer of the sandbox, at an even pace."""

    def __init__(self, url: str, key: dict[str, str]) -> None:
        self.url, self._key, self._number = url, key, 0

    async def ask(self, seconds: float) -> list[float]:
        """The seconds that each request took."""
        took: list[float] = []
        async with await Connection.to(self.url) as line:
            for _ in range(int(seconds * PROBES_A_SECOND)):
                since = time.perf_counter()
                await self._one(line)
                took.append(time.perf_counter() - since)
                await asyncio.sleep(max(0.0, 1 / PROBES_A_SECOND - took[-1]))
        return took

    async def _one(self, line: Connection) -> None:
        self._number += 1
        if self._number % 2:
            await line.send("GET", "/_sandbox/clock")
        else:
            order = {"order": f"A-{self._number}", "service": "ULL", "line_state": "LNA", "phone": "+393331234567"}
            await line.send("POST", "/v1/orders", order, self._key)


PARTS = {"lives": lives, "slow": slow}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(PARTS)
    results = [PARTS[name]() for name in chosen]
    sys.exit(not all(results))
