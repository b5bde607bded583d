"""What may have happened between two birth dates: the same, a slip of the hand, or another person's."""

from __future__ import annotations

from datetime import date
from enum import Enum

ANS_ENTRE_GENERATIONS = 13
"""Years from which the same name is rather that of a parent and a child."""


class Ecart(Enum):
    """How two birth dates differ: points it gives to a likeness, and the code of its reason ("" says nothing)."""

    AUCUN = (30, "meme_naissance")
    INVERSE = (24, "naissance_inversee")
    UN_CHIFFRE = (20, "naissance_proche")
    UN_NOMBRE = (15, "naissance_proche")
    INCONNU = (10, "naissance_absente")
    AUTRE = (0, "naissance_autre")

    @property
    def points(self) -> int:
        """Out of 30."""
        return self.value[0]

    @property
    def code(self) -> str:
        """The reason."""
        return self.value[1]


def ecart(une: date | None, autre: date | None) -> Ecart:
    """How these dates differ.

    UN_CHIFFRE: one digit wrong, two exchanged, or one unit off, in the day, the month or the year. UN_NOMBRE: one of
    them is wrong altogether; a year too far is another person's, a parent's or a child's.
    """
    if une is None or autre is None:
        return Ecart.INCONNU
    if une == autre:
        return Ecart.AUCUN
    if (une.day, une.month, une.year) == (autre.month, autre.day, autre.year):
        return Ecart.INVERSE
    nombres = ((une.day, autre.day), (une.month, autre.month), (une.year, autre.year))
    differents = [(a, b) for a, b in nombres if a != b]
    if len(differents) > 1:
        return Ecart.AUTRE
    ((un, deux),) = differents
    if _un_chiffre(f"{un:02d}", f"{deux:02d}") or abs(un - deux) == 1:
        return Ecart.UN_CHIFFRE
    return Ecart.UN_NOMBRE if abs(une.year - autre.year) < ANS_ENTRE_GENERATIONS else Ecart.AUTRE


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
