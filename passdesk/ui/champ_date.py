"""A date field that takes any way of writing a date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from passdesk.ui.composants.etiquette import etiqueter
from passdesk.ui.saisie import Relecture
from passdesk.ui.theme import Theme

FORMAT_DATE = "jj/mm/aaaa"


class SaisieDate(QLineEdit):
    """A date as text: nothing is added while typing; what was understood is shown once the field is left."""

    def __init__(self, theme: Theme, relire: Callable[[str], Relecture], *, basse: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._relire = relire
        self.setProperty("bas", basse)
        self.setPlaceholderText(FORMAT_DATE)
        self.setMaxLength(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.change.connect(self.updateGeometry)

    def relire(self) -> Relecture:
        """Shows the date as understood, or leaves what was typed; says what is wrong."""
        relecture = self._relire(self.text())
        if relecture.texte != self.text():
            self.setText(relecture.texte)
        return relecture

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        etiqueter(self)

    def sizeHint(self) -> QSize:
        """Room for jj/mm/aaaa."""
        largeur = self._theme.metrique("body").horizontalAdvance("00/00/0000")
        return QSize(
            round(largeur) + 2 * self._theme.px(12) + (4 if self.property("bas") else 8), super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        """The same: a date is never cut."""
        return self.sizeHint()
