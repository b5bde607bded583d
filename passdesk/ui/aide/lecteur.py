"""Where a page of the manual is read: its links lead to other pages and nowhere else, nothing is fetched.

No line is shown cut in mid-height, at the foot or at the head: it waits for the next page.
"""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QRect, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QRegion, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from passdesk.services.personnes import reperes
from passdesk.ui.aide import textes
from passdesk.ui.aide.lignes_entieres import pied_entier, tete_entiere
from passdesk.ui.aide.manuel import PageManuel
from passdesk.ui.aide.rendu import Habit, composer
from passdesk.ui.theme import Theme

MARGE = 8
"""Round the text, in pixels at 100 %."""


class Lecteur(QTextBrowser):
    """`suivi` carries the name of the page that a link leads to."""

    suivi = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: PageManuel | None = None
        self._pose: QTextDocument | None = None
        self._compose_pour: Habit | None = None
        self._cherche = ""
        self._montre = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(textes.LUE)
        self.anchorClicked.connect(self._suivre)
        self._largeur = QTimer(self, singleShot=True, interval=0)
        self._largeur.timeout.connect(self._recomposer)
        self._apres = QTimer(self, singleShot=True, interval=0)
        self._apres.timeout.connect(self._retenir)
        self.verticalScrollBar().valueChanged.connect(self._retenir)
        self.verticalScrollBar().rangeChanged.connect(self._plus_tard)  # no lambda: it would never leave the memory
        theme.change.connect(self._recomposer)

    @property
    def page(self) -> PageManuel | None:
        """The page that is read."""
        return self._page

    def montrer(self, page: PageManuel, cherche: str = "") -> None:
        """Shows a page from its top, or from the first word that was searched, which are marked."""
        self._page, self._cherche = page, cherche
        self.setAccessibleName(textes.affichee(page.titre))
        self._composer()
        marques = self.extraSelections()
        if marques and cherche:
            self.setTextCursor(_debut(marques[0].cursor))
            self.ensureCursorVisible()
        else:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)

    def marques(self) -> list[str]:
        """The words that are marked, as they stand in the text."""
        return [marque.cursor.selectedText() for marque in self.extraSelections()]

    @property
    def montre(self) -> tuple[int, int]:
        """Top and bottom, in pixels of the viewport, of what is shown of it."""
        return self._montre

    def loadResource(self, genre: int, nom: QUrl | str) -> object:  # noqa: ARG002
        """Nothing: the pictures of the page were given with it."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._largeur.start()
        self._apres.start()

    def _habit(self) -> Habit:
        t = self._theme
        place = self.viewport().width() - 2 * t.sp(MARGE) - 2
        return Habit(t.jetons, t.echelle, max(120, place), self.devicePixelRatioF())

    def _recomposer(self) -> None:
        """Another size: the same words stay in sight."""
        if self._compose_pour == self._habit():
            return
        barre = self.verticalScrollBar()
        part = barre.value() / max(1, barre.maximum())
        if self._page is not None:
            self._composer()
            barre.setValue(round(part * barre.maximum()))

    def _composer(self) -> None:
        if self._page is None:
            return
        self._compose_pour = self._habit()
        document = composer((self._page,), self._compose_pour)
        document.setParent(self)
        ancien, self._pose = self._pose, document
        self.setDocument(document)
        if ancien is not None:
            ancien.deleteLater()
        self._marquer(document)
        self._apres.start()

    def _plus_tard(self, *_: object) -> None:
        self._apres.start()

    def _retenir(self) -> None:
        """Shows whole lines only; Page Down and Page Up go on with what was not shown."""
        vue, barre = self.viewport(), self.verticalScrollBar()
        place, dessus = vue.height(), barre.value()
        tete, pied = 0, place
        if dessus > 0:
            tete = ceil(tete_entiere(self.document(), dessus, place)) - dessus
        if dessus < barre.maximum():
            pied = floor(pied_entier(self.document(), dessus, place)) - dessus
        if tete or pied < place:
            vue.setMask(QRegion(QRect(0, tete, vue.width(), pied - tete)))
        else:
            vue.clearMask()
        self._montre = (tete, pied)
        barre.setPageStep(pied - tete)

    def _marquer(self, document: QTextDocument) -> None:
        forme = QTextCharFormat()
        forme.setBackground(QColor(self._theme.jetons.mark))
        forme.setForeground(QColor(self._theme.jetons.ink))
        marques = []
        for debut, longueur in reperes(document.toPlainText(), self._cherche) if self._cherche else ():
            marque = QTextEdit.ExtraSelection()
            curseur = QTextCursor(document)
            curseur.setPosition(debut)
            curseur.setPosition(debut + longueur, QTextCursor.MoveMode.KeepAnchor)
            marque.cursor, marque.format = curseur, forme
            marques.append(marque)
        self.setExtraSelections(marques)

    def _suivre(self, adresse: QUrl) -> None:
        nom = adresse.toString()
        if nom.endswith(".md"):
            self.suivi.emit(nom.removesuffix(".md"))


def _debut(curseur: QTextCursor) -> QTextCursor:
    """Where a selection begins, nothing selected."""
    ici = QTextCursor(curseur)
    ici.setPosition(curseur.selectionStart())
    return ici
