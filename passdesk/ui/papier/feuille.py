"""A sheet shown on screen, as large as its place allows. Paper stays white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.ui.theme import Theme

A4 = 210 / 297


class Reduction:
    """A sheet made smaller with care (a QR code must not turn to noise), kept until size or sheet changes."""

    def __init__(self) -> None:
        self._cle: tuple[int, int, int, float] = (0, 0, 0, 0.0)
        self._reduite = QPixmap()

    def donner(self, image: QPixmap, cadre: QRectF, densite: float) -> QPixmap:
        """The picture at the size of `cadre`, for a screen of that pixel ratio."""
        largeur, hauteur = round(cadre.width() * densite), round(cadre.height() * densite)
        cle = (image.cacheKey(), largeur, hauteur, densite)
        if cle != self._cle:
            self._cle = cle
            self._reduite = image.scaled(
                largeur, hauteur, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._reduite.setDevicePixelRatio(densite)
        return self._reduite


class Feuille(QWidget):
    """One sheet, as large as its place allows, with a hairline round the paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QPixmap | None = None
        self._reduction = Reduction()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 226)

    def montrer(self, image: QPixmap | None, nom: str) -> None:
        """Shows a sheet; None leaves blank paper."""
        self._image = image
        self.setAccessibleName(nom)
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size; the layout gives what it has."""
        return QSize(368, 520)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White paper, the picture on it."""
        hauteur = min(float(self.height()), self.width() / A4)
        cadre = QRectF(0, 0, hauteur * A4, hauteur).adjusted(0.5, 0.5, -0.5, -0.5)
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        peintre.fillRect(cadre, QColor("#FFFFFF"))
        if self._image is not None:
            peintre.drawPixmap(cadre.topLeft(), self._reduction.donner(self._image, cadre, self.devicePixelRatioF()))
        peintre.setPen(QPen(self._theme.couleur("edge"), 1.0))
        peintre.drawRect(cadre)
        peintre.end()
