"""The two cards of the page: the pile at the left; at the right how it goes, how far it is, and the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.ui.composants import Avis, Btn, Card, Colonne, Ligne, Liste, ProgressStrip, Rangee, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.fournee import textes
from passdesk.ui.fournee.question import QuestionFournee
from passdesk.ui.papier.choix import ChoixImprimante, ChoixSupport
from passdesk.ui.theme import Theme

Etape = Literal["choix", "envoi", "question"]
HAUTEUR_LISTE = 140
"""Pixels at 100 %: two rows and more, so that one sees that it goes on. In a narrow window the page scrolls with it."""


class CartePile(Card):
    """`tout` fires when all ticks are to change."""

    tout = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._combien = WrapLabel("", "h2")
        self.bascule = Btn(theme, textes.TOUT_DECOCHER, genre="discret")
        self.bascule.clicked.connect(self.tout)
        self.liste = Liste(theme, textes.LISTE)
        # It fills what is left: its own height would push the page into scrolling.
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._avis, self._bloques = Avis(theme, "warn"), WrapLabel("", "small")
        self._etroite = False
        self._titres, haut = QWidget(), Ligne(theme, ecart=12)
        haut.addWidget(self._combien, 1)
        haut.addWidget(self.bascule, 0, Qt.AlignmentFlag.AlignVCenter)
        self._ordre = WrapLabel(textes.ORDRE, "small")
        self._titres.setLayout(haut)
        self.corps.addWidget(self._titres)
        self.corps.addWidget(self._ordre)
        self.corps.addWidget(self.liste, 1)
        self.corps.addWidget(self._avis)
        self.corps.addWidget(self._bloques)
        theme.change.connect(self._mesurer)
        self._mesurer()

    def disposer(self, etroite: bool, *, seule: bool) -> None:
        """`seule`: nothing stands above it that has no title of its own."""
        self._etroite = etroite
        self._titres.setVisible(seule or not etroite)
        self._ordre.setVisible(not etroite)
        self._mesurer()

    def montrer(
        self, titre: str, rangees: Sequence[Rangee], bascule: str = "", bloques: int = 0, avis: str = ""
    ) -> None:
        """`bascule`: what changing every tick would do, "" without ticks; `bloques`: how many the Region keeps.

        `avis`: what cannot go on this paper.
        """
        self._avis.dire(avis)
        self._combien.setText(titre)
        self.liste.setAccessibleName(titre)
        self.liste.montrer(rangees)
        self.bascule.setVisible(bool(bascule))
        if bascule:
            self.bascule.set_texte(bascule)
        self._bloques.setVisible(bool(bloques))
        self._bloques.setText(textes.bloques(bloques) if bloques else "")

    def _mesurer(self) -> None:
        self.liste.derouler(oui=self._etroite)
        if not self._etroite:
            self.liste.setMinimumHeight(self._theme.px(HAUTEUR_LISTE))


class Panneau(Card):
    """`arrete` fires when the batch is to stop before the next carnet."""

    arrete = Signal()

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme)
        self.choix = ChoixImprimante(contexte)
        self.support = ChoixSupport(contexte, self.choix)
        self._compte = WrapLabel("", "h2")
        self._choix, choix = QWidget(), Colonne(theme, ecart=12)
        parties: tuple[QWidget, ...] = (self._compte, self.choix, self.support)
        for partie in parties:
            choix.addWidget(partie)
        self._choix.setLayout(choix)
        self.avancement = ProgressStrip(theme, arretable=True)
        self.avancement.arrete.connect(self.arrete)
        self._envoi, envoi = QWidget(), Colonne(theme, ecart=12)
        envoi.addWidget(WrapLabel(textes.EN_COURS, "h2"))
        envoi.addWidget(WrapLabel(textes.EN_COURS_SUITE, "small"))
        envoi.addWidget(self.avancement)
        self._envoi.setLayout(envoi)
        self.question = QuestionFournee(contexte)
        for widget in (self._choix, self._envoi, self.question):
            self.corps.addWidget(widget)
        self.corps.addStretch(1)

    def montrer(self, etape: Etape) -> None:
        """What it is about now."""
        self._choix.setVisible(etape == "choix")
        self._envoi.setVisible(etape == "envoi")
        self.question.setVisible(etape == "question")

    def compter(self, compte: str) -> None:
        """What goes with the next press."""
        self._compte.setText(compte)

    def avancer(self, texte: str, fait: int, total: int) -> None:
        """How far it is; the keyboard is on "Arrêter" when it begins."""
        self.avancement.montrer(texte, fait, total)
        arreter = self.avancement.findChild(Btn)
        if arreter is not None and fait == 0:
            arreter.setEnabled(True)
            arreter.setFocus(Qt.FocusReason.OtherFocusReason)

    def attendre_l_arret(self, suivant: QWidget) -> None:
        """Stopped already, once the carnet under way is through; the keyboard goes to `suivant`."""
        self.avancement.texte.setText(textes.ARRET)
        arreter = self.avancement.findChild(Btn)
        if arreter is not None:
            # Before it is disabled: Qt would give the keyboard to the first thing of the window.
            suivant.setFocus(Qt.FocusReason.OtherFocusReason)
            arreter.setEnabled(False)
