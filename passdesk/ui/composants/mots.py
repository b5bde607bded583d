"""The words of a painted row: laid out to be drawn, and measured without it."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout, QTextOption

from passdesk.ui.composants.textes import accompagner
from passdesk.ui.theme import Theme

Reperes = tuple[tuple[int, int], ...]
"""Start and length of what was searched."""
COURANTS = re.compile("[\u0020-\u017f‘’“”…–—]*")
"""Signs that the typeface has; another one brings a line of another height, perhaps."""


class Mots:
    """`role`: a style of the guide's §3; `largeur`: pixels that the lines may take."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._lignes: dict[tuple[str, float], float] = {}

    def longueur(self, texte: str, role: str) -> float:
        """The width of the text on one line."""
        return self._theme.metrique(role).horizontalAdvance(texte) if texte else 0.0

    def hauteur(self, texte: str, role: str, largeur: float, longueur: float | None = None) -> float:
        """One line, nearly always: it need not be laid out, in hundreds of rows. `longueur`: when it is known."""
        if not texte:
            return 0.0
        longueur = self.longueur(texte, role) if longueur is None else longueur
        if not COURANTS.fullmatch(texte) or longueur > largeur - 2:
            return self.mise(texte, role, largeur, ()).boundingRect().height()
        cle = (role, self._theme.echelle)
        if cle not in self._lignes:
            self._lignes[cle] = self.mise("A", role, largeur, ()).boundingRect().height()
        return self._lignes[cle]

    def mise(self, texte: str, role: str, largeur: float, reperes: Reperes) -> QTextLayout:
        """Ready to be drawn, over as many lines as it needs; what was searched is marked."""
        mise = QTextLayout(accompagner(texte), self._theme.police(role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        mise.setTextOption(option)
        marque = QTextCharFormat()
        marque.setBackground(QColor(self._theme.jetons.mark))
        formats = []
        for debut, longueur in reperes:
            morceau = QTextLayout.FormatRange()
            morceau.start, morceau.length, morceau.format = debut, longueur, marque
            formats.append(morceau)
        mise.setFormats(formats)
        mise.beginLayout()
        y = 0.0
        # Qt gives an empty text a line of its own: a row without a second line has none.
        while texte and (ligne := mise.createLine()).isValid():
            ligne.setLineWidth(max(largeur, 1.0))
            ligne.setPosition(QPointF(0, y))
            y += ligne.height()
        mise.endLayout()
        return mise
