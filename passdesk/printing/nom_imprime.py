"""A person's name on the cover: never cut, never abridged, smaller only when two lines are not enough (ui/paper §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from passdesk.domain.dessin import Mesure, Texte
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.mise_en_page import Morceau, ligne

AVANT = "Ce carnet est à "
X, LARGEUR = 24.0, 116.0
Y_SEULE, Y_PREMIERE, Y_SECONDE = 48.6, 42.6, 48.6
CORPS = (14.0, 12.0, 10.0, 8.0)
COUPES = (r"\s", r"\s|(?<=-)")
"""Where a name may go to the next line: at a space, else after a hyphen too."""


def lignes_nom(nom: str, haut: float, mesure: Mesure) -> list[Texte]:
    """ "Ce carnet est à" and the name, on one line or two; `haut`: top of the strip, mm.

    SaisieRefusee("nom_trop_long") when even 8 points and two lines are too little.
    """
    nom = " ".join(nom.split())
    corps = CORPS[0]
    if mesure.largeur(AVANT, corps) + mesure.largeur(nom, corps, True) <= LARGEUR:
        return ligne(X, haut + Y_SEULE, [Morceau(AVANT, corps), Morceau(nom, corps, True)], mesure)
    for taille, coupe in (*product(CORPS, COUPES), (CORPS[-1], "")):
        for debut, fin in _coupures(nom, coupe):
            premiere = [Morceau(AVANT, corps), Morceau(debut, taille, True)]
            if (
                mesure.largeur(AVANT, corps) + mesure.largeur(debut, taille, True) <= LARGEUR
                and mesure.largeur(fin, taille, True) <= LARGEUR
            ):
                return [
                    *ligne(X, haut + Y_PREMIERE, premiere, mesure),
                    Texte(X, haut + Y_SECONDE, fin, taille, gras=True),
                ]
    raise SaisieRefusee("nom_trop_long", longueur=len(nom))


def _coupures(nom: str, coupe: str) -> Iterator[tuple[str, str]]:
    """Every way to cut the name in two at `coupe`, the longest first line first."""
    for place in reversed([t for t in re.finditer(coupe, nom) if 0 < t.start() < len(nom)]):
        yield nom[: place.start()], nom[place.end() :]
