"""`appuntamento selftest --explore`: its options, its progress and its exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sim.command_line import UsageError
from steps.selftest.exploration import account
from steps.selftest.exploration.expedition import DEEPEST, Result, chosen, expedition, holds, variants_by_name
from steps.selftest.exploration.scenes import SCENES

DOCUMENT, TABLE = "exploration.json", "exploration.txt"
DEPTHS = range(1, DEEPEST + 1)


def explore_command(options: argparse.Namespace, folder: Path) -> int:
    """Explore, say and write what was found; exit status 0 only where nothing is held against the reference."""
    names, depth = _chosen(options.reading), _depth(options.depth)
    whole = not options.reading and depth == DEEPEST
    results = expedition(names, depth, options.workers or os.cpu_count() or 1, _progress(quiet=options.json))
    files = {DOCUMENT: account.as_json(results, whole), TABLE: account.as_text(results, whole)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    sys.stdout.write(files[DOCUMENT if options.json else TABLE])
    return 0 if holds(results, whole) else 1


def _chosen(words: list[str]) -> list[str]:
    known = variants_by_name()
    single = [name for variant in known.values() if len(variant.differs) == 1 for name in variant.differs]
    allowed = list(dict.fromkeys([*single, *known]))
    for word in words:
        if word not in allowed:
            raise UsageError(f"--reading: {word!r} is not explored; allowed: {'; '.join(allowed)}")
    return chosen(words)


def _depth(depth: int | None) -> int:
    if depth is not None and depth not in DEPTHS:
        raise UsageError(f"--depth: {depth} is too short or too long; allowed: {DEPTHS[0]} to {DEPTHS[-1]}")
    return depth or DEEPEST


def _progress(quiet: bool) -> Callable[[int, int, Result], None]:
    """A line for each set of readings on standard error, and one for each job in which something was found."""
    left: dict[str, int] = {}

    def tell(done: int, of: int, result: Result) -> None:
        left[result.variant] = left.get(result.variant, len(SCENES)) - 1
        found = len(result.findings) + len(result.seen.faults)
        if found:
            print(f"{done:4d}/{of} {result.variant}: {result.scene}: {found} findings", file=sys.stderr, flush=True)
        elif not left[result.variant] and not quiet:
            print(f"{done:4d}/{of} {result.variant}: explored", file=sys.stderr, flush=True)

    return tell
