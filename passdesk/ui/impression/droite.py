"""The right card of the page: what waits or what is asked, how it is printed, and the button that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.gabarit import Gabarit
from passdesk.ui.composants import Btn, Card, Colonne, Defilement, Ligne, ProgressStrip, lier
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.impression.autrement import Autrement
from passdesk.ui.impression.avertissement import Avertissement
from passdesk.ui.impression.fichiers import LiensFichier
from passdesk.ui.impression.preparation import Annonce, Rassurance
from passdesk.ui.impression.question import Question

ANNEAU = 7
"""Pixels that the focus ring needs round a tile."""


class Droite(Card):
    """Its parts only: the page says what is in sight of them. The button stays in view, the rest scrolls."""

    def __init__(self, contexte: Contexte, carnet: Carnet, gabarit: Gabarit, feuilles: Sequence[int]) -> None:
        theme = contexte.theme
        super().__init__(theme)
        # The scroll area cuts what stands out of it: the focus ring of the tiles gets its room inside.
        self.corps.set_marges(24 - ANNEAU, 14, 24 - ANNEAU, 16)
        self.bandeau = Avertissement(theme)
        self.fichiers = LiensFichier(contexte)
        self.question = Question(theme, gabarit.nombre_feuilles(carnet.taille), feuilles, self.fichiers)
        self.pret = Annonce(theme)
        self.autrement = Autrement(contexte, carnet, gros=gabarit.gros)
        self.avancement = ProgressStrip(theme)
        contenu = QWidget()
        colonne = Colonne(theme, ecart=12, marges=(ANNEAU, 4, ANNEAU, 4))
        for widget in (self.bandeau, self.pret, self.question, self.autrement, self.avancement):
            colonne.addWidget(widget)
        colonne.addStretch(1)
        contenu.setLayout(colonne)
        self.corps.addWidget(Defilement(contenu), 1)
        self.rassurance = Rassurance(theme, (ANNEAU, 0, ANNEAU, 0))
        self.corps.addWidget(self.rassurance)
        self.bouton = Btn(theme, textes.IMPRIMER, genre="primaire", icone_nom="printer", touche="Ctrl+Entrée")
        self.bouton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pied = Ligne(theme, marges=(ANNEAU, 0, ANNEAU, 0))
        pied.addWidget(self.bouton)
        self.corps.addLayout(pied)
        lier("Ctrl+P", self, self._imprimer)

    def _imprimer(self) -> None:
        """What the button would print, or the file that is to be opened for it. Sheets that went do not leave again
        before one has said what came out: the keyboard goes to the question."""
        passe = self.question.isVisible() and self.bouton.texte() == textes.PASSER
        if self.bouton.isEnabled() and not passe:
            self.bouton.click()
        elif self.question.isVisible():
            radios = [tuile.radio for tuile in self.question.tuiles.values()]
            choisie = next((radio for radio in radios if radio.isChecked()), radios[0])
            choisie.setFocus(Qt.FocusReason.ShortcutFocusReason)
