"""The frame of the pages where one thing is typed and done: a title, a card, one act that stays in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.ui.agents import textes
from passdesk.ui.composants import Btn, Card, Colonne, Defilement, Ligne, Page, Titre
from passdesk.ui.contexte import Contexte

LARGEUR, LARGEUR_LIBRE = 640, 16_777_215
"""Widest form, pixels at 100 %; Qt's own "no limit"."""


class PageGeste(Page):
    """`corps`: the column of the card; `acte`: the filled button. `renoncer` (`Échap`) leaves all as it was."""

    d_un_agent = True
    aide = "agents"

    def __init__(self, contexte: Contexte, cle: str, titre: str, libelle: str, quitter: Callable[[], None]) -> None:
        super().__init__(cle, titre)
        self._contexte = contexte
        theme = contexte.theme
        self.renoncer = Btn(theme, textes.RENONCER, touche="Échap")
        self.renoncer.clicked.connect(lambda: quitter())
        self.acte = Btn(theme, libelle, genre="primaire", touche="Ctrl+Entrée")
        self.acte.clicked.connect(lambda: self.agir())
        self._carte = Card(theme, ecart=14)
        self.corps = self._carte.corps
        haut = Ligne(theme, ecart=20)
        haut.addWidget(Titre(theme, titre), 1)
        haut.addWidget(self.renoncer, 0, Qt.AlignmentFlag.AlignTop)
        # The scroll area cuts what stands out at its foot: the focus ring gets its room inside.
        self._rangee = Ligne(theme, ecart=16, marges=(0, 0, 0, 6))
        self._rangee.addWidget(self.acte)
        self._rangee.addStretch(1)
        contenu = QWidget()
        dedans = Colonne(theme, ecart=16)
        dedans.addWidget(self._carte)
        dedans.addLayout(self._rangee)
        dedans.addStretch(1)
        contenu.setLayout(dedans)
        self._zone = Defilement(contenu)
        self._bas = Colonne(theme)
        corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        corps.addWidget(self._zone, 1)
        corps.addLayout(self._bas)
        self.setLayout(corps)
        self.cadrer(corps)

    def agir(self) -> None:
        """What the filled button does."""

    def verrouiller(self) -> None:
        self.quitter()

    def primaire(self) -> Btn | None:
        return self.acte

    def regions(self) -> tuple[QWidget, ...]:
        return (self._zone,)

    def disposer(self, etroite: bool) -> None:
        """At large text the one act stays in sight under the form."""
        super().disposer(etroite)
        for place in (self._rangee, self._bas):
            place.removeWidget(self.acte)
        if etroite:
            self._bas.addWidget(self.acte)
        else:
            self._rangee.insertWidget(0, self.acte)
        for bouton in (self.renoncer, self.acte):
            bouton.montrer_touche(not etroite)
        self._carte.setMaximumWidth(LARGEUR_LIBRE if etroite else self._contexte.theme.px(LARGEUR))
