"""The way from *Réglages* to the journal and to the figures."""

from __future__ import annotations

from PySide6.QtCore import Qt

from passdesk.ui.chiffres import PageChiffres
from passdesk.ui.composants import Btn, Card, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.journal import PageJournal
from passdesk.ui.reglages import textes


class CarteJournal(Card):
    """A sentence and a button each."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.JOURNAL, ecart=8)
        self.ouvrir = Btn(theme, textes.JOURNAL_OUVRIR, icone_nom="clock")
        self.ouvrir.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageJournal(contexte)))
        self.corps.addWidget(WrapLabel(textes.JOURNAL_AIDE, "small"))
        self.corps.addWidget(self.ouvrir, 0, Qt.AlignmentFlag.AlignLeft)
        self.chiffres = Btn(theme, textes.CHIFFRES_OUVRIR, icone_nom="scale")
        self.chiffres.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageChiffres(contexte)))
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(WrapLabel(textes.CHIFFRES_AIDE, "small"))
        self.corps.addWidget(self.chiffres, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addStretch(1)
