"""What can be wrong with an operator's set-up, planted one at a time: configuration and environment, no rule's.

A fault changes the scene: where the operator is said to be, what its system was given, what the harness was given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.world.ports_servers import OperatorEndpoint

CONFIGURATION, ENVIRONMENT = "configuration", "environment"
SIX_MINUTES = 360.0
ELSEWHERE = "/on/another/machine"


@dataclass(slots=True)
class Scene:
    """An operator's set-up: what its file says, and the facts that its system and the harness were given."""

    box: str
    folder: Path
    endpoint: OperatorEndpoint
    file: dict[str, str | None]
    system: dict[str, Any]
    harness: dict[str, Any]
    trust: Callable[[Path], None]

    def certificate(self, *names: str, expired: bool = False) -> Path:
        """A self-signed certificate with its key, in one file."""
        key = ec.generate_private_key(ec.SECP256R1())
        now, day = datetime.now(UTC), timedelta(days=1)
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "operator")])
        alternatives = [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names]
        built = x509.CertificateBuilder(issuer, issuer, key.public_key(), x509.random_serial_number())
        built = built.not_valid_before(now - 2 * day).not_valid_after(now - day if expired else now + day)
        built = built.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        pem = built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
        path = self.folder / "certificate.pem"
        path.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return path

    def key_file(self) -> str:
        """A key that no account has."""
        path = self.folder / "key"
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(path))
        return str(path)

    def known_hosts(self) -> str:
        """A file that knows the site by another key."""
        account, path = self.harness["sftp"], self.folder / "other_hosts"
        key = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
        path.write_text(f"[{account['host']}]:{account['port']} {key}", encoding="ascii")
        return str(path)

    def account(self, **changes: object) -> None:
        """Give the operator's system another SFTP account."""
        self.system["sftp"].update(changes)

    def our_account(self, **changes: object) -> None:
        """Give the harness another SFTP account."""
        self.harness["sftp"].update(changes)

    def place(self, key: str, url: str | None) -> None:
        """Write another address into the operator's file."""
        self.file[key] = url


