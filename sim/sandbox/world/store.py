"""What a sandbox keeps on disk: worlds, their commands, and the events that each command produced.

One transaction holds a command and its events, so a restart finds both or neither. State is not stored: a world is
deterministic, so its commands are its state. Nothing is answered or sent outside before its transaction has ended.
Secrets of links do not get here; see `link_index`. The file is held by one process at a time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference_impl.errors import CallerError

FORMAT = 2  # 2: orders are named by operator and code
APPLICATION = 0x41444947  # "ADIG", so that `file` and people can tell
FILE_NAME = "sandbox.sqlite"
SCHEMA = """
create table world (name text primary key, spec text not null) without rowid;
create table command (
    world text not null references world (name) on delete cascade,
    number integer not null,
    at integer not null,
    kind text not null,
    payload text not null,
    key text,
    digest text,
    primary key (world, number)
) without rowid;
create unique index command_key on command (world, key) where key is not null;
create table event (
    world text not null references world (name) on delete cascade,
    position integer not null,
    command integer not null,
    body text not null,
    primary key (world, position)
) without rowid;
create table link (
    digest text primary key,
    world text not null references world (name) on delete cascade,
    operator text not null,
    subject text not null,
    channel text not null
) without rowid;
"""
# Of guided runs; a file that an earlier version made gets it when it is opened.
PICTURES = """
create table if not exists picture (
    world text not null references world (name) on delete cascade,
    digest text not null,
    content blob not null,
    primary key (world, digest)
) without rowid
"""


class StoreError(CallerError):
    """The data folder cannot be used. Data: path, what is wrong."""

    def __init__(self, path: str, wrong: str) -> None:
        super().__init__(path, wrong)
        self.path, self.wrong = path, wrong

    def __str__(self) -> str:
        return f"{self.path}: {self.wrong}"


@dataclass(frozen=True, slots=True)
class StoredCommand:
    """A command as it is written down: its number, the simulated instant, what it was, and the caller's own key."""

    number: int
    at: int
    kind: str
    payload: Mapping[str, Any]
    key: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that was given out, by the digest of its secret."""

    digest: str
    operator: str
    subject: str
    channel: str


class Store:
    """One SQLite file. Every method that writes is one transaction, on disk when it returns.

    A store that is not durable survives the end of the process, not that of the machine: no write waits for the disk.
    """

    def __init__(self, path: Path, is_durable: bool = True) -> None:
        self._path = path
        self._base = _open_file(path, is_durable)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def add_world(self, name: str, spec: Mapping[str, Any]) -> None:
        """Keep a new world."""
        with self._writing():
            self._base.execute("insert into world values (?, ?)", (name, _json(spec)))

    def drop_world(self, name: str) -> None:
        """Forget a world and all that is its own."""
        with self._writing():
            self._base.execute("delete from world where name = ?", (name,))

    def worlds(self) -> list[tuple[str, dict[str, Any]]]:
        """All worlds with their specifications, by name."""
        rows = self._base.execute("select name, spec from world order by name")
        return [(name, json.loads(spec)) for name, spec in rows]

    def append(
        self, world: str, command: StoredCommand, first_position: int, bodies: Sequence[str], links: Sequence[LinkRow]
    ) -> None:
        """Keep a command together with the events that it produced, the first of them at `first_position`."""
        row = (world, command.number, command.at, command.kind, _json(command.payload), command.key, command.digest)
        events = [(world, first_position + index, command.number, body) for index, body in enumerate(bodies)]
        link_rows = [(link.digest, world, link.operator, link.subject, link.channel) for link in links]
        with self._writing():
            self._base.execute("insert into command values (?, ?, ?, ?, ?, ?, ?)", row)
            self._base.executemany("insert into event values (?, ?, ?, ?)", events)
            self._base.executemany("insert into link values (?, ?, ?, ?, ?)", link_rows)

    def replace_payload(self, world: str, command: StoredCommand) -> None:
        """Replace the payload of the last command, a move of the clock, that no event has followed."""
        with self._writing():
            self._base.execute(
                "update command set payload = ? where world = ? and number = ?",
                (_json(command.payload), world, command.number),
            )

    def commands(self, world: str) -> Iterator[StoredCommand]:
        """The commands of a world in order."""
        rows = self._base.execute(
            "select number, at, kind, payload, key, digest from command where world = ? order by number", (world,)
        )
        for number, at, kind, payload, key, digest in rows:
            yield StoredCommand(number, at, kind, json.loads(payload), key, digest)

    def events(self, world: str) -> Iterator[tuple[int, str]]:
        """The stored events of a world in order, each with the number of its command."""
        return iter(self._base.execute("select command, body from event where world = ? order by position", (world,)))

    def add_picture(self, world: str, digest: str, content: bytes) -> None:
        """Keep a picture of a world; once, however often it comes."""
        with self._writing():
            self._base.execute("insert or ignore into picture values (?, ?, ?)", (world, digest, content))

    def picture(self, world: str, digest: str) -> bytes | None:
        """A picture of a world, if it is there."""
        select = "select content from picture where world = ? and digest = ?"
        row = self._base.execute(select, (world, digest)).fetchone()
        return None if row is None else bytes(row[0])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._base.execute("begin immediate")
        try:
            yield
            self._base.execute("commit")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("rollback")
            raise


def _open_file(path: Path, is_durable: bool) -> sqlite3.Connection:
    try:
        path.touch(mode=0o600)  # telephone numbers are in it; what SQLite writes beside it has the same mode
        base = sqlite3.connect(path, isolation_level=None, timeout=0.5, check_same_thread=False)
        base.execute("pragma locking_mode = exclusive")
        base.execute("pragma journal_mode = wal")
        base.execute(f"pragma synchronous = {'full' if is_durable else 'off'}")
        base.execute("pragma foreign_keys = on")
        _prepare(base, path)
    except sqlite3.OperationalError as error:
        wrong = "another sandbox is using it" if "locked" in str(error) else f"cannot be opened: {error}"
        raise StoreError(str(path), wrong) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(str(path), "is not a sandbox's file") from error
    return base


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    """Take the file for this process, and make its tables if it is new."""
    base.execute("begin immediate")
    version = base.execute("pragma user_version").fetchone()[0]
    if version == 0 and base.execute("select count(*) from sqlite_master").fetchone()[0] == 0:
        for statement in SCHEMA.strip().rstrip(";").split(";\n"):
            base.execute(statement)
        base.execute(f"pragma application_id = {APPLICATION}")
        base.execute(f"pragma user_version = {FORMAT}")
    if is_ours := base.execute("pragma user_version").fetchone()[0] == FORMAT:
        base.execute(PICTURES)
    base.execute("commit")
    if not is_ours:
        base.close()
        raise StoreError(str(path), f"was not written by this version; allowed: format {FORMAT}")


def as_stored(value: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data as it comes back from the store, so that an act now is the same as in a replay."""
    stored: dict[str, Any] = json.loads(_json(value))
    return stored


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
