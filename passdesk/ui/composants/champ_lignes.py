"""A text of a few lines: as tall as what is in it, left by Tab like any other field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

LIGNES_MIN, LIGNES_MAX = 3, 6
"""Lines in sight; a longer text scrolls."""


class ChampLignes(QPlainTextEdit):
    """`quitte` fires when it is left; Enter begins a line."""

    quitte = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._ajuster)  # no lambda: see `Combo`
        self._ajuster()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._ajuster()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.quitte.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _ajuster(self) -> None:
        combien = max(LIGNES_MIN, min(LIGNES_MAX, round(self.document().size().height())))
        marges = self.contentsMargins()
        ligne = QFontMetrics(self.document().defaultFont()).lineSpacing()
        bords = marges.top() + marges.bottom() + 2 * round(self.document().documentMargin())
        # A pixel short, Qt would show a scroll bar.
        self.setFixedHeight(combien * ligne + bords + ligne // 3)
