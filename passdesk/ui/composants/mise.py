"""Layouts whose margins and gaps follow the text scale (guide §3: space grows slower than text)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)
from shiboken6 import createdByPython, invalidate

from passdesk.ui.theme import Theme

Marges = tuple[int, ...]
"""Left, top, right, bottom, in pixels at 100 %."""


class _Boite(QBoxLayout):
    """One after the other; `marges` (left, top, right, bottom) and `ecart` in pixels at 100 %."""

    def __init__(
        self, theme: Theme, ecart: int = 8, marges: Marges = (0, 0, 0, 0), *, sens: QBoxLayout.Direction
    ) -> None:
        super().__init__(sens)
        self._regle = _Regle(theme, ecart, marges)
        self._regle.suivre(self)

    def addLayout(self, layout: QLayout, stretch: int | None = None) -> None:
        super().addLayout(layout, stretch or 0)
        _oublier_les_places(layout)

    def insertLayout(self, index: int, layout: QLayout, stretch: int | None = None) -> None:
        super().insertLayout(index, layout, stretch or 0)
        _oublier_les_places(layout)


class Colonne(_Boite):
    """A column; `marges` (left, top, right, bottom) and `ecart` in pixels at 100 %."""

    def __init__(self, theme: Theme, ecart: int = 8, marges: Marges = (0, 0, 0, 0)) -> None:
        super().__init__(theme, ecart, marges, sens=QBoxLayout.Direction.TopToBottom)

    def set_marges(self, *marges: int) -> None:
        """Other margins (left, top, right, bottom), in pixels at 100 %; `setContentsMargins` would be undone."""
        self._regle.marges = marges
        self._regle.appliquer(self)

    def set_ecart(self, ecart: int) -> None:
        """Another gap, in pixels at 100 %; `setSpacing` would be undone."""
        self._regle.ecart = ecart
        self._regle.appliquer(self)


class Ligne(_Boite):
    """A row; same arguments as Colonne."""

    def __init__(self, theme: Theme, ecart: int = 8, marges: Marges = (0, 0, 0, 0)) -> None:
        super().__init__(theme, ecart, marges, sens=QBoxLayout.Direction.LeftToRight)


class Flexible(_Boite):
    """A row that can become a column (`setDirection`); same arguments as Colonne."""

    def __init__(self, theme: Theme, ecart: int = 8, marges: Marges = (0, 0, 0, 0)) -> None:
        super().__init__(theme, ecart, marges, sens=QBoxLayout.Direction.LeftToRight)

    def empiler(self, oui: bool) -> None:
        """A column when true, a row otherwise."""
        self.setDirection(QBoxLayout.Direction.TopToBottom if oui else QBoxLayout.Direction.LeftToRight)


class Grille(QGridLayout):
    """A grid; same arguments as Colonne, `ecart` both ways unless `colonnes` says the gap between columns."""

    def __init__(
        self, theme: Theme, ecart: int = 8, marges: Marges = (0, 0, 0, 0), *, colonnes: int | None = None
    ) -> None:
        super().__init__()
        self._regle = _Regle(theme, ecart, marges, colonnes)
        self._regle.suivre(self)

    def addLayout(self, layout: QLayout, rang: int, colonne: int, rangs: int = 1, colonnes: int = 1) -> None:  # type: ignore[override]
        super().addLayout(layout, rang, colonne, rangs, colonnes)
        _oublier_les_places(layout)


class Rangs(QWidget):
    """Widgets side by side, in as many rows as the width asks for; never wider than its place.

    `egaux`: all as wide as the widest. `interligne`: between two rows, when it is not that between two widgets.
    """

    def __init__(
        self,
        theme: Theme,
        widgets: Sequence[QWidget],
        ecart: int = 12,
        *,
        egaux: bool = False,
        interligne: int | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._widgets, self._ecart, self._egaux = theme, tuple(widgets), ecart, egaux
        self._grille = Grille(theme, ecart=ecart if interligne is None else interligne, colonnes=ecart)
        self.setLayout(self._grille)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._colonnes = 0
        self._ranger(1)
        theme.suivre(self, Rangs._mesurer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mesurer()

    def _mesurer(self) -> None:
        larges = [widget.sizeHint().width() for widget in self._widgets]
        if self._egaux:
            larges = [max(larges, default=0)] * len(larges)
        ecart, place = self._theme.sp(self._ecart), self.width()
        tiennent = [
            n for n in range(1, len(larges) + 1) if sum(max(larges[c::n]) for c in range(n)) + (n - 1) * ecart <= place
        ]
        colonnes = max(tiennent, default=1)
        if self._egaux and larges:
            # As many a row in each: four are two and two, not three and one.
            colonnes = ceil(len(larges) / ceil(len(larges) / colonnes))
        self._ranger(colonnes)
        for colonne in range(colonnes):
            self._grille.setColumnMinimumWidth(colonne, larges[0] if self._egaux else 0)

    def _ranger(self, colonnes: int) -> None:
        if colonnes == self._colonnes:
            return
        for colonne in range(colonnes, self._colonnes):
            self._grille.setColumnMinimumWidth(colonne, 0)
        for rang, widget in enumerate(self._widgets):
            self._grille.addWidget(widget, rang // colonnes, rang % colonnes)
        for colonne in range(max(colonnes, self._colonnes) + 1):
            # One a row for want of room, they fill it; alone, one keeps its own width.
            libre = colonnes > 1 or len(self._widgets) == 1
            self._grille.setColumnStretch(colonne, int(colonne == colonnes and libre))
        self._colonnes = colonnes
        self.updateGeometry()


@dataclass(slots=True)
class _Regle:
    """The space of a layout, in pixels at 100 %, kept when the text size changes."""

    theme: Theme
    ecart: int
    marges: Marges
    colonnes: int | None = None

    def suivre(self, cible: QBoxLayout | QGridLayout) -> None:
        """Now, and at each change."""
        self.appliquer(cible)
        self.theme.suivre(cible, self.appliquer)

    def appliquer(self, cible: QBoxLayout | QGridLayout) -> None:
        """At the present text size."""
        gauche, haut, droite, bas = (self.theme.sp(n) for n in self.marges)
        cible.setContentsMargins(gauche, haut, droite, bas)
        cible.setSpacing(self.theme.sp(self.ecart))
        if isinstance(cible, QGridLayout) and self.colonnes is not None:
            cible.setHorizontalSpacing(self.theme.sp(self.colonnes))


def _oublier_les_places(mise: QLayout) -> None:
    """Takes their names in Python from the places of a layout: PySide gives them one when the layout is put in another.

    Such a name lasts as long as the layout, though Qt lets the place go with its widget; the end of the next layout
    that is made at its address then ends the program (PySide 6.10 to 6.12, which believe that layout's own name still
    known).
    """
    for rang in range(mise.count()):
        place = mise.itemAt(rang)
        if isinstance(place, QLayout):
            _oublier_les_places(place)
        elif place is not None and not createdByPython(place):
            invalidate(place)


def amener(widget: QWidget) -> None:
    """Brings into sight what was just shown in a scroll area, once its place is known."""
    QTimer.singleShot(0, widget, lambda: _amener(widget))


def _amener(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is not None and widget.isVisible():
        parent.ensureWidgetVisible(widget, 0, 24)


class _Etai(QObject):
    """Child of the layout, so that it goes (and is disconnected) with it."""

    def __init__(self, theme: Theme, rangee: QBoxLayout, widget: QWidget) -> None:
        super().__init__(rangee)
        self._widget, self._etai = widget, QSpacerItem(0, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        rangee.addItem(self._etai)
        self._tenir()
        theme.change.connect(self._tenir)

    def _tenir(self) -> None:
        self._etai.changeSize(0, self._widget.sizeHint().height())


def aussi_haute(theme: Theme, rangee: QBoxLayout, widget: QWidget) -> None:
    """The row is never less high than this widget, which may be hidden, at any text size."""
    _Etai(theme, rangee, widget)


def tenir_sa_place(widget: QWidget) -> QWidget:
    """Hidden, it keeps its place: what is beside and under it does not move. The same widget, to be put."""
    politique = widget.sizePolicy()
    politique.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(politique)
    return widget


def trait() -> QFrame:
    """A hairline between two rows: decor, it carries no meaning."""
    cadre = QFrame()
    cadre.setProperty("role", "line")
    return cadre
