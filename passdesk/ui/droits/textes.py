"""All the words of *Droits de la personne* and of *Effacer la fiche*, in one place."""

from __future__ import annotations

from passdesk.domain.effacement import ApercuEffacement
from passdesk.domain.francais import typographie

TITRE = "Droits de la personne"
REVENIR = "Revenir à la fiche"
EFFACER_TITRE = "Effacement"
EFFACER_SENS = "Ce que le poste et la Région gardent de la personne disparaît. On ne revient pas en arrière."
EFFACER_VOIR = "Voir ce qui serait effacé…"

EFFACER = "Effacer la fiche"
PART = "Ce qui part"
RESTE = "Ce qui reste, et pourquoi"
POURQUOI = "Pourquoi effacer"
CHOISIR = "Choisissez d’abord une raison."
SANS_RETOUR = "On ne peut pas revenir en arrière"
SANS_RETOUR_SUITE = "Une fois effacée, la fiche ne se retrouve plus\u00a0: ni ici, ni à la Région."
GARDER = "Garder la fiche"
FAIT = "La fiche est effacée"
RETOUR_PERSONNES = "Revenir aux personnes"


def question(nom: str) -> str:
    """The question of the dialog, with its object."""
    return typographie(f"Effacer la fiche de {nom} ?")


def consequences(vu: ApercuEffacement) -> str:
    """What the dialog says under it."""
    region = " La Région efface sa copie." if vu.relie else ""
    passes = " Les pass donnés restent valables." if vu.valables else ""
    return typographie(f"On ne peut pas revenir en arrière.{region}{passes}")
