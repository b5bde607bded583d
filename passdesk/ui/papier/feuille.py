"""A sheet shown on screen, as large as its place allows. Paper stays white in every theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.ui.theme import Theme

A4 = 210 / 297


@dataclass(frozen=True, slots=True)
class FeuilleLue:
    """The picture of a sheet, and the same at the sizes that it was read for, in pixels of the screen."""

    image: QImage
    reduites: tuple[QImage, ...] = ()

    def a_la_taille(self, pixels: QSize) -> QImage:
        """The sheet at this size; one that it was not read for takes ten milliseconds."""
        return next((image for image in self.reduites if image.size() == pixels), None) or _reduire(self.image, pixels)


def lire_feuilles(images: Iterable[bytes], *tailles: QSize) -> tuple[FeuilleLue, ...]:
    """Reads pictures of sheets, for places of these sizes, in pixels of the screen.

    In a worker: ten milliseconds a sheet, and as many for each size. A reader of Qt gives the interpreter back
    meanwhile; `loadFromData` keeps it.
    """
    lues = (_lire(octets) for octets in images)
    return tuple(FeuilleLue(image, tuple(_reduire(image, taille) for taille in tailles)) for image in lues)


def _lire(octets: bytes) -> QImage:
    tampon = QBuffer()
    tampon.setData(QByteArray(octets))
    tampon.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(tampon).read()


def _reduire(image: QImage, pixels: QSize) -> QImage:
    """With care: a QR code must not turn to noise."""
    return image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


class Reduction:
    """A sheet at the size of its place, kept until size or sheet changes."""

    def __init__(self) -> None:
        self._cle: tuple[int, QSize, float] = (0, QSize(), 0.0)
        self._reduite = QImage()

    def donner(self, feuille: FeuilleLue, cadre: QRectF, densite: float) -> QImage:
        """The picture at the size of `cadre`, for a screen of that pixel ratio."""
        pixels = en_pixels(cadre, densite)
        cle = (feuille.image.cacheKey(), pixels, densite)
        if cle != self._cle:
            self._cle = cle
            self._reduite = feuille.a_la_taille(pixels)
            self._reduite.setDevicePixelRatio(densite)
        return self._reduite


def en_pixels(cadre: QRectF, densite: float) -> QSize:
    """The size of this place, for a screen of that pixel ratio."""
    return QSize(round(cadre.width() * densite), round(cadre.height() * densite))


class Feuille(QWidget):
    """One sheet, as large as its place allows, with a hairline round the paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._feuille: FeuilleLue | None = None
        self._reduction = Reduction()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 226)

    @property
    def pixels(self) -> QSize:
        """The size to read sheets for."""
        return en_pixels(self._cadre(), self.devicePixelRatioF())

    def montrer(self, feuille: FeuilleLue | None, nom: str) -> None:
        """Shows a sheet; None leaves blank paper."""
        self._feuille = feuille
        self.setAccessibleName(nom)
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size; the layout gives what it has."""
        return QSize(368, 520)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White paper, the picture on it."""
        cadre = self._cadre()
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        peintre.fillRect(cadre, QColor("#FFFFFF"))
        if self._feuille is not None:
            peintre.drawImage(cadre.topLeft(), self._reduction.donner(self._feuille, cadre, self.devicePixelRatioF()))
        peintre.setPen(QPen(self._theme.couleur("edge"), 1.0))
        peintre.drawRect(cadre)
        peintre.end()

    def _cadre(self) -> QRectF:
        hauteur = min(float(self.height()), self.width() / A4)
        return QRectF(0, 0, hauteur * A4, hauteur).adjusted(0.5, 0.5, -0.5, -0.5)
