"""Bodies, as they come sealed from a desk, and at rest: AES-256-GCM under the body key, bound to the operation they
belong to (protocol §5)."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passdesk.domain.erreurs import BaseFermee
from passdesk.protocol.messages import SyncRequest
from passdesk.protocol.scellement import Corps, open_bodies
from passdesk.server.magasin import Transaction

NONCE = 12
"""Bytes that begin whatever is sealed here, never twice the same."""


def encrypt(cle: bytes, clair: bytes, device: str, epoch: int, seq: int) -> bytes:
    """nonce ‖ AES-256-GCM, with device, epoch and seq as associated data."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(cle).encrypt(nonce, clair, _associe(device, epoch, seq))


def decrypt(cle: bytes, scelle: bytes, device: str, epoch: int, seq: int) -> bytes:
    """The clear bytes. Raises BaseFermee(region_illisible): another key, or bytes moved to another operation."""
    try:
        return AESGCM(cle).decrypt(scelle[:NONCE], scelle[NONCE:], _associe(device, epoch, seq))
    except (InvalidTag, ValueError):
        raise BaseFermee("region_illisible") from None


def scelleur(cle: bytes, device: str, epoch: int, nombre: int) -> Callable[[int, Corps], bytes]:
    """What seals the salt and body of an operation of this log, given its `seq`, so many times at most."""
    chiffrer, journal = AESGCM(cle).encrypt, _journal(device, epoch)
    # All of them asked of the system at once: it takes as long for one.
    hasard = secrets.token_bytes(NONCE * nombre)
    nonces = iter([hasard[place : place + NONCE] for place in range(0, len(hasard), NONCE)])

    def sceller(seq: int, corps: Corps) -> bytes:
        nonce = next(nonces)
        return nonce + chiffrer(nonce, corps.sel + corps.octets, journal + seq.to_bytes(8, "big"))

    return sceller


def ouvrir_envoi(cle: X25519PrivateKey, request: SyncRequest) -> tuple[Corps | None, ...]:
    """The salts and bodies that a desk sealed to the Region, one place an operation. Raises SaisieRefusee
    (message_illisible)."""
    return open_bodies(
        request.bodies,
        cle,
        device=request.device,
        epoch=request.epoch,
        first_seq=request.first_seq,
        count=len(request.headers),
    )


def volume(octets: bytes, request: SyncRequest | None, corps: tuple[Corps | None, ...] | None) -> int:
    """Bytes that a message (`octets`, as it came) may leave here. Its own are few when it was well compressed:
    thousands of headers alike take some kilobytes on the way."""
    entetes = sum(map(len, request.headers)) if request is not None else 0
    return len(octets) + entetes + sum(len(lu.octets) for lu in corps or () if lu is not None)


def lire_corps(tx: Transaction, cle: bytes, device: str, epoch: int, seq: int) -> Corps | None:
    """The salt and body of an operation, None when it was erased. Raises BaseFermee(region_illisible)."""
    rangee = tx.une("SELECT scelle FROM corps WHERE device = ? AND epoch = ? AND seq = ?", device, epoch, seq)
    if rangee is None:
        return None
    clair = decrypt(cle, rangee[0], device, epoch, seq)
    return Corps(clair[:32], clair[32:])


def _associe(device: str, epoch: int, seq: int) -> bytes:
    return _journal(device, epoch) + seq.to_bytes(8, "big")


def _journal(device: str, epoch: int) -> bytes:
    return b"PassDesk-region-corps/1\0" + device.encode() + b"\0" + epoch.to_bytes(4, "big")
