"""A row of *Réglages*: what is so at the left, the act at the right; one above the other where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Colonne, Flexible
from passdesk.ui.theme import Theme

PLACE = 520
"""Width, in pixels at 100 %, under which the act goes below its words."""
BOUTON = 168
"""The acts of a card have one common width, at least (guide §3)."""


class LigneReglage(QWidget):
    """`mots`: widgets of text, one under the other; `actes`: buttons, the same."""

    def __init__(self, theme: Theme, mots: Sequence[QWidget], actes: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme, self._actes = theme, tuple(actes)
        dits, self._faits = Colonne(theme, ecart=2), Colonne(theme, ecart=8)
        for mot in mots:
            dits.addWidget(mot)
        dits.addStretch(1)
        for acte in actes:
            self._faits.addWidget(acte)
        self._cadre = Flexible(theme, ecart=8)
        self._cadre.addLayout(dits, 1)
        self._cadre.addLayout(self._faits)
        self.setLayout(self._cadre)
        theme.change.connect(self._placer)
        self._placer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placer()

    def _placer(self) -> None:
        etroite = self.width() < self._theme.px(PLACE)
        self._cadre.empiler(etroite)
        self._cadre.setAlignment(self._faits, Qt.AlignmentFlag.AlignLeft if etroite else Qt.AlignmentFlag.AlignTop)
        for acte in self._actes:
            acte.setMinimumWidth(self._theme.px(BOUTON))
