"""What is written while the desk is hidden, behind the manual or the lock, is told again once it is in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from passdesk.ui.contexte import Contexte


class Rattrapage(QObject):
    """Pages only look at what is touched while they are seen."""

    def __init__(self, contexte: Contexte, bureau: QWidget) -> None:
        super().__init__(bureau)
        self._contexte, self._bureau = contexte, bureau
        self._manques: frozenset[str] = frozenset()
        bureau.installEventFilter(self)
        contexte.changements.connect(self._noter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.Show and self._manques:
            manques, self._manques = self._manques, frozenset()
            self._contexte.signaler(*manques)
        return False

    def _noter(self, genres: frozenset[str]) -> None:
        if not self._bureau.isVisible():
            self._manques |= genres
