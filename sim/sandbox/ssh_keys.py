"""SSH keys made from 32 secret bytes, so that the same bytes give the same key after a restart.

Nothing here knows whose key it is or where it is kept.
"""

from __future__ import annotations

import asyncssh
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key_from(seed: bytes) -> asyncssh.SSHKey:
    """The Ed25519 key whose private part is `seed`."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    return asyncssh.import_private_key(text)


def known_hosts_line(host: str, port: int, host_key: asyncssh.SSHKey) -> str:
    """A line for a `known_hosts` file, by which a client knows the site."""
    return f"[{host}]:{port} {host_key.export_public_key().decode()}"
