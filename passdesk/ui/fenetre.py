"""The program's window: shows the unlock page or the opened desk, text size keys, focus ring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from passdesk.ui.composants import FocusRing, Page, Texte, lier
from passdesk.ui.composants.tour import passer
from passdesk.ui.theme import Theme

TAILLE = (1366, 768)
MINIMUM = (640, 400)
"""Before its content is known, and for a screen smaller than what its content needs."""
CALAGE_MS = 250
"""Layouts follow a change over a few turns of the event loop."""


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


@dataclass(frozen=True, slots=True)
class _Couche:
    """What is hidden behind something else, and what had the keyboard in it."""

    dessous: QWidget
    clavier: QWidget | None


class Fenetre(QMainWindow):
    """One window for the whole life of the program. `peinte` fires once, after its first image;
    `fermeture` once, before it disappears.

    `aide_demandee` carries the page of the manual for the place where one is, and the dialog in front or None (F1).
    """

    fermeture = Signal()
    peinte = Signal()
    aide_demandee = Signal(str, object)

    def __init__(self, theme: Theme, titre: str = "PassDesk") -> None:
        super().__init__()
        self.setWindowTitle(titre)
        self.setProperty("role", "paper")
        theme.habiller(self)
        self.resize(*TAILLE)
        # Words that come are measured narrow at first, and ask for a screen and a half: Qt would grow the window at
        # once, and never bring it back. It takes its least size once they have their place.
        self.setMinimumSize(*MINIMUM)
        self._calage = QTimer(self, singleShot=True, interval=CALAGE_MS)
        self._calage.timeout.connect(self._caler)
        self._verrou: _Couche | None = None
        self._aide: _Couche | None = None
        self._peinte = False
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
        lier("F1", self, self.ouvrir_manuel)

    @property
    def contenu(self) -> QWidget | None:
        """What it shows."""
        return self._contenu

    def ouvrir_manuel(self, dialogue: QDialog | None = None) -> None:
        """Asks for the manual: of this dialog when it has a page of its own, of what the window shows otherwise."""
        place = getattr(dialogue, "aide", "") or _partie(self._contenu) or getattr(self._contenu, "aide", "")
        self.aide_demandee.emit(place, dialogue)

    def montrer(self, contenu: QWidget) -> None:
        """Replaces what the window shows; the former content is destroyed."""
        self.fermer_aide()
        self._remplacer(contenu)

    def montrer_aide(self, contenu: QWidget) -> None:
        """Hides what the window shows behind the manual until `fermer_aide`."""
        self.fermer_aide()
        self._aide = self._poser(contenu)

    def fermer_aide(self) -> None:
        """What the manual hid is there again, to the letter; nothing when it is not open."""
        couche, self._aide = self._aide, None
        self._retrouver(couche)

    def couvrir(self, contenu: QWidget) -> None:
        """Hides what the window shows behind `contenu`; it stays as it is, where its keyboard was included."""
        self.fermer_aide()
        self._verrou = self._poser(contenu)

    def decouvrir(self) -> None:
        """Shows again what `couvrir` hid; what covered it is destroyed."""
        self.fermer_aide()
        couche, self._verrou = self._verrou, None
        self._retrouver(couche)

    def oublier(self) -> None:
        """What `couvrir` hid comes back no more."""
        if self._verrou is not None:
            self._verrou.dessous.deleteLater()
        self._verrou = None

    def _remplacer(self, contenu: QWidget) -> None:
        ancien, self._contenu = self._contenu, contenu
        if ancien is not None:
            ancien.hide()
        self._place.addWidget(contenu)
        contenu.show()
        self.anneau.raise_()
        if ancien is not None:
            self._place.removeWidget(ancien)
            ancien.deleteLater()

    def _poser(self, contenu: QWidget) -> _Couche:
        """What is there stays in its place: taken out of the window, all of it would be dressed again, twice."""
        dessous = self._contenu
        if dessous is None:
            raise RuntimeError("nothing to cover")
        couche = _Couche(dessous, QApplication.focusWidget())
        self._contenu = contenu
        contenu.setParent(self.centralWidget())
        contenu.setGeometry(dessous.geometry())
        contenu.show()
        contenu.raise_()
        if couche.clavier is not None:
            # A field that is left says so, and may write its text otherwise: this one is not left, it comes back.
            with QSignalBlocker(couche.clavier):
                contenu.setFocus(Qt.FocusReason.PopupFocusReason)
        dessous.hide()
        self._place.addWidget(contenu)
        self.anneau.raise_()
        return couche

    def _retrouver(self, couche: _Couche | None) -> None:
        if couche is None:
            return
        self._remplacer(couche.dessous)
        clavier = couche.clavier
        if clavier is not None and isValid(clavier) and clavier.isVisible():
            clavier.setFocus(Qt.FocusReason.PopupFocusReason)
            if isinstance(clavier, QLineEdit):
                _Sortie(clavier)

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

    def _caler(self) -> None:
        besoin, place = self.minimumSizeHint(), self.screen().availableSize()
        self.setMinimumSize(besoin.boundedTo(place.boundedTo(QSize(*TAILLE))).expandedTo(QSize(*MINIMUM)))

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

    def event(self, event: QEvent) -> bool:
        fait = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._calage.start()  # what its content needs may be another
        if event.type() == QEvent.Type.UpdateRequest and not self._peinte:
            self._peinte = True
            QTimer.singleShot(0, self, self.peinte.emit)
        return fait

    def closeEvent(self, event: QCloseEvent) -> None:
        self.fermeture.emit()
        super().closeEvent(event)


def _partie(ici: QWidget | None) -> str:
    """The page of the manual of the part of a page that has the keyboard, where it has one of its own."""
    widget = QApplication.focusWidget()
    while widget is not None and widget is not ici and not isinstance(widget, Page):
        place = getattr(widget, "aide", "")
        if place and isinstance(place, str):
            return place
        widget = widget.parentWidget()
    return ""
