"""How fast long traces are judged and how much memory that takes: `python -m tests.benchmark.judge_stream`.

A trace of so many events and one of four times as many are judged each in a process of its own, so that memory is its
own. Speed is told beside `json.loads` of the same lines in the same process, which meets the same machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.judging.reading.trace_reader import TraceFile
from tests.judging.stream.long_trace import EVENTS_OF_AN_ORDER, long_trace
from tests.places import ROOT

ORDERS_A_WEEK = 250
LONGER = 4
LATE_FILE = 100  # one file in so many comes late, so that there are findings


class Measured(NamedTuple):
    """One trace judged: its events, processor seconds of reading its JSON and of judging it, peak memory."""

    events: int
    json_seconds: float
    judge_seconds: float
    peak_mb: float


def main() -> None:
    """Write the traces, have them judged, say what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=30_000, help="of the longer trace (default: %(default)s)")
    parser.add_argument("--profile", default="default")
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.judge is not None:
        print(json.dumps(measured(options.judge, options.profile)))
        return
    with TemporaryDirectory() as folder:
        for events in (options.events // LONGER, options.events):
            path = Path(folder) / f"{events}.jsonl"
            write(path, events)
            print(account_of(judged_apart(path, options.profile), options.profile))


def write(path: Path, events: int) -> None:
    """A trace of about so many events, one order after the other over the weeks."""
    weeks = max(2, round(events / EVENTS_OF_AN_ORDER / ORDERS_A_WEEK))
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in long_trace(weeks, ORDERS_A_WEEK, LATE_FILE))


def judged_apart(path: Path, profile: str) -> Measured:
    command = [sys.executable, "-m", "tests.benchmark.judge_stream", "--judge", str(path), "--profile", profile]
    return Measured(*json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout))


def measured(path: Path, profile: str) -> Measured:
    """Judge a trace in this process."""
    events, json_seconds = 0, 0.0
    with path.open("rb") as lines:
        began_at = time.process_time()
        for line in lines:
            json.loads(line)
            events += 1
        json_seconds = time.process_time() - began_at
    began_at = time.process_time()
    judge(TraceFile(str(path)), load_profile(profile))
    judge_seconds = time.process_time() - began_at
    return Measured(events, json_seconds, judge_seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def account_of(run: Measured, profile: str) -> str:
    each = 1e6 * run.judge_seconds / run.events
    ratio = run.judge_seconds / run.json_seconds
    return f"{profile}: {run.events:,} events, {each:.0f} µs each, {ratio:.1f} x json.loads, peak {run.peak_mb:.0f} MB"


if __name__ == "__main__":
    main()
