"""Small scenarios for the tests of capacity runs, as plain values that a test can change."""

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
from sim.capacity.jobs.store import describe
from sim.capacity.scenario.reader import read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario

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

Asked = tuple[object, str, int, bool]


class Terminal(io.StringIO):
    """What is written to a terminal, kept."""

    def isatty(self) -> bool:
        """It says that it is one."""
        return True


def values(**changes: object) -> dict[str, object]:
    """The small scenario with some values replaced: `sms__per_second=3` replaces `sms.per_second`."""
    made = copy.deepcopy(dict(SMALL))
    for path, value in changes.items():
        *tables, key = path.split("__")
        place = made
        for name in tables:
            place = place.setdefault(name, {})  # type: ignore[assignment]
        place[key] = value
    return made


def scenario(**changes: object) -> Scenario:
    """The small scenario with some values replaced, read."""
    return read_scenario("small.toml", values(**changes))


def plan(*variants: Variant, seed: int = 5, **changes: object) -> Plan:
    """A plan of the small scenario."""
    return Plan("small.toml", values(**changes), {}, variants or (Variant(BASE, {}),), seed)


@contextmanager
def doing_jobs_once() -> Iterator[dict[Asked, Finished]]:
    """Runs in this process find what they ask for, if it was done before; nobody may change what they find.

    What a command does with its replications is tried each time. That a job gives the same wherever and whenever it is
    done is shown in `test_runs` and `test_cluster`, by doing it again.
    """
    kept: dict[Asked, Finished] = {}

    def found_or_done(job: Job, progress: Progress | None = None) -> Finished:
        asked = _asked(job)
        if asked not in kept:
            kept[asked] = do(job, progress)
            for counts in kept[asked].arrays.values():
                counts.flags.writeable = False
        return replace(kept[asked], variant=job.variant.name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replications, "do", found_or_done)
        yield kept


def _asked(job: Job) -> Asked:
    """All that the counts and the trace of a job depend on: by what name and to answer what it is done does not."""
    plan = job.plan
    values = with_values(plan.values, job.variant.changes, plan.file) if job.variant.changes else plan.values
    plain = replace(plan, values=values, variants=(), vary="", is_grid=False, changes={})
    return describe(plain)["fingerprint"], plan.engine, job.replication, job.scenario.sampled_orders > 0
