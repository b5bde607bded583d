"""The pass on paper: a 64-bit header and its Ed25519 signature, written as 177 digits (design §6, print §2.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from passdesk.domain.campagne import TAILLES

MAGIE = "801"
VERSION = 1
CONTEXTE = b"PassNum/1\0"
CHIFFRES = 174
"""Decimal digits of the 576-bit integer, zero padded."""
LONGUEUR = len(MAGIE) + CHIFFRES

JOUR_ZERO = date(2025, 1, 1)
JOUR_MAX_PASS = (1 << 12) - 1

_CHAMPS = (("version", 3), ("campagne", 7), ("kid", 16), ("carnet", 21), ("taille", 1), ("rang", 4), ("jour", 12))
CAMPAGNE_MAX = (1 << 7) - 1
KID_MAX = (1 << 16) - 1
KID_ESSAI = 0
"""The key number of test pages alone: never given to a desk, refused in a trust list."""
CARNET_MAX = (1 << 21) - 1

_AZERTY = str.maketrans("à&é\"'(-è_çÀÉÈÇ’§!", "01234567890279468")
"""Of a PC; with the letters that a locked shift leaves, and the 6 and 8 of a Mac and of Belgium, `§` and `!`."""


def numero_du_jour(jour: date, maximum: int = (1 << 16) - 1) -> int:
    """Days from 2025-01-01 (protocol §2). Raises ValueError outside 0..maximum."""
    numero = (jour - JOUR_ZERO).days
    if not 0 <= numero <= maximum:
        raise ValueError(f"day out of range: {jour.isoformat()}")
    return numero


def jour_du_numero(numero: int) -> date:
    """The date of a day number."""
    return JOUR_ZERO + timedelta(days=numero)


def sans_azerty(texte: str) -> str:
    """The text with the ten unshifted keys of an AZERTY digit row mapped back to digits (0 is `à`)."""
    return texte.translate(_AZERTY)


@dataclass(frozen=True, slots=True)
class PassToken:
    """What a pass says of itself, and the signature: not yet believed. `rang` may exceed `taille` when forged."""

    campagne: int
    kid: int
    carnet: int
    taille: int
    rang: int
    dernier_jour: date
    signature: bytes = field(repr=False)

    @property
    def entete(self) -> bytes:
        """The 8 bytes that are signed after the context."""
        return _entete(self.campagne, self.kid, self.carnet, self.taille, self.rang, self.dernier_jour)

    @property
    def texte(self) -> str:
        """The 177 digits of the QR code."""
        nombre = int.from_bytes(self.entete + self.signature, "big")
        return MAGIE + str(nombre).zfill(CHIFFRES)


def _entete(campagne: int, kid: int, carnet: int, taille: int, rang: int, dernier_jour: date) -> bytes:
    valeurs = {
        "version": VERSION,
        "campagne": campagne,
        "kid": kid,
        "carnet": carnet,
        "taille": TAILLES.index(taille),
        "rang": rang,
        "jour": numero_du_jour(dernier_jour, JOUR_MAX_PASS),
    }
    nombre = 0
    for nom, bits in _CHAMPS:
        if not 0 <= valeurs[nom] < 1 << bits:
            raise ValueError(f"{nom} out of range")
        nombre = nombre << bits | valeurs[nom]
    return nombre.to_bytes(8, "big")


def signer_pass(
    cle: Ed25519PrivateKey, *, campagne: int, kid: int, carnet: int, taille: int, rang: int, dernier_jour: date
) -> PassToken:
    """Signs one pass; the same arguments give the same bytes. Raises ValueError (a bug) when a number has no room."""
    if taille not in TAILLES or not 1 <= rang <= taille:
        raise ValueError("rang and taille do not agree")
    entete = _entete(campagne, kid, carnet, taille, rang, dernier_jour)
    return PassToken(campagne, kid, carnet, taille, rang, dernier_jour, cle.sign(CONTEXTE + entete))


def lire_pass(texte: str) -> PassToken | None:
    """The pass written in a scanned or typed text, or None when it is not one. The signature is not checked here."""
    chiffres = sans_azerty("".join(texte.split()))
    if len(chiffres) != LONGUEUR or not (chiffres.isascii() and chiffres.isdigit()) or not chiffres.startswith(MAGIE):
        return None
    nombre = int(chiffres[len(MAGIE) :])
    if nombre >> 576:
        return None
    octets = nombre.to_bytes(72, "big")
    reste, valeurs = int.from_bytes(octets[:8], "big"), dict[str, int]()
    for nom, bits in reversed(_CHAMPS):
        valeurs[nom] = reste & (1 << bits) - 1
        reste >>= bits
    if valeurs["version"] != VERSION:
        return None
    return PassToken(
        campagne=valeurs["campagne"],
        kid=valeurs["kid"],
        carnet=valeurs["carnet"],
        taille=TAILLES[valeurs["taille"]],
        rang=valeurs["rang"],
        dernier_jour=jour_du_numero(valeurs["jour"]),
        signature=octets[8:],
    )


def signature_bonne(cle: bytes, signature: bytes, message: bytes) -> bool:
    """True when `signature` is that of `message` by the raw 32-byte Ed25519 public key; never raises on bad bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(cle).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verifier_pass(token: PassToken, cle: bytes) -> bool:
    """True when the desk key signed this pass."""
    return signature_bonne(cle, token.signature, CONTEXTE + token.entete)
