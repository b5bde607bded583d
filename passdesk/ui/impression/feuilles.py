"""The list of the sheets, with what is said of each. Paper stays white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from passdesk.ui.composants import Colonne, Texte
from passdesk.ui.icones import icone
from passdesk.ui.impression.reponses import Marque, nom_feuille
from passdesk.ui.impression.textes import compte_feuilles
from passdesk.ui.papier.feuille import Reduction
from passdesk.ui.theme import Theme

LARGEUR_VIGNETTE = 82
HAUTEUR_VIGNETTE = 116


class LigneFeuille(QAbstractButton):
    """One sheet of the list: small picture, name, what is said of it; pressed to see it large."""

    def __init__(self, theme: Theme, numero: int) -> None:
        super().__init__()
        self._theme, self.numero = theme, numero
        self._image: QPixmap | None = None
        self._reduction = Reduction()
        self._marque = Marque("eye", "ink2", "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(nom_feuille(numero))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def montrer(self, image: QPixmap | None, marque: Marque) -> None:
        """Changes picture and mark."""
        self._image, self._marque = image, marque
        self.setAccessibleName(f"{self.text()}, {marque.texte}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Picture, gap, the longer of both lines."""
        theme = self._theme
        mots = max(
            QFontMetricsF(theme.police("strong")).horizontalAdvance(self.text()),
            theme.px(20) + theme.sp(6) + QFontMetricsF(theme.police("body")).horizontalAdvance("À regarder"),
        )
        return QSize(round(14 + LARGEUR_VIGNETTE + 14 + mots) + 12, HAUTEUR_VIGNETTE + 24)

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
        papier = QRectF(14, 12, LARGEUR_VIGNETTE, HAUTEUR_VIGNETTE)
        peintre.fillRect(papier, QColor("#FFFFFF"))
        if self._image is not None:
            peintre.drawPixmap(papier.topLeft(), self._reduction.donner(self._image, papier, self.devicePixelRatioF()))
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
        metrique = QFontMetricsF(theme.police("body"))
        base = haut + theme.px(9) + (metrique.ascent() - metrique.descent()) / 2
        peintre.drawText(QPointF(x + theme.px(18) + theme.sp(6), base), self._marque.texte)
        peintre.end()


class ListeFeuilles(QWidget):
    """All sheets of the carnet. `choisie` carries the sheet to see large."""

    choisie = Signal(int)

    def __init__(self, theme: Theme, nombre: int) -> None:
        super().__init__()
        self._groupe = QButtonGroup(self)
        self._colonne = Colonne(theme, ecart=6)
        self._colonne.addWidget(Texte(compte_feuilles(nombre), "label"))
        self.lignes = tuple(LigneFeuille(theme, numero) for numero in range(1, nombre + 1))
        for ligne in self.lignes:
            self._groupe.addButton(ligne, ligne.numero)
            self._colonne.addWidget(ligne)
        self._colonne.addStretch(1)
        self.setLayout(self._colonne)
        self._groupe.idClicked.connect(self.choisie)

    def montrer(self, images: tuple[QPixmap, ...], marques: tuple[Marque, ...]) -> None:
        """Changes pictures and marks of every sheet."""
        for rang, (ligne, marque) in enumerate(zip(self.lignes, marques, strict=True)):
            ligne.montrer(images[rang] if rang < len(images) else None, marque)

    def choisir(self, numero: int) -> None:
        """Selects a sheet without saying so."""
        self.lignes[numero - 1].setChecked(True)
