"""The règlements that can be read here: those shipped with the program, and those kept in the base (protocol §7)."""

from __future__ import annotations

from functools import cache, lru_cache

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.reglement import Reglement
from passdesk.ressources import chemin
from passdesk.storage import reglements as recus
from passdesk.storage.engine import Base


@cache
def reglements_livres() -> tuple[Reglement, ...]:
    """Those shipped with the program (generation 0), oldest first. Raises SaisieRefusee."""
    fichiers = sorted(chemin("reglements").glob("*.toml"))
    if not fichiers:
        raise SaisieRefusee("reglement_absent")
    return tuple(lire(fichier.read_bytes(), fichier.name) for fichier in fichiers)


def reglements_connus(base: Base) -> tuple[Reglement, ...]:
    """Shipped, then received, in the order of their generations."""
    return (*reglements_livres(), *(lire(recu.octets, f"{recu.id}.toml") for recu in recus.appliques(base)))


@lru_cache(maxsize=64)
def lire(octets: bytes, nom: str) -> Reglement:
    """The règlement written in `octets`, called `nom` in what is wrong with it. Raises SaisieRefusee."""
    return lire_reglement(octets, nom)
