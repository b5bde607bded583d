"""A person's name on paper: never cut, never abridged, smaller only when two lines are not enough (ui/paper §8).

A name in letters that the paper would write wrong is not printed: a line is left to write it by hand (decision 0037).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from passdesk.domain.dessin import Mesure, Texte
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.fontes import Metriques, sans_glyphe
from passdesk.printing.mise_en_page import Morceau, ligne

LIGNE_A_LA_MAIN = "_" * 28
"""What stands on a letter or a receipt in the place of a name that only a hand can write."""
AVANT = "Ce carnet est à "
X = 24.0


@dataclass(frozen=True, slots=True)
class PlaceNom:
    """Where the name stands: width, baselines from the top of the strip (of one line, of two), sizes to try."""

    largeur: float
    seule: float
    deux: tuple[float, float]
    corps: tuple[float, ...]


PLACE = PlaceNom(116.0, 48.6, (42.6, 48.6), (14.0, 12.0, 10.0, 8.0))
PLACE_GROS = PlaceNom(170.0, 81.0, (73.6, 81.8), (20.0, 18.0, 16.0, 14.0, 12.0))
COUPES = (r"\s", r"\s|(?<=-)")
"""Where a name may go to the next line: at a space, else after a hyphen too."""


def lettres_sans_dessin(nom: str) -> tuple[str, ...]:
    """The letters of a name that the shipped faces draw wrong or not at all, once each; none for most names."""
    return tuple(dict.fromkeys((*sans_glyphe(nom), *sans_glyphe(nom, gras=True))))


def nom_ou_ligne(nom: str) -> str:
    """The name as it is printed, or the line on which it is written by hand."""
    return LIGNE_A_LA_MAIN if lettres_sans_dessin(nom) else nom


def tient_sur_couverture(nom: str) -> bool:
    """True when the name has room on the cover, in ordinary and in large print."""
    mesure = Metriques()
    try:
        return all(lignes_nom(nom, 0.0, mesure, place) for place in (PLACE, PLACE_GROS))
    except SaisieRefusee:
        return False


def lignes_nom(nom: str, haut: float, mesure: Mesure, place: PlaceNom = PLACE) -> list[Texte]:
    """ "Ce carnet est à" and the name, on one line or two; `haut`: top of the strip, mm.

    SaisieRefusee("nom_trop_long") when even the smallest size and two lines are too little.
    """
    nom = " ".join(nom.split())
    corps = place.corps[0]
    libre = place.largeur - mesure.largeur(AVANT, corps)
    if mesure.largeur(nom, corps, True) <= libre:
        return ligne(X, haut + place.seule, [Morceau(AVANT, corps), Morceau(nom, corps, True)], mesure)
    for taille, coupe in (*product(place.corps, COUPES), (place.corps[-1], "")):
        for debut, fin in _coupures(nom, coupe):
            premiere = [Morceau(AVANT, corps), Morceau(debut, taille, True)]
            if mesure.largeur(debut, taille, True) <= libre and mesure.largeur(fin, taille, True) <= place.largeur:
                return [
                    *ligne(X, haut + place.deux[0], premiere, mesure),
                    Texte(X, haut + place.deux[1], fin, taille, gras=True),
                ]
    raise SaisieRefusee("nom_trop_long", longueur=len(nom))


def _coupures(nom: str, coupe: str) -> Iterator[tuple[str, str]]:
    """Every way to cut the name in two at `coupe`, the longest first line first."""
    for place in reversed([t for t in re.finditer(coupe, nom) if 0 < t.start() < len(nom)]):
        yield nom[: place.start()], nom[place.end() :]
