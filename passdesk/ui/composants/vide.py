"""What stands in the place of a list that has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from passdesk.ui.composants.bloc import Disque
from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.mise import Colonne
from passdesk.ui.composants.textes import WrapLabel
from passdesk.ui.theme import Theme


class EmptyState(QFrame):
    """What is so, what to try, the one useful button; the only centred text."""

    def __init__(self, theme: Theme, icone_nom: str, titre: str, texte: str = "", bouton: Btn | None = None) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        colonne = Colonne(theme, ecart=10, marges=(24, 16, 24, 16))
        self._disque = Disque(theme, icone_nom, "info", 54)
        colonne.addWidget(self._disque, 0, centre)
        self._titre, self._texte = WrapLabel("", "h2"), WrapLabel("", "small")
        for etiquette in (self._titre, self._texte):
            etiquette.setAlignment(centre)
            colonne.addWidget(etiquette)
        if bouton is not None:
            colonne.addSpacing(theme.sp(6))
            colonne.addWidget(bouton, 0, centre)
        colonne.addStretch(1)
        self.setLayout(colonne)
        self._colonne = colonne
        # Not before: shown without a parent, a sentence is a window of its own for a moment, and takes the keyboard.
        self.set_textes(titre, texte)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all, the words come first: the drawing goes."""
        super().resizeEvent(event)
        zone = self.parentWidget()
        while zone is not None and not isinstance(zone, QScrollArea):
            zone = zone.parentWidget()
        if zone is not None:
            besoin = self._colonne.totalHeightForWidth(self.width())
            disque = self._disque.sizeHint().height() + self._colonne.spacing() if self._disque.isHidden() else 0
            self._disque.setVisible(besoin + disque <= zone.viewport().height())

    def set_textes(self, titre: str, texte: str = "") -> None:
        """Changes the sentences."""
        # Read when it takes the keyboard, in the place of what has gone.
        self.setAccessibleName(" ".join(filter(None, (titre, texte))))
        for etiquette, mots in ((self._titre, titre), (self._texte, texte)):
            etiquette.setText(mots)
            etiquette.setVisible(bool(mots))
