"""The acts that are rare in a page, behind one word: a menu for the arrows, Enter and Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from passdesk.ui.composants.bouton import Btn
from passdesk.ui.theme import Theme


class BtnMenu(Btn):
    """Pressed, or Down: its acts, the first one chosen. `actes`: them, in the order in which they were added."""

    def __init__(self, theme: Theme, texte: str) -> None:
        super().__init__(theme, texte, genre="discret", icone_nom="chevron-down")
        self.actes: list[QAction] = []
        # Not `setMenu`: Qt would wait inside the click until the menu closes.
        self.menu_actes = QMenu(self)
        self.menu_actes.setAccessibleName(texte)
        self.clicked.connect(self.ouvrir)

    def ajouter(self, texte: str, faire: Callable[[], object], touche: str = "") -> QAction:
        """One more act. `touche`: the key that does it from the page, which the page binds."""
        acte = QAction(f"{texte}\t{touche}" if touche else texte, self)
        acte.triggered.connect(lambda: faire())
        self.menu_actes.addAction(acte)
        self.actes.append(acte)
        return acte

    def montrer(self, acte: QAction, oui: bool) -> None:
        """An act comes or goes; without any, the word itself is not shown."""
        acte.setVisible(oui)
        self.setVisible(any(un.isVisible() for un in self.actes))

    def ouvrir(self) -> None:
        """Shows the menu under the button."""
        self.menu_actes.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.menu_actes.setActiveAction(next(acte for acte in self.actes if acte.isVisible()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.ouvrir()
            return
        super().keyPressEvent(event)
