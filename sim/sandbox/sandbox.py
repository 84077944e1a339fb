"""The sandbox: its worlds, what keeps them, and the wires that lead to them. The one place where they are put together.

Nothing here decides what a world does; nothing here speaks a protocol.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from reference_impl.formats.documents import Schemas, load_schemas
from reference_impl.registry import check_operator, operator_from
from sim.command_line import check_folder
from sim.sandbox.notifications.dispatcher import Dispatcher
from sim.sandbox.notifications.webhook_client import WebhookClient, check_dialled, check_endpoint
from sim.sandbox.options import PORT_OPTIONS, OptionError, Options
from sim.sandbox.turned_away import TurnedAway
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD, WorldError, WorldSpec
from sim.sandbox.world.store import FILE_NAME, Store, as_stored
from sim.sandbox.world.vault import open_vault, private_key_file, write_private
from sim.sandbox.world.world_clock import WorldClock

STAND_IN_SCHEMAS = Path(__file__).resolve().parents[2] / "features" / "schemas"
KEYS_FOLDER = "keys"
MOST_WORLDS = 5_000
Readings = Mapping[str, Any]


class Wire(Protocol):
    """One way into the sandbox."""

    name: str

    async def start(self, sandbox: Sandbox) -> str:
        """Begin to listen and return the address, `host:port` or a URL."""

    async def stop(self) -> None:
        """Close the listener and every connection, and wait for what serves them."""


class WorldTasks:
    """A world with the tasks that belong to it."""

    def __init__(self, live: LiveWorld, client: WebhookClient, on_fault: Callable[[BaseException], None]) -> None:
        self.live, self.clock = live, WorldClock(live)
        self.dispatcher = Dispatcher(live, client)
        self._on_fault = on_fault
        self._tasks = [asyncio.create_task(self.dispatcher.run()), asyncio.create_task(self.clock.run())]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """End the tasks. Unfinished deliveries are due again when the world is opened the next time."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._on_fault(fault)


