"""The signatures of requests and answers, in the one form that we have: the bytes of the library, six times as fast.

The library reads and writes the whole of RFC 9421, and took a third of a history. One in forty has it all the same
(`monde.SIGNEES_PAR_LA_BIBLIOTHEQUE`), and a test plays a history both ways: one digest, or the forms differ.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from unittest import mock
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from passdesk.protocol import signatures
from passdesk.protocol.signatures import LABEL, TAG, _Request, _Response

Message = _Request | _Response


@contextmanager
def signer_en_bref() -> Iterator[None]:
    """Requests and answers are signed and verified without the library while the block runs."""
    with mock.patch.object(signatures, "_sign", _signer), mock.patch.object(signatures, "_verify", _verifier):
        yield


def _signer(message: Message, cle: Ed25519PrivateKey, keyid: str, couverts: Sequence[str], body: bytes) -> None:
    message.headers["Content-Digest"] = _condense(body)
    parametres = _parametres(keyid, couverts)
    signature = b64encode(cle.sign(_base(message, parametres, couverts))).decode()
    message.headers["Signature-Input"] = f"{LABEL}={parametres}"
    message.headers["Signature"] = f"{LABEL}=:{signature}:"


def _verifier(message: Message, cle: Ed25519PublicKey, keyid: str, couverts: Sequence[str], body: bytes) -> bool:
    entetes, parametres = message.headers, _parametres(keyid, couverts)
    if entetes.get("content-digest") != _condense(body) or entetes.get("signature-input") != f"{LABEL}={parametres}":
        return False
    signature = entetes.get("signature", "").removeprefix(f"{LABEL}=:").removesuffix(":")
    try:
        cle.verify(b64decode(signature), _base(message, parametres, couverts))
    except (InvalidSignature, ValueError):
        return False
    return True


def _base(message: Message, parametres: str, couverts: Sequence[str]) -> bytes:
    """What is signed (RFC 9421 §2.5): a line a component, then how it is signed."""
    entetes = {nom.lower(): valeur for nom, valeur in message.headers.items()}
    if isinstance(message, _Request):
        entetes |= {"@method": message.method, "@path": urlsplit(message.url).path}
    else:
        entetes["@status"] = str(message.status_code)
        entetes |= {f'"{nom}";req': valeur.strip() for nom, valeur in message.request.headers.items()}
    lignes = [f"{_nom(couvert)}: {entetes[couvert]}" for couvert in couverts]
    return "\n".join((*lignes, f'"@signature-params": {parametres}')).encode("ascii")


def _nom(couvert: str) -> str:
    return couvert if couvert.startswith('"') else f'"{couvert}"'


def _parametres(keyid: str, couverts: Sequence[str]) -> str:
    return f'({" ".join(map(_nom, couverts))});keyid="{keyid}";alg="ed25519";tag="{TAG}"'


def _condense(body: bytes) -> str:
    """The content digest of a body (RFC 9530)."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"
