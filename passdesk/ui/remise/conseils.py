"""What to tell the person, then what goes next: a card of short sentences, each with its icon."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Card, Colonne, Icone, Ligne, WrapLabel
from passdesk.ui.theme import Theme


class CarteConseils(Card):
    """Empty until something is said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def dire(self, titre: str, lignes: tuple[tuple[str, str], ...], ton: str) -> None:
        """Replaces what it says. `lignes`: icon and sentence of each."""
        ancien = self.corps.takeAt(0)
        vieux = ancien.widget() if ancien is not None else None
        if vieux is not None:
            vieux.hide()
            vieux.deleteLater()
        contenu = QWidget()
        colonne = Colonne(self._theme, ecart=16)
        colonne.addWidget(WrapLabel(titre, "h2"))
        for icone, phrase in lignes:
            rangee = Ligne(self._theme, ecart=12)
            rangee.addWidget(Icone(self._theme, icone, ton, 22), 0, Qt.AlignmentFlag.AlignTop)
            rangee.addWidget(WrapLabel(phrase), 1)
            colonne.addLayout(rangee)
        colonne.addStretch(1)
        contenu.setLayout(colonne)
        self.corps.addWidget(contenu)
