"""The règlements in force at this desk."""

from __future__ import annotations

from functools import cache

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.reglement import Reglement, lire_reglement
from passdesk.ressources import chemin


@cache
def reglements_livres() -> tuple[Reglement, ...]:
    """Those shipped with the program (generation 0, protocol §7), oldest first. Raises SaisieRefusee."""
    lus = []
    for fichier in sorted(chemin("reglements").glob("*.toml")):
        try:
            texte = fichier.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SaisieRefusee("reglement_illisible", nom=fichier.name, detail="", raison="fichier") from None
        lus.append(lire_reglement(texte, fichier.name))
    return tuple(lus)
