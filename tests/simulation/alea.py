"""Chance, ids and keys drawn from one seed while a block runs: the same history gives the same bytes.

Four seams, all at the border of the program, and nothing weakened: the system's entropy as Python reads it, UUIDv7,
the private keys, and the throw-away key of each sealed block (HPKE's sender, RFC 9180 §5.1.1; the receiver is the real
one and opens it).
"""

from __future__ import annotations

import hmac
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import Suite

from passdesk.protocol import scellement
from passdesk.server import cles, racine
from passdesk.services import enroler, synchroniser
from passdesk.storage import cle_pass

_KEM = b"KEM\x00\x20"
_SUITE = b"HPKE\x00\x20\x00\x01\x00\x02"


class Source:
    """What is drawn, from `graine`. `instant`: the present as the computer at work sees it; `chrono`: seconds."""

    def __init__(self, graine: str) -> None:
        self._alea = random.Random(graine)
        self._rang = 0
        self.instant: Callable[[], datetime] = lambda: datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        self.chrono = 0.0

    def octets(self, nombre: int) -> bytes:
        """As `os.urandom`."""
        return self._alea.randbytes(nombre)

    def uuid7(self) -> str:
        """A UUIDv7: the clock of the computer at work, then a number that only goes up, then chance."""
        self._rang += 1
        millisecondes = max(0, int(self.instant().timestamp() * 1000)) & (1 << 48) - 1
        suite = (self._rang & (1 << 32) - 1) << 42 | self._alea.getrandbits(42)
        entier = millisecondes << 80 | 7 << 76 | suite >> 62 << 64 | 2 << 62 | suite & (1 << 62) - 1
        texte = f"{entier:032x}"
        return "-".join((texte[:8], texte[8:12], texte[12:16], texte[16:20], texte[20:]))


@contextmanager
def semer(source: Source) -> Iterator[None]:
    """The program draws from `source` while the block runs."""
    classes = (("Ed25519PrivateKey", Ed25519PrivateKey), ("X25519PrivateKey", X25519PrivateKey))
    poses: list[tuple[object, str, object]] = [
        (random, "_urandom", source.octets),
        (uuid_utils, "uuid7", source.uuid7),
        (scellement, "_SUITE", _Expediteur(source, scellement._SUITE)),
        (synchroniser, "time", SimpleNamespace(monotonic=lambda: source.chrono)),
    ]
    modules: tuple[ModuleType, ...] = (cles, racine, enroler, cle_pass)
    poses += [(m, nom, _cles(source, classe)) for m in modules for nom, classe in classes if hasattr(m, nom)]
    anciens = [mock.patch.object(objet, nom, valeur) for objet, nom, valeur in poses]
    for pose in anciens:
        pose.start()
    try:
        yield
    finally:
        for pose in reversed(anciens):
            pose.stop()


def _cles(source: Source, classe: Any) -> SimpleNamespace:
    """The class as the modules use it, its new keys drawn from the seed."""
    return SimpleNamespace(
        generate=lambda: classe.from_private_bytes(source.octets(32)), from_private_bytes=classe.from_private_bytes
    )


class _Expediteur:
    """HPKE in base mode (X25519, HKDF-SHA256, AES-256-GCM), one shot, whose ephemeral key comes from the seed."""

    def __init__(self, source: Source, vraie: Suite) -> None:
        self._source, self._vraie = source, vraie

    def decrypt(self, scelle: bytes, cle: X25519PrivateKey, *, info: bytes) -> bytes:
        """The real one."""
        return self._vraie.decrypt(scelle, cle, info=info)

    def encrypt(self, clair: bytes, cle: X25519PublicKey, *, info: bytes) -> bytes:
        """enc ‖ ciphertext."""
        ephemere = X25519PrivateKey.from_private_bytes(self._source.octets(32))
        enc = ephemere.public_key().public_bytes_raw()
        secret = _extraire(_KEM, b"", b"eae_prk", ephemere.exchange(cle))
        partage = _etendre(_KEM, secret, b"shared_secret", enc + cle.public_bytes_raw(), 32)
        contexte = b"\0" + _extraire(_SUITE, b"", b"psk_id_hash", b"") + _extraire(_SUITE, b"", b"info_hash", info)
        secret = _extraire(_SUITE, partage, b"secret", b"")
        nonce = _etendre(_SUITE, secret, b"base_nonce", contexte, 12)
        return enc + AESGCM(_etendre(_SUITE, secret, b"key", contexte, 32)).encrypt(nonce, clair, None)


def _extraire(suite: bytes, sel: bytes, nom: bytes, entree: bytes) -> bytes:
    """LabeledExtract (RFC 9180 §4)."""
    return hmac.digest(sel or bytes(32), b"HPKE-v1" + suite + nom + entree, "sha256")


def _etendre(suite: bytes, secret: bytes, nom: bytes, info: bytes, longueur: int) -> bytes:
    """LabeledExpand, of one block at most."""
    return hmac.digest(secret, longueur.to_bytes(2, "big") + b"HPKE-v1" + suite + nom + info + b"\1", "sha256")[
        :longueur
    ]