Plant = Callable[[Scene], object]


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault and its line in the report: a part of its description, who is to blame, a part of its mend."""

    name: str
    plant: Plant
    what: str
    blame: str
    mend: str


def endpoint(answer: int = 204, location: str | None = None, ahead: float = 0.0) -> Plant:
    """The endpoint is another system, with another answer or another clock."""

    def plant(scene: Scene) -> None:
        scene.endpoint.answer, scene.endpoint.location = answer, location
        scene.endpoint.clock_ahead_seconds = ahead
        scene.place("endpoint", scene.endpoint.url)

    return plant


def tls(*names: str, trusted: bool = True, expired: bool = False) -> Plant:
    """The endpoint speaks TLS with a certificate of its own making."""

    def plant(scene: Scene) -> None:
        certificate = scene.certificate(*names, expired=expired)
        if trusted:
            scene.trust(certificate)
        scene.endpoint.speak_tls(certificate)
        scene.place("endpoint", scene.endpoint.url)

    return plant


def _plain_to_tls(scene: Scene) -> None:
    tls("127.0.0.1")(scene)
    scene.place("endpoint", scene.endpoint.url.replace("https:", "http:"))


def _site_as_endpoint(scene: Scene) -> None:
    account = scene.harness["sftp"]
    scene.place("endpoint", f"http://{account['host']}:{account['port']}/")


def _key_of(user: str) -> Plant:
    """The system was given the key file of another account."""
    return lambda scene: scene.account(client_keys=str(Path(scene.harness["sftp"]["client_keys"]).with_name(user)))


def _other_path(key: str) -> Plant:
    return lambda scene: scene.place(key, f"{scene.file[key]}/elsewhere")


def _tls_port_of_the_sandbox(scene: Scene) -> None:
    scene.place("endpoint", f"https://127.0.0.1:{urlsplit(scene.box).port}/")


FAULTS = (
    PlantedFault("no-endpoint", lambda scene: scene.place("endpoint", None), "none", CONFIGURATION, "say endpoint"),
    PlantedFault("wrong-port", lambda scene: scene.place("endpoint", "http://127.0.0.1:9/"),
                 "refused", ENVIRONMENT, "start your system at that port"),
    PlantedFault("unknown-host", lambda scene: scene.place("endpoint", "http://nowhere.invalid/"),
                 "nowhere.invalid is not known", ENVIRONMENT, "mend the host"),
    PlantedFault("no-tls-there", _tls_port_of_the_sandbox, "no TLS", CONFIGURATION, "speaks TLS"),
    PlantedFault("self-signed", tls("127.0.0.1", trusted=False), "self-signed", CONFIGURATION, "trusted here"),
    PlantedFault("certificate-of-another-name", tls("operator.example"), "mismatch", CONFIGURATION, "name the host"),
    PlantedFault("certificate-expired", tls("127.0.0.1", expired=True), "expired", CONFIGURATION, "renew"),
    PlantedFault("plain-http-to-tls", _plain_to_tls, "no answer", CONFIGURATION, "or https"),
    PlantedFault("no-http-there", _site_as_endpoint, "no answer", CONFIGURATION, "speaks HTTP"),
    PlantedFault("wrong-path", _other_path("endpoint"), "answered 404", CONFIGURATION, "path"),
    PlantedFault("post-not-taken", endpoint(405), "answered 405", CONFIGURATION, "path"),
    PlantedFault("broken-inside", endpoint(500), "answered 500", CONFIGURATION, "2xx"),
    PlantedFault("moved", endpoint(302, location="/there"), "answered 302", CONFIGURATION, "final address"),
    PlantedFault("wrong-webhook-secret", lambda scene: scene.system.update(webhook_secret="whsec_AAAA"),
                 "answered 401", CONFIGURATION, "webhook secret"),
    PlantedFault("clock-behind", endpoint(401, ahead=-SIX_MINUTES), "min behind", ENVIRONMENT, "NTP"),
    PlantedFault("clock-ahead", endpoint(401, ahead=SIX_MINUTES), "min ahead", ENVIRONMENT, "NTP"),
    PlantedFault("clock-wrong-but-patient", endpoint(ahead=-SIX_MINUTES), "behind", ENVIRONMENT, "NTP"),
    PlantedFault("key-of-another-operator", _key_of("BETA"), "another account, BETA", CONFIGURATION, "client_keys"),
    PlantedFault("unknown-key", lambda scene: scene.account(client_keys=scene.key_file()),
                 "a key that no account has", CONFIGURATION, "client_keys"),
    PlantedFault("account-in-small-letters", lambda scene: scene.account(username="alfa"),
                 "no account of that name", CONFIGURATION, "username"),
    PlantedFault("site-not-trusted", lambda scene: scene.account(known_hosts=scene.known_hosts()),
                 "left when it saw the key", CONFIGURATION, "known_hosts"),
    PlantedFault("site-closed-to-us", lambda scene: scene.our_account(port=9), "127.0.0.1:9", ENVIRONMENT, "network"),
    PlantedFault("site-changed-and-key-elsewhere",
                 lambda scene: scene.our_account(client_keys=ELSEWHERE, known_hosts=scene.known_hosts()),
                 "Host key", CONFIGURATION, "known_hosts"),
    PlantedFault("our-key-refused", lambda scene: scene.our_account(client_keys=scene.key_file()),
                 "Permission denied", CONFIGURATION, "client_keys"),
    PlantedFault("site-changed", lambda scene: scene.our_account(known_hosts=scene.known_hosts()),
                 "Host key", CONFIGURATION, "known_hosts"),
    PlantedFault("wrong-api-key", lambda scene: scene.system.update(api_key="wrong"),
                 "an API key that no operator", CONFIGURATION, "api_key"),
    PlantedFault("wrong-world", lambda scene: scene.system.update(sandbox=scene.box),
                 "of the world default", CONFIGURATION, "sandbox"),
    PlantedFault("desk-elsewhere", _other_path("desk"), "answered 404", CONFIGURATION, "desk"),
    PlantedFault("desk-does-nothing", lambda scene: scene.place("desk", scene.endpoint.url),
                 "did not hand it in", CONFIGURATION, "/v1/orders"),
    PlantedFault("round-elsewhere", _other_path("round"), "answered 404", CONFIGURATION, "round"),
)  # fmt: skip
