"""The program's window: shows the unlock page or the opened desk, text size keys, focus ring."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from passdesk.ui.composants import FocusRing, Texte, lier
from passdesk.ui.composants.tour import passer
from passdesk.ui.theme import Theme

TAILLE = (1366, 768)


class _Sortie(QObject):
    """Says once that a field is left, which Qt does no more: it thinks it said so when the window was covered."""

    def __init__(self, champ: QLineEdit) -> None:
        super().__init__(champ)
        self._champ = champ
        champ.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.FocusOut:
            self._champ.removeEventFilter(self)
            QTimer.singleShot(0, self._champ, self._champ.editingFinished.emit)
            self.deleteLater()
        return False


class Fenetre(QMainWindow):
    """One window for the whole life of the program. `fermeture` fires once, before it disappears."""

    fermeture = Signal()

    def __init__(self, theme: Theme, titre: str = "PassDesk") -> None:
        super().__init__()
        self.setWindowTitle(titre)
        self.setProperty("role", "paper")
        self.resize(*TAILLE)
        self._dessous: QWidget | None = None
        self._clavier: QWidget | None = None
        self._soulignes: list[Texte] = []
        fond = QWidget()
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        fond.setLayout(self._place)
        self.setCentralWidget(fond)
        self._contenu: QWidget | None = None
        self.anneau = FocusRing(self, theme)
        for touche, pas in (("Ctrl++", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            lier(touche, self, partial(theme.agrandir, pas))

    @property
    def contenu(self) -> QWidget | None:
        """What it shows."""
        return self._contenu

    def montrer(self, contenu: QWidget) -> None:
        """Replaces what the window shows; the former content is destroyed."""
        ancien, self._contenu = self._contenu, contenu
        if ancien is not None:
            ancien.hide()
        self._place.addWidget(contenu)
        contenu.show()
        self.anneau.raise_()
        if ancien is not None:
            self._place.removeWidget(ancien)
            ancien.deleteLater()

    def couvrir(self, contenu: QWidget) -> None:
        """Hides what the window shows behind `contenu`; it stays as it is, where its keyboard was included.

        It also stays in its place: taken out of the window, all of it would be dressed again, twice.
        """
        dessous = self._contenu
        if dessous is None:
            raise RuntimeError("nothing to cover")
        self._dessous, self._contenu = dessous, contenu
        self._clavier = QApplication.focusWidget()
        contenu.setParent(self.centralWidget())
        contenu.setGeometry(dessous.geometry())
        contenu.show()
        contenu.raise_()
        if self._clavier is not None:
            # A field that is left says so, and may write its text otherwise: this one is not left, it comes back.
            with QSignalBlocker(self._clavier):
                contenu.setFocus(Qt.FocusReason.PopupFocusReason)
        dessous.hide()
        self._place.addWidget(contenu)
        self.anneau.raise_()

    def decouvrir(self) -> None:
        """Shows again what `couvrir` hid; what covered it is destroyed."""
        if self._dessous is None:
            return
        dessous, self._dessous = self._dessous, None
        self.montrer(dessous)
        if self._clavier is not None and isValid(self._clavier) and self._clavier.isVisible():
            self._clavier.setFocus(Qt.FocusReason.PopupFocusReason)
            if isinstance(self._clavier, QLineEdit):
                _Sortie(self._clavier)
        self._clavier = None

    def oublier(self) -> None:
        """What `couvrir` hid comes back no more."""
        if self._dessous is not None:
            self._dessous.deleteLater()
        self._dessous = self._clavier = None

    def venir_devant(self) -> None:
        """Back from the task bar, in front of the others, with the keyboard: the agent has just asked for it again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def apparaitre(self) -> None:
        """On the screen; as large as it allows when that is not more than the window needs."""
        place = self.screen().availableSize()
        if place.width() <= TAILLE[0] or place.height() <= TAILLE[1]:
            self.showMaximized()
        else:
            self.show()

    def focusNextPrevChild(self, suivant: bool) -> bool:  # as Qt calls it
        """Tab follows what is read."""
        return passer(self, suivant) or super().focusNextPrevChild(suivant)

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
        avant, self._soulignes = self._soulignes, self.findChildren(Texte) if oui else []
        for texte in self._soulignes if oui else avant:
            if isValid(texte):
                texte.souligner(oui)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.fermeture.emit()
        super().closeEvent(event)
