"""The list of the sheets, with what is said of each. Paper stays white in every theme."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from passdesk.ui.composants import Basculante, Colonne, Texte
from passdesk.ui.icones import icone
from passdesk.ui.impression.reponses import Marque, nom_feuille
from passdesk.ui.impression.textes import compte_feuilles
from passdesk.ui.papier.feuille import FeuilleLue, Reduction
from passdesk.ui.theme import Theme

VIGNETTE = QSize(51, 72)
"""The picture of a sheet: enough to know which it is; the sheet looked at takes the rest of the width."""
MARGE, SERREE, BEAUCOUP = 12, 6, 4
"""Pixels above and below a picture; from four sheets on, so that the list is no taller than its page."""


class LigneFeuille(Basculante, QAbstractButton):
    """One sheet of the list: small picture, name, what is said of it; pressed to see it large."""

    def __init__(self, theme: Theme, numero: int, marge: int) -> None:
        super().__init__()
        self._theme, self.numero, self._marge = theme, numero, marge
        self._feuille: FeuilleLue | None = None
        self._reduction = Reduction()
        self._marque = Marque("eye", "ink2", "")
        self.setCheckable(True)
        # One of several: it is told so.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(nom_feuille(numero))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def montrer(self, feuille: FeuilleLue | None, marque: Marque) -> None:
        """Changes picture and mark."""
        self._feuille, self._marque = feuille, marque
        self.setAccessibleName(f"{self.text()}, {marque.texte}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Picture, gap, the longer of both lines."""
        theme = self._theme
        mots = max(
            theme.metrique("strong").horizontalAdvance(self.text()),
            theme.px(20) + theme.sp(6) + theme.metrique("body").horizontalAdvance("À regarder"),
        )
        haut = max(VIGNETTE.height(), 2 * round(theme.metrique("body").height()) + theme.sp(8))
        return QSize(round(14 + VIGNETTE.width() + 14 + mots) + 12, haut + self._marge * 2)

    def minimumSizeHint(self) -> QSize:
        """The same: names are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Selected: sel fill and the brand bar (guide §4)."""
        theme, j = self._theme, self._theme.jetons
        peintre = QPainter(self)
        peintre.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.isChecked():
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(QColor(j.sel))
            peintre.drawRoundedRect(QRectF(self.rect()), 6, 6)
            peintre.fillRect(QRectF(0, 12, 4, self.height() - 24), QColor(j.brand))
        papier = QRectF(14, (self.height() - VIGNETTE.height()) // 2, *VIGNETTE.toTuple())
        peintre.fillRect(papier, QColor("#FFFFFF"))
        if self._feuille is not None:
            peintre.drawImage(papier.topLeft(), self._reduction.donner(self._feuille, papier, self.devicePixelRatioF()))
        peintre.setBrush(Qt.BrushStyle.NoBrush)
        peintre.setPen(QPen(QColor(j.edge), 1.0))
        peintre.drawRect(papier.adjusted(0.5, 0.5, -0.5, -0.5))
        x = papier.right() + 14
        milieu = self.height() / 2
        peintre.setPen(QColor(j.ink))
        peintre.setFont(theme.police("strong"))
        peintre.drawText(QPointF(x, milieu - theme.sp(4)), self.text())
        couleur = j.couleur(self._marque.ton)
        haut = milieu + theme.sp(4)
        image = icone(self._marque.icone, couleur, theme.px(18), self.devicePixelRatioF(), True)
        peintre.drawPixmap(QPointF(x, haut), image)
        peintre.setFont(theme.police("body"))
        peintre.setPen(QColor(couleur))
        metrique = theme.metrique("body")
        base = haut + theme.px(9) + (metrique.ascent() - metrique.descent()) / 2
        peintre.drawText(QPointF(x + theme.px(18) + theme.sp(6), base), self._marque.texte)
        peintre.end()


class ListeFeuilles(QWidget):
    """All sheets of the carnet. `choisie` carries the sheet to see large."""

    choisie = Signal(int)

    def __init__(self, theme: Theme, nombre: int) -> None:
        super().__init__()
        self._theme = theme
        self._groupe = QButtonGroup(self)
        self._compte = Texte("", "label")
        self._colonne = Colonne(theme, ecart=6)
        self._colonne.addWidget(self._compte)
        self._colonne.addStretch(1)
        self.setLayout(self._colonne)
        self.lignes: tuple[LigneFeuille, ...] = ()
        self.compter(nombre)

    def compter(self, nombre: int) -> None:
        """So many sheets, none chosen."""
        for ligne in self.lignes:
            self._groupe.removeButton(ligne)
            self._colonne.removeWidget(ligne)
            ligne.hide()
            ligne.deleteLater()
        self._compte.setText(compte_feuilles(nombre))
        marge = MARGE if nombre < BEAUCOUP else SERREE
        self.lignes = tuple(LigneFeuille(self._theme, numero, marge) for numero in range(1, nombre + 1))
        for ligne in self.lignes:
            self._groupe.addButton(ligne, ligne.numero)
            ligne.clicked.connect(partial(self.choisie.emit, ligne.numero))
            self._colonne.insertWidget(ligne.numero, ligne)

    def montrer(self, images: tuple[FeuilleLue, ...], marques: tuple[Marque, ...]) -> None:
        """Changes pictures and marks of every sheet."""
        for rang, (ligne, marque) in enumerate(zip(self.lignes, marques, strict=True)):
            ligne.montrer(images[rang] if rang < len(images) else None, marque)

    def choisir(self, numero: int) -> None:
        """Selects a sheet without saying so."""
        self.lignes[numero - 1].setChecked(True)
