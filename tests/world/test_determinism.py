"""The same seed gives the same bytes, in another process and whatever its hashes; another seed gives other links."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from sim.people.customers import Customers, person_of
from sim.recorder import to_json_line
from sim.world import World
from tests.judging.lives import ALFA, at
from tests.places import ROOT

SERVICES = ("ULL", "SLU", "VULA_FTTCAB", "VULA_FTTH", "BITSTREAM_NGA_FTTCAB", "BITSTREAM_NGA_FTTH")


def trace_of(seed: int) -> bytes:
    """Three weeks of twenty-four orders whose customers do what chance decides."""
    world = World(start=at("2026-03-23 06:00"), seed=seed, name="alone", territories={"LAZIO": 2})
    world.register_operator(**ALFA, commercial_services=["info_care", "rendez_vous"])
    world.sms_inbox.deliver = Customers(world).receive
    for number in range(24):
        code, service = f"ORDER-{number}", SERVICES[number % len(SERVICES)]
        project = {"project_code": "PRJ-ALFA"} if number % 5 else {}
        phone = person_of(seed, code).phone
        world.submit_order(order=code, operator="ALFA", service=service, line_state="LNA", phone=phone, **project)
        world.report_line(code, "AC" if service in ("ULL", "SLU") else "CO")
        world.run_until(world.now + 5_400_000 + number)
    world.run_until(at("2026-04-13 00:00"))
    return "\n".join(map(to_json_line, world.finish())).encode()


def digest_of(seed: int) -> str:
    return hashlib.sha256(trace_of(seed)).hexdigest()


def digest_in_another_process(seed: int, hash_seed: str) -> str:
    code = f"from tests.world.test_determinism import digest_of; print(digest_of({seed}))"
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return process.stdout.strip()


@pytest.mark.parametrize("hash_seed", ["0", "1234"])
def test_the_same_seed_gives_the_same_bytes_in_another_process_with_another_hash_seed(hash_seed: str) -> None:
    assert digest_in_another_process(7, hash_seed) == digest_of(7)


def test_the_same_seed_gives_the_same_bytes_twice_in_one_process() -> None:
    assert trace_of(3) == trace_of(3)


def test_another_seed_gives_another_trace() -> None:
    assert trace_of(3) != trace_of(4)


def test_the_trace_of_the_comparison_has_every_kind_of_life_in_it() -> None:
    trace = trace_of(7)
    for told in (b'"W09"', b'"PA"', b'"W24"', b"csv.deposited", b'"reminder"', b"visit.started", b"contact_policy"):
        assert told in trace
