"""The head of the page: whose carnet it is, when it went and where, and the way to leave it for later."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import heure
from passdesk.domain.tirage import Tirage
from passdesk.ui.composants import Btn, Colonne, Ligne, Titre, WrapLabel, lier
from passdesk.ui.impression import textes
from passdesk.ui.theme import Theme


class Entete(QWidget):
    """`plus_tard`: its button. `envoi`: when the sheets asked about went (UTC), and to which printer."""

    def __init__(self, theme: Theme, nom: str, taille: int, tirage: Tirage | None) -> None:
        super().__init__()
        self._nom, self._taille = nom, taille
        self.serie = ""
        self.envoi = (tirage.quand, tirage.imprimante) if tirage is not None else None
        self.plus_tard = Btn(theme, textes.PLUS_TARD, icone_nom="clock", touche="Ctrl+M")
        self._detail = WrapLabel("", "small")
        lier("Ctrl+Z", self, self._refuser)
        titres = Colonne(theme, ecart=2)
        titres.addWidget(Titre(theme, textes.TITRE))
        titres.addWidget(self._detail)
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.plus_tard)
        self.setLayout(haut)

    def _refuser(self) -> None:
        """Nothing is undone from here: it says why, and where."""
        self._detail.setText(textes.PAS_ANNULE)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, textes.PAS_ANNULE))

    def dire(self, *, envoye: bool) -> None:
        """`envoye`: sheets are out, and there is room to say when and where they went."""
        quand, imprimante = "", ""
        if envoye and self.envoi is not None:
            quand, imprimante = heure(self.envoi[0].astimezone()), self.envoi[1]
        self._detail.setText(textes.sous_titre(self._nom, self._taille, self.serie, quand, imprimante))
