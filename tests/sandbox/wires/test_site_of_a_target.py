"""The SFTP site of a target may know other ciphers than the one that our driver likes best."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncssh
import pytest

from steps.drivers.target import SftpFolder

OLDER, NEWER = "aes256-ctr", "aes128-gcm@openssh.com"


async def site_of(folder: Path, key: asyncssh.SSHKey, cipher: str) -> asyncssh.SSHAcceptor:
    """An SFTP site of a folder, whose key opens it too."""
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[key],
        authorized_client_keys=str(folder / "key.pub"),
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=bytes(folder / "site")),
        encryption_algs=[cipher],
    )


@pytest.mark.parametrize("cipher", [OLDER, NEWER])
def test_files_are_read_from_a_site_that_knows_one_cipher(cipher: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "FILE.csv").write_text("a;b\r\n", encoding="utf-8")
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(tmp_path / "key")
    key.write_public_key(tmp_path / "key.pub")
    account: Any = SimpleNamespace(sftp_user="ALFA", sftp_key_file=tmp_path / "key")
    with asyncio.Runner() as loop:
        server = loop.run(site_of(tmp_path, key, cipher))
        host = f"[127.0.0.1]:{server.get_port()} {key.export_public_key().decode()}"
        folder = SftpFolder(loop, ("127.0.0.1", server.get_port(), asyncssh.import_known_hosts(host)), account)
        assert folder.listdir() == ["FILE.csv"]
        assert folder.read("FILE.csv") == b"a;b\r\n"
        folder.close()
        server.close()
        loop.run(server.wait_closed())
