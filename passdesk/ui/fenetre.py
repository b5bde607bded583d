"""The program's window: shows the unlock page or the opened desk, text size keys, focus ring."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from passdesk.ui.composants import FocusRing, Texte, lier
from passdesk.ui.theme import Theme

TAILLE = (1366, 768)


class Fenetre(QMainWindow):
    """One window for the whole life of the program. `fermeture` fires once, before it disappears."""

    fermeture = Signal()

    def __init__(self, theme: Theme, titre: str = "PassDesk") -> None:
        super().__init__()
        self.setWindowTitle(titre)
        self.setProperty("role", "paper")
        self.resize(*TAILLE)
        self.anneau = FocusRing(self, theme)
        for touche, pas in (("Ctrl++", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            lier(touche, self, partial(theme.agrandir, pas))

    def montrer(self, contenu: QWidget) -> None:
        """Replaces what the window shows; the former content is destroyed."""
        ancien = self.takeCentralWidget()
        self.setCentralWidget(contenu)
        contenu.show()
        self.anneau.raise_()
        if ancien is not None:
            ancien.hide()
            ancien.deleteLater()

    def apparaitre(self) -> None:
        """On the screen; as large as it allows when that is not more than the window needs."""
        place = self.screen().availableSize()
        if place.width() <= TAILLE[0] or place.height() <= TAILLE[1]:
            self.showMaximized()
        else:
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._souligner(event.key() == Qt.Key.Key_Alt)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._souligner(False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._souligner(False)

    def _souligner(self, oui: bool) -> None:
        """Alt shows the letters that it brings."""
        for texte in self.findChildren(Texte):
            texte.souligner(oui)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.fermeture.emit()
        super().closeEvent(event)
