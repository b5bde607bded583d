"""PassDesk's mark: a ticket with a tear line and a tick; nothing of the State."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen

from passdesk.ui.composants.bloc import Dessin
from passdesk.ui.theme import Theme


class Marque(Dessin):
    """The mark, 26 × 20 pixels at 100 % times `grandeur`."""

    def __init__(self, theme: Theme, grandeur: float = 1.0) -> None:
        super().__init__(theme)
        self._grandeur = grandeur

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(26 * self._grandeur), self._theme.px(20 * self._grandeur))

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        peintre.scale(self.width() / 26, self.height() / 20)
        ticket = QPainterPath()
        ticket.addRoundedRect(QRectF(0, 1, 26, 18), 4, 4)
        encoches = QPainterPath()
        for y in (1.0, 19.0):
            encoches.addEllipse(QPointF(9, y), 1.8, 1.8)
        peintre.setPen(Qt.PenStyle.NoPen)
        peintre.setBrush(self._theme.couleur("brand"))
        peintre.drawPath(ticket.subtracted(encoches))
        encre = self._theme.couleur("onbrand")
        peintre.setPen(QPen(encre, 1.2, Qt.PenStyle.DotLine))
        peintre.drawLine(QPointF(9, 4.5), QPointF(9, 15.5))
        plume = QPen(encre, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        peintre.setPen(plume)
        peintre.drawPolyline([QPointF(13.5, 10), QPointF(16.3, 12.8), QPointF(21.5, 7.4)])
        peintre.end()
