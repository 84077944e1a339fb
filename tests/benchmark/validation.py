"""What an operator waits for: the first verdict, the first failure, a world for a test, and a whole plan.

Run it with `python -m tests.benchmark.validation`; exit status 1 if a bound is broken. Seconds are those of the wall:
the machine should have nothing else to do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from sim.validation.plan import load_plan
from sim.validation.pytest_plugin import started_sandbox, world_in
from sim.validation.rehearsal import rehearse

Timed = list[tuple[float, str]]
FIRST_LINE_BOUND_SECONDS, WORLD_BOUND_MS, PLAN_BOUND_SECONDS = 1.0, 50.0, 90.0
WORLDS = 100


def main() -> int:
    """Measure all of it, and say what is within its bound."""
    lines, plan_seconds = _rehearsed("hostile", "model")
    failing, _ = _rehearsed("essential", "both-codes")
    results = [
        ("first verdict after the story began, s", _until(lines, "✓"), FIRST_LINE_BOUND_SECONDS),
        ("first failure after the story began, s", _until(failing, "✗"), FIRST_LINE_BOUND_SECONDS),
        ("the plan `hostile`, s", plan_seconds, PLAN_BOUND_SECONDS),
        ("a world of the pytest plugin, ms", _world_ms(), WORLD_BOUND_MS),
    ]
    for about, found, bound in results:
        print(f"{about:<44}{found:8.2f}  (bound {bound:g})")
    return int(any(found > bound for _, found, bound in results))


def _rehearsed(plan: str, name: str) -> tuple[Timed, float]:
    """The lines of a run, each with when it was told, and how long the run took."""
    lines: Timed = []
    began = time.perf_counter()
    rehearse(load_plan(plan), name, lambda line: lines.append((time.perf_counter(), line)), language="en")
    return lines, time.perf_counter() - began


def _until(lines: Sequence[tuple[float, str]], sign: str) -> float:
    """From the line of the first story, right after which its first event happens, to the first with a sign."""
    return next(at for at, line in lines if line.strip().startswith(sign)) - lines[0][0]


def _world_ms() -> float:
    """How long a world takes to make and to drop, after the first one."""
    with started_sandbox() as started:
        with world_in(started):
            began_at = time.perf_counter()
        for _ in range(WORLDS):
            with world_in(started):
                pass
        return (time.perf_counter() - began_at) * 1000 / WORLDS


if __name__ == "__main__":
    sys.exit(main())
