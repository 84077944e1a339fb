"""Small scenarios for the tests of capacity runs, as plain values that a test can change; and how a test runs them."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from sim.capacity.engine.engine import Progress
from sim.capacity.jobs import replications
from sim.capacity.jobs.jobs import BASE, Finished, Job, Plan, Variant, do
from sim.capacity.jobs.progress import Progress as ProgressLine
from sim.capacity.jobs.replications import HereExecutor, run_plan
from sim.capacity.jobs.store import Store, describe
from sim.capacity.questions.planning import Runner
from sim.capacity.scenario.reader import read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.results import Run, run_of

SMALL: Mapping[str, object] = {
    "name": "small",
    "horizon": {"start": date(2026, 3, 2), "days": 14},
    "operators": [{"name": "ALFA", "orders_per_year": 7300, "services": {"VULA_FTTH": 2, "ULL": 1}}],
    "line_ready": {
        "copper": {"after_hours": {"distribution": "expon", "scale": 12}},
        "nga": {"after_hours": {"constant": 10}},
    },
    "territories": {"lazio": {"share": 1, "slots_per_band": 6}},
    "sms": {"per_second": 2},
    "notifications": {"concurrency": 2, "latency_ms": {"constant": 200}},
    "customers": {
        "books": 0.7,
        "refuses": 0.05,
        "answers_after_hours": {"distribution": "expon", "scale": 8},
        "wishes_days": {"values": [1, 2, 5]},
        "reschedules": 0.1,
        "cancels": 0.02,
    },
    "sample": {"orders": 60},
}

JobKey = tuple[object, str, int, bool]


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        """True: this is a terminal."""
        return True


def values(**changes: object) -> dict[str, object]:
    """The small scenario with some values replaced: `sms__per_second=3` replaces `sms.per_second`."""
    changed_values = copy.deepcopy(dict(SMALL))
    for path, value in changes.items():
        *tables, key = path.split("__")
        place = changed_values
        for name in tables:
            place = place.setdefault(name, {})  # type: ignore[assignment]
        place[key] = value
    return changed_values


def scenario(**changes: object) -> Scenario:
    """The small scenario with some values replaced, read."""
    return read_scenario("small.toml", values(**changes))


def plan(*variants: Variant, seed: int = 5, **changes: object) -> Plan:
    """A plan of the small scenario."""
    return Plan("small.toml", values(**changes), {}, variants or (Variant(BASE, {}),), seed)


def replication_of(plan: Plan, number: int = 0) -> Finished:
    """One replication of the first variant of a plan."""
    return do(plan.job(plan.variants[0], number))


def replications_of(plan: Plan, count: int, store: Store | None = None) -> list[Finished]:
    """The first replications of every variant of a plan, done in this process."""
    return run_plan(plan, count, store or Store(None), HereExecutor(), ProgressLine())


def complete_run(plan: Plan, count: int, store: Store | None = None) -> Run:
    """The run that these replications make."""
    return run_of(plan, replications_of(plan, count, store))


def runner_of(plan: Plan) -> Runner:
    """Runs replications in this process and keeps them in memory."""
    return Runner(plan, Store(None), HereExecutor(), ProgressLine())


@contextmanager
def doing_jobs_once() -> Iterator[dict[JobKey, Finished]]:
    """While it lasts, a job that was done before in this process is not done again: its result is given, read-only.

    What a command does with its replications is tried each time. That a job gives the same wherever and whenever it is
    done is shown in `test_runs` and `test_cluster`, by doing it again.
    """
    finished_jobs: dict[JobKey, Finished] = {}

    def found_or_done(job: Job, progress: Progress | None = None) -> Finished:
        job_key = _key_of(job)
        if job_key not in finished_jobs:
            finished_jobs[job_key] = do(job, progress)
            for counts in finished_jobs[job_key].arrays.values():
                counts.flags.writeable = False
        return replace(finished_jobs[job_key], variant=job.variant.name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replications, "do", found_or_done)
        yield finished_jobs


def _key_of(job: Job) -> JobKey:
    """All that the counts and the trace of a job depend on; names and the question that a job answers are left out."""
    plan = job.plan
    values = with_values(plan.values, job.variant.changes, plan.file) if job.variant.changes else plan.values
    plain = replace(plan, values=values, variants=(), vary="", is_grid=False, changes={})
    return describe(plain)["fingerprint"], plan.engine, job.replication, job.scenario.sampled_orders > 0
