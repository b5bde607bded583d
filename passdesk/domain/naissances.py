"""What may have happened between two birth dates: the same, a slip of the hand, or another person's."""

from __future__ import annotations

from datetime import date
from enum import Enum

ANS_ENTRE_GENERATIONS = 13
"""Years from which the same name is rather that of a parent and a child."""

JOURS_TRES_VOISINS, JOURS_VOISINS = 2, 7
"""Days apart that a slip explains even where the month or the year changes."""


class Ecart(Enum):
    """How two birth dates differ: points it gives to a likeness, and the code of its reason."""

    AUCUN = (42, "meme_naissance")
    INVERSE = (33, "naissance_inversee")
    UN_CHIFFRE = (29, "naissance_proche")
    INCONNU = (27, "naissance_absente")
    UN_NOMBRE = (22, "naissance_proche")
    PREMIER_JANVIER = (21, "naissance_premier_janvier")
    DEUX_ERREURS = (12, "naissance_voisine")
    AUTRE = (-4, "naissance_autre")
    GENERATION = (-60, "naissance_autre")

    @property
    def points(self) -> int:
        """Points given; below zero, taken."""
        return self.value[0]

    @property
    def code(self) -> str:
        """The reason."""
        return self.value[1]


def ecart(une: date | None, autre: date | None) -> Ecart:
    """How these dates differ.

    UN_CHIFFRE: one digit wrong, two exchanged, or one unit off, in the day, the month or the year; or neighbours in the
    calendar. UN_NOMBRE: one of them is wrong altogether. PREMIER_JANVIER: the same year, and one day that was not known
    and was written so. DEUX_ERREURS: two slips. GENERATION: a year too far, a parent's or a child's.
    """
    if une is None or autre is None:
        return Ecart.INCONNU
    if une == autre:
        return Ecart.AUCUN
    if (une.day, une.month, une.year) == (autre.month, autre.day, autre.year):
        return Ecart.INVERSE
    loin = abs(une.year - autre.year) >= ANS_ENTRE_GENERATIONS
    fautes = _fautes(une, autre)
    jours = abs((une - autre).days)
    if fautes == 1 or jours <= JOURS_TRES_VOISINS:
        return Ecart.UN_CHIFFRE
    if jours <= JOURS_VOISINS or (sum(a != b for a, b in _nombres(une, autre)) == 1 and not loin):
        return Ecart.UN_NOMBRE
    if une.year == autre.year and (1, 1) in ((une.day, une.month), (autre.day, autre.month)):
        return Ecart.PREMIER_JANVIER
    if loin:
        return Ecart.GENERATION
    tournees = [(jour, autre) for jour in variantes(une)] + [(jour, une) for jour in variantes(autre)]
    if fautes == 2 or any(_fautes(*dates) == 1 for dates in tournees):
        return Ecart.DEUX_ERREURS
    return Ecart.AUTRE


def _nombres(une: date, autre: date) -> tuple[tuple[int, int], ...]:
    return ((une.day, autre.day), (une.month, autre.month), (une.year, autre.year))


def _fautes(une: date, autre: date) -> int:
    """How many of the three numbers differ by one slip; 3 when one of them differs by more."""
    differents = [(a, b) for a, b in _nombres(une, autre) if a != b]
    petites = all(_un_chiffre(f"{a:02d}", f"{b:02d}") or abs(a - b) == 1 for a, b in differents)
    return len(differents) if petites else len(differents) + 3


def variantes(naissance: date | None) -> tuple[date, ...]:
    """The dates that the commonest slips would have written: day and month exchanged."""
    if naissance is None or naissance.day > 12:
        return ()
    return (naissance.replace(day=naissance.month, month=naissance.day),)


def _un_chiffre(un: str, autre: str) -> bool:
    """One digit changed, or two neighbours exchanged."""
    places = [rang for rang, (a, b) in enumerate(zip(un, autre, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and un[places[0]] == autre[places[1]]
        and un[places[1]] == autre[places[0]]
    )
