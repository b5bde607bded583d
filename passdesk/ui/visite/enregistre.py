"""By the visit's title: what is typed is being saved, then when it was (guide §4)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Btn, Icone, Ligne, Texte, TexteElide
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes


def figer(*sections: QWidget) -> None:
    """Nothing more to type, once the answer is recorded; links that would not answer are not shown."""
    for section in sections:
        section.setEnabled(False)
        for bouton in section.findChildren(Btn):
            if bouton.genre == "discret":
                bouton.hide()


class MarqueEnregistre(QWidget):
    """Nothing until something was typed or saved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # A long one ends with “…” rather than widen the window; it is announced whole.
        self._acte = TexteElide(theme, "", "small")
        self._acte.hide()
        self._disquette = Icone(theme, "device-floppy", "ok", 18)
        self._mot = Texte("", "small")
        ligne = Ligne(theme, ecart=8)
        ligne.addWidget(self._acte)
        ligne.addWidget(self._disquette)
        ligne.addWidget(self._mot)
        self.setLayout(ligne)
        self.hide()

    def annoncer(self, acte: str, *, seul: bool) -> None:
        """What was just undone, or why nothing is, until the next act. `seul`: there is no room for the rest."""
        self._acte.setText(acte)
        self._acte.setVisible(bool(acte))
        for widget in (self._disquette, self._mot):
            widget.setVisible(bool(self._mot.text()) and not (acte and seul))
        self.setVisible(bool(acte or self._mot.text()))

    def dire(self, fait: str = "") -> None:
        """ "Enregistré à 9 h 42"; without `fait`, that something was typed, and is being saved."""
        self._mot.setText(fait or textes.ENREGISTREMENT)
        self._disquette.set_icone("device-floppy", "ok" if fait else "ink2")
        if not fait:
            self.annoncer("", seul=False)
        self.show()
