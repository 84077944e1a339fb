"""Nothing is lost and nothing doubled, however often and wherever the sandbox is killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.patience import HANG_SECONDS
from tests.places import ROOT


def test_a_world_killed_before_within_and_after_every_write_is_the_world_that_was_never_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.sandbox.durability.deaths", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
    assert ended.returncode == 0, ended.stderr
    summary = json.loads(ended.stdout)
    assert summary["deaths"] >= 200
    assert summary["same_trace"]
    assert summary["same_clock"]
    assert summary["same_wire"], "a delivery came with another id or content than in the life without deaths"
    assert summary["engaged"] == sorted(f"A-{number}" for number in range(1, 13)), "one engagement SMS for each order"
    assert summary["files"] == ["APPDIG_ALFA_20260303120000.csv"]
    assert summary["states"] == ["refused", "visited"]
