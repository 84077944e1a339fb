"""What is wrong with an operator's set-up is told before the run, in one line with its mend; no rule fails by it."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.operators.model_program import Operator, Server
from sim.validation.operator_file import OperatorUnderTest
from sim.validation.own_sandbox import Ports, own_sandbox
from sim.validation.plan import load_plan
from sim.validation.preflight import preflight
from sim.validation.rehearsal import PATHS, Place, connect, run_operator, stage_for
from sim.validation.words import fault_line
from tests.patience import HANG_SECONDS
from tests.validation.planted_faults import ELSEWHERE, FAULTS, PlantedFault, Scene
from tests.world.ports_servers import operator_endpoint

PLAN = replace(load_plan("essential"), patience_seconds=HANG_SECONDS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_the_set_up_is_one_line_with_its_mend(
    sandbox_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: PlantedFault
) -> None:
    with (
        operator_endpoint() as endpoint,
        stage_for(PLAN, OperatorUnderTest(), Place(tmp_path, target=sandbox_url)) as (stage, facts),
    ):
        trust = lambda path: monkeypatch.setenv("SSL_CERT_FILE", str(path))  # noqa: E731
        scene = Scene(sandbox_url, tmp_path, endpoint, {}, copy.deepcopy(facts), facts, trust)
        with Server(Operator(scene.system)) as server:
            scene.file.update({name: f"{server.url}/{path}" for name, path in PATHS.items()})
            fault.plant(scene)
            addresses: dict[str, Any] = dict(scene.file)
            stage.operator = replace(stage.operator, **addresses)
            stage.ask("PUT", "/_sandbox/operators/ALFA/endpoint", {"url": stage.operator.endpoint})
            (line,) = preflight(stage, PLAN, scene.harness)
    assert (fault.what in line.problem, line.blame, fault.mend in line.mend.en) == (True, fault.blame, True), line
    assert "\n" not in fault_line(line, "it")


@pytest.mark.parametrize(("member", "value"), [("line_state", "LA"), ("service", "ULL")])
def test_a_desk_that_hands_in_another_order_than_it_is_asked_is_named(
    sandbox_url: str, tmp_path: Path, member: str, value: str
) -> None:
    class Otherwise(Operator):
        def codes(self, disaggregated: bool) -> dict[str, Any]:
            return {**super().codes(disaggregated), member: value}

    with (
        stage_for(PLAN, OperatorUnderTest(), Place(tmp_path, target=sandbox_url)) as (stage, facts),
        Server(Otherwise(facts)) as server,
    ):
        connect(stage, server.url)
        (fault,) = preflight(stage, PLAN, facts)
    assert f"{member} {value}, asked for" in fault.problem
    assert (fault.blame, "LNA" in fault.mend.en) == ("configuration", True)


@pytest.mark.parametrize("is_key_here", [True, False])
def test_nothing_is_told_of_a_set_up_without_fault(sandbox_url: str, tmp_path: Path, is_key_here: bool) -> None:
    with (
        stage_for(PLAN, OperatorUnderTest(), Place(tmp_path, target=sandbox_url)) as (stage, facts),
        Server(Operator(facts)) as server,
    ):
        connect(stage, server.url)
        ours = facts if is_key_here else {**facts, "sftp": {**facts["sftp"], "client_keys": ELSEWHERE}}
        assert preflight(stage, PLAN, ours) == []


@pytest.mark.parametrize(
    ("key", "value", "mend"),
    [("agent_domain", "not a domain", "--operator"), ("endpoint", "http://0.0.0.0:9/", "to be called from here")],
)
def test_an_operator_that_cannot_be_registered_or_called_as_it_says_is_told_so(
    sandbox_url: str, tmp_path: Path, key: str, value: str, mend: str
) -> None:
    file = tmp_path / "alfa.toml"
    endpoint = "" if key == "endpoint" else 'endpoint = "http://127.0.0.1:9/"\n'
    file.write_text(f'{endpoint}{key} = "{value}"\n', encoding="utf-8")
    faults, run = run_operator(PLAN, file, Place(tmp_path, target=sandbox_url), "it", lambda line: None)
    assert run is None
    assert [(fault.blame, value in fault.problem) for fault in faults] == [("configuration", True)]
    assert mend in faults[0].mend.en


def test_a_slow_endpoint_is_told_with_how_long_it_takes(tmp_path: Path) -> None:
    with operator_endpoint() as endpoint, own_sandbox(tmp_path / "box", Ports(0, 0), 0.05) as introduction:
        endpoint.before_answer = lambda body: setattr(endpoint, "silent", len(endpoint.received) == 1)
        operator = OperatorUnderTest(endpoint=endpoint.url)
        with stage_for(PLAN, operator, Place(tmp_path, target=introduction["http"])) as (stage, facts):
            stage.clock_seconds = iter((100.0, 112.0)).__next__
            (fault,) = preflight(stage, PLAN, facts)
    assert fault.problem == f"endpoint {endpoint.url}: answered after 12 s, allowed 10 s"
    assert (fault.blame, "answer first" in fault.mend.en) == ("environment", True)
