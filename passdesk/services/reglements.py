"""The règlements in force at this desk: those shipped, and those that the Region published since (protocol §7)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.reglement import Reglement
from passdesk.ressources import chemin
from passdesk.storage import reglements as recus
from passdesk.storage.engine import Base

if TYPE_CHECKING:
    from passdesk.services.poste import Poste


@cache
def reglements_livres() -> tuple[Reglement, ...]:
    """Those shipped with the program (generation 0), oldest first. Raises SaisieRefusee."""
    fichiers = sorted(chemin("reglements").glob("*.toml"))
    if not fichiers:
        raise SaisieRefusee("reglement_absent")
    return tuple(_lire(fichier.read_bytes(), fichier.name) for fichier in fichiers)


def reglements_connus(base: Base) -> tuple[Reglement, ...]:
    """Shipped, then received, in the order of their generations."""
    return (*reglements_livres(), *(_lire(recu.octets, f"{recu.id}.toml") for recu in recus.appliques(base)))


def reglements(poste: Poste) -> tuple[Reglement, ...]:
    """Those of this desk now, also when they arrived through another connection; `poste.reglements` follows.

    To be called where the base may be: each decision is taken with what this returns.
    """
    connus = reglements_connus(poste.base)
    if poste.reglements != connus:
        poste.reglements = connus
    return connus


def par_empreinte(poste: Poste, empreinte: bytes) -> Reglement | None:
    """The very text that a decision was taken with, by the SHA-256 of its bytes; None when it is not at this desk."""
    return next((reglement for reglement in reglements(poste) if reglement.empreinte == empreinte), None)


@lru_cache(maxsize=64)
def _lire(octets: bytes, nom: str) -> Reglement:
    return lire_reglement(octets, nom)
