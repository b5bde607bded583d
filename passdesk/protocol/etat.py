"""The state digest: what a desk should have heard, in a few numbers that both sides work out alone and compare.

Events are counted by blocks of their `srv_seq`, sixteen at most, each with the sum of short hashes of its events. A
block that differs is heard again from its beginning, in order: nothing is wiped (anchors: sync §2.2). What replaces the
earlier ones of its type stands apart. Awards of the index count by what they say, not by the words that told it: these
change when the index is renewed (decision 0059).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import cbor2

from passdesk.protocol.champs import Champs, illisible

BLOC = 256
"""Width of the smallest block; the others are this one doubled."""
BLOCS_MAX = 16
MODULE = 1 << 40
"""Hashes are of 40 bits, and so are their sums: two billion events still add up in 64 bits."""

TYPE_CONFIANCE = "confiance"
TYPES_A_PART = (TYPE_CONFIANCE, "index.renouvele")
"""Types of event in no block: the latest one of each is the only one."""
TYPES_INDEX = ("index.ajout", "index.ajout_renouvele")
"""Types of event that tell an award, hashed by `empreinte_index`."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """How many events, and the sum of their hashes modulo 2^40."""

    nombre: int = 0
    somme: int = 0

    def plus(self, autre: Bloc) -> Bloc:
        """Both together."""
        return Bloc(self.nombre + autre.nombre, (self.somme + autre.somme) % MODULE)


@dataclass(frozen=True, slots=True)
class EtatRegion:
    """The digest up to the cursor of the answer that holds it. Block `r` is (r × largeur, (r + 1) × largeur].

    `confiance`: srv_seq of the last trust bundle published, 0 before any.
    """

    largeur: int
    blocs: tuple[Bloc, ...]
    confiance: int


def empreinte(srv_seq: int, type_: str, octets: bytes) -> int:
    """The hash of one event: the first 40 bits of SHA-256(srv_seq ‖ type ‖ 0 ‖ payload)."""
    condense = hashlib.sha256(srv_seq.to_bytes(8, "big") + type_.encode() + b"\0" + octets).digest()
    return int.from_bytes(condense[:5], "big")


def empreinte_index(srv_seq: int, cle: bytes, passes: int, le: str, poste: str) -> int:
    """The same of an award of the index, by its key of the moment; `le` is AAAA-MM-JJ. Quick: there are many."""
    # In the one order that `canonique` writes: shortest key first.
    return empreinte(srv_seq, TYPES_INDEX[0], cbor2.dumps({"le": le, "cle": cle, "pass": passes, "poste": poste}))


def bloc_de(empreintes: Iterable[int]) -> Bloc:
    """The block of these events."""
    nombre = somme = 0
    for valeur in empreintes:
        nombre, somme = nombre + 1, somme + valeur
    return Bloc(nombre, somme % MODULE)


def largeur_pour(cursor: int) -> int:
    """The width at which no more than BLOCS_MAX blocks reach this cursor."""
    largeur = BLOC
    while largeur * BLOCS_MAX < cursor:
        largeur *= 2
    return largeur


def rang_de(srv_seq: int, largeur: int) -> int:
    """Which block an event is in."""
    return (srv_seq - 1) // largeur


def vers_fil(etat: EtatRegion | None) -> dict[str, object] | None:
    """As it travels."""
    if etat is None:
        return None
    return {
        "largeur": etat.largeur,
        "blocs": [[bloc.nombre, bloc.somme] for bloc in etat.blocs],
        "confiance": etat.confiance,
    }


def depuis_fil(champs: Champs) -> EtatRegion:
    """The digest in these fields. Raises SaisieRefusee(message_illisible)."""
    largeur = champs.entier("largeur", BLOC)
    blocs = tuple(
        Bloc(rangee.entier("0", 0, largeur), rangee.entier("1", 0, MODULE - 1))
        for rangee in champs.rangees("blocs", 2, BLOCS_MAX)
    )
    etat = EtatRegion(largeur, blocs, champs.entier("confiance"))
    champs.fin()
    if largeur & (largeur - 1):
        raise illisible("largeur")
    return etat
