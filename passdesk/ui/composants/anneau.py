"""The focus ring: one transparent overlay per window, 2 px outside the control that has the focus (guide §9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from passdesk.ui.composants.defilement import coupes
from passdesk.ui.theme import Theme

if TYPE_CHECKING:
    from passdesk.ui.composants.liste import Liste

ECART = 2
MARGE_VUE = 24
"""Room kept around the focus inside a scroll area, in pixels."""
SOUS_LE_BORD = 6
"""Room left above what is brought to the top edge, in pixels."""
RAPPELS_MS = (0, 60, 200)
"""Layouts follow a change over a few turns of the event loop."""
_SUIVIS = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange,
     QEvent.Type.LayoutRequest}
)  # fmt: skip


class FocusRing(QWidget):
    """Make one per window, after its content. A widget may name another one to ring: `widget.cible_anneau = tuile`; of
    a list, its current row is ringed.
    """

    _bouge = Signal()

    def __init__(self, fenetre: QWidget, theme: Theme) -> None:
        super().__init__(fenetre)
        self._theme = theme
        self._fenetre = fenetre
        self._suivis: list[QWidget] = []
        self._bloc: QWidget | None = None
        """What is brought into sight with it: its label, and the sentence that says how to mend."""
        self._cible: QWidget | None = None
        self._entier = QRect()
        self._en_vue = self._a_placer = False
        self._rappels = [QTimer(self, singleShot=True, interval=attente) for attente in RAPPELS_MS]
        for rappel in self._rappels:
            rappel.timeout.connect(self._montrer_cible)
        for attribut in (Qt.WidgetAttribute.WA_TransparentForMouseEvents, Qt.WidgetAttribute.WA_NoSystemBackground):
            self.setAttribute(attribut)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_change)
        # Queued: what is posted so comes before what is to be painted.
        self._bouge.connect(self._suivre, Qt.ConnectionType.QueuedConnection)
        theme.change.connect(self._placer)
        theme.change.connect(self._rappeler)

    @property
    def cible(self) -> QWidget | None:
        """What is ringed now."""
        return self._cible

    @property
    def posee(self) -> bool:
        """True once what has the keyboard was brought into sight, and nothing will scroll by itself any more."""
        return not any(rappel.isActive() for rappel in self._rappels)

    @property
    def en_place(self) -> bool:
        """False while what has the keyboard has moved and the ring has not followed yet."""
        return not self.isVisible() or self._cible is None or self._entier == self._contour(self._cible)

    def epaisseur(self) -> int:
        """3 px, 4 from 150 % of text."""
        return 4 if self._theme.echelle >= 1.5 else 3

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        genre = event.type()
        if genre == QEvent.Type.Wheel:
            for rappel in self._rappels:  # the hand scrolls: it is not to be contradicted
                rappel.stop()
        elif genre in _SUIVIS:
            if self._en_vue and self._pousse(objet, genre):
                self._rappeler()
            if not self._a_placer:
                # Once, before the next painting: a page that opens moves what is around the focus sixty times.
                self._a_placer = True
                self._bouge.emit()
        return False

    def _suivre(self) -> None:
        if self._a_placer:
            self._placer()

    def _pousse(self, objet: QObject, genre: QEvent.Type) -> bool:
        """True when the page itself moved what has the keyboard; scrolling, which moves the content whole, did not."""
        if genre == QEvent.Type.Resize:
            return isinstance(objet, QScrollArea) or objet is self._cible
        defile = any(isinstance(zone, QScrollArea) and zone.widget() is objet for zone in self._suivis)
        return genre == QEvent.Type.Move and not defile

    def paintEvent(self, _event: QPaintEvent) -> None:
        epaisseur = self.epaisseur()
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        peintre.setPen(QPen(self._theme.couleur("focus"), epaisseur))
        cadre = QRectF(self._entier.translated(-self.pos()))
        demi = epaisseur / 2
        peintre.drawRoundedRect(cadre.adjusted(demi, demi, -demi, -demi), 10, 10)
        peintre.end()

    def _focus_change(self, _ancien: QWidget | None, nouveau: QWidget | None) -> None:
        self._lacher()
        vide = nouveau is None or nouveau.focusPolicy() == Qt.FocusPolicy.NoFocus
        if nouveau is None or vide or nouveau.window() is not self._fenetre:
            self.hide()
            return
        self._cible = getattr(nouveau, "cible_anneau", None) or nouveau
        self._bloc = getattr(nouveau, "bloc_a_voir", None) or self._cible
        parent: QWidget | None = self._cible
        while parent is not None and parent is not self._fenetre:
            parent.installEventFilter(self)
            self._suivis.append(parent)
            parent = parent.parentWidget()
        self._cible.destroyed.connect(self._cible_detruite)
        if _a_rangees(self._cible):
            self._cible.rangee_bougee.connect(self._placer)
            self._cible.choisie.connect(self._suivre_rangee)
        self._placer()
        # Not before the layouts have settled: on a page just opened, nothing stands where it will.
        self._rappeler()

    def _montrer_cible(self) -> None:
        for parent in self._suivis:
            # One that has the keyboard itself, to be read with the arrows, scrolls by them alone.
            if isinstance(parent, QScrollArea) and self._cible not in (None, parent):
                for vu in (self._bloc, self._cible):
                    if vu is not None and isValid(vu):
                        _amener(parent, vu)
                _sans_couper(parent, [vu for vu in (self._bloc, self._cible) if vu is not None and isValid(vu)])

    def _suivre_rangee(self, _cle: object) -> None:
        """A list that does not scroll leaves it to the page."""
        if _a_rangees(self._cible) and self._cible.entiere:
            self._montrer_cible()

    def _rappeler(self) -> None:
        """What has the keyboard comes into sight as the page settles, another text size too."""
        for rappel in self._rappels:
            rappel.start()

    def _lacher(self) -> None:
        for widget in self._suivis:
            if isValid(widget):  # a page being destroyed loses the focus when half of it is gone
                widget.removeEventFilter(self)
        self._suivis.clear()
        if self._cible is not None and isValid(self._cible):
            self._cible.destroyed.disconnect(self._cible_detruite)
            if _a_rangees(self._cible):
                self._cible.rangee_bougee.disconnect(self._placer)
                self._cible.choisie.disconnect(self._suivre_rangee)
        self._cible = None

    def _cible_detruite(self) -> None:
        self._cible = None
        self._suivis.clear()
        self.hide()

    def _placer(self) -> None:
        self._a_placer = False
        cible = self._cible
        if cible is None or not cible.isVisible():
            self.hide()
            return
        marge = ECART + self.epaisseur()
        self._entier = self._contour(cible)
        visible = self._entier.intersected(self._fenetre.rect())
        parent = cible.parentWidget()
        while parent is not None and parent is not self._fenetre:
            if isinstance(parent, QScrollArea):
                vue = parent.viewport()
                # Nothing scrolls sideways: beside what is as wide as the place, the ring stands out of it.
                place_vue = QRect(vue.mapTo(self._fenetre, QPoint(0, 0)), vue.size())
                visible = visible.intersected(place_vue.adjusted(-marge, 0, marge, 0))
            parent = parent.parentWidget()
        self._en_vue = visible == self._entier.intersected(self._fenetre.rect())
        self.setVisible(not visible.isEmpty())
        self.setGeometry(visible)
        self.raise_()
        self.update()

    def _contour(self, cible: QWidget) -> QRect:
        """Where the ring of this goes, whole, in the window."""
        marge = ECART + self.epaisseur()
        place = cible.place_rangee() if _a_rangees(cible) else cible.rect()
        coin = cible.mapTo(self._fenetre, place.topLeft())
        return QRect(coin, place.size()).adjusted(-marge, -marge, marge, marge)


def _a_rangees(widget: object) -> TypeGuard[Liste]:
    """True of a list of rows, which the first page of the program has not read yet."""
    return hasattr(widget, "place_rangee")


def _amener(zone: QScrollArea, vu: QWidget) -> None:
    """Into sight with some room around; what is taller than the place is read from its top, Qt would centre it."""
    contenu = zone.widget()
    if contenu is None:
        return
    haut = vu.mapTo(contenu, QPoint(0, 0))
    if _a_rangees(vu) and vu.entiere:
        rangee = vu.place_rangee()
        for y in (rangee.bottom(), rangee.top()):
            zone.ensureVisible(haut.x(), haut.y() + y, MARGE_VUE, MARGE_VUE)
    elif vu.height() > zone.viewport().height() - 2 * MARGE_VUE:
        # With what stands out of it: the ring of what it begins by.
        zone.verticalScrollBar().setValue(haut.y() - SOUS_LE_BORD)
    elif isinstance(vu, QAbstractItemView):
        # Qt's own answer would show its current row alone.
        for y in (haut.y() + vu.height(), haut.y()):
            zone.ensureVisible(haut.x(), y, MARGE_VUE, MARGE_VUE)
    else:
        zone.ensureWidgetVisible(vu, MARGE_VUE, MARGE_VUE)


def _sans_couper(zone: QScrollArea, vus: Sequence[QWidget]) -> None:
    """No line of words is left cut in two by the top edge: it comes whole, or goes, as long as `vus` stay in view.

    The foot sees to itself (`Defilement`). Of `vus` (a block, then what has the keyboard in it), one too tall for the
    place is not counted.
    """
    barre, contenu, place = zone.verticalScrollBar(), zone.widget(), zone.viewport().height()
    entames = coupes(contenu, barre.value()) if contenu is not None else []
    tenus = [vu for vu in vus if vu.height() + 2 * MARGE_VUE <= place] or vus[-1:]
    if contenu is None or not entames or not tenus:
        return
    hauts = [(vu.mapTo(contenu, QPoint(0, 0)).y(), vu.height()) for vu in tenus]
    haut, bas = min(y for y, _ in hauts), max(y + h for y, h in hauts)
    entier = min(dessus for dessus, _ in entames) - SOUS_LE_BORD
    sans = max(dessous for _, dessous in entames)
    if min(bas + MARGE_VUE, contenu.height()) <= entier + place:
        barre.setValue(entier)
    elif sans + SOUS_LE_BORD <= haut:
        barre.setValue(sans)
