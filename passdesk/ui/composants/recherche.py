"""The search: its magnifier, and the cross that empties it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from passdesk.ui.composants.bouton import largeur_touche, peindre_touche
from passdesk.ui.composants.etiquette import etiqueter
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme

PAS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
"""How far each key goes in the list that a search shows."""
EMS_AVEC_TOUCHE = 18
"""Under this width the cross comes without its key: what is typed needs the room."""
EFFACER, TOUCHE = "Effacer la recherche", "Échap"


class ChampRecherche(QLineEdit):
    """A search: its magnifier inside, its purpose as accessible name and, while empty, as words.

    The list that it shows is gone through without leaving it: `avance` carries how many rows further, `ouvre` fires
    on Enter. Escape empties it, as the cross does.
    """

    avance = Signal(int)
    ouvre = Signal()

    def __init__(self, theme: Theme, nom_accessible: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(nom_accessible)
        self.setPlaceholderText(nom_accessible)
        self.croix = Croix(theme, self)
        self.croix.clicked.connect(self._effacer)
        self.textChanged.connect(self._retailler)  # no lambda: see `Combo`
        theme.suivre(self, type(self)._retailler)
        self._retailler()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PAS:
            self.avance.emit(PAS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.ouvre.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        etiqueter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retailler()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        cote = self._theme.px(18)
        peintre = QPainter(self)
        image = icone("search", self._theme.jetons.ink2, cote, self.devicePixelRatioF())
        peintre.drawPixmap(self._theme.px(10), (self.height() - cote) // 2, image)
        peintre.end()

    def _effacer(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _retailler(self) -> None:
        self.croix.avec_touche = self._theme.ems(self.width()) >= EMS_AVEC_TOUCHE
        taille = self.croix.sizeHint()
        self.croix.setGeometry(self.width() - taille.width() - 2, 2, taille.width(), self.height() - 4)
        self.croix.setVisible(bool(self.text()))
        # While there is nothing to clear, the words that say what to type have all the room.
        self.setTextMargins(self._theme.px(26), 0, taille.width() if self.text() else 0, 0)


class Croix(QAbstractButton):
    """Under the pointer only: the keyboard has Escape, and Tab goes on to the list. `avec_touche`: with its key."""

    def __init__(self, theme: Theme, champ: QLineEdit) -> None:
        super().__init__(champ)
        self._theme = theme
        self.avec_touche = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("par_touche", TOUCHE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(EFFACER)
        self.hide()

    def sizeHint(self) -> QSize:
        touche = largeur_touche(self._theme, TOUCHE) + self._theme.sp(6) if self._montre_touche() else 0.0
        return QSize(round(self._theme.px(32) + touche), self._theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        encre = t.jetons.ink if self.underMouse() else t.jetons.ink2
        cote = t.px(18)
        x = self.width() - t.px(7) - cote
        peintre.drawPixmap(QPointF(x, (self.height() - cote) / 2), icone("x", encre, cote, self.devicePixelRatioF()))
        if self._montre_touche():
            gauche = x - t.sp(6) - largeur_touche(t, TOUCHE)
            peindre_touche(peintre, t, TOUCHE, QPointF(gauche, self.height() / 2), QColor(encre))
        peintre.end()

    def _montre_touche(self) -> bool:
        return self.avec_touche and self._theme.raccourcis
