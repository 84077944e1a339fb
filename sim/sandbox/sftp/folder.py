"""What an operator sees of the SFTP site: a folder of its own, in which it can list, read and delete. Nothing else.

    /              the root, which shows the operator's own folder only
    /ALFA          where ALFA arrives
    /ALFA/NAME     its files, stamped with simulated time

The folder is a view of what the world keeps; no file of this machine is ever touched, so there is nothing to write to,
no link to follow and no way out. An opened file is the bytes as they were then: files are whole or not there. A file
that has been read to its end is recorded as fetched, once for each time it was opened.
"""

from __future__ import annotations

import asyncio
import errno
import os
import posixpath
import stat
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn, cast
from weakref import WeakSet

import asyncssh

from reference_impl.civil_time import SECOND, date_of, format_time_of_day, wall_clock
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.operator_site import DropFile

READ_BYTES = 32 * 1024
MOST_HANDLES = 64
UNREAD_BYTES = 8 * 1024 * 1024
LONGEST_PATH_BYTES = 1024
FOLDER_MODE, FILE_MODE = stat.S_IFDIR | 0o700, stat.S_IFREG | 0o400
RECENT_DAYS = 182
NO_SUCH_FILE = "no such file or folder"
READ_ONLY = "this site is for listing, reading and deleting; nothing can be written, renamed or changed"
Finder = Callable[[], LiveWorld]


@dataclass(slots=True, eq=False, weakref_slot=True)
class OpenedFile:
    """A file under an open handle, as it was when it was opened."""

    file: DropFile
    fetched: bool = False

    def seek(self, offset: int, whence: int) -> int:
        """Where data (`SEEK_DATA`) or the one hole at the end (`SEEK_HOLE`) begins: what `ranges` requests ask for."""
        if offset >= len(self.file.data):
            raise OSError(errno.ENXIO, "beyond the end")
        return offset if whence == os.SEEK_DATA else len(self.file.data)


class Listing:
    """An opened folder: its entries as they were when it was opened."""

    def __init__(self, names: Iterable[asyncssh.SFTPName]) -> None:
        self._names = iter(names)

    def __aiter__(self) -> AsyncIterator[asyncssh.SFTPName]:
        return self

    async def __anext__(self) -> asyncssh.SFTPName:
        for name in self._names:
            return name
        raise StopAsyncIteration


