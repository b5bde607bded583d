"""A date in three fields, for who asks for them: day, month, year."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.ui.composants import Field, Ligne
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes


class TroisCases(QWidget):
    """`modifie` carries the date as one text (14/7/1984); `quitte` fires when a field is left."""

    modifie = Signal(str)
    quitte = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cases: list[Field] = []
        self.hide()

    def _batir(self) -> None:
        self.cases = [Field(self._theme, nom, indication=exemple) for nom, exemple in textes.TROIS_CASES]
        ligne = Ligne(self._theme, ecart=12)
        for case, chiffres in zip(self.cases, (2, 2, 4), strict=True):
            if isinstance(case.saisie, QLineEdit):
                case.saisie.setMaxLength(chiffres)
                case.saisie.setValidator(QIntValidator(0, 9999, case.saisie))
            case.modifie.connect(self._modifier)
            case.quitte.connect(self.quitte)
            ligne.addWidget(case, 1)
        self.setLayout(ligne)

    def ouvrir(self, texte: str) -> None:
        """Shows the fields, filled as far as the text has three numbers, and takes the keyboard."""
        if not self.cases:
            self._batir()
        nombres = re.findall(r"\d+", texte)
        for case, nombre in zip(self.cases, nombres if len(nombres) == 3 else ("", "", ""), strict=True):
            case.set_texte(nombre[:4])
        self.show()
        self.cases[0].saisie.setFocus()

    def _modifier(self) -> None:
        parties = [case.texte() for case in self.cases]
        self.modifie.emit("/".join(parties) if any(parties) else "")
