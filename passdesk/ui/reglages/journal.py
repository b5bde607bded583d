"""The way from *Réglages* to the journal and to the figures."""

from __future__ import annotations

from passdesk.ui.chiffres import PageChiffres
from passdesk.ui.composants import Btn, Card, WrapLabel, trait
from passdesk.ui.contexte import Contexte
from passdesk.ui.journal import PageJournal
from passdesk.ui.reglages import textes
from passdesk.ui.reglages.ligne import LigneReglage


class CarteJournal(Card):
    """A sentence and a button each."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.JOURNAL, ecart=12)
        self.ouvrir = Btn(theme, textes.JOURNAL_OUVRIR, icone_nom="clock")
        self.ouvrir.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageJournal(contexte)))
        self.chiffres = Btn(theme, textes.CHIFFRES_OUVRIR, icone_nom="scale")
        self.chiffres.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageChiffres(contexte)))
        self.corps.addWidget(LigneReglage(theme, [WrapLabel(textes.JOURNAL_AIDE)], [self.ouvrir]))
        self.corps.addWidget(trait())
        self.corps.addWidget(LigneReglage(theme, [WrapLabel(textes.CHIFFRES_AIDE)], [self.chiffres]))
        self.corps.addStretch(1)
