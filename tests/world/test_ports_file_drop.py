"""What any FileDrop must do, shown on the double and on a real SFTP site alike."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.formats.csv_file import Row, write_rows
from reference_impl.policy import CsvDialect
from reference_impl.ports import FileDrop
from sim.doubles import DropDouble
from sim.recorder import Recorder
from tests.world.ports_servers import known_site, sftp_site

DIALECT = CsvDialect()
NOW = parse_instant("2026-03-03T12:00:00")
NAME = "APPDIG_ALFA_20260303120000.csv"
LINK = "https://agenda.alfa.example/abc"
ONE_ROW = write_rows([Row("ALFA-1", "03/03/2026", LINK, "+393330000001")], DIALECT)
OTHER_ROW = write_rows([Row("ALFA-2", "03/03/2026", LINK, "+393330000002")], DIALECT)
MANY_ROWS = write_rows([Row(f"ALFA-{n}", "03/03/2026", LINK, "+393330000003") for n in range(3000)], DIALECT)


@dataclass
class Bench:
    """A drop under test, and what an operator who lists and reads its directory would see."""

    drop: FileDrop
    listdir: Callable[[str], list[str]]
    read: Callable[[str], bytes]


class SftpDrop:
    """A FileDrop on a real SFTP site: a file gets its own name when all of its bytes have arrived."""

    def __init__(self, loop: asyncio.Runner, client: asyncssh.SFTPClient) -> None:
        self._loop, self._client = loop, client

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        self._loop.run(self._upload(f"/{operator}/.{name}.part", f"/{operator}/{name}", data))
        return f"/{operator}/{name}"

    async def _upload(self, part: str, path: str, data: bytes) -> None:
        if await self._client.lexists(path):
            raise FileExistsError(path)
        async with self._client.open(part, "wb") as file:
            await file.write(data)
        await self._client.posix_rename(part, path)


async def client_of(folder: Path, stack: AsyncExitStack) -> asyncssh.SFTPClient:
    """A client at an SFTP site of the folder; the stack closes both."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    site = await stack.enter_async_context(await sftp_site(folder, key))
    known_hosts, quiet = known_site(site, key), {"config": None, "agent_path": None}
    connection = await stack.enter_async_context(
        asyncssh.connect(
            "127.0.0.1", site.get_port(), username="service", client_keys=[key], known_hosts=known_hosts, **quiet
        )
    )
    return await stack.enter_async_context(connection.start_sftp_client())


@pytest.fixture(params=["double", "sftp"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    if request.param == "double":
        double = DropDouble(Recorder(lambda: NOW), DIALECT)
        yield Bench(double, double.listdir, double.read)
        return
    for operator in ("ALFA", "BETA"):
        (tmp_path / operator).mkdir()
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        try:
            drop = SftpDrop(loop, loop.run(client_of(tmp_path, stack)))
            yield Bench(drop, lambda operator: names_in(tmp_path / operator), lambda path: bytes_of(tmp_path, path))
        finally:
            loop.run(stack.aclose())


def names_in(folder: Path) -> list[str]:
    """Everything in an operator's directory, hidden names too."""
    return sorted(path.name for path in folder.iterdir())


def bytes_of(site: Path, path: str) -> bytes:
    return (site / path.lstrip("/")).read_bytes()


def test_a_deposit_returns_the_path_where_exactly_those_bytes_are(bench: Bench) -> None:
    path = bench.drop.deposit("ALFA", NAME, ONE_ROW)
    assert path == f"/ALFA/{NAME}"
    assert bench.read(path) == ONE_ROW
    assert bench.listdir("ALFA") == [NAME]


def test_a_file_of_many_rows_arrives_whole(bench: Bench) -> None:
    assert bench.read(bench.drop.deposit("ALFA", NAME, MANY_ROWS)) == MANY_ROWS


def test_an_empty_file_arrives_too(bench: Bench) -> None:
    assert bench.read(bench.drop.deposit("ALFA", NAME, b"")) == b""


def test_a_name_that_is_taken_is_refused_and_the_first_file_stays(bench: Bench) -> None:
    path = bench.drop.deposit("ALFA", NAME, ONE_ROW)
    with pytest.raises(FileExistsError, match=NAME):  # CSV-1
        bench.drop.deposit("ALFA", NAME, OTHER_ROW)
    assert bench.read(path) == ONE_ROW
    assert bench.listdir("ALFA") == [NAME]


def test_each_operator_has_a_directory_of_its_own(bench: Bench) -> None:
    bench.drop.deposit("ALFA", NAME, ONE_ROW)
    bench.drop.deposit("BETA", NAME, OTHER_ROW)
    assert bench.listdir("ALFA") == bench.listdir("BETA") == [NAME]
    assert bench.read(f"/BETA/{NAME}") == OTHER_ROW


def test_the_double_records_the_rows_that_the_bytes_hold() -> None:
    recorder = Recorder(lambda: NOW)
    DropDouble(recorder, DIALECT).deposit("ALFA", NAME, ONE_ROW)
    [event] = recorder.events
    row = {"order": "ALFA-1", "date": "03/03/2026", "link": LINK, "phone": "+393330000001"}
    assert (event["type"], event["subject"]) == ("csv.deposited", f"/ALFA/{NAME}")
    assert event["data"] == {"operator": "ALFA", "path": f"/ALFA/{NAME}", "rows": [row]}
