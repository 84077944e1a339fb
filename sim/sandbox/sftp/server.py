"""The SFTP site of a sandbox: who may come in, and how much each may take. What they find is in `folder`.

Accounts are the registered operators: `ALFA` in the default world, `w2.ALFA` in the world w2, each with one key and
no password. A connection must log in within `LOGIN_SECONDS`. If too many have not done so yet, the oldest of them is
closed, so that a new one can always come in. There is no shell, no forwarding, no compression.
"""

from __future__ import annotations

import asyncio
import hmac
from pathlib import Path
from typing import TYPE_CHECKING

import asyncssh

from sim.sandbox.sftp.folder import OperatorFolder
from sim.sandbox.turned_away import Stranger
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.spec import DEFAULT_WORLD
from sim.sandbox.world.vault import private_key_file, write_private

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

LOGIN_SECONDS = 10.0
KEEPALIVE_SECONDS = 30.0
KEEPALIVES_UNANSWERED = 3
MOST_STRANGERS = 100
MOST_CONNECTIONS_OF_ONE = 16
MOST_SESSIONS_OF_ONE_CONNECTION = 8
NO_ACCOUNT, UNKNOWN_KEY = "no account of that name", "a key that no account has"
OTHERS_KEY = "the key of another account, {account}"
LEFT_AT_HOST_KEY = "left when it saw the key of this site"
SHOWED_NO_KEY = "showed no key"


class SftpSite:
    """The wire `sftp`. Port 0 takes any free one."""

    name = "sftp"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, login_seconds: float = LOGIN_SECONDS) -> None:
        self._host, self._port, self._login_seconds = host, port, login_seconds
        self._listener: asyncssh.SSHAcceptor | None = None
        self._visits: dict[Visit, None] = {}  # in the order in which they came

    async def start(self, sandbox: Sandbox) -> str:
        """Begin to listen; return `host:port`."""
        host_key = _key(sandbox, "host")
        self._listener = await asyncssh.create_server(
            lambda: Visit(self, sandbox),
            self._host,
            self._port,
            server_host_keys=[host_key],
            sftp_factory=self._folder,
            sftp_version=3,
            login_timeout=self._login_seconds,
            keepalive_interval=KEEPALIVE_SECONDS,
            keepalive_count_max=KEEPALIVES_UNANSWERED,
            password_auth=False,
            kbdint_auth=False,
            host_based_auth=False,
            gss_host=None,
            allow_pty=False,
            agent_forwarding=False,
            x11_forwarding=False,
            compression_algs=None,
            encoding=None,
        )
        port = self._listener.get_port()
        line = f"[{self._host}]:{port} {host_key.export_public_key().decode()}"
        write_private(known_hosts_file(sandbox), line.encode())
        return f"{self._host}:{port}"

    async def stop(self) -> None:
        """Close the listener and every connection, and wait until they are gone."""
        if self._listener is None:
            return
        self._listener.close()
        connections = [visit.connection for visit in self._visits]
        for connection in connections:
            connection.abort()
        await asyncio.gather(*(connection.wait_closed() for connection in connections))
        await self._listener.wait_closed()

    def add_visit(self, visit: Visit) -> None:
        """Add a new connection; if too many have not logged in, close the oldest of them."""
        self._visits[visit] = None
        strangers = [stranger for stranger in self._visits if not stranger.is_known]
        if len(strangers) > MOST_STRANGERS:
            strangers[0].connection.abort()

    def remove_visit(self, visit: Visit) -> None:
        """A connection has ended."""
        self._visits.pop(visit, None)

    def count_of(self, user: str) -> int:
        """How many connections a user has."""
        return sum(visit.is_known and visit.user == user for visit in self._visits)

    def _folder(self, channel: asyncssh.SSHServerChannel[bytes]) -> OperatorFolder:
        visit = channel.get_connection().get_owner()
        assert isinstance(visit, Visit)
        return visit.session(channel)


