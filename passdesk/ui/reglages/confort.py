"""What makes the screen easier to bear: the keys shown or not, nothing that moves by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Card, Case, Colonne, Flexible, SousCase
from passdesk.ui.reglages import textes
from passdesk.ui.theme import Theme


class CarteConfort(Card):
    """Two ticks, applied at once; they follow the theme when it is set from elsewhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, textes.CONFORT, ecart=8)
        self._theme = theme
        self.raccourcis = Case(theme, textes.RACCOURCIS)
        self.raccourcis.clicked.connect(lambda oui: theme.choisir(raccourcis=oui))
        self.mouvements = Case(theme, textes.MOUVEMENTS)
        self.mouvements.clicked.connect(lambda oui: theme.choisir(mouvements=not oui))
        self._cote = Flexible(theme, ecart=28)
        self._cote.addWidget(_avec_aide(theme, self.raccourcis, textes.RACCOURCIS_AIDE), 1)
        self._cote.addWidget(_avec_aide(theme, self.mouvements, textes.MOUVEMENTS_AIDE), 1)
        self.corps.addLayout(self._cote)
        theme.change.connect(self._suivre)
        self._suivre()

    def disposer(self, etroite: bool) -> None:
        """One under the other when narrow."""
        self._cote.empiler(etroite)

    def _suivre(self) -> None:
        self.raccourcis.setChecked(self._theme.raccourcis)
        self.mouvements.setChecked(not self._theme.mouvements)


def _avec_aide(theme: Theme, case: Case, mots: str) -> QWidget:
    """A tick, and under it what it does, which is also read with it."""
    case.setAccessibleDescription(mots)
    # The focus ring stands outside the tick: it must not cut the accents of the words under it.
    colonne = Colonne(theme, ecart=6)
    colonne.addWidget(case, 0, Qt.AlignmentFlag.AlignLeft)
    colonne.addWidget(SousCase(theme, mots))
    colonne.addStretch(1)
    bloc = QWidget()
    bloc.setLayout(colonne)
    return bloc
