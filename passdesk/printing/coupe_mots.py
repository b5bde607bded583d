"""Words on a few lines of one width: cut at spaces, then at hyphens, and only then with " …" (ui/paper §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from passdesk.domain.dessin import Mesure

SUITE = " …"


def mots(texte: str) -> list[str]:
    """The text in pieces that stay whole, each with the space after it. Only a plain space parts."""
    return re.findall(r"[^ ]+ ?", texte)


def parties(texte: str, corps: float, gras: bool, largeur: float, mesure: Mesure) -> list[str]:
    """Smaller pieces: a hyphen parts too; one wider than the column is broken where the column ends."""
    return list(_etroits(re.findall(r"[^ -]*- ?|[^ -]+ ?", texte), corps, gras, largeur, mesure))


def couper(morceaux: Sequence[str], corps: float, gras: bool, largeur: float, nombre: int, mesure: Mesure) -> list[str]:
    """The pieces on the fewest lines that hold them, `nombre` at most, as even as can be; none without room."""
    for combien in range(1, min(nombre, len(morceaux)) + 1):
        essais = []
        for coupes in combinations(range(1, len(morceaux)), combien - 1):
            bornes = (0, *coupes, len(morceaux))
            lignes = ["".join(morceaux[a:b]).rstrip(" ") for a, b in pairwise(bornes)]
            essais.append((max(mesure.largeur(ligne, corps, gras) for ligne in lignes), lignes))
        large, lignes = min(essais, key=lambda essai: essai[0])
        if large <= largeur:
            return lignes
    return []


def abreger(
    morceaux: Sequence[str], corps: float, gras: bool, largeur: float, nombre: int, mesure: Mesure
) -> list[str]:
    """As many pieces as `nombre` lines hold, then " …"."""
    lignes = [""]
    for morceau in morceaux:
        fin = SUITE if len(lignes) == nombre else ""
        if mesure.largeur((lignes[-1] + morceau).rstrip(" ") + fin, corps, gras) <= largeur:
            lignes[-1] += morceau
        elif len(lignes) < nombre:
            lignes.append(morceau)
        else:
            break
    return [*(ligne.rstrip(" ") for ligne in lignes[:-1]), lignes[-1].rstrip(" -") + SUITE]


def _etroits(morceaux: Sequence[str], corps: float, gras: bool, largeur: float, mesure: Mesure) -> Iterator[str]:
    for entier in morceaux:
        reste = entier
        while mesure.largeur(reste + SUITE, corps, gras) > largeur:
            debut = reste
            while mesure.largeur(debut + SUITE, corps, gras) > largeur:
                debut = debut[:-1]
            yield debut
            reste = reste.removeprefix(debut)
        yield reste
