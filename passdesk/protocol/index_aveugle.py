"""The blind index by which desks recognise a person across the Region without sharing names (protocol §6, key v1)."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from argon2.low_level import Type, hash_secret_raw

SEL = hashlib.sha256(b"passdesk-index-v1").digest()
TAILLE = 16
_TAILLE_ARGON2 = 32


@dataclass(frozen=True, slots=True)
class ParametresIndex:
    """Cost of Argon2id: memory in KiB, passes, lanes."""

    memoire_kio: int = 64 * 1024
    temps: int = 2
    parallelisme: int = 1


ARGON2_INDEX = ParametresIndex()
"""Production cost, frozen with key v1: another value gives another index."""


def _lettres(nom: str) -> str:
    decompose = unicodedata.normalize("NFKD", nom)
    nu = "".join(c for c in decompose if not unicodedata.combining(c))
    majuscules = nu.replace("ß", "SS").replace("ẞ", "SS").upper().replace("Œ", "OE").replace("Æ", "AE")
    return re.sub("[^A-Z]", "", majuscules)


def _premier_prenom(prenoms: str) -> str:
    """Up to the first space, hyphen (any Unicode dash) or comma; leading separators do not count."""
    separateurs = "".join(" " if c == "," or unicodedata.category(c) == "Pd" else c for c in prenoms)
    mots = separateurs.split()
    return mots[0] if mots else ""


def cle_identite(nom_naissance: str, prenoms: str, naissance: date) -> str:
    """Key v1 of an identity: "NOM|PRENOM|AAAA-MM-JJ". Personal data: never logged, never sent."""
    return "|".join((_lettres(nom_naissance), _lettres(_premier_prenom(prenoms)), naissance.isoformat()))


def index_aveugle(cle: str, secret: bytes, parametres: ParametresIndex = ARGON2_INDEX) -> bytes:
    """First 16 bytes of HMAC-SHA256(index secret, Argon2id(key)). About 0.1 s: call it off the window's thread.

    Raises ValueError unless the secret has 32 bytes.
    """
    if len(secret) != 32:
        raise ValueError("the index secret has 32 bytes")
    lent = hash_secret_raw(
        secret=cle.encode("utf-8"),
        salt=SEL,
        time_cost=parametres.temps,
        memory_cost=parametres.memoire_kio,
        parallelism=parametres.parallelisme,
        hash_len=_TAILLE_ARGON2,
        type=Type.ID,
    )
    return hmac.digest(secret, lent, "sha256")[:TAILLE]
