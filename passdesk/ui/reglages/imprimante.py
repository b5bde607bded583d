"""The printer in *Réglages*: which one, what was measured on it, and the way to its page."""

from __future__ import annotations

from PySide6.QtCore import Signal

from passdesk.ui.composants import Btn, Card, WrapLabel, trait
from passdesk.ui.contexte import Contexte
from passdesk.ui.papier.choix import ChoixImprimante, ChoixSupport
from passdesk.ui.papier.systeme import Choix
from passdesk.ui.reglages import textes_imprimante as textes
from passdesk.ui.reglages.ligne import LigneReglage


class CarteImprimante(Card):
    """`regler` carries the name of the printer to measure."""

    regler = Signal(str)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte.theme, textes.CARTE, ecart=12)
        self.choix = ChoixImprimante(contexte)
        self.choix.connu.connect(self._montrer)
        self.choix.liste.choisi.connect(lambda _: self._montrer(self.choix.choix))
        self._titre, self._suite = WrapLabel("", "strong"), WrapLabel("", "small")
        self.bouton = Btn(contexte.theme, textes.REGLER, icone_nom="printer")
        self.bouton.clicked.connect(lambda: self.regler.emit(self.choix.choix.choisie))
        self.bouton.hide()
        self.support = ChoixSupport(contexte, self.choix)
        self.corps.addWidget(self.choix)
        self.corps.addWidget(self.support)
        self.corps.addWidget(trait())
        self.corps.addWidget(LigneReglage(contexte.theme, [self._titre, self._suite], [self.bouton]))
        self.corps.addStretch(1)

    def actualiser(self) -> None:
        """Asks the computer again."""
        self.choix.demander()

    def _montrer(self, choix: Choix) -> None:
        titre, suite = textes.etat(choix.habitude.reglage)
        if not choix.choisie:
            titre, suite = "", textes.VERS_FICHIER if choix.noms else textes.SANS_IMPRIMANTE
        self._titre.setText(titre)
        self._titre.setVisible(bool(titre))
        self._suite.setText(suite)
        self.bouton.setVisible(bool(choix.choisie))
