"""The report of an exploration, as text and as JSON. Neither holds times, so the same tree gives the same bytes.

The text has 80 columns at most; only the events of a finding are longer, each a line of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from reference_impl.life_cycle.transitions import TRANSITIONS
from sim.recorder import to_json_line
from steps.selftest.exploration.expedition import UNREACHABLE, Result, entries_missed, entries_reached, holds
from steps.selftest.exploration.lived import Entry
from steps.selftest.exploration.scenes import SCENES
from steps.selftest.exploration.search import Path
from steps.selftest.exploration.tribunal import Finding
from steps.selftest.matrix import in_lines

SCENE_WIDTH, COUNT_WIDTH = 40, 16
COUNTED = ("states", "steps", "sequences", "traces")
MEMBERS = ("scene", "readings", "depth", *COUNTED, "judged_in_part")


def as_text(results: Sequence[Result], is_whole: bool, parts: int) -> str:
    """The counts of every scene, what was reached of the table, and what was found, of so many parts in all."""
    return "\n".join(
        [*_counts(results), "", *_coverage(results), "", *_found(results), *_conclusion(results, is_whole, parts), ""]
    )


def as_json(results: Sequence[Result], is_whole: bool, parts: int) -> str:
    """The same, for programs: every job, the entries of the table, every finding with its trace."""
    document = {
        "holds": len(results) == parts and holds(results, is_whole),
        "whole": is_whole,
        "parts": {"done": len(results), "of": parts},
        "jobs": [dict(zip(MEMBERS, _row(result), strict=True)) for result in in_order(results)],
        "entries": {
            "of": len(TRANSITIONS),
            "reached": sorted(map(_entry, entries_reached(results))),
            "missed": list(map(_entry, entries_missed(results))),
            "unreachable": {_entry(entry): reason for entry, reason in UNREACHABLE.items()},
        },
        "findings": [_finding(result, finding) for result in in_order(results) for finding in result.findings],
        "faults": [
            {"scene": result.scene, "readings": result.variant, "sequence": _told(fault.path), "problem": fault.problem}
            for result in in_order(results)
            for fault in result.explored.faults
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def in_order(results: Iterable[Result]) -> list[Result]:
    """The results in an order that does not depend on which process was faster."""
    places = {scene.name: place for place, scene in enumerate(SCENES)}
    return sorted(results, key=lambda result: (places[result.scene], result.variant != "default", result.variant))


def _row(result: Result) -> tuple[object, ...]:
    counts = (getattr(result.explored, name) for name in COUNTED)
    return result.scene, result.variant, result.depth, *counts, result.in_part


def _counts(results: Sequence[Result]) -> Iterator[str]:
    """Two lines for each scene, all readings together. Known traces look as under the default readings."""
    yield f"{'scene':{SCENE_WIDTH}}{'readings':>10}{'depth':>10}"
    yield "".join(f"{name:>{COUNT_WIDTH}}" for name in ("states", "steps", "traces", "known", "sequences"))
    for name, scene_results in _with_total(results):
        states, steps, traces, sequences = (
            sum(getattr(result.explored, count) for result in scene_results)
            for count in ("states", "steps", "traces", "sequences")
        )
        known_count = sum(result.in_part for result in scene_results)
        depth = max(result.depth for result in scene_results)
        readings = len({result.variant for result in scene_results})
        yield f"{name:{SCENE_WIDTH}}{readings:10}{depth:10}"
        yield "".join(f"{count:{COUNT_WIDTH},}" for count in (states, steps, traces, known_count, sequences))


def _with_total(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    for scene in SCENES:
        scene_results = [result for result in results if result.scene == scene.name]
        if scene_results:
            yield scene.name, scene_results
    yield "all", list(results)


def _coverage(results: Sequence[Result]) -> Iterator[str]:
    yield f"{len(entries_reached(results))} of {len(TRANSITIONS)} entries of the table were reached."
    for entry, reason in UNREACHABLE.items():
        yield from in_lines(f"  out of reach: {_entry(entry)}: {reason}")
    for entry in entries_missed(results):
        yield f"  not reached:  {_entry(entry)}"


def _found(results: Sequence[Result]) -> Iterator[str]:
    for result in in_order(results):
        for fault in result.explored.faults:
            yield from in_lines(f"FAULT in {result.scene}, readings {result.variant}: {fault.problem}")
            yield from _numbered(fault.path)
        for finding in result.findings:
            rule, verdict = finding.kind
            yield from in_lines(f"{rule} {verdict} in {result.scene}, readings {result.variant}")
            yield from in_lines(f"  expected {finding.expected}; observed {finding.observed}")
            yield from _numbered(finding.path)
            yield from (f"    {to_json_line(event)}" for event in finding.trace)


def _conclusion(results: Sequence[Result], is_whole: bool, parts: int) -> Iterator[str]:
    finding_count = sum(len(result.findings) + len(result.explored.faults) for result in results)
    if len(results) < parts:
        yield f"Not finished: {len(results):,} of {parts:,} parts were explored."
    if finding_count:
        yield f"The exploration does not hold: {finding_count} findings."
    elif len(results) < parts:
        yield "Undecided: nothing was found in these. The same command goes on from there."
    elif is_whole and entries_missed(results):
        yield "The exploration does not hold: entries of the table were not reached."
    else:
        yield "The exploration holds: no trace FAILs a rule, and nothing broke."


def _finding(result: Result, finding: Finding) -> dict[str, object]:
    rule, verdict = finding.kind
    return {
        "scene": result.scene, "readings": result.variant, "rule": rule, "verdict": verdict,
        "expected": finding.expected, "observed": finding.observed, "sequence": _told(finding.path),
        "trace": list(finding.trace),
    }  # fmt: skip


def _numbered(path: Path) -> Iterator[str]:
    for number, step in enumerate(_told(path), 1):
        yield from in_lines(f"    {number}. {step}")


def _told(path: Path) -> list[str]:
    return [str(move) for move in path]


def _entry(entry: Entry) -> str:
    return f"{entry[0]} {entry[1]}"
