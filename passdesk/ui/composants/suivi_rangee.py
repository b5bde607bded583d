"""The row chosen stays in sight, whatever changes round it, until somebody scrolls away from it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPoint, QTimer
from PySide6.QtWidgets import QListView


class EnHaut(NamedTuple):
    """The first row in sight, and the pixel of the view where it begins."""

    rang: int
    y: int


class SuiviRangee(QObject):
    """Follows the current row of `vue`: other rows, another text size, a smaller place leave the bar where it was, and
    the row elsewhere. `accorder` is called once the rows are laid out.
    """

    def __init__(self, vue: QListView) -> None:
        super().__init__(vue)
        self._vue = vue
        self._suivie = True
        self._apres = QTimer(self, singleShot=True, interval=0)
        self._apres.timeout.connect(self._montrer)
        vue.verticalScrollBar().actionTriggered.connect(self._quitter)
        vue.selectionModel().currentChanged.connect(self._revenir)

    def accorder(self) -> None:
        """The rows have another place."""
        if self._suivie:
            self._apres.start()

    def reprendre(self) -> None:
        """The current row is to be seen, even by who scrolled away from it."""
        self._suivie = True
        self._apres.start()

    def quitte(self) -> EnHaut | None:
        """What is in sight of who scrolled away from the current row; None while it is followed."""
        if self._suivie:
            return None
        haut = self._vue.indexAt(QPoint(self._vue.viewport().width() // 2, 0))
        return EnHaut(haut.row(), self._vue.visualRect(haut).top()) if haut.isValid() else None

    def rester(self, courante: QModelIndex, haut: QModelIndex, y: int) -> None:
        """Makes `courante` the current row of new ones, scrolled away from as before: `haut` begins at `y`."""
        self._vue.setAutoScroll(False)
        self._vue.setCurrentIndex(courante)
        self._vue.setAutoScroll(True)
        self._quitter()
        barre = self._vue.verticalScrollBar()
        # Asked where it is, the view lays its rows out: the bar has its range.
        ecart = self._vue.visualRect(haut).top() - y
        barre.setValue(barre.value() + ecart)

    def _quitter(self) -> None:
        self._suivie = False
        self._apres.stop()

    def _revenir(self) -> None:
        self._suivie = True

    def _montrer(self) -> None:
        if self._vue.currentIndex().isValid() and self._vue.verticalScrollBar().maximum():
            self._vue.scrollTo(self._vue.currentIndex())
