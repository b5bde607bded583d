"""The scroll area of the pages: nothing that it shows is cut in mid-height at its foot."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

_D_UN_BLOC = (QLabel, QAbstractButton, QLineEdit, QComboBox)
PART_DE_VUE = 0.4
"""What is taller than this part of the place (a picture, a list) cannot be kept whole: its foot may be cut."""
COURT = 2
"""A text of no more lines is not parted: half a sentence may say the contrary."""
SURSIS = 4
"""The empty leading of a line, in pixels: cutting it cuts nothing."""


class Defilement(QScrollArea):
    """A transparent scroll area that follows the width of what it holds; never scrolls sideways.

    What its foot would cut in two is left for the next page: a line sliced above a bar only looks broken. A widget
    with `insecable = True` counts as one piece.
    """

    def __init__(self, contenu: QWidget) -> None:
        super().__init__()
        contenu.setProperty("role", "fond")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(contenu)
        contenu.setAutoFillBackground(False)
        self._retenu = 0
        # After the layouts: until they have run, nothing stands where it will.
        self._apres = QTimer(self, singleShot=True, interval=0)
        self._apres.timeout.connect(self._retenir)
        self.verticalScrollBar().valueChanged.connect(self._retenir)
        self.verticalScrollBar().rangeChanged.connect(self._plus_tard)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._plus_tard)

    @property
    def pied(self) -> int:
        """Height of what is shown, in pixels: less than the place when its foot would cut something."""
        return self.viewport().height() - self._retenu

    def event(self, event: QEvent) -> bool:
        """Qt's own; once what it holds has found its place, the foot is looked at again."""
        rendu = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._apres.start()
        return rendu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apres.start()

    def _plus_tard(self, *_: object) -> None:
        self._apres.start()

    def _retenir(self) -> None:
        vue, contenu, barre = self.viewport(), self.widget(), self.verticalScrollBar()
        retenu = 0
        if contenu is not None and self.isVisible() and barre.value() < barre.maximum():
            retenu = vue.height() + barre.value() - _bord_entier(contenu, barre.value(), vue.height())
        if retenu:
            vue.setMask(QRegion(QRect(0, 0, vue.width(), vue.height() - retenu)))
        elif self._retenu:
            vue.clearMask()
        self._retenu = retenu
        # Page Down goes on with what was not shown.
        barre.setPageStep(vue.height() - retenu)


def coupes(contenu: QWidget, bord: int, part: float = float("inf")) -> list[tuple[int, int]]:
    """Top and bottom, in pixels of `contenu`, of the lines and the pieces that a cut at `bord` goes through.

    Of a text over several lines, the line. Pieces taller than `part` are left out.
    """
    trouves: list[tuple[int, int]] = []
    restent = [(contenu, 0)]
    while restent:
        parent, y = restent.pop()
        for enfant in parent.children():
            if not isinstance(enfant, QWidget) or enfant.isWindow() or not enfant.isVisibleTo(parent):
                continue
            haut = y + enfant.y()
            bas = haut + enfant.height()
            if not haut < bord < bas:
                continue
            if isinstance(enfant, QLabel) and enfant.wordWrap():
                trouves.append(_ligne(enfant, haut, bord))
            elif _d_un_bloc(enfant):
                trouves += [(haut, bas)] if bas - haut <= part else []
            else:
                restent.append((enfant, haut))
    return [(haut, bas) for haut, bas in trouves if haut + SURSIS < bord < bas - SURSIS]


def _d_un_bloc(widget: QWidget) -> bool:
    if getattr(widget, "insecable", False) or isinstance(widget, _D_UN_BLOC):
        return True
    return not any(isinstance(enfant, QWidget) and enfant.isVisibleTo(widget) for enfant in widget.children())


def _ligne(texte: QLabel, haut: int, bord: int) -> tuple[int, int]:
    nombre = max(1, round(texte.height() / max(1, texte.fontMetrics().lineSpacing())))
    if nombre <= COURT:
        return haut, haut + texte.height()
    hauteur = texte.height() / nombre
    rang = int((bord - haut) / hauteur)
    return haut + round(rang * hauteur), haut + ceil((rang + 1) * hauteur)


def _bord_entier(contenu: QWidget, dessus: int, place: int) -> int:
    """The lowest edge, in pixels of `contenu`, that cuts nothing; what has the keyboard stays in sight."""
    pied = bord = dessus + place
    while pieces := coupes(contenu, bord, PART_DE_VUE * place):
        bord = min(haut for haut, _ in pieces)
    clavier = QApplication.focusWidget()
    if clavier is not None and contenu.isAncestorOf(clavier):
        haut = clavier.mapTo(contenu, QPoint(0, 0)).y()
        if haut < pied and haut + clavier.height() > bord:
            return pied
    return bord if bord >= dessus + place / 2 else pied
