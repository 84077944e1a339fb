"""What any FileDrop must do, shown on double and real SFTP adapter alike; then what only a network can do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.formats.csv_file import Row, write_rows
from reference_impl.policy import CsvDialect
from reference_impl.ports import FileDrop
from sim.doubles import DropDouble
from sim.recorder import Recorder
from tests.world.ports_servers import SftpServer, sftp_server
from tests.world.sftp_adapter import AsyncsshDrop, DepositError, SftpSite

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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    threads = threading.enumerate()
    folder, keys = tmp_path / "site", tmp_path / "keys"
    for path in (folder / "ALFA", folder / "BETA", keys):
        path.mkdir(parents=True)
    with sftp_server(folder, keys) as running:
        yield running
    assert threading.enumerate() == threads


@pytest.fixture(params=["double", "asyncssh"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "double":
        double = DropDouble(Recorder(lambda: NOW), DIALECT)
        yield Bench(double, double.listdir, double.read)
        return
    server: SftpServer = request.getfixturevalue("server")
    with AsyncsshDrop(server.site) as drop:
        yield Bench(drop, lambda operator: names_in(server, operator), lambda path: bytes_of(server, path))


def names_in(server: SftpServer, operator: str) -> list[str]:
    """Everything in an operator's directory, hidden names too."""
    return sorted(path.name for path in (server.folder / operator).iterdir())


def bytes_of(server: SftpServer, path: str) -> bytes:
    return (server.folder / path.lstrip("/")).read_bytes()


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


def test_a_cut_upload_leaves_nothing_in_sight_and_can_be_repeated(server: SftpServer) -> None:
    server.misbehave("cut")
    with AsyncsshDrop(server.site) as drop:
        with pytest.raises(DepositError, match=f"/ALFA/{NAME}: transfer failed"):
            drop.deposit("ALFA", NAME, ONE_ROW)
        assert names_in(server, "ALFA") == []
        server.misbehave(None)
        drop.deposit("ALFA", NAME, ONE_ROW)
    assert bytes_of(server, f"/ALFA/{NAME}") == ONE_ROW


def test_a_cut_before_the_file_has_its_name_leaves_nothing(server: SftpServer) -> None:
    server.misbehave("cut before renaming")
    with AsyncsshDrop(server.site) as drop, pytest.raises(DepositError, match="the file is not deposited") as error:
        drop.deposit("ALFA", NAME, ONE_ROW)
    assert error.value.step == "renaming"
    assert names_in(server, "ALFA") == []


def test_a_cut_after_the_file_has_its_name_is_no_failure(server: SftpServer) -> None:
    server.misbehave("cut after renaming")
    with AsyncsshDrop(server.site) as drop:
        drop.deposit("ALFA", NAME, ONE_ROW)
    assert bytes_of(server, f"/ALFA/{NAME}") == ONE_ROW


def test_a_partial_file_that_an_earlier_cut_left_is_written_over(server: SftpServer) -> None:
    (server.folder / "ALFA" / f".{NAME}.part").write_bytes(MANY_ROWS)
    with AsyncsshDrop(server.site) as drop:
        drop.deposit("ALFA", NAME, ONE_ROW)
    assert names_in(server, "ALFA") == [NAME]
    assert bytes_of(server, f"/ALFA/{NAME}") == ONE_ROW


def test_a_transfer_that_stalls_ends_at_its_deadline(server: SftpServer) -> None:
    server.misbehave("stall")
    with (
        AsyncsshDrop(replace(server.site, transfer_seconds=0.2)) as drop,
        pytest.raises(DepositError, match=r"transfer failed: not done within 0\.2 s"),
    ):
        drop.deposit("ALFA", NAME, ONE_ROW)
    assert names_in(server, "ALFA") == []


def test_a_site_that_takes_the_call_and_says_nothing_ends_at_the_connection_deadline(server: SftpServer) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:
        site = replace(server.site, port=mute.getsockname()[1], connect_seconds=0.2)
        with AsyncsshDrop(site) as drop, pytest.raises(DepositError, match=r"no answer within 0\.2 s"):
            drop.deposit("ALFA", NAME, ONE_ROW)


def test_a_site_with_another_host_key_is_not_trusted(server: SftpServer, tmp_path: Path) -> None:
    stranger = tmp_path / "other_hosts"
    stranger.write_text("")
    with (
        AsyncsshDrop(replace(server.site, known_hosts=stranger)) as drop,
        pytest.raises(DepositError, match="connection failed: Host key is not trusted"),
    ):
        drop.deposit("ALFA", NAME, ONE_ROW)


def test_a_directory_that_does_not_exist_is_named_in_the_error(server: SftpServer) -> None:
    with AsyncsshDrop(server.site) as drop, pytest.raises(DepositError, match=r"/GAMMA/.*No such file"):
        drop.deposit("GAMMA", NAME, ONE_ROW)


def test_a_key_file_that_is_missing_is_told_as_such(server: SftpServer, tmp_path: Path) -> None:
    site: SftpSite = replace(server.site, client_key=tmp_path / "nowhere")
    with AsyncsshDrop(site) as drop, pytest.raises(DepositError, match=r"connection failed: .*nowhere"):
        drop.deposit("ALFA", NAME, ONE_ROW)


def test_an_adapter_can_be_closed_twice_and_then_deposits_nothing(server: SftpServer) -> None:
    drop = AsyncsshDrop(server.site)
    drop.close()
    drop.close()
    with pytest.raises(ValueError, match="closed"):
        drop.deposit("ALFA", NAME, ONE_ROW)
