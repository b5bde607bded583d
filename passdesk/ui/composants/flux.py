"""Widgets side by side, each as wide as it asks, over as many rows as the width allows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.ui.theme import Theme


class Flux(QWidget):
    """`ecart` between two widgets of a row, `interligne` between two rows, in pixels at 100 %. Hidden ones take no
    place. Not a layout: its height is a minimum measured at each width, as that of a wrapped text.
    """

    def __init__(self, theme: Theme, ecart: int = 16, interligne: int = 4) -> None:
        super().__init__()
        self._theme, self._ecart, self._interligne = theme, ecart, interligne
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.suivre(self, Flux._ranger)

    def poser(self, *widgets: QWidget) -> None:
        """Replaces what it holds; what leaves is hidden, and still belongs to the caller."""
        for ancien in self._widgets:
            if ancien not in widgets:
                ancien.hide()
        self._widgets = list(widgets)
        for widget in widgets:
            if widget.parentWidget() is not self:
                widget.setParent(self)
                widget.show()
        self._ranger()

    def sizeHint(self) -> QSize:
        """All on one row."""
        places = [widget.sizeHint().width() for widget in self._montres()]
        largeur = sum(places) + self._theme.sp(self._ecart) * max(0, len(places) - 1)
        return QSize(largeur, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """The widest alone."""
        return QSize(max((w.sizeHint().width() for w in self._montres()), default=0), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ranger()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._ranger()
        return super().event(event)

    def _montres(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _ranger(self) -> None:
        """Gives each its place, and takes the height that all the rows need."""
        rangees: list[list[tuple[QWidget, QRect]]] = [[]]
        x = 0
        for widget in self._montres():
            taille = widget.sizeHint()
            if x and x + taille.width() > self.width():
                rangees.append([])
                x = 0
            rangees[-1].append((widget, QRect(x, 0, min(taille.width(), max(self.width(), 1)), taille.height())))
            x += taille.width() + self._theme.sp(self._ecart)
        y = -self._theme.sp(self._interligne)
        for rangee in rangees:
            y += self._theme.sp(self._interligne)
            haut = max((place.height() for _, place in rangee), default=0)
            for widget, place in rangee:
                # A link stands on the line of the buttons beside it.
                widget.setGeometry(place.translated(0, y + (haut - place.height()) // 2))
            y += haut
        if self.minimumHeight() != y:
            self.setMinimumHeight(y)
        self.updateGeometry()
