"""By the visit's title: what is typed is being saved, then when it was (guide §4)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Icone, Ligne, Texte
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes


class MarqueEnregistre(QWidget):
    """Nothing until something was typed or saved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._disquette = Icone(theme, "device-floppy", "ok", 18)
        self._mot = Texte("", "small")
        ligne = Ligne(theme, ecart=8)
        ligne.addWidget(self._disquette)
        ligne.addWidget(self._mot)
        self.setLayout(ligne)
        self.hide()

    def dire(self, fait: str = "") -> None:
        """ "Enregistré à 9 h 42"; without `fait`, that it is being done."""
        self._mot.setText(fait or textes.ENREGISTREMENT)
        self._disquette.set_icone("device-floppy", "ok" if fait else "ink2")
        self.show()
