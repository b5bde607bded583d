"""The pass key that a desk announces with an epoch: in the body of `poste.epoque` v2, with a proof that it holds it.

`preuve` is the new key's signature over b"PassDesk-epoque/2\\0" ‖ epoch (4 bytes, big endian) ‖ public key ‖ device id.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol.pass_token import signature_bonne

VERSION_EPOQUE = 2
"""Of `poste.epoque` when it announces a key; the first version announces none."""


def _message(device: str, epoch: int, cle: bytes) -> bytes:
    return b"PassDesk-epoque/2\0" + epoch.to_bytes(4, "big") + cle + device.encode()


def annonce(passe: Ed25519PrivateKey, device: str, epoch: int) -> dict[str, bytes]:
    """What the body of `poste.epoque` says of the key of this epoch: `cle` (32 bytes) and `preuve` (64)."""
    cle = passe.public_key().public_bytes_raw()
    return {"cle": cle, "preuve": passe.sign(_message(device, epoch, cle))}


def annonce_bonne(device: str, epoch: int, cle: bytes, preuve: bytes) -> bool:
    """True when whoever wrote it holds the key, and meant it for this device and this epoch."""
    return signature_bonne(cle, preuve, _message(device, epoch, cle))
