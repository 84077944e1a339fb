"""The SFTP site of a target may know other ciphers than the one that our driver likes best."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncssh
import pytest

from steps.drivers.target import SftpFolder
from tests.world.ports_servers import known_site, sftp_site

OLDER, NEWER = "aes256-ctr", "aes128-gcm@openssh.com"


@pytest.mark.parametrize("cipher", [OLDER, NEWER])
def test_files_are_read_from_a_site_that_knows_one_cipher(cipher: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "FILE.csv").write_text("a;b\r\n", encoding="utf-8")
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(tmp_path / "key")
    account: Any = SimpleNamespace(sftp_user="ALFA", sftp_key_file=tmp_path / "key")
    with asyncio.Runner() as loop:
        site = loop.run(sftp_site(tmp_path / "site", key, encryption_algs=[cipher]))
        folder = SftpFolder(loop, ("127.0.0.1", site.get_port(), known_site(site, key)), account)
        assert folder.listdir() == ["FILE.csv"]
        assert folder.read("FILE.csv") == b"a;b\r\n"
        folder.close()
        site.close()
        loop.run(site.wait_closed())
