"""The picture of a theme, painted from its own tokens."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from passdesk.ui.composants import Flexible, GroupeRadios, Radio, Rangs
from passdesk.ui.composants.bloc import Dessin
from passdesk.ui.jetons import CLAIR, SOMBRE, THEMES, Jetons
from passdesk.ui.reglages import textes
from passdesk.ui.theme import ECHELLES, Theme, set_propriete

LARGEUR, HAUTEUR = 148, 80
PETIT = 0.6
"""Of these, where there is little room."""
LETTRES = 18
"""Size of the letters that show 100 %, in pixels."""


class ApercuTheme(Dessin):
    """A small window in the colours of `mode`; half and half for "automatique"."""

    def __init__(self, theme: Theme, mode: str) -> None:
        super().__init__(theme)
        self._jetons = (THEMES[mode],) if mode in THEMES else (CLAIR, SOMBRE)
        self._part = 1.0

    def disposer(self, etroite: bool) -> None:
        """Smaller where its words stand beside it."""
        self._part = PETIT if etroite else 1.0
        self._retailler()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sp(LARGEUR * self._part), self._theme.sp(HAUTEUR * self._part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        cadre = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        contour = QPainterPath()
        contour.addRoundedRect(cadre, 6, 6)
        part = self.width() / len(self._jetons)
        for rang, jetons in enumerate(self._jetons):
            morceau = QPainterPath()
            morceau.addRect(QRectF(rang * part, 0, part, self.height()))
            peintre.setClipPath(contour.intersected(morceau))
            self._peindre(peintre, jetons)
        peintre.setClipping(False)
        peintre.setPen(QPen(self._theme.couleur("edge"), 1))
        peintre.setBrush(Qt.BrushStyle.NoBrush)
        peintre.drawPath(contour)
        peintre.end()

    def _peindre(self, peintre: QPainter, j: Jetons) -> None:
        x, y = self.width() / LARGEUR, self.height() / HAUTEUR
        bord = QColor(j.line) if j.cadre else None
        for couleur, place, rayon in (
            (j.paper, (0, 0, 148, 80), 0.0),
            (j.side, (0, 0, 34, 80), 0.0),
            (j.surface, (44, 10, 94, 60), 5.0),
            (j.ink, (52, 18, 44, 5), 2.0),
            (j.ink2, (52, 28, 60, 4), 2.0),
            (j.brand, (52, 52, 42, 12), 3.0),
        ):
            cadre = place[2] > 90 and place[0] > 0
            peintre.setPen(QPen(bord, 1.5) if bord is not None and cadre else Qt.PenStyle.NoPen)
            peintre.setBrush(QColor(couleur))
            peintre.drawRoundedRect(QRectF(place[0] * x, place[1] * y, place[2] * x, place[3] * y), rayon, rayon)
        if bord is not None:
            peintre.setPen(QPen(bord, 1))
            peintre.drawLine(QPointF(34 * x, 0), QPointF(34 * x, self.height()))


class ApercuTaille(Dessin):
    """Two letters as large as the text would be at `echelle`, whatever it is now."""

    def __init__(self, theme: Theme, echelle: float) -> None:
        super().__init__(theme)
        self._pixels = round(LETTRES * echelle)

    def sizeHint(self) -> QSize:
        return QSize(self._pixels * 2, round(LETTRES * max(ECHELLES) * 1.2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        police = QFont(self._theme.police("strong"))
        police.setPixelSize(self._pixels)
        peintre.setFont(police)
        peintre.setPen(self._theme.couleur("ink"))
        peintre.drawText(QPointF(0, self.height() * 0.8), "Aa")
        peintre.end()


class Tuile(QFrame):
    """A picture and its radio, one piece; the whole tile is the target."""

    insecable = True

    def __init__(self, theme: Theme, dessin: Dessin, mots: str, haut: int = 12) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "tuile")
        self.radio = Radio(theme, mots)
        self.radio.cible_anneau = self  # type: ignore[attr-defined]
        self.radio.toggled.connect(lambda oui: set_propriete(self, "choisie", "true" if oui else "false"))
        self._rangee = Flexible(theme, ecart=8, marges=(14, haut, 14, 10))
        self._rangee.empiler(True)
        self._rangee.addWidget(dessin)
        self._rangee.addWidget(self.radio)
        self.setLayout(self._rangee)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def disposer(self, etroite: bool) -> None:
        """The radio beside its picture, where all the tiles would not be in sight otherwise; else under it."""
        self._rangee.empiler(not etroite)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.radio.isChecked():
            peintre = QPainter(self)
            peintre.fillRect(0, 6, 4, self.height() - 12, self._theme.couleur("brand"))
            peintre.end()


class TuilesTheme(Rangs):
    """A tile for each theme; its radio joins `groupe`."""

    def __init__(self, theme: Theme, groupe: GroupeRadios) -> None:
        self._apercus = [ApercuTheme(theme, mode) for mode in textes.MODES]
        mots = textes.MODES.values()
        self._tuiles = [Tuile(theme, dessin, mot) for dessin, mot in zip(self._apercus, mots, strict=True)]
        super().__init__(theme, self._tuiles, egaux=True)
        for tuile, mode in zip(self._tuiles, textes.MODES, strict=True):
            groupe.ajouter(tuile.radio, mode)

    def disposer(self, etroite: bool) -> None:
        """As `Tuile.disposer`."""
        for tuile, apercu in zip(self._tuiles, self._apercus, strict=True):
            apercu.disposer(etroite)
            tuile.disposer(etroite)
        self._mesurer()
