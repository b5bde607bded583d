"""What counts, side by side in an inset block: what is said above, what it is below (guide, `5-personnes`)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.ui.composants.mise import Colonne, Rangs
from passdesk.ui.composants.textes import Texte
from passdesk.ui.theme import Theme


class EnBref(QFrame):
    """`faits`: name and value of each, in reading order."""

    def __init__(self, theme: Theme, faits: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("role", "sunk")
        ligne = Colonne(theme, marges=(4, 10, 20, 10))
        ligne.addWidget(Rangs(theme, [_Fait(theme, *fait) for fait in faits], 10))
        self.setLayout(ligne)


class _Fait(QWidget):
    """One of them; a hairline parts it from the one at its left."""

    def __init__(self, theme: Theme, nom: str, valeur: str) -> None:
        super().__init__()
        self._theme = theme
        colonne = Colonne(theme, ecart=0, marges=(16, 0, 4, 0))
        colonne.addWidget(Texte(nom, "small"))
        colonne.addWidget(Texte(valeur, "h2"))
        self.setLayout(colonne)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.x():
            return
        peintre = QPainter(self)
        peintre.setPen(QPen(self._theme.couleur("line"), 1))
        peintre.drawLine(0, 2, 0, self.height() - 2)
        peintre.end()
