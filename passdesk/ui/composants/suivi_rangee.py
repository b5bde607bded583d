"""The row chosen stays in sight, whatever changes round it, until somebody scrolls away from it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QListView


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

    def _quitter(self) -> None:
        self._suivie = False
        self._apres.stop()

    def _revenir(self) -> None:
        self._suivie = True

    def _montrer(self) -> None:
        if self._vue.currentIndex().isValid() and self._vue.verticalScrollBar().maximum():
            self._vue.scrollTo(self._vue.currentIndex())
