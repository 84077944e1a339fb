"""A printed report can be signed: the signature is over all of it; what is wrong with a certificate is said first."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from appuntamento import main
from reports.judging.errors import InputError
from sim.validation.signing import PASSPHRASE_VARIABLE, signed, signer_of

PASSPHRASE = "a passphrase"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate with its key, under a passphrase."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ALFA S.p.A.")])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    path = tmp_path / "alfa.p12"
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(serialize_key_and_certificates(b"alfa", key, built.sign(key, hashes.SHA256()), None, encryption))
    return path


def one_page() -> bytes:
    """A document with an empty page."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    writer, out = PdfFileWriter(), BytesIO()
    contents = writer.add_object(generic.StreamObject(stream_data=b""))
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    writer.insert_page(PageObject(contents=contents, media_box=box))
    writer.write(out)
    return out.getvalue()


def status_of(document: bytes) -> Any:
    """The status of the only signature, as a verifier finds it."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (signature,) = PdfFileReader(BytesIO(document)).embedded_signatures
    assert signature.signer_cert.subject.native["common_name"] == "ALFA S.p.A."
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def test_a_signature_covers_the_document_and_a_changed_document_is_told(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyhanko")
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    document = signed(one_page(), signer_of(certificate))
    status = status_of(document)
    assert (status.intact, status.valid, status.coverage.name) == (True, True, "ENTIRE_FILE")
    assert not status_of(document.replace(b"842", b"843", 1)).intact


@pytest.mark.parametrize("passphrase", ["wrong", None])
def test_a_wrong_passphrase_is_told_before_the_run(
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    passphrase: str | None,
) -> None:
    pytest.importorskip("pyhanko")
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    if passphrase:
        monkeypatch.setenv(PASSPHRASE_VARIABLE, passphrase)
    assert main(["validate", "essential", "--with", "model", "--sign", str(certificate)]) == 3
    printed = capsys.readouterr()
    assert ("cannot be opened" in printed.err, PASSPHRASE_VARIABLE in printed.err, printed.out) == (True, True, "")


def test_without_the_library_it_is_said_how_to_get_it(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)
    with pytest.raises(InputError, match=r"appuntamento\[sign\]"):
        signer_of(certificate)
