"""The root key of the Region: a file kept offline under a passphrase; it signs publication keys and campaigns only."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.confiance import CampagneSignee, signer_campagne

_CONTEXTE = b"PassDesk-racine/1\0"
PHRASE_MIN = 12


@dataclass(frozen=True, slots=True)
class CoutPhrase:
    """Cost of Argon2id: memory in KiB, passes, lanes."""

    memoire_kio: int = 256 * 1024
    temps: int = 3
    parallelisme: int = 1


COUT_RACINE = CoutPhrase()
"""Rarely typed, and whoever holds the file may try for years: dearer than a desk's."""


@dataclass(frozen=True, slots=True)
class Racine:
    """The root key, open. `demonstration`: this root signs campaign 127 and nothing else; a real one all but 127."""

    cle: Ed25519PrivateKey = field(repr=False)
    demonstration: bool

    @property
    def publique(self) -> bytes:
        """The 32 bytes that places pin."""
        return self.cle.public_key().public_bytes_raw()

    def signer_campagne(self, campagne: Campagne) -> CampagneSignee:
        """The campaign signed. Raises SaisieRefusee(campagne_demonstration_seule, campagne_reservee)."""
        if self.demonstration and not campagne.est_demonstration:
            raise SaisieRefusee("campagne_demonstration_seule")
        if campagne.est_demonstration and not self.demonstration:
            raise SaisieRefusee("campagne_reservee")
        return signer_campagne(self.cle, campagne)


def nouvelle_racine(*, demonstration: bool = False) -> Racine:
    """A new root key."""
    return Racine(Ed25519PrivateKey.generate(), demonstration)


def sceller_racine(racine: Racine, phrase: str, cout: CoutPhrase | None = None) -> bytes:
    """The root file: CBOR, AES-256-GCM under Argon2id of the passphrase. Raises SaisieRefusee(phrase_racine_courte)."""
    if len(phrase) < PHRASE_MIN:
        raise SaisieRefusee("phrase_racine_courte", minimum=PHRASE_MIN)
    cout = cout or COUT_RACINE
    sel, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cle = _derive(phrase, sel, cout)
    return canonique.encode(
        {
            "v": 1,
            "demonstration": racine.demonstration,
            "sel": sel,
            "cout": [cout.memoire_kio, cout.temps, cout.parallelisme],
            "nonce": nonce,
            "scelle": AESGCM(cle).encrypt(nonce, racine.cle.private_bytes_raw(), _associe(racine.demonstration)),
        }
    )


def ouvrir_racine(fichier: Path, phrase: str) -> Racine:
    """The root key of a file. Raises SaisieRefusee(racine_absente), BaseFermee(cle_racine_illisible, phrase_racine)."""
    try:
        octets = fichier.read_bytes()
    except OSError:
        raise SaisieRefusee("racine_absente") from None
    try:
        champs = Champs(canonique.decode(octets))
        champs.entier("v", 1, 1)
        demonstration = champs.vrai("demonstration")
        sel, nonce, scelle = champs.octets("sel", 16), champs.octets("nonce", 12), champs.octets("scelle", 48)
        rangee = champs.rangee("cout", 3)
        cout = CoutPhrase(rangee.entier("0", 8, 2**21), rangee.entier("1", 1, 20), rangee.entier("2", 1, 16))
        champs.fin()
    except SaisieRefusee:
        raise BaseFermee("cle_racine_illisible") from None
    try:
        graine = AESGCM(_derive(phrase, sel, cout)).decrypt(nonce, scelle, _associe(demonstration))
    except InvalidTag:
        raise BaseFermee("phrase_racine") from None
    return Racine(Ed25519PrivateKey.from_private_bytes(graine), demonstration)


def _associe(demonstration: bool) -> bytes:
    return _CONTEXTE + bytes([demonstration])


def _derive(phrase: str, sel: bytes, cout: CoutPhrase) -> bytes:
    return hash_secret_raw(
        secret=unicodedata.normalize("NFC", phrase).encode("utf-8"),
        salt=sel,
        time_cost=cout.temps,
        memory_cost=cout.memoire_kio,
        parallelism=cout.parallelisme,
        hash_len=32,
        type=Type.ID,
    )
