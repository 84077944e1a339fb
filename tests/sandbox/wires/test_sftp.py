"""The SFTP site of the sandbox: what an operator finds there, what it can do, and what it can not."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable

import asyncssh
import pytest

from reference_impl.civil_time import DAY, SECOND, parse_instant
from reference_impl.formats.csv_file import read_rows
from reference_impl.policy import DEFAULT
from sim.sandbox.sandbox import standard_operator
from sim.sandbox.sftp.folder import OperatorFolder
from sim.sandbox.sftp.server import private_key
from sim.sandbox.world.spec import WorldSpec
from tests.sandbox.stories import told_by
from tests.sandbox.wires.sftp_visitors import START, Visitors, play

DEPOSITS = 300
story = told_by(play)


# --- listing, reading, deleting ---


@story
async def test_the_stock_sftp_lists_gets_and_deletes(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    data = site.live.site.file("ALFA", name).data
    status, lines = await site.stock_sftp("pwd", "ls -l", f"get {name} got.csv", f"rm {name}", "ls -1")
    assert status == 0, lines
    assert "Remote working directory: /ALFA" in lines
    line = next(line for line in lines if line.endswith(name))
    assert line.startswith("-r-------- ")
    assert str(len(data)) in line.split()
    assert "Mar  3 08:00" in line
    assert (site.folder / "got.csv").read_bytes() == data
    assert lines[-1] == "sftp> ls -1"
    assert site.live.site.files("ALFA") == []
    types = [event["type"] for event in site.live.trace if event["source"] == "/sftp"]
    assert types == ["csv.deposited", "csv.fetched", "csv.removed"]


@story
async def test_time_stamps_are_those_of_the_simulated_clock(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    status, _ = await site.stock_sftp(f"get -p {name}")
    assert status == 0
    assert (site.folder / name).stat().st_mtime == parse_instant(START) / SECOND
    await site.sandbox.clock("default").advance(400 * DAY)
    _, lines = await site.stock_sftp("ls -l")
    assert "Mar  3  2026" in lines[-1]


@story
async def test_a_file_is_recorded_as_fetched_once_for_each_time_it_is_read_to_its_end(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    async with site.client() as client:
        async with client.open(name, "rb") as file:
            await file.read(5, 0)
            assert site.fetched() == []
            await file.read()
            await file.read(5, 0)
            await file.seek(0)
            await file.read()
        assert site.fetched() == [f"/ALFA/{name}"]
        await client.get(name, str(site.folder / "copy.csv"))
    assert site.fetched() == [f"/ALFA/{name}"] * 2
    assert (site.folder / "copy.csv").read_bytes() == site.live.site.file("ALFA", name).data


@story
async def test_asking_for_a_file_that_is_not_there_is_recorded(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    async with site.client() as client:
        with pytest.raises(asyncssh.SFTPNoSuchFile):
            await client.stat(f"{name}.part")
        with pytest.raises(asyncssh.SFTPNoSuchFile):
            await client.stat("/BETA/other.csv")  # no folder of its own
    missed = [event["data"] for event in site.live.trace if event["type"] == "csv.missed"]
    assert missed == [{"operator": "ALFA", "path": f"/ALFA/{name}.part"}]


@story
async def test_a_file_deleted_while_it_is_open_is_still_read_whole(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    data: object = site.live.site.file("ALFA", name).data
    async with site.client() as client, client.open(name, "rb") as file:
        await client.remove(name)
        assert await file.read() == data
        assert not await client.exists(name)
    assert site.fetched() == []


@story
async def test_a_poller_never_sees_a_part_of_a_file(site: Visitors) -> None:
    contents: dict[str, bytes] = {}
    all_deposited = asyncio.Event()

    async def poll() -> None:
        async with site.client() as client:
            while not (all_deposited.is_set() and len(contents) == DEPOSITS):
                for entry in await client.readdir("."):
                    name = str(entry.filename)
                    if name.endswith(".csv") and name not in contents:
                        async with client.open(name, "rb") as file:
                            content = contents[name] = await file.read()
                        assert len(content) == entry.attrs.size
                        assert len(read_rows(content, DEFAULT.csv_dialect)) == 1

    async def deposit() -> None:
        for number in range(DEPOSITS):
            await site.deposit(f"OL-{number}")
        all_deposited.set()

    await asyncio.gather(poll(), deposit())
    assert contents == {file.name: file.data for file in site.live.site.files("ALFA")}


# --- nothing but one's own folder ---


@pytest.mark.parametrize(
    "place", ["/BETA", "../BETA", "/", "..", "/etc/passwd", "../../etc/passwd", "//BETA", "/ALFA/../BETA", "BETA"]
)
@story
async def test_other_folders_are_not_in_sight(site: Visitors, place: str) -> None:
    own, foreign = await site.deposit("OL-1"), await site.deposit("OL-2", "BETA")
    async with site.client() as client:
        try:
            names = {str(name) for name in await client.listdir(place)} - {".", ".."}
        except asyncssh.SFTPNoSuchFile:
            names = set()
        assert names <= {"ALFA"}
        for path in (f"{place}/{foreign}", f"{place}/passwd", f"{place}/ALFA/{own}/x", f"{place}/\0", f"{place}/*"):
            with pytest.raises(asyncssh.SFTPNoSuchFile):
                await client.stat(path)
            with pytest.raises(asyncssh.SFTPNoSuchFile):
                await client.remove(path)
    assert len(site.live.site.files("BETA")) == 1


@story
async def test_paths_that_are_no_text_or_too_long_lead_nowhere(site: Visitors) -> None:
    async with site.client() as client:
        for path in (b"\xff\xfe", b"a" * 5000, b"/" * 5000):
            with pytest.raises(asyncssh.SFTPNoSuchFile):
                await client.stat(path)
        assert await client.realpath("x/./../..//..") == "/"


@story
async def test_nothing_can_be_written_or_changed(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    deposited = site.live.site.file("ALFA", name)
    async with site.client() as client:
        attempts: list[Callable[[], Awaitable[object]]] = [
            lambda: client.open("new.csv", "wb"),
            lambda: client.open(name, "r+b"),
            lambda: client.open(name, "ab"),
            lambda: client.mkdir("sub"),
            lambda: client.rmdir("/ALFA"),
            lambda: client.remove("/ALFA"),
            lambda: client.rename(name, "other.csv"),
            lambda: client.posix_rename(name, "other.csv"),
            lambda: client.symlink("/etc/passwd", "way-out"),
            lambda: client.link(name, "twin.csv"),
            lambda: client.utime(name, (0, 0)),
            lambda: client.chmod(name, 0o777),
            lambda: client.truncate(name, 0),
        ]
        for attempt in attempts:
            with pytest.raises(asyncssh.SFTPPermissionDenied):
                await attempt()
        for unheard_of in (client.statvfs("."), client.readlink(name)):
            with pytest.raises(asyncssh.SFTPOpUnsupported):
                await unheard_of
    assert site.live.site.files("ALFA") == [deposited]


@story
async def test_stock_sftp_is_told_so_too(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    (site.folder / "mine.csv").write_text("x")
    for command in (f"put mine.csv {name}", "mkdir a", f"rename {name} b", f"ln -s {name} b", "cd ../BETA"):
        status, lines = await site.stock_sftp(command)
        assert status != 0, lines
    assert [file.name for file in site.live.site.files("ALFA")] == [name]


def test_no_method_of_the_base_class_is_left_that_could_reach_the_disk() -> None:
    harmless = {"channel", "connection", "env", "logger", "convert_attrs", "format_user", "format_group"}
    offered = {name for name, _ in inspect.getmembers(asyncssh.SFTPServer) if not name.startswith("_")}
    assert offered - harmless <= set(vars(OperatorFolder))


@story
async def test_worlds_do_not_see_each_other(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    second_world = site.sandbox.create_world(WorldSpec("w2", parse_instant(START)))
    second_world.register_operator(standard_operator("ALFA"))
    async with site.client("w2.ALFA") as client:
        assert set(await client.listdir(".")) == {".", ".."}
        assert not await client.exists(name)
        await site.sandbox.drop_world("w2")
        with pytest.raises(asyncssh.SFTPNoSuchFile):
            await client.listdir(".")
    assert not await site.lets_in("w2.ALFA", private_key(site.sandbox, "ALFA"))
