"""All features in process and over the wires of a sandbox in another process, side by side: seconds and verdicts.

Run it with `python -m tests.benchmark.conformance_over_wires [PROFILE]`; exit status 1 if a verdict differs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reports.judging.judge import judge
from reports.judging.profiles import Profile, load_profile
from steps.drivers.reference import InProcessDriver
from steps.drivers.remote import RemoteDriver
from steps.drivers.target import Target
from steps.drivers.verbs import Driver, TraceEvent
from steps.run import run_features
from tests.sandbox.process import sandbox

LIMIT_SECONDS = 300


def main(profile_name: str = "default") -> int:
    """Run both and say what was found."""
    profile = load_profile(profile_name)
    events_here, here_seconds = timed(profile, InProcessDriver)
    with sandbox() as box, Target(box.url) as target:
        events_there, there_seconds = timed(profile, partial(RemoteDriver, target))
    found_here, found_there = verdicts(events_here, profile), verdicts(events_there, profile)
    differing = {
        rule: (found_here[rule], found_there[rule]) for rule in found_here if found_here[rule] != found_there[rule]
    }
    scenarios = sum(event["type"] == "scenario.finished" for event in events_there)
    print(f"{scenarios} scenarios, profile {profile_name}")
    print(f"in process {here_seconds:.1f} s, over the wires {there_seconds:.1f} s (limit {LIMIT_SECONDS} s)")
    print(f"verdicts that differ: {', '.join(differing) or 'none'}")
    return 1 if differing else 0


def timed(profile: Profile, make: Callable[..., Driver]) -> tuple[list[TraceEvent], float]:
    """The trace of a run, and how long it took."""
    began = time.perf_counter()
    return run_features(profile, make=make), time.perf_counter() - began


def verdicts(events: Sequence[TraceEvent], profile: Profile) -> dict[str, str]:
    """The verdict on each rule."""
    document: dict[str, Any] = json.loads(judge(events, profile).to_json())
    return {rule["rule"]: rule["verdict"] for rule in document["rules"]}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
