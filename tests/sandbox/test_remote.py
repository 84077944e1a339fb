"""The features over real wires: a sandbox in another process gives the verdicts that the reference gives in process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import appuntamento
from reports.judging.exit_status import BAD_INPUT, CONFORMANT
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from steps.coverage import SYSTEM
from steps.drivers.remote import RemoteDriver
from steps.drivers.target import Target, TargetError, TargetLost
from steps.drivers.verbs import Refused, TraceEvent
from steps.run import run_features
from tests.sandbox.process import SandboxProcess, sandbox

# Every wire is in it: intake and its refusals, SMS, files, the Virtual Agent, the ledger, an operator's own system.
RULES = ("ELIG-4", "ROUTE-5", "SMS-5", "CSV-3", "UNR-3", "LINK-1", "LINK-4", "BOOK-3", "REF-2", "OP-2", "OP-5")
AT_ONCE = ("RACE-1", "RACE-2", "INV-6")  # of these what is done at once: each act over a connection of its own
AT_ONCE_SAID = "insieme"
MOVES = "RES-4"  # appointments that are moved, of which no other rule above tells: the rule with the fewest scenarios
CLOSED_PORT = 9  # nobody answers there


def outcomes(events: Sequence[TraceEvent]) -> dict[tuple[str, str], tuple[str, str]]:
    """How each scenario ended."""
    ends = [event["data"] for event in events if event["type"] == "scenario.finished"]
    return {(end["feature"], end["scenario"]): (end["outcome"], end["message"]) for end in ends}


def verdicts(events: Sequence[TraceEvent]) -> dict[str, str]:
    """The verdict on each rule."""
    document: dict[str, Any] = json.loads(judge(events, load_profile("default")).to_json())
    return {rule["rule"]: rule["verdict"] for rule in document["rules"]}


def test_features_end_as_in_process_and_are_judged_the_same(box: SandboxProcess) -> None:
    profile = load_profile("default")
    in_process = run_features(profile, RULES, tested=SYSTEM)
    with Target(box.url) as target:
        over_wires = run_features(profile, RULES, make=partial(RemoteDriver, target), tested=SYSTEM)
    assert outcomes(over_wires) == outcomes(in_process)
    assert verdicts(over_wires) == verdicts(in_process)
    assert {outcome for outcome, _ in outcomes(over_wires).values()} == {"passed"}
    assert [world["name"] for world in box.get("/_sandbox/worlds")["worlds"]] == ["default"]
    assert {path.name for path in (Path(box.introduction["data"]) / "keys").iterdir()} == {
        "ALFA",
        "BETA",
        "known_hosts",
    }


def test_races_over_real_wires_have_one_winner_each(box: SandboxProcess) -> None:
    with Target(box.url) as target:
        make = partial(RemoteDriver, target)
        events = run_features(load_profile("default"), AT_ONCE, make=make, words=AT_ONCE_SAID, tested=SYSTEM)
    ended = outcomes(events)
    assert {outcome for outcome, _ in ended.values()} == {"passed"}
    assert sum(event["type"] == "agent.rejected" for event in events) >= len(ended)


def test_the_command_drives_a_running_sandbox(box: SandboxProcess, tmp_path: Path) -> None:
    report = tmp_path / "report"
    command = ["conformance", "--target", box.url, "--profile", "default", "--rule", MOVES, "--report", str(report)]
    command.append("--json")
    assert appuntamento.main(command) == CONFORMANT
    content = json.loads((report / "verdicts.json").read_text(encoding="utf-8"))
    assert next(rule["verdict"] for rule in content["rules"] if rule["rule"] == MOVES) == "PASS"


def test_what_an_sms_and_a_file_say_is_what_the_wire_carried(box: SandboxProcess) -> None:
    with Target(box.url) as target:
        driver = a_world(target, "wires")
        driver.register(ALFA)
        driver.submit(ORDER)
        driver.line("ALFA", "OL-1", "CO")
        driver.run_until(START + 12 * 3_600_000)
        (sms,) = [event for event in driver.trace if event["type"] == "sms.sent"]
        (message,) = box.get("/worlds/wires/_sandbox/sms")["messages"]
        assert (sms["data"]["text"], sms["data"]["link"]) == (message["text"], message["link"])
        (deposit,) = [event for event in driver.trace if event["type"] == "csv.deposited"]
        assert driver.fetch(deposit["subject"]).decode().startswith("OL-1;")
        assert [event["subject"] for event in driver.finish() if event["type"] == "csv.fetched"] == [deposit["subject"]]


def test_refusals_say_the_field_or_the_reason(box: SandboxProcess) -> None:
    with Target(box.url) as target, closing(a_world(target, "refusals")) as driver:
        with pytest.raises(Refused, match="agent_domain"):
            driver.register({**ALFA, "agent_domain": "non un dominio"})
        driver.register(ALFA)
        with pytest.raises(Refused, match="phone"):
            driver.submit({**ORDER, "phone": "x"})
        with pytest.raises(Refused, match="unknown_link"):
            driver.act("confirm", "https://x.example/inventato", "customer", (START, START + 7_200_000))


def test_a_world_that_an_earlier_run_left_behind_is_made_anew(box: SandboxProcess) -> None:
    with Target(box.url) as target:
        a_world(target, "left-behind").register(ALFA)
        with closing(a_world(target, "left-behind")) as driver:
            driver.register(ALFA)


@pytest.mark.parametrize("url", [f"http://127.0.0.1:{CLOSED_PORT}", "ftp://127.0.0.1", "localhost", "http://[", "x"])
def test_a_target_that_is_none_is_told_in_one_line(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TargetError):
        Target(url)
    assert appuntamento.main(["conformance", "--target", url]) == BAD_INPUT
    assert len(capsys.readouterr().err.strip().splitlines()) <= 2  # the seed, and what is wrong


def test_a_target_that_dies_in_the_middle_is_no_verdict_on_a_rule(tmp_path: Path) -> None:
    with sandbox("--data", str(tmp_path)) as box, ExitStack() as stack:
        target = stack.enter_context(Target(box.url))
        box.kill()
        run_features(load_profile("default"), (MOVES,), make=partial(RemoteDriver, target), tested=SYSTEM)
        with pytest.raises(TargetLost):
            stack.close()


START = 1_772_492_400_000  # 2026-03-03 00:00 in Rome
ALFA = {"operator": "ALFA", "agent_domain": "agente.alfa.example", "project_codes": ["PRJ-ALFA"]}
ORDER = {
    "order": "OL-1",
    "operator": "ALFA",
    "service": "VULA_FTTH",
    "line_state": "LNA",
    "project_code": "PRJ-ALFA",
    "phone": "+393331234567",
}


def a_world(target: Target, name: str) -> RemoteDriver:
    """A driver of a new world of the sandbox."""
    return RemoteDriver(
        target, name=name, start=START, readings={}, declared={}, seed=0, capacity=4, under_test="service"
    )
