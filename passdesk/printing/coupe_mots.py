"""Words on a few lines of one width: cut at spaces, then at hyphens, and only then with " …" (ui/paper §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf

from passdesk.domain.dessin import Mesure

SUITE = " …"


def mots(texte: str) -> list[str]:
    """The text in pieces that stay whole, each with the space after it. Only a plain space parts."""
    return re.findall(r"[^ ]+ ?", texte)


def parties(texte: str, corps: float, gras: bool, largeur: float, mesure: Mesure) -> list[str]:
    """Smaller pieces: a hyphen parts too; one wider than the column is broken where the column ends."""
    return list(_etroits(re.findall(r"[^ -]*- ?|[^ -]+ ?", texte), corps, gras, largeur, mesure))


def couper(morceaux: Sequence[str], corps: float, gras: bool, largeur: float, nombre: int, mesure: Mesure) -> list[str]:
    """The pieces on the fewest lines that hold them, `nombre` at most, as even as can be; none without room.

    Even: the widest line is the narrowest it can be, and of equals the first lines hold the least.
    """
    total = len(morceaux)
    # What each line beginning at a piece measures, by the piece it ends before; nothing wider than the column.
    lignes: list[dict[int, float]] = []
    for debut in range(total):
        large: dict[int, float] = {}
        for fin in range(debut + 1, total + 1):
            mesuree = mesure.largeur("".join(morceaux[debut:fin]).rstrip(" "), corps, gras)
            if mesuree > largeur:
                break
            large[fin] = mesuree
        lignes.append(large)
    # The widest of the lines that hold what is left from each piece, at its best, for one line more every time.
    restes = [[0.0 if debut == total else inf for debut in range(total + 1)]]
    for _ in range(min(nombre, total)):
        apres = restes[-1]
        larges = (min((max(mesuree, apres[fin]) for fin, mesuree in large.items()), default=inf) for large in lignes)
        restes.append([*larges, inf])
        if restes[-1][0] < inf:
            return _lignes(morceaux, lignes, restes)
    return []


def _lignes(
    morceaux: Sequence[str], lignes: Sequence[dict[int, float]], restes: Sequence[Sequence[float]]
) -> list[str]:
    """The lines of the best cuts: none wider than the widest has to be, the first ones cut as soon as they can be."""
    large, debut, coupees = restes[-1][0], 0, []
    for reste in reversed(restes[:-1]):
        fin = next(fin for fin, mesuree in lignes[debut].items() if max(mesuree, reste[fin]) <= large)
        coupees.append("".join(morceaux[debut:fin]).rstrip(" "))
        debut = fin
    return coupees


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