class Visit(asyncssh.SSHServer):
    """One connection: a stranger until its key has been accepted."""

    connection: asyncssh.SSHServerConnection

    def __init__(self, site: SftpSite, sandbox: Sandbox) -> None:
        self._site, self._sandbox = site, sandbox
        self._sessions = 0  # open now
        self.user, self.is_known = "", False
        self._refusals: list[Stranger] = []

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """A connection begins, not logged in yet."""
        self.connection = conn
        self._site.add_visit(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended; if it spoke SSH and showed no key, the sandbox remembers that."""
        self._site.remove_visit(self)
        if not self.is_known and not self._refusals and self.connection.get_extra_info("client_version"):
            self._refuse(SHOWED_NO_KEY if self.user else LEFT_AT_HOST_KEY)

    def begin_auth(self, username: str) -> bool:
        """Ask for a key, whatever the name is; an unknown name gets the same answer as a wrong key."""
        self.user = username
        return True

    def public_key_auth_supported(self) -> bool:
        """Keys are the only way in."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether this is the key of the account."""
        try:
            expected = private_key(self._sandbox, username)
        except UnknownName:
            self._refuse(NO_ACCOUNT)
            return False
        is_right = hmac.compare_digest(key.public_data, expected.public_data)
        if not is_right:
            self._refuse(self._problem_with_key(key))
        return is_right

    def _refuse(self, because: str) -> None:
        """Remember a refusal before the client learns of it, so that it can be looked up at once."""
        self._refusals.append(self._sandbox.turned_away.add(self._site.name, self.user, because))

    def _problem_with_key(self, key: asyncssh.SSHKey) -> str:
        """What is wrong with a key, in words that help to correct it."""
        world, _ = world_and_operator(self.user)
        for world_name in dict.fromkeys((world, DEFAULT_WORLD)):
            for name in self._sandbox.world(world_name).operators():
                if key.public_data == _key(self._sandbox, "sftp", world_name, name).public_data:
                    return OTHERS_KEY.format(account=self._sandbox.sftp_user(world_name, name))
        return UNKNOWN_KEY

    def auth_completed(self) -> None:
        """The connection is logged in now, whatever keys it showed before, unless the account has too many already."""
        for refusal in self._refusals:
            self._sandbox.turned_away.forget(refusal)
        if self._site.count_of(self.user) >= MOST_CONNECTIONS_OF_ONE:
            reason = f"at most {MOST_CONNECTIONS_OF_ONE} connections of one account at a time"
            self.connection.disconnect(asyncssh.DISC_TOO_MANY_CONNECTIONS, reason)
            return
        self.is_known = True

    def session(self, channel: asyncssh.SSHServerChannel[bytes]) -> OperatorFolder:
        """A session over this connection."""
        self._sessions += 1
        if self._sessions > MOST_SESSIONS_OF_ONE_CONNECTION:
            reason = f"at most {MOST_SESSIONS_OF_ONE_CONNECTION} sessions over one connection at a time"
            self.connection.disconnect(asyncssh.DISC_TOO_MANY_CONNECTIONS, reason)
        world, operator = world_and_operator(self.user)
        return OperatorFolder(channel, lambda: self._sandbox.world(world), operator, self._session_ended)

    def _session_ended(self) -> None:
        self._sessions -= 1


def world_and_operator(user: str) -> tuple[str, str]:
    """The world and the operator that an account's name says."""
    world, _, operator = user.rpartition(".")
    return world or DEFAULT_WORLD, operator


def private_key(sandbox: Sandbox, user: str) -> asyncssh.SSHKey:
    """The key of an account. Raises UnknownName."""
    world, operator = world_and_operator(user)
    sandbox.world(world).account(operator)
    return _key(sandbox, "sftp", world, operator)


def known_hosts_file(sandbox: Sandbox) -> Path:
    """The file with the key of this site, for clients; it lies beside their own keys."""
    return sandbox.sftp_key_file("known_hosts")


def _key(sandbox: Sandbox, *names: str) -> asyncssh.SSHKey:
    return asyncssh.import_private_key(private_key_file(sandbox.vault.ssh_seed(*names)))
