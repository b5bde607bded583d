"""The blind index after a theft: one more secret each time, on top of key v1, sealed to each desk (decision 0059).

Key v(n+1) = first 16 bytes of HMAC-SHA256(n-th further secret, "PassDesk-index/2\\0" ‖ key v(n)). Whoever knows the
first secret alone can compute none of them; and no name has to be read again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from passdesk.protocol.champs import illisible
from passdesk.protocol.index_aveugle import TAILLE
from passdesk.protocol.scellement import open_secret, seal_secret

SECRET = 32
SUITE_MAX = 64
"""Further secrets at most: one a theft."""

_CONTEXTE_CLE = b"PassDesk-index/2\0"
_CONTEXTE_SCELLE = b"PassDesk-index-suite/1\0"
_P = 2**255 - 19


def cle_renouvelee(cle: bytes, suite: Sequence[bytes]) -> bytes:
    """The key that the index goes by once these secrets were added, in order; the key itself when there is none."""
    for secret in suite:
        cle = hmac.digest(secret, _CONTEXTE_CLE + cle, "sha256")[:TAILLE]
    return cle


def sceller_suite(suite: Sequence[bytes], cle_requete: bytes, device: str) -> bytes:
    """The further secrets, sealed to the request key of one device (its Ed25519 public key).

    That key is the one thing a desk keeps after enrolment that no other has; the same pair serves for signatures and,
    as an X25519 one, for this (safe together: ePrint 2021/509). Raises ValueError for a key that is no point.
    """
    return seal_secret(b"".join(suite), cle_publique_x25519(cle_requete), contexte=_CONTEXTE_SCELLE + device.encode())


def ouvrir_suite(scelle: bytes, requete: Ed25519PrivateKey, device: str) -> tuple[bytes, ...]:
    """The further secrets. Raises SaisieRefusee(message_illisible)."""
    clair = open_secret(scelle, cle_privee_x25519(requete), contexte=_CONTEXTE_SCELLE + device.encode())
    if not clair or len(clair) % SECRET or len(clair) > SECRET * SUITE_MAX:
        raise illisible("suite")
    return tuple(clair[debut : debut + SECRET] for debut in range(0, len(clair), SECRET))


def cle_publique_x25519(cle_requete: bytes) -> X25519PublicKey:
    """The Montgomery form of an Edwards point: u = (1 + y) / (1 - y) (RFC 7748, 4.1). Raises ValueError: no point."""
    y = int.from_bytes(cle_requete, "little") & (2**255 - 1)
    u = (1 + y) * pow(1 - y, -1, _P) % _P
    return X25519PublicKey.from_public_bytes(u.to_bytes(32, "little"))


def cle_privee_x25519(requete: Ed25519PrivateKey) -> X25519PrivateKey:
    """The scalar behind an Ed25519 seed; X25519 clamps it the same way (RFC 8032, 5.1.5)."""
    return X25519PrivateKey.from_private_bytes(hashlib.sha512(requete.private_bytes_raw()).digest()[:32])
