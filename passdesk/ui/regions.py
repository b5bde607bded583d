"""F6: from one region of the window to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants.tour import arrets


def aller_a_la_suivante(regions: Sequence[QWidget], focus: QWidget | None, pas: int) -> None:
    """The keyboard goes to the region `pas` further than the one that has `focus`, or beyond where nothing takes it."""
    ici = next((r for r, region in enumerate(regions) if focus and contient(region, focus)), 0)
    for ecart in range(1, len(regions)):
        region = regions[(ici + pas * ecart) % len(regions)]
        cible = region if region.focusPolicy() & Qt.FocusPolicy.TabFocus else premier_focus(region)
        if cible is not None:
            cible.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def premier_focus(region: QWidget) -> QWidget | None:
    """The first widget inside that Tab reaches."""
    return next(iter(arrets(region)), None)


def contient(region: QWidget, widget: QWidget) -> bool:
    """True for the region itself and all that is in it."""
    return region is widget or region.isAncestorOf(widget)
