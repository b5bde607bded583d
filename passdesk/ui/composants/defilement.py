"""The scroll area of the pages: nothing that it shows is cut in mid-height at its foot, nor at its head."""

from __future__ import annotations

from collections.abc import Iterator
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
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

_D_UN_BLOC = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
PART_DE_VUE = 0.4
"""What is taller than this part of the place (a picture, a list) cannot be kept whole: its foot may be cut."""
COURT = 2
"""A text of no more lines is not parted: half a sentence may say the contrary."""
SURSIS = 4
"""The empty leading of a line, in pixels: cutting it cuts nothing."""
PART_DE_TETE = 0.25
"""A head alone waits for its card while no more than this part of the place is left empty for it."""
SOUS_UN_TITRE = {"label": 12, "h2": 24}
"""No more pixels between a label, or a title in a page, and what it is the name of."""
DEHORS = 24
"""More than the corner of a card, in pixels."""
_FONDS = ("card", "bloc", "sunk")
"""Roles of the frames that have a background of their own."""


class Defilement(QScrollArea):
    """A transparent scroll area that follows the width of what it holds; never scrolls sideways.

    What its foot would cut in two is left for the next page: a line sliced above a bar only looks broken. A widget
    with `insecable = True` counts as one piece, one with False may be cut. A card of which only the head would show
    waits with it; one that goes on is painted down to the foot: it is a card that goes on, not one torn off. What its
    head would cut is left for the page before, in the same way.
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
        self._retenu = self._tete = 0
        self._suite, self._avant = _Suite(self), _Suite(self)
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

    @property
    def tete(self) -> int:
        """Height, in pixels, that is left empty above what is shown: its line would be cut."""
        return self._tete

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
        retenu = tete = 0
        if contenu is not None and self.isVisible():
            if barre.value() < barre.maximum():
                bord = _bord_entier(contenu, barre.value(), vue.height())
                retenu = vue.height() + barre.value() - bord
            if barre.value() > 0:
                tete = _tete_entiere(contenu, barre.value(), vue.height()) - barre.value()
            for suite, haut, part in ((self._suite, vue.height() - retenu, retenu), (self._avant, 0, tete)):
                fonds = _fonds(contenu, barre.value() + (haut or tete)) if part else []
                place = QRect(0, haut, vue.width(), part).translated(vue.pos())
                suite.montrer(place, [(f, f.mapTo(self, QPoint(0, 0)).x()) for f, _ in fonds])
        if retenu or tete:
            vue.setMask(QRegion(QRect(0, tete, vue.width(), vue.height() - retenu - tete)))
        elif self._retenu or self._tete:
            vue.clearMask()
        self._retenu, self._tete = retenu, tete
        # Page Down and Page Up go on with what was not shown.
        barre.setPageStep(vue.height() - retenu - tete)


class _Suite(QWidget):
    """What is under the foot: the backgrounds of the cards that go on, and nothing of what they hold."""

    def __init__(self, zone: QWidget) -> None:
        super().__init__(zone)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fonds: list[QFrame] = []
        self.hide()

    def montrer(self, place: QRect, fonds: list[tuple[QWidget, int]]) -> None:
        """`place`: in the coordinates of the zone; `fonds`: the frames, outermost first, and where their left is."""
        for _ in range(len(self._fonds), len(fonds)):
            self._fonds.append(QFrame(self))
        for rang, fond in enumerate(self._fonds):
            fond.setVisible(rang < len(fonds))
            if rang >= len(fonds):
                continue
            modele, gauche = fonds[rang]
            _vetir(fond, modele)
            # Its ends, with their corners and their lines, stand outside.
            fond.setGeometry(gauche - place.x(), -DEHORS, modele.width(), place.height() + 2 * DEHORS)
            fond.raise_()
        self.setGeometry(place)
        self.setVisible(bool(fonds))
        self.raise_()


def _vetir(fond: QFrame, modele: QWidget) -> None:
    """The same background, in every theme."""
    for nom in ("role", "tint"):
        if fond.property(nom) != modele.property(nom):
            fond.setProperty(nom, modele.property(nom))
            fond.style().unpolish(fond)
            fond.style().polish(fond)


def coupes(contenu: QWidget, bord: int, part: float = float("inf"), entiers: float = 0.0) -> list[tuple[int, int]]:
    """Top and bottom, in pixels of `contenu`, of the lines and the pieces that a cut at `bord` goes through.

    Of a text over several lines, the line. Of a piece taller than `part`, what it holds; of one that says that it is
    one piece, when it is taller than `entiers` too.
    """
    trouves: list[tuple[int, int]] = []
    restent = [(contenu, 0)]
    while restent:
        for enfant, haut in _traverses(*restent.pop(), bord):
            bas = haut + enfant.height()
            if getattr(enfant, "insecable", True) is False:
                continue
            if isinstance(enfant, QLabel):
                haut, bas = _ligne(enfant, haut, bord) if enfant.wordWrap() else (haut, bas)
                trouves += [(haut, bas)] if haut + SURSIS < bord < bas - SURSIS else []
                continue
            limite = max(part, entiers) if getattr(enfant, "insecable", False) else part
            if _d_un_bloc(enfant) and (bas - haut <= limite or not _tient_d_autres(enfant)):
                trouves += [(haut, bas)] if bas - haut <= limite else []
            else:
                restent.append((enfant, haut))
    return trouves


def _d_un_bloc(widget: QWidget) -> bool:
    return getattr(widget, "insecable", False) or isinstance(widget, _D_UN_BLOC) or not _tient_d_autres(widget)


def _tient_d_autres(widget: QWidget) -> bool:
    return any(isinstance(enfant, QWidget) and enfant.isVisibleTo(widget) for enfant in widget.children())


def _ligne(texte: QLabel, haut: int, bord: int) -> tuple[int, int]:
    nombre = max(1, round(texte.height() / max(1, texte.fontMetrics().lineSpacing())))
    if nombre <= COURT:
        return haut, haut + texte.height()
    hauteur = texte.height() / nombre
    rang = int((bord - haut) / hauteur)
    return haut + round(rang * hauteur), haut + ceil((rang + 1) * hauteur)


def _fonds(contenu: QWidget, bord: int) -> list[tuple[QWidget, int]]:
    """The frames that a cut at `bord` goes through, outermost first, and the top of each in pixels of `contenu`."""
    trouves: list[tuple[QWidget, int]] = []
    restent = [(contenu, 0)]
    while restent:
        for enfant, haut in _traverses(*restent.pop(), bord):
            if enfant.property("role") in _FONDS:
                trouves.append((enfant, haut))
            restent.append((enfant, haut))
    return trouves


def _traverses(parent: QWidget, y: int, bord: int) -> Iterator[tuple[QWidget, int]]:
    """The children that `parent`, whose top is at `y`, shows and that a cut at `bord` goes through; the top of each."""
    for enfant in parent.children():
        if isinstance(enfant, QWidget) and not enfant.isWindow() and enfant.isVisibleTo(parent):
            haut = y + enfant.y()
            if haut < bord < haut + enfant.height():
                yield enfant, haut


def _titres_seuls(contenu: QWidget, bord: int) -> list[int]:
    """The tops of the labels and titles that stand just above `bord`, without what they are the name of."""
    return [
        bas - titre.height()
        for titre in contenu.findChildren(QLabel)
        if (ecart := SOUS_UN_TITRE.get(str(titre.property("role"))))
        and titre.isVisibleTo(contenu)
        and -SURSIS <= bord - (bas := titre.mapTo(contenu, QPoint(0, titre.height())).y()) <= ecart
        and not _ouvre_un_cadre(titre, contenu)
    ]


def _ouvre_un_cadre(titre: QLabel, contenu: QWidget) -> bool:
    """True of the head of a card, which `_tete_seule` sees to."""
    cadre = titre.parentWidget()
    while cadre is not None and cadre is not contenu:
        if cadre.property("role") in _FONDS:
            return titre.mapTo(cadre, QPoint(0, 0)).y() < titre.height()
        cadre = cadre.parentWidget()
    return False


def _tete_seule(cadre: QWidget, haut: int, bord: int) -> bool:
    """True when nothing of it stands above `bord`, or its title alone."""
    vus = [
        (widget, y)
        for widget in cadre.findChildren(QWidget)
        if isinstance(widget, _D_UN_BLOC)
        and widget.isVisibleTo(cadre)
        and (y := haut + widget.mapTo(cadre, QPoint(0, 0)).y()) + SURSIS < bord
    ]
    titres = [y + widget.height() for widget, y in vus if widget.property("role") == "h2"]
    return all(y < max(titres, default=0) for _, y in vus)


def _bord_entier(contenu: QWidget, dessus: int, place: int) -> int:
    """The lowest edge, in pixels of `contenu`, that cuts nothing; what has the keyboard stays in sight.

    A field of several lines waits whole, with its label; when that would leave too much empty, only its lines do.
    """
    pied = dessus + place
    for entiers in (place, 0):
        bord, sans_tetes = _remonter(contenu, pied, PART_DE_VUE * place, entiers)
        for choix, part in ((bord, PART_DE_TETE), (sans_tetes, 0.5)):
            if choix >= pied - part * place and not _retient_le_clavier(contenu, choix, pied, place):
                return choix
    return pied


def _remonter(contenu: QWidget, pied: int, part: float, entiers: float) -> tuple[int, int]:
    """The edge that cuts nothing and shows no head alone, then the one that only cuts nothing."""
    bord, sans_tetes = pied, 0
    while True:
        while retenus := [haut for haut, _ in coupes(contenu, bord, part, entiers)] or _titres_seuls(contenu, bord):
            bord = min(retenus)
        sans_tetes = sans_tetes or bord
        tetes = [haut for cadre, haut in _fonds(contenu, bord) if _tete_seule(cadre, haut, bord)]
        if not tetes:
            return bord, sans_tetes
        bord = min(tetes)


def _tete_entiere(contenu: QWidget, dessus: int, place: int) -> int:
    """The highest edge from `dessus`, in pixels of `contenu`, that cuts nothing; what has the keyboard stays seen."""
    bord = dessus
    while pieces := coupes(contenu, bord, PART_DE_VUE * place):
        bord = max(bas for _, bas in pieces)
    clavier = QApplication.focusWidget()
    if clavier is not None and contenu.isAncestorOf(clavier):
        haut = clavier.mapTo(contenu, QPoint(0, 0)).y()
        if haut < bord and haut + clavier.height() > dessus:
            return dessus
    return bord if bord <= dessus + PART_DE_VUE * place else dessus


def _retient_le_clavier(contenu: QWidget, bord: int, pied: int, place: int) -> bool:
    """True when what has the keyboard would be cut there; what is taller than the place is cut anyway."""
    clavier = QApplication.focusWidget()
    if clavier is None or not contenu.isAncestorOf(clavier) or clavier.height() > place:
        return False
    haut = clavier.mapTo(contenu, QPoint(0, 0)).y()
    return haut < pied and haut + clavier.height() > bord
