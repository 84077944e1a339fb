"""Signs the printed report with a certificate of one's own: whoever gets it knows whose it is, and that it is whole.

The certificate comes with its key from a PKCS#12 file, its passphrase from the environment. The signature is the
invisible one of PDF; every reader shows it. Needs `appuntamento[sign]`.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reports.judging.errors import InputError

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

PASSPHRASE_VARIABLE = "APPUNTAMENTO_SIGN_PASSPHRASE"
FIELD = "Appuntamento"


def signer_of(path: Path) -> Signer:
    """Who signs. InputError where the library, the file or the passphrase is not there or not right."""
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise InputError("--sign", "pyhanko is not installed", "pip install 'appuntamento[sign]'") from error
    passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"--sign {path}", f"cannot be read: {error.strerror}", "a PKCS#12 file (.p12, .pfx)"
        ) from error
    try:
        return SimpleSigner.load_pkcs12_data(data, [], passphrase.encode() if passphrase else None)
    except (ValueError, AttributeError) as error:  # the latter where it holds no key or no certificate
        allowed = f"a PKCS#12 file, its passphrase in {PASSPHRASE_VARIABLE}"
        raise InputError(f"--sign {path}", "cannot be opened", allowed) from error


def signed(pdf: bytes, signer: Signer) -> bytes:
    """The same document with a signature over all of it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    result: BytesIO = sign_pdf(writer, PdfSignatureMetadata(field_name=FIELD), signer=signer)
    return result.getvalue()
