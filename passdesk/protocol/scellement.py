"""The bodies of a batch as one sealed block: CBOR, zstd, then HPKE (RFC 9180) to a public key.

Same bytes in a sync request and in a courier bundle. Suite: X25519, HKDF-SHA256, AES-256-GCM; base mode, one shot.
The context (device, epoch, first and last seq) is HPKE's `info`: a block opens only where it was meant to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs, illisible
from passdesk.protocol.compact import NIVEAU_FORT, comprimer, decomprimer
from passdesk.protocol.operations import TAILLE_SEL

BLOCK_MAX = 4 * 1024 * 1024
CLEAR_MAX = 32 * 1024 * 1024
"""Decompressed size, in bytes, that no honest batch reaches: the bound against decompression bombs."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_DOMAINE_CORPS = b"PassDesk-corps/1\0"
_DOMAINE_SECRET = b"PassDesk-secret/1\0"
_MEMBRES_MAX = 4096


@dataclass(frozen=True, slots=True)
class Corps:
    """One body as written, with the salt of its commitment. An erased one travels as None."""

    sel: bytes = field(repr=False)
    octets: bytes = field(repr=False)


def seal_bodies(
    corps: Sequence[Corps | None], cle: X25519PublicKey, *, device: str, epoch: int, first_seq: int
) -> bytes:
    """The sealed block of the bodies of operations `first_seq`…, in order; b"" for none."""
    if not corps:
        return b""
    clair = canonique.encode([None if c is None else [c.sel, c.octets] for c in corps])
    contexte = _contexte(device, epoch, first_seq, len(corps))
    return _SUITE.encrypt(comprimer(clair, NIVEAU_FORT), cle, info=contexte)


def open_bodies(
    bloc: bytes, cle: X25519PrivateKey, *, device: str, epoch: int, first_seq: int, count: int
) -> tuple[Corps | None, ...]:
    """The `count` bodies of a sealed block. Raises SaisieRefusee(message_illisible): wrong key, context or content."""
    if not bloc and count == 0:
        return ()
    if len(bloc) > BLOCK_MAX:
        raise SaisieRefusee("message_illisible", detail="bloc")
    try:
        comprime = _SUITE.decrypt(bloc, cle, info=_contexte(device, epoch, first_seq, count))
    except (InvalidTag, ValueError):
        raise SaisieRefusee("message_illisible", detail="scellement") from None
    clair = decomprimer(comprime, CLEAR_MAX)
    # A list, and for each body the pair of it and its salt.
    membres = canonique.decode(clair, taille_max=CLEAR_MAX, membres_max=1 + 3 * _MEMBRES_MAX)
    lus = Champs({"corps": membres}).liste("corps", _corps, _MEMBRES_MAX)
    if len(lus) != count:
        raise SaisieRefusee("message_illisible", detail="nombre")
    return lus


def seal_secret(secret: bytes, cle: X25519PublicKey, *, contexte: bytes) -> bytes:
    """What one holder of a key may read, bound to `contexte` (an enrolment's transcript, a courier)."""
    return _SUITE.encrypt(secret, cle, info=_DOMAINE_SECRET + contexte)


def open_secret(scelle: bytes, cle: X25519PrivateKey, *, contexte: bytes) -> bytes:
    """The secret sealed by `seal_secret`. Raises SaisieRefusee(message_illisible)."""
    try:
        return _SUITE.decrypt(scelle, cle, info=_DOMAINE_SECRET + contexte)
    except (InvalidTag, ValueError):
        raise SaisieRefusee("message_illisible", detail="scellement") from None


def _contexte(device: str, epoch: int, first_seq: int, count: int) -> bytes:
    last_seq = first_seq + count - 1
    nombres = epoch.to_bytes(4, "big") + first_seq.to_bytes(8, "big") + last_seq.to_bytes(8, "big")
    return _DOMAINE_CORPS + device.encode() + b"\0" + nombres


def _corps(membre: object) -> Corps | None:
    if membre is None:
        return None
    if not isinstance(membre, list) or len(membre) != 2:
        raise illisible("liste")
    sel, octets = membre
    if not isinstance(sel, bytes) or len(sel) != TAILLE_SEL:
        raise illisible("0")
    if not isinstance(octets, bytes):
        raise illisible("1")
    return Corps(sel, octets)
