"""A run from end to end: a sandbox, a world, the operator in it, the plan; with an operator of others or one of ours.

What lives here: putting the pieces together. It must not know rules or stories.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.operators.model_program import Server
from sim.sandbox.http_client import SandboxClient, Unaskable, Unreachable
from sim.sandbox.options import OptionError
from sim.sandbox.world.spec import free_name
from sim.validation.faults import REGISTRATION, Fault
from sim.validation.live import LiveLines
from sim.validation.operator_file import OperatorUnderTest, load_operator
from sim.validation.outcome import CONFIGURATION
from sim.validation.own_sandbox import ANY_FREE, Ports, facts_for, own_sandbox, write_facts
from sim.validation.plan import Plan
from sim.validation.preflight import preflight
from sim.validation.runner import Run, make_world, play
from sim.validation.shelf import WrongOperator, wrong_operator
from sim.validation.site_checks import strangers
from sim.validation.stage import RegistrationRefused, Stage
from sim.validation.words import READY

WORLD = "validate"
FACTS = "operator.json"
ASK_SECONDS = 120.0
BAD = frozenset({"FAIL", "WARNING"})
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run takes place: its folder, the ports of its own sandbox, or the address of a running one."""

    folder: Path
    port: int = 0
    sftp_port: int = 0
    target: str | None = None


@contextmanager
def stage_for(plan: Plan, operator: OperatorUnderTest, place: Place) -> Iterator[tuple[Stage, dict[str, Any]]]:
    """A world for a run with the operator in it, and what its system needs to know. Raises OptionError, StageError."""
    if place.target is not None:
        with _client(place.target) as client:
            addresses = client.ask("GET", "/_sandbox/addresses").members
            known_hosts = place.folder / "known_hosts"
            place.folder.mkdir(parents=True, exist_ok=True)
            known_hosts.write_text(addresses["sftp_known_hosts"] or "", encoding="ascii")
            world_names = {world["name"] for world in client.ask("GET", "/_sandbox/worlds").members["worlds"]}
            facts = addresses | {"sftp_known_hosts": str(known_hosts)}
            yield _stage(client, plan, operator, facts, free_name(WORLD, world_names))
        return
    ports = Ports(place.port, place.sftp_port)
    with (
        own_sandbox((place.folder / "sandbox").resolve(), ports, plan.answer_seconds) as facts,
        _client(facts["http"]) as client,
    ):
        yield _stage(client, plan, operator, facts, WORLD)


def run_operator(plan: Plan, file: Path, place: Place, language: str, tell: Tell) -> tuple[Sequence[Fault], Run | None]:
    """The run of an operator's own system; what is to be mended first, where something is."""
    operator = load_operator(file)
    try:
        with stage_for(plan, operator, place) as (stage, facts):
            write_facts(place.folder / FACTS, facts)
            tell(f"{facts['sandbox']}  {place.folder / FACTS}")
            faults = preflight(stage, plan, facts)
            if faults:
                return faults, None
            tell(READY.in_language(language))
            run = play(stage, plan, tell, LiveLines(stage, plan, language, tell).look)
            was_in = any(event["type"] == "csv.fetched" for event in run.trace)
            faults = [] if was_in else [*strangers(stage, facts["sftp"]["username"])]
            return faults, None if faults else run
    except RegistrationRefused as refused:
        return [Fault(f"operator {operator.operator}: {refused.args[1]}", CONFIGURATION, REGISTRATION)], None


def rehearse(
    plan: Plan,
    name: str,
    tell: Tell,
    target: str | None = None,
    language: str | None = None,
    ports: Ports = ANY_FREE,
) -> Run:
    """The run of the model operator, or of a wrong one, in a folder that is gone afterwards. Raises KeyError.

    With a language, verdicts are told while it goes on. The ports are those of its own sandbox.
    """
    row = wrong_operator(name)
    with (
        tempfile.TemporaryDirectory(prefix="appuntamento-") as folder,
        stage_for(plan, OperatorUnderTest(), Place(Path(folder), ports.http, ports.sftp, target)) as (stage, facts),
        Server(row.operator(facts)) as server,
    ):
        connect(stage, server.url)
        look = LiveLines(stage, plan, language, tell).look if language else _nobody_looks
        return play(stage, plan, tell, look)


def connect(stage: Stage, url: str) -> None:
    """The operator answers there: its desk, its round, and to notifications."""
    addresses: dict[str, Any] = {name: f"{url}/{path}" for name, path in PATHS.items()}
    stage.operator = replace(stage.operator, **addresses)
    stage.ask("PUT", f"/_sandbox/operators/{stage.operator.operator}/endpoint", {"url": addresses["endpoint"]})


def _nobody_looks() -> None:
    """Where nobody waits for verdicts."""


PATHS = {"endpoint": "notifications", "desk": "desk", "round": "round"}


def broken_by(run: Run) -> list[str]:
    """The rules in scope that a run found broken, or warned of."""
    return [ruling.rule for ruling in run.outcome.rules if ruling.verdict in BAD]


def is_as_expected(row: WrongOperator, found: Sequence[str], plan: Plan) -> bool:
    """Whether exactly the rules in scope that the operator breaks were found broken."""
    return set(found) == set(row.rules) & set(plan.rules)


def _stage(
    client: SandboxClient, plan: Plan, operator: OperatorUnderTest, addresses: dict[str, Any], name: str
) -> tuple[Stage, dict[str, Any]]:
    before = client.ask("GET", "/_sandbox/addresses").members["turned_away"]
    stage = make_world(client, plan, operator, name)
    stage.strangers_before = max((stranger["number"] for stranger in before), default=0)
    account = stage.ask("GET", f"/_sandbox/operators/{operator.operator}").members
    return stage, facts_for(account, addresses, addresses["sftp_known_hosts"], name)


@contextmanager
def _client(url: str) -> Iterator[SandboxClient]:
    try:
        client = SandboxClient(url, ASK_SECONDS)
    except Unaskable as error:
        raise OptionError("--target", url, f"the address of a sandbox: {error}") from error
    try:
        yield client
    except Unreachable as error:
        raise OptionError("--target", url, f"a sandbox that answers: {error}") from error
    finally:
        client.close()
