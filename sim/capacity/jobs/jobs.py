"""The work of a run, cut into jobs: one replication of one variant each, that any process anywhere can do.

A job carries plain values only, so that it can travel. What it gives back is the same wherever it is done.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.capacity.cohort.choice import AUTO, ENGINES, SERVICE, run_by
from sim.capacity.engine.engine import Progress
from sim.capacity.engine.tally import Arrays
from sim.capacity.errors import RunError, ScenarioError
from sim.capacity.judged import readings_of
from sim.capacity.memory import give_back_what_is_free
from sim.capacity.scenario.file_rows import path_of
from sim.capacity.scenario.reader import Values, files_named, load_values, read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario
from sim.recorder import Event

BASE = "base"
# A search repeats each value, or pair of values, many times. What the judge sees of the first two is enough; to see
# orders of all would be a seventh of the time of a plan.
SAMPLED_OF_A_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Variant:
    """A scenario with some values replaced, by dotted path. The one without changes is `base`."""

    name: str
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Plan:
    """What is to be run: a scenario's values, the readings of its profile, the variants and the seed.

    `vary` is the parameter of a search, whose variants are not known beforehand; empty for any other run. `is_grid`
    says that it is a search among pairs of values, all of them known. `changes` are the values that were replaced in
    the file's for all variants alike; `values` holds them already. `files` are the files whose rows the variants read,
    by name, each with the SHA-256 of its content when the plan was made: every job reads them anew, and a run is of
    one content.
    """

    file: str
    values: Values
    readings: Mapping[str, object]
    variants: tuple[Variant, ...]
    seed: int
    keeps_orders: bool = False
    vary: str = ""
    changes: Mapping[str, object] = field(default_factory=dict)
    engine: str = AUTO
    files: Mapping[str, str] = field(default_factory=dict)
    is_grid: bool = False

    @property
    def is_search(self) -> bool:
        """Whether values are tried until the answer is sure."""
        return bool(self.vary) or self.is_grid

    def with_variants(self, variants: Sequence[Variant]) -> Plan:
        """The same plan with other variants; every one is read, so that errors come first. Raises ScenarioError."""
        for variant in variants:
            self.scenario(variant)
        return self.with_unread(variants)

    def with_unread(self, variants: Sequence[Variant]) -> Plan:
        """The same plan with other variants that nobody has read, and the content of the files that they name."""
        names = frozenset[str]().union(*(files_named(self._values_of(variant)) for variant in variants))
        digests = {name: _content_digest(path_of(self.file, name)) for name in sorted(names)}
        return replace(self, variants=tuple(variants), files=digests)

    def check_files(self) -> None:
        """Raise RunError for a file that is not what it was when the plan was made."""
        for name, digest in self.files.items():
            if _content_digest(path_of(self.file, name)) != digest:
                raise RunError("file", name, "files that stay as they are until the run has ended; run it again")

    def scenario(self, variant: Variant) -> Scenario:
        """The scenario of a variant. Raises ScenarioError."""
        if "profile" in variant.changes:
            allowed = "the same profile in all variants; readings.NAME can differ"
            raise ScenarioError(self.file, "", "profile", variant.changes["profile"], allowed)
        is_read_otherwise = any(path.startswith("readings.") for path in variant.changes)
        return read_scenario(
            self.file, self._values_of(variant), lambda _: self.readings, terms_may_be_over=is_read_otherwise
        )

    def _values_of(self, variant: Variant) -> Values:
        return with_values(self.values, variant.changes, self.file) if variant.changes else self.values

    def job(self, variant: Variant, replication: int) -> Job:
        """One unit of work."""
        return Job(self, variant, replication)


@dataclass(frozen=True)
class Job:
    """One replication of one variant."""

    plan: Plan
    variant: Variant
    replication: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the others."""
        return self.variant.name, self.replication

    @property
    def scenario(self) -> Scenario:
        """What is run: of a search, without orders for the judge after the first replications of a value."""
        scenario = self.plan.scenario(self.variant)
        is_sampled = not self.plan.is_search or self.replication < SAMPLED_OF_A_SEARCH
        return scenario if is_sampled else replace(scenario, sampled_orders=0)


@dataclass(frozen=True)
class Finished:
    """A job that is done: its counts, the trace of its sampled orders, how long it took, and by which engine."""

    variant: str
    replication: int
    arrays: Arrays
    trace: Sequence[Event]
    seconds: float
    engine: str = SERVICE

    @property
    def key(self) -> tuple[str, int]:
        """Which job it was."""
        return self.variant, self.replication


def make_plan(
    name: str,
    *,
    seed: int = 0,
    keeps_orders: bool = False,
    changes: Mapping[str, object] | None = None,
    engine: str = AUTO,
) -> Plan:
    """A plan from the name or path of a scenario; it is read, so that errors come first.

    `changes` replaces values for all variants alike, by dotted path.
    """
    if engine not in ENGINES:
        raise RunError("--engine", engine, ", ".join(ENGINES))
    file, written = load_values(name)
    values = with_values(written, changes or {}, file)
    read_scenario(file, values, readings_of)  # the profile too
    plan = Plan(file, values, _readings(values), (), seed, keeps_orders, changes=dict(changes or {}), engine=engine)
    return plan.with_variants([Variant(BASE, {})])


def unread_plan(name: str, seed: int, changes: Mapping[str, object]) -> Plan:
    """The plan of a run without variants, for its fingerprint: nothing of the scenario is checked, no row is read.

    Raises ScenarioError, RunError for files that cannot be read, ValueError for a profile that is none.
    """
    file, written = load_values(name)
    values = with_values(written, changes, file)
    return Plan(file, values, _readings(values), (), seed, changes=dict(changes)).with_unread([Variant(BASE, {})])


def _readings(values: Values) -> Mapping[str, object]:
    return dict(readings_of(str(values.get("profile", "default"))))


def _content_digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise RunError("file", str(path), "a file that can be read until the run has ended") from error


def do(job: Job, progress: Progress | None = None) -> Finished:
    """Run a job, here and now."""
    began = time.perf_counter()
    plan = job.plan
    plan.check_files()
    done = run_by(plan.engine, job.scenario, plan.seed, job.replication, progress, plan.keeps_orders)
    give_back_what_is_free()
    return Finished(*job.key, done.arrays, done.trace, time.perf_counter() - began, done.engine)
