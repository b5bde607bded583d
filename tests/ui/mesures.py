"""What can be measured on a window that a tired eye would stumble over: clipped or covered text."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from passdesk.ui.composants import Liste, TexteElide

PART_LISIBLE = 0.8
RECOUVREMENT_PX = 2
"""Two lines of text may touch by their empty leading."""


def rognes(racine: QWidget) -> list[str]:
    """Visible labels and buttons that have less room than their text asks for."""
    trouves = []
    for etiquette in racine.findChildren(QLabel):
        # One that ends with “…” where there is no room is made for it.
        if etiquette.isVisible() and etiquette.text() and not isinstance(etiquette, TexteElide):
            besoin = (
                etiquette.heightForWidth(etiquette.width()) if etiquette.wordWrap() else etiquette.sizeHint().height()
            )
            large = etiquette.wordWrap() or etiquette.width() >= etiquette.sizeHint().width() - 1
            if not large or etiquette.height() < besoin - 1:
                trouves.append(etiquette.text())
    for bouton in racine.findChildren(QAbstractButton):
        place = bouton.size() - bouton.minimumSizeHint()
        if bouton.isVisible() and bouton.text() and min(place.width(), place.height()) < -1:
            trouves.append(bouton.text())
    return trouves


def debordes(racine: QWidget) -> list[str]:
    """What is wider than the scroll area that shows it: its right edge is cut in silence (guide §10.4)."""
    return [
        type(zone.widget()).__name__ + zone.widget().accessibleName()
        for zone in racine.findChildren(QScrollArea)
        if zone.isVisible() and zone.widget() is not None and zone.widget().width() > zone.viewport().width()
    ]


def trop_grands(fenetre: QWidget, ecran: tuple[int, int]) -> list[str]:
    """The window, when what it shows needs more than a screen of this width and height, in pixels."""
    besoin = fenetre.minimumSizeHint().expandedTo(fenetre.size())
    large, haut = besoin.width(), besoin.height()
    return [f"{large} × {haut}"] if large > ecran[0] or haut > ecran[1] else []


def recouverts(racine: QWidget) -> list[str]:
    """Pairs of texts of which one is laid over the other."""
    places = [(w, place) for w in textes_visibles(racine) if not (place := place_vue(racine, w)).isEmpty()]
    trouves = []
    for (un, ici), (autre, la) in combinations(places, 2):
        commun = ici.intersected(la)
        if min(commun.width(), commun.height()) <= RECOUVREMENT_PX or un.isAncestorOf(autre) or autre.isAncestorOf(un):
            continue
        trouves.append(f"{mots(un)} / {mots(autre)}")
    return trouves


def hors_de_vue(racine: QWidget) -> list[str]:
    """What has the keyboard, when what is ringed for it is cut or out of sight."""
    # Not the window's own answer: a list that closed over a field leaves that field there.
    focus = QApplication.focusWidget()
    if focus is None or focus.window() is not racine.window() or focus.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return []
    cible: QWidget = getattr(focus, "cible_anneau", None) or focus
    entier = cible.place_rangee() if isinstance(cible, Liste) else cible.rect()
    en_vue = cible.visibleRegion().boundingRect().intersected(entier)
    return [] if en_vue.height() >= entier.height() * PART_LISIBLE else [f"« {focus.accessibleName()} »"]


def textes_visibles(racine: QWidget) -> list[QWidget]:
    """Labels and buttons that show words; those of a dialog over the window are in another one."""
    mots = (*racine.findChildren(QLabel), *racine.findChildren(QAbstractButton))
    return [w for w in mots if w.isVisible() and w.text() and w.window() is racine.window()]


def place_vue(racine: QWidget, widget: QWidget) -> QRect:
    """The part of a widget that is not cut by what holds it, in the coordinates of `racine`."""
    region = widget.visibleRegion()
    parent = widget.parentWidget()
    while parent is not None and parent is not racine:
        # What a place that scrolls holds back for the next page is not painted; Qt counts it as seen.
        if not parent.mask().isEmpty():
            region &= parent.mask().translated(-widget.mapTo(parent, QPoint(0, 0)))
        parent = parent.parentWidget()
    visible = region.boundingRect()
    return QRect(widget.mapTo(racine, visible.topLeft()), visible.size())


def mots(widget: QWidget) -> str:
    """The words of a label or a button, short."""
    texte = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"« {texte[:60]} »"
