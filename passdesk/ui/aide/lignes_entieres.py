"""Where a page of the manual may end on the screen: a line sliced in mid-height only looks broken."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextDocument

PART_DE_VUE = 0.4
"""What is taller than this part of the place, a picture, is shown cut: leaving it out would show nothing."""
SURSIS = 2
"""Cutting the empty edge of a line, in pixels, cuts nothing."""


def pied_entier(document: QTextDocument, dessus: float, place: float) -> float:
    """The lowest edge in `place` pixels from `dessus` that cuts no line; in pixels of the document.

    The end of the place when what it cuts is too tall to wait.
    """
    bord = pied = dessus + place
    while coupees := [haut for haut, _ in lignes_coupees(document, bord, PART_DE_VUE * place)]:
        bord = min(coupees)
    return bord if bord > pied - PART_DE_VUE * place else pied


def tete_entiere(document: QTextDocument, dessus: float, place: float) -> float:
    """The highest edge from `dessus` that cuts no line, in the same way."""
    bord = dessus
    while coupees := [bas for _, bas in lignes_coupees(document, bord, PART_DE_VUE * place)]:
        bord = max(coupees)
    return bord if bord < dessus + PART_DE_VUE * place else dessus


def lignes_coupees(document: QTextDocument, bord: float, hauteur_max: float) -> list[tuple[float, float]]:
    """Top and bottom of the letters of each line, no taller than this, that a cut at `bord` goes through."""
    return [
        (haut, bas)
        for haut, bas in _lignes(document, bord)
        if haut + SURSIS < bord < bas - SURSIS and bas - haut <= hauteur_max
    ]


def _lignes(document: QTextDocument, bord: float) -> Iterator[tuple[float, float]]:
    """Of the blocks that a cut goes through: two of them, where a table has cells side by side.

    The space between two lines, which belongs to neither, may be cut.
    """
    mise = document.documentLayout()
    bloc = document.begin()
    while bloc.isValid():
        place: QRectF = mise.blockBoundingRect(bloc)
        if place.top() < bord < place.bottom():
            pose = bloc.layout()
            for rang in range(pose.lineCount()):
                ligne = pose.lineAt(rang)
                haut = place.top() + ligne.y()
                yield haut, haut + ligne.height()
        bloc = bloc.next()