class OperatorFolder(asyncssh.SFTPServer):
    """The site as one session of one operator sees it. `live` finds the operator's world, which can be gone meanwhile.

    Each request lets other tasks run once. Every method of the base class that could reach the disk is replaced.
    """

    def __init__(
        self, channel: asyncssh.SSHServerChannel[bytes], live: Finder, operator: str, ended: Callable[[], None]
    ) -> None:
        super().__init__(channel)
        self._live, self._operator, self._ended = live, operator, ended
        self._home = f"/{operator}"
        self._handles: WeakSet[OpenedFile | Listing] = WeakSet()

    # --- folders ---

    def realpath(self, path: bytes) -> bytes:
        """The absolute path, whether or not it exists."""
        return self._place(path).encode()

    def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        """The entries of the root or of the operator's folder."""
        place, folder = self._place(path), self._folder_attributes()
        names = [asyncssh.SFTPName(dots, attrs=folder) for dots in (b".", b"..")]
        if place == "/":
            names.append(asyncssh.SFTPName(self._operator.encode(), attrs=folder))
        elif place == self._home:
            names += [asyncssh.SFTPName(file.name.encode(), attrs=file_attributes(file)) for file in self._files()]
        else:
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE)
        listing = Listing(names)
        self._hold(listing)
        return listing

    async def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        """Kind, size and time of what is at a path."""
        await self._turn()
        if self._place(path) in ("/", self._home):
            return self._folder_attributes()
        return file_attributes(self._file(path))

    lstat = stat

    def format_longname(self, name: asyncssh.SFTPName) -> None:
        """An entry as `ls -l` shows it, with civil time as it is in the world."""
        attributes = name.attrs
        mode, written = stat.filemode(attributes.permissions or 0), (attributes.mtime or 0) * SECOND
        when = shown_time(written, self._world().now)
        line = f"{mode}    1 {self._operator:8} tim      {attributes.size or 0:8} {when} "
        name.longname = line.encode() + cast(bytes, name.filename)

    # --- files ---

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> OpenedFile:
        """Open a file for reading."""
        await self._turn()
        if pflags != asyncssh.FXF_READ:
            raise asyncssh.SFTPPermissionDenied(READ_ONLY)
        if self._place(path) in ("/", self._home):
            raise asyncssh.SFTPFailure("a folder cannot be read as a file")
        opened = OpenedFile(self._file(path))
        self._hold(opened)
        return opened

    async def read(self, file_obj: object, offset: int, size: int) -> bytes:
        """Some bytes of an opened file; reaching its end is recorded before the bytes are handed over."""
        await self._turn()
        opened = cast(OpenedFile, file_obj)
        data = opened.file.data
        chunk = data[offset : offset + min(size, READ_BYTES)]
        if chunk and offset + len(chunk) == len(data) and not opened.fetched:
            opened.fetched = True
            with suppress(UnknownName):  # deleted or dropped meanwhile
                self._world().site.fetch_file(self._operator, opened.file.name)
        return chunk

    async def fstat(self, file_obj: object) -> asyncssh.SFTPAttrs:
        """Kind, size and time of an opened file."""
        await self._turn()
        return file_attributes(cast(OpenedFile, file_obj).file)

    def close(self, file_obj: object) -> None:
        """Do nothing: an opened file holds no resource."""

    async def remove(self, path: bytes) -> None:
        """Delete a file."""
        await self._turn()
        if self._place(path) in ("/", self._home):
            raise asyncssh.SFTPPermissionDenied("a folder cannot be deleted")
        self._world().site.remove_file(self._operator, self._file(path).name)

    def exit(self) -> None:
        """The session has ended."""
        self._ended()

    # --- what this site does not do ---

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise asyncssh.SFTPPermissionDenied(READ_ONLY)

    def _cannot(self, *arguments: object, **named: object) -> NoReturn:
        raise asyncssh.SFTPOpUnsupported("not offered by this site")

    write = setstat = lsetstat = fsetstat = _refuse
    mkdir = rmdir = rename = posix_rename = symlink = link = _refuse
    open56 = readlink = lock = unlock = statvfs = fstatvfs = fsync = map_path = reverse_map_path = _cannot

    # --- how a path becomes a file ---

    def _place(self, path: bytes) -> str:
        """A path from the root, without dots; there are no links, so `..` is plainly one step up."""
        if len(path) > LONGEST_PATH_BYTES:
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE)
        try:
            text = path.decode()
        except UnicodeDecodeError:
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE) from None
        return "/" + posixpath.normpath(posixpath.join(self._home, text)).lstrip("/")

    def _file(self, path: bytes) -> DropFile:
        folder, name = posixpath.split(self._place(path))
        if folder != self._home:
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE)
        try:
            return self._world().site.file(self._operator, name)
        except UnknownName:
            self._world().site.miss_file(self._operator, name)
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE) from None

    def _files(self) -> list[DropFile]:
        return self._world().site.files(self._operator)

    def _folder_attributes(self) -> asyncssh.SFTPAttrs:
        files = self._files()
        return attributes(FOLDER_MODE, 0, files[-1].at if files else self._world().spec.start)

    def _world(self) -> LiveWorld:
        try:
            live = self._live()
        except UnknownName:
            raise asyncssh.SFTPNoSuchFile(NO_SUCH_FILE) from None
        if live.site.is_closed(self._operator):
            raise asyncssh.SFTPFailure("the site is closed for now; allowed: try again later")
        return live

    # --- what one session may take ---

    def _hold(self, handle: OpenedFile | Listing) -> None:
        if len(self._handles) >= MOST_HANDLES:
            raise asyncssh.SFTPFailure(f"at most {MOST_HANDLES} files and folders can be open at a time")
        self._handles.add(handle)

    async def _turn(self) -> None:
        """Let other tasks run; close the connection of a client that asks much and does not read the answers."""
        if self.channel.get_write_buffer_size() > UNREAD_BYTES:
            self.connection.abort()
        await asyncio.sleep(0)


def file_attributes(file: DropFile) -> asyncssh.SFTPAttrs:
    """What is said of a file."""
    return attributes(FILE_MODE, len(file.data), file.at)


def attributes(mode: int, size_bytes: int, written_at: int) -> asyncssh.SFTPAttrs:
    """Attributes in the words of SFTP, which counts whole seconds."""
    seconds = written_at // SECOND
    return asyncssh.SFTPAttrs(size=size_bytes, uid=0, gid=0, permissions=mode, atime=seconds, mtime=seconds)


def shown_time(instant: int, now: int) -> str:
    """A time as `ls -l` shows it: with the hour if it is of the last half year, else with the year."""
    day, time_of_day = wall_clock(instant)
    date = date_of(day)
    is_recent = 0 <= wall_clock(now)[0] - day <= RECENT_DAYS
    hour_or_year = format_time_of_day(time_of_day)[:5] if is_recent else f" {date.year}"
    month_and_day = date.ctime()[4:10]  # English in every locale
    return f"{month_and_day} {hour_or_year}"
