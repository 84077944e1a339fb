"""A world comes back from its file as it was, or says clearly that it does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.errors import AgentRejected, IntakeError
from sim.sandbox.world.acts.refusals import KeyReused, UnknownName
from sim.sandbox.world.command_records import KINDS, command_of, members_of
from sim.sandbox.world.durable import ReplayFault
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.store import FILE_NAME, Store, StoreError
from tests.sandbox.in_process import ALFA, engage, live_world, order


def change_on_disk(folder: Path, statement: str) -> None:
    """Change a world's file while no sandbox uses it."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as base, base:
        base.execute(statement)


def test_a_world_that_is_opened_again_has_the_same_trace_clock_and_orders(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        link = engage(world)
        world.act("confirm", link, world.offered_slots(link)[3])
        world.durable.run_towards(parse_instant("2026-03-03T12:00"))
        state = (list(world.trace), world.now, world.order("A-1").slot, world.site.files("ALFA"))
    with live_world(tmp_path) as world:
        assert (world.trace, world.now, world.order("A-1").slot, world.site.files("ALFA")) == state


def test_a_refusal_is_part_of_the_story_and_comes_back_with_it(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        link = engage(world)
        with pytest.raises(AgentRejected):
            world.act("reschedule", link, world.offered_slots(link)[0])
        trace = list(world.trace)
    with live_world(tmp_path) as world:
        assert world.trace == trace
        assert world.trace[-1]["type"] == "agent.rejected"


def test_an_order_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        trace = list(world.trace)
        with pytest.raises(IntakeError):
            world.submit_order(order("A-1", phone="none"))
        assert world.trace == trace
    with live_world(tmp_path) as world:
        assert world.trace == trace


def test_the_same_key_with_the_same_order_counts_once_also_after_a_restart(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        assert not world.submit_order(order("A-1"), "key", "request").replayed
        assert world.submit_order(order("A-1"), "key", "request").replayed
    with live_world(tmp_path) as world:
        assert world.submit_order(order("A-1"), "key", "request").replayed
        assert len(world.orders()) == 1


def test_the_same_key_with_another_order_is_refused(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        world.submit_order(order("A-1"), "key", "request")
        with pytest.raises(KeyReused, match="another request"):
            world.submit_order(order("A-2"), "key", "other request")


def test_a_clock_that_goes_on_without_effects_stays_one_command(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        for minute in range(1, 30):
            world.durable.run_towards(parse_instant(f"2026-03-03T08:{minute:02d}"))
    with closing(Store(tmp_path / FILE_NAME)) as store:
        assert [command.kind for command in store.commands("default")] == ["begin", "run"]
    with live_world(tmp_path) as world:
        assert world.now == parse_instant("2026-03-03T08:29")


# How each command has been written down since the first version.
WRITTEN: dict[str, dict[str, Any]] = {
    "begin": {},
    "register": {"endpoint": None, "members": {"operator": "ALFA"}},
    "order": {"members": {"order": "A-1"}},
    "line": {"code": "CO", "operator": "ALFA", "order": "A-1"},
    "cancel": {"operator": "ALFA", "order": "A-1", "reason": "operator"},
    "capacity": {"capacity": 2, "slot": [1, 2], "territory": "LAZIO"},
    "open": {"channel": None, "link": "0f"},
    "act": {"act": "decline", "channel": "customer", "link": "0f", "slot": None},
    "run": {"to": 1},
    "pace": {"pace": "x60"},
    "endpoint": {"operator": "ALFA", "url": None},
    "rotate": {"operator": "ALFA"},
    "retire": {"operator": "ALFA"},
    "answered": {"outcomes": [["default-1", 1, 204, ""]]},
    "resend": {"events": ["default-1"]},
    "fetch": {"name": "APPDIG.csv", "operator": "ALFA"},
    "remove": {"name": "APPDIG.csv", "operator": "ALFA"},
    "miss": {"name": "APPDIG.csv.part", "operator": "ALFA"},
    "disturb": {"how": "forged", "operator": "ALFA", "order": "A-1"},
    "probe": {
        "began": 1,
        "code": "W08",
        "kind": "forged",
        "operator": "ALFA",
        "order": "A-1",
        "reason": "",
        "status": 401,
    },
    "limit": {"operator": "ALFA", "retry_after_seconds": 2, "since_told_ms": 1},
    "set_limit": {"operator": "ALFA", "seconds": 2},
    "take_sms": {"encoding": "GSM-7", "segments": 1, "sender": "x", "text": "y", "to": "+39333"},
    "receipt": {"receipt": 0, "sms": "default-1"},
    "crowd": {"days": 1, "operator": "ALFA", "orders": 200, "seed": 7},
    "guided": {"operator": "ALFA", "plan": {"name": "essential"}},
    "guided_mark": {"act": 2, "how": "done"},
    "guided_note": {"picture": {"digest": "0f"}, "rule": "OP-4", "text": "y"},
    "guided_end": {},
}


def test_every_command_is_written_down_as_it_has_always_been() -> None:
    assert {kind: members_of(command_of(kind, members)) for kind, members in WRITTEN.items()} == WRITTEN
    assert set(KINDS) == set(WRITTEN)


@pytest.mark.parametrize(
    ("statement", "fault", "words"),
    [
        (
            "update command set kind = 'dance' where kind = 'begin'",
            StoreError,
            r"world default: command 0 \(dance\) cannot be read",
        ),
        (
            "update event set body = replace(body, 'W08', 'W24') where body like '%W08%'",
            ReplayFault,
            "command 3 gave other events",
        ),
        (
            "delete from event where position = (select max(position) from event)",
            ReplayFault,
            r"command \d+ gave other events when replayed; stored: nothing",
        ),
    ],
    ids=["a command that this version does not know", "an event that was changed", "an event that is missing"],
)
def test_what_was_changed_on_disk_is_a_fault_that_names_the_command(
    tmp_path: Path, statement: str, fault: type[Exception], words: str
) -> None:
    with live_world(tmp_path) as world:
        engage(world)
    change_on_disk(tmp_path, statement)
    with pytest.raises(fault, match=words), live_world(tmp_path):
        pass


def test_a_picture_is_kept_with_its_world_in_a_file_of_an_earlier_version_too(tmp_path: Path) -> None:
    with live_world(tmp_path):
        pass
    change_on_disk(tmp_path, "drop table picture")
    with live_world(tmp_path) as world:
        digest = world.keep_picture(b"picture")
        assert world.keep_picture(b"picture") == digest
        with pytest.raises(UnknownName):
            world.picture("0f")
    with live_world(tmp_path) as world:
        assert (world.picture(digest), digest) == (b"picture", sha256(b"picture").hexdigest())


def test_a_commit_that_fails_leaves_memory_as_the_disk_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with live_world(tmp_path) as world:
        world.register_operator(ALFA)
        trace = list(world.trace)
        monkeypatch.setattr(Store, "append", full)
        with pytest.raises(sqlite3.OperationalError):
            world.submit_order(order("A-1"))
        monkeypatch.undo()
        assert world.trace == trace
        assert world.orders() == []
        world.submit_order(order("A-1"))


def test_no_secret_of_a_link_is_on_disk(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        link = engage(world)
        world.durable.run_towards(parse_instant("2026-03-03T12:00"))
        world.open_link(link)
        world.act("confirm", link, world.offered_slots(link)[3])
        with pytest.raises(AgentRejected):
            world.act("confirm", digest_of("no-such-token-as-this-1"), world.offered_slots(link)[0])
        secrets = [link_row.link.rpartition("/")[2] for link_row in world.core.links]
        assert len(secrets) == 2
        stored = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE_NAME}*"))
    for secret in [*secrets, "no-such-token-as-this-1"]:
        assert secret.encode() not in stored


def test_a_second_sandbox_on_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with live_world(tmp_path), pytest.raises(StoreError, match="another sandbox is using it"):
        Store(tmp_path / FILE_NAME)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"something else altogether, and long enough to be looked at" * 20)
    with pytest.raises(StoreError, match="not a sandbox's file"):
        Store(tmp_path / FILE_NAME)
