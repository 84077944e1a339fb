"""All scenes under all readings, in a pool of processes, and whether the exploration holds.

The default readings come first: what was judged under them is judged again under others only in part.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reference_impl.life_cycle.transitions import TRANSITIONS
from reports.judging.hearing.rare_collections import rare_collections
from steps.selftest.exploration.crew import worked
from steps.selftest.exploration.lived import Entry, Life
from steps.selftest.exploration.scenes import SCENES, Scene, Variant, variants
from steps.selftest.exploration.search import Explored, Fault, explore, problem_of, remembered
from steps.selftest.exploration.tribunal import Finding, Tribunal, shortest

DEEPEST = 7
DEFAULT = "default"
FEW = 2  # for so many readings it does not pay to remember how they live
# Entries that no sequence of acts reaches, with the reason.
UNREACHABLE: Mapping[Entry, str] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """One scene under one set of readings, to a depth. `known_traces` are those that were judged by default."""

    scene: str
    variant: str
    depth: int
    known_traces: frozenset[str] = frozenset()
    among_many: bool = False  # other readings of this scene are explored too: what all of them live is remembered


@dataclass(frozen=True, slots=True)
class Result:
    """What one job brought home."""

    scene: str
    variant: str
    depth: int
    explored: Explored
    judged: frozenset[str]
    in_part: int
    findings: tuple[Finding, ...]
    seconds: float


@cache
def scenes_by_name() -> Mapping[str, Scene]:
    """The scenes."""
    return {scene.name: scene for scene in SCENES}


@cache
def variants_by_name() -> Mapping[str, Variant]:
    """The readings to explore under."""
    return {variant.name: variant for variant in variants()}


def chosen(words: Collection[str]) -> list[str]:
    """The variants that a name, or the name of a reading, stands for; all where none is named."""
    return [
        name
        for name, variant in variants_by_name().items()
        if not words or name in words or (len(variant.differs) == 1 and not variant.differs.keys().isdisjoint(words))
    ]


def jobs_of(variants: Collection[str], depth: int, known_traces: Mapping[str, frozenset[str]]) -> Iterator[Job]:
    """What there is to explore under some readings: every scene, the longest first."""
    for scene in SCENES:
        for variant in variants:
            of_depth = [name for name in variants if scene.depth_of(depth, name) == scene.depth_of(depth, variant)]
            among_many = len(of_depth) > FEW
            traces_of_scene = known_traces.get(scene.name, frozenset())
            yield Job(scene.name, variant, scene.depth_of(depth, variant), traces_of_scene, among_many)


@lru_cache(maxsize=1)  # the jobs of a scene come one after another: a third less time for a search
def known_life(scene: str, depth: int) -> Life:
    """A scene as it was lived under the default readings."""
    with rare_collections():
        return remembered(scenes_by_name()[scene], variants_by_name()[DEFAULT], depth)


def work(job: Job) -> Result:
    """One job, here."""
    start = time.process_time()
    scene, variant = scenes_by_name()[job.scene], variants_by_name()[job.variant]
    tribunal = Tribunal(scene, variant, job.known_traces)
    default_life = known_life(job.scene, job.depth) if job.among_many and job.variant != DEFAULT else None
    with rare_collections():  # a sixth of the time
        explored = explore(scene, variant, job.depth, tribunal.take, default_life=default_life)
        tribunal.close()
    explored.faults = [_shortened(fault, scene, variant) for fault in explored.faults]
    judged = frozenset(tribunal.judged) if job.variant == DEFAULT else frozenset()
    return Result(
        job.scene, job.variant, job.depth, explored, judged, tribunal.rejudged, tuple(tribunal.findings.values()),
        round(time.process_time() - start, 2),
    )  # fmt: skip


def _shortened(fault: Fault, scene: Scene, variant: Variant) -> Fault:
    """The same fault with every step left out that it does not need."""
    path = shortest(fault.path, lambda shorter: problem_of(scene, variant, shorter) == fault.problem)
    return Fault(path, fault.problem)


def expedition(names: Sequence[str], depth: int, workers: int, kept_results: Sequence[Result] = ()) -> Iterator[Result]:
    """The results of all scenes under the named readings but those that are `kept_results`, as they come."""
    done_jobs = {(result.scene, result.variant) for result in kept_results}
    known_traces = {result.scene: result.judged for result in kept_results if result.variant == DEFAULT}
    default_jobs = jobs_of([name for name in names if name == DEFAULT], depth, {})
    for result in worked(work, [job for job in default_jobs if (job.scene, job.variant) not in done_jobs], workers):
        known_traces[result.scene] = result.judged
        yield result
    other_jobs = jobs_of([name for name in names if name != DEFAULT], depth, known_traces)
    yield from worked(work, [job for job in other_jobs if (job.scene, job.variant) not in done_jobs], workers)


def entries_reached(results: Iterable[Result]) -> set[Entry]:
    """The entries of the table that any sequence reached."""
    return {entry for result in results for entry in result.explored.entries}


def entries_missed(results: Iterable[Result]) -> list[Entry]:
    """The entries that no sequence reached and that are not known to be unreachable, in the order of the table."""
    reached = entries_reached(results)
    return [entry for entry in TRANSITIONS if entry not in reached and entry not in UNREACHABLE]


def parts_of(names: Collection[str]) -> int:
    """How many parts an exploration under these readings has."""
    return len(SCENES) * len(names)


def is_clean(results: Sequence[Result]) -> bool:
    """Whether nothing is held against the reference."""
    return not any(result.findings or result.explored.faults for result in results)


def holds(results: Sequence[Result], is_whole: bool) -> bool:
    """Whether nothing is held against the reference and, of a whole exploration, every entry was reached."""
    return is_clean(results) and (not is_whole or not entries_missed(results))
