"""Secrets of a sandbox, all derived from one that is kept in its data folder: nothing else secret is ever stored.

The same folder gives the same credentials after a restart. Short-lived sealed values (cookies) live by real time.
Nothing here knows worlds beyond their names.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from itsdangerous import BadData, URLSafeTimedSerializer

from sim.link_keys import DerivedLinkKeys

SECRET_BYTES = 32
SECRET_FILE = "secret"
KEY_BYTES = 24
SIGNER = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class Vault:
    """Derives every credential from one secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def derive(self, *names: str) -> bytes:
        """32 bytes derived from the secret and these names."""
        return hmac.digest(self._secret, "\0".join(names).encode(), hashlib.sha256)

    @property
    def mark(self) -> str:
        """Eight digits that tell this data folder from others; no secret."""
        return self.derive("mark").hex()[:8]

    def api_key(self, world: str, operator: str) -> str:
        """An operator's key for `/v1`."""
        return "ak_" + _text(self.derive("api", world, operator)[:KEY_BYTES])

    def control_token(self) -> str:
        """The key of the test controls, asked for beyond loopback."""
        return "ct_" + _text(self.derive("control")[:KEY_BYTES])

    def webhook_secret(self, world: str, operator: str, generation: int) -> bytes:
        """The key that signs notifications; a rotation is a further generation."""
        return self.derive("webhook", world, operator, str(generation))[:KEY_BYTES]

    def link_keys(self, world: str) -> DerivedLinkKeys:
        """The keys from which the secrets of a world's Virtual Agent links come."""
        return DerivedLinkKeys(self.derive("links", world).hex())

    def ssh_seed(self, *names: str) -> bytes:
        """The private part of an Ed25519 key."""
        return self.derive("ssh", *names)

    def seal(self, purpose: str, value: object) -> str:
        """Plain data, sealed for a purpose so that only this vault can have written it; URL-safe."""
        return str(self._sealer(purpose).dumps(value))

    def unseal(self, purpose: str, sealed: str, seconds: int) -> Any:
        """The sealed data; None if it was sealed by another vault, for another purpose, or longer ago in real time."""
        try:
            return self._sealer(purpose).loads(sealed, max_age=seconds)
        except BadData:
            return None

    def _sealer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.derive("seal", purpose), salt=purpose, signer_kwargs=SIGNER)


def open_vault(folder: Path) -> Vault:
    """The vault of a data folder; its secret is made at the first opening and readable by its owner only."""
    path = folder / SECRET_FILE
    if not path.exists():
        write_private(path, secrets.token_bytes(SECRET_BYTES))
    return Vault(path.read_bytes())


def private_key_file(seed: bytes) -> bytes:
    """An Ed25519 private key in the form that OpenSSH reads."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read; it is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
