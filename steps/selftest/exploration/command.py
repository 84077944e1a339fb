"""`appuntamento selftest --explore`: its options, its progress and its exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from reports.judging.exit_status import CONFORMANT, FAILED, UNDECIDED
from sim.command_line import UsageError
from steps.selftest.exploration import account
from steps.selftest.exploration.crew import interrupted_by_sigterm
from steps.selftest.exploration.expedition import (
    DEEPEST,
    Result,
    chosen,
    expedition,
    holds,
    is_clean,
    parts_of,
    variants_by_name,
)
from steps.selftest.exploration.parts import Parts, alone_in
from steps.selftest.exploration.progress import Progress

DOCUMENT, TABLE = "exploration.json", "exploration.txt"
DEPTHS = range(1, DEEPEST + 1)


def explore_command(options: argparse.Namespace, folder: Path) -> int:
    """Explore, print and write the report. Returns the exit status: 0 only where nothing is held against the reference.

    An exploration that is interrupted, or loses a worker, reports and keeps its finished parts; it is undecided.
    """
    names, depth = _chosen(options.reading), _depth(options.depth)
    with alone_in(folder):
        return _explore_into(folder, names, depth, options)


def _explore_into(folder: Path, names: Sequence[str], depth: int, options: argparse.Namespace) -> int:
    is_whole = not options.reading and depth == DEEPEST
    parts = Parts(folder, depth, names)
    _say_where_it_begins(parts, parts_of(names))
    results = list(parts.kept)
    with interrupted_by_sigterm():
        problem = _explore(names, depth, options.workers or os.cpu_count() or 1, parts, results, options.json)
    total = parts_of(names)
    files = {DOCUMENT: account.as_json(results, is_whole, total), TABLE: account.as_text(results, is_whole, total)}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    sys.stdout.write(files[DOCUMENT if options.json else TABLE])
    if problem:
        where = f"{len(results)} of {total} parts are done and kept in {folder}: the same command goes on from there"
        print(f"appuntamento: {problem}; {where}", file=sys.stderr)
        return UNDECIDED if is_clean(results) else FAILED
    parts.remove()
    return CONFORMANT if holds(results, is_whole) else FAILED


def _explore(names: Sequence[str], depth: int, workers: int, parts: Parts, results: list[Result], quiet: bool) -> str:
    """Explore what is not kept, part by part; returns what ended it early, if anything."""
    progress = Progress(names, parts.kept, quiet)
    try:
        for result in expedition(names, depth, workers, parts.kept):
            parts.add(result)
            results.append(result)
            progress.done(result)
    except KeyboardInterrupt:
        return "interrupted"
    except BrokenProcessPool:
        return "a process at work was lost"
    finally:
        progress.end()
    return ""


def _say_where_it_begins(parts: Parts, total: int) -> None:
    if parts.began_otherwise:
        print("the code, the depth or the readings are not those of the parts kept: begins anew", file=sys.stderr)
    elif parts.kept:
        print(f"{len(parts.kept)} of {total} parts were done before: goes on from there", file=sys.stderr)


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