class Sandbox:
    """Worlds behind wires. Make one with `opened`."""

    def __init__(self, options: Options, folder: Path, readings: Readings, is_durable: bool = True) -> None:
        self.options, self.folder, self.readings = options, folder, readings
        self.vault = open_vault(folder)
        self.schemas: Schemas = load_schemas(options.schemas or STAND_IN_SCHEMAS)
        self.addresses: dict[str, str] = {}
        self.turned_away = TurnedAway()
        self.closing = asyncio.Event()
        self.streams = 0  # answers that go on while a client listens
        self.fault: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._store = Store(folder / FILE_NAME, is_durable)
        self._client = WebhookClient(options.notify_timeout, options.private_addresses)
        self._tasks: dict[str, WorldTasks] = {}

    @property
    def worlds(self) -> dict[str, LiveWorld]:
        """The worlds by name."""
        return {name: tasks.live for name, tasks in self._tasks.items()}

    def world(self, name: str) -> LiveWorld:
        """A world. Raises UnknownName."""
        return self._tasks_of(name).live

    def clock(self, name: str) -> WorldClock:
        """The clock of a world. Raises UnknownName."""
        return self._tasks_of(name).clock

    def dispatcher(self, name: str) -> Dispatcher:
        """What delivers the notifications of a world. Raises UnknownName."""
        return self._tasks_of(name).dispatcher

    def create_world(self, spec: WorldSpec, operators: Sequence[str] = ()) -> LiveWorld:
        """Make a world with operators that are known by their names only. Raises WorldError, RegistrationError."""
        registrations = [standard_operator(name) for name in operators]
        for operator in registrations:
            check_operator(operator_from(operator))
        if spec.name in self._tasks:
            raise WorldError("name", spec.name, "a name that no world has")
        if len(self._tasks) >= MOST_WORLDS:
            raise WorldError("name", spec.name, f"at most {MOST_WORLDS} worlds; drop one first")
        members = as_stored(asdict(spec))
        self._store.add_world(spec.name, members)
        live = self._start_world(WorldSpec(**members))
        for operator in registrations:
            live.register_operator(operator)
            self.write_sftp_key(live.name, str(operator["operator"]))
        return live

    async def drop_world(self, name: str) -> None:
        """Forget a world for good. Raises UnknownName, WorldError for the default world."""
        tasks = self._tasks_of(name)
        if name == DEFAULT_WORLD:
            raise WorldError("name", name, "any world but the default one")
        del self._tasks[name]
        await tasks.stop()
        self._store.drop_world(name)
        for operator in tasks.live.operators():
            self.sftp_key_file(self.sftp_user(name, operator)).unlink(missing_ok=True)

    async def checked_endpoint(self, url: str) -> str:
        """The URL, if notifications to it will be sent. Raises EndpointError."""
        return await check_dialled(url, self.options.private_addresses)

    def link(self, token: str, host: str | None = None) -> tuple[LiveWorld, str] | None:
        """The world of a link and the link's digest, by its secret; None if it was never given out.

        `host` is the operator's domain under which it is used, if it is one: under another's it opens nothing (LINK-1).
        """
        digest = digest_of(token)
        for tasks in self._tasks.values():
            if tasks.live.given_link(digest) is not None:
                return (tasks.live, digest) if tasks.live.opens_under(host, digest) else None
        return None

    def world_of_domain(self, host: str) -> LiveWorld | None:
        """A world in which a domain is that of an operator's links, or was when some were given out."""
        for tasks in self._tasks.values():
            if tasks.live.is_link_domain(host):
                return tasks.live
        return None

    def local_link(self, link: str | None) -> str | None:
        """A Virtual Agent link at the address of this sandbox."""
        return None if link is None else f"{self.addresses['http']}/va/{link.rpartition('/')[2]}"

    def sftp_user(self, world: str, operator: str) -> str:
        """The account of an operator on the SFTP site."""
        return operator if world == DEFAULT_WORLD else f"{world}.{operator}"

    def sftp_key_file(self, user: str) -> Path:
        """Where the private key of an SFTP account is."""
        return self.folder / KEYS_FOLDER / user

    def write_sftp_key(self, world: str, operator: str) -> None:
        """Write the private key of an operator's SFTP account into the data folder, unless it is there."""
        path = self.sftp_key_file(self.sftp_user(world, operator))
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(path, private_key_file(self.vault.ssh_seed("sftp", world, operator)))

    def _tasks_of(self, name: str) -> WorldTasks:
        if name not in self._tasks:
            raise UnknownName("world", name)
        return self._tasks[name]

    def _start_world(self, spec: WorldSpec) -> LiveWorld:
        live = LiveWorld(spec, self.vault, self._store)
        self._tasks[spec.name] = WorldTasks(live, self._client, self._report_fault)
        return live

    def _report_fault(self, fault: BaseException) -> None:
        """Tell the program that runs the sandbox that a world cannot go on, for instance because the disk is full."""
        while isinstance(fault, BaseExceptionGroup):
            fault = fault.exceptions[0]
        if not self.fault.done():
            self.fault.set_exception(fault)

    def close_waits(self) -> None:
        """End every answer that waits for something to happen."""
        self.closing.set()
        for live in self.worlds.values():
            live.activity.nudge()

    def open_worlds(self) -> None:
        """Open the stored worlds, and make those that the options ask for and that are not there yet."""
        for _, members in self._store.worlds():
            self._start_world(WorldSpec(**members))
        for name in (DEFAULT_WORLD, *self.options.world):
            self._furnish(self.world(name) if name in self._tasks else self.create_world(self._spec(name)))
        if self.options.clock is not None:
            for tasks in self._tasks.values():
                tasks.clock.set_pace(self.options.clock)

    def _spec(self, name: str) -> WorldSpec:
        return WorldSpec(
            name,
            self.options.start_instant,
            self.options.seed,
            dict(self.readings),
            under_test=self.options.under_test,
        )

    def _furnish(self, live: LiveWorld) -> None:
        """Register the operators of the options that are not there yet, and set the endpoints that are said."""
        registered = live.operators()
        for name in self.options.operator:
            if name not in registered:
                live.register_operator(standard_operator(name))
        for name in live.operators():
            self.write_sftp_key(live.name, name)
        for name, url in (text.split("=", 1) for text in self.options.notify):
            if live.account(name).endpoint != check_endpoint(url):
                live.set_endpoint(name, url)

    async def stop(self) -> None:
        """End every world's tasks and close the file."""
        for tasks in self._tasks.values():
            await tasks.stop()
        self._store.close()


@asynccontextmanager
async def opened(
    options: Options, readings: Readings, wires: Sequence[Wire] = (), is_durable: bool = True
) -> AsyncIterator[Sandbox]:
    """A running sandbox, closed on the way out. Raises OptionError, StoreError, ReplayFault, WorldError."""
    async with AsyncExitStack() as closing:
        folder = options.data or Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="appuntamento-")))
        check_folder("--data", folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sandbox = Sandbox(options, folder, readings, is_durable and options.data is not None)
        closing.push_async_callback(sandbox.stop)
        sandbox.open_worlds()
        for wire in wires:
            closing.push_async_callback(wire.stop)
            sandbox.addresses[wire.name] = await _start_wire(wire, sandbox)
        closing.callback(sandbox.close_waits)
        yield sandbox


def standard_operator(name: str) -> dict[str, object]:
    """The registration of an operator of which only the name is known."""
    return {
        "operator": name,
        "agent_domain": f"appuntamenti.{name.lower()}.example",
        "project_codes": [f"PRJ-{name}"],
        "delivery_codes": [f"DEL-{name}"],
    }


async def _start_wire(wire: Wire, sandbox: Sandbox) -> str:
    try:
        return await wire.start(sandbox)
    except OSError as error:
        options, option = sandbox.options, PORT_OPTIONS[wire.name]
        port = getattr(options, option.removeprefix("--").replace("-", "_"))
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror  # a name has no errno
        raise OptionError(option, f"{options.host}:{port}", f"an address and a port that are free ({why})") from error
